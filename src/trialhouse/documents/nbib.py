"""PubMed's tagged format (nbib, MEDLINE): one record.

Tags are those of the National Library of Medicine's "MEDLINE/PubMed Data Element (Field) Descriptions". The text of the
document is the decoded file.
"""

import re
from collections.abc import Iterator

from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.own_notices import RETRACTED_TYPE, of_retracted_type, own_notice
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.pubmed_facts import kind_of, span_of_dates
from trialhouse.documents.pubmed_relations import relation_of, words_of
from trialhouse.documents.record_document import (
    CUT_BY_LIBRARY,
    NO_ABSTRACT,
    RecordFacts,
    language_of_body,
    record_document,
)
from trialhouse.documents.statements import stated_license
from trialhouse.documents.tagged_lines import Field, TaggedRecord, single
from trialhouse.documents.written_identifiers import identifier
from trialhouse.model.citation import Publication
from trialhouse.model.dates import first_day
from trialhouse.model.document import Document, DocumentRelation, Identifier, OwnNotice, Receipt, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import find_identifiers, normalise_doi, normalise_registry_id
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.tagged_records import NBIB_LINE, is_nbib, nbib_records

FORMAT = "nbib"

_REF_TYPES = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "CRF": "CorrectedandRepublishedFrom",
    "CRI": "CorrectedandRepublishedIn",
    "DDIN": "AssociatedDataset",
    "ECF": "ExpressionOfConcernFor",
    "ECI": "ExpressionOfConcernIn",
    "EFR": "ErratumFor",
    "EIN": "ErratumIn",
    "ORI": "OriginalReportIn",
    "PRIN": "RetractionIn",
    "PROF": "RetractionOf",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RPF": "RepublishedFrom",
    "RPI": "RepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "SPIN": "SummaryForPatientsIn",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
}
"""PubMed's RefType for each tag of comments and corrections."""

READ = frozenset(
    "PMID PMC TI BTI TT AB OAB OABL LA PT DP DEP JT TA LID AID SI CI AU FAU CN VI IP PG".split()
) | frozenset(_REF_TYPES)
"""Tags that are read."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "people beside the authors": frozenset("AD AUID FED ED IR FIR IRAD PS FPS COIS".split()),
    "index terms": frozenset("MH OT OTO RN NM EN GS SB KW SFM MHDA ACC".split()),
    "money": frozenset(["GR"]),
    "where it stands in its journal or book": frozenset("IS PL JID SO ISBN PB CP CTI CTDT VTI EN DRDT PMCR".split()),
    "the record's own history": frozenset(
        "OWN STAT DA DCOM LR EDAT CRDT PHST PST PUBM MID OID OCI NR GN STATUS ROR EIN2".split()
    ),
}
"""Tags that are not read, by the reason."""

KNOWN = READ | frozenset().union(*LEFT_OUT.values())

_PAPER = lazy_compile(r"(\S+)\s*\[(doi|pmc)\]", re.I)
_SPAN = lazy_compile(r"[A-Za-z]{3,9}\s?[-–/]|[0-9]\s?[-–]\s?[0-9]")
_TRUNCATED = lazy_compile(r"\(ABSTRACT TRUNCATED[^)]{0,40}\)\s*\Z")


def parse_nbib(text: str, receipt: Receipt) -> Document:
    """Read one record. Raises UnreadableDocument: "several_records" or "no_record"."""
    span = single(nbib_records(text), receipt.locator, "PubMed's tagged format")
    record = TaggedRecord(text, span, NBIB_LINE, is_indented=True)
    types = [record.words(one).lower() for one in record.all("PT")]
    abstracts = [one for one in record.all("AB") if record.words(one)]
    stated = next((code for one in record.all("LA") if (code := iso_639_1(record.words(one)))), None)
    lines, title = _write(record, stated)
    kind, notice = kind_of(types, record.words(title), bool(abstracts))
    own = dict(own_ids(record))
    date = _published(record)
    journal = record.first("JT", "TA", *(["BTI"] if title is None or title.tag != "BTI" else []))
    places = {"title": title, "journal": journal, "published": date[1] if date else None}
    places |= {scheme: field for scheme, (_, field) in own.items()}
    values = {scheme: value for scheme, (value, _) in own.items()}
    facts = RecordFacts(
        format=FORMAT,
        kind=kind,
        notice=notice,
        title=record.words(title) or None,
        journal=record.words(journal) or None,
        publication=publication_of(record),
        published=date[0] if date else None,
        types=types,
        language=language_of_body(lines, stated),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{values['pmid']}/" if "pmid" in values else None,
        own=values,
        relations=list(_relations(record, kind, types)),
        notices=list(_own_notices(record)),
        license=_license(record),
        partial_reason=_partial(record, abstracts),
        evidence={name: record.evidence(one) for name, one in places.items() if one is not None},
        unknown=record.unknown(KNOWN),
        problem=None if abstracts else NO_ABSTRACT,
    )
    return record_document(text, receipt, lines, facts)


def _write(record: TaggedRecord, stated: str | None) -> tuple[ProseLines, Field | None]:
    """The lines of the record, and the field of its title."""
    lines = ProseLines(Flattening(record.text))
    title = record.first("TI", "BTI", "TT")
    if title is not None:
        record.add(lines, ZoneKind.TITLE, title, stated)
    for one in record.all("AB"):
        record.add(lines, ZoneKind.BODY, one, stated)
    for one in record.all("SI"):
        _register(record, lines, one)
    for one in record.all("TT"):
        if one is not title:
            record.add(lines, ZoneKind.OTHER_LANGUAGE, one)
    languages = [iso_639_1(record.words(one)) for one in record.all("OABL")]
    for number, one in enumerate(record.all("OAB")):
        code = languages[number] if number < len(languages) else None
        record.add(lines, ZoneKind.RELATED if code == stated else ZoneKind.OTHER_LANGUAGE, one, code)
    lines.own_words_end_here()
    for one in record.all("CI"):
        record.add(lines, ZoneKind.FOOTER, one)
    return lines, title


def _register(record: TaggedRecord, lines: ProseLines, field: Field) -> None:
    """Add an accession number ("ClinicalTrials.gov/NCT01234567") where it is one of a registry of trials."""
    words = record.words(field)
    bank, _, number = words.partition("/")
    typed = normalise_registry_id(number or bank)
    if typed:
        start, end = record.add(lines, ZoneKind.CITATION, field)
        start = end - len(number or bank)
        lines.registered.append(Identifier(scheme="registry", value=typed[1], registry=typed[0], start=start, end=end))


def own_ids(record: TaggedRecord) -> Iterator[tuple[str, tuple[str, Field]]]:
    """The record's own identifiers by scheme, each with its field; the first of a scheme comes last and wins."""
    found: list[tuple[str, tuple[str, Field]]] = []
    for tag, kind in (("PMID", "pubmed"), ("PMC", "pmc")):
        for one in record.all(tag):
            named = identifier(kind, record.words(one), 0, 0)
            if named is not None:
                found.append((named.scheme, (named.value, one)))
    for one in record.all("LID", "AID"):
        typed = _PAPER.fullmatch(record.words(one))
        named = identifier(typed[2].lower(), typed[1], 0, 0) if typed else None
        if typed and named is None and typed[2].lower() == "doi" and (doi := normalise_doi(typed[1])):
            found.append(("doi", (doi, one)))
        elif named is not None:
            found.append((named.scheme, (named.value, one)))
    return reversed(found)


def publication_of(record: TaggedRecord) -> Publication:
    """Authors by their full names where these are given, groups behind them; volume, issue and pages."""
    named = [*(record.all("FAU") or record.all("AU")), *record.all("CN")]
    volume, number, pages = (record.words(record.first(tag)) or None for tag in ("VI", "IP", "PG"))
    return Publication(authors=tuple(map(record.words, named)), volume=volume, number=number, pages=pages)


def _published(record: TaggedRecord) -> tuple[str, Field] | None:
    """When it was published, as precise as stated: the day it was out comes before the issue it was put in later."""
    for one in record.all("DEP", "DP"):
        words = record.words(one)
        if re.fullmatch(r"[0-9]{8}", words):
            words = f"{words[:4]}-{words[4:6]}-{words[6:]}"
        found = find_date(words)
        iso = span_of_dates(words) if one.tag == "DP" and _SPAN.search(words) else found[0] if found else ""
        try:
            first_day(iso)
        except ValueError:
            continue
        return iso, one
    return None


def _relations(record: TaggedRecord, kind: DocumentKind | None, types: list[str]) -> Iterator[DocumentRelation]:
    """The relations to other records, each named by its PMID, else by the DOI in its citation."""
    seen: set[tuple[str, str, str]] = set()
    for one in record.all(*sorted(_REF_TYPES)):
        found = find_identifiers(record.words(one))
        best = next((f for f in found if f.scheme == "pmid"), next((f for f in found if f.scheme == "doi"), None))
        relation, method = relation_of(_REF_TYPES[one.tag], kind, types)
        if best is not None and (relation, best.scheme, best.value) not in seen:
            seen.add((relation, best.scheme, best.value))
            yield DocumentRelation(
                relation=relation, scheme=best.scheme, value=best.value, method=method, evidence=record.evidence(one)
            )


def _own_notices(record: TaggedRecord) -> Iterator[OwnNotice]:
    """What the record says became of its own document, also by notices that it names without any identifier."""
    for one in record.all("PT"):
        if record.words(one).lower() == RETRACTED_TYPE:
            yield from of_retracted_type(record.evidence(one))
    for one in record.all(*sorted(_REF_TYPES)):
        yield from own_notice(words_of(_REF_TYPES[one.tag]), record.evidence(one))


def _license(record: TaggedRecord) -> str | None:
    """The licence that the copyright line states, else the line itself: whose text it is, and nothing allowed."""
    words = record.words(record.first("CI"))
    return (stated_license(words) or words) if words else None


def _partial(record: TaggedRecord, abstracts: list[Field]) -> str | None:
    is_cut = bool(abstracts) and bool(_TRUNCATED.search(record.words(abstracts[-1])))
    return CUT_BY_LIBRARY if is_cut else None


__all__ = ["FORMAT", "is_nbib", "parse_nbib"]
