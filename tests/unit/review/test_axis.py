"""Axes: every number has its place, ticks are round numbers, a logarithm turns ratios into distances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.review.axis import LARGEST, fits, linear_axis, log_axis

NUMBERS = st.lists(st.floats(-1e99, 1e99).filter(fits), min_size=1, max_size=5)


@given(NUMBERS)
def test_a_linear_axis_holds_its_numbers_in_their_order(numbers):
    axis = linear_axis(numbers)
    assert axis.low <= min(numbers) <= max(numbers) <= axis.high
    places = [axis.place(number) for number in sorted(numbers)]
    assert places == sorted(places)
    assert all(5 <= place <= 95 for place in places)
    assert 2 <= len(axis.ticks) <= 8


@given(NUMBERS)
def test_a_logarithmic_axis_holds_its_numbers_in_their_order(numbers):
    above = [abs(number) or 1.0 for number in numbers]
    axis = log_axis(above)
    assert 0 < axis.low <= min(above) <= max(above) <= axis.high
    places = [axis.place(number) for number in sorted(above)]
    assert places == sorted(places)
    assert len(axis.ticks) <= 8


@pytest.mark.parametrize(
    ("axis", "ticks"),
    [
        (linear_axis([0, 50]), ["0", "10", "20", "30", "40", "50"]),
        (linear_axis([-6.5, 9.5]), ["-10", "-5", "0", "5", "10"]),
        (linear_axis([1200, 5400]), ["1,000", "2,000", "3,000", "4,000", "5,000", "6,000"]),
        (linear_axis([0.001, 0.0042]), ["0.001", "0.002", "0.003", "0.004", "0.005"]),
        (linear_axis([7, 7]), ["6", "6.5", "7", "7.5", "8"]),
        (log_axis([0.9, 1.5]), ["0.8", "1", "1.25", "1.5"]),
        (log_axis([0.3, 3]), ["0.2", "0.5", "1", "2", "5"]),
        (log_axis([0.02, 40]), ["0.01", "0.1", "1", "10", "100"]),
    ],
)
def test_ticks_are_round_numbers(axis, ticks):
    assert [tick.text for tick in axis.ticks] == ticks


def test_a_half_and_a_double_are_equally_far_from_one():
    axis = log_axis([0.25, 4])
    half, one, double = map(axis.place, (0.5, 1, 2))
    assert one == 50
    assert one - half == pytest.approx(double - one)


def test_linear_places_are_in_proportion():
    axis = linear_axis([0, 50])
    assert [axis.place(value) for value in (0, 10, 25, 50)] == [5, 23, 50, 95]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), LARGEST * 2, 1e-150])
def test_what_no_axis_can_show_does_not_fit(value):
    assert not fits(value)
