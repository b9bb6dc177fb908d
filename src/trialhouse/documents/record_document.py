"""From what a parser read of a record to its Document: prose with zones, what the words name, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trialhouse.documents.language import language_of
from trialhouse.documents.own_notices import of_relations, of_title
from trialhouse.documents.plain_titles import plain_title
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.references import References, cited_only, sort_identifiers
from trialhouse.model.citation import Publication
from trialhouse.model.document import (
    Document,
    DocumentProse,
    DocumentRelation,
    Identifier,
    OwnNotice,
    Receipt,
    Zone,
    ZoneKind,
)
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.prose import Piece

ENOUGH_WORDS = 600
"""Characters that tell a language."""

CUT_BY_LIBRARY = "the library cut its abstract"
"""Why an abstract of MEDLINE's early years is partial."""

NO_ABSTRACT = "It has no abstract: nothing but its title was read; give the paper's text to read its results."


@dataclass(kw_only=True)
class RecordFacts:
    """What a record says of its document; everything may be missing. Spans and evidence count in the file.

    `types` are its publication types in lower case, `own` the document's identifiers by scheme, `relations` what the
    record states, `cited` its references, `cited_registry_ids` the registry ids in them, `notice` what a notice does
    to the document that it is about, and `notices` what the record says became of its own document; None is what its
    relations say of that.
    """

    format: str
    kind: DocumentKind | None = None
    notice: Relation | None = None
    title: str | None = None
    journal: str | None = None
    publication: Publication = field(default_factory=Publication)
    published: str | None = None
    types: Sequence[str] = ()
    language: str | None = None
    url: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    relations: Sequence[DocumentRelation] = ()
    notices: Sequence[OwnNotice] | None = None
    cited: Sequence[Identifier] = ()
    cited_registry_ids: Sequence[Identifier] = ()
    license: str | None = None
    partial_reason: str | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    unknown: Sequence[Evidence] = ()
    problem: str | None = None


def record_document(text: str, receipt: Receipt, lines: ProseLines, facts: RecordFacts) -> Document:
    """The document of a record: `text` is the decoded file, `lines` the prose that was written from it."""
    return Document(**document_values(text, receipt, lines, facts))


def document_values(text: str, receipt: Receipt, lines: ProseLines, facts: RecordFacts) -> dict[str, Any]:
    """The fields of `record_document`, all of them in their order."""
    prose, named = _prose(lines, facts)
    return {
        "document_id": receipt.document_id,
        "receipt": receipt,
        "format": facts.format,
        "kind": facts.kind,
        "text": text,
        "prose": prose,
        "zones": (),
        "title": plain_title(facts.title),
        "journal": facts.journal,
        "publication": facts.publication,
        "published": facts.published,
        "publication_types": tuple(dict.fromkeys(facts.types)),
        "language": facts.language,
        "other_languages": _copies(prose.zones),
        "url": facts.url,
        "doi": facts.own.get("doi"),
        "pmid": facts.own.get("pmid"),
        "pmcid": facts.own.get("pmcid"),
        "registry_ids": tuple([_in_file(prose, one) for one in prose.registry_ids]),
        "cites": _cites(prose, named, facts),
        "cited_registry_ids": cited_only(facts.cited_registry_ids, prose.registry_ids),
        "relations": _relations(text, prose, named, facts),
        "notices": _own_notices(facts),
        "is_partial": facts.partial_reason is not None,
        "partial_reason": facts.partial_reason,
        "license": facts.license or receipt.license,
        "text_mining_reservation": None,
        "evidence": dict(facts.evidence),
        "unknown": tuple(facts.unknown),
        "problem": facts.problem,
    }


def _own_notices(facts: RecordFacts) -> tuple[OwnNotice, ...]:
    """What the record says became of its document; its title is heard where nothing else says that it is retracted."""
    said = of_relations(facts.relations) if facts.notices is None else tuple(facts.notices)
    if facts.kind is DocumentKind.NOTICE or any(one.status is EvidenceStatus.RETRACTED for one in said):
        return said
    return (*said, *of_title(facts.title, facts.journal, facts.evidence.get("title")))


def language_of_body(lines: ProseLines, stated: str | None) -> str | None:
    """The language of the body by its words; where they do not tell, the one that the record states."""
    text = lines.words.text
    body = "\n".join(text[line.start : line.end] for line in lines.lines if line.kind is ZoneKind.BODY)
    return language_of(body[:ENOUGH_WORDS]) or stated


def _prose(lines: ProseLines, facts: RecordFacts) -> tuple[DocumentProse, References]:
    """The record's words with their zones and registry ids, and what they name. Spans count in the words."""
    text = lines.words.text
    zones = lines.zones(text)
    own_words = text if lines.own_words is None else text[: lines.own_words]
    named = sort_identifiers(own_words, list(zones), facts.kind, facts.notice, dict(facts.own))
    ids = {(one.registry, one.value): one for one in lines.registered}
    for one in named.registry_ids:
        if (one.registry, one.value) in ids or not _is_elsewhere(lines, one, own_words):
            ids[one.registry, one.value] = one
    pieces = Piece.unchecked_all(
        [
            {"start": start, "text_start": from_, "text_end": to, "locator": locator}
            for start, from_, to, locator in lines.words.stretches
        ]
    )
    registry_ids = tuple(sorted(ids.values(), key=lambda one: one.start))
    prose = {"text": text, "pieces": tuple(pieces), "zones": zones, "registry_ids": registry_ids}
    return DocumentProse.unchecked(prose), named


def _is_elsewhere(lines: ProseLines, one: Identifier, text: str) -> bool:
    """Whether every mention of a registry id as it is written first stands where other trials are spoken of."""
    written = text[one.start : one.end]
    at = one.start
    while at >= 0:
        if not any(start <= at < end for start, end in lines.elsewhere):
            return False
        at = text.find(written, at + 1)
    return True


def _copies(zones: Sequence[Zone]) -> tuple[str, ...]:
    """The languages of the copies of the text."""
    return tuple(sorted({zone.language for zone in zones if zone.kind is ZoneKind.OTHER_LANGUAGE and zone.language}))


def _in_file(prose: DocumentProse, one: Identifier) -> Identifier:
    start, end, _ = prose.in_file(one.start, one.end)
    return one.model_copy(update={"start": start, "end": end})


def _cites(prose: DocumentProse, named: References, facts: RecordFacts) -> tuple[Identifier, ...]:
    """What the record cites, each once: other records, the references, and what the words of the abstract name."""
    stated = {(r.scheme, r.value) for r in facts.relations if r.relation is not Relation.CITES}
    stated.update(facts.own.items())
    named_by_it = [
        Identifier(scheme=relation.scheme, value=relation.value, start=proof.start, end=proof.end)
        for relation in facts.relations
        if (proof := relation.evidence) is not None
    ]
    cited = [*named_by_it, *facts.cited, *(_in_file(prose, one) for one in named.cites)]
    # The first of each: written last, it has the place; hardly any of the dozens comes twice.
    found = {(one.scheme, one.value): one for one in cited}
    if len(found) < len(cited):
        for one in reversed(cited):
            found[one.scheme, one.value] = one
    for key in stated:
        found.pop(key, None)
    return tuple(found.values())


def _relations(text: str, prose: DocumentProse, named: References, facts: RecordFacts) -> tuple[DocumentRelation, ...]:
    """The relations that the record states, and those that its words name beside them."""
    known = {(relation.scheme, relation.value) for relation in facts.relations}
    moved = []
    for relation in named.relations:
        if relation.evidence is not None and (relation.scheme, relation.value) not in known:
            start, end, locator = prose.in_file(relation.evidence.start, relation.evidence.end)
            proof = Evidence(start=start, end=end, quote=text[start:end], locator=locator)
            moved.append(relation.model_copy(update={"evidence": proof}))
    return (*facts.relations, *moved)
