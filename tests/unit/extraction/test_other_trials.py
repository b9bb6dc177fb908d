"""Sentences about other trials on a page: refused with a reason, and the trial's own name is none of them."""

import pytest

from tests.unit.extraction.test_extract import extracted

TRIAL = """Veltocimab for chronic pain (ALDER-P): a randomised trial

METHODS: Adults were randomly assigned to receive veltocimab 50 mg or placebo once daily for 24 weeks.

RESULTS: {results}
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "In the BIRCH-2 trial, remission was seen in 40% of patients on veltocimab and 20% on placebo.",
        "In BIRCH, remission was seen in 40% of patients on veltocimab and 20% on placebo.",
        "BIRCH-2 found remission in 40% of patients on veltocimab and 20% on placebo.",
        "The clinic had already tried it in gout. There, it helped 40% on veltocimab and 20% on placebo.",
    ],
)
def test_numbers_of_another_trial_are_refused(sentence: str) -> None:
    record = extracted(TRIAL.format(results=sentence))
    assert record.outcomes == ()
    refused = {one.quote: one.reason for one in record.candidates}
    assert {refused["40%"], refused["20%"]} == {"previous_study"}


@pytest.mark.parametrize(
    "sentence",
    [
        "In ALDER-P, remission was seen in 40% of patients on veltocimab and 20% on placebo.",
        "In the ITT population, remission was seen in 40% of patients on veltocimab and 20% on placebo.",
        "Remission, as judged by MRI, was seen in 40% of patients on veltocimab and 20% on placebo.",
    ],
)
def test_the_trials_own_name_and_abbreviations_are_no_other_trial(sentence: str) -> None:
    record = extracted(TRIAL.format(results=sentence))
    said = [one.value for outcome in record.outcomes for one in outcome.measurements]
    assert said == [40.0, 20.0]


def test_a_candidate_is_the_number_itself() -> None:
    record = extracted(TRIAL.format(results="Remission was seen in 40% and 20%."))
    assert [one.quote for one in record.candidates if one.reason == "no_frame"] == ["40%", "20%"]
