"""Two texts on one measure, on two, and those that nobody can tell apart."""

import pytest

from trialhouse.model.vocabulary import MeasureTerm, Vocabulary
from trialhouse.resolution.measure_likeness import Likeness, MeasureNames, likeness

TERMS = {
    "remission": "clinical remission",
    "clinical remission": "clinical remission",
    "HbA1c": "HbA1c",
    "fasting plasma glucose": "fasting plasma glucose",
    "PASI": "PASI",
    "PASI 75": "PASI 75",
    "PASI 90": "PASI 90",
    "Psoriasis Area and Severity Index": "PASI",
    "ACR20": "ACR20 response",
    "ACR50": "ACR50 response",
    "DLQI": "DLQI",
    "overall survival": "overall survival",
    "progression-free survival": "progression-free survival",
    "asthma exacerbations": "exacerbations",
    "exacerbations": "exacerbations",
    "stroke": "stroke",
    "myocardial infarction": "myocardial infarction",
    "death": "death",
}
NAMES = MeasureNames(Vocabulary(measures=tuple(MeasureTerm(name=name, norm=norm) for name, norm in TERMS.items())))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Number of Participants With Clinical Remission at Week 52", "remission"),
        ("Change From Baseline in HbA(1c)", "HbA1c"),
        ("Annualized Rate of Asthma Exacerbations", "exacerbation"),
        ("A thing nobody knows", "a thing, nobody knows"),
    ],
)
def test_what_holds_the_same_name_is_the_same(one, other):
    assert likeness(NAMES.measure(one), NAMES.measure(other)) is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Change From Baseline in HbA1c", "fasting plasma glucose"),
        ("Progression-free Survival (PFS)", "overall survival"),
        ("Rate of exacerbations, 50% or more less", "clinical remission"),
    ],
)
def test_two_known_names_that_share_no_word_are_different(one, other):
    assert likeness(NAMES.measure(one), NAMES.measure(other)) is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PASI 75 response", "PASI 90"),
        ("ACR20", "Percentage of Participants With an ACR50 Response"),
        ("Reduction of 75% in Psoriasis Area and Severity Index (PASI 75)", "a PASI 90 response"),
        ("PASI 75", "PASI score: PASI 90"),
    ],
)
def test_names_that_differ_by_their_number_are_different_either_way(one, other):
    assert likeness(NAMES.measure(one), NAMES.measure(other)) is Likeness.DIFFERENT
    assert likeness(NAMES.measure(other), NAMES.measure(one)) is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PASI 75, 90 and 100", "PASI 90"),
        ("PASI 75 and PASI 90", "PASI 90"),
        ("PASI 75 with DLQI", "PASI 90"),
        ("PASI 75 or no new lesions", "PASI 90"),
        ("PASI", "PASI 90"),
        ("Improvement of 90 % in PASI Score (PASI 90)", "PASI 90"),
        ("A thing nobody knows", "remission"),
        ("Stroke or myocardial infarction", "death"),
        ("Composite of death and stroke", "remission"),
    ],
)
def test_what_the_vocabulary_cannot_tell_apart_stays_unsure_either_way(one, other):
    assert likeness(NAMES.measure(one), NAMES.measure(other)) is Likeness.UNSURE
    assert likeness(NAMES.measure(other), NAMES.measure(one)) is Likeness.UNSURE


def test_what_a_claim_was_read_as_counts_beside_its_words():
    assert likeness(NAMES.measure("in remission by week 8", "death"), NAMES.measure("death")) is Likeness.UNSURE
    assert likeness(NAMES.measure("died", "death"), NAMES.measure("Death From Any Cause")) is Likeness.SAME
