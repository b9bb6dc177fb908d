"""What a PubMed record says it is to other records (CommentsCorrections), and what it cites."""

from collections.abc import Iterator, Sequence

from trialhouse.documents.own_notices import RETRACTED_TYPE, STATUS_OF_WORDS, of_retracted_type, own_notice
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.documents.written_identifiers import identifier
from trialhouse.model.document import DocumentRelation, Identifier, OwnNotice
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.identifiers import find_identifiers
from trialhouse.text.xml_stretches import Stretch

NAMED = "named by the record"
CITES = "Cites"
_CORRECTED = "corrected and republished article"
_STATED: dict[str, Relation] = {
    "ErratumFor": Relation.ERRATUM_FOR,
    "RetractionOf": Relation.RETRACTION_OF,
    "ExpressionOfConcernFor": Relation.CONCERN_ABOUT,
    "CommentOn": Relation.COMMENT_ON,
    "RepublishedFrom": Relation.DUPLICATE_OF,
    "ReprintOf": Relation.DUPLICATE_OF,
}
_WORDS: dict[str, str] = {
    "AssociatedDataset": "associated dataset",
    "AssociatedPublication": "associated publication",
    "CommentIn": "comment in",
    "CorrectedandRepublishedFrom": "corrected and republished from",
    "CorrectedandRepublishedIn": "corrected and republished in",
    "ErratumIn": "erratum in",
    "ExpressionOfConcernIn": "expression of concern in",
    "OriginalReportIn": "original report in",
    "ReprintIn": "reprint in",
    "ReprintOf": "reprint of",
    "RepublishedFrom": "republished from",
    "RepublishedIn": "republished in",
    "RetractedandRepublishedFrom": "retracted and republished from",
    "RetractedandRepublishedIn": "retracted and republished in",
    "RetractionIn": "retraction in",
    "SummaryForPatientsIn": "summary for patients in",
    "UpdateIn": "update in",
    "UpdateOf": "update of",
}
"""The words for each RefType that says more than its relation, as pages print them."""


def stated_relations(
    record: PubmedRecord, kind: DocumentKind | None, types: Sequence[str] = ()
) -> list[DocumentRelation]:
    """The relations to records that are named by PMID, or by the DOI in their citation, each once.

    A notice's own relation has its word; the other direction ("RetractionIn") is a citation whose method says which.
    A preprint that was updated by a paper is the preprint of it; a republication is a copy unless its publication
    types say that it was corrected. Mere citations are left to `cited`.
    """
    found: dict[tuple[str, str, str], DocumentRelation] = {}
    for ref_type, one, proof in _targets(record):
        if ref_type != CITES:
            relation, method = relation_of(ref_type, kind, types)
            key = (relation, one.scheme, one.value)
            if key not in found:
                found[key] = DocumentRelation(
                    relation=relation, scheme=one.scheme, value=one.value, method=method, evidence=proof
                )
    return list(found.values())


def own_notices(record: PubmedRecord, types: Sequence[str]) -> Iterator[OwnNotice]:
    """What the record says became of its own document, also by notices that it names without any identifier.

    Each is quoted by the PMID of the notice, else by its citation.
    """
    if RETRACTED_TYPE in types:
        yield from of_retracted_type(record.where_listed("PublicationType", RETRACTED_TYPE))
    quoted = set()
    for element in record.all("CommentsCorrections/PMID", "CommentsCorrections/RefSource"):
        words = words_of(element.parent.get("RefType", ""))
        if words in STATUS_OF_WORDS and element.parent not in quoted and record.words(element):
            quoted.add(element.parent)
            yield from own_notice(words, record.evidence(element))


def words_of(ref_type: str) -> str:
    """The words for a RefType; "" for one that says no more than its relation."""
    return _WORDS.get(ref_type, "")


def cited(record: PubmedRecord) -> list[Identifier]:
    """What the record cites: the references among its comments and corrections, and its reference list."""
    found = []
    for element in record.all("CommentsCorrections/PMID"):
        if element.parent.get("RefType") == CITES:
            one = identifier("pubmed", record.words(element), *element.inner)
            if one is not None:
                found.append(one)
    return found + record.references.identifiers()


def relation_of(ref_type: str, kind: DocumentKind | None, types: Sequence[str]) -> tuple[Relation, str]:
    """What a record is to another one by the RefType that it gives it, and the words for it."""
    if ref_type == "RepublishedFrom" and _CORRECTED in types:
        return Relation.CITES, _WORDS["CorrectedandRepublishedFrom"]
    if kind is DocumentKind.PREPRINT and ref_type == "UpdateIn":
        return Relation.PREPRINT_OF, _WORDS[ref_type]
    return _STATED.get(ref_type, Relation.CITES), _WORDS.get(ref_type, NAMED)


def _targets(record: PubmedRecord) -> Iterator[tuple[str, Identifier, Evidence]]:
    """The records that are named, each by its PMID, else by a DOI in the words of its citation."""
    for element in record.all("CommentsCorrections/PMID"):
        one = identifier("pubmed", record.words(element), *element.inner)
        if one is not None:
            yield element.parent.get("RefType", ""), one, record.evidence(element)
    for element in record.all("CommentsCorrections/RefSource"):
        parent = element.parent
        if parent.find("PMID") is None and (doi := _doi(record, element)):
            yield parent.get("RefType", ""), doi, record.evidence(element)


def _doi(record: PubmedRecord, element: Stretch) -> Identifier | None:
    found = next((one for one in find_identifiers(record.words(element)) if one.scheme == "doi"), None)
    start, end = element.inner
    return found.model_copy(update={"start": start, "end": end}) if found else None
