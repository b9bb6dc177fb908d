"""Plain text: abstracts, and pages of news, portals and journals flattened to text.

`read_page` is the machinery that every format made of prose shares: HTML gives it a flattened text, the blocks whose
kind its markup tells, and its publisher's metadata; plain text gives it the text alone.
"""

from dataclasses import dataclass, field

from trialhouse.documents.blocks import Block, split_blocks
from trialhouse.documents.citation_line import Citation, read_citation
from trialhouse.documents.document_kind import kind_of, notice_relation, tells_of_papers
from trialhouse.documents.language import language_of, main_language
from trialhouse.documents.own_notices import of_relations, of_title
from trialhouse.documents.plain_titles import plain_title
from trialhouse.documents.references import References, sort_identifiers
from trialhouse.documents.statements import FILE_CUT, partial_reason, stated_license
from trialhouse.documents.text_mining import reserving_sentence, signalled_reservation
from trialhouse.documents.zones import classify, make_zones
from trialhouse.model.citation import Publication
from trialhouse.model.document import Document, Identifier, OwnNotice, Receipt, UnreadableDocument, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, EvidenceStatus
from trialhouse.model.evidence import Evidence

FORMAT = "plain_text"

MOST_LINES = 100_000
"""Lines and paragraphs of a text that are read at most: every one is asked what it is. The longest recorded text has
244, the longest page of a journal some thousand."""


@dataclass(frozen=True)
class Known:
    """What a format knows of a page before its text is read; everything may be missing.

    `zones` gives the kinds of stretches of the text that the markup tells; `own` the page's own identifiers by scheme;
    `linked` the papers that its links lead to; `types` are what its head calls the text, in lower case; `is_other` says
    that the text is of a type that is none of the kinds, `is_cut` that the file has no end; `reservation` is the signal
    for machines that reserves text and data mining.
    """

    zones: tuple[Zone, ...] = ()
    title: str | None = None
    fallback_title: str | None = None
    journal: str | None = None
    publication: Publication = field(default_factory=Publication)
    published: str | None = None
    types: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    kind: DocumentKind | None = None
    is_other: bool = False
    is_cut: bool = False
    own: dict[str, str] = field(default_factory=dict)
    linked: tuple[Identifier, ...] = ()
    license: str | None = None
    reservation: str | None = None
    problem: str | None = None


def parse_plain_text(text: str, receipt: Receipt) -> Document:
    """Read a plain text. Its `text` is the decoded file, so that offsets count the file's own characters.

    Raises UnreadableDocument, "too_many_lines".
    """
    return read_page(text, receipt, FORMAT, Known(reservation=signalled_reservation(receipt.headers, {})))


def read_page(text: str, receipt: Receipt, format_name: str, known: Known) -> Document:
    """Find the zones of a text and what they say of the document; what is known beforehand goes before.

    Raises UnreadableDocument, "too_many_lines".
    """
    blocks = _blocks(text, receipt)
    language = main_language((block.language, len(block.text)) for block in blocks if block.is_prose) or language_of(
        text[:5000]
    )
    kinds = classify(blocks, language, _fixed(blocks, known.zones))
    zones = make_zones(blocks, kinds, language)
    citation = read_citation([b for b, kind in zip(blocks, kinds, strict=True) if kind is ZoneKind.CITATION])
    if known.own.get("doi") and known.journal:
        citation.has_own_line, citation.has_byline = True, False
    title_zone = next((zone for zone in zones if zone.kind is ZoneKind.TITLE), None)
    title = known.title or (" ".join(text[title_zone.start : title_zone.end].split()) if title_zone else None)
    title = title or known.fallback_title
    kind, named = _kind_and_names(text, blocks, kinds, zones, title=title, citation=citation, known=known)
    partial = FILE_CUT if known.is_cut else partial_reason(blocks, kinds)
    reserving = reserving_sentence(text) if known.reservation is None else None
    return Document(
        document_id=receipt.document_id,
        receipt=receipt,
        format=format_name,
        kind=kind,
        text=text,
        zones=tuple(zones),
        title=plain_title(title) if known.title else title,
        journal=known.journal or (citation.journal[0] if citation.journal else None),
        publication=known.publication,
        published=known.published or (citation.published[0] if citation.published else None),
        publication_types=known.types,
        language=language or known.language,
        other_languages=_other_languages(zones),
        url=known.url,
        doi=named.own.get("doi"),
        pmid=named.own.get("pmid"),
        pmcid=named.own.get("pmcid"),
        registry_ids=named.registry_ids,
        cites=named.cites,
        cited_registry_ids=named.cited_registry_ids,
        relations=named.relations,
        notices=_own_notices(text, kind, named, title_zone, known.journal),
        is_partial=partial is not None,
        partial_reason=partial,
        license=known.license or stated_license(text) or receipt.license,
        text_mining_reservation=reserving.quote if reserving is not None else known.reservation,
        evidence={
            **_evidence(text, title_zone, citation, named, known),
            **({"text_mining_reservation": reserving} if reserving is not None else {}),
        },
        problem=known.problem,
    )


def _kind_and_names(
    text: str,
    blocks: list[Block],
    kinds: list[ZoneKind],
    zones: list[Zone],
    *,
    title: str | None,
    citation: Citation,
    known: Known,
) -> tuple[DocumentKind | None, References]:
    """What the text is, and its identifiers; which of them are its own depends on what it is, and the other way."""
    kind = known.kind
    if kind is None and not known.is_other:
        kind = kind_of(text, blocks, kinds, zones, title=title, citation=citation)
    notice = None
    if kind is DocumentKind.NOTICE:
        body = "\n".join(text[zone.start : zone.end] for zone in zones if zone.kind is ZoneKind.BODY)
        notice = notice_relation(title, body)
    named = sort_identifiers(text, zones, kind, notice, known.own, linked=known.linked)
    has_publication = bool(known.kind or known.is_other or known.journal or named.own)
    if not has_publication and kind in (DocumentKind.ABSTRACT, None) and tells_of_papers(text, blocks, kinds, zones):
        told = sort_identifiers(text, zones, DocumentKind.NEWS, linked=known.linked)
        return (DocumentKind.NEWS, told) if told.cites else (kind, named)
    return kind, named


def _own_notices(
    text: str, kind: DocumentKind | None, named: References, title: Zone | None, journal: str | None
) -> tuple[OwnNotice, ...]:
    """What the page says became of its document; its title is heard where it stands in the text."""
    said = of_relations(named.relations)
    if title is None or kind is DocumentKind.NOTICE or any(one.status is EvidenceStatus.RETRACTED for one in said):
        return said
    return (*said, *of_title(text[title.start : title.end], journal, Evidence.of(text, title.start, title.end)))


def _blocks(text: str, receipt: Receipt) -> list[Block]:
    blocks = split_blocks(text)
    if len(blocks) > MOST_LINES:
        where = receipt.locator or receipt.record_id
        message = f"{where}: its text has more than {MOST_LINES:,} lines, which no article has; cut it to one document."
        raise UnreadableDocument("too_many_lines", message)
    return blocks


def _fixed(blocks: list[Block], zones: tuple[Zone, ...]) -> dict[int, ZoneKind]:
    """The kinds known beforehand, by block number: a block takes the kind of the zone that it begins in."""
    fixed: dict[int, ZoneKind] = {}
    at = 0
    for number, block in enumerate(blocks):
        while at < len(zones) and zones[at].end <= block.start:
            at += 1
        if at < len(zones) and zones[at].start <= block.start:
            fixed[number] = zones[at].kind
    return fixed


def _other_languages(zones: list[Zone]) -> tuple[str, ...]:
    found = {zone.language for zone in zones if zone.kind is ZoneKind.OTHER_LANGUAGE and zone.language}
    return tuple(sorted(found))


def _evidence(
    text: str, title_zone: Zone | None, citation: Citation, named: References, known: Known
) -> dict[str, Evidence]:
    """Where the text says what was read from it; of a fact from metadata there is no place in the text."""
    proof: dict[str, Evidence] = {}
    if title_zone and known.title in (None, " ".join(text[title_zone.start : title_zone.end].split())):
        proof["title"] = Evidence.of(text, title_zone.start, title_zone.end)
    if citation.journal and known.journal in (None, citation.journal[0]):
        proof["journal"] = Evidence.of(text, *citation.journal[1:])
    if citation.published and known.published in (None, citation.published[0]):
        proof["published"] = Evidence.of(text, *citation.published[1:])
    for scheme, one in (("doi", named.doi), ("pmid", named.pmid), ("pmcid", named.pmcid)):
        if one is not None:
            proof[scheme] = Evidence.of(text, one.start, one.end)
    return proof
