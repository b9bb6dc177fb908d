"""A part of a scale is a measure of its own: with a code where the vocabulary names it, else in its own words."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted


def named(words: str) -> list[tuple[str, str | None]]:
    results = f"{words} was 5 with veltocimab and 6 with placebo."
    return [(one.measure, one.norm) for one in extracted(TRIAL.format(results=results)).outcomes]


@pytest.mark.parametrize(
    ("words", "norm"),
    [
        ("The PANSS positive subscale score", "PANSS positive subscale"),
        ("The negative subscale of the PANSS", "PANSS negative subscale"),
        ("The PANSS total score", "PANSS"),
        ("HADS-A", "HADS anxiety"),
        ("The HADS depression score", "HADS depression"),
        ("SF-36 physical functioning", "SF-36 physical functioning"),
        ("The mental component of the SF-36", "SF-36 mental component summary"),
        ("The KOOS pain score", "KOOS pain"),
        ("The VAS pain score", "pain score"),
        ("UPDRS motor score", "UPDRS motor score"),
        ("The IBDQ total score", "IBDQ"),
        ("The NIHSS score", "NIHSS"),
    ],
)
def test_parts_that_the_vocabulary_names_have_their_code(words: str, norm: str) -> None:
    assert [one for _, one in named(words)] == [norm]


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("BPRS hostility", "BPRS hostility"),
        ("The AQLQ symptoms domain", "AQLQ symptoms domain"),
        ("The Y-BOCS obsession subscale", "Y-BOCS obsession subscale"),
        ("IIEF-OF", "IIEF-OF"),
        ("The HAM-A psychic subscale", "HAM-A psychic subscale"),
        ("The emotional domain of the AQLQ", "emotional domain of the AQLQ"),
        ("The SPADI pain score", "SPADI pain score"),
    ],
)
def test_other_parts_have_their_own_words_and_no_code(words: str, measure: str) -> None:
    assert named(words) == [(measure, None)]


def test_parts_told_by_one_sentence_are_two_outcomes() -> None:
    results = (
        "PANSS positive scores fell by 5.1 with veltocimab and 2.0 with placebo, and PANSS negative scores fell by 3.0 "
        "and 1.0, respectively."
    )
    said = {one.norm: [m.value for m in one.measurements] for one in extracted(TRIAL.format(results=results)).outcomes}
    assert said == {"PANSS positive subscale": [-5.1, -2.0], "PANSS negative subscale": [-3.0, -1.0]}
