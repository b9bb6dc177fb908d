"""The order of trust among documents: whose word is kept when several speak of one cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, EnrollmentType, EvidenceStatus, Relation, TrialRole
from trialhouse.model.extraction import ArmClaim
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.model.trust_config import DEFAULT_TRUST, TrustConfig, TrustWord
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.roles import RESULTS, roles_of

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

_Key = tuple[int, int, bool, int, str, str, str]
_QUALIFIED = frozenset(TrustWord) - {TrustWord(kind.value) for kind in ORDER if kind is not DocumentKind.NOTICE}

_GRAVITY = {EvidenceStatus.EXPRESSION_OF_CONCERN: 1, EvidenceStatus.RETRACTED: 2}
"""How gravely a document is questioned; one that was corrected stands."""

_PAPERS = frozenset({TrustWord.FULLTEXT, TrustWord.ABSTRACT, TrustWord.PORTAL, TrustWord.PREPRINT})


def trust_key(document: Document) -> tuple[int, str, str]:
    """Sorts documents, the most trusted first and unknown kinds last; among equals the later published, then by id."""
    rank = ORDER.index(document.kind) if document.kind is not None else len(ORDER)
    return rank, _descending(document.published or ""), document.document_id


@dataclass(frozen=True)
class Trust:
    """The configured orders of trust, with what is known of these documents beside their kinds.

    What was questioned comes after all that stands, in every order. A further paper of a trial (SECONDARY_RESULTS)
    comes after every paper of its main results, and so does an abstract of a meeting whose paper is there.
    """

    config: TrustConfig = DEFAULT_TRUST
    questioned: Mapping[str, EvidenceStatus] = field(default_factory=dict)
    """What became of documents that do not stand, by their ids; of a news page what became of all that it cites."""
    superseded: frozenset[str] = frozenset()
    """The ids of preprints whose paper is there."""
    secondary: frozenset[str] = frozenset()
    """The ids of further papers of the trial whose values are weighed."""
    presented: frozenset[str] = frozenset()
    """The ids of abstracts of meetings whose paper is there: they count as further papers do."""

    @classmethod
    def of(
        cls,
        config: TrustConfig,
        documents: Iterable[Document],
        became: Mapping[str, EvidenceStatus],
        relations: Iterable[DocumentRelationRow],
    ) -> "Trust":
        """The orders over these documents; `became` says of some, by their ids, what their evidence is worth."""
        relations = list(relations)
        preprints, presented = (
            frozenset(row.from_document_id for row in relations if row.relation is relation)
            for relation in (Relation.PREPRINT_OF, Relation.CONFERENCE_ABSTRACT_OF)
        )
        return cls(config, _questioned(documents, became, relations), preprints, presented=presented)

    def said_of(self, document_id: str) -> tuple[EvidenceStatus | None, bool, bool]:
        """All that is known here of a document beside what it is to its trial."""
        is_preprint, is_abstract = document_id in self.superseded, document_id in self.presented
        return self.questioned.get(document_id), is_preprint, is_abstract

    def within(self, mentions: Sequence[Mention]) -> "Trust":
        """The same orders for one trial: which of its papers are further ones is known by all of them."""
        papers = [mention for mention in mentions if mention.document.kind in RESULTS]
        if len(papers) < 2:
            return self
        further = zip(mentions, roles_of(mentions), strict=True)
        found = {mention.document.document_id for mention, role in further if role is TrialRole.SECONDARY_RESULTS}
        return replace(self, secondary=frozenset(found))

    def key(self, column: str, mention: Mention, claim: Any) -> _Key:
        """Sorts what documents say of a column (`table.column`), the most trusted first, whatever their order was."""
        document = mention.document
        place, _ = self._place(column, mention, claim)
        further = self._is_further_paper(mention, claim, column)
        among = max(self._places_of_papers(column)) if further else place
        published = _descending(document.published or "")
        return self.gravity(document), among, further, place, published, document.document_id, mention.claims.id

    def gravity(self, document: Document) -> int:
        """How gravely a document is questioned: 0 for one that stands, 1 for a concern, 2 for a retraction."""
        status = self.questioned.get(document.document_id)
        return _GRAVITY[status] if status is not None else 0

    def rule(self, column: str, kept: tuple[Mention, Any], other: tuple[Mention, Any]) -> str:
        """By which rule one claim was kept over another: the order, its name, and what told the two apart within it."""
        name, _ = self.config.order_of(column)
        (place, word), (other_place, other_word) = self._place(column, *kept), self._place(column, *other)
        documents = kept[0].document, other[0].document
        status = self.questioned.get(documents[1].document_id)
        further = [self._is_further_paper(*side, column) for side in (kept, other)]
        why: str | None
        if status is not None and self.gravity(documents[0]) < self.gravity(documents[1]):
            why = status.value.lower()
        elif further == [False, True] and place in self._places_of_papers(column):
            is_presented = documents[1].document_id in self.presented
            why = "conference_abstract" if is_presented else TrialRole.SECONDARY_RESULTS.value.lower()
        elif place == other_place:
            differ = documents[0].published != documents[1].published
            why = "later_published" if differ else None
        else:
            why = next((one.value for one in (other_word, word) if one in _QUALIFIED), None)
        return ":".join(part for part in (RULE, name, why) if part)

    def _is_further_paper(self, mention: Mention, claim: Any, column: str) -> bool:
        """Whether a claim counts as a paper, and is of another than that of the trial's main results."""
        name = mention.document.document_id
        is_further = name in self.secondary or name in self.presented
        return is_further and self._place(column, mention, claim)[1] in _PAPERS

    def _places_of_papers(self, column: str) -> list[int]:
        """Where papers stand in the order of a column."""
        _, order = self.config.order_of(column)
        return [place for place, word in enumerate(order.order) if word in _PAPERS]

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


def _questioned(
    documents: Iterable[Document], became: Mapping[str, EvidenceStatus], relations: Sequence[DocumentRelationRow]
) -> dict[str, EvidenceStatus]:
    """What became of documents that do not stand. A page repeats what it cites, and is worth what the best of it is."""
    found = {document_id: status for document_id, status in became.items() if status in _GRAVITY}
    kinds = {document.document_id: document.kind for document in documents} if found else {}
    cited: dict[str, list[EvidenceStatus | None]] = {}
    for row in relations:
        one, other = kinds.get(row.from_document_id), kinds.get(row.to_document_id)
        if row.relation is Relation.CITES and one is DocumentKind.NEWS and other is not DocumentKind.NEWS:
            cited.setdefault(row.from_document_id, []).append(found.get(row.to_document_id))
    for page, said in cited.items():
        grave = [status for status in said if status is not None]
        if page not in found and len(grave) == len(said):
            found[page] = min(grave, key=_GRAVITY.__getitem__)
    return found


def _is_protocol(document: Document) -> bool:
    return "protocol" in (document.title or "").casefold().split()


def _descending(text: str) -> str:
    """A key that sorts digits backwards, so that later dates come first and no date comes last."""
    return "".join(chr(0x7F - ord(character)) for character in text) or "\x7f"
