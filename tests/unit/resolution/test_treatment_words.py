"""Treatments that have no fixed name, as two documents of one trial call them."""

from collections.abc import Callable

import pytest

from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.treatment_words import are_in_like_words
from trialhouse.resolution.trials import link


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("text message program", "text message group", True),
        ("text message program", "daily text messages to smokers", True),
        ("exercise", "exercise programme", True),
        ("exercise program", "message program", False),
        ("insulin glargine", "insulin degludec", False),
        ("trastuzumab", "trastuzumab emtansine", False),
        ("group therapy", "usual care", False),
    ],
)
def test_words_of_treatments(one: str, other: str, alike: bool) -> None:
    assert are_in_like_words([one], [other]) is alike
    assert are_in_like_words([other], [one]) is alike


@pytest.mark.parametrize(("other", "trials"), [("text messages", 1), ("exercise program", 2)])
def test_documents_with_one_acronym_meet_by_the_words_of_the_treatment(
    reading: Callable[..., Reading], other: str, trials: int
) -> None:
    mentions = []
    for name, given in (("record", "text message program"), ("paper", other)):
        arm = ArmClaim(key="a", label=given, interventions=(InterventionClaim(name=given),))
        trial = TrialClaim(acronym="ALDER-BP", conditions=("hypertension",), enrollment=1400)
        one = reading(name, facts={"published": "2021-05", "title": None}, arms=(arm,), trial=trial)
        mentions.append(Mention(one.document, one.extractions[0], "test", "1"))
    assert len(link(mentions).clusters) == trials
