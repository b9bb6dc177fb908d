"""The values of citations as exporters write them: years and identifiers, with their habits undone."""

import re
from collections.abc import Iterable
from functools import lru_cache

from trialhouse.documents.authors_and_pages import one_line
from trialhouse.model.identifiers import find_identifiers, normalise_doi, normalise_registry_id
from trialhouse.text.lazy_patterns import lazy_compile

_YEAR = lazy_compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_PLAIN_DOI = lazy_compile(r"10\.[0-9]{4,9}/[a-z0-9._/-]{0,120}[a-z0-9]")
_PMID = lazy_compile(
    r"\W{0,3}(?:PMID|PubMed(?: ?ID)?|MEDLINE)?\W{0,3}([1-9][0-9]{0,7})(?:\.0)?(?:\s*\[[^\]]*\])?\s*", re.I
)
_PMCID = lazy_compile(r"\W{0,3}(?:PMCID\W{0,3})?(?:PMC)?\s?([1-9][0-9]{2,8})(?:\.0)?\s*", re.I)
_PUBMED_ADDRESS = lazy_compile(
    r"\bpubmed\.ncbi\.nlm\.nih\.gov/([1-9][0-9]{0,7})(?![0-9])|\bncbi\.nlm\.nih\.gov/pubmed/([1-9][0-9]{0,7})(?![0-9])"
)
_DOI_ADDRESS = lazy_compile(r"\Ahttps?://(?:dx\.|www\.)?doi\.org/", re.I)
_DIGITS = lazy_compile(r"[0-9]{3}")
_LONGEST_REGISTRATION = 40
"""Characters: "JPRN-" and the longest id of a registry have fewer."""

_SERIAL = lazy_compile(r"[0-9][0-9Xx-]{6,16}[0-9Xx]")


@lru_cache(maxsize=4096)
def year_of(words: str) -> int | None:
    """The year in "2014", "2014//", "2014.0", "Mar 2014" or "c2014": the first one that stands there."""
    found = _YEAR.search(words)
    return int(found[0]) if found else None


def doi_of(words: str) -> str | None:
    """A DOI in the form to compare by; what cannot be read as one as it is written."""
    if _PLAIN_DOI.fullmatch(words):
        return words
    return normalise_doi(words) or one_line(words) or None


def doi_of_address(url: str) -> str | None:
    """The DOI of an address of the DOI system; other addresses may hold another one's."""
    return normalise_doi(url) if _DOI_ADDRESS.match(url) else None


def pmid_of(words: str) -> str | None:
    """The number of "30689646", "PMID: 30689646", "MEDLINE:30689646" or "30689646.0"; else as it is written."""
    found = _PMID.fullmatch(words)
    return found[1] if found else one_line(words) or None


def pmid_of_number(words: str) -> str | None:
    """The PMID of words that are one and nothing else, None for other numbers and words."""
    found = _PMID.fullmatch(words)
    return found[1] if found else None


def pmid_of_address(url: str) -> str | None:
    """The PMID of an address at PubMed."""
    found = _PUBMED_ADDRESS.search(url)
    return (found[1] or found[2]) if found else None


def pmcid_of(words: str) -> str | None:
    """ "PMC" and the number of a record of PubMed Central; else as it is written."""
    found = _PMCID.fullmatch(words)
    return f"PMC{found[1]}" if found else one_line(words) or None


def serials(words: Iterable[str]) -> tuple[str | None, str | None]:
    """ISSNs and ISBNs, which exporters put into one field: told by their number of digits, several joined by "; "."""
    issn: list[str] = []
    isbn: list[str] = []
    for one in words:
        for found in _SERIAL.finditer(one):
            (issn if len(found[0].replace("-", "")) == 8 else isbn).append(found[0])
    return "; ".join(dict.fromkeys(issn)) or None, "; ".join(dict.fromkeys(isbn)) or None


def joined(words: Iterable[str | None]) -> str | None:
    """Several words for one thing, each once, joined by "; "."""
    return "; ".join(dict.fromkeys(one for one in words if one)) or None


def registrations(words: Iterable[str]) -> list[str]:
    """The ids of trial registries that some words name, each once."""
    found: dict[str, None] = {}
    for one in words:
        if not _DIGITS.search(one):
            continue
        alone = normalise_registry_id(one) if len(one) <= _LONGEST_REGISTRATION else None
        named = [alone[1]] if alone else [i.value for i in find_identifiers(one) if i.scheme == "registry"]
        found.update(dict.fromkeys(named))
    return list(found)
