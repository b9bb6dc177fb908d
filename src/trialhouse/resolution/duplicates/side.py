"""One record in a comparison: its fields in the form that they are compared in."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from trialhouse.resolution.duplicates.kinds import Kind, kind_of
from trialhouse.resolution.duplicates.pages import Pages, read_pages
from trialhouse.resolution.duplicates.trial_numbers import trials_in
from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile

COLUMNS = (
    "n",
    "record_id",
    "title",
    "words",
    "title_key",
    "family",
    "authors",
    "year",
    "journal",
    "volume",
    "number",
    "volume_no",
    "pages",
    "doi",
    "pmid",
    "pmcid",
    "serial",
    "entry_type",
    "abstract",
    "ending",
    "registry_ids",
)
"""The columns of the table bib_fields that a side is made of, in the order of the class's fields."""

_ISSN = lazy_compile(r"\b\d{4}-?\d{3}[\dXx]\b")
_NAME = lazy_compile(r"[^\W\d_]{2,}")
_NOBODY = lazy_compile(r"\W*(?:anonymous|anon|no authors? (?:listed|indicated|named)|n/?a|unknown|et al)\W*", re.I)
_CAPITALS = lazy_compile(r"\b[A-Z]{3,}\b")
_NO_NAMES = frozenset("null nan none jr sr et al md phd and".split())
_FOLD = str.maketrans("øłđßæœı", "olasaoi")


@dataclass(frozen=True)
class Side:
    """A record's fields; '' says that the record does not say it, as None and an empty tuple do."""

    n: int
    record_id: str
    title: str
    words: str
    title_key: str
    family: str
    authors: tuple[str, ...]
    year: int | None
    journal: str
    volume: str
    number: str
    volume_no: str
    pages: str
    doi: str
    pmid: str
    pmcid: str
    serial: str
    entry_type: str
    abstract: str
    ending: str
    registry_ids: tuple[str, ...]

    @cached_property
    def kind(self) -> Kind:
        """What the record is beside a plain article."""
        return kind_of(self.title, self.entry_type, self.journal, self.number, self.doi)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The words in capitals of a title that is not all in capitals, in lower case."""
        return frozenset(word.lower() for word in _CAPITALS.findall(self.title) if not self.title.isupper())

    @cached_property
    def place(self) -> Pages:
        """Its pages, read."""
        return read_pages(self.pages)

    @cached_property
    def serials(self) -> frozenset[str]:
        """ISSNs without hyphens."""
        return frozenset(found.replace("-", "").upper() for found in _ISSN.findall(self.serial))

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """For each author (the first 25) the words of the name, initials left out, in lower case without accents."""
        return tuple(words for author in self.authors[:25] if (words := name_words(author)))

    @property
    def named(self) -> tuple[object, ...]:
        """All in which a record names trials: where two say the same, they name the same."""
        return self.registry_ids, self.title, self.abstract, self.ending

    @cached_property
    def trials(self) -> tuple[str, ...]:
        """Numbers of trial registries: those that the record names, else those in its title and abstract."""
        if self.registry_ids:
            return tuple(number.upper() for number in self.registry_ids)
        found = trials_in(f"{self.title} {self.abstract}")
        return tuple(dict.fromkeys((*found, *trials_in(self.ending)))) if self.ending else found

    @cached_property
    def is_supplement(self) -> bool:
        """Whether volume, issue or pages say that it stands in a supplement, where abstracts of meetings do."""
        return "sup" in f"{self.volume} {self.number} {self.pages}".casefold() or self.place.prefix in {"s", "a", "p"}


@remembered(2**13)
def name_words(author: str) -> frozenset[str]:
    """The words of a name that are no initials: 'Yutsis, Maya J.' and 'Yutsis M. J.' share 'yutsis'.

    'Anonymous' and 'et al' are nobody's name and have none.
    """
    if _NOBODY.fullmatch(author):
        return frozenset()
    from_text = _NAME.findall(_plain(author))
    words = [word for word in from_text if not (word.isupper() and len(word) <= 3)] or from_text
    return frozenset(word.lower() for word in words) - _NO_NAMES


def _plain(text: str) -> str:
    if text.isascii():
        return text
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return folded.translate(_FOLD)
