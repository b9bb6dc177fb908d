"""Texts that report no one trial: nothing of them is bound, their numbers are candidates with the reason."""

import datetime
import pathlib

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import Receipt
from trialhouse.model.extraction import Extraction
from trialhouse.resources import read_vocabulary

VOCABULARY = read_vocabulary(pathlib.Path(__file__).parents[3] / "seeds")
ROWS = "Relapse occurred in 12% of the dexamethasone group and 31% of the placebo group (P = 0.002)."


def read(text: str) -> Extraction:
    receipt = Receipt(
        source="local_files",
        record_id="text",
        locator="text",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text.encode()),
        media_type="text/plain; charset=utf-8",
    )
    return extract(parse_document(text.encode(), receipt), VOCABULARY)[0]


NO_TRIALS = {
    "meta_analysis": (
        "Dexamethasone against relapse: a systematic review and meta-analysis",
        "Searched in MEDLINE, RESULTS: 6 trials with 660 patients were included. ",
    ),
    "pooled_analysis": (
        "Pooled analysis of three phase 3 trials of dexamethasone in adults",
        "In total, 660 patients were randomised to dexamethasone or placebo. ",
    ),
    "model": (
        "Cost-effectiveness of dexamethasone: a Markov model",
        "A hypothetical cohort of 10,000 patients was followed. ",
    ),
    "survey": (
        "Relapse in daily practice: a national survey of physicians",
        "We sent a questionnaire to 1,200 physicians and 412 answered. ",
    ),
    "guideline": (
        "Guideline for the management of relapse",
        "The committee of 24 members recommends dexamethasone. ",
    ),
    "preclinical": (
        "Dexamethasone prevents relapse in diabetic rats",
        "Forty male rats were randomly divided into dexamethasone and placebo groups. ",
    ),
    "case_report": ("Relapse after dexamethasone: a case report", "A man of 71 years was given dexamethasone. "),
    "several_trials": (
        "Dexamethasone against relapse: results of two randomised trials",
        "660 patients were randomised to dexamethasone or placebo. ",
    ),
}


@pytest.mark.parametrize("reason", NO_TRIALS)
def test_no_trial_has_neither_arms_nor_rows(reason: str) -> None:
    title, methods = NO_TRIALS[reason]
    record = read(f"{title}\n{methods}{ROWS}\n")
    assert record.outcomes == ()
    assert record.arms == ()
    assert record.trial is None or record.trial.enrollment is None
    refused = {(one.quote, one.reason) for one in record.candidates}
    assert {("12%", reason), ("31%", reason), ("0.002", reason)} <= refused


TRIALS = {
    "beside a trial": "Cost-effectiveness of dexamethasone alongside a randomised trial: a Markov model",
    "a trial of a guideline": "Guideline for the treatment of relapse with dexamethasone: a randomised trial",
    "a survey of those assigned": "Dexamethasone against relapse: a trial with a survey of patients",
    "an animal in a name": "Dexamethasone against relapse in a phase 2 trial",
}


@pytest.mark.parametrize("title", TRIALS.values(), ids=TRIALS)
def test_a_trial_is_read(title: str) -> None:
    record = read(f"{title}\nWe randomly assigned 120 adults to dexamethasone or placebo. {ROWS}\n")
    assert [len(one.measurements) for one in record.outcomes] == [2]


def test_what_was_known_before_does_not_hide_a_trial() -> None:
    record = read(
        "Dexamethasone against relapse\nAn analysis of 12 trials was not clear. We randomly assigned 120 adults to"
        f" dexamethasone or placebo. {ROWS}\n"
    )
    assert [len(one.measurements) for one in record.outcomes] == [2]


def test_news_of_an_analysis_of_trials_binds_nothing() -> None:
    record = read(
        "Pill cuts relapse\nAn analysis that combined 28 trials with 186,854 people was published on Friday. Relapse"
        " occurred in 12% of people on dexamethasone and 31% of people on placebo.\n"
    )
    assert record.outcomes == ()
    assert ("12%", "pooled_analysis") in {(one.quote, one.reason) for one in record.candidates}


def test_a_protocol_tells_arms_and_no_results() -> None:
    record = read(
        "Dexamethasone against relapse: study protocol for a randomised trial\n"
        f"120 adults are randomly assigned to dexamethasone 6 mg or placebo. {ROWS}\n"
    )
    assert len(record.arms) == 2
    assert record.outcomes == ()
    assert ("12%", "protocol") in {(one.quote, one.reason) for one in record.candidates}


def test_what_was_only_observed_is_compared_in_no_trial() -> None:
    record = read(
        "Use of pills and dementia: a population-based cohort study\n"
        "We followed 45,210 residents. Dementia occurred in 6.1% of users and 7.9% of non-users (HR 0.81, 95% CI 0.76"
        " to 0.87).\n"
    )
    assert record.outcomes == ()
    assert ("0.81", "observational") in {(one.quote, one.reason) for one in record.candidates}


@pytest.mark.parametrize(
    "text",
    [
        "In EVADE, relapse was seen in 12% with dexamethasone and 31% with placebo. In EVADE+, it was seen in 14% and"
        " 30%, respectively. EVADE and EVADE+ together included 660 adults.",
        "In the D-REL trial, relapse was seen in 12% with dexamethasone and 31% with placebo. In the SUNSET trial,"
        " relapse was seen in 14% with dexamethasone and 30% with placebo.",
    ],
)
def test_values_of_trials_by_their_names_are_of_none(text: str) -> None:
    record = read(f"Dexamethasone or placebo against relapse\n{text}\n")
    assert record.outcomes == ()
    assert {"12%", "14%"} <= {one.quote for one in record.candidates}
