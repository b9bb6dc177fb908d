"""Pairs of blood pressures as what they are: a row of systolic values and a row of diastolic ones.

A pair whose halves cannot be parted (one with a spread, an interval, a difference) is a candidate as it stands.
"""

import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.context import About
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.pressure_pairs import is_pair, second_of
from trialhouse.text.lazy_patterns import lazy_compile

REASON = "blood_pressure_pair"
_MEASURE = lazy_compile(r"\bBP\b|(?<!ocular )\bpressures?\b", re.I)
_BOTH = lazy_compile(r"\bsystolic\s*(?:/|and)\s*\Z", re.I)
_HALVES = ("systolic blood pressure", "diastolic blood pressure")


def halves(text: str, what: About, bound: Bound) -> list[tuple[About, Bound]] | None:
    """What is said of values, in two where they are pairs of blood pressures; None where they cannot be parted."""
    pairs = [is_pair(text, cell) for _, cell in bound.pairs]
    if not any(pairs):
        return [(what, bound)]
    cells = [_parted(text, cell) for _, cell in bound.pairs]
    if not _MEASURE.search(what.measure) or any(cell is None for cell in cells):
        return None
    out = []
    for at, norm in enumerate(_HALVES):
        own = tuple((arm, cell[at]) for (arm, _), cell in zip(bound.pairs, cells, strict=True) if cell)
        out.append((_named(text, what, norm), bound._replace(pairs=own)))
    return out


def _named(text: str, what: About, norm: str) -> About:
    """What is said, of one half: "systolic/diastolic blood pressure" is the name of both."""
    start, end = what.measure_at
    both = _BOTH.search(text, max(0, start - 24), start)
    start = both.start() if both else start
    return what._replace(measure=text[start:end], measure_at=(start, end), norm=norm, key=norm, kind="continuous")


def _parted(text: str, cell: Cell) -> tuple[Cell, Cell] | None:
    """A cell as its systolic and its diastolic half; None where something in it is not of both."""
    if len(cell.numbers) != 1 or cell.dispersion or cell.interval or cell.denominator or cell.earlier or cell.asides:
        return None
    first, before = cell.numbers[0], cell.before
    second, earlier = second_of(text, first), second_of(text, before) if before else None
    if second is None or (before is None) != (earlier is None):
        return None
    lower = cell._replace(numbers=(second,), before=earlier, used=(second, *([earlier] if earlier else [])))
    upper = cell._replace(
        numbers=(first._replace(end=first.raw_end),), before=before._replace(end=before.raw_end) if before else None
    )
    return upper, lower
