"""Documents of a refresh that are one paper under several records, by the same rules as search exports.

What is left open between two of them is not merged: it is listed for a person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.citation import Citation
from trialhouse.model.document import Document, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.tables import DocumentRelationRow, DoubtfulPairRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.duplicates.engine import Pair, find_duplicates
from trialhouse.resolution.duplicates.result import DoubtfulPair, DuplicateLink
from trialhouse.resolution.presentations import type_of_meeting
from trialhouse.resolution.trust import trust_key

SURE = 0.9
"""A relation that was found by comparison, and that no document states, is kept from this confidence on."""
MEGABYTES = 200
"""What DuckDB may use: beside it a build holds all documents in brief."""
MOST_POINTS = 20.0
"""Points (evidence.py) that count as certain, to bring a score between 0 and 1."""

_PAPERS = frozenset({DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT, DocumentKind.PORTAL, None})
"""Kinds that are a publication: a registry record, news and a notice speak of one."""
_SAY_NOTHING = frozenset({Relation.DUPLICATE_OF, Relation.CITES})
"""Relations that two records of one paper may have."""


@dataclass(frozen=True)
class Copies:
    """What a comparison of documents found: copies and sure relations, and pairs for a person."""

    relations: tuple[DocumentRelationRow, ...] = ()
    doubtful: tuple[DoubtfulPairRow, ...] = ()


def copies_of(
    documents: Sequence[Document],
    sql: Path,
    stated: Sequence[DocumentRelationRow] = (),
    citations: Path | None = None,
    *,
    same: Collection[Pair] = (),
    different: Collection[Pair] = (),
) -> Copies:
    """Which documents are one paper. The most trusted record of it is what the others are copies of.

    `sql` is the folder warehouse/duplicates; `same` and `different` are pairs of document ids that people judged.
    What documents state of each other (`stated`) is not found a second time, and who states to be a translation, a
    preprint or a protocol of another document is no copy of it, unless a person says so. `citations` are the papers
    among the documents as citations (`citation_of`), where they are at hand as a file of Parquet.
    """
    papers = {document.document_id: document for document in documents if is_paper(document)}
    if len(papers) < 2:
        return Copies()
    apart = [*different, *_stated_apart(stated, {record for pair in same for record in pair})]
    records = [citation_of(one) for one in papers.values()] if citations is None else citations
    found = find_duplicates(records, sql, same=same, different=apart, megabytes=MEGABYTES)
    links: dict[str, list[DuplicateLink]] = defaultdict(list)
    for link in found.links:
        links[link.left].append(link)
        links[link.right].append(link)
    rows = [row for ids in found.clusters.values() for row in _copies([papers[one] for one in ids], links)]
    rows += [
        DocumentRelationRow(
            from_document_id=pair.left,
            to_document_id=pair.right,
            relation=pair.relation,
            method=pair.method,
            confidence=pair.confidence,
        )
        for pair in found.related
        if pair.confidence >= SURE
    ]
    known = {(row.from_document_id, row.to_document_id, row.relation) for row in stated}
    new = [row for row in rows if (row.from_document_id, row.to_document_id, row.relation) not in known]
    return Copies(tuple(new), tuple(_doubtful(pair) for pair in found.doubtful))


def _stated_apart(stated: Iterable[DocumentRelationRow], judged: set[str]) -> list[Pair]:
    """The pairs of documents that state what sets them apart, but for those that people spoke of."""
    pairs = [(row.from_document_id, row.to_document_id) for row in stated if row.relation not in _SAY_NOTHING]
    return sorted({pair for pair in pairs if judged.isdisjoint(pair)})


def is_paper(document: Document) -> bool:
    """Whether a document is a record of a publication that has a title."""
    return document.kind in _PAPERS and bool(document.title)


def citation_of(document: Document) -> Citation:
    """A document as a citation: what it says of the publication that it is a record of."""
    kind = document.kind.value if document.kind is not None else ""
    return Citation(
        record_id=document.document_id,
        entry_type="preprint" if document.kind is DocumentKind.PREPRINT else type_of_meeting(document),
        title=document.title,
        journal=document.journal,
        year=int(document.published[:4]) if document.published else None,
        volume=document.publication.volume,
        number=document.publication.number,
        pages=document.publication.pages,
        authors=document.publication.authors,
        doi=document.doi,
        pmid=document.pmid,
        pmcid=document.pmcid,
        language=document.language,
        abstract=_abstract(document) if kind != DocumentKind.FULLTEXT else None,
        registry_ids=tuple(dict.fromkeys(identifier.value for identifier in document.registry_ids)),
    )


def _abstract(document: Document) -> str | None:
    """The words of a record's abstract, without its title and what stands around it."""
    prose = document.prose
    text, zones = (prose.text, prose.zones) if prose is not None else (document.text, document.zones)
    return " ".join(text[zone.start : zone.end] for zone in zones if zone.kind is ZoneKind.BODY) or None


def _copies(records: Sequence[Document], links: Mapping[str, Sequence[DuplicateLink]]) -> list[DocumentRelationRow]:
    """The rows of one paper: each record but the most trusted is a copy of that one.

    Where the two meet by way of others, the method and confidence are those of the surest link that the copy has.
    """
    first, *others = sorted(records, key=trust_key)
    rows = []
    for other in others:
        link = max(
            links[other.document_id],
            key=lambda link: (first.document_id in (link.left, link.right), link.confidence, link.left, link.right),
        )
        rows.append(
            DocumentRelationRow(
                from_document_id=other.document_id,
                to_document_id=first.document_id,
                relation=Relation.DUPLICATE_OF,
                method=link.method,
                confidence=link.confidence,
            )
        )
    return rows


def _doubtful(pair: DoubtfulPair) -> DoubtfulPairRow:
    left, right = sorted((pair.left, pair.right))
    return DoubtfulPairRow(
        subject=PairSubject.DOCUMENT,
        left_id=left,
        right_id=right,
        left_document_id=left,
        right_document_id=right,
        method="compared as citations",
        score=round(min(1.0, max(0.0, pair.score / MOST_POINTS)), 3),
        reason=pair.reason,
    )
