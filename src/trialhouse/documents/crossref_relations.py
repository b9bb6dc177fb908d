"""What a work of Crossref is to other works: updates (corrections, retractions), relations, references.

An update is deposited by the publisher or taken from Retraction Watch; `source` says which, and the method names it.
"""

from collections.abc import Iterator

from trialhouse.documents.json_record import JsonRecord
from trialhouse.documents.own_notices import of_relations
from trialhouse.documents.written_identifiers import identifier
from trialhouse.model.document import DocumentRelation, Identifier, OwnNotice
from trialhouse.model.enums import Relation
from trialhouse.model.identifiers import find_identifiers, find_registry_ids, normalise_doi

_UPDATES: dict[str, tuple[Relation, str]] = {
    "retraction": (Relation.RETRACTION_OF, "retraction in"),
    "partial_retraction": (Relation.RETRACTION_OF, "retraction in"),
    "withdrawal": (Relation.RETRACTION_OF, "retraction in"),
    "removal": (Relation.RETRACTION_OF, "retraction in"),
    "expression_of_concern": (Relation.CONCERN_ABOUT, "expression of concern in"),
    "correction": (Relation.ERRATUM_FOR, "erratum in"),
    "corrigendum": (Relation.ERRATUM_FOR, "erratum in"),
    "erratum": (Relation.ERRATUM_FOR, "erratum in"),
    "addendum": (Relation.ERRATUM_FOR, "erratum in"),
    "clarification": (Relation.ERRATUM_FOR, "erratum in"),
    "new_version": (Relation.CITES, "update in"),
    "new_edition": (Relation.CITES, "update in"),
}
"""For each type of update what the notice is to the paper, and the words for the other direction."""

_GRAVEST = (Relation.RETRACTION_OF, Relation.CONCERN_ABOUT, Relation.ERRATUM_FOR)

_RELATIONS: dict[str, Relation] = {
    "is-preprint-of": Relation.PREPRINT_OF,
    "is-comment-on": Relation.COMMENT_ON,
    "is-review-of": Relation.COMMENT_ON,
    "is-reply-to": Relation.COMMENT_ON,
    "is-translation-of": Relation.TRANSLATION_OF,
    "is-identical-to": Relation.DUPLICATE_OF,
    "is-same-as": Relation.DUPLICATE_OF,
}
"""Types of relations that have a word here; the others are citations whose method says which."""


def written_doi(written: str | None) -> str | None:
    """The DOI of a field that holds nothing else, in lower case.

    Old ones hold signs that end a DOI in a sentence, and some were deposited with a space in the middle.
    """
    bare = "".join((written or "").split())
    one = identifier("doi", bare, 0, 0)
    return one.value.lower() if one else normalise_doi(bare)


def notice_of(record: JsonRecord, own: str) -> Relation | None:
    """What the work does to another one as a notice, the gravest first; None where it is no notice."""
    said = {_UPDATES.get(kind, (None, ""))[0] for _, kind, doi in _updates(record, "update-to") if doi != own}
    return next((relation for relation in _GRAVEST if relation in said), None)


def stated_relations(record: JsonRecord, own: str) -> Iterator[DocumentRelation]:
    """The relations that the work states, each once.

    A paper that is said to update itself was retracted without a notice of its own: that is told as the other
    direction is, by a citation of itself.
    """
    seen: set[tuple[Relation, str, str]] = set()
    for relation in (*_from_updates(record, own), *_from_relations(record, own)):
        key = (relation.relation, relation.scheme, relation.value)
        if key not in seen:
            seen.add(key)
            yield relation


def own_notices(record: JsonRecord, own: str) -> tuple[OwnNotice, ...]:
    """What the work's record says became of it: one notice may both correct and retract it."""
    return of_relations(_from_updates(record, own))


def cited(record: JsonRecord) -> Iterator[Identifier]:
    """The DOIs of the reference list, each once."""
    seen: set[str] = set()
    for index in record.items("reference"):
        doi, span = written_doi(record.words("reference", index, "DOI")), record.span("reference", index, "DOI")
        if doi and span and doi not in seen:
            seen.add(doi)
            yield Identifier(scheme="doi", value=doi, start=span[0], end=span[1])


def cited_registry_ids(record: JsonRecord) -> Iterator[Identifier]:
    """The registry ids in the words of references that the publisher deposited as they are printed."""
    for index in record.items("reference"):
        start, end = record.span("reference", index, "unstructured") or (0, 0)
        for one in find_registry_ids(record.text[start:end]):
            yield one.model_copy(update={"start": one.start + start, "end": one.end + start})


def _from_updates(record: JsonRecord, own: str) -> Iterator[DocumentRelation]:
    for name in ("update-to", "updated-by"):
        for index, kind, doi in _updates(record, name):
            relation, inverse = _UPDATES.get(kind, (Relation.CITES, kind.replace("_", " ") or "update"))
            source = record.words(name, index, "source")
            method = f"named by the record ({source})" if source else "named by the record"
            if name == "updated-by" or doi == own:
                relation, method = Relation.CITES, inverse
            elif relation is Relation.CITES:
                method = inverse.replace("update in", "update of")
            yield DocumentRelation(
                relation=relation,
                scheme="doi",
                value=doi,
                method=method,
                evidence=record.evidence(name, index, "DOI"),
            )


def _updates(record: JsonRecord, name: str) -> Iterator[tuple[int, str, str]]:
    """The updates of a list: number, type and DOI."""
    for index in record.items(name):
        doi = written_doi(record.words(name, index, "DOI"))
        if doi:
            yield index, (record.words(name, index, "type") or "").lower().replace("-", "_").replace(" ", "_"), doi


def _from_relations(record: JsonRecord, own: str) -> Iterator[DocumentRelation]:
    relations = record.get("relation")
    for name in sorted(relations) if isinstance(relations, dict) else ():
        for index in record.items("relation", name):
            named = _target(record, name, index)
            if named is not None and named != ("doi", own):
                relation = _RELATIONS.get(name, Relation.CITES)
                yield DocumentRelation(
                    relation=relation,
                    scheme=named[0],
                    value=named[1],
                    method="named by the record" if relation is not Relation.CITES else name.replace("-", " "),
                    evidence=record.evidence("relation", name, index, "id"),
                )


def _target(record: JsonRecord, name: str, index: int) -> tuple[str, str] | None:
    """The identifier that a relation names, where it is one of a paper."""
    written = record.words("relation", name, index, "id") or ""
    match record.words("relation", name, index, "id-type"):
        case "doi":
            doi = written_doi(written)
            return ("doi", doi) if doi else None
        case "pmid" if written.isdigit():
            return "pmid", written
        case "uri":
            found = next((one for one in find_identifiers(written) if one.scheme == "doi"), None)
            return ("doi", found.value.lower()) if found else None
    return None
