"""Which of the numbers said are right, by the scorers' own alignment of arms and their own rules of counting.

The scorers count; the harness has to know which number it was. So the same steps are gone here one number at a time,
and `Judged.hits` is held against the scorers' tally by a test.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.evaluation.context_checks import Check, context_checks, facts_of
from bench.evaluation.numbers import Arm, Gold, Said, arms_of, gold_of_labelled, measures_of, said_of
from bench.evaluation.places import explain_missed, place_said
from bench.evaluation.reading import Reading
from bench.evaluation.shared import Abstract, Json, Scorers

BY_ARM = "cells", "baseline"
OF_COMPARISONS = "p_value", "effect", "ci"
UNKNOWN = 1000
"""Arms of ours that are none of the gold's are numbered from here, as in the scorer."""


@dataclass
class Judged:
    """One abstract with its gold and what was said, number by number.

    `tally` is the scorers' count: field to (right, gold, said). `arms_to` maps our arms to the gold's by index; arms
    without one are not in it. `row_of` maps our rows to the gold's; `rows_right` are those of ours that are right.
    """

    abstract: Abstract
    reading: Reading
    gold: list[Gold]
    said: list[Said]
    gold_arms: list[Arm]
    said_arms: list[Arm]
    gold_rows: list[str]
    said_rows: list[str]
    arms_to: dict[int, int]
    row_of: dict[int | None, int]
    rows_right: frozenset[int]
    tally: dict[str, tuple[int, ...]]
    checks: list[Check]
    facts: dict[str, tuple[str, str]]

    def hits(self, field: str) -> int:
        """How many numbers of a field are right, counted one by one."""
        return sum(one.field == field and one.verdict == "right" for one in self.said)


def judge(abstract: Abstract, reading: Reading, scorers: Scorers) -> Judged:
    """Judge one abstract; gold of the domain set loses its pooled arms on both sides first, as its scorer does it."""
    scorer = scorers.extraction
    record = reading.record if reading.record.get("id") == abstract.id else {}
    wanted = abstract.gold
    if abstract.set == "domain":
        wanted, record = _without_pooled(wanted, record, scorers.records)
        left, gold = scorer.from_prediction(wanted), _gold_of(said_of(wanted, scorer))
    else:
        left, gold = scorer.from_gold({"gold": wanted}), gold_of_labelled(wanted, scorer)
    other, said = scorer.from_prediction(record), said_of(record, scorer)
    tally = {name: [0, 0, 0] for name in scorer.FIELDS}
    scorer.compare(left, other, tally)
    arms_to = {ours: theirs for ours, theirs in scorer.aligned(left, other).items() if theirs is not None}
    row_of, rows_right = _rows(gold, said, arms_to)
    _judge_numbers(gold, said, arms_to, row_of)
    checks, facts = [], {}
    if abstract.set == "domain":
        checks = context_checks(wanted, record, arms_to, scorers.records)
        facts = facts_of(abstract.gold, record, scorers.records)
        _note_mistakes(said, checks)
    judged = Judged(
        abstract=abstract,
        reading=reading,
        gold=gold,
        said=said,
        gold_arms=arms_of(wanted, scorer),
        said_arms=arms_of(record, scorer),
        gold_rows=measures_of(wanted),
        said_rows=measures_of(record),
        arms_to=arms_to,
        row_of=row_of,
        rows_right=rows_right,
        tally={name: tuple(counts) for name, counts in tally.items()},
        checks=checks,
        facts=facts,
    )
    for one in judged.gold:
        one.measure = one.measure or (judged.gold_rows[one.row] if one.row is not None else "")
    place_said(judged.said, reading)
    explain_missed(judged.gold, judged.said, reading, set(arms_to.values()))
    return judged


def _without_pooled(wanted: Json, record: Json, scorer: Any) -> tuple[Json, Json]:
    """Gold and record without the numbers of pooled arms, which may be read or left out."""
    free = scorer.without_pooled(wanted)
    pooled = scorer.numbers_of(wanted) - scorer.numbers_of(free)
    return free, scorer.without(record, pooled & (scorer.numbers_of(record) - scorer.numbers_of(free)))


def _gold_of(numbers: list[Said]) -> list[Gold]:
    """Gold in the shape of a record, as gold."""
    return [Gold(one.field, one.value, str(one.value), arm=one.arm, row=one.row) for one in numbers]


def _renamed(one: Said, arms_to: dict[int, int]) -> int | None:
    return None if one.arm is None else arms_to.get(one.arm, UNKNOWN + one.arm)


def _rows(gold: list[Gold], said: list[Said], arms_to: dict[int, int]) -> tuple[dict[int | None, int], frozenset[int]]:
    """Which row of the gold each of ours is: the one with the same numbers, else with the most; and which are right."""
    theirs, ours = defaultdict(list), defaultdict(list)
    for one in gold:
        if one.field == "cells" and one.row is not None:
            theirs[one.row].append((one.arm, one.value))
    for mine in said:
        if mine.field == "cells" and mine.row is not None:
            ours[mine.row].append((_renamed(mine, arms_to), mine.value))
    row_of: dict[int | None, int] = {}
    for row, cells in sorted(ours.items()):
        same = [g for g, c in sorted(theirs.items()) if g not in row_of.values() and _sorted(c) == _sorted(cells)]
        if same:
            row_of[row] = same[0]
    right = frozenset(row for row in row_of if row is not None)
    shared = sorted(
        ((-_common(cells, c), row, g) for row, cells in ours.items() for g, c in theirs.items() if _common(cells, c))
    )
    for _, row, g in shared:
        if row not in row_of and g not in row_of.values():
            row_of[row] = g
    return row_of, right


def _sorted(cells: list[Any]) -> list[Any]:
    return sorted(cells, key=repr)


def _common(one: list[Any], two: list[Any]) -> int:
    return (Counter(one) & Counter(two)).total()


def _judge_numbers(
    gold: list[Gold], said: list[Said], arms_to: dict[int, int], row_of: Mapping[int | None, int]
) -> None:
    """Pair every number said with one of the gold, field by field, and give each its verdict."""
    for field in ("n_total", "arm_n", "dose"):
        wanted, got = _of(gold, field), _of(said, field)
        if not wanted:
            for one in got:
                one.verdict = "unjudged"
        _pair(wanted, got, arms_to, row_of)
    for field in BY_ARM:
        wanted, got = _of(gold, field), _of(said, field)
        _pair(wanted, got, arms_to, row_of)
        _pair_open_arms(wanted, got)
    for field in OF_COMPARISONS:
        _pair(_of(gold, field), _of(said, field), arms_to, row_of)
    for one in said:
        one.verdict = one.verdict or _verdict_of_wrong(one, gold, _renamed(one, arms_to))


def _of(numbers: list[Any], field: str) -> list[Any]:
    return [one for one in numbers if one.field == field]


def _pair(gold: list[Gold], said: list[Said], arms_to: dict[int, int], row_of: Mapping[int | None, int]) -> None:
    """Equal value on the same arm: of the same row first, then of any."""
    for same_row in (True, False):
        waiting = defaultdict(list)
        for one in gold:
            if not one.found:
                waiting[one.arm, one.value].append(one)
        for mine in said:
            options = waiting[_renamed(mine, arms_to), mine.value] if not mine.verdict else []
            fitting = [g for g in options if not same_row or (g.row is not None and g.row == row_of.get(mine.row))]
            if fitting:
                options.remove(fitting[0])
                _join(fitting[0], mine)


def _pair_open_arms(gold: list[Gold], said: list[Said]) -> None:
    """A number whose arm the annotators left open is right on any arm, once for each of our arms."""
    for value, rest in itertools.groupby(
        sorted((g for g in gold if g.arm is None and not g.found), key=lambda g: str(g.value)), key=lambda g: g.value
    ):
        spare: dict[int, Said] = {}
        for mine in said:
            if not mine.verdict and mine.value == value and mine.arm is not None:
                spare.setdefault(mine.arm, mine)
        for one, mine in zip(list(rest), spare.values(), strict=False):
            _join(one, mine)


def _join(gold: Gold, said: Said, verdict: str = "right") -> None:
    said.verdict = verdict
    gold.said = said
    gold.found = verdict == "right"


def _verdict_of_wrong(one: Said, gold: list[Gold], arm: int | None) -> str:
    """What kind of wrong a number is; the number of the gold that it may have been meant for is joined to it."""
    rest = [g for g in gold if not g.found and g.said is None]
    if one.field in BY_ARM:
        kinds = [("wrong_arm", one.field), ("wrong_baseline", BY_ARM[1 - BY_ARM.index(one.field)])]
    else:
        kinds = [("wrong_arm", one.field)] if one.arm is not None else []
    for verdict, field in kinds:
        for g in rest:
            if g.field == field and g.value == one.value and (verdict == "wrong_arm" or g.arm == arm or g.arm is None):
                _join(g, one, verdict)
                return verdict
    if one.field == "p_value":
        for g in rest:
            if g.field == "p_value" and g.value[1:] == one.value[1:]:  # type: ignore[index]
                _join(g, one, "wrong_modifier")
                return "wrong_modifier"
    return "repeated" if any(g.found and g.field == one.field and g.value == one.value for g in gold) else "extra"


def _note_mistakes(said: list[Said], checks: list[Check]) -> None:
    """Write what is wrong of a number on the right arm beside the number."""
    by_source = {id(one.source): one for one in said if one.field in BY_ARM}
    for check in checks:
        mine = by_source.get(id(check.source))
        if mine is not None and not check.right:
            mine.mistakes[check.name] = f"{check.gold} ≠ {check.said}"
