"""Why a document is of a trial, in a sentence that names the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialhouse.model.document import Document, DocumentRelation, Identifier, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.relation_words import VERBS, verb_of
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.in_brief import text_before
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import REFERENCES, Key, Pointer

ONLY_ONE = "the trial is known from this document only"

CONFIDENCE: dict[str, float] = {"registry_id": 0.98, "pmid": 0.99, "pmcid": 0.99, "doi": 0.97, "own": 1.0}
"""How often a link by this method is right; a registration that stands in a field of its own is as good as certain."""

CITES_ONE = 0.9
"""How sure a link by the only paper is that a page cites."""

CITES_SEVERAL = 0.85
"""How sure it is by several papers of one trial."""

CITED_AMONG_OTHERS = 0.7
"""How sure it is that a page tells of a trial whose paper it cites beside those of others."""

_IN_TEXT = ("its text", CONFIDENCE["registry_id"])


@dataclass(frozen=True, slots=True)
class Link:
    """How one document is tied to a trial: a method (a word for counting), from 0 to 1 how sure, and why."""

    method: str
    confidence: float
    reason: str


OWN = Link("own", CONFIDENCE["own"], ONLY_ONE)


def by_registry_id(mention: Mention, value: str) -> Link:
    """The link of a document that names the trial's registry id."""
    document = mention.document
    if document.kind is DocumentKind.REGISTRY:
        is_first = mention.claims.trial.registry_ids[0] == value
        said = (
            f"is the registry record of {value}" if is_first else f"is a registry record that has {value} among its ids"
        )
        return Link("registry_id", 1.0, said)
    place, confidence = place_of(document, value)
    return Link("registry_id", confidence, f"names {value} in {place}")


def by_paper(key: Key, other: Mention) -> Link:
    """The link of a document that has an identifier of a paper in common with another one of the trial."""
    name = other.document.document_id
    return Link(key[0], CONFIDENCE[key[0]], f"is a record of the paper with {_said(key)}, as {name} is")


def of_pointing(mention: Mention, pointer: Pointer) -> Link:
    """The link of a document that points at a paper of the trial."""
    said = _said(pointer.key)
    if pointer.method == "registry_reference":
        reason = f"its registry record lists {said} as a {pointer.detail} reference"
    else:
        reason = f"says that it {_verb(pointer.detail)} {said}"
    return Link(pointer.method, pointer.confidence, reason)


def of_pointed_at(other: Mention, pointer: Pointer) -> Link:
    """The link of a paper that another document of the trial points at."""
    said, name = _said(pointer.key), other.document.document_id
    match pointer.method:
        case "registry_reference":
            reason = f"{_record(other)} lists {said} as a {pointer.detail} reference"
        case "cited_paper":
            reason = f"{name} cites {said} as its only paper"
        case _:
            reason = f"{name} says that it {_verb(pointer.detail)} {said}"
    return Link(pointer.method, pointer.confidence, reason)


def by_relation(row: DocumentRelationRow, judged: Mapping[tuple[str, str], str]) -> Link:
    """The link of two documents by what one is to the other; `judged` are the words of people on copies."""
    pair = min(row.from_document_id, row.to_document_id), max(row.from_document_id, row.to_document_id)
    is_copy = row.relation is Relation.DUPLICATE_OF
    why = judged.get(pair, row.method) if is_copy else row.method
    said = f"{row.from_document_id} {verb_of(row.relation)} {row.to_document_id}: {why}"
    return Link("duplicate" if is_copy else f"relation:{row.relation}", row.confidence, said)


def by_citation(cited: Sequence[Key], listing: Mention | None = None) -> Link:
    """The link of a page to the trial that all papers are of which it cites.

    `listing` is the registry record by which the only one is known to be the trial's.
    """
    if len(cited) == 1 and listing is not None:
        record = _record(listing)
        reason = f"cites {_said(cited[0])} as its only paper, which {record} lists as its result"
        return Link("cited_paper", round(CITES_ONE * REFERENCES["RESULT"], 3), reason)
    if len(cited) == 1:
        return Link("cited_paper", CITES_ONE, f"cites {_said(cited[0])} as its only paper")
    return Link("cited_paper", CITES_SEVERAL, f"cites {' and '.join(map(_said, cited))}, all papers of this trial")


def by_comment(words: str, one: DocumentRelation) -> Link:
    """The link of a comment (`words` say what it is) to the trial of the paper that its record names."""
    said = _said((one.scheme, one.value))
    return Link(f"relation:{one.relation}", round(0.98 * one.confidence, 3), f"{words}: its record says, on {said}")


def by_citation_of_several(words: str, key: Key) -> Link:
    """The link of a page that cites papers of several trials (`words` say what it is) to the trial of one of them."""
    return Link("cited_paper", CITED_AMONG_OTHERS, f"{words} that cites {_said(key)}, a paper of this trial")


def place_of(document: Document, registry_id: str) -> tuple[str, float]:
    """Where a document names a registry id, in words, and how far that is to be believed."""
    one = next((i for i in document.registry_ids if i.value.lower() == registry_id.lower()), None)
    return _place(document, one) if one is not None else _IN_TEXT


def _place(document: Document, one: Identifier) -> tuple[str, float]:
    before = text_before(document, one.start, 80)
    line = before.rpartition("\n")[2]
    if before.endswith("<AccessionNumber>"):
        return "its DataBankList", 1.0
    if line.startswith("SI  - "):
        return "its secondary source ids (SI)", 1.0
    if "clinical-trial-number" in before:
        return "the registration that its publisher deposited", 1.0
    kind = next((zone.kind for zone in document.zones if zone.start <= one.start < zone.end), None)
    places = {ZoneKind.TITLE: "its title", ZoneKind.CITATION: "its citation"}
    return (places[kind], CONFIDENCE["registry_id"]) if kind in places else _IN_TEXT


def _record(mention: Mention) -> str:
    """A registry record in words."""
    registered = mention.claims.trial.registry_ids
    return f"the registry record {registered[0]}" if registered else mention.document.document_id


def _verb(detail: str) -> str:
    """What a document says of itself: by a relation, or in the words of its record ("corrected and republished in")."""
    return VERBS.get(detail, f"is {detail}")


def _said(key: Key) -> str:
    scheme, value = key
    return {"doi": f"DOI {value}", "pmid": f"PMID {value}", "pmcid": value.upper()}.get(scheme, f"{scheme} {value}")
