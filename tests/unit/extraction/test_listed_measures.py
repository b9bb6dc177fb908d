"""Values in one list go to the measures listed ahead of them by their order, or to none."""

import pytest

from tests.unit.extraction.test_extract import extracted


def rows(results: str) -> list[tuple[str, str | None, list[float]]]:
    text = (
        "Veltocimab in adults with coronary disease: a randomised trial\n\n"
        "METHODS: Adults with coronary disease were randomly assigned to receive veltocimab (n = 60) or placebo "
        f"(n = 61).\nRESULTS: {results}\n"
    )
    return [(one.measure, one.norm, [m.value for m in one.measurements]) for one in extracted(text).outcomes]


@pytest.mark.parametrize(
    "values",
    [
        "1.2, 0.1, 2.5 and 3.3% of the veltocimab group and in 1.5, 0.2, 3.6 and 3.5% of the placebo group",
        "1.2%, 0.1%, 2.5%, and 3.3% with veltocimab and 1.5%, 0.2%, 3.6%, and 3.5% with placebo",
    ],
)
def test_each_measure_of_a_list_has_its_own_value(values: str) -> None:
    assert rows(f"Stroke, systemic embolism, major bleeding and death occurred in {values}.") == [
        ("Stroke", "stroke", [1.2, 1.5]),
        ("systemic embolism", None, [0.1, 0.2]),
        ("major bleeding", "major bleeding", [2.5, 3.6]),
        ("death", "death", [3.3, 3.5]),
    ]


def test_an_abbreviation_and_a_bracket_are_measures_of_a_list() -> None:
    values = "2.1, 1.0, and 0.9% with veltocimab and 2.9, 1.8 and 1.1% with placebo"
    assert [name for name, _, _ in rows(f"MI, stroke, and CV death occurred in {values}.")] == [
        "MI",
        "stroke",
        "CV death",
    ]
    assert [norm for _, norm, _ in rows(f"Rates of death (any cause), stroke, and rash were {values}.")] == [
        "death",
        "stroke",
        "rash",
    ]


def test_what_leads_into_a_list_is_no_measure_of_it() -> None:
    said = rows(
        "With veltocimab, nausea, headache and rash were reported by 8%, 7% and 3%, and with placebo by 5%, 4% and 2%."
    )
    assert said == [("nausea", "nausea", [8, 5]), ("headache", "headache", [7, 4]), ("rash", "rash", [3, 2])]


@pytest.mark.parametrize(
    "listed",
    [
        "Nausea, headache and rash were",
        "Headache and felt bad and rash were",
        "Low, moderate and high risk of death was",
    ],
)
def test_values_that_are_not_as_many_as_their_measures_are_not_bound(listed: str) -> None:
    values = "8% and 7% with veltocimab and 5% and 4% with placebo"
    if listed.startswith("Low"):
        values = "8%, 7% and 6% with veltocimab and 5%, 4% and 3% with placebo"
    assert rows(f"{listed} reported by {values}.") == []
