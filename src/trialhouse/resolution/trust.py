"""The order of trust among documents: whose word is kept when several speak of one cell."""

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, EnrollmentType
from trialhouse.model.extraction import TrialClaim
from trialhouse.resolution.reading import Mention

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
a preprint is not reviewed; news retell. A first order: it holds for all cells but an enrollment that was planned, which
gives way to one that was counted."""


def trust_key(document: Document) -> tuple[int, str, str]:
    """Sorts documents, the most trusted first and unknown kinds last; among equals the later published, then by id."""
    rank = ORDER.index(document.kind) if document.kind is not None else len(ORDER)
    return rank, _descending(document.published or ""), document.document_id


def is_plan(mention: Mention, claim: TrialClaim) -> bool:
    """Whether an enrollment is one that was planned: it says so, or its document is a protocol."""
    is_protocol = "protocol" in (mention.document.title or "").casefold().split()
    return claim.enrollment_type is EnrollmentType.ESTIMATED or (claim.enrollment_type is None and is_protocol)


def _descending(text: str) -> str:
    """A key that sorts digits backwards, so that later dates come first and no date comes last."""
    return "".join(chr(0x7F - ord(character)) for character in text) or "\x7f"
