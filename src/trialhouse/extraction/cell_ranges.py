"""Two numbers in a bracket behind a value: its interval or range, as the sentence or the value before calls it."""

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.heads import Interval, number_of
from trialhouse.extraction.lexer import _NUM, Typed
from trialhouse.model.enums import DispersionType
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_BARE_RANGE = lazy_compile(rf"\s*[\[(]\s*(?P<low>{_NUM})\s*%?\s*(?P<sep>to|-|–|−|,|;)\s*(?P<high>{_NUM})\s*%?\s*[\])]")
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


def _like(last: Cell | None) -> tuple[DispersionType | None, float | None]:
    """What the bracket of the cell before was."""
    if last is not None and last.interval is not None:
        return DispersionType.CI, last.interval.level
    if last is not None and len(last.dispersion) == 2:
        return last.dispersion_type, None
    return None, None
