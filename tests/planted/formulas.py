"""Textbook statistics in plain Python: what a trial's statistician would have computed from its participants.

Sources: Altman, Machin, Bryant and Gardner, Statistics with Confidence, 2nd edition (2000), chapters 4, 6, 7 and 9;
Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition (2003), chapters 2, 3 and 6;
Collett, Modelling Survival Data in Medical Research, 3rd edition (2015), chapters 2 and 3; the incomplete beta
function after Press et al., Numerical Recipes, 3rd edition (2007), section 6.4.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

NORMAL = NormalDist()


@dataclass(frozen=True)
class Effect:
    """An estimate with both limits of its interval and its two-sided p-value; what was not computed is None."""

    estimate: float | None
    low: float | None
    high: float | None
    p: float


def two_sided(z: float) -> float:
    """The two-sided p-value of a standard normal statistic."""
    return 2 * NORMAL.cdf(-abs(z))


def z_of(level: float) -> float:
    """Half the width, in standard errors, of a normal interval of a level in percent."""
    return NORMAL.inv_cdf(0.5 + level / 200)


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny, c = 1e-300, 1.0
    d = 1 / max(1 - (a + b) * x / (a + 1), tiny)
    found = d
    for m in range(1, 200):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d or tiny)
            c = 1 + term / c or tiny
            found *= d * c
        if abs(d * c - 1) < 1e-12:
            break
    return found


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, the chance that a beta variable is below x."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def t_two_sided(t: float, df: float) -> float:
    """The two-sided p-value of Student's t."""
    return incomplete_beta(df / 2, 0.5, df / (df + t * t))


def solve(rises: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is 0, by halving."""
    for _ in range(34):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < 0 else (low, middle)
    return (low + high) / 2


def t_of(level: float, df: float) -> float:
    """Half the width, in standard errors, of Student's interval of a level in percent."""
    return solve(lambda t: 1 - level / 100 - t_two_sided(t, df), 0, 64)


def ratio(estimate: float, error: float, level: float = 95) -> Effect:
    """A ratio with the standard error of its logarithm; without any error there is no interval (ValueError)."""
    if not error:
        raise ValueError("everyone had the event")
    middle, half = math.log(estimate), z_of(level) * error
    return Effect(estimate, math.exp(middle - half), math.exp(middle + half), two_sided(middle / error))


def risk_ratio(k1: int, n1: int, k2: int, n2: int, level: float = 95) -> Effect:
    """Katz's interval on the logarithmic scale; of no events there is none (ValueError)."""
    if not k1 or not k2:
        raise ValueError("a risk ratio needs events in both arms")
    return ratio((k1 / n1) / (k2 / n2), math.sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2), level)


def odds_ratio(k1: int, n1: int, k2: int, n2: int, level: float = 95) -> Effect:
    """Woolf's interval on the logarithmic scale."""
    if 0 in (k1, k2, n1 - k1, n2 - k2):
        raise ValueError("an odds ratio needs events and others in both arms")
    error = math.sqrt(sum(1 / part for part in (k1, n1 - k1, k2, n2 - k2)))
    return ratio(k1 * (n2 - k2) / (k2 * (n1 - k1)), error, level)


def wilson(k: int, n: int, level: float = 95) -> tuple[float, float]:
    """Wilson's interval of one proportion."""
    z = z_of(level)
    middle, half = k + z * z / 2, z * math.sqrt(k * (n - k) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


def clopper_pearson(k: int, n: int, level: float = 95) -> tuple[float, float]:
    """The exact interval of one proportion."""
    tail = (1 - level / 100) / 2
    low = 0.0 if k == 0 else solve(lambda p: incomplete_beta(k, n - k + 1, p) - tail, 0, 1)
    high = 1.0 if k == n else solve(lambda p: incomplete_beta(k + 1, n - k, p) - (1 - tail), 0, 1)
    return low, high


def risk_difference(k1: int, n1: int, k2: int, n2: int, level: float = 95, *, newcombe: bool = False) -> Effect:
    """The difference in percentage points with Wald's interval or Newcombe's (his method 10)."""
    p1, p2 = k1 / n1, k2 / n2
    half = z_of(level) * math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    low, high = p1 - p2 - half, p1 - p2 + half
    if newcombe:
        (l1, u1), (l2, u2) = wilson(k1, n1, level), wilson(k2, n2, level)
        low = p1 - p2 - math.hypot(p1 - l1, u2 - p2)
        high = p1 - p2 + math.hypot(u1 - p1, p2 - l2)
    return Effect(100 * (p1 - p2), 100 * low, 100 * high, chi_squared(k1, n1, k2, n2))


def chi_squared(k1: int, n1: int, k2: int, n2: int, *, corrected: bool = False) -> float:
    """The p-value of Pearson's test of two proportions, with Yates's correction or without."""
    share = (k1 + k2) / (n1 + n2)
    if share in (0, 1):
        return 1.0
    apart = max(abs(k1 / n1 - k2 / n2) - (corrected * (1 / n1 + 1 / n2) / 2), 0)
    return two_sided(apart / math.sqrt(share * (1 - share) * (1 / n1 + 1 / n2)))


def fisher(k1: int, n1: int, k2: int, n2: int) -> float:
    """The two-sided p-value of Fisher's exact test: all tables that are as unlikely as this one, or more."""
    whole = math.lgamma

    def log_ways(k: int) -> float:
        def comb(n: int, r: int) -> float:
            return whole(n + 1) - whole(r + 1) - whole(n - r + 1)

        return comb(n1, k) + comb(n2, k1 + k2 - k) - comb(n1 + n2, k1 + k2)

    mine = log_ways(k1)
    tables = [log_ways(k) for k in range(max(0, k1 + k2 - n2), min(n1, k1 + k2) + 1)]
    return min(1.0, sum(math.exp(table) for table in tables if table <= mine + 1e-7))


def cochran_mantel_haenszel(tables: Sequence[tuple[int, int, int, int]]) -> float:
    """The p-value of the test over strata, each as (k1, n1, k2, n2), without correction."""
    apart = spread = 0.0
    for k1, n1, k2, n2 in tables:
        n, events = n1 + n2, k1 + k2
        if n > 1:
            apart += k1 - n1 * events / n
            spread += n1 * n2 * events * (n - events) / (n * n * (n - 1))
    return two_sided(apart / math.sqrt(spread)) if spread else 1.0


def mean_difference(one: Sequence[float], two: Sequence[float], level: float = 95, *, welch: bool = False) -> Effect:
    """Student's t test of two means with its interval, the variances pooled or (Welch) not."""
    v1, v2 = statistics.variance(one) / len(one), statistics.variance(two) / len(two)
    df: float = len(one) + len(two) - 2
    error = math.sqrt(v1 + v2)
    if welch:
        df = (v1 + v2) ** 2 / (v1**2 / (len(one) - 1) + v2**2 / (len(two) - 1))
    else:
        pooled = (statistics.variance(one) * (len(one) - 1) + statistics.variance(two) * (len(two) - 1)) / df
        error = math.sqrt(pooled * (1 / len(one) + 1 / len(two)))
    apart = statistics.fmean(one) - statistics.fmean(two)
    half = t_of(level, df) * error
    return Effect(apart, apart - half, apart + half, t_two_sided(apart / error, df))


def paired_difference(differences: Sequence[float], level: float = 95) -> Effect:
    """Student's t test of the differences within participants, as in a crossover trial."""
    n, apart = len(differences), statistics.fmean(differences)
    error = statistics.stdev(differences) / math.sqrt(n)
    half = t_of(level, n - 1) * error
    return Effect(apart, apart - half, apart + half, t_two_sided(apart / error, n - 1))


@dataclass(frozen=True)
class Covariance:
    """An analysis of covariance of two arms: least-squares means with their errors, and their difference."""

    means: tuple[float, float]
    errors: tuple[float, float]
    difference: Effect


def covariance(
    arms: tuple[Sequence[tuple[float, float]], Sequence[tuple[float, float]]], level: float = 95
) -> Covariance:
    """Analysis of covariance of (baseline, outcome) pairs with one common slope."""
    means = [(statistics.fmean(x for x, _ in arm), statistics.fmean(y for _, y in arm)) for arm in arms]
    pairs = [(x - mx, y - my) for arm, (mx, my) in zip(arms, means, strict=True) for x, y in arm]
    sxx = sum(x * x for x, _ in pairs)
    slope = sum(x * y for x, y in pairs) / sxx
    n1, n2 = len(arms[0]), len(arms[1])
    df = n1 + n2 - 3
    residual = sum((y - slope * x) ** 2 for x, y in pairs) / df
    grand = (n1 * means[0][0] + n2 * means[1][0]) / (n1 + n2)
    adjusted = tuple(my - slope * (mx - grand) for mx, my in means)
    errors = tuple(
        math.sqrt(residual * (1 / n + (mx - grand) ** 2 / sxx)) for n, (mx, _) in zip((n1, n2), means, strict=True)
    )
    error = math.sqrt(residual * (1 / n1 + 1 / n2 + (means[0][0] - means[1][0]) ** 2 / sxx))
    apart, half = adjusted[0] - adjusted[1], t_of(level, df) * error
    effect = Effect(apart, apart - half, apart + half, t_two_sided(apart / error, df))
    return Covariance((adjusted[0], adjusted[1]), (errors[0], errors[1]), effect)


Times = Sequence[tuple[float, bool]]
"""The participants of an arm followed over time: how long, and whether the event happened then."""


def kaplan_meier(times: Times) -> list[tuple[float, float, float]]:
    """The steps of the survival curve: time, survival, and Greenwood's sum."""
    steps, survival, greenwood, at_risk = [], 1.0, 0.0, len(times)
    for time, happened in sorted(times, key=lambda one: (one[0], not one[1])):
        if happened:
            survival *= 1 - 1 / at_risk
            greenwood += 1 / (at_risk * (at_risk - 1)) if at_risk > 1 else 0
            steps.append((time, survival, greenwood))
        at_risk -= 1
    return steps


def median_time(times: Times, level: float = 95) -> tuple[float | None, float | None, float | None]:
    """The median and its limits after Brookmeyer and Crowley (log-log); None for what was not reached."""
    z, median, low, high = z_of(level), None, None, None
    for time, survival, greenwood in kaplan_meier(times):
        median = time if median is None and survival <= 0.5 else median
        if 0 < survival < 1:
            scale = math.log(survival)
            bound = (math.log(-scale) - math.log(math.log(2))) / (math.sqrt(greenwood) / abs(scale))
            low = time if low is None and bound >= -z else low
            high = time if high is None and bound > z else high
    return median, low, high


def survival_at(times: Times, time: float) -> float:
    """The share that Kaplan and Meier estimate to be without the event at a time."""
    return next((s for t, s, _ in reversed(kaplan_meier(times)) if t <= time), 1.0)


def cox(one: Times, two: Times, level: float = 95) -> Effect:
    """The hazard ratio of one arm to the other (Cox's partial likelihood, no ties), with the log-rank p-value.

    Raises ValueError where an arm has no event.
    """
    if not any(e for _, e in one) or not any(e for _, e in two):
        raise ValueError("a hazard ratio needs events in both arms")
    sets, mine, theirs = [], len(one), len(two)
    for _time, happened, is_mine in sorted([(t, e, True) for t, e in one] + [(t, e, False) for t, e in two]):
        if happened:
            sets.append((is_mine, mine, theirs))
        mine, theirs = mine - is_mine, theirs - (not is_mine)
    beta = information = 0.0
    for _ in range(25):
        shares = [m * math.exp(beta) / (m * math.exp(beta) + w) for _, m, w in sets]
        information = sum(p * (1 - p) for p in shares)
        beta += max(
            -1.0, min(1.0, sum(is_mine - p for (is_mine, _, _), p in zip(sets, shares, strict=True)) / information)
        )
    if abs(beta) > 5:
        raise ValueError("the hazard ratio has no end: all events of one arm came before those of the other")
    expected = [m / (m + w) for _, m, w in sets]
    variance = sum(p * (1 - p) for p in expected)
    log_rank = sum(is_mine - p for (is_mine, _, _), p in zip(sets, expected, strict=True)) / math.sqrt(variance)
    found = ratio(math.exp(beta), 1 / math.sqrt(information), level)
    return Effect(found.estimate, found.low, found.high, two_sided(log_rank))


def mann_whitney(one: Sequence[float], two: Sequence[float]) -> float:
    """The p-value of the rank-sum test by its normal approximation (no ties)."""
    ranks = {value: rank for rank, value in enumerate(sorted([*one, *two]), 1)}
    total, n1, n2 = sum(ranks[value] for value in one), len(one), len(two)
    return two_sided((total - n1 * (n1 + n2 + 1) / 2) / math.sqrt(n1 * n2 * (n1 + n2 + 1) / 12))


def hodges_lehmann(one: Sequence[float], two: Sequence[float], level: float = 95) -> Effect:
    """The median of all differences between two arms with its interval, and the rank-sum p-value."""
    differences, n1, n2 = sorted(x - y for x in one for y in two), len(one), len(two)
    k = max(1, round(n1 * n2 / 2 - z_of(level) * math.sqrt(n1 * n2 * (n1 + n2 + 1) / 12)))
    return Effect(statistics.median(differences), differences[k - 1], differences[-k], mann_whitney(one, two))


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The first quartile, the median and the third quartile."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high
