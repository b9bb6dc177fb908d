"""What a frame returns: numbers bound to arms, and where in the line they stand."""

from typing import NamedTuple

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.lexer import Kind, Typed

CONFIDENCE = {
    "frame.respectively": 0.95,
    "frame.respectively_again": 0.85,
    "frame.respectively_ahead": 0.9,
    "frame.in_order": 0.8,
    "frame.list_per_arm": 0.95,
    "frame.arm_brackets": 0.95,
    "frame.given_or_not": 0.9,
    "frame.versus": 0.9,
    "frame.versus_one_named": 0.85,
    "frame.apart": 0.85,
    "frame.versus_by_order": 0.75,
    "frame.versus_by_order_once": 0.7,
    "frame.versus_as_listed": 0.65,
    "frame.respective_groups": 0.8,
    "frame.arm_says": 0.85,
    "frame.gapped": 0.8,
    "frame.noun_once": 0.85,
    "frame.one_arm": 0.8,
    "frame.one_arm_list": 0.75,
    "frame.all_arms": 0.8,
    "frame.only_arm": 0.8,
    "frame.whole_trial": 0.8,
    "frame.baseline_of_all": 0.8,
    "frame.times_listed": 0.85,
    "frame.aligned": 0.8,
    "frame.aligned_lists": 0.8,
    "frame.other_arm": 0.75,
    "frame.placebo_adjusted": 0.9,
    "analysis.behind_values": 0.9,
    "analysis.listed": 0.88,
    "analysis.arms_named": 0.85,
    "analysis.measures_respectively": 0.85,
    "analysis.groups": 0.8,
    "analysis.set_against": 0.8,
}
"""Priors by rule, set by judgement; they are to be measured on labelled abstracts and replaced."""
THRESHOLD = 0.6
"""A claim below this confidence is not said: its numbers become candidates with the reason `low_confidence`."""
GUESSED_MEASURE = 0.7
"""What the confidence is multiplied by where nothing names the measure and the sentence's start stands in for it."""


class Bound(NamedTuple):
    """Values bound to arms by one rule: `pairs` in the order of the text, `first` and `last` item of the line."""

    rule: str
    pairs: tuple[tuple[int | None, Cell], ...]
    first: int
    last: int
    time: tuple[float, str, int, int] | None = None
    """Weeks, words and place of the time, where the frame itself says which of several times is meant."""

    window: tuple[int, int] | None = None
    """The stretch that says what the first value is about, where rows of one frame are interleaved."""

    @property
    def start(self) -> int:
        """Where the first value begins."""
        return min(cell.start for _, cell in self.pairs)

    @property
    def end(self) -> int:
        """Where the last value ends."""
        return max(cell.end for _, cell in self.pairs)


def counted(cell: Cell, first: Typed) -> Cell:
    """A cell whose bare whole number counts what the first of its list counts: "4 deaths with A and 9 with B"."""
    number = cell.numbers[0]
    bare = number.kind is Kind.VALUE and number.unit is None and number.value == int(number.value) >= 0
    if not bare or first.kind is not Kind.COUNT:
        return cell
    return cell._replace(numbers=(number._replace(kind=first.kind, unit=first.unit), *cell.numbers[1:]))
