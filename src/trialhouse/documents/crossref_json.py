"""Crossref's JSON: one work, by itself or as the message of an answer.

Field names are those of the REST API. The abstract is a string with JATS inside. What a work is to others stands in
`update-to` (on a notice), `updated-by` (on the paper) and `relation`. The text of the document is the decoded file.
"""

from typing import Any

from trialhouse.documents.authors_and_pages import pages_of
from trialhouse.documents.crossref_relations import (
    cited,
    cited_registry_ids,
    notice_of,
    own_notices,
    stated_relations,
    written_doi,
)
from trialhouse.documents.json_abstract import add_abstract, add_string
from trialhouse.documents.json_record import JsonRecord, load_record
from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.record_document import NO_ABSTRACT, RecordFacts, language_of_body, record_document
from trialhouse.documents.several import several_records
from trialhouse.documents.statements import stated_license
from trialhouse.model.citation import Publication
from trialhouse.model.dates import first_day
from trialhouse.model.document import Document, Identifier, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.identifiers import normalise_registry_id
from trialhouse.text.flattening import Flattening

FORMAT = "crossref_json"

_DATES = ("posted", "published-online", "published-print", "published", "issued", "published-other")
"""Members with a date: the day a work was out comes before the issue it was put in later."""

READ = frozenset(
    "DOI type subtype title subtitle original-title container-title institution abstract language license update-to "
    "updated-by relation reference clinical-trial-number URL author volume issue page article-number".split()
) | frozenset(_DATES)
"""Members that are read."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "people and money": frozenset(
        "editor chair translator contributor funder award project project-description investigator".split()
    ),
    "where it stands in its journal or book": frozenset(
        "publisher publisher-location journal-issue ISSN issn-type ISBN isbn-type "
        "short-container-title short-title event edition-number part-number component-number special-numbering "
        "proceedings-subject standards-body group-title series-title degree agency description issue-title".split()
    ),
    "the record's own history, and how often it is named": frozenset(
        "indexed created deposited source prefix member score reference-count references-count is-referenced-by-count "
        "content-created content-updated accepted approved content-domain update-policy assertion version status "
        "free-to-read".split()
    ),
    "index terms, and where the text can be had": frozenset(
        "subject link resource alternative-id archive review peer-review".split()
    ),
}
"""Members that are not read, by the reason."""

KNOWN = READ | frozenset().union(*LEFT_OUT.values())


def parse_crossref_json(text: str, receipt: Receipt) -> Document:
    """Read one work. Raises UnreadableDocument: "truncated", "not_json", "no_record", "several_records" or
    "too_many_values".
    """
    where = receipt.locator
    record = JsonRecord(text, where, *_single(load_record(text, where), where))
    stated = iso_639_1(record.words("language"))
    doi = written_doi(record.words("DOI")) or record.words("DOI") or ""
    notice = notice_of(record, doi)
    lines = ProseLines(Flattening(text))
    title = _titles(lines, record, stated)
    has_abstract = add_abstract(lines, record, "abstract", stated=stated)
    _registrations(lines, record)
    date = _published(record)
    journal = _journal(record)
    proof = {
        "title": record.evidence("title", 0),
        "journal": record.evidence(*journal) if journal else None,
        "published": date[1] if date else None,
        "doi": record.evidence("DOI"),
    }
    facts = RecordFacts(
        format=FORMAT,
        kind=DocumentKind.NOTICE if notice else _kind(record),
        notice=notice,
        title=title,
        journal=record.words(*journal) if journal else None,
        publication=_publication(record),
        published=date[0] if date else None,
        language=language_of_body(lines, stated),
        url=record.words("URL"),
        own={"doi": doi},
        relations=list(stated_relations(record, doi)),
        notices=own_notices(record, doi),
        cited=list(cited(record)),
        cited_registry_ids=list(cited_registry_ids(record)),
        license=_license(record),
        evidence={name: one for name, one in proof.items() if one is not None},
        unknown=record.unknown(KNOWN),
        problem=None if has_abstract else NO_ABSTRACT,
    )
    return record_document(text, receipt, lines, facts)


def _single(loaded: Any, where: str) -> tuple[dict[str, Any], str]:
    """The one work of a loaded file and the path of its place (`$`, `$.message` or `$.message.items[0]`)."""
    works, root = [loaded], "$"
    match loaded:
        case {"message": {"items": list(found)}}:
            works, root = found, "$.message.items[0]"
        case {"message": dict(found)}:
            works, root = [found], "$.message"
        case list(found):
            works, root = found, "$[0]"
    if len(works) > 1:
        raise several_records(where, len(works))
    match works:
        case [{"DOI": str()} as work]:
            return work, root
    raise UnreadableDocument("no_record", f"{where}: JSON without DOI is no work of Crossref; ask for it again.")


def _titles(lines: ProseLines, record: JsonRecord, stated: str | None) -> str | None:
    """Add the title with its subtitle, and the original one as a copy; gives the title's words."""
    title = add_string(lines, record, ZoneKind.TITLE, "title", 0, language=stated)
    subtitle = add_string(lines, record, ZoneKind.TITLE, "subtitle", 0, language=stated)
    original = record.words("original-title", 0)
    if original and original != record.words("title", 0):
        add_string(lines, record, ZoneKind.OTHER_LANGUAGE, "original-title", 0, language=None)
    whole = f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title
    return whole or None


def _kind(record: JsonRecord) -> DocumentKind | None:
    """The kind by the work's type: articles of journals and preprints; books, data sets and the rest are none."""
    match record.words("type"), record.words("subtype"):
        case "posted-content", (None | "preprint"):
            return DocumentKind.PREPRINT
        case "journal-article", _:
            return DocumentKind.ABSTRACT
    return None


def _journal(record: JsonRecord) -> tuple[str | int, ...] | None:
    """Where the name of the journal or of the preprint server stands."""
    for path in (("container-title", 0), ("institution", 0, "name")):
        if record.words(*path):
            return path
    return None


def _publication(record: JsonRecord) -> Publication:
    """Authors and groups in their order, volume, issue and pages, else the number of the article."""
    names = [_name(record, index) for index in record.items("author")]
    return Publication(
        authors=tuple(name for name in names if name),
        volume=record.words("volume"),
        number=record.words("issue"),
        pages=pages_of(record.words("page"), None, None, record.words("article-number")),
    )


def _name(record: JsonRecord, index: int) -> str:
    parts = (record.words("author", index, part) for part in ("family", "given"))
    return ", ".join(part for part in parts if part) or record.words("author", index, "name") or ""


def _published(record: JsonRecord) -> tuple[str, Evidence] | None:
    """The earliest of the dates of publication, as precise as stated; of two on one day the first named."""
    found = [date for name in _DATES if (date := _date(record, name)) is not None]
    return min(found, key=lambda date: (first_day(date[0]), -len(date[0]))) if found else None


def _date(record: JsonRecord, name: str) -> tuple[str, Evidence] | None:
    parts = record.get(name, "date-parts", 0)
    numbers = [part for part in parts if isinstance(part, int)] if isinstance(parts, list) else []
    while numbers:
        iso = "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])])
        try:
            first_day(iso)
        except ValueError:
            numbers.pop()
            continue
        first = record.span(name, "date-parts", 0, 0)
        last = record.span(name, "date-parts", 0, min(len(numbers), 3) - 1)
        if first is None or last is None:
            return None
        path = record.path(name, "date-parts", 0)
        return iso, Evidence(start=first[0], end=last[1], quote=record.text[first[0] : last[1]], locator=path)
    return None


def _license(record: JsonRecord) -> str | None:
    """The licence of the version of record, else of another version: an SPDX name, else its address.

    A licence of text and data mining ("tdm") does not say what may be done with the text besides.
    """
    found: dict[str, str] = {}
    for index in record.items("license"):
        address = record.words("license", index, "URL")
        if address:
            found.setdefault(record.words("license", index, "content-version") or "", address)
    chosen = next((found[kind] for kind in ("vor", "unspecified", "am", "stm-asf", "") if kind in found), None)
    return (stated_license(chosen) or chosen) if chosen else None


def _registrations(lines: ProseLines, record: JsonRecord) -> None:
    """Add the registrations that the publisher deposited, as lines."""
    for index in record.items("clinical-trial-number"):
        path = ("clinical-trial-number", index, "clinical-trial-number")
        typed = normalise_registry_id(record.words(*path) or "")
        before = lines.words.length
        if typed and add_string(lines, record, ZoneKind.CITATION, *path, language=None):
            start, end = (lines.lines[-1].start, lines.lines[-1].end) if lines.lines else (before, before)
            one = Identifier(scheme="registry", value=typed[1], registry=typed[0], start=start, end=end)
            lines.registered.append(one)
