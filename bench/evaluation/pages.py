"""The tables of an abstract's page: arms, rows of numbers and comparisons, the gold against what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.evaluation.errors import shown
from bench.evaluation.judging import Judged
from bench.evaluation.numbers import Gold, Said

NO_ARM = "no arm"
BY_ARM = "cells", "baseline"


@dataclass(frozen=True)
class Chip:
    """One number of a table: its text, its kind as of a mark, its tooltip, its offset in the text."""

    text: str
    kind: str
    words: str
    at: int | None


@dataclass(frozen=True)
class ArmLine:
    """One arm of both sides; None where a side does not have it."""

    gold: str | None
    said: str | None
    sizes: tuple[list[Chip], list[Chip]]
    doses: tuple[list[Chip], list[Chip]]


@dataclass(frozen=True)
class GridRow:
    """One outcome of both sides: right, wrong, missed or extra, with the numbers of both sides by column."""

    gold: str | None
    said: str | None
    kind: str
    cells: list[tuple[list[Chip], list[Chip]]]


def chip(one: Gold | Said) -> Chip:
    """A number as a chip."""
    at = one.place[0] if one.place else None
    base = "baseline " if one.field == "baseline" else ""
    if isinstance(one, Gold):
        words = f"gold: {one.field} {one.raw} {one.measure}".strip() + ("" if one.found else f"\n{one.reason}")
        return Chip(base + shown(one.value), "right" if one.found else "missed", words, at)
    kind = one.verdict if one.verdict in ("right", "unjudged") else "wrong"
    told = "".join(f"\n{name}: {what}" for name, what in sorted(one.mistakes.items()))
    words = f"said: {one.field} {shown(one.value)}, {one.verdict}\nby {one.rule} ({one.confidence}){told}"
    notes = [one.verdict] if kind == "wrong" else [f"≠ {name}" for name in sorted(one.mistakes)]
    text = " ".join([base + shown(one.value), ", ".join(notes).replace("_", " ")]).strip()
    return Chip(text, "mistaken" if kind == "right" and one.mistakes else kind, words, at)


def _chips(numbers: Sequence[Gold | Said], field: str, arm: int | None) -> list[Chip]:
    return [chip(one) for one in numbers if one.field == field and one.arm == arm and arm is not None]


def arm_lines(judged: Judged) -> list[ArmLine]:
    """The arms, each of the gold's beside ours, then ours that the gold does not have."""
    lines = []
    for gold, said in _columns(judged):
        if gold is None and said is None:
            continue
        size, dose = (
            (_chips(judged.gold, field, gold), _chips(judged.said, field, said)) for field in ("arm_n", "dose")
        )
        lines.append(
            ArmLine(
                judged.gold_arms[gold].label if gold is not None else None,
                judged.said_arms[said].label if said is not None else None,
                size,
                dose,
            )
        )
    return lines


def _columns(judged: Judged) -> list[tuple[int | None, int | None]]:
    """The arms of both sides in pairs; numbers of no arm are of the last pair, (None, None)."""
    back = {theirs: ours for ours, theirs in judged.arms_to.items()}
    pairs: list[tuple[int | None, int | None]] = [(i, back.get(i)) for i in range(len(judged.gold_arms))]
    pairs += [(None, j) for j in range(len(judged.said_arms)) if j not in judged.arms_to]
    return [*pairs, (None, None)]


def grid(judged: Judged) -> dict[str, Any]:
    """Rows of outcomes by columns of arms, with columns that have a number only."""
    gold = [one for one in judged.gold if one.field in BY_ARM]
    said = [one for one in judged.said if one.field in BY_ARM]
    columns = [
        (g, s)
        for g, s in _columns(judged)
        if any(_in_column(one, g, s, gold=True) for one in gold)
        or any(_in_column(one, g, s, gold=False) for one in said)
    ]
    heads = [_head(judged, g, s) for g, s in columns]
    back = {theirs: ours for ours, theirs in judged.row_of.items()}
    pairs: list[tuple[int | None, int | None]] = [(g, back.get(g)) for g in range(len(judged.gold_rows))]
    pairs += [(None, s) for s in range(len(judged.said_rows)) if s not in judged.row_of]
    rows = []
    for g_row, s_row in pairs:
        theirs = [one for one in gold if one.row == g_row and g_row is not None]
        ours = [one for one in said if one.row == s_row and s_row is not None]
        if theirs or ours:
            cells = [
                (
                    [chip(one) for one in theirs if _in_column(one, g, s, gold=True)],
                    [chip(one) for one in ours if _in_column(one, g, s, gold=False)],
                )
                for g, s in columns
            ]
            rows.append(
                GridRow(_at(judged.gold_rows, g_row), _at(judged.said_rows, s_row), _kind(judged, g_row, s_row), cells)
            )
    return {"heads": heads, "rows": rows}


def _in_column(one: Gold | Said, g: int | None, s: int | None, *, gold: bool) -> bool:
    """Whether a number is of a column; one of no arm is of the last."""
    mine = g if gold else s
    return one.arm == mine if mine is not None else one.arm is None and g is None and s is None


def _head(judged: Judged, g: int | None, s: int | None) -> str:
    if g is not None:
        return judged.gold_arms[g].label + ("" if s is not None else " (not found)")
    return f"{judged.said_arms[s].label} (not in gold)" if s is not None else NO_ARM


def _at(rows: list[str], at: int | None) -> str | None:
    return rows[at] if at is not None else None


def _kind(judged: Judged, gold: int | None, said: int | None) -> str:
    """How a pair of rows stands."""
    if said is None:
        return "missed"
    if gold is None:
        return "extra"
    return "right" if said in judged.rows_right else "wrong"


def comparisons(judged: Judged) -> dict[str, list[dict[str, Any]]]:
    """The comparisons of both sides: measure, arms, and the estimate, interval and p-value as chips."""
    fields = "effect", "ci", "p_value"
    gold: dict[Any, list[Gold]] = {}
    for one in judged.gold:
        if one.field in fields:
            gold.setdefault(one.measure, []).append(one)
    said: dict[int, list[Said]] = {}
    for mine in judged.said:
        if mine.field in fields:
            said.setdefault(id(mine.source), []).append(mine)
    return {
        "gold": [{"measure": measure, "arms": "", "chips": [chip(o) for o in ones]} for measure, ones in gold.items()],
        "said": [
            {
                "measure": judged.said_rows[ones[0].row] if ones[0].row is not None else "",
                "arms": " against ".join(str(ones[0].source.get(key) or "?") for key in ("arm", "comparator")),
                "chips": [chip(one) for one in ones],
            }
            for ones in said.values()
        ],
    }
