"""RIS, the format in which reference managers and databases exchange citations: one record.

Tags are those of the RIS specification of 2011 with the habits of the large exporters: PubMed, Scopus, Web of Science,
Ovid. The text of the document is the decoded file.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from trialhouse.documents.authors_and_pages import authors_of, pages_of
from trialhouse.documents.citation_facts import (
    citation_kind,
    is_day,
    kind_words,
    own_identifiers,
    publication_types,
    registrations,
)
from trialhouse.documents.language import language_of
from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.own_notices import RETRACTED_TYPE, of_retracted_type
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.record_document import (
    ENOUGH_WORDS,
    NO_ABSTRACT,
    RecordFacts,
    language_of_body,
    record_document,
)
from trialhouse.documents.tagged_lines import Field, TaggedRecord, single
from trialhouse.model.citation import Publication
from trialhouse.model.document import Document, OwnNotice, Receipt, ZoneKind
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.tagged_records import RIS_LINE, is_ris, ris_records

FORMAT = "ris"

TITLES = ("TI", "T1", "CT", "BT", "ST")
_JOURNALS = ("JF", "JO", "JA", "J1", "J2", "T2", "BT")
_DATES = ("DA", "PY", "Y1")
ABSTRACTS = ("AB", "N2")

READ = frozenset(
    (
        *TITLES,
        *_JOURNALS,
        *_DATES,
        *ABSTRACTS,
        *"TY ER DO AN C2 LA UR M3 N1 DB TT L3 AU A1 VL VO IS CP SP EP C7".split(),
    )
)
"""Tags that are read."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "people beside the authors": frozenset("A2 A3 A4 A5 ED CA AD TA".split()),
    "index terms": frozenset(["KW"]),
    "where it stands in its journal or book": frozenset("SN PB CY PP ET NV T3 OP RI SE".split()),
    "where the text can be had, and what a program made of the record": frozenset(
        "ID L1 L2 L4 LK DP RN RP Y2 M1 M2 CN CR LB U1 U2 U3 U4 U5 C1 C3 C4 C5 C6 C8 AV ".split()
    ),
}
"""Tags that are not read, by the reason."""

KNOWN = READ | frozenset().union(*LEFT_OUT.values())

_RETRACTED = frozenset((RETRACTED_TYPE, "retracted"))
"""Types of papers that were retracted: of PubMed and the Web of Science, of Scopus."""

_SLASHED = lazy_compile(r"([0-9]{4})/([0-9]{0,2})/?([0-9]{0,2})/?")


def parse_ris(text: str, receipt: Receipt) -> Document:
    """Read one record. Raises UnreadableDocument: "several_records" or "no_record"."""
    record = TaggedRecord(text, single(ris_records(text), receipt.locator, "RIS"), RIS_LINE)
    title = record.first(*TITLES)
    abstract = max(record.all(*ABSTRACTS), key=lambda one: len(record.words(one)), default=None)
    stated = iso_639_1(_language(record.words(record.first("LA"))))
    lines = ProseLines(Flattening(text))
    if title is not None:
        record.add(lines, ZoneKind.TITLE, title, stated)
    if abstract is not None:
        _add_abstract(record, lines, abstract, stated)
    for one in record.all("TT"):
        record.add(lines, ZoneKind.OTHER_LANGUAGE, one)
    for one in record.all("N1", "M3", "AN", "C2", "UR"):
        registrations(lines, record.words(one), partial(record.fill, field=one))
    journal = next((one for one in record.all(*_JOURNALS) if one is not title), None)
    date = _published(record)
    own = own_identifiers(dict(stated_ids(record)))
    places = {"title": title, "journal": journal, "published": date[1] if date else None}
    places |= {scheme: field for scheme, (_, field) in own.items()}
    kind, notice = citation_kind(
        kind_words(record.words(record.first("TY")), record.words(record.first("M3"))),
        record.words(title),
        record.words(journal),
        has_abstract=abstract is not None,
    )
    facts = RecordFacts(
        format=FORMAT,
        kind=kind,
        types=publication_types(record.words(record.first("TY")), *(record.words(one) for one in record.all("M3"))),
        notice=notice,
        notices=list(_own_notices(record)),
        title=record.words(title) or None,
        journal=record.words(journal) or None,
        publication=publication_of(record),
        published=date[0] if date else None,
        language=language_of_body(lines, stated),
        url=next((words for one in record.all("UR") if (words := record.words(one)).startswith("http")), None),
        own={scheme: value for scheme, (value, _) in own.items()},
        evidence={name: record.evidence(one) for name, one in places.items() if one is not None},
        unknown=record.unknown(KNOWN),
        problem=None if abstract is not None else NO_ABSTRACT,
    )
    return record_document(text, receipt, lines, facts)


def _add_abstract(record: TaggedRecord, lines: ProseLines, abstract: Field, stated: str | None) -> None:
    """Add the abstract; lines of it in another language are a copy, which some exporters put behind it."""
    main = language_of(record.words(abstract)[:ENOUGH_WORDS]) or stated
    groups: list[tuple[str | None, list[tuple[int, int]]]] = []
    for start, end in abstract.parts:
        known = language_of(record.text[start:end]) or (groups[-1][0] if groups else main)
        if not groups or groups[-1][0] != known:
            groups.append((known, []))
        groups[-1][1].append((start, end))
    for language, parts in groups:
        kind = ZoneKind.BODY if language == main else ZoneKind.OTHER_LANGUAGE
        record.add(lines, kind, replace(abstract, parts=tuple(parts)), language)


def stated_ids(record: TaggedRecord) -> Iterator[tuple[str, list[tuple[str, Field]]]]:
    """The words that may hold the record's own DOI, PMID and PMCID, the surest first."""
    yield (
        "doi",
        [(record.words(one), one) for one in record.all("DO", "M3", "N1", "UR", "L3") if _may_hold(record, one)],
    )
    is_pubmed = (
        "pubmed" in record.words(record.first("DB")).lower() or "medline" in record.words(record.first("DB")).lower()
    )
    numbers = [(record.words(one), one) for one in record.all("AN")]
    yield "pmid", [(words, one) for words, one in numbers if is_pubmed or words.upper().startswith("PMID")]
    yield "pmcid", [(record.words(one), one) for one in record.all("C2")]


def publication_of(record: TaggedRecord) -> Publication:
    """Authors, volume, issue and pages; C7 has the number of an article."""

    def words(*tags: str) -> str | None:
        return record.words(record.first(*tags)) or None

    return Publication(
        authors=tuple(name for one in record.all("AU", "A1") for name in _names(record.words(one))),
        volume=words("VL", "VO"),
        number=words("IS", "CP"),
        pages=pages_of(None, words("SP"), words("EP"), words("C7")),
    )


def _names(words: str) -> list[str]:
    """A field has one author; some exporters put all into one."""
    return authors_of(words) if ";" in words else [words]


def _own_notices(record: TaggedRecord) -> Iterator[OwnNotice]:
    """What the exporter's name for the type says of the paper ("Article; Retracted Publication")."""
    for one in record.all("M3"):
        if not _RETRACTED.isdisjoint(publication_types("", record.words(one))):
            yield from of_retracted_type(record.evidence(one))


def _may_hold(record: TaggedRecord, one: Field) -> bool:
    """Whether a field names the record's own DOI: notes do only where they say no more than that."""
    words = record.words(one)
    return one.tag == "DO" or words.lower().startswith(("doi", "https://doi.org/", "http://dx.doi.org/"))


def _published(record: TaggedRecord) -> tuple[str, Field] | None:
    """When it was published: the most precise of the dates ("2014/07/15/", "2014//", "2014 Jul")."""
    found: list[tuple[str, Field]] = []
    for one in record.all(*_DATES):
        words = record.words(one)
        slashed = _SLASHED.match(words)
        if slashed:
            words = "-".join(part.zfill(2) for part in slashed.groups() if part)
        date = find_date(words)
        if date and is_day(date[0]):
            found.append((date[0], one))
    years = {iso[:4] for iso, one in found if one.tag != "DA"}
    # DA may be the day of the export: it counts where its year is that of the publication.
    fitting = [one for one in found if one[1].tag != "DA" or not years or one[0][:4] in years]
    return max(fitting, key=lambda one: len(one[0]), default=None)


def _language(words: str) -> str:
    """The first three letters of a language's name are its code for nearly all that RIS files name."""
    bare = words.strip().lower()
    return bare if len(bare) <= 3 else bare[:3]


__all__ = ["FORMAT", "is_ris", "parse_ris"]
