"""The room as a whole: what it copies, what it refuses, and the real seeds where they are."""

import datetime
import importlib.util
import json
import pathlib
from typing import Any

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction import EXTRACTOR, EXTRACTOR_VERSION, extract
from trialhouse.model.document import Receipt
from trialhouse.model.enums import Route
from trialhouse.model.extraction import Extraction
from trialhouse.resources import read_vocabulary

VOCABULARY = read_vocabulary(pathlib.Path(__file__).parents[3] / "seeds")
TRIAL = (
    "Veltocimab in adults with gout (GLADE): a randomised, double-blind, placebo-controlled trial\n\n"
    "METHODS: Adults with gout were randomly assigned to receive veltocimab 50 mg (n = 60) or placebo (n = 61) "
    "once daily for 24 weeks. The primary outcome was pain score at week 12.\n"
    "RESULTS: {results}\n"
)


def extracted(text: str, name: str = "page.txt") -> Extraction:
    data = text.encode()
    receipt = Receipt(
        source="files",
        record_id=f"folder/{name}",
        locator=name,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(data),
    )
    (record,) = extract(parse_document(data, receipt), VOCABULARY)
    return record


def test_a_page_without_a_trial_has_no_arms_and_no_outcomes() -> None:
    record = extracted("The library opens at nine. It has 400 seats and two reading rooms.")
    assert (record.arms, record.outcomes) == ((), ())
    assert record.id == "page.txt"


def test_the_extractor_says_what_it_is() -> None:
    assert EXTRACTOR == "trialhouse-text"
    assert int(EXTRACTOR_VERSION) >= 1


def test_arms_and_values_of_a_plain_abstract() -> None:
    record = extracted(
        TRIAL.format(results="At week 12, mean pain score was 2.1 with veltocimab and 4.0 with placebo (P<0.001).")
    )
    assert [(arm.key, arm.n_randomized) for arm in record.arms] == [("veltocimab 50 mg", 60), ("placebo", 61)]
    (outcome,) = record.outcomes
    assert (outcome.outcome_type, outcome.time_frame_weeks) == ("PRIMARY", 12)
    assert [(one.arm, one.value) for one in outcome.measurements] == [("veltocimab 50 mg", 2.1), ("placebo", 4.0)]
    assert [(one.effect, one.p_value, one.p_modifier) for one in outcome.analyses] == [("P_VALUE_ONLY", 0.001, "<")]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("In a previous trial, pain score was 3.0 with veltocimab and 4.5 with placebo.", "previous_study"),
        ("A sample size of 120 gave 90% power to detect a difference of 1.5 points.", "power_calculation"),
        ("We hypothesised that pain would be reduced by 30% with veltocimab and by 10% with placebo.", "hypothesis"),
        ("Pain fell in 40% and 12%.", "no_frame"),
    ],
)
def test_numbers_that_are_not_trusted_are_candidates_with_a_reason(sentence: str, reason: str) -> None:
    record = extracted(TRIAL.format(results=sentence))
    assert record.outcomes == ()
    assert reason in {one.reason for one in record.candidates}


def test_numbers_of_an_unsettled_trial_are_candidates() -> None:
    record = extracted("RESULTS: Pain fell by 12% in one group and by 9% in the other.")
    assert record.outcomes == ()
    assert {one.reason for one in record.candidates} == {"no_arms"}


@pytest.mark.parametrize(
    "results",
    [
        "In GLADE-1, pain fell in 40% with veltocimab and 12% with placebo. In the GLADE-2 trial, the GLADE-1 finding "
        "held: pain fell in 38% with veltocimab and 14% with placebo.",
        "In study 1, pain fell in 40% with veltocimab and 12% with placebo; in study 2, in 38% and 14%.",
        "Pain fell in 40% with veltocimab and 12% with placebo in the first trial, and in 38% and 14% in the second "
        "trial; the first trial and the second trial agreed.",
    ],
)
def test_two_trials_with_numbers_of_their_own_are_not_bound(results: str) -> None:
    record = extracted(TRIAL.format(results=results))
    assert record.outcomes == ()
    assert {one.reason for one in record.candidates} == {"several_trials"}


def test_a_pooled_analysis_is_read_as_one() -> None:
    pooled = (
        "In the pooled GLADE-1 and GLADE-2 population of two trials, sleep was alike. "
        "Pain fell in 40% with veltocimab and 12% with placebo."
    )
    assert len(extracted(TRIAL.format(results=pooled)).outcomes) == 1


def test_a_decrease_is_negative_and_a_change() -> None:
    record = extracted(
        TRIAL.format(results="Pain score was reduced by 41% for the veltocimab group and 12% for the placebo group.")
    )
    values = [(one.value, one.is_change_from_baseline) for one in record.outcomes[0].measurements]
    assert values == [(-41, True), (-12, True)]


@pytest.fixture(scope="module")
def scorer(shared: pathlib.Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_seeds", shared / "gold" / "score_seeds.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_real_seeds_to_the_number(shared: pathlib.Path, scorer: Any) -> None:
    gold = json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8"))
    wrong: list[str] = []
    for name, wanted in gold.items():
        text = (shared / "seeds" / name).read_text(encoding="utf-8")
        wrong += scorer.score(name, wanted, extracted(text, name).to_json(), text)
    assert wrong == []


def test_letters_at_the_end_of_a_name_are_no_route() -> None:
    text = (
        "We randomly assigned 240 adults to receive veltocimab 50 mg (n = 120) or placebo (n = 120) for 24 weeks. "
        "At week 24, the K-SQ score was 8.1 points with veltocimab 50 mg and 3.0 points with placebo."
    )
    assert {given.route for arm in extracted(text).arms for given in arm.interventions} == {None}
    given = extracted(text.replace("50 mg (n", "50 mg SQ (n")).arms[0].interventions[0]
    assert given.route is Route.SUBCUTANEOUS
