"""Quantities that are measured in each participant: means and medians with their spreads, and their differences."""

import math
import random
import statistics
from dataclasses import replace

from tests.planted import formulas
from tests.planted.formulas import Effect
from tests.planted.results import Comparison, Groups, Number, Result, Spread


def scores(rng: random.Random, groups: Groups, *, weeks: float, measure: str, unit: str) -> Result:
    """Means with SD or SE, of a quantity that is nearly normal, compared by a t test."""
    level, deviation = rng.choice([(8.0, 1.1), (52, 14), (130, 17), (84, 19)])
    shifts = [rng.choice([0, 0, -0.3, -0.6, 0.4]) * deviation for _ in groups.sizes]
    if min(groups.sizes) < 3:
        raise ValueError("too few participants for a variance")
    if groups.is_paired:
        own = [rng.gauss(level, deviation) for _ in range(groups.sizes[0])]
        values = [[x + shift + rng.gauss(0, deviation / 3) for x in own] for shift in shifts]
    else:
        values = [
            [rng.gauss(level + s, deviation) for _ in range(n)] for n, s in zip(groups.sizes, shifts, strict=True)
        ]
    kind = rng.choice(["SD", "SD", "SE", "CI", "RANGE"])
    numbers = [Number(arm, "MEAN", *_mean(own, kind, unit)) for arm, own in enumerate(values)]
    comparisons, method = [], "t test"
    times = len(groups.pairs) if rng.random() < 0.3 else 1
    if times > 1:
        method = "t test, Bonferroni-adjusted"
    for one, two in groups.pairs:
        if groups.is_paired:
            found = formulas.paired_difference([x - y for x, y in zip(values[one], values[two], strict=True)])
        else:
            found = formulas.mean_difference(values[one], values[two], welch=rng.random() < 0.5)
        # Intervals are seldom adjusted where the p-values are.
        found = replace(found, p=min(1.0, found.p * times))
        comparisons.append(Comparison(one, two, "MEAN_DIFFERENCE", found, 1 + (level < 20), method, unit=unit))
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))


def _mean(own: list[float], kind: str, unit: str) -> tuple[float, str, int, int, Spread]:
    """What a paper says of the values of one arm: mean, unit, n, decimals, spread."""
    mean, deviation = statistics.fmean(own), statistics.stdev(own)
    error = deviation / math.sqrt(len(own))
    half = formulas.t_of(95, len(own) - 1) * error
    spread = {
        "SD": Spread("SD", deviation),
        "SE": Spread("SE", error),
        "CI": Spread("CI", low=mean - half, high=mean + half),
        "RANGE": Spread("RANGE", low=min(own), high=max(own)),
    }[kind]
    return mean, unit, len(own), 1 + (mean < 20), spread


def changes(rng: random.Random, groups: Groups, *, weeks: float, measure: str, unit: str) -> Result:
    """Least-squares means of the change from baseline and their difference, by analysis of covariance."""
    deviation = rng.choice([1.0, 12.0])
    people = []
    for n in groups.sizes:
        shift = rng.choice([-0.9, -0.5, -0.2, 0.0]) * deviation
        baselines = [rng.gauss(0, deviation) for _ in range(n)]
        people.append([(x, shift - 0.4 * x + rng.gauss(0, 0.8 * deviation)) for x in baselines])
    if len(people) < 2 or min(map(len, people)) < 4 or not groups.pairs:
        raise ValueError("an analysis of covariance needs two arms")
    numbers, comparisons, digits = {}, [], 1 + (deviation < 5)
    # As one model of all arms would: the first pair that an arm is in gives its mean.
    for one, two in groups.pairs:
        model = formulas.covariance((people[one], people[two]))
        for arm, mean, error in zip((one, two), model.means, model.errors, strict=True):
            if arm not in numbers:
                spread = Spread("SE", error)
                numbers[arm] = Number(
                    arm, "LEAST_SQUARES_MEAN", mean, unit, len(people[arm]), digits, spread, is_change=True
                )
        comparisons.append(Comparison(one, two, "LS_MEAN_DIFFERENCE", model.difference, digits, "ANCOVA", unit=unit))
    return Result(measure, weeks, tuple(numbers.values()), tuple(comparisons))


def stays(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """Days in hospital, skewed: means with SD or medians with quartiles, and the difference of medians."""
    width, with_mean = rng.choice([0.4, 0.9, 1.4]), rng.random() < 0.5
    centres = [rng.choice([1.6, 1.6, 1.9]) for _ in groups.sizes]
    values = [[rng.lognormvariate(c, width) for _ in range(n)] for n, c in zip(groups.sizes, centres, strict=True)]
    if min(map(len, values)) < 4:
        raise ValueError("too few participants for quartiles")
    numbers = []
    for arm, own in enumerate(values):
        low, median, high = formulas.quartiles(own)
        numbers.append(Number(arm, "MEDIAN", median, "days", len(own), 1, Spread("IQR", low=low, high=high)))
        if with_mean:
            kind = rng.choice(["SD", "SE", "RANGE"])
            value, unit, n, _, spread = _mean(own, kind, "days")
            numbers.append(Number(arm, "MEAN", value, unit, n, 1, spread))
    comparisons = []
    for one, two in groups.pairs if not groups.is_paired else ():
        few = values[one][:60], values[two][:60]
        if (len(few[0]), len(few[1])) == (len(values[one]), len(values[two])):
            found = formulas.hodges_lehmann(*few)
        else:
            found = Effect(None, None, None, formulas.mann_whitney(values[one], values[two]))
        effect = "P_VALUE_ONLY" if found.estimate is None else "MEDIAN_DIFFERENCE"
        comparisons.append(Comparison(one, two, effect, found, 1, "Wilcoxon rank sum", unit="days"))
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))


def concentrations(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """Geometric means with coefficients of variation, and their ratios with 90 % intervals."""
    centres = [rng.choice([2.0, 2.0, 2.3]) for _ in groups.sizes]
    values = [[rng.gauss(c, 0.4) for _ in range(n)] for n, c in zip(groups.sizes, centres, strict=True)]
    if min(map(len, values)) < 3:
        raise ValueError("too few participants for a variance")
    numbers, comparisons = [], []
    for arm, own in enumerate(values):
        coefficient = 100 * math.sqrt(math.exp(statistics.variance(own)) - 1)
        spread = Spread("GEOMETRIC_COEFFICIENT", coefficient)
        numbers.append(Number(arm, "GEOMETRIC_MEAN", math.exp(statistics.fmean(own)), "mg/L", len(own), 2, spread))
    for one, two in groups.pairs if not groups.is_paired else ():
        found = formulas.mean_difference(values[one], values[two], level=90)
        limits = [math.exp(value or 0) for value in (found.estimate, found.low, found.high)]
        comparisons.append(
            Comparison(one, two, "GEOMETRIC_MEAN_RATIO", Effect(*limits, found.p), -2, "ANOVA of logarithms", level=90)
        )
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))


def shares_of_days(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """The percentage of a participant's days that something held, from 0 to 100, often at either end."""
    if min(groups.sizes) < 3:
        raise ValueError("too few participants for a variance")
    shape = rng.choice([0.2, 0.6, 3.0])
    values = [[100 * rng.betavariate(shape, shape) for _ in range(n)] for n in groups.sizes]
    numbers = []
    for arm, own in enumerate(values):
        value, _, n, _, spread = _mean(own, rng.choice(["SD", "SD", "SE"]), "")
        numbers.append(Number(arm, "MEAN", value, "% of days", n, 1, spread))
    comparisons = [
        Comparison(one, two, "MEAN_DIFFERENCE", formulas.mean_difference(values[one], values[two], welch=True), 1)
        for one, two in (groups.pairs if not groups.is_paired else ())
    ]
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))
