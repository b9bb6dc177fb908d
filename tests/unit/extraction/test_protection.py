"""How well a vaccine protects compares two groups: it is no value of an arm, and its measure is the illness."""

import pytest

from tests.unit.extraction.test_extract import TRIAL, extracted
from trialhouse.model.extraction import OutcomeClaim

VACCINE = TRIAL.replace("Veltocimab", "The ZOV-1 vaccine").replace("veltocimab 50 mg", "the ZOV-1 vaccine")


def outcomes(results: str, trial: str = VACCINE) -> tuple[OutcomeClaim, ...]:
    return extracted(trial.format(results=results)).outcomes


@pytest.mark.parametrize(
    ("words", "measure", "value"),
    [
        ("The vaccine was 91% effective against dengue fever in adults.", "dengue fever", 91),
        ("The vaccine was 91.4 percent effective at preventing severe dengue.", "severe dengue", 91.4),
        ("Vaccine efficacy against dengue fever was 67% (95% CI, 58 to 74).", "dengue fever", 67),
        ("Overall efficacy in the prevention of typhoid was 81%.", "typhoid", 81),
        ("The efficacy against shingles was 72% (95% CI, 60 to 80).", "shingles", 72),
    ],
)
def test_an_efficacy_is_an_estimate_of_the_illness(words: str, measure: str, value: float) -> None:
    (found,) = outcomes(words)
    assert found.measure == measure
    assert found.measurements == ()
    assert [(one.effect, one.estimate) for one in found.analyses] == [(None, value)]


def test_a_further_efficacy_is_of_the_illness_told_before() -> None:
    found = outcomes("The vaccine was 91% effective against dengue fever. An efficacy of 67% was seen in children.")
    assert {one.measure for one in found} == {"dengue fever"}
    assert [one.estimate for outcome in found for one in outcome.analyses] == [91, 67]


def test_cases_behind_an_efficacy_are_of_the_illness() -> None:
    (found,) = outcomes(
        "Vaccine efficacy against dengue fever was 82.6%, with 7 cases in the vaccine group and 40 in the placebo "
        "group."
    )
    assert [one.value for one in found.measurements] == [7, 40]
    assert found.measure == "dengue fever"


@pytest.mark.parametrize(
    "words",
    [
        "Efficacy of 67% and 45% was seen with veltocimab and placebo, respectively.",
        "Veltocimab was 90% effective against gout and placebo 30%.",
    ],
)
def test_an_efficacy_of_no_vaccine_is_no_estimate(words: str) -> None:
    assert [one for outcome in outcomes(words, TRIAL) for one in outcome.analyses] == []


def test_a_risk_that_was_cut_is_that_of_the_event() -> None:
    (found,) = outcomes("Veltocimab reduced the risk of corneal ulceration by 41% compared with placebo.", TRIAL)
    assert (found.measure, found.analyses[0].estimate) == ("corneal ulceration", 41)
