"""BibTeX and BibLaTeX: one entry.

Values are written in LaTeX: braces that only protect capitals fall away, accents and escaped signs become their
characters. The text of the document is the decoded file.
"""

import re

from trialhouse.documents.authors_and_pages import authors_of, pages_of
from trialhouse.documents.citation_facts import (
    citation_kind,
    is_day,
    kind_words,
    own_identifiers,
    publication_types,
    registrations,
)
from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.latex_words import add_latex, latex_words
from trialhouse.documents.prose_lines import Fill, ProseLines
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.record_document import NO_ABSTRACT, RecordFacts, language_of_body, record_document
from trialhouse.documents.several import several_records
from trialhouse.model.citation import Publication
from trialhouse.model.document import Document, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.evidence import Evidence
from trialhouse.text.bibtex import BibEntry, BibField, is_bibtex, read_entries
from trialhouse.text.flattening import Flattening

FORMAT = "bibtex"

READ = frozenset(
    "title subtitle booktitle journal journaltitle abstract year month day date doi pmid pmcid url language langid "
    "eprint eprinttype archiveprefix note annote type publisher author volume number issue pages "
    "article-number art_number articleno eid".split()
)
"""Fields that are read."""

ARTICLE_NUMBERS = ("article-number", "art_number", "articleno", "eid")
"""Fields of the number of an article."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "people beside the authors": frozenset(
        "editor translator affiliation address institution organization school author_keywords "
        "correspondence_address1 correspondence_address".split()
    ),
    "index terms": frozenset("keywords keyword subject mesh chemicals_cas keywords-plus".split()),
    "where it stands in its journal or book": frozenset(
        "numpages page_count issn isbn series edition chapter shortjournal "
        "abbrev_source_title eissn journal-iso pubmed_id_type location "
        "issue_date part pagetotal howpublished shorttitle coden crossref venue eventtitle".split()
    ),
    "where the text can be had, and what a program made of the record": frozenset(
        "file urldate local-url bdsk-url-1 bdsk-url-2 date-added date-modified timestamp owner groups __markedentry "
        "source document_type references cited-references number-of-cited-references times-cited unique-id "
        "researcherid-numbers orcid-numbers funding-acknowledgement funding-text research-areas "
        "web-of-science-categories web-of-science-index doc-delivery-number journal-id key pubstate copyright "
        "creationdate modificationdate comment citedreferences da oa usage-count-last-180-days "
        "usage-count-since-2013 primaryclass eprintclass x-fetchedfrom readstatus priority ranking".split()
    ),
}
"""Fields that are not read, by the reason."""

KNOWN = READ | frozenset().union(*LEFT_OUT.values())


class _Record:
    """The fields of an entry, by name, and what they say."""

    def __init__(self, text: str, entry: BibEntry) -> None:
        self.text = text
        self.entry = entry
        self.fields = {one.name: one for one in reversed(entry.fields)}

    def first(self, *names: str) -> BibField | None:
        return next((one for name in names if (one := self.fields.get(name)) and self.words(one)), None)

    def words(self, field: BibField | None) -> str:
        return " ".join(latex_words(self.text, field.parts).split()) if field else ""

    def fill(self, field: BibField) -> Fill:
        return lambda words: add_latex(words, field.parts, field.name)

    def evidence(self, field: BibField) -> Evidence:
        start, end = field.parts[0][0], field.parts[-1][1]
        return Evidence(start=start, end=end, quote=self.text[start:end], locator=f"{self.entry.key}.{field.name}")

    def unknown(self) -> list[Evidence]:
        return [
            Evidence(
                start=one.start,
                end=one.start + len(one.name),
                quote=self.text[one.start : one.start + len(one.name)],
                locator=f"{self.entry.key}.{one.name}",
            )
            for one in self.fields.values()
            if one.name not in KNOWN
        ]


def parse_bibtex(text: str, receipt: Receipt) -> Document:
    """Read one entry. Raises UnreadableDocument: "several_records", "no_record" or "not_bibtex"."""
    record = _Record(text, _single(text, receipt.locator))
    title, abstract = record.first("title"), record.first("abstract")
    journal = record.first("journal", "journaltitle", "booktitle")
    stated = _language(record.words(record.first("language", "langid")))
    lines = ProseLines(Flattening(text))
    if title is not None:
        lines.add(ZoneKind.TITLE, record.fill(title), language=stated)
    if abstract is not None:
        lines.add(ZoneKind.BODY, record.fill(abstract), language=stated)
    for one in (record.first("note"), record.first("annote")):
        if one is not None:
            registrations(lines, record.words(one), record.fill(one))
    date = _published(record)
    own = own_identifiers(
        {
            scheme: [(record.words(one), one) for name in names if (one := record.first(name))]
            for scheme, names in (("doi", ("doi", "url", "eprint")), ("pmid", ("pmid",)), ("pmcid", ("pmcid",)))
        }
    )
    places = {"title": title, "journal": journal, "published": date[1] if date else None}
    places |= {scheme: field for scheme, (_, field) in own.items()}
    server = [record.words(record.first(name)) for name in ("eprinttype", "archiveprefix", "publisher", "type")]
    kind, notice = citation_kind(
        kind_words(record.entry.type, " ".join(server)),
        record.words(title),
        record.words(journal),
        has_abstract=abstract is not None,
    )
    facts = RecordFacts(
        format=FORMAT,
        kind=kind,
        types=publication_types(record.entry.type, record.words(record.first("type"))),
        notice=notice,
        title=_title(record, title),
        journal=record.words(journal) or None,
        publication=_publication(record),
        published=date[0] if date else None,
        language=language_of_body(lines, stated),
        url=record.words(record.first("url")) or None,
        own={scheme: value for scheme, (value, _) in own.items()},
        evidence={name: record.evidence(one) for name, one in places.items() if one is not None},
        unknown=record.unknown(),
        problem=None if abstract is not None else NO_ABSTRACT,
    )
    return record_document(text, receipt, lines, facts)


def _single(text: str, where: str) -> BibEntry:
    entries = read_entries(text)
    if len(entries) > 1:
        raise several_records(where, len(entries))
    if not entries:
        raise UnreadableDocument("no_record", f"{where}: BibTeX without an entry; export it again.")
    if entries[0].fault:
        line = text.count("\n", 0, entries[0].start) + 1
        raise UnreadableDocument(
            "not_bibtex",
            f"{where}: the entry {entries[0].key or 'without a key'} of line {line} cannot be read "
            f"({entries[0].fault}): mend its brackets, or export it again.",
        )
    return entries[0]


def _title(record: _Record, title: BibField | None) -> str | None:
    subtitle = record.words(record.first("subtitle"))
    whole = record.words(title)
    return (f"{whole}: {subtitle}" if whole and subtitle else whole) or None


def _publication(record: _Record) -> Publication:
    """Authors, volume, issue and pages, else the number of the article."""

    def words(*names: str) -> str | None:
        return record.words(record.first(*names)) or None

    authors = words("author")
    # LaTeX writes spans with two hyphens, which are a dash by now.
    pages = words("pages")
    return Publication(
        authors=tuple(authors_of(authors)) if authors else (),
        volume=words("volume"),
        number=words("number", "issue"),
        pages=pages_of(pages.replace("–", "-") if pages else None, None, None, words(*ARTICLE_NUMBERS)),
    )


def _published(record: _Record) -> tuple[str, BibField] | None:
    """When it was published: `date`, else year, month and day."""
    stated = record.first("date")
    year = record.first("year")
    if stated is None and year is None:
        return None
    said = record.words(stated)
    if not said:
        said, month, day = (record.words(record.first(name)) for name in ("year", "month", "day"))
        number = month.zfill(2) if month.isdigit() else ""
        said = f"{said}-{number}" + (f"-{day.zfill(2)}" if day.isdigit() else "") if number else f"{said} {month} {day}"
    found = find_date(re.sub(r"/.*", "", said))
    proof = stated or year
    return (found[0], proof) if found and proof and is_day(found[0]) else None


def _language(words: str) -> str | None:
    bare = words.strip().lower()
    return iso_639_1(bare if len(bare) <= 3 else {"ngerman": "ger", "german": "ger"}.get(bare, bare[:3]))


__all__ = ["FORMAT", "is_bibtex", "parse_bibtex"]
