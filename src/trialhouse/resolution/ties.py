"""What a mention of a trial can be linked by: registry ids, its paper's identifiers, papers that it points at."""

from collections.abc import Iterator
from typing import NamedTuple

from trialhouse.model.document import Document, DocumentRelation
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.identifiers import normalise_doi, normalise_registry_id, numbering_of
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile

Key = tuple[str, str]
"""An identifier that two mentions can share: its scheme and its value in lower case."""

LINKING_RELATIONS = frozenset(
    {
        Relation.PREPRINT_OF,
        Relation.TRANSLATION_OF,
        Relation.CONFERENCE_ABSTRACT_OF,
        Relation.PROTOCOL_OF,
        Relation.DUPLICATE_OF,
    }
)
"""A document in one of these relations to another reports the same trial as it."""

FIRST_REGISTRY = "ClinicalTrials.gov"
"""The numbering whose ids say most: an id of another one joins no two trials with different ids of it."""

PAPERS = ("pmid", "pmcid", "doi")
"""Schemes of a paper's identifiers, the most reliable first: a supplement has one DOI for all that it holds."""

REFERENCES: dict[str, float] = {"RESULT": 0.95, "DERIVED": 0.9}
"""Types of references in a registry record that are of the trial's own papers, with how far to believe them.

A sponsor enters RESULT; the library adds DERIVED where a paper names the trial's id. BACKGROUND is hardly ever the
trial's own paper.
"""


REPUBLISHED = frozenset(
    f"{what} and republished {where}" for what in ("corrected", "retracted") for where in ("from", "in")
)
"""What a record says of another one that is the same report in other words; what was wrong differs in its numbers."""

_PLAIN_DOI = lazy_compile(r"10\.[0-9]{4,9}/[a-z0-9._/-]{0,120}[a-z0-9]")
"""A DOI that is in the form to compare by already; nine in ten are."""


class Pointer(NamedTuple):
    """A paper that a mention says is of its trial: `detail` is the relation or the type of the reference."""

    key: Key
    method: str
    confidence: float
    detail: str


class Ties(NamedTuple):
    """All that one mention can be linked by."""

    registrations: tuple[str, ...]
    papers: tuple[Key, ...]
    pointers: tuple[Pointer, ...]
    cited: tuple[Key, ...]
    """The papers that a news page cites, where they are several: they are asked when all else is linked."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """What names the mention's trial: registry ids, its own paper, and the paper that it retells or precedes."""
        named: list[Key] = [("registry", value.lower()) for value in self.registrations]
        named += self.papers
        named += [one.key for one in self.pointers if not one.method.startswith("registry_reference")]
        return tuple(dict.fromkeys(named))


def ties_of(mention: Mention) -> Ties:
    """What a mention can be linked by.

    A page on several trials is linked by registry ids only, since its DOI says nothing of which trial is meant.
    """
    registrations = linking_registrations(mention)
    if mention.number is not None:
        return Ties(registrations, (), (), ())
    document = mention.document
    cited = cited_papers(document)
    pointers = [_relation(one) for one in document.relations if one.relation in LINKING_RELATIONS]
    pointers += [_republished(one) for one in document.relations if one.method in REPUBLISHED]
    pointers += references_of(document)
    if len(cited) == 1:
        pointers.append(Pointer(cited[0], "cited_paper", 0.9, "only"))
    several = cited if len(cited) > 1 else ()
    return Ties(registrations, own_papers(document), tuple(dict.fromkeys(pointers)), several)


def linking_registrations(mention: Mention) -> tuple[str, ...]:
    """The registry ids that name one trial. Two ids of one numbering are two trials (a pooled analysis): no link.

    A registry record's own id has aliases in the registry; they name the same trial.
    """
    ids = mention.claims.trial.registry_ids
    if len(ids) < 2:
        return ids
    numberings = [numbering_of(value) for value in ids]
    own = numberings[0] if mention.document.kind is DocumentKind.REGISTRY else None
    return tuple(
        value
        for value, numbering in zip(ids, numberings, strict=True)
        if numbering == own or numberings.count(numbering) == 1
    )


@remembered(2**13)
def registry_of(registry_id: str) -> str:
    """The registry of an id, in the words of PubMed's DataBankName; 'unknown' for a form that no registry has."""
    found = normalise_registry_id(registry_id)
    return found[0] if found else "unknown"


def own_papers(document: Document) -> tuple[Key, ...]:
    """The identifiers of the paper that a document is a record of."""
    named = (("doi", document.doi), ("pmid", document.pmid), ("pmcid", document.pmcid))
    return tuple(paper_key(scheme, value) for scheme, value in named if value)


@remembered(2**13)
def paper_key(scheme: str, value: str) -> Key:
    """An identifier of a paper in the form to compare by: a DOI without its address, a PMID without zeros before it."""
    if scheme == "doi":
        low = value.strip().lower()
        return scheme, low if _PLAIN_DOI.fullmatch(low) else normalise_doi(value) or low
    if scheme == "pmid":
        return scheme, value.strip().lstrip("0")
    return scheme, value.strip().lower()


def _relation(one: DocumentRelation) -> Pointer:
    key = ("registry", one.value.lower()) if one.scheme == "registry" else paper_key(one.scheme, one.value)
    method = "duplicate" if one.relation is Relation.DUPLICATE_OF else f"relation:{one.relation.value}"
    return Pointer(key, method, round(0.98 * one.confidence, 3), one.relation.value)


def _republished(one: DocumentRelation) -> Pointer:
    return Pointer(paper_key(one.scheme, one.value), "republished", round(0.98 * one.confidence, 3), one.method)


def references_of(document: Document) -> Iterator[Pointer]:
    """The papers that a registry record lists as its own trial's."""
    if document.kind is DocumentKind.REGISTRY:
        for one in document.relations:
            kind = one.method.removeprefix("reference:")
            if one.relation is Relation.CITES and kind in REFERENCES and one.scheme in PAPERS:
                yield Pointer(paper_key(one.scheme, one.value), "registry_reference", REFERENCES[kind], kind)


def was_out_before(document: Document, registered: Mention) -> bool:
    """Whether a paper was out in a year before that in which a registered trial began: it reports another one."""
    published, started = document.published, registered.claims.trial.start_date
    return bool(published and started and published[:4] < started[:4])


def cited_papers(document: Document) -> tuple[Key, ...]:
    """The papers that a news page cites, each once. Where it gives DOIs, a PMID may be one of the same papers."""
    if document.kind is not DocumentKind.NEWS:
        return ()
    dois = [paper_key("doi", one.value) for one in document.cites if one.scheme == "doi"]
    pmids = [paper_key("pmid", one.value) for one in document.cites if one.scheme == "pmid"]
    return tuple(dict.fromkeys(dois or pmids))
