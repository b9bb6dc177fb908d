"""What documents say they are to each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import DocumentRelationRow


def relate(documents: Sequence[Document]) -> list[DocumentRelationRow]:
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
