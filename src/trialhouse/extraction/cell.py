"""A cell: a value with what belongs to it (its count or share, its dispersion, its denominator)."""

from typing import NamedTuple

from trialhouse.extraction.heads import Interval
from trialhouse.extraction.lexer import Typed
from trialhouse.model.enums import DispersionType


class Cell(NamedTuple):
    """What stands for one arm at one place: up to two numbers (a count and its share) and what goes with them."""

    start: int
    end: int
    numbers: tuple[Typed, ...]
    denominator: Typed | None = None
    dispersion_type: DispersionType | None = None
    dispersion: tuple[Typed, ...] = ()
    interval: Interval | None = None
    before: Typed | None = None
    """The value that this one changed from."""
    earlier: tuple[Typed, ...] = ()
    """What else is said of the time before: `before` in another unit, or where a value that is a change began."""
    used: tuple[Typed, ...] = ()
    asides: tuple["Cell", ...] = ()
    """The same value said again in a bracket: in another unit, or as a change in percent."""


def dispersion_of(cell: Cell) -> tuple[float | None, float | None, float | None]:
    """Low, high and single value of a cell's dispersion."""
    if cell.interval:
        return cell.interval.low, cell.interval.high, None
    if cell.dispersion_type in (DispersionType.IQR, DispersionType.RANGE) and len(cell.dispersion) == 2:
        return cell.dispersion[0].value, cell.dispersion[1].value, None
    return None, None, cell.dispersion[0].value if len(cell.dispersion) == 1 else None
