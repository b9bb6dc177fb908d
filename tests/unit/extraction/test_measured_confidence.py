"""A rule's measured confidence stands before its prior, and decides what is said and what stays a candidate."""

import datetime

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.extraction.frames.bound import CONFIDENCE, THRESHOLD
from trialhouse.model.document import Receipt
from trialhouse.model.extraction import Extraction
from trialhouse.model.ids import sha256_hex
from trialhouse.model.vocabulary import InterventionTerm, MeasureTerm, RuleConfidence, Vocabulary

TEXT = (
    b"Zetamab in eczema: a randomised trial\n"
    b"We randomly assigned 100 patients to zetamab or placebo. At week 12, relapse occurred in 14% of the zetamab "
    b"group and 31% of the placebo group."
)
RULE = "frame.list_per_arm"


def read_with(*rules: RuleConfidence, text: bytes = TEXT) -> Extraction:
    vocabulary = Vocabulary(
        interventions=(
            InterventionTerm(name="placebo", norm="placebo"),
            InterventionTerm(name="zetamab", norm="zetamab"),
        ),
        measures=(MeasureTerm(name="relapse", norm="relapse", kind="binary"),),
        rules=rules,
    )
    receipt = Receipt(
        source="files",
        record_id="one",
        locator="one",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(text),
        size_bytes=len(text),
    )
    (record,) = extract(parse_document(text, receipt), vocabulary)
    return record


def said_of(record: Extraction) -> list[tuple[float, str, float]]:
    return [(one.value, one.rule, one.confidence) for outcome in record.outcomes for one in outcome.measurements]


def test_a_rule_that_was_never_measured_keeps_its_prior():
    prior = CONFIDENCE[RULE]
    assert said_of(read_with()) == [(14.0, RULE, prior), (31.0, RULE, prior)]
    assert said_of(read_with(RuleConfidence(rule="frame.versus", confidence=0.2))) == said_of(read_with())


def test_a_measured_rule_carries_what_was_measured():
    assert said_of(read_with(RuleConfidence(rule=RULE, confidence=0.811))) == [(14.0, RULE, 0.811), (31.0, RULE, 0.811)]


def test_a_rule_measured_below_the_threshold_says_nothing_and_loses_nothing():
    record = read_with(RuleConfidence(rule=RULE, confidence=THRESHOLD - 0.01))
    assert said_of(record) == []
    assert {one.quote for one in record.candidates if one.reason == "low_confidence"} == {"14%", "31%"}


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_certainty_is_a_measurement_too(confidence):
    assert bool(said_of(read_with(RuleConfidence(rule=RULE, confidence=confidence)))) is (confidence == 1.0)


def test_a_guessed_measure_stays_as_unsure_as_before_however_often_the_rule_is_right():
    text = TEXT.replace(b"relapse occurred in", b"it was seen in")
    prior = said_of(read_with(text=text))
    assert all(confidence < CONFIDENCE[RULE] for _, _, confidence in prior)
    assert said_of(read_with(RuleConfidence(rule=RULE, confidence=1.0), text=text)) == prior
    assert said_of(read_with(RuleConfidence(rule=RULE, confidence=0.1), text=text)) == []
