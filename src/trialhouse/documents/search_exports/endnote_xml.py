"""Citations of EndNote's XML export: fields made of runs of style, whose words are put together.

The file is cut at the tags of its records, and each is parsed by itself: one that is not well formed costs no other.
"""

import re
from collections.abc import Iterator

from lxml import etree

from trialhouse.documents.authors_and_pages import one_line, pages_of
from trialhouse.documents.search_exports.export_text import ExportText
from trialhouse.documents.search_exports.record import ExportRecord, Value
from trialhouse.documents.search_exports.values import (
    doi_of,
    doi_of_address,
    joined,
    pmcid_of,
    pmid_of_address,
    pmid_of_number,
    registrations,
    serials,
    year_of,
)
from trialhouse.model.document import UnreadableDocument
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.safe_xml import BrokenXml, UnsafeXml, refuse_entities

LONGEST = 1 << 26
"""Characters of a record at most: where that many come without its end tag, it is taken to be cut."""

_RECORDS = lazy_compile(r"<records[\s>]")
_DECLARATION = lazy_compile(r"\s*<\?xml[^>]{0,200}\?>")
_START = lazy_compile(r"<record[\s>]")
_END = "</record>"
_NO_XML = lazy_compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    "|&#(?:0{0,5}(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0{0,5}(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_LINE_ENDS = lazy_compile(r"[\r\n;]+")
_IN_PUBMED = lazy_compile(r"pubmed|medline|\bnlm\b", re.I)


def is_endnote_xml(head: str) -> bool:
    """Whether a file begins as EndNote's XML does: markup, and <records> in it."""
    return head.lstrip().startswith("<") and bool(_RECORDS.search(head[:4000]))


def endnote_records(text: ExportText) -> Iterator[ExportRecord]:
    """The records of a file in order. One that is not well formed, or has no end, is damaged.

    Raises UnreadableDocument, "unsafe_xml", for a file that declares entities.
    """
    try:
        refuse_entities(_DECLARATION.sub("", text.head, count=1).encode())
    except UnsafeXml as error:
        raise UnreadableDocument("unsafe_xml", f"{text.name}: {error}.") from error
    except BrokenXml:
        pass  # its records tell where
    for number, (line, words, is_whole) in enumerate(_cut(text), start=1):
        yield _record(number, line, text.mended(words, line), is_whole)


def _cut(text: ExportText) -> Iterator[tuple[int, str, bool]]:
    """Each record: its line, its characters, and whether it has its end."""
    rest, line, searched = "", 1, 0
    for chunk in text.chunks():
        rest += chunk
        at = 0
        while (end := rest.find(_END, max(at, searched))) >= 0:
            end += len(_END)
            for start, words, is_whole in _starts(rest, at, end):
                yield line + rest.count("\n", at, start), words, is_whole
            line += rest.count("\n", at, end)
            at = end
        rest = rest[at:]
        searched = max(0, len(rest) - len(_END))
        if len(rest) > LONGEST:
            yield line, rest, False
            line, rest, searched = line + rest.count("\n"), "", 0
    for start, words, _ in _starts(rest, 0, len(rest)):
        yield line + rest.count("\n", 0, start), words, False


def _starts(text: str, at: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """The records that begin in a stretch that ends with the end of one: those before the last have none."""
    starts = [found.start() for found in _START.finditer(text, at, end)]
    for start, following in zip(starts, [*starts, end][1:], strict=True):
        yield start, text[start:following], start == starts[-1]


def _record(number: int, line: int, words: str, is_whole: bool) -> ExportRecord:
    data = _NO_XML.sub("", words).encode()
    problem = None if is_whole else "it breaks off before </record>: the file was cut"
    try:
        node = etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        problem = problem or f"its XML is not well formed ({error.msg})"
        node = etree.fromstring(data, _parser(recover=True))
    if node is None:
        return ExportRecord(number, line, None, {}, problem)
    return ExportRecord(number, line, _words(node, "rec-number"), _said(node), problem)


def _parser(*, recover: bool) -> etree.XMLParser:
    """A parser of one record, which has no DOCTYPE and so no entities: of its text, 10 MB of one field may be meant."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True, recover=recover
    )


def _said(node: etree._Element) -> dict[str, Value]:
    title, pages = _words(node, "titles/title"), _words(node, "pages")
    url = next((one for one in map(_text, node.iterfind("urls/*/url")) if one.startswith("http")), None)
    doi, pmcid = _words(node, "electronic-resource-num"), _words(node, "custom2")
    accession = _words(node, "accession-num")
    database = joined([_words(node, "remote-database-name"), _words(node, "remote-database-provider")])
    issn, isbn = serials(_LINE_ENDS.split("".join(str(w) for n in node.iterfind("isbn") for w in n.itertext())))
    kind = node.find("ref-type")
    pmid = pmid_of_number(accession) if accession and _IN_PUBMED.search(f"{database} {accession}") else None
    return {
        "entry_type": joined([kind.get("name") if kind is not None else None, _words(node, "work-type")]),
        "title": title,
        "journal": _first(node, "periodical/full-title", "titles/secondary-title", "titles/alt-title"),
        "year": year_of(_first(node, "dates/year", "dates/pub-dates/date") or ""),
        "volume": _words(node, "volume"),
        "number": _words(node, "number"),
        "pages": pages_of(pages, None, None, _first(node, "custom7", "electronic-location-id")),
        "doi": doi_of(doi) if doi else doi_of_address(url or ""),
        "pmid": pmid or pmid_of_address(url or ""),
        "pmcid": pmcid_of(pmcid) if pmcid and pmcid.upper().startswith("PMC") else None,
        "issn": issn,
        "isbn": isbn,
        "abstract": _words(node, "abstract"),
        "url": url,
        "language": _words(node, "language"),
        "authors": [name for one in node.iterfind("contributors/authors/author") if (name := _text(one))],
        "registry_ids": registrations(filter(None, [accession, _words(node, "notes"), url])),
    }


def _first(node: etree._Element, *paths: str) -> str | None:
    return next((words for path in paths if (words := _words(node, path))), None)


def _words(node: etree._Element, path: str) -> str | None:
    """The words of the first element of a path, those of all its runs together; None where there are none."""
    found = node.find(path)
    return (_text(found) or None) if found is not None else None


def _text(node: etree._Element) -> str:
    return one_line("".join(str(words) for words in node.itertext()))
