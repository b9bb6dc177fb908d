"""The same document under two records, and what documents say they are to each other."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.constraints import NO_CONSTRAINTS, Constraint, Constraints
from trialhouse.resolution.trust import trust_key

SAME_TITLE = 0.9
"""Two titles this alike (difflib's ratio) are one title with a typo or another dash."""


def relate(documents: Sequence[Document], judged: Constraints = NO_CONSTRAINTS) -> list[DocumentRelationRow]:
    """Every relation between two of these documents: stated ones, and copies of one paper.

    `judged` is what people said of documents: it goes before whatever was found.
    """
    different, same = judged_pairs(judged.different), judged_pairs(judged.same)
    found = [row for row in _duplicates(documents) if _pair(row.from_document_id, row.to_document_id) not in different]
    known = {_pair(row.from_document_id, row.to_document_id) for row in found}
    by_id = {document.document_id: document for document in documents}
    for pair in sorted(pair for pair in same - known if pair[0] != pair[1]):
        first, other = sorted((by_id[one] for one in pair), key=trust_key)
        found.append(
            DocumentRelationRow(
                from_document_id=other.document_id,
                to_document_id=first.document_id,
                relation=Relation.DUPLICATE_OF,
                method="judgement",
                confidence=1.0,
            )
        )
    return _stated(documents) + found


def judged_pairs(constraints: Iterable[Constraint]) -> set[tuple[str, str]]:
    """Each two things of both sides of judgements, the one whose name sorts first before the other."""
    return {_pair(one, other) for constraint in constraints for one in constraint.left for other in constraint.right}


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _stated(documents: Sequence[Document]) -> list[DocumentRelationRow]:
    """Relations that a document states by naming the other's DOI, PMID or registry id."""
    by_identifier = _by_identifier(documents)
    rows = []
    for document in documents:
        for relation in document.relations:
            for other in by_identifier[relation.scheme, relation.value.lower()]:
                if other.document_id != document.document_id:
                    rows.append(
                        DocumentRelationRow(
                            from_document_id=document.document_id,
                            to_document_id=other.document_id,
                            relation=relation.relation,
                            method=relation.method,
                            confidence=relation.confidence,
                        )
                    )
    return rows


def _duplicates(documents: Sequence[Document]) -> list[DocumentRelationRow]:
    """Copies of one paper: the same DOI and nearly the same title. The most trusted copy is what the others copy.

    A shared DOI alone is no proof (supplements, corrections share one), and a missing title is never equal to another.
    """
    by_doi: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.doi and document.title and document.kind not in (DocumentKind.NOTICE, DocumentKind.NEWS):
            by_doi[document.doi.lower()].append(document)
    rows = []
    for copies in by_doi.values():
        first, *others = sorted(copies, key=trust_key)
        for other in others:
            alike = title_likeness(first.title or "", other.title or "")
            if alike >= SAME_TITLE:
                rows.append(
                    DocumentRelationRow(
                        from_document_id=other.document_id,
                        to_document_id=first.document_id,
                        relation=Relation.DUPLICATE_OF,
                        method="same DOI, near-equal title",
                        confidence=round(alike, 3),
                    )
                )
    return rows


def title_likeness(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1, whatever their case, punctuation and spacing."""
    return difflib.SequenceMatcher(None, _letters(one), _letters(other), autojunk=False).ratio()


def _letters(title: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in title.casefold()).split())


def _by_identifier(documents: Iterable[Document]) -> dict[tuple[str, str], list[Document]]:
    found: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        for scheme, value in (("doi", document.doi), ("pmid", document.pmid), ("pmcid", document.pmcid)):
            if value:
                found[scheme, value.lower()].append(document)
        if document.kind is DocumentKind.REGISTRY:
            for identifier in document.registry_ids:
                found["registry", identifier.value.lower()].append(document)
    return found
