"""PubMed's XML: one record, as EFetch gives it or as it stands in the files of the library, with or without its set.

Element names are those of the National Library of Medicine's DTD; `pubmed_elements` names every one that is left out.
The text of the document is the decoded file. A PMID whose record was replaced by another version of itself keeps the
version in the locator of its evidence (`…/PMID[@Version="2"]`).
"""

import re

from pydantic import TypeAdapter

from trialhouse.documents.language import language_of
from trialhouse.documents.pubmed_facts import (
    kind_of,
    notice_of,
    own_identifiers,
    publication_types,
    published,
    version_of,
)
from trialhouse.documents.pubmed_prose import ProseWriter, abstract, languages, write_prose
from trialhouse.documents.pubmed_record import PubmedRecord, looks_like_pubmed
from trialhouse.documents.pubmed_relations import cited, stated_relations
from trialhouse.documents.references import References, sort_identifiers
from trialhouse.documents.statements import stated_license
from trialhouse.model.document import (
    Document,
    DocumentProse,
    DocumentRelation,
    Identifier,
    Receipt,
    Zone,
    ZoneKind,
)
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.prose import Piece
from trialhouse.text.xml_stretches import Stretch

FORMAT = "pubmed_xml"

NO_ABSTRACT = "PubMed has no abstract of it: nothing but its title was read; give the paper's text to read its results."
_ENOUGH_WORDS = 600
"""Characters that tell a language."""

_PIECE = tuple(Piece.model_fields)
_PIECES = TypeAdapter(tuple[Piece, ...])
_NO_TITLE = re.compile(r"\[?not available\]?\.?", re.I)
_TRUNCATED = re.compile(r"\(ABSTRACT TRUNCATED[^)]{0,40}\)\s*\Z")

__all__ = ["FORMAT", "looks_like_pubmed", "parse_pubmed_xml"]


def parse_pubmed_xml(text: str, receipt: Receipt) -> Document:
    """Read one record.

    Raises UnreadableDocument: "truncated", "not_xml", "unsafe_xml", "several_records" or "no_record".
    """
    record = PubmedRecord(text, receipt.locator)
    types = publication_types(record)
    parts = abstract(record)
    kind = kind_of(types, bool(parts))
    own = own_identifiers(record)
    values = {scheme: one.value for scheme, (one, _) in own.items()}
    title, language = _title(record), _language(record, parts)
    prose, named = _prose(*write_prose(record, title, parts, language), (kind, notice_of(types)), values)
    relations = stated_relations(record, kind, types)
    date = published(record)
    journal = record.first("Journal/Title", *(["Book/BookTitle"] if _is_chapter(title) else []))
    places = {"title": title, "journal": journal, "published": date[1] if date else None}
    return Document(
        document_id=receipt.document_id,
        receipt=receipt,
        format=FORMAT,
        kind=kind,
        text=text,
        prose=prose,
        title=record.words(title) if title else None,
        journal=record.words(journal) if journal else None,
        published=date[0] if date else None,
        language=language,
        other_languages=_copies(prose.zones),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{values['pmid']}/" if "pmid" in values else None,
        **values,
        registry_ids=tuple(_in_file(prose, one) for one in prose.registry_ids),
        cites=_cites(record, prose, named, relations, values),
        relations=_relations(record, prose, named, relations),
        is_partial=bool(parts) and bool(_TRUNCATED.search(record.raw(parts[-1])[-100:])),
        license=_license(record) or receipt.license,
        evidence=_evidence(record, places, own),
        unknown=tuple(record.unknown()),
        problem=None if parts else NO_ABSTRACT,
    )


def _title(record: PubmedRecord) -> Stretch | None:
    """The title in the language of the record; the original one where PubMed has no translation of it."""
    paths = ["Article/ArticleTitle", "BookDocument/ArticleTitle", "Article/VernacularTitle", "Book/BookTitle"]
    said = [one for one in record.all(*paths) if record.raw(one).strip()]
    known = (one for one in said if not _NO_TITLE.fullmatch(record.raw(one).strip()))
    return next(known, next(iter(said), None))


def _language(record: PubmedRecord, parts: list[Stretch]) -> str | None:
    """The language of the abstract by its words; where they do not tell, that of the article."""
    words = ""
    for part in parts:
        words += record.raw(part)[:_ENOUGH_WORDS] + "\n"
        if len(words) >= _ENOUGH_WORDS:
            break
    return language_of(words[:_ENOUGH_WORDS]) or next(iter(languages(record)), None)


def _is_chapter(title: Stretch | None) -> bool:
    """Whether a document is part of a book, which then is what it was published in."""
    return title is not None and title.node.tag != "BookTitle"


def _prose(
    writer: ProseWriter,
    registered: list[Identifier],
    kinds: tuple[DocumentKind | None, Relation | None],
    own: dict[str, str],
) -> tuple[DocumentProse, References]:
    """The record's words with their zones and registry ids, and what they name. Spans count in the words."""
    text = writer.words.text
    zones = writer.zones(text)
    named = sort_identifiers(text[: writer.own_words], list(zones), *kinds, own)
    ids = {(one.registry, one.value): one for one in registered}
    ids.update({(one.registry, one.value): one for one in named.registry_ids})
    registry_ids = tuple(sorted(ids.values(), key=lambda one: one.start))
    # All pieces are made in one call: one by one they would cost as much as finding them.
    pieces = _PIECES.validate_python([dict(zip(_PIECE, one, strict=True)) for one in writer.words.stretches])
    return DocumentProse(text=text, pieces=pieces, zones=zones, registry_ids=registry_ids), named


def _copies(zones: tuple[Zone, ...]) -> tuple[str, ...]:
    """The languages of the copies of the text."""
    return tuple(sorted({zone.language for zone in zones if zone.kind is ZoneKind.OTHER_LANGUAGE and zone.language}))


def _in_file(prose: DocumentProse, one: Identifier) -> Identifier:
    start, end, _ = prose.in_file(one.start, one.end)
    return one.model_copy(update={"start": start, "end": end})


def _cites(
    record: PubmedRecord,
    prose: DocumentProse,
    named: References,
    relations: list[DocumentRelation],
    own: dict[str, str],
) -> tuple[Identifier, ...]:
    """What the record cites, each once: other records, the references, and what the words of the abstract name."""
    stated = {(r.scheme, r.value) for r in relations if r.relation is not Relation.CITES} | set(own.items())
    found: dict[tuple[str, str], Identifier] = {}
    for relation in relations:
        if (proof := relation.evidence) is not None:
            one = Identifier(scheme=relation.scheme, value=relation.value, start=proof.start, end=proof.end)
            found.setdefault((one.scheme, one.value), one)
    for one in (*cited(record), *(_in_file(prose, one) for one in named.cites)):
        found.setdefault((one.scheme, one.value), one)
    return tuple(one for key, one in found.items() if key not in stated)


def _relations(
    record: PubmedRecord, prose: DocumentProse, named: References, relations: list[DocumentRelation]
) -> tuple[DocumentRelation, ...]:
    """The relations that the record states, and those that its words name beside them."""
    known = {(relation.scheme, relation.value) for relation in relations}
    moved = []
    for relation in named.relations:
        if relation.evidence is not None and (relation.scheme, relation.value) not in known:
            start, end, locator = prose.in_file(relation.evidence.start, relation.evidence.end)
            proof = Evidence(start=start, end=end, quote=record.text[start:end], locator=locator)
            moved.append(relation.model_copy(update={"evidence": proof}))
    return (*relations, *moved)


def _license(record: PubmedRecord) -> str | None:
    """The licence that the copyright line states, else the line itself: whose text it is, and nothing allowed."""
    line = record.first("Abstract/CopyrightInformation")
    return (stated_license(record.words(line)) or record.words(line)) if line else None


def _evidence(
    record: PubmedRecord, places: dict[str, Stretch | None], own: dict[str, tuple[Identifier, Stretch]]
) -> dict[str, Evidence]:
    """Where the record says what was read of the document itself."""
    proof = {name: record.evidence(element) for name, element in places.items() if element is not None}
    for scheme, (_, element) in own.items():
        proof[scheme] = record.evidence(element)
    if "pmid" in own and (version := version_of(own["pmid"][1])):
        locator = f'{proof["pmid"].locator}[@Version="{version}"]'
        proof["pmid"] = proof["pmid"].model_copy(update={"locator": locator})
    return proof
