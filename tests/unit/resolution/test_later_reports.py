"""A later report with neither number nor name of its trial is listed with what it may follow, and joined with none."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
FIRST = "Group parent training for preschool conduct problems at home: a randomised trial"
LATER = "Two-year follow-up of group parent training for preschool conduct problems"


def of(reading: Make, name: str, title: str, drug: str, size: int | None, **more: Any) -> Reading:
    arms = (ArmClaim(key=drug, label=drug, interventions=(InterventionClaim(name=drug),)),)
    return reading(name, facts={"title": title, **more}, arms=arms, trial=TrialClaim(enrollment=size))


def linked(*readings: Reading) -> Linked:
    return link([Mention(r.document, r.extractions[0], "test", "1") for r in readings])


def of_later(found: Linked) -> list[str]:
    assert len(found.clusters) == 2
    return [one.reason for one in found.doubtful if one.method == "later_report"]


def test_the_same_size_and_words_of_both_titles_are_told(reading: Make) -> None:
    first = of(reading, "first", FIRST, "training", 209, published="2021")
    assert of_later(linked(first, of(reading, "later", LATER, "former training", 209, published="2023"))) == [
        "a later report by its title, same size 209, both titles have “conduct”, “parent”, “preschool”, “problem”, "
        "“training”, but different drugs (former training; training)"
    ]


@pytest.mark.parametrize(
    ("title", "size"),
    [(LATER, 190), ("Two-year follow-up of asthma in Peru", 209), (FIRST.replace("randomised", "pilot"), 209)],
    ids=["another size", "another subject", "no later report"],
)
def test_another_size_or_subject_is_none(reading: Make, title: str, size: int) -> None:
    first = of(reading, "first", FIRST, "training", 209)
    assert of_later(linked(first, of(reading, "later", title, "seeds", size))) == []


def test_the_same_drug_of_a_trial_of_many_does(reading: Make) -> None:
    """An extension has fewer participants than the trial before it."""
    first = of(reading, "first", "Quenosartan for resistant hypertension in nurses", "quenosartan", 800)
    later = of(reading, "later", "Long-term quenosartan for hypertension in nurses: extension", "quenosartan", None)
    (said,) = of_later(linked(first, later))
    assert said.startswith("a later report by its title, same drug quenosartan")


def test_one_that_has_a_number_of_its_own_is_none(reading: Make) -> None:
    first = of(reading, "first", FIRST, "training", 209)
    later = of(reading, "later", LATER, "seeds", 209)
    claims = later.extractions[0].model_copy(
        update={"trial": TrialClaim(enrollment=209, registry_ids=("NCT09990101",))}
    )
    numbered = Reading(later.document, (claims,), "test", "1")
    assert of_later(linked(first, numbered)) == []
