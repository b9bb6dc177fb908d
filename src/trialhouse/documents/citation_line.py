"""The line that says where a document itself was published, and the metadata lines of portals and bylines of news.

A reference at the end of a page ("Muster A, Beispiel B, et al. …") has the same parts and is not the page's own: it
begins with authors, and is told apart here.
"""

import re
from dataclasses import dataclass, field

from trialhouse.documents.blocks import Block
from trialhouse.documents.publication_dates import find_date, find_day
from trialhouse.text.lazy_patterns import lazy_compile

Cell = tuple[str, int, int]
"""A value and the place it was read from."""

# "Journal. 2021 May 29;397:…", "Journal 2021; 384: 20-30", "Journal, Volume 9, Issue 12, December 2021"
_JOURNAL = r"(?P<journal>[A-Z][^;\n]{1,140}?)"
_DATED = lazy_compile(rf"{_JOURNAL}\.?\s+(?P<date>(?:19|20)\d\d\b[^;:.]{{0,25}})(?:[;:.]|\Z)")
_VOLUMED = lazy_compile(rf"{_JOURNAL},?\s+[Vv]ol(?:ume|\.)?\s?\d+")
_AUTHOR_START = lazy_compile(
    r"(?:\d{1,3}[.)]?\s+|\[\d{1,3}\]\s*)?[A-Z][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{1,30})?,?\s[A-Z]{1,3}\b[,.]"
)
_ISSUE = lazy_compile(r"(?:19|20)\d\d\b[^;\n]{0,15};\s?\d+(?:\s?\([^)]{1,20}\))?\s?:")
_IDS_LINE = lazy_compile(r"(?:PMID|PMCID|DOI)\s?:", re.I)
_PUBLISHED = lazy_compile(
    r"(?:first\s)?(?:published|publication date|posted|available online)(?:\s(?:online|on|date|first))?\s?:?\s", re.I
)
_PORTAL_LABEL = lazy_compile(
    r"(Original language|Pages \(from-to\)|Number of pages|Publication status|Early online date|Article number|"
    r"Issue number|Title of host publication|Journal|Volume|Publisher|State|ISSN|DOIs?|Externally published|"
    r"Peer-reviewed)(?:\s*:\s*|\t\s*|(?=[A-Z0-9]))(?=\S)"
)
_OUTPUT_LINE = lazy_compile(r"Research output\s?:|Contribution to journal|Publication type\s?:", re.I)
_CREDENTIALS = lazy_compile(r"\b(?:MD|PhD|PharmD|RN|MPH|MSc|DO|BSc|MS|FACP|Editor|Reporter|Staff Writer)\b")
_READING_TIME = lazy_compile(r"\b\d{1,2}[ -]min(?:ute)?s? read\b", re.I)
_ONLY_AUTHOR = lazy_compile(r"By\s[A-Z]\S{0,30}(?:\s[A-Z]\S{0,30}){0,5}\Z")
_ONLY_DOI = lazy_compile(r"(?:doi\s?:?\s?)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S{1,200}\Z", re.I)
_CITE_AS = lazy_compile(r"\d{1,6}[.:]\s+|(?:cite (?:this article )?as|citation|source|published in|in)\s?:\s?", re.I)
_BYLINE = lazy_compile(
    r"(?:By|Written by|Medically reviewed by|Reviewed by|Author:|Posted|Published|Updated|Issue:)\s", re.I
)


_YEAR_OR_DOI = lazy_compile(r"\b(?:19|20)\d\d\b|\b10\.\d{4,9}/")
_OTHER_RECORD = lazy_compile(
    r"(?:erratum|corrected and republished|correction|retraction|retracted and republished|"
    r"expression of concern|comment|update|"
    r"republished|summary for patients|original report)\s(?:in|for|of|on|from)\s?:",
    re.I,
)


@dataclass
class Citation:
    """What citation, metadata and byline blocks said: each a value with its place in the document's text."""

    journal: Cell | None = None
    published: Cell | None = None
    portal_labels: set[str] = field(default_factory=set)
    has_own_line: bool = False
    has_byline: bool = False


def is_own_citation(block: Block) -> bool:
    """Whether a block says where this document was published (and is no reference to another)."""
    text = block.text
    if len(text) > 500 or block.is_bullet or names_other_record(block) or is_reference(block):
        return False
    if (
        _IDS_LINE.match(text)
        or _ONLY_DOI.match(text)
        or (_PUBLISHED.match(text) and find_date(text) and len(text) < 150)
    ):
        return True
    return _own_journal(text) is not None


def names_other_record(block: Block) -> bool:
    """Whether a line names another record by what it is to this one ("Erratum for: …", "Retraction in: …")."""
    return len(block.text) < 600 and bool(_OTHER_RECORD.match(block.text) and _YEAR_OR_DOI.search(block.text))


def is_reference(block: Block) -> bool:
    """Whether a block is a reference to a publication: authors first, then a year with volume, or a DOI."""
    text = block.text
    if names_other_record(block):
        return True
    if len(text) > 1200 or not _AUTHOR_START.match(text):
        return False
    return bool(_ISSUE.search(text) or "doi" in text.lower() or "et al" in text)


def portal_label(block: Block) -> str | None:
    """The label of a portal's metadata line ("Publication statusPublished - Oct 2021"), or None."""
    if len(block.text) > 250:
        return None
    if _OUTPUT_LINE.match(block.text):
        return "Research output"
    found = _PORTAL_LABEL.match(block.text)
    return found[1] if found else None


def is_byline(block: Block) -> bool:
    """Whether a short block names author, issue or day of a news page."""
    text = block.text
    if len(text) > 220 or block.is_bullet or (block.ends_sentence and block.words > 25):
        return False
    if _ONLY_AUTHOR.match(text):
        return True
    day = find_day(text)
    if day and (day[2] - day[1]) >= 0.75 * len(text):
        return True
    signs = (
        bool(_BYLINE.match(text))
        + ("|" in text)
        + bool(_READING_TIME.search(text))
        + bool(_CREDENTIALS.search(text))
        + (day is not None)
    )
    return signs >= 2


def read_citation(blocks: list[Block]) -> Citation:
    """Journal and date of publication from the citation blocks of a document, in their order; the first wins."""
    citation = Citation()
    for block in blocks:
        label = portal_label(block)
        if label:
            citation.portal_labels.add(label)
            _read_portal(citation, block, label)
        elif is_own_citation(block):
            citation.has_own_line = True
            _read_own(citation, block)
        elif is_byline(block):
            citation.has_byline = True
            day = find_day(block.text) or find_date(block.text)
            if day and citation.published is None:
                citation.published = (day[0], block.start + day[1], block.start + day[2])
    return citation


def _own_journal(text: str) -> re.Match[str] | None:
    lead = _CITE_AS.match(text)
    for pattern in (_DATED, _VOLUMED):
        found = pattern.match(text, lead.end() if lead else 0)
        if not found:
            continue
        journal = found["journal"]
        follows = text[found.end() - 1 : found.end() + 60]
        located = pattern is _VOLUMED or "doi" in text.lower() or re.match(r"[;:]\s?(?:\d|e\d|\()", follows)
        if located and len(journal.split()) <= 14 and not re.search(r"\d{2}|et al|[.?!]\s\w+\s\w+\s\w+\s\w+", journal):
            return found
    return None


def _read_own(citation: Citation, block: Block) -> None:
    found = _own_journal(block.text)
    if found and citation.journal is None:
        bare = found["journal"].strip(" .,")
        start = block.start + found.start("journal")
        citation.journal = (bare, start, start + len(bare))
    if citation.published is None:
        date = find_date(block.text, found.end("journal") if found else 0)
        if date:
            citation.published = (date[0], block.start + date[1], block.start + date[2])


def _read_portal(citation: Citation, block: Block, label: str) -> None:
    found = _PORTAL_LABEL.match(block.text)
    if not found:
        return
    value, start = block.text[found.end() :], block.start + found.end()
    if label == "Journal" and citation.journal is None:
        citation.journal = (value, start, start + len(value))
    if label in ("Publication status", "Early online date"):
        date = find_date(value)
        if date and (citation.published is None or label == "Publication status"):
            citation.published = (date[0], start + date[1], start + date[2])
