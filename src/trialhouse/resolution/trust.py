"""The order of trust among documents: whose word is kept when several speak of one cell."""

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind

ORDER: tuple[DocumentKind, ...] = (
    DocumentKind.REGISTRY,
    DocumentKind.FULLTEXT,
    DocumentKind.ABSTRACT,
    DocumentKind.PORTAL,
    DocumentKind.PREPRINT,
    DocumentKind.NEWS,
    DocumentKind.NOTICE,
)
"""A registry record is kept by the trial's sponsor under a legal duty; a paper is reviewed; a portal copies a paper;
a preprint is not reviewed; news retell. A first order: it holds for all cells alike."""


def trust_key(document: Document) -> tuple[int, str, str]:
    """Sorts documents, the most trusted first and unknown kinds last; among equals the later published, then by id."""
    rank = ORDER.index(document.kind) if document.kind is not None else len(ORDER)
    return rank, _descending(document.published or ""), document.document_id


def _descending(text: str) -> str:
    """A key that sorts digits backwards, so that later dates come first and no date comes last."""
    return "".join(chr(0x7F - ord(character)) for character in text) or "\x7f"
