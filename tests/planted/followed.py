"""Participants who are followed until something happens: medians, shares without the event, hazard ratios."""

import random

from tests.planted import formulas
from tests.planted.formulas import Times
from tests.planted.results import Comparison, Groups, Number, Result, Spread


def survivals(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """Months to an event: medians with intervals, and hazard ratios with the log-rank p-value."""
    hazards = [rng.choice([0.05, 0.08]) * rng.choice([0.6, 0.8, 1.0, 1.0]) for _ in groups.sizes]
    arms: list[Times] = []
    for n, hazard in zip(groups.sizes, hazards, strict=True):
        followed = [(rng.expovariate(hazard), rng.uniform(6, 36)) for _ in range(n)]
        arms.append([(min(event, end), event < end) for event, end in followed])
    numbers = []
    for arm, times in enumerate(arms):
        median, low, high = formulas.median_time(times)
        if median is not None:
            numbers.append(Number(arm, "MEDIAN", median, "months", len(times), 1, Spread("CI", low=low, high=high)))
        # A share that Kaplan and Meier estimate is of no number of participants; papers give no n beside it.
        numbers.append(Number(arm, "PERCENT", 100 * formulas.survival_at(times, 12), "%", None, -1))
    comparisons = [
        Comparison(one, two, "HAZARD_RATIO", formulas.cox(arms[one], arms[two]), -2, "Log Rank")
        for one, two in groups.pairs
    ]
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))
