"""Documents of a refresh as records of one paper."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.citation import Publication
from trialhouse.model.document import Document, Receipt, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.duplicates.of_documents import Copies, citation_of, copies_of

TITLE = "Quenosartan for hypertension in smokers of a rural county: a randomised trial"
DOI = "10.5555/paper"


def make_document(name: str, kind: DocumentKind | None = DocumentKind.ABSTRACT, **facts: Any) -> Document:
    receipt = Receipt(
        source="files",
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=1,
    )
    said = {"title": TITLE, "text": "text"} | facts
    return Document(document_id=f"doc-{name}", receipt=receipt, format="text", kind=kind, **said)


def pairs(copies: Copies) -> list[tuple[str, str, str]]:
    return [(row.from_document_id, row.relation.value, row.to_document_id) for row in copies.relations]


def test_records_of_one_paper_are_copies_of_the_most_trusted(sql: Path) -> None:
    documents = [
        make_document("pubmed", doi=DOI, pmid="7", journal="Lancet", published="2020-03", title=f"{TITLE}."),
        make_document("crossref", doi=DOI.upper(), journal="The Lancet", published="2019-12-30"),
        make_document("full", DocumentKind.FULLTEXT, doi=DOI, pmcid="PMC7", journal="Lancet (London, England)"),
        make_document("supplement", doi=DOI, title="Abstracts of the annual meeting of a society of physicians"),
    ]
    copies = copies_of(documents, sql)
    assert sorted(pairs(copies)) == [
        ("doc-crossref", "DUPLICATE_OF", "doc-full"),
        ("doc-pubmed", "DUPLICATE_OF", "doc-full"),
    ]
    assert {row.method for row in copies.relations} == {"same DOI, same title"}
    assert all(0.9 < row.confidence <= 1 for row in copies.relations)
    assert copies_of(documents[::-1], sql) == copies


def test_a_title_without_an_identifier_is_for_a_person(sql: Path) -> None:
    copies = copies_of([make_document("a", doi=DOI, published="2020"), make_document("b", published="2020")], sql)
    assert copies.relations == ()
    (row,) = copies.doubtful
    assert (row.subject.value, row.left_id, row.right_id) == ("document", "doc-a", "doc-b")
    assert row.reason == "same title and year"
    assert row.score is not None
    assert 0 < row.score < 1


@pytest.mark.parametrize("written", ["NCT099900023", "NCTO999OO02", "NCT0999002"])
@pytest.mark.parametrize("sentences", [9, 90])
def test_papers_that_name_other_trials_are_for_a_person_whatever_one_mistyped(
    sql: Path, written: str, sentences: int
) -> None:
    told = []
    for number in ("NCT09990001", written):
        text = "Pressure fell in most of them. " * sentences + number
        zone = Zone(kind=ZoneKind.BODY, start=0, end=len(text))
        facts = {"text": text, "zones": (zone,), "doi": DOI, "published": "2020", "journal": "Lancet"}
        told.append(make_document(number, **facts))
    copies = copies_of(told, sql)
    assert copies.relations == ()
    (row,) = copies.doubtful
    assert "but they name other trials (NCT" in row.reason


def test_registry_records_news_and_notices_are_no_copies(sql: Path) -> None:
    kinds = (DocumentKind.REGISTRY, DocumentKind.NEWS, DocumentKind.NOTICE)
    others = [make_document(kind.value, kind, doi=DOI) for kind in kinds]
    assert copies_of([make_document("paper", doi=DOI), *others], sql) == Copies()
    assert copies_of([], sql) == Copies()


def test_what_documents_state_of_each_other_is_not_found_again_nor_contradicted(sql: Path) -> None:
    paper, preprint = make_document("paper", doi=DOI), make_document("preprint", DocumentKind.PREPRINT, doi=DOI)

    def stated(relation: Relation) -> list[DocumentRelationRow]:
        row = {"from_document_id": "doc-preprint", "to_document_id": "doc-paper", "relation": relation}
        return [DocumentRelationRow(**row, method="stated", confidence=1)]

    assert pairs(copies_of([paper, preprint], sql)) == [("doc-preprint", "DUPLICATE_OF", "doc-paper")]
    assert pairs(copies_of([paper, preprint], sql, stated(Relation.DUPLICATE_OF))) == []
    assert pairs(copies_of([paper, preprint], sql, stated(Relation.PREPRINT_OF))) == []
    judged = copies_of([paper, preprint], sql, stated(Relation.PREPRINT_OF), same=[("doc-paper", "doc-preprint")])
    assert pairs(judged) == [("doc-preprint", "DUPLICATE_OF", "doc-paper")]


def test_a_citation_has_the_abstract_of_a_record_and_not_a_full_text() -> None:
    facts = {"text": "Title. Pressure fell.", "zones": (Zone(kind=ZoneKind.BODY, start=7, end=21),)}
    assert citation_of(make_document("a", **facts)).abstract == "Pressure fell."
    assert citation_of(make_document("b", DocumentKind.FULLTEXT, **facts)).abstract is None
    assert citation_of(make_document("c", published="2020-03", doi=DOI)).year == 2020


AUTHORS = ("Olsen, Eva", "Muster, Ada", "Beispiel, Bela")
PLACE = Publication(authors=AUTHORS, volume="12", number="3", pages="73-81")


def with_abstract(name: str, text: str, kind: DocumentKind = DocumentKind.ABSTRACT, **facts: Any) -> Document:
    return make_document(name, kind, text=text, zones=(Zone(kind=ZoneKind.BODY, start=0, end=len(text)),), **facts)


EARLY = "Smokers of one county were given quenosartan. Their pressure fell by 9 mm Hg in half a year. " * 4
LATE = "In 212 adults who smoke, we compared two drugs over twelve weeks, and counted strokes and deaths. " * 4


def test_a_preprint_and_its_paper_meet_by_their_authors_where_the_abstract_was_rewritten(sql: Path) -> None:
    def found(authors: tuple[str, ...]) -> Copies:
        preprint = {"doi": "10.5555/srx.1", "journal": "SampleRxiv", "published": "2021-02-04"}
        paper = with_abstract("paper", LATE, journal="Lancet", published="2021-08", publication=PLACE)
        early = Publication(authors=authors)
        return copies_of(
            [paper, with_abstract("early", EARLY, DocumentKind.PREPRINT, publication=early, **preprint)], sql
        )

    assert pairs(found(AUTHORS)) == [("doc-early", "PREPRINT_OF", "doc-paper")]
    assert pairs(found(())) == []
    assert pairs(found(("Vogel, Cora", "Fisch, Dora"))) == []


def test_two_exports_of_a_paper_meet_by_authors_and_pages(sql: Path) -> None:
    facts = {"journal": "Lancet", "published": "2020-03"}
    other = Publication(authors=("Olsen E", "Muster A", "Beispiel B"), volume="12", pages="73-81")
    copies = copies_of(
        [make_document("a", publication=PLACE, **facts), make_document("b", publication=other, **facts)], sql
    )
    assert len(copies.relations) == 1
    assert copies.relations[0].method == "same title, pages"
    elsewhere = other.model_copy(update={"pages": "S12", "volume": "9"})
    apart = copies_of(
        [make_document("a", publication=PLACE, **facts), make_document("b", publication=elsewhere, **facts)], sql
    )
    assert [row.relation for row in apart.relations] != [Relation.DUPLICATE_OF]


def test_the_method_names_nothing_that_no_record_says(sql: Path) -> None:
    facts = {"journal": "Lancet", "published": "2020-03"}
    (row,) = copies_of([with_abstract("a", EARLY, **facts), with_abstract("b", EARLY, **facts)], sql).relations
    assert row.method == "same title, abstract"


def test_a_reply_a_protocol_and_a_supplement_stay_apart_with_the_same_authors(sql: Path) -> None:
    paper = make_document("paper", journal="Lancet", published="2020-03", publication=PLACE)
    protocol_title = f"{TITLE}: study protocol"
    others = [
        make_document("reply", title=f"{TITLE} - Authors' reply", journal="Lancet", published="2020-03"),
        make_document("protocol", title=protocol_title, journal="Trials", published="2018"),
        make_document("erratum", title=f"Erratum to: {TITLE}", journal="Lancet", published="2020-06"),
    ]
    others = [one.model_copy(update={"publication": Publication(authors=AUTHORS)}) for one in others]
    found = copies_of([paper, *others], sql).relations
    assert Relation.DUPLICATE_OF not in {row.relation for row in found}
    assert {row.from_document_id for row in found} <= {one.document_id for one in others}
