"""Participants and events that are counted: counts, percentages, rates, and comparisons of them."""

import math
import random
from dataclasses import replace

from tests.planted import formulas
from tests.planted.formulas import Effect
from tests.planted.results import Comparison, Groups, Number, Result, Spread


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
        return _not_inferior(pair, given, one_sided=rng.random() < 0.3)
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


def _not_inferior(pair: tuple[int, int], given: tuple[int, int, int, int], *, one_sided: bool) -> Comparison:
    """A difference held against a margin of ten points; the p-value is of that, on one side."""
    found = formulas.risk_difference(*given)
    error = ((found.high or 0) - (found.low or 0)) / 2 / formulas.z_of(95)
    shift = (found.estimate or 0) + 10
    found = replace(found, p=formulas.NORMAL.cdf(-shift / error) if error else 0.0)
    said = {"unit": "percentage points", "hypothesis": "NON_INFERIORITY"}
    if one_sided:
        return Comparison(*pair, "RISK_DIFFERENCE", replace(found, high=None), 1, "Wald", level=97.5, **said)
    return Comparison(*pair, "RISK_DIFFERENCE", found, 1, "Wald", **said)


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


def grades(rng: random.Random, groups: Groups, *, weeks: float, measure: str) -> Result:
    """The worst grade of each participant: a count and a percentage for each grade, and a test of trend in all arms."""
    numbers, scores = [], []
    for arm, n in enumerate(groups.sizes):
        drawn = rng.choices(["none", "mild", "moderate", "severe"], weights=[5, 3, 2, rng.choice([0, 1])], k=n)
        scores += [(arm, grade) for grade in drawn]
        for grade in ("none", "mild", "moderate", "severe"):
            k = drawn.count(grade)
            numbers.append(Number(arm, "COUNT", k, "participants", n, 0, category=grade))
            numbers.append(Number(arm, "PERCENT", 100 * k / n, "%", n, -1, category=grade))
    p = formulas.two_sided(rng.gauss(0, 1))
    trend = Comparison(None, None, "P_VALUE_ONLY", Effect(None, None, None, p), 0, "Cochran-Armitage trend")
    return Result(measure, weeks, tuple(numbers), (trend,))


def people(rng: random.Random, groups: Groups, *, measure: str) -> Result:
    """What the participants were before the trial, by arm and in all."""
    women = [sum(rng.random() < 0.45 for _ in range(n)) for n in groups.sizes]
    rows = [*enumerate(zip(women, groups.sizes, strict=True))]
    rows_of_all = [*rows, (None, (sum(women), sum(groups.sizes)))] if not groups.is_paired else rows
    numbers = []
    for arm, (k, n) in rows_of_all:
        numbers.append(Number(arm, "COUNT", k, "participants", n, 0))
        numbers.append(Number(arm, "PERCENT", 100 * k / n, "%", n, -1))
    return Result(measure, 0, tuple(numbers), is_baseline=True)
