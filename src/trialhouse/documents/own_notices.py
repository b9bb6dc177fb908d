"""What a document's own record says became of it: that a notice retracts, questions or corrects it.

A record names the notice ("retraction in PMID 11000002"), has a publication type that the library gives to papers that
were retracted, or a title that its publisher changed. That holds whether or not the notice is there to be read.
"""

import re
from collections.abc import Iterable

from trialhouse.documents.document_kind import is_title_of_retracted
from trialhouse.model.document import DocumentRelation, OwnNotice
from trialhouse.model.enums import EvidenceStatus
from trialhouse.model.evidence import Evidence
from trialhouse.text.lazy_patterns import lazy_compile

STATUS_OF_WORDS: dict[str, EvidenceStatus] = {
    "retraction in": EvidenceStatus.RETRACTED,
    "retracted and republished in": EvidenceStatus.RETRACTED,
    "expression of concern in": EvidenceStatus.EXPRESSION_OF_CONCERN,
    "erratum in": EvidenceStatus.CORRECTED,
    "corrected and republished in": EvidenceStatus.CORRECTED,
}
"""What a record makes of its document by the words for what it is to a notice (`DocumentRelation.method`)."""

RETRACTED_TYPE = "retracted publication"
"""The publication type of the Medical Subject Headings (D016441) for a paper that was retracted, in lower case.

"Corrected and Republished Article" is none of these: it is the type of what was published anew.
"""

_COCHRANE = lazy_compile(r"\bcochrane\b", re.I)
_WITHDRAWN = lazy_compile(r"\W{0,3}withdrawn\b", re.I)


def own_notice(words: str, proof: Evidence | None) -> Iterable[OwnNotice]:
    """The statement that such words are, with the characters that say it; none where they say nothing of the kind."""
    status = STATUS_OF_WORDS.get(words)
    if status is not None and proof is not None and proof.quote:
        yield OwnNotice(status=status, words=words, evidence=proof)


def of_retracted_type(proof: Evidence | None) -> Iterable[OwnNotice]:
    """The statement of a publication type that stands at this place."""
    if proof is not None:
        yield OwnNotice(status=EvidenceStatus.RETRACTED, words="publication type", evidence=proof)


def of_relations(relations: Iterable[DocumentRelation]) -> tuple[OwnNotice, ...]:
    """The statements among the relations of a document, where it names each notice by an identifier."""
    return tuple([one for relation in relations for one in own_notice(relation.method, relation.evidence)])


def of_title(words: str | None, journal: str | None, proof: Evidence | None) -> Iterable[OwnNotice]:
    """The statement of a title that says of its own paper that it is retracted or withdrawn, quoted by that title.

    The Cochrane Library gives the same word to reviews that are out of date: that retracts nothing.
    """
    if proof is None or not proof.quote or not is_title_of_retracted(words):
        return
    if not (_COCHRANE.search(journal or "") and _WITHDRAWN.match(words or "")):
        yield OwnNotice(status=EvidenceStatus.RETRACTED, words="title", evidence=proof)
