"""Two numbers in a bracket behind a value: its interval or range, as the sentence or the value before calls it."""

import itertools
import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.heads import Interval, number_of
from trialhouse.extraction.lexer import _NUM, Kind, Typed
from trialhouse.model.enums import DispersionType
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_BARE_RANGE = lazy_compile(rf"\s*[\[(]\s*(?P<low>{_NUM})\s*%?\s*(?P<sep>to|-|–|−|,|;)\s*(?P<high>{_NUM})\s*%?\s*[\])]")
IN_APPOSITION = lazy_compile(r"\s*,\s*(?:IQRs?|interquartile ranges?|ranges?)\s*(?:(?:of|from|was)\b|[,:=])?\s*", re.I)
"""From a value to the ends of its range where no bracket stands: "12 days, interquartile range 8 to 16"."""
_NO_BRACKET = lazy_compile(
    rf"\s*,\s*(?P<low>{_NUM})\s*%?\s*(?P<sep>to|-|–|−)\s*(?P<high>{_NUM})(?![\d%]|\s*\w*\s*[\[(])"
)
_TO_END = lazy_compile(r"\s*(?:to|-|–|−)\s*", re.I)
_AHEAD_OF_RANGE = lazy_compile(
    r"\b(?:of|in|for|about|approximately|around|roughly|some|was|were|by|reach(?:ed|es|ing)?|and|between)\s+\Z", re.I
)
_CALLED = Cued(
    "CI|confidence|IQR|quartile|range",
    r"[\[(](?:\s*(?P<pct>\d\d(?:[.·]\d)?)\s*%\s*(?:CIs?|confidence (?:intervals?|limits?))"
    r"|\s*(?P<iqr>IQRs?|interquartile ranges?)|\s*(?P<range>range))\s*[\])](?!\s*[\d(\[])",
)

Called = tuple[DispersionType, float | None]
"""What brackets of a sentence are called, and the level of an interval in percent."""


def range_called(text: str, start: int, end: int) -> Called | None:
    """What a sentence says that the two numbers in its brackets are: "mean change (95% CI) was …", "median (IQR)"."""
    match = _CALLED.search(text, start, end)
    if match is None:
        return None
    if match["pct"]:
        return DispersionType.CI, number_of(match["pct"])
    return (DispersionType.IQR if match["iqr"] else DispersionType.RANGE), None


def with_range(
    text: str, cell: Cell, last: Cell | None, following: tuple[Typed, ...], called: Called | None
) -> Cell | None:
    """A cell with the two numbers that follow in a bracket, if they enclose its value; None if there are none.

    They are what the sentence calls them, else what those of the cell before were: "5.1 (4.0-6.2)". Where nothing says
    what they are, they belong to the cell and are not said.
    """
    if cell.dispersion or cell.interval or len(following) < 2 or len(cell.numbers) != 1:
        return None
    match = _BARE_RANGE.match(text, cell.end)
    if not match and last is not None and IN_APPOSITION.match(text, last.numbers[-1].end):
        match = _NO_BRACKET.match(text, cell.end)
    if not match or following[0].start < match.start() or following[1].end > match.end():
        return None
    low, high = number_of(match["low"]), number_of(match["high"])
    high = abs(high) if low >= 0 and match["sep"] not in ("to", ",", ";") else high
    if not low <= cell.numbers[0].value <= high:
        return None
    kind, level = called or _like(last)
    used = (*cell.used, *following)
    if kind is DispersionType.CI:
        interval = Interval(match.start("low"), match.end("high"), low, high, level)
        return cell._replace(end=match.end(), interval=interval, dispersion_type=kind, used=used)
    if kind is None:
        return cell._replace(end=match.end())
    ends = (following[0]._replace(value=low), following[1]._replace(value=high))
    return cell._replace(end=match.end(), dispersion_type=kind, dispersion=ends, used=used)


def without_range_ends(text: str, cells: list[Cell]) -> list[Cell]:
    """The cells but for those that are the two ends of one value told as a range: "seen in 60% to 80% of them".

    Neither end is what was measured. What went from one value to another is no range.
    """
    ends = {
        at + step
        for at, (one, other) in enumerate(itertools.pairwise(cells))
        if _is_range(text, one, other)
        for step in (0, 1)
    }
    return [cell for at, cell in enumerate(cells) if at not in ends]


def _is_range(text: str, low: Cell, high: Cell) -> bool:
    """Whether two cells are the ends of a range: bare, of one kind, the lower one first, "to" or a dash between."""
    one, other = low.numbers[0], high.numbers[0]
    bare = all(len(cell.used) == 1 and cell.before is None for cell in (low, high))
    alike = one.kind is other.kind is Kind.PERCENT or (one.kind is Kind.VALUE and other.kind is Kind.PERCENT)
    joined = _TO_END.fullmatch(text, low.end, high.start) is not None
    return (
        bare
        and alike
        and joined
        and one.value < other.value
        and _AHEAD_OF_RANGE.search(text, max(0, low.start - 16), low.start) is not None
    )


def _like(last: Cell | None) -> tuple[DispersionType | None, float | None]:
    """What the bracket of the cell before was."""
    if last is not None and last.interval is not None:
        return DispersionType.CI, last.interval.level
    if last is not None and len(last.dispersion) == 2:
        return last.dispersion_type, None
    return None, None
