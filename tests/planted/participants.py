"""Participants of made-up trials, drawn at random, and the results that a statistician computes of them."""

import math
import random
import statistics
from dataclasses import dataclass, field, replace

from tests.planted import formulas
from tests.planted.formulas import Effect, Times


@dataclass(frozen=True)
class Spread:
    """The spread of one number: one number, or two ends of which either may not have been reached."""

    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Number:
    """One number of one arm, unrounded; `digits` is how many decimals suit it."""

    arm: int
    statistic: str
    value: float
    unit: str
    n: int | None
    digits: int
    spread: Spread | None = None
    is_change: bool = False


@dataclass(frozen=True)
class Comparison:
    """One arm against another, unrounded."""

    arm: int | None
    comparator: int | None
    effect: str
    found: Effect
    digits: int
    method: str | None = None
    level: float = 95
    unit: str | None = None
    hypothesis: str | None = None
    one_sided: bool = False


@dataclass(frozen=True)
class Result:
    """One outcome with its numbers and comparisons."""

    measure: str
    weeks: float
    numbers: tuple[Number, ...]
    comparisons: tuple[Comparison, ...] = ()
    is_primary: bool = False
    population: str | None = None
    subgroup: str | None = None
    norm: str | None = field(default=None)


@dataclass(frozen=True)
class Groups:
    """The arms of a trial as its statistician has them: how many in each, whom each is compared with."""

    sizes: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    is_clustered: bool = False
    is_paired: bool = False
    is_non_inferiority: bool = False


def allocated(rng: random.Random, n: int, ratio: tuple[int, ...], *, in_blocks: bool) -> tuple[int, ...]:
    """How many of n participants each arm gets: by lot, or in permuted blocks of which each centre ends within one."""
    arms = [arm for arm, part in enumerate(ratio) for _ in range(part)]
    if not in_blocks:
        drawn = rng.choices(arms, k=n)
        return tuple(drawn.count(arm) for arm in range(len(ratio)))
    drawn, left = [], n
    while left:
        centre = min(left, rng.randint(1, max(2, n // 4)))
        while centre:
            block = arms * rng.choice([1, 2])
            rng.shuffle(block)
            taken = block[:centre]
            drawn += taken
            centre -= len(taken)
            left -= len(taken)
    return tuple(drawn.count(arm) for arm in range(len(ratio)))


def left_over(rng: random.Random, sizes: tuple[int, ...], share: float) -> tuple[int, ...]:
    """How many of each arm are left where everyone drops out with a chance; never none."""
    return tuple(max(1, sum(rng.random() >= share for _ in range(size))) for size in sizes)


def responders(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """How many had an event: counts, percentages, and a risk ratio, odds ratio, risk difference or test alone."""
    base = rng.choice([0.03, 0.15, 0.4, 0.6, 0.9])
    chances = [min(0.98, max(0.01, base * rng.choice([0.5, 0.8, 1.0, 1.0, 1.3]))) for _ in groups.sizes]
    if groups.is_clustered:
        counts = [_clustered(rng, n, p) for n, p in zip(groups.sizes, chances, strict=True)]
    else:
        counts = [sum(rng.random() < p for _ in range(n)) for n, p in zip(groups.sizes, chances, strict=True)]
    numbers = []
    has_counts, has_percents = rng.choice([(True, True), (True, True), (True, False), (False, True)])
    for arm, (k, n) in enumerate(zip(counts, groups.sizes, strict=True)):
        if has_counts:
            numbers.append(Number(arm, "COUNT", k, "participants", n, 0))
        if has_percents:
            limits = rng.choice([formulas.wilson, formulas.clopper_pearson, None])
            low, high = limits(k, n) if limits else (0.0, 0.0)
            spread = Spread("CI", low=100 * low, high=100 * high) if limits else None
            numbers.append(Number(arm, "PERCENT", 100 * k / n, "%", n, -1, spread))
    kind = rng.choice(["RISK_RATIO", "ODDS_RATIO", "RISK_DIFFERENCE", "P_VALUE_ONLY"])
    comparisons = []
    for one, two in groups.pairs:
        given = counts[one], groups.sizes[one], counts[two], groups.sizes[two]
        comparisons.append(_of_counts(rng, groups, kind, (one, two), given))
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))


def _clustered(rng: random.Random, n: int, chance: float) -> int:
    """Events in clusters of ten whose chances differ."""
    chances = [rng.betavariate(chance * 8, (1 - chance) * 8) for _ in range(1 + n // 10)]
    return sum(rng.random() < chances[i // 10] for i in range(n))


def _of_counts(
    rng: random.Random, groups: Groups, kind: str, pair: tuple[int, int], given: tuple[int, int, int, int]
) -> Comparison:
    """The comparison of two counts, adjusted for strata or clusters where the trial is."""
    test = rng.choice(["Chi-squared", "Chi-squared, corrected", "Fisher Exact", "Cochran-Mantel-Haenszel"])
    p = {
        "Chi-squared": lambda: formulas.chi_squared(*given),
        "Chi-squared, corrected": lambda: formulas.chi_squared(*given, corrected=True),
        "Fisher Exact": lambda: formulas.fisher(*given),
        "Cochran-Mantel-Haenszel": lambda: formulas.cochran_mantel_haenszel(_strata(rng, given)),
    }[test]()
    if groups.is_non_inferiority:
        found = formulas.risk_difference(*given)
        shift = (found.estimate or 0) + 10
        error = ((found.high or 0) - (found.low or 0)) / 2 / formulas.z_of(95)
        found = replace(found, p=formulas.NORMAL.cdf(-shift / error) if error else 0.0)
        return Comparison(
            *pair, "RISK_DIFFERENCE", found, 1, "Wald", unit="percentage points", hypothesis="NON_INFERIORITY"
        )
    if groups.is_clustered or kind == "P_VALUE_ONLY":
        found = Effect(None, None, None, p)
        method = "Generalised estimating equations" if groups.is_clustered else test
        if groups.is_clustered:
            z = formulas.NORMAL.inv_cdf(1 - min(max(p, 1e-12), 1) / 2)
            found = replace(found, p=formulas.two_sided(z / 1.5))
        return Comparison(*pair, "P_VALUE_ONLY", found, 0, method)
    try:
        if kind == "RISK_RATIO":
            return Comparison(*pair, kind, replace(formulas.risk_ratio(*given), p=p), -2, test)
        if kind == "ODDS_RATIO":
            return Comparison(*pair, kind, formulas.odds_ratio(*given), -2, "Logistic regression")
    except ValueError:
        return Comparison(*pair, "P_VALUE_ONLY", Effect(None, None, None, p), 0, test)
    found = formulas.risk_difference(*given, newcombe=rng.random() < 0.5)
    return Comparison(*pair, "RISK_DIFFERENCE", replace(found, p=p), 1, test, unit="percentage points")


def _strata(rng: random.Random, given: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """The table of two counts, dealt into two strata at random."""
    people = [(arm, i < k) for arm, k, n in ((0, *given[:2]), (1, *given[2:])) for i in range(n)]
    rng.shuffle(people)
    cut = len(people) * rng.randint(3, 7) // 10
    tables = []
    for part in (people[:cut], people[cut:]):
        arms = [[event for arm, event in part if arm == number] for number in (0, 1)]
        tables.append((sum(arms[0]), len(arms[0]), sum(arms[1]), len(arms[1])))
    return tables


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
    comparisons = []
    for one, two in groups.pairs:
        if groups.is_paired:
            found = formulas.paired_difference([x - y for x, y in zip(values[one], values[two], strict=True)])
        else:
            found = formulas.mean_difference(values[one], values[two], welch=rng.random() < 0.5)
        comparisons.append(Comparison(one, two, "MEAN_DIFFERENCE", found, 1 + (level < 20), "t test", unit=unit))
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


def rates(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """Events per person-year, of which one participant may have several, and rate ratios."""
    base = rng.choice([0.3, 1.2])
    chosen = [base * rng.choice([0.6, 1.0, 1.0]) for _ in groups.sizes]
    years = [sum(rng.uniform(0.3, weeks / 52) for _ in range(n)) for n in groups.sizes]
    events = [_poisson(rng, rate * time) for rate, time in zip(chosen, years, strict=True)]
    if not all(events):
        raise ValueError("a rate ratio needs events in both arms")
    numbers = []
    for arm, (e, time) in enumerate(zip(events, years, strict=True)):
        numbers.append(Number(arm, "COUNT", e, "events", groups.sizes[arm], 0))
        numbers.append(Number(arm, "RATE", e / time, "events per person-year", groups.sizes[arm], 2))
    comparisons = []
    for one, two in groups.pairs:
        estimate = events[one] / years[one] / (events[two] / years[two])
        found = formulas.ratio(estimate, math.sqrt(1 / events[one] + 1 / events[two]))
        comparisons.append(Comparison(one, two, "RATE_RATIO", found, -2, "Poisson regression"))
    return Result(measure, weeks, tuple(numbers), tuple(comparisons))


def _poisson(rng: random.Random, expected: float) -> int:
    """A Poisson number, by counting exponential waits."""
    count, waited = 0, rng.expovariate(1)
    while waited < expected:
        count, waited = count + 1, waited + rng.expovariate(1)
    return count


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
