"""Numbers that name a grade or a score are no values."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def values(results: str) -> list[float]:
    return [m.value for one in extracted(TRIAL.format(results=results)).outcomes for m in one.measurements]


@pytest.mark.parametrize(
    "words",
    [
        "Grade 3 or 4 neutropenia occurred in 21% and 12% of patients, respectively.",
        "Grade 3 to 5 neutropenia occurred in 21% on veltocimab and 12% on placebo.",
        "IGA 0/1 was achieved by 21% on veltocimab and 12% on placebo.",
        "A vIGA-AD 0/1 was achieved by 21% on veltocimab vs 12% on placebo.",
        "An sPGA score of 0 or 1 was seen in 21% of patients on veltocimab and 12% on placebo.",
    ],
)
def test_a_grade_or_score_is_no_value(words: str) -> None:
    assert values(words) == [21, 12]


def test_counts_behind_a_slash_stay_counts() -> None:
    assert values("Relapse occurred in 4/60 patients on veltocimab and 9/61 patients on placebo.") == [4, 9]


def test_a_number_in_the_bracket_behind_an_age_is_no_value() -> None:
    assert values("The mean maternal age was 28.2 (5.8) years in the veltocimab group.") == []


def test_the_age_of_a_pregnancy_at_its_end_is_a_value() -> None:
    words = "Gestational age at delivery was 38.3 weeks in the veltocimab group and 38.5 weeks in the placebo group."
    assert values(words) == [38.3, 38.5]
