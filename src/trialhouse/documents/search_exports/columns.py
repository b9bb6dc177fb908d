"""The columns of tables of citations: which names stand for what, in the exports of databases and screening tools.

Names are compared without case and signs: "Art. No." is "art no", "Author(s)" is "author s".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.text.lazy_patterns import lazy_compile

_SIGNS = lazy_compile(r"[^a-z0-9]+")

NAMES: dict[str, tuple[str, ...]] = {
    # bib-dedupe, ASySD, Rayyan, Zotero, Covidence, Web of Science, Scopus, Embase, Lens, ClinicalTrials.gov
    "key": (
        "id|record id|recordid|key|citation key|citekey|bibtexkey|rayyan id|covidence|item id|ut unique wos id|ut|eid|"
        "pui|ui|unique identifier|lens id|publication id|rec number|accession number|an|nct number|pmid|pubmed id",
    ),
    "entry_type": ("entrytype|entry type|document type|dt|item type|reference type", "publication type|type|pt"),
    "title": ("title|article title|study title|primary title|document title|ti|t1",),
    "journal": (
        "journal|source title|journal title|publication title|journal book|journal name|full journal title|"
        "journaltitle|secondary title|publication name|container title|so|jf|periodical|source",
        "booktitle|book title|conference title|conference name|meeting name",
        "abbreviated source title|journal abbreviation|journal iso abbreviation",
    ),
    "year": (
        "year|publication year|published year|pubyear|pub year|year published|py",
        "date|publication date|date published|pub date|entry date|create date",
    ),
    "volume": ("volume|vol|vl",),
    "number": ("number|issue|issue number|journal issue|no|is",),
    "pages": ("pages|page|pagination|page range|page numbers|pg",),
    "first page": ("page start|start page|first page|beginning page|startpage|bp|sp",),
    "last page": ("page end|end page|last page|ending page|endpage|ep",),
    "article number": ("art no|article number|article no|articleno|art number|ar|elocation id",),
    "doi": ("doi|digital object identifier|di|do", "book doi|doi link"),
    "pmid": ("pmid|pubmed id|pubmedid|pubmed|medline pmid|medline id|pm",),
    "pmcid": ("pmcid|pmc id|pmc|pubmed central id",),
    "issn": ("issn|issns|issn isbn|sn", "eissn|e issn|electronic issn|ei"),
    "isbn": ("isbn|isbns|bn",),
    "abstract": ("abstract|abstract note|abstracts|ab|n2",),
    "url": ("url|link|urls|full text link|study url|ur",),
    "language": ("language|language of original document|languages|article language|la",),
    "authors": ("authors|author|author s|au|author names|author list|creators", "author full names|af"),
    "registry_ids": (
        "nct number|clinical trial numbers|clinical trial number|trial registration|trial registration number|"
        "trial registry number|registration number|trialid|trial id",
        "other ids|secondary ids|secondary id",
    ),
}
"""What each part of a citation is called: groups of names, of which the first that a table has is read. Where its cell
is empty, that of the next group is.
"""

_ALL = frozenset(name for groups in NAMES.values() for group in groups for name in group.split("|"))
NEEDED = ("title", "doi", "pmid")
"""Without one of these columns there is nothing to compare."""

EXPECTED = ("title", "authors", "year", "journal")
"""Columns whose absence is told."""


def plain(name: str) -> str:
    """The name of a column as names are compared."""
    return _SIGNS.sub(" ", name.lower()).strip()


def known(names: Sequence[str]) -> int:
    """How many of some names are those of columns that are read."""
    return len(_ALL.intersection(map(plain, names)))


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's header: for each part of a citation the places of its columns, the first to be read first."""

    names: tuple[str, ...]
    places: dict[str, tuple[int, ...]]

    def unread(self) -> list[str]:
        """The columns that nothing is read from, as they are written."""
        used = {place for places in self.places.values() for place in places}
        return [name for number, name in enumerate(self.names) if number not in used and name.strip()]

    def missing(self) -> list[str]:
        """What most exports have and this table has no column for."""
        return [part for part in EXPECTED if part not in self.places]

    def twice(self) -> list[str]:
        """Names of columns that come again: the first is read."""
        seen: set[str] = set()
        again = [name for name in self.names if plain(name) in seen or seen.add(plain(name))]  # type: ignore[func-returns-value]
        return [name for name in again if plain(name) in _ALL]


def columns_of(header: Sequence[str]) -> Columns:
    """The columns that a header names."""
    at: dict[str, int] = {}
    for number, name in enumerate(header):
        at.setdefault(plain(name), number)
    places = {}
    for part, groups in NAMES.items():
        found = [next((at[name] for name in group.split("|") if name in at), None) for group in groups]
        if any(place is not None for place in found):
            places[part] = tuple(place for place in found if place is not None)
    return Columns(tuple(header), places)
