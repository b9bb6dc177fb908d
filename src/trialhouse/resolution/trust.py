"""The order of trust among documents: whose word is kept when several speak of one cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, EnrollmentType, EvidenceStatus, Relation
from trialhouse.model.extraction import ArmClaim
from trialhouse.model.tables import DocumentRelationRow, DocumentRow
from trialhouse.model.trust_config import DEFAULT_TRUST, TrustConfig, TrustWord
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
"""The order in which the documents of a trial are taken up: what is most complete first, so that others are matched
with it. Whose value is kept in a cell is another matter: `Trust`."""

RULE = "trust_order"
"""How the rule of a conflict begins that an order of trust decided."""

_Key = tuple[bool, int, str, str, str]
_QUALIFIED = frozenset(TrustWord) - {TrustWord(kind.value) for kind in ORDER if kind is not DocumentKind.NOTICE}


def trust_key(document: Document) -> tuple[int, str, str]:
    """Sorts documents, the most trusted first and unknown kinds last; among equals the later published, then by id."""
    rank = ORDER.index(document.kind) if document.kind is not None else len(ORDER)
    return rank, _descending(document.published or ""), document.document_id


@dataclass(frozen=True)
class Trust:
    """The configured orders of trust, with what is known of these documents beside their kinds."""

    config: TrustConfig = DEFAULT_TRUST
    retracted: frozenset[str] = frozenset()
    superseded: frozenset[str] = frozenset()
    """The ids of documents that were retracted, and of preprints whose paper is there."""

    @classmethod
    def of(
        cls, config: TrustConfig, documents: Iterable[DocumentRow], relations: Iterable[DocumentRelationRow]
    ) -> "Trust":
        """The orders over these documents."""
        retracted = {row.document_id for row in documents if row.evidence_status is EvidenceStatus.RETRACTED}
        preprints = {row.from_document_id for row in relations if row.relation is Relation.PREPRINT_OF}
        return cls(config, frozenset(retracted), frozenset(preprints))

    def key(self, column: str, mention: Mention, claim: Any) -> _Key:
        """Sorts what documents say of a column (`table.column`), the most trusted first, whatever their order was."""
        document = mention.document
        place, _ = self._place(column, mention, claim)
        is_retracted = document.document_id in self.retracted
        return is_retracted, place, _descending(document.published or ""), document.document_id, mention.claims.id

    def rule(self, column: str, kept: tuple[Mention, Any], other: tuple[Mention, Any]) -> str:
        """By which rule one claim was kept over another: the order, its name, and what told the two apart within it."""
        name, _ = self.config.order_of(column)
        (place, word), (other_place, other_word) = self._place(column, *kept), self._place(column, *other)
        documents = kept[0].document, other[0].document
        why: str | None
        if documents[1].document_id in self.retracted and documents[0].document_id not in self.retracted:
            why = "retracted"
        elif place == other_place:
            differ = documents[0].published != documents[1].published
            why = "later_published" if differ else None
        else:
            why = next((one.value for one in (other_word, word) if one in _QUALIFIED), None)
        return ":".join(part for part in (RULE, name, why) if part)

    def _place(self, column: str, mention: Mention, claim: Any) -> tuple[int, TrustWord | None]:
        """Where a claim stands in the order of a column, and by which word; after all others where by none."""
        _, order = self.config.order_of(column)
        words = [word for word in self._words(column, mention, claim) if word in order.order]
        return (order.order.index(words[0]), words[0]) if words else (len(order.order), None)

    def _words(self, column: str, mention: Mention, claim: Any) -> list[TrustWord]:
        """What a claim is in an order of trust, the narrowest word first."""
        document, planned = mention.document, mention.claims.trial.enrollment_type
        words = []
        if column == "arms.n_randomized" and isinstance(claim, ArmClaim) and claim.n_is_derived:
            words.append(TrustWord.DERIVED)
        if document.kind is DocumentKind.REGISTRY and planned is not None:
            is_plan = planned is EnrollmentType.ESTIMATED
            words.append(TrustWord.PLANNED_REGISTRY if is_plan else TrustWord.ACTUAL_REGISTRY)
        elif planned is EnrollmentType.ESTIMATED or (planned is None and _is_protocol(document)):
            words.append(TrustWord.PROTOCOL)
        if document.document_id in self.superseded:
            words.append(TrustWord.PUBLISHED_PREPRINT)
        if document.kind is not None and document.kind is not DocumentKind.NOTICE:
            words.append(TrustWord(document.kind.value))
        return words


def _is_protocol(document: Document) -> bool:
    return "protocol" in (document.title or "").casefold().split()


def _descending(text: str) -> str:
    """A key that sorts digits backwards, so that later dates come first and no date comes last."""
    return "".join(chr(0x7F - ord(character)) for character in text) or "\x7f"
