"""Axes of plots: where a number stands between two edges, linear or logarithmic, with ticks at round numbers.

Places are percent of the width of the drawing, so that a drawing fits any screen.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

EDGE = 5.0
"""Percent of the width that stays free on either side, for half of a tick's number and for arrows."""

STEPS = (1.0, 2.0, 5.0, 10.0)
"""Round numbers, times a power of ten."""

MOST_STEPS = 5

TICKS: tuple[tuple[tuple[float, ...], int], ...] = (
    ((1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8), 1),
    ((1, 2, 5), 1),
    *(((1,), decades) for decades in (1, 2, 5, 20, 100)),
)
"""Ticks of a logarithmic axis, from close to far apart: numbers times a power of ten, and every how many powers."""

LARGEST = 1e100
"""Numbers beyond it, or nearer to 0 than 1 by it, have no place on an axis."""


@dataclass(frozen=True)
class Tick:
    """A number of the axis, as text, and its place in percent."""

    text: str
    place: float


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high`; on a logarithmic one both are above 0."""

    low: float
    high: float
    is_log: bool
    at: tuple[float, ...]

    def place(self, value: float) -> float:
        """The place of a number in percent of the width, from one edge to the other."""
        low, high, value = (math.log(v) if self.is_log else v for v in (self.low, self.high, value))
        share = (value - low) / (high - low)
        return round(EDGE + (100 - 2 * EDGE) * min(max(share, 0.0), 1.0), 2)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Round numbers along the axis."""
        return tuple(Tick(round_text(value), self.place(value)) for value in self.at)


def fits(value: float) -> bool:
    """Whether a number has a place on an axis that people could read."""
    return value == 0 or 1 / LARGEST < abs(value) < LARGEST


def linear_axis(values: Iterable[float]) -> Axis:
    """A linear axis with all the numbers on it, from one round number to another."""
    numbers = list(values)
    low, high = min(numbers), max(numbers)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        around = abs(low) / 10 or 1.0
        low, high = low - around, high + around
    step = _round_up((high - low) / MOST_STEPS)
    first, last = math.floor(low / step), math.ceil(high / step)
    at = tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))
    return Axis(at[0], at[-1], False, at)


def log_axis(values: Iterable[float]) -> Axis:
    """A logarithmic axis with all the numbers on it; each is above 0."""
    numbers = list(values)
    low, high = min(numbers), max(numbers)
    if high / low < 1.2:
        low, high = low / 1.2, high * 1.2
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for steps, decades in TICKS:
        every = [
            step * 10.0**power for power in range(first - first % decades, last + decades, decades) for step in steps
        ]
        below = max((one for one in every if one <= low), default=every[0])
        above = min((one for one in every if one >= high), default=every[-1])
        at = tuple(float(f"{one:.12g}") for one in every if below <= one <= above)
        if len(at) <= MOST_STEPS + 2:
            break
    return Axis(min(at[0], low), max(at[-1], high), True, at)


def round_text(value: float) -> str:
    """A number of an axis or a table, without a needless '.0' and with thousands apart."""
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"


def _round_up(step: float) -> float:
    """The smallest round number that is not below the step."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in STEPS if times * power >= step * (1 - 1e-9))
