"""A trial that a paper only cites gives it no acronym; one that it says it reports does."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.extraction.own_trials import is_cited

PAPER = """Metformel in gout: a randomised trial.

METHODS: Patients with gout were randomly assigned to metformel 10 mg or placebo. {}
RESULTS: At week 52, flares had ended in 14 (46.7%) of 30 patients with metformel and 9 (30.0%) of 30 with placebo. {}
"""


def acronym(methods: str, results: str = "") -> str | None:
    trial = extracted(PAPER.format(methods, results)).trial
    return trial.acronym if trial else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Complete response was defined as in the ALDER-G trial.",
        "Patients, most of whom had completed the ALDER-G trial, were randomly assigned to continue or to placebo.",
        "In contrast, 44% of patients in the ALDER-G trial had a response.",
        "The effect was smaller than that reported in the ALDER-G trial.",
        "The dose was taken from the ALDER-G trial.",
        "Patients who had been screened for the ALDER-G trial were not eligible.",
        "Patients enrolled in the ALDER-G trial were not eligible.",
        "The rate was lower than in the ALDER-G study.",
        "Sample size was calculated from the results of the ALDER-G trial.",
        "We calculated the sample size from the ALDER-G trial.",
        "We assessed remission with the definition of the ALDER-G trial.",
        "The response rate was 50% in the ALDER-G trial.",
        "Raters were trained as in the ALDER-G trial.",
        "A larger effect was seen in the ALDER-G study.",
        "Eligibility criteria were those of the ALDER-G trial.",
        "These results agree with the ALDER-G trial.",
        "In the ALDER-G trial, 44% of patients had a response.",
        "The ALDER-G trial showed a response of 44%.",
        "The ALDER-G trial was smaller.",
        "Remission was defined as in a phase 3 trial (ALDER-G).",
        "Patients had completed a phase 3 trial (ALDER-G).",
    ],
)
def test_a_trial_that_is_cited_gives_no_name(sentence: str) -> None:
    assert acronym(sentence) is None
    assert acronym("", sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The ALDER-G trial was a double-blind study in 12 hospitals.",
        "The phase 3 ALDER-G trial investigated metformel.",
        "The ALDER-G study enrolled adults.",
        "In this ALDER-G trial, flares were counted.",
        "In the ALDER-G trial, patients were randomly assigned to two groups.",
        "In the ALDER-G study, we compared two groups.",
        "During the initiation phase of the ALDER-G trial, patients were randomised twice.",
        "We conducted the ALDER-G trial in 12 hospitals.",
        "We report the primary results of the ALDER-G trial.",
        "We did a post hoc analysis of the ALDER-G trial.",
        "In this secondary analysis of the ALDER-G trial, flares were counted.",
        "Data from the ALDER-G trial were analysed.",
        "Patients enrolled in the ALDER-G trial were followed for a year.",
        "Patients were followed as part of the ALDER-G trial.",
        "The objective of the ALDER-G study was to compare flares.",
        "Patients were enrolled in a phase 3 trial (ALDER-G).",
    ],
)
def test_a_trial_that_is_reported_gives_its_name(sentence: str) -> None:
    assert acronym(sentence) == "ALDER-G"


def test_a_title_names_its_own_trial() -> None:
    assert extracted(f"Flares with metformel: insights from the ALDER-G trial\n\n{PAPER}").trial.acronym == "ALDER-G"


def test_what_takes_from_a_trial_or_compares_with_it() -> None:
    assert is_cited("The rate was lower than in ")
    assert is_cited("The dose was adopted from ")
    assert not is_cited("Metformel ended flares in ")
