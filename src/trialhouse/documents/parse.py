"""The one way in: bytes and their receipt to a Document, the format chosen by content.

To add a format: write one file with a parser `(text, receipt) -> Document`, a test in `signs` whether a decoded text
looks like it, and add a row to FORMATS. The first row whose test holds reads the document.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from trialhouse.documents.decode import decode
from trialhouse.documents.signs import (
    looks_like_crossref,
    looks_like_europepmc,
    looks_like_html,
    looks_like_jats,
    looks_like_json,
    looks_like_pubmed,
)
from trialhouse.documents.unsupported import looks_like_other_markup
from trialhouse.model.document import Document, Receipt, UnreadableDocument
from trialhouse.model.joined_pages import is_joined_pages
from trialhouse.text.bibtex import is_bibtex
from trialhouse.text.tagged_records import is_nbib, is_ris

MAX_BYTES = 32 * 1024 * 1024
"""The largest file that is read: a hundred times a long article, and still parsed within seconds."""

Parser = Callable[[str, Receipt], Document]


@dataclass(frozen=True)
class Format:
    """One format: how a decoded text is recognised, and who reads it: a function of a file of this room."""

    recognise: Callable[[str], bool]
    file: str
    function: str

    def parser(self) -> Parser:
        """Who reads it, imported when there is something to read: a command that reads a text needs no HTML."""
        found: Parser = getattr(import_module(f"{__package__}.{self.file}"), self.function)
        return found


FORMATS: tuple[Format, ...] = (
    Format(looks_like_pubmed, "pubmed_xml", "parse_pubmed_xml"),
    Format(looks_like_europepmc, "europepmc_json", "parse_europepmc_json"),
    Format(looks_like_crossref, "crossref_json", "parse_crossref_json"),
    Format(looks_like_json, "ctgov_json", "parse_ctgov_json"),
    Format(is_joined_pages, "multipart_html", "parse_joined_pages"),
    Format(looks_like_jats, "jats", "parse_jats"),
    Format(looks_like_html, "html", "parse_html"),
    Format(looks_like_other_markup, "unsupported", "refuse"),
    Format(is_nbib, "nbib", "parse_nbib"),
    Format(is_ris, "ris", "parse_ris"),
    Format(is_bibtex, "bibtex", "parse_bibtex"),
    Format(lambda text: True, "plain_text", "parse_plain_text"),
)


def parse_document(data: bytes, receipt: Receipt, max_bytes: int = MAX_BYTES) -> Document:
    """Read one document out of the bytes of one record.

    Raises UnreadableDocument, whose `reason` is one of "empty", "binary", "too_large", "truncated", "not_json",
    "not_a_study", "not_xml", "not_bibtex", "unsafe_xml", "too_deep", "too_many_elements", "too_many_attributes",
    "too_many_lines", "too_many_values", "no_record", "several_records" and "unsupported", and whose message says what,
    where and what to do. A page without a trial is a Document like any other. Takes time proportional to the size; what
    is refused as too deep or too many is told by its structure, never by the time it takes.
    """
    where = receipt.locator or receipt.record_id
    if len(data) > max_bytes:
        raise UnreadableDocument(
            "too_large",
            f"{where}: {len(data):,} bytes, more than the {max_bytes:,} that are read; raise max_document_megabytes, "
            "or give a file of several records in parts.",
        )
    text = decode(data, where, _content_type(receipt))
    chosen = next(one for one in FORMATS if one.recognise(text))
    return chosen.parser()(text, receipt)


def _content_type(receipt: Receipt) -> str | None:
    named = [value for name, value in sorted(receipt.headers.items()) if name.lower() == "content-type"]
    return named[0] if named else receipt.media_type
