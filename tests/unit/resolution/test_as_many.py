"""As many participants on both sides of one acronym or drug: what that makes up for, and what it does not."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.resolution.test_likely import NCT, count, linked, of, reasons
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.resolution.reading import Reading

Make = Callable[..., Reading]


@pytest.mark.parametrize(
    ("size", "lacking", "is_one"),
    [
        (612, {"conditions": ()}, True),
        (612, {"drug": None, "title": "Quenosartan and the kidney"}, True),
        (612, {"drug": None, "title": "Insights into the kidney"}, False),
        (612, {"conditions": ("Ulcerative colitis",)}, False),
        (600, {"conditions": ()}, False),
    ],
    ids=["no condition", "the drug in the title", "no drug", "another condition", "a round number"],
)
def test_a_telling_number_of_participants_makes_up_for_what_was_not_read(
    reading: Make, size: int, lacking: dict[str, Any], is_one: bool
) -> None:
    given = {"drug": "quenosartan"} | lacking
    found = linked(of(reading, "a", enrollment=size), of(reading, "b", enrollment=size, **given))
    assert (count(found) == 1) is is_one
    assert bool(found.doubtful) is not is_one


@pytest.mark.parametrize(
    ("title", "size", "is_one"),
    [("Seven-year follow-up of ALDER-BP", 612, True), ("Results of ALDER-BP", 612, False), ("Follow-up", 611, False)],
)
def test_a_later_report_of_as_many_may_be_out_years_after(reading: Make, title: str, size: int, is_one: bool) -> None:
    first = of(reading, "a", enrollment=612, published="2015")
    found = linked(first, of(reading, "b", enrollment=size, published="2022", title=title))
    assert (count(found) == 1) is is_one


def test_arms_together_are_as_many_as_an_enrollment(reading: Make) -> None:
    """225 and 225 are the 450 of the record."""
    arms = tuple(
        ArmClaim(key=drug, label=drug, n_randomized=225, interventions=(InterventionClaim(name=drug),))
        for drug in ("quenosartan", "placebo")
    )
    trial = TrialClaim(conditions=("Stage 1 hypertension",))
    told = reading("told", facts={"published": "2021-05"}, arms=arms, trial=trial)
    registered = of(
        *(reading, "record"), kind=DocumentKind.REGISTRY, registry_ids=(NCT,), start_date="2019-02", enrollment=450
    )
    assert reasons(linked(registered, told)) == ["same drug quenosartan, same size 450, but no identifier is the same"]
