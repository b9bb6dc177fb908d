"""Texts with far more of one thing than a trial's report has: what is not read says so, and the rest is read."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted
from trialhouse.extraction.results import MOST_NUMBERS, TOO_MANY

PLAIN = "At week 12, mean pain score was 2.1 with veltocimab and 4.0 with placebo (P<0.001)."


def numbered(many: int) -> str:
    """A sentence with so many percentages that could each be a result."""
    return "Pain fell " + ", ".join(f"{n}.5%" for n in range(many)) + "."


def test_a_sentence_with_too_many_numbers_is_not_read_and_each_is_a_candidate() -> None:
    record = extracted(TRIAL.format(results=f"{numbered(MOST_NUMBERS + 1)} {PLAIN}"))
    unread = [one.quote for one in record.candidates if one.reason == TOO_MANY]
    assert unread == [f"{n}.5%" for n in range(MOST_NUMBERS + 1)]
    (outcome,) = record.outcomes
    assert [(one.arm, one.value) for one in outcome.measurements] == [("veltocimab 50 mg", 2.1), ("placebo", 4.0)]


def test_a_sentence_with_as_many_numbers_as_are_read_is_read() -> None:
    record = extracted(TRIAL.format(results=numbered(MOST_NUMBERS)))
    assert TOO_MANY not in {one.reason for one in record.candidates}
    assert len(record.candidates) == MOST_NUMBERS


@pytest.mark.parametrize("between", [", ", " plus ", " or "])
def test_a_text_with_very_many_drugs_and_abbreviations_is_read_and_its_results_too(between: str) -> None:
    drugs = between.join(f"{'bdfglmnp'[n % 8]}a{'bdfglmnp'[n // 8 % 8]}otocimab (A{n}B{n})" for n in range(150))
    record = extracted(TRIAL.format(results=f"{PLAIN}\nOthers are {drugs}."))
    assert [one.value for row in record.outcomes for one in row.measurements] == [2.1, 4.0]
