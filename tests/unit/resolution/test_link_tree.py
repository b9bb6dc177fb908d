"""The reason of every link leads to what names the trial, and not round between two records of one paper."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import DocumentRelation
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import TrialDocumentRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.judged import Judgement, Side
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.resources import data_root

Make = Callable[..., Reading]
NCT = "NCT09990001"
TITLE = "Quenosartan once daily for untreated hypertension"
ORDERS = list(itertools.permutations(range(3)))


def paper(reading: Make, name: str, *ids: str, **facts: Any) -> Reading:
    return reading(name, facts={"title": TITLE} | facts, trial=TrialClaim(registry_ids=ids, enrollment=10))


def record(reading: Make, *, lists: str | None = None) -> Reading:
    listed = DocumentRelation(relation=Relation.CITES, scheme="pmid", value=lists or "", method="reference:RESULT")
    facts = {"relations": (listed,) if lists else ()}
    return reading("record", DocumentKind.REGISTRY, facts=facts, trial=TrialClaim(registry_ids=(NCT,)))


def reasons(*readings: Reading, **more: Any) -> dict[str, str]:
    rows = resolve(readings, Vocabulary(), lambda document: True, **more)
    assert len({row.trial_id for row in rows.of(TrialDocumentRow)}) == 1
    return {row.document_id.removeprefix("doc-"): f"{row.method}: {row.reason}" for row in rows.of(TrialDocumentRow)}


@pytest.mark.parametrize("order", ORDERS)
def test_two_records_of_a_paper_are_of_the_trial_whose_record_lists_it(reading: Make, order: tuple[int, ...]) -> None:
    readings = [record(reading, lists="7"), paper(reading, "a", pmid="7"), paper(reading, "b", pmid="7")]
    listed = f"registry_reference: the registry record {NCT} lists PMID 7 as a RESULT reference"
    found = reasons(*(readings[place] for place in order))
    assert found == {"record": f"registry_id: is the registry record of {NCT}", "a": listed, "b": listed}


@pytest.mark.parametrize("order", ORDERS)
def test_what_names_the_trial_itself_says_so_and_the_other_record_is_as_it_is(
    reading: Make, order: tuple[int, ...]
) -> None:
    readings = [paper(reading, "a", pmid="7"), paper(reading, "b", NCT, pmid="7"), paper(reading, "c", pmid="7")]
    same = "pmid: is a record of the paper with PMID 7, as doc-b is"
    found = reasons(*(readings[place] for place in order))
    assert found == {"a": same, "b": f"registry_id: names {NCT} in its text", "c": same}


def same(subject: JudgementSubject) -> Judgement:
    sides = (Side(name, frozenset({("document", name)})) for name in ("doc-a", "doc-b"))
    return Judgement("j1", subject, *sides, Verdict.SAME, "ada, today: I asked the authors")


def test_who_judged_two_documents_the_same_is_told_and_why_the_first_is_of_the_trial(reading: Make) -> None:
    readings = [record(reading, lists="7"), paper(reading, "a", pmid="7"), paper(reading, "b", doi="10.5555/b")]
    judgements = [same(JudgementSubject.DOCUMENT)]
    found = reasons(*readings, judgements=judgements, duplicates=data_root() / "warehouse" / "duplicates")
    assert found["a"] == f"registry_reference: the registry record {NCT} lists PMID 7 as a RESULT reference"
    said = "a copy of doc-a: doc-a and doc-b are same (ada, today: I asked the authors)"
    assert found["b"] == f"duplicate: doc-b is {said}"


def test_a_judged_document_is_tied_by_the_judgement_and_the_one_that_names_the_trial_by_its_number(
    reading: Make,
) -> None:
    readings = [record(reading), paper(reading, "a", NCT), paper(reading, "b", doi="10.5555/b")]
    found = reasons(*readings, judgements=[same(JudgementSubject.TRIAL)])
    assert found["a"] == f"registry_id: names {NCT} in its text"
    assert found["b"] == "judgement: doc-a and doc-b are same (ada, today: I asked the authors)"
