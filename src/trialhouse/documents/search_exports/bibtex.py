"""Citations of BibTeX and BibLaTeX exports: Zotero, JabRef, Scopus, Web of Science, Rayyan."""

from collections.abc import Iterator

from trialhouse.documents.authors_and_pages import authors_of, one_line, pages_of
from trialhouse.documents.bibtex import ARTICLE_NUMBERS
from trialhouse.documents.latex_words import latex_words
from trialhouse.documents.search_exports.export_text import ExportText
from trialhouse.documents.search_exports.record import ExportRecord, Value
from trialhouse.documents.search_exports.values import (
    doi_of,
    doi_of_address,
    joined,
    pmcid_of,
    pmid_of,
    pmid_of_address,
    registrations,
    serials,
    year_of,
)
from trialhouse.text.bibtex import BibEntry, read_entries
from trialhouse.text.lazy_patterns import lazy_compile

_BEGINS = lazy_compile(r"[ \t]*@[ \t]*[A-Za-z]{2,20}\s*[{(]")


def bibtex_records(text: ExportText) -> Iterator[ExportRecord]:
    """The entries of a file in order. One that cannot be read to its end is damaged."""
    number = 0
    for first_line, piece in text.pieces(_BEGINS.match):
        line, counted = first_line, 0
        for entry in read_entries(piece):
            number += 1
            line, counted = line + piece.count("\n", counted, entry.start), entry.start
            record = ExportRecord(number, line, entry.key, _said(piece, entry))
            if entry.fault:
                record.problem = f"it cannot be read to its end ({entry.fault})"
            yield record


def _said(text: str, entry: BibEntry) -> dict[str, Value]:
    values: dict[str, str] = {}
    for field in entry.fields:
        values.setdefault(field.name, one_line(latex_words(text, field.parts)))

    def words(*names: str) -> str | None:
        return next((values[name] for name in names if values.get(name)), None)

    title, subtitle, url = words("title"), words("subtitle"), words("url")
    doi, pmid, pmcid = words("doi"), words("pmid", "pubmed_id"), words("pmcid")
    eprint = words("eprint") if (words("eprinttype", "archiveprefix") or "").lower() == "pubmed" else None
    issn, isbn = serials(filter(None, [words("issn"), words("eissn"), words("isbn")]))
    authors = words("author")
    pages = words("pages")
    return {
        "entry_type": joined([entry.type, words("document_type", "type")]),
        "title": f"{title}: {subtitle}" if title and subtitle else title,
        "journal": words("journal", "journaltitle", "booktitle", "shortjournal", "series"),
        "year": year_of(words("year", "date") or ""),
        "volume": words("volume"),
        "number": words("number", "issue"),
        # LaTeX writes spans with two hyphens, which are a dash by now.
        "pages": pages_of(pages.replace("–", "-") if pages else None, None, None, words(*ARTICLE_NUMBERS)),
        "doi": doi_of(doi) if doi else doi_of_address(url or ""),
        "pmid": pmid_of(pmid or eprint or "") or pmid_of_address(url or ""),
        "pmcid": pmcid_of(pmcid) if pmcid else None,
        "issn": issn,
        "isbn": isbn,
        "abstract": words("abstract"),
        "url": url,
        "language": words("language", "langid"),
        "authors": authors_of(authors) if authors else None,
        "registry_ids": registrations(filter(None, [words("note"), words("annote")])),
    }
