"""A page from which no trial was read and whose title names a registered one is listed for a person."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.model.tables import DoubtfulPairRow, TrialDocumentRow
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.survey import survey

Make = Callable[..., Reading]


def record(reading: Make, nct: str = "NCT09990101", acronym: str = "BELFRY-HF") -> Reading:
    arms = tuple(
        ArmClaim(key=drug, label=drug, interventions=(InterventionClaim(name=drug),))
        for drug in ("quenosartan", "placebo")
    )
    trial = TrialClaim(registry_ids=(nct,), acronym=acronym, enrollment=1222)
    return reading(f"record {nct}", DocumentKind.REGISTRY, arms=arms, trial=trial)


def page(reading: Make, title: str, **more: Any) -> Reading:
    return reading("page", more.pop("kind", DocumentKind.NEWS), facts={"title": title, **more}, trial=TrialClaim())


@pytest.mark.parametrize("kind", [DocumentKind.NEWS, DocumentKind.ABSTRACT])
def test_a_page_that_names_the_trial_is_listed_and_linked_to_nothing(reading: Make, kind: DocumentKind) -> None:
    rows = survey([record(reading), page(reading, "BELFRY-HF: quenosartan cuts heart failure", kind=kind)]).rows
    (found,) = rows.of(DoubtfulPairRow)
    assert (found.left_id, found.right_id) == ("doc-page", "doc-record NCT09990101")
    assert (found.subject, found.method) == ("document", "title_names_trial")
    said = "the title names BELFRY-HF, it tells of quenosartan, but no trial was read in it"
    assert found.reason == said
    assert "doc-page" not in {row.document_id for row in rows.of(TrialDocumentRow)}


@pytest.mark.parametrize(
    ("title", "acronym"),
    [("Quenosartan cuts heart failure", "BELFRY-HF"), ("BELFRY-HF: what next", "BELFRY-HFX")],
    ids=["no name", "a longer name"],
)
def test_another_title_is_listed_with_nothing(reading: Make, title: str, acronym: str) -> None:
    assert survey([record(reading, acronym=acronym), page(reading, title)]).rows.of(DoubtfulPairRow) == []


def test_a_name_without_a_drug_of_the_trial_says_nothing(reading: Make) -> None:
    other = page(reading, "BELFRY-HF: what next")
    silent = replace(other, document=other.document.model_copy(update={"text": "Nobody knows."}))
    assert survey([record(reading), silent]).rows.of(DoubtfulPairRow) == []


def test_a_name_of_two_registered_trials_names_neither(reading: Make) -> None:
    told = [record(reading), record(reading, "NCT09990102"), page(reading, "BELFRY-HF: quenosartan cuts heart failure")]
    pairs = survey(told).rows.of(DoubtfulPairRow)
    assert "title_names_trial" not in {one.method for one in pairs}
