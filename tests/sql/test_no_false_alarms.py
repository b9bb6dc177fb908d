"""Numbers that are right, rounded as papers round them, raise nothing: counts, percentages, tests and spreads."""

import math
import random
import statistics
from statistics import NormalDist

import pytest

NORMAL = NormalDist()


def chi_squared(k1, n1, k2, n2, *, correction):
    """The two-sided p-value of Pearson's test, with Yates's correction or without."""
    share = (k1 + k2) / (n1 + n2)
    if share in (0, 1):
        return 1.0
    apart = max(abs(k1 / n1 - k2 / n2) - (correction * (1 / n1 + 1 / n2) / 2), 0)
    return 2 * NORMAL.cdf(-apart / math.sqrt(share * (1 - share) * (1 / n1 + 1 / n2)))


def fisher(k1, n1, k2, n2):
    """Fisher's exact test: the chance of all tables that are as unlikely as this one, or more."""

    def ways(k):
        return math.comb(n1, k) * math.comb(n2, k1 + k2 - k)

    tables = [ways(k) for k in range(max(0, k1 + k2 - n2), min(n1, k1 + k2) + 1)]
    return sum(table for table in tables if table <= ways(k1)) / sum(tables)


@pytest.fixture
def two_arms(make_row):
    """The rows of 300 outcomes of two arms: counts, their percentages, and a p-value by one of three tests."""
    chance = random.Random(5)
    numbers, comparisons = [], []
    for i in range(300):
        n1, n2 = chance.randint(4, 300), chance.randint(4, 300)
        rate = chance.random()
        k1 = sum(chance.random() < rate for _ in range(n1))
        k2 = sum(chance.random() < min(1, max(0, rate + chance.uniform(-0.3, 0.3))) for _ in range(n2))
        decimals = chance.choice([0, 1, 1, 2])
        for arm, k, n in (("drug", k1, n1), ("placebo", k2, n2)):
            common = {"outcome_id": f"o{i}", "arm_id": arm, "n_analyzed": n}
            count = {"measurement_id": f"{arm}{i}k", "statistic": "COUNT", "unit": "participants", "value": float(k)}
            text = f"{100 * k / n:.{decimals}f}"
            percent = {"measurement_id": f"{arm}{i}p", "statistic": "PERCENT", "value": float(text), "value_raw": text}
            numbers += [make_row("outcome_measurements", {**common, **cells}) for cells in (count, percent)]
        p = chance.choice(
            [chi_squared(k1, n1, k2, n2, correction=yates) for yates in (0, 1)] + [fisher(k1, n1, k2, n2)]
        )
        text = f"{p:.{chance.choice([2, 3, 4])}f}"
        cells = {"analysis_id": f"a{i}", "outcome_id": f"o{i}", "arm_id": "drug", "comparator_arm_id": "placebo"}
        cells |= {"effect": "RISK_DIFFERENCE", "estimate": 100 * (k1 / n1 - k2 / n2)}
        cells |= {"p_value": float(text), "p_raw": text, "p_modifier": "="}
        comparisons.append(make_row("outcome_analyses", cells))
    outcomes = [make_row("outcomes", {"outcome_id": f"o{i}"}) for i in range(300)]
    return [("outcomes", outcomes), ("outcome_measurements", numbers), ("outcome_analyses", comparisons)]


@pytest.mark.parametrize(
    "check",
    [
        "outcome_measurements/count_fits_percent",
        "outcome_measurements/count_fits_n",
        "outcome_measurements/percent_fits_n",
        "outcome_analyses/p_fits_counts",
        "outcome_analyses/effect_fits_arms",
    ],
)
def test_two_arms_that_are_right_raise_nothing(check, checks, evaluate, two_arms):
    assert evaluate([checks[check]], two_arms).failing == []


def test_p_values_of_other_outcomes_are_found(checks, evaluate, two_arms):
    *others, (name, comparisons) = two_arms
    p_values = [(row.p_value, row.p_raw) for row in comparisons]
    random.Random(6).shuffle(p_values)
    wrong = [
        row.model_copy(update={"p_value": value, "p_raw": raw})
        for row, (value, raw) in zip(comparisons, p_values, strict=True)
    ]
    assert len(evaluate([checks["outcome_analyses/p_fits_counts"]], [*others, (name, wrong)]).failing) > 30


def test_the_spread_of_real_values_is_possible(checks, evaluate, make_row):
    chance = random.Random(7)
    rows = []
    for i in range(300):
        n = chance.randint(2, 40)
        ends = i % 2 == 1
        values = [chance.choice([0, 0, 100] if ends else [0, 0, 0, chance.expovariate(0.1)]) for _ in range(n)]
        deviation = statistics.stdev(values)
        is_error = chance.random() < 0.5
        spread = deviation / math.sqrt(n) if is_error else deviation
        cells = {"measurement_id": f"m{i}", "outcome_id": "share" if ends else "stay", "statistic": "MEAN"}
        cells |= {"unit": "%" if ends else "days", "n_analyzed": n, "value": round(statistics.mean(values), 1)}
        cells |= {"dispersion_type": "SE" if is_error else "SD", "dispersion_value": round(spread, 1)}
        rows.append(make_row("outcome_measurements", cells))
    outcomes = [{"outcome_id": "share", "measure": "share of days"}, {"outcome_id": "stay", "measure": "stay"}]
    tables = [("outcomes", [make_row("outcomes", cells) for cells in outcomes]), ("outcome_measurements", rows)]
    assert evaluate([checks["outcome_measurements/dispersion_is_possible"]], tables).failing == []
