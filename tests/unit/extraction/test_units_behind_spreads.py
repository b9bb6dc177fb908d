"""A unit told once behind the spread is that of the value; rows are joined by what is told of their units."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def told(results: str) -> list[list[tuple[float, str | None, float | None]]]:
    outcomes = extracted(TRIAL.format(results=results)).outcomes
    return [[(m.value, m.unit, m.dispersion_value) for m in one.measurements] for one in outcomes]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("HbA1c was 7.4 ± 0.9% with veltocimab and 8.1 ± 1.1% with placebo.", "%"),
        ("Body weight was 74 ± 9 kg with veltocimab and 81 ± 11 kg with placebo.", "kg"),
        ("Heart rate was 74 +/- 9 beats/min with veltocimab and 81 +/- 11 beats/min with placebo.", "beats/min"),
    ],
)
def test_a_unit_behind_the_spread_is_of_the_value(words: str, unit: str) -> None:
    ((first, second),) = told(words)
    assert (first[1], second[1]) == (unit, unit)


def test_a_percentage_keeps_its_own_unit() -> None:
    ((first, second),) = told("The share of CD4 cells was 41% ± 9 with veltocimab and 38% ± 8 with placebo.")
    assert (first[:2], second[:2]) == ((41, "%"), (38, "%"))


def test_values_of_two_kinds_are_not_joined_where_one_has_no_unit() -> None:
    words = (
        "The trough intraocular pressure was 21.6 ± 3.3 and the diurnal intraocular pressure was 19.8 ± 2.1 mm Hg with "
        "veltocimab, while placebo showed a trough intraocular pressure of 20.9 ± 3.8 and a diurnal intraocular "
        "pressure of 19.3 ± 2.4 mm Hg."
    )
    assert all(len({value for value, _, _ in row}) <= 2 for row in told(words))
