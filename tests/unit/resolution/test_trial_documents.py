"""The rows of trial_documents and doubtful_pairs that a whole build gives."""

import itertools
from collections.abc import Callable
from typing import Any

from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import DocumentKind, Relation, TrialRole
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import DocumentRow, DoubtfulPairRow, RowSet, TrialDocumentRow, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.model.words import PairSubject
from trialhouse.resolution.resolve import Reading, resolve

Make = Callable[..., Reading]
ONE, OTHER = "NCT09990001", "NCT09990002"
TITLE = "Quenosartan once daily for untreated hypertension"


def resolved(*readings: Reading) -> RowSet:
    return resolve(readings, Vocabulary(), lambda document: True)


def paper(reading: Make, name: str, *registry_ids: str, **facts: Any) -> Reading:
    return reading(name, facts={"title": TITLE} | facts, trial=TrialClaim(registry_ids=registry_ids, enrollment=10))


def link_of(rows: RowSet, name: str) -> TrialDocumentRow | None:
    return next((row for row in rows.of(TrialDocumentRow) if row.document_id == f"doc-{name}"), None)


def test_a_record_without_an_abstract_is_linked_to_the_trial_of_its_paper(reading: Make) -> None:
    rows = resolved(
        paper(reading, "paper", "NCT09990001", doi="10.5555/p"),
        reading("index", facts={"doi": "10.5555/P", "title": TITLE + "."}),
    )
    link = link_of(rows, "index")
    assert link is not None
    assert (link.role, link.method, link.confidence) == (TrialRole.PRIMARY_RESULTS, "doi", 0.97)
    assert [row.problem for row in rows.of(DocumentRow) if row.document_id == "doc-index"] == [
        "no trial was recognised in its text"
    ]


def test_a_record_of_another_paper_under_the_doi_is_linked_to_none(reading: Make) -> None:
    rows = resolved(
        paper(reading, "paper", "NCT09990001", doi="10.5555/p", language="en"),
        reading("index", facts={"doi": "10.5555/p", "title": "Abstracts of the annual meeting", "language": "en"}),
    )
    assert link_of(rows, "index") is None


def test_a_record_whose_paper_is_of_two_trials_is_linked_to_none(reading: Make) -> None:
    papers = [paper(reading, name, value, pmid="7") for name, value in (("a", "NCT09990001"), ("b", "NCT09990002"))]
    assert link_of(resolved(*papers, reading("index", facts={"pmid": "7"})), "index") is None


def test_a_page_from_which_no_trial_was_read_is_news_of_the_papers_that_it_cites(reading: Make) -> None:
    """It says nothing of its own that could speak against them."""
    papers = [paper(reading, f"p{n}", value, doi=f"10.5555/p{n}") for n, value in ((1, ONE), (2, ONE), (3, OTHER))]

    def news_of(*numbers: int) -> list[tuple[str, float, str]]:
        cites = tuple(Identifier(scheme="doi", value=f"10.5555/p{n}", start=0, end=1) for n in numbers)
        rows = resolved(*papers, reading("page", DocumentKind.NEWS, facts={"cites": cites}))
        trials = {row.trial_id: row.registry_id for row in rows.of(TrialRow)}
        links = [row for row in rows.of(TrialDocumentRow) if row.document_id == "doc-page"]
        assert all((row.role, row.method) == (TrialRole.NEWS, "cited_paper") for row in links)
        return [(trials[row.trial_id] or "", row.confidence, row.reason) for row in links]

    assert news_of(1) == [(ONE, 0.9, "cites DOI 10.5555/p1 as its only paper")]
    assert news_of(1, 2) == [(ONE, 0.85, "cites DOI 10.5555/p1 and DOI 10.5555/p2, all papers of this trial")]
    assert sorted(one[:2] for one in news_of(1, 3)) == [(ONE, 0.7), (OTHER, 0.7)]
    assert [one[:2] for one in news_of(1, 9)] == [(ONE, 0.7)]
    assert news_of(9) == []


def test_every_link_has_a_method_a_confidence_and_a_reason(reading: Make) -> None:
    stated = DocumentRelation(relation=Relation.PREPRINT_OF, scheme="doi", value="10.5555/p", method="stated")
    rows = resolved(
        reading("record", DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=("NCT09990001",))),
        paper(reading, "paper", "NCT09990001", doi="10.5555/p"),
        reading("preprint", DocumentKind.PREPRINT, facts={"relations": (stated,)}, trial=TrialClaim(enrollment=10)),
        paper(reading, "alone", title=None),
    )
    links = rows.of(TrialDocumentRow)
    assert sorted((link.document_id, link.method) for link in links) == [
        ("doc-alone", "own"),
        ("doc-paper", "registry_id"),
        ("doc-preprint", "relation:PREPRINT_OF"),
        ("doc-record", "registry_id"),
    ]
    assert all(0 < link.confidence <= 1 and len(link.reason) > 15 for link in links)


def test_a_doubtful_pair_names_both_trials_with_a_document_of_each_whatever_the_order(reading: Make) -> None:
    readings = [paper(reading, "a", "NCT09990001"), paper(reading, "b"), paper(reading, "c", "NCT09990777", title=None)]
    wanted = set(resolved(*readings))
    (pair,) = (row for row in wanted if isinstance(row, DoubtfulPairRow))
    of = {row.document_id: row.trial_id for row in wanted if isinstance(row, TrialDocumentRow)}
    assert (pair.subject, pair.method, pair.score) == (PairSubject.TRIAL, "same_title", 0.6)
    assert pair.left_id < pair.right_id
    assert {pair.left_id, pair.right_id} == {of["doc-a"], of["doc-b"]}
    assert {of[str(pair.left_document_id)], of[str(pair.right_document_id)]} == {pair.left_id, pair.right_id}
    assert of[str(pair.left_document_id)] == pair.left_id
    for order in itertools.permutations(readings):
        assert set(resolved(*order)) == wanted


def test_a_page_that_reports_a_trial_twice_is_linked_to_it_once(reading: Make) -> None:
    one = paper(reading, "page", "NCT09990001")
    claims = [one.extractions[0].model_copy(update={"id": f"page#{number}"}) for number in (1, 2)]
    rows = resolved(Reading(one.document, tuple(claims), "test", "1"))
    assert len(rows.of(TrialRow)) == 1
    assert len(rows.of(TrialDocumentRow)) == 1


def test_a_paper_without_a_trial_is_of_the_one_whose_record_lists_it(reading: Make) -> None:
    """As a result, and not as background; not where it was out before the trial began."""

    def role_of(kind: str, published: str) -> TrialRole | None:
        listed = DocumentRelation(relation=Relation.CITES, scheme="pmid", value="74", method=f"reference:{kind}")
        trial = TrialClaim(registry_ids=(ONE,), start_date="2018-06-01")
        record = reading("record", DocumentKind.REGISTRY, facts={"relations": (listed,)}, trial=trial)
        rows = resolved(record, reading("body", facts={"pmid": "74", "title": "Fat", "published": published}))
        link = link_of(rows, "body")
        assert link is None or link.method == "registry_reference"
        return link and link.role

    assert role_of("RESULT", "2020") is role_of("DERIVED", "2022") is TrialRole.SECONDARY_RESULTS
    assert role_of("BACKGROUND", "2022") is role_of("RESULT", "2017") is None


def test_a_letter_on_a_paper_stands_under_its_trial(reading: Make) -> None:
    on = DocumentRelation(relation=Relation.COMMENT_ON, scheme="pmid", value="75", method="named by the record")
    letter = reading("letter", facts={"publication_types": ("letter", "comment"), "title": "Views", "relations": (on,)})
    link = link_of(resolved(paper(reading, "main", ONE, pmid="75"), letter), "letter")
    assert link is not None
    assert (link.role, link.method) == (TrialRole.REVIEW_MENTION, "relation:COMMENT_ON")
    assert link.reason == "a comment: its record says, on PMID 75"


def test_a_paper_that_was_corrected_and_republished_is_of_one_trial_with_the_first_one(reading: Make) -> None:
    for end, other in (("from", "in"), ("in", "from")):
        said = DocumentRelation(
            relation=Relation.CITES, scheme="pmid", value="2", method=f"corrected and republished {end}"
        )
        one = paper(reading, "one", pmid="1", relations=(said,))
        rows = resolved(one, paper(reading, "two", pmid="2"))
        assert len(rows.of(TrialRow)) == 1, other
        assert {row.method for row in rows.of(TrialDocumentRow)} == {"republished"}
