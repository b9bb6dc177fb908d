"""What a comparison is, and which of two arms is the comparator."""

import re
from dataclasses import dataclass, replace

from trialhouse.extraction.arm_refs import controls_of
from trialhouse.extraction.arm_table import is_control
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.estimates import Estimate
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.heads import Interval, PValue
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued

RATIOS = ("HAZARD_RATIO", "RISK_RATIO", "ODDS_RATIO", "RATE_RATIO", "GEOMETRIC_MEAN_RATIO")
_DIFFERENCES = Cued(
    "difference",
    r"\bdifferences?\b[^.;\d]*\b(?:between|versus|vs|from|compared)\b|\b(?:mean|median|treatment|adjusted|pairwise)\s+differences?\b",
    re.I,
)
_NEAR = 10
"""Symbols between an estimate and its p-value up to which both are one stretch of the sentence."""


@dataclass(slots=True)
class Comparison:
    """One comparison being read: arm, comparator, an estimate or a value, an interval, a p-value, and its rule.

    Both arms are None where a sentence compares groups of a trial of more than two without saying which.
    """

    arm: int | None
    comparator: int | None
    rule: str
    start: int
    end: int
    estimate: Estimate | None = None
    interval: Interval | None = None
    p: PValue | None = None
    bound: Bound | None = None


def is_difference_list(line: Line, bound: Bound, table: ArmTable) -> bool:
    """Whether the values of a list are differences from a control, not results of the arms."""
    controls = controls_of(table)
    before = line.text[line.said.sentence.start : bound.start]
    arms = {arm for arm, _ in bound.pairs}
    return len(controls) == 1 and controls[0] not in arms and bool(_DIFFERENCES.search(before))


def order_pair(first: int, second: int, table: ArmTable) -> tuple[int, int]:
    """Two arms as (arm, comparator): a control is the comparator, else the one named second."""
    return (
        (second, first) if is_control(table.drafts[first]) and not is_control(table.drafts[second]) else (first, second)
    )


def make(
    line: Line, group: list[int], arm: int | None, comparator: int | None, *, rule: str, bound: Bound | None
) -> Comparison:
    """A comparison from the items of one group."""
    first, last = line.items[group[0]], line.items[group[-1]]
    estimate = next((line.items[i].estimate for i in group if line.items[i].estimate), None)
    interval = next((line.items[i].interval for i in group if line.items[i].interval), None)
    p = next((line.items[i].p for i in group if line.items[i].p), None)
    if estimate and estimate.is_directed and comparator is not None and _first_named(line, group[0]) == comparator:
        estimate = replace(estimate, value=-estimate.value)
    if estimate and estimate.effect not in RATIOS:
        interval = turned(estimate.value, interval)
    end = last.end if group[-1] - group[0] <= _NEAR else first.end
    return Comparison(arm, comparator, rule, first.start, end, estimate, interval, p, bound)


def turned(value: float, interval: Interval | None) -> Interval | None:
    """An interval with the sign of its estimate: "3 points lower (95% CI, 1 to 5)" is -3, from -5 to -1."""
    if interval is None or interval.low <= value <= interval.high or not interval.low <= -value <= interval.high:
        return interval
    return replace(interval, low=-interval.high, high=-interval.low)


def _first_named(line: Line, at: int) -> int | None:
    """The arm that a comparative speaks of: the first of two behind it, else the first before it."""
    behind = [item.ref.arms[0] for item in line.items[at:] if item.ref and item.ref.single]
    before = [item.ref.arms[0] for item in line.items[:at] if item.ref and item.ref.single]
    named = behind if len(behind) >= 2 else before
    return named[0] if named else None


def is_share(bound: Bound | None) -> bool:
    """Whether compared values are shares of participants, so that their difference is one of risks."""
    return bound is not None and all(any(n.kind is Kind.PERCENT for n in cell.numbers) for _, cell in bound.pairs)
