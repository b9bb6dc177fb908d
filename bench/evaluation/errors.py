"""Every error of an abstract as one line: what a developer looks through to find the next thing to mend."""

from dataclasses import dataclass

from bench.evaluation.judging import Judged
from bench.evaluation.numbers import Gold, Said
from bench.evaluation.places import sentence_at

Place = tuple[int, int]
ROW_GROUPING = "row_grouping"


@dataclass(frozen=True)
class Error:
    """One error. `kind` is missed, a verdict (wrong_arm, extra …), row_grouping, or a mistake (sign, measure …).

    `cause` is the reason of a missed number, `rule` the rule that said a wrong one. `what` is the number with its arm
    and measure; `before`, `here`, `after` the sentence in which it stands or probably stands.
    """

    field: str
    kind: str
    cause: str
    rule: str
    what: str
    place: Place | None
    before: str
    here: str
    after: str


def is_wrong(one: Said) -> bool:
    """Whether a number said is wrong in anything that the gold can judge."""
    return one.verdict not in ("right", "unjudged") or bool(one.mistakes)


def errors_of(judged: Judged) -> list[Error]:
    """All errors of an abstract, in the order of the text; those without a place first."""
    found = [_missed(judged, one) for one in judged.gold if not one.found]
    for mine in judged.said:
        if mine.verdict == "right":
            found += [_wrong(judged, mine, name, f"{name}: {told}") for name, told in sorted(mine.mistakes.items())]
        elif mine.verdict != "unjudged":
            found.append(_wrong(judged, mine, mine.verdict, ""))
    found += _wrong_rows(judged)
    return sorted(found, key=lambda one: (one.place or (-1, -1), one.kind, one.field))


def shown(value: object) -> str:
    """A number as people write it: 15 and not 15.0, an interval as "0.2 to 2.9", a p-value as "< 0.01"."""
    if isinstance(value, tuple):
        parts = [shown(part) for part in value]
        return " to ".join(parts) if all(isinstance(part, float) for part in value) else " ".join(parts)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _missed(judged: Judged, one: Gold) -> Error:
    arm = f" · {judged.gold_arms[one.arm].label}" if one.arm is not None else ""
    what = f"{shown(one.value)}{arm}" + (f" · {one.measure}" if one.measure else "")
    return Error(one.field, "missed", one.reason, "", what, one.place, *_around(judged, one.place))


def _wrong(judged: Judged, one: Said, kind: str, cause: str) -> Error:
    arm = f" · {judged.said_arms[one.arm].label}" if one.arm is not None else ""
    measure = f" · {judged.said_rows[one.row]}" if one.row is not None else ""
    place = one.place or (one.start, one.end)
    return Error(one.field, kind, cause, one.rule, f"{shown(one.value)}{arm}{measure}", place, *_around(judged, place))


def _wrong_rows(judged: Judged) -> list[Error]:
    """Rows whose numbers are all right and all there, put together otherwise than in the gold: cut, or run together."""
    found = []
    for row, measure in enumerate(judged.said_rows):
        mine = [one for one in judged.said if one.row == row and one.field == "cells"]
        met = {one.row for one in judged.gold if one.said in mine}
        theirs = [one for one in judged.gold if one.row in met and one.field == "cells"]
        whole = all(one.verdict == "right" for one in mine) and all(one.found for one in theirs)
        if mine and whole and row not in judged.rows_right:
            place = mine[0].place
            what = f"{', '.join(shown(one.value) for one in mine)} · {measure}"
            told = f"gold: {'; '.join(_gold_row(judged, at) for at in sorted(met, key=str))}"
            found.append(Error("rows", ROW_GROUPING, told, mine[0].rule, what, place, *_around(judged, place)))
    return found


def _gold_row(judged: Judged, row: int | None) -> str:
    cells = [shown(one.value) for one in judged.gold if one.row == row and one.field == "cells"]
    return f"{judged.gold_rows[row] if row is not None else 'no row'} {', '.join(cells)}"


def _around(judged: Judged, place: Place | None) -> tuple[str, str, str]:
    if place is None:
        return "", "", ""
    text = judged.reading.text
    start, end = sentence_at(judged.reading, place[0])
    return text[start : place[0]], text[slice(*place)], text[place[1] : end]
