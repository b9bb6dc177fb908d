"""A plot as a table: each line has its words and numbers as text, and a mark on an axis that all lines share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from trialhouse.review.axis import Axis

Cells = dict[str, Any]

LinkOf = Callable[[str, str, Sequence[str]], str | None]
"""The address of the sentence from which the first of some columns of a row that has one was read."""


@dataclass(frozen=True)
class Span:
    """Numbers to draw: a value, and what it lies in; an interval without one end goes on beyond the axis."""

    value: float | None
    low: float | None = None
    high: float | None = None
    is_bound: bool = False

    def numbers(self) -> list[float]:
        """Those that are there."""
        return [number for number in (self.value, self.low, self.high) if number is not None]


@dataclass(frozen=True)
class Mark:
    """A span on its axis, in percent of the width; `goes_on` names the sides on which an interval has no end."""

    at: float | None
    low: float | None
    high: float | None
    goes_on: tuple[str, ...]
    is_bound: bool


@dataclass(frozen=True)
class Line:
    """A line of a plot. `note` says why something is not drawn."""

    label: str
    value: str
    value_link: str | None
    second: str
    second_link: str | None
    more: str
    note: str
    mark: Mark | None


@dataclass(frozen=True)
class Plot:
    """Lines under their title; `axis` is None where nothing can be drawn, `nothing_at` is the place of no effect."""

    title: str
    words: str
    heads: tuple[str, str, str]
    axis: Axis | None
    nothing_at: float | None
    lines: tuple[Line, ...]

    @property
    def has_second(self) -> bool:
        """Whether any line has the second number."""
        return any(line.second for line in self.lines)


def mark_of(span: Span, axis: Axis) -> Mark:
    """Where a span stands on an axis that holds its numbers."""
    has_interval = span.low is not None or span.high is not None
    low = axis.place(axis.low if span.low is None else span.low) if has_interval else None
    high = axis.place(axis.high if span.high is None else span.high) if has_interval else None
    ends = (("low", span.low), ("high", span.high))
    goes_on = tuple(name for name, end in ends if end is None) if has_interval else ()
    return Mark(None if span.value is None else axis.place(span.value), low, high, goes_on, span.is_bound)
