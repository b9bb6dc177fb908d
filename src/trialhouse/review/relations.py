"""How documents stand to each other: a notice to what it is about, a preprint to its paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Relation
from trialhouse.model.relation_words import verb_of
from trialhouse.store.connection import Connection

NOTICES = (Relation.RETRACTION_OF, Relation.CONCERN_ABOUT, Relation.ERRATUM_FOR)
"""The relations that take something back, the gravest first."""

OF_DOCUMENTS = """
SELECT r.from_document_id, coalesce(f.title, r.from_document_id), r.relation, r.to_document_id,
    coalesce(t.title, r.to_document_id), r.method, r.confidence
FROM document_relations r
JOIN documents f ON f.document_id = r.from_document_id
JOIN documents t ON t.document_id = r.to_document_id
WHERE r.relation <> 'CITES'
    AND (r.from_document_id IN (SELECT unnest($documents)) OR r.to_document_id IN (SELECT unnest($documents)))
ORDER BY list_position($notices, r.relation) NULLS LAST, 1, 4, 3
LIMIT 100
"""


@dataclass(frozen=True)
class Related:
    """Two documents, read from the left; `is_notice` when the left one takes something of the right one back."""

    from_id: str
    from_title: str
    said: str
    to_id: str
    to_title: str
    method: str
    confidence: float | None
    is_notice: bool


def relations_of(connection: Connection, document_ids: Sequence[str]) -> list[Related]:
    """What some documents are to each other and to others, notices first, the gravest before the others; what they
    only cite is left out.
    """
    if not document_ids:
        return []
    asked = {"documents": list(document_ids), "notices": [notice.value for notice in NOTICES]}
    rows = connection.execute(OF_DOCUMENTS, asked).fetchall()
    return [
        Related(from_id, from_title, verb_of(relation), to_id, to_title, method, confidence, relation in NOTICES)
        for from_id, from_title, relation, to_id, to_title, method, confidence in rows
    ]
