"""The arithmetic that checks use: against the standard library, and never an alarm for what rounding explains."""

import random
from statistics import NormalDist

import pytest

NORMAL = NormalDist()
PHRASE = "{0:.{d}f} (95% CI {1:.{d}f} to {2:.{d}f}; P={3})"


@pytest.fixture
def calculate(empty_releases, checks):
    empty_releases.execute(next(check.macros for check in checks.values() if check.macros))
    return lambda expression, *values: empty_releases.execute(f"SELECT {expression}", values).fetchone()[0]


@pytest.mark.parametrize("z", [0.0, 0.1, 0.5, 1.0, 1.6449, 1.96, 2.5, 2.999])
def test_the_normal_tail_below_three(z, calculate):
    assert calculate("normal_tail(?)", z) == pytest.approx(NORMAL.cdf(-z), abs=1e-7)


@pytest.mark.parametrize("z", [3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 12.0, 30.0])
def test_the_normal_tail_from_three_on_is_right_to_a_thousandth_of_itself(z, calculate):
    assert calculate("normal_tail(?)", z) == pytest.approx(NORMAL.cdf(-z), rel=1e-3)
    assert 0 <= calculate("normal_tail(?)", 1000.0) < 1e-300


@pytest.mark.parametrize("level", [50, 80, 90, 95, 97.5, 99, 99.9, 99.999])
def test_the_quantile_of_a_level(level, calculate):
    q = (1 - level / 100) / 2
    assert calculate("normal_quantile(?)", q) == pytest.approx(-NORMAL.inv_cdf(q), abs=5e-4)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("43", 43.0, 0), ("43.0%", 43.0, 1), ("0·34", 0.34, 2), ("P = .050", 0.05, 3), ("12,5 %", 12.5, 1),
        ("-66·2%", -66.2, 1), ("0.90 (0.9 to 1.1)", 0.9, 1), ("half", 0.5, None), ("5.1 and 5.2", 5.3, None),
        ("95% CI 0.17-0.74", 0.74, 2), ("0.000", 0.0, 3), (None, 0.5, None),
    ],
)  # fmt: skip
def test_the_decimals_of_a_value_as_written(text, value, decimals, calculate):
    assert calculate("decimals_in(?, ?)", text, value) == decimals


@pytest.mark.parametrize(
    ("text", "value", "off"),
    [("0.340", 0.34, 0.0005), (None, 0.34, 0.005), (None, 12.0, 0.5), (None, 120.0, 0.5), (None, 0.00001, 0.000005)],
)
def test_what_no_text_holds_is_taken_as_rounded_as_roughly_as_it_can_be(text, value, off, calculate):
    assert calculate("rounding_of(?, ?)", text, value) == pytest.approx(off)


def test_every_possible_percentage_passes(checks, evaluate, make_row):
    rows = [
        make_row(
            "outcome_measurements",
            {
                "measurement_id": f"{k}-{n}-{decimals}",
                "statistic": "PERCENT",
                "value": float(f"{100 * k / n:.{decimals}f}"),
                "value_raw": f"{100 * k / n:.{decimals}f}%",
                "n_analyzed": n,
            },
        )
        for n in (1, 3, 7, 8, 40, 119, 342, 999)
        for k in range(0, n + 1, 1 + n // 50)
        for decimals in (0, 1, 2)
    ]
    assert evaluate([checks["outcome_measurements/percent_fits_n"]], [("outcome_measurements", rows)]).failing == []


def comparisons(make_row, *, stated_z_over_z, seed):
    """Rows and evidence of 1500 comparisons: from an exact estimate, its error and p-value, rounded as papers do."""
    chance = random.Random(seed)
    rows, evidence = [], []
    for number in range(1500):
        is_ratio, decimals = chance.random() < 0.5, chance.choice([1, 1, 2, 3])
        centre, error = chance.uniform(-1.2, 1.2), chance.uniform(0.05, 0.5)
        places = [centre, centre - 1.959964 * error, centre + 1.959964 * error]
        if is_ratio:
            places = [2.718281828459045**place for place in places]
        p = f"{2 * NORMAL.cdf(-abs(centre / error * stated_z_over_z)):.{chance.choice([2, 3, 4])}f}"
        estimate, low, high = (float(f"{place:.{decimals}f}") for place in places)
        cells = {"analysis_id": f"a{number}", "effect": "HAZARD_RATIO" if is_ratio else "MEAN_DIFFERENCE"}
        cells |= {"estimate": estimate, "ci_pct": 95, "ci_low": low, "ci_high": high}
        cells |= {"p_value": float(p), "p_modifier": "=", "p_raw": f"P={p}"}
        rows.append(make_row("outcome_analyses", cells))
        quote = PHRASE.format(*places, p, d=decimals)
        proof = {"table_name": "outcome_analyses", "row_id": f"a{number}", "column_name": "estimate", "quote": quote}
        evidence.append(make_row("evidence", proof))
    return [("outcome_analyses", rows), ("evidence", evidence)]


@pytest.mark.parametrize("idea", ["interval_fits_p", "estimate_in_interval", "estimate_in_middle"])
def test_rounding_alone_never_alarms(idea, checks, evaluate, make_row):
    tables = comparisons(make_row, stated_z_over_z=1, seed=1)
    assert evaluate([checks[f"outcome_analyses/{idea}"]], tables).failing == []


def test_a_p_value_of_another_z_is_found_where_the_decimals_let_it_be_seen(checks, evaluate, make_row):
    tables = comparisons(make_row, stated_z_over_z=2, seed=2)
    failing = evaluate([checks["outcome_analyses/interval_fits_p"]], tables).failing
    assert len(failing) > 400
