"""The authors of a PubMed record, and its place in its journal.

The list of authors is left out of the tree (see `pubmed_lists`), so names are read from the characters of the file.
"""

import html
import re
from collections.abc import Iterator

from trialhouse.documents.authors_and_pages import one_line, pages_of
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.model.citation import Publication
from trialhouse.text.lazy_patterns import lazy_compile

_LIST = lazy_compile(r"<AuthorList(?=[\s>])(?![^>]*\beditors\b)")
_AUTHOR = lazy_compile(
    r"<Author(?=[\s>])[^>]*>\s*(?:<LastName>([^<&]*)</LastName>\s*<ForeName>([^<&]*)</ForeName>|(.*?)</Author\s*>)",
    re.S,
)
"""An author as nearly all are written, or whatever else stands there."""
_NAME = lazy_compile(r"<(LastName|ForeName|Initials|CollectiveName)(?:\s[^>]*)?>(.*?)</\1\s*>", re.S)
_MARKUP = lazy_compile(r"<[^>]*>")


def publication_of(record: PubmedRecord) -> Publication:
    """Authors as "Family, Given" and groups, in their order; volume, issue and pages as written."""
    said: dict[str, str] = {}
    for name in ("JournalIssue", "Pagination"):
        holder = next(record.node.iter(name), None)
        if holder is not None:
            said |= {str(one.tag): words for one in holder if (words := one_line(one.text or ""))}
    return Publication(
        authors=tuple(_authors(record)),
        volume=said.get("Volume"),
        number=said.get("Issue"),
        pages=pages_of(said.get("MedlinePgn"), said.get("StartPage"), said.get("EndPage"), None),
    )


def _authors(record: PubmedRecord) -> Iterator[str]:
    """The names of the first list that is not one of editors."""
    opened = _LIST.search(record.bare)
    if opened is None:
        return
    end = record.bare.find("</AuthorList", opened.end())
    for family, given, other in _AUTHOR.findall(record.bare, opened.end(), end):
        name = _other_name(other) if other else f"{family}, {given}"
        if name:
            yield name


def _other_name(author: str) -> str:
    said = {found[1]: one_line(html.unescape(_MARKUP.sub("", found[2]))) for found in _NAME.finditer(author)}
    given = said.get("ForeName") or said.get("Initials")
    family = said.get("LastName") or said.get("CollectiveName", "")
    return f"{family}, {given}" if family and given else family
