"""Plots of arms' numbers: one statistic and unit each, spreads as they were stated, axes that do not exaggerate."""

import pytest

from tests.unit.review.made_numbers import label_of, link_of, measurement
from trialhouse.review.arm_plots import arm_plots, span_of


def drawn(*measurements):
    return arm_plots(measurements, label_of, link_of)


def only(*measurements):
    (plot,) = drawn(*measurements)
    return plot


@pytest.mark.parametrize(
    ("cells", "ends"),
    [
        ({"dispersion_type": "SD", "dispersion_value": 2.0}, (8, 12)),
        ({"dispersion_type": "SE", "dispersion_value": 0.5}, (9.5, 10.5)),
        ({"dispersion_type": "CI", "dispersion_low": 9.0, "dispersion_high": 11.5, "ci_pct": 95.0}, (9, 11.5)),
        ({"dispersion_type": "IQR", "dispersion_low": 7.0, "dispersion_high": 14.0}, (7, 14)),
        ({"dispersion_type": "RANGE", "dispersion_low": 1.0, "dispersion_high": 40.0}, (1, 40)),
        ({"dispersion_type": "CI", "dispersion_low": 9.0}, (9, None)),
        ({"dispersion_type": "IQR", "dispersion_value": 5.0}, (None, None)),
        ({"dispersion_type": "GEOMETRIC_COEFFICIENT", "dispersion_value": 30.0}, (None, None)),
        ({"dispersion_type": "SD", "dispersion_value": 2.0, "statistic": "GEOMETRIC_MEAN"}, (None, None)),
        ({"dispersion_type": "IQR", "dispersion_low": 14.0, "dispersion_high": 7.0}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_spreads_are_drawn_as_they_were_stated(cells, ends):
    span = span_of(measurement(10, **cells))
    assert (span.low, span.high) == ends


def test_no_two_units_statistics_or_times_share_an_axis():
    plots = drawn(
        measurement(24, "COUNT", unit="participants"),
        measurement(60, "PERCENT", unit="%"),
        measurement(3, "MEAN"),
        measurement(3, "MEAN", unit="g/L"),
        measurement(3, "MEAN", is_change_from_baseline=True),
        measurement(3, "MEAN", is_baseline=True),
        measurement(3, "MEDIAN", unit=None),
        measurement(3, "MEAN", arm_id="arm-2"),
    )
    assert [(plot.title, len(plot.lines)) for plot in plots] == [
        ("Count, participants", 1),
        ("Percent", 1),
        ("Mean, mg/L", 2),
        ("Mean, g/L", 1),
        ("Mean, mg/L, change from baseline", 1),
        ("Mean, mg/L, at baseline", 1),
        ("Median, unit not stated", 1),
    ]


def test_a_single_number_without_a_spread_is_text_only():
    assert only(measurement(24, "COUNT", unit="participants")).axis is None
    assert only(measurement(24, dispersion_type="SD", dispersion_value=3.0)).axis is not None


def test_a_change_shows_no_change():
    plot = only(*(measurement(v, is_change_from_baseline=True) for v in (-77, -60)))
    assert plot.axis.low <= -77
    assert plot.nothing_at == plot.axis.place(0) == 95
    assert "dashed line is no change" in plot.words


@pytest.mark.parametrize("statistic", ["COUNT", "PERCENT", "RATE", "MEAN"])
def test_numbers_without_a_spread_begin_with_nought(statistic):
    assert only(measurement(11, statistic), measurement(12, statistic)).axis.low == 0


def test_means_with_a_spread_do_not_need_nought():
    spread = {"dispersion_type": "SE", "dispersion_value": 1.0}
    assert only(measurement(150, **spread), measurement(155, **spread)).axis.low > 100


def test_geometric_means_are_logarithmic_unless_one_is_nought():
    assert only(measurement(3, "GEOMETRIC_MEAN"), measurement(300, "GEOMETRIC_MEAN")).axis.is_log
    assert not only(measurement(0, "GEOMETRIC_MEAN"), measurement(300, "GEOMETRIC_MEAN")).axis.is_log


def test_spreads_of_different_kinds_are_not_drawn_together():
    plot = only(
        measurement(10, dispersion_type="SD", dispersion_value=2.0),
        measurement(11, dispersion_type="SE", dispersion_value=0.2),
    )
    assert [line.mark.low for line in plot.lines] == [None, None]
    assert plot.words == "Spreads of different kinds are not drawn together."
    assert [line.value for line in plot.lines] == ["10 mg/L (SD 2)", "11 mg/L (SE 0.2)"]


def test_rows_are_in_the_order_of_a_table_and_arms_stay():
    rows = [(week, arm) for week in ("Week 12", "Week 4") for arm in ("arm-1", "arm-2")]
    plot = only(*(measurement(1, classification=week, arm_id=arm) for week, arm in rows))
    assert [line.label for line in plot.lines] == [
        "Week 4 · harvomab 20 mg", "Week 4 · placebo", "Week 12 · harvomab 20 mg", "Week 12 · placebo",
    ]  # fmt: skip


def test_a_bound_is_marked_and_said():
    line, _ = only(measurement(5, value_modifier="<"), measurement(7)).lines
    assert (line.value, line.mark.is_bound) == ("<5 mg/L", True)


def test_a_number_too_large_for_an_axis_is_text():
    line, other = only(measurement(1e200), measurement(7)).lines
    assert (line.mark, other.mark is not None) == (None, True)
    assert line.value == "1e+200 mg/L"
