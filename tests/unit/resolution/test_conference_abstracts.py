"""An abstract of a meeting is linked with the only paper that has its title, and never takes its place."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import Identifier
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.model.tables import ConflictRow, DocumentRelationRow, RowSet, TrialDocumentRow, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.resolve import Reading, resolve

Make = Callable[..., Reading]
TITLE = "Quenosartan for high blood pressure (ALDER-BP): a randomised trial"
MEETING = ("conference abstract",)


def of(reading: Make, name: str, enrollment: int, *, drug: str = "quenosartan", **facts: Any) -> Reading:
    given = {"published": "2021", "title": TITLE} | facts
    ids = tuple(one.value for one in given.get("registry_ids", ()))
    arm = ArmClaim(key="a", label="a", interventions=(InterventionClaim(name=drug),))
    trial = TrialClaim(acronym="ALDER-BP", enrollment=enrollment, registry_ids=ids)
    return reading(name, facts=given, arms=(arm,), trial=trial)


def registered(value: str) -> tuple[Identifier, ...]:
    return (Identifier(scheme="registry", value=value, registry="ClinicalTrials.gov", start=0, end=3),)


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True)


def related(rows: RowSet) -> list[tuple[str, str, str]]:
    return [(one.from_document_id, one.relation.value, one.to_document_id) for one in rows.of(DocumentRelationRow)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_it_is_of_the_trial_of_its_paper_and_gives_way_to_it(reading: Make, order: tuple[int, ...]) -> None:
    """The trial went on after the meeting; another trial of that acronym has the number that was told there."""
    readings = [
        of(reading, "abstract", 96, publication_types=MEETING),
        of(reading, "paper", 120, registry_ids=registered("NCT09990001")),
        of(reading, "other", 96, registry_ids=registered("NCT09990077"), title="Quenosartan in hospital (ALDER-BP)"),
    ]
    rows = resolved(*(readings[place] for place in order))
    assert related(rows) == [("doc-abstract", "CONFERENCE_ABSTRACT_OF", "doc-paper")]
    trials = {row.document_id: row.trial_id for row in rows.of(TrialDocumentRow)}
    assert trials["doc-abstract"] == trials["doc-paper"] != trials["doc-other"]
    assert sorted(row.enrollment or 0 for row in rows.of(TrialRow)) == [96, 120]
    (conflict,) = rows.of(ConflictRow)
    assert (conflict.kept_value, conflict.other_value, conflict.rule) == (
        "120",
        "96",
        "trust_order:conference_abstract",
    )


@pytest.mark.parametrize(
    "paper",
    [
        {"title": "Quenosartan for high blood pressure in children: another trial"},
        {"title": f"{TITLE} in adolescents, part 2"},
        {"drug": "velomarib"},
        {"published": "2019"},
        {"published": "2031"},
    ],
    ids=lambda facts: " ".join(facts.values()),
)
def test_it_is_not_of_what_something_speaks_against(reading: Make, paper: dict[str, Any]) -> None:
    abstract = of(reading, "abstract", 96, publication_types=MEETING)
    assert related(resolved(abstract, of(reading, "paper", 120, **paper))) == []


def test_of_two_papers_with_its_title_it_is_of_none_and_of_two_records_of_one_it_is_of_both(reading: Make) -> None:
    abstract = of(reading, "abstract", 96, publication_types=MEETING)
    one, other = (of(reading, name, 120, doi=f"10.5555/{name}") for name in ("one", "other"))
    assert related(resolved(abstract, one, other)) == []
    again = of(reading, "again", 120, doi="10.5555/one")
    found = [("doc-abstract", "CONFERENCE_ABSTRACT_OF", name) for name in ("doc-one", "doc-again")]
    assert sorted(related(resolved(abstract, one, again))) == sorted(found)


def test_what_its_source_calls_otherwise_is_none(reading: Make) -> None:
    for types in ((), ("journal article",), ("consensus development conference",), ("clinical conference",)):
        one = of(reading, "one", 96, publication_types=types)
        assert related(resolved(one, of(reading, "paper", 120))) == []
