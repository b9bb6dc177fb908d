"""The evidence on two records, field by field, weighed in points and said in words."""

from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz.distance import OSA

from trialhouse.resolution.duplicates.abstracts import compare_abstracts, words_in
from trialhouse.resolution.duplicates.journals import same_journal
from trialhouse.resolution.duplicates.kinds import ABOUT_ANOTHER
from trialhouse.resolution.duplicates.names import Authorship, compare_authors
from trialhouse.resolution.duplicates.pages import Sameness, compare_pages
from trialhouse.resolution.duplicates.side import Side
from trialhouse.resolution.duplicates.signs import signs_apart
from trialhouse.resolution.duplicates.spelling import Spelling
from trialhouse.resolution.duplicates.titles import Likeness, TitlePair, compare_titles
from trialhouse.text.lazy_patterns import lazy_compile

_DIGITS = lazy_compile(r"\d+")
TITLE = {
    Likeness.EQUAL: 4.0,
    Likeness.NEAR: 3.5,
    Likeness.CONTAINED: 2.0,
    Likeness.SIMILAR: 1.0,
    Likeness.DIFFERENT: -2.0,
    Likeness.MISSING: 0.0,
}
SHORT = 2.0
"""The most that a short title is worth: many documents have it."""
AUTHORS = {Authorship.SAME: 2.0, Authorship.PARTLY: 1.0, Authorship.MISSING: 0.0, Authorship.OTHER: -3.0}
YEAR = {Sameness.SAME: 1.0, Sameness.NEAR: -0.5, Sameness.MISSING: 0.0, Sameness.OTHER: -3.0}
JOURNAL = {True: 1.0, None: 0.0, False: -3.0}
VOLUME = {Sameness.SAME: 1.0, Sameness.NEAR: 0.0, Sameness.MISSING: 0.0, Sameness.OTHER: -1.5}
NUMBER = {Sameness.SAME: 0.5, Sameness.NEAR: 0.0, Sameness.MISSING: 0.0, Sameness.OTHER: -0.5}
PAGES = {Sameness.SAME: 3.0, Sameness.NEAR: 1.0, Sameness.MISSING: 0.0, Sameness.OTHER: -3.0}
# Other identifiers are vetoes (judge.py): what else is equal says whether a person should look.
DOI = {Sameness.SAME: 4.0, Sameness.NEAR: 0.0, Sameness.MISSING: 0.0, Sameness.OTHER: -1.0}
PMID = {Sameness.SAME: 6.0, Sameness.NEAR: 0.0, Sameness.MISSING: 0.0, Sameness.OTHER: 0.0}
ABSTRACT = {Sameness.SAME: 2.0, Sameness.NEAR: 0.0, Sameness.MISSING: 0.0, Sameness.OTHER: -2.0}
SAME_ID_OTHER_JOURNAL = -1.0
"""What another journal's name is worth beside the same DOI: sources name journals in their own ways."""
LONGEST_ENDING = 6
"""Signs that a DOI may have more than another one and be near it: ".pub2", "v2", a sign that slipped in."""
FIRST_PAGE_ONE = 1.0
"""What page 1 is worth: every issue, and every article counted for itself, has it."""


@dataclass(frozen=True)
class Evidence:
    """How each field of two records stands to the other's, the points of all, and the two."""

    left: Side
    right: Side
    title: TitlePair
    authors: Authorship
    year: Sameness
    journal: bool | None
    volume: Sameness
    number: Sameness
    pages: Sameness
    doi: Sameness
    pmid: Sameness
    abstract: Sameness

    @cached_property
    def points(self) -> float:
        """The weight of all evidence."""
        title, pages = TITLE[self.title.likeness], PAGES[self.pages]
        if self.title.is_short:
            title = min(title, SHORT)
        if self.pages is Sameness.SAME and self.left.place.first == 1:
            pages = FIRST_PAGE_ONE
        journal = JOURNAL[self.journal]
        if self.journal is False and self.has_same_numbers:
            journal = 0.0  # a journal under two names: volume and pages do not agree by chance
        elif self.journal is False and self.same_id:
            journal = SAME_ID_OTHER_JOURNAL
        return (
            title
            + AUTHORS[self.authors]
            + YEAR[self.year]
            + journal
            + VOLUME[self.volume]
            + NUMBER[self.number]
            + pages
            + DOI[self.doi]
            + PMID[self.pmid]
            + ABSTRACT[self.abstract]
        )

    @property
    def same_id(self) -> bool:
        """Whether they share a DOI or a PubMed id: evidence, not proof."""
        return self.doi is Sameness.SAME or self.pmid is Sameness.SAME

    @property
    def has_near_id(self) -> bool:
        """Whether their DOIs, or their PubMed ids, differ in one sign or by an ending: a typo, or the next document."""
        a, b = self.left, self.right
        return _is_near_id(a.doi, b.doi) or _is_near_id(a.pmid, b.pmid)

    @property
    def is_contradicted(self) -> bool:
        """Whether year, pages, authors or abstract speak against one document."""
        others = (self.year, self.pages, self.abstract)
        return Sameness.OTHER in others or self.authors is Authorship.OTHER

    @cached_property
    def same_text(self) -> bool:
        """Whether they share an abstract, also in the words that one of their titles has: what such words need.

        An identifier does not do: a supplement has one DOI, and a PubMed id may be mistyped.
        """
        only = self.title.only
        if self.abstract is not Sameness.SAME or not only:
            return self.abstract is Sameness.SAME
        left, right = words_in(self.left.abstract), words_in(self.right.abstract)
        return not any((word in left) != (word in right) for word in only)

    @property
    def is_cut_short(self) -> bool:
        """Whether what one title has more is no word of another document: it was broken off, or says the design only.

        No two articles fill the same pages of a volume; a supplement does not count.
        """
        if self.title.is_broken_off:
            return self.has_whole_place and self.authors is Authorship.SAME and not self.in_book
        is_known = self.same_id and self.pages is not Sameness.OTHER and not self.in_book
        is_placed = is_known or self.is_on_same_pages
        return self.says_no_more and is_placed and self.authors is Authorship.SAME

    @property
    def says_no_more(self) -> bool:
        """Whether what one title has more may be left out: the design of the study, Greek letters that got lost."""
        return self.title.differs_in_design or self._has_lost_letters

    @property
    def _has_lost_letters(self) -> bool:
        """Whether one title lacks but the Greek letters of the other: "interferon-" and "interferon-γ"."""
        losing, only = (
            (self.left, self.title.right_only) if self.title.right_only else (self.right, self.title.left_only)
        )
        return not self.title.is_substituted and _GREEK.issuperset(only) and bool(_LOST_LETTER.search(losing.title))

    @property
    def has_range(self) -> bool:
        """Whether both stand on the same pages, more than one: no short abstract among others."""
        a, b = self.left.place, self.right.place
        return self.pages is Sameness.SAME and a.is_range and b.is_range and a.last == b.last

    @property
    def has_same_numbers(self) -> bool:
        """Whether volume, first page and year agree."""
        return Sameness.SAME is self.volume is self.pages and self.year in (Sameness.SAME, Sameness.NEAR)

    @property
    def in_other_issues(self) -> bool:
        """Whether one is in a supplement and the other in an issue of the year, and no page says otherwise."""
        known = self.number is Sameness.OTHER or self.pages is Sameness.OTHER
        place = self.pages in (Sameness.SAME, Sameness.NEAR)
        return known and not place and self.left.is_supplement != self.right.is_supplement

    @property
    def in_unlike_issues(self) -> bool:
        """Whether they are in two issues, and no pages, text or identifier say that one number is wrong."""
        shared = self.same_id or self.same_text or self.pages is not Sameness.MISSING
        return self.number is Sameness.OTHER and self.volume is not Sameness.OTHER and not shared

    @property
    def has_no_place(self) -> bool:
        """Whether neither an identifier nor the journal, volume or pages of the two are known to agree."""
        place = self.journal is True or self.volume is Sameness.SAME or self.pages in (Sameness.SAME, Sameness.NEAR)
        return not place and not self.same_id

    @property
    def has_whole_place(self) -> bool:
        """Whether journal, volume and pages agree, all said."""
        return self.has_same_numbers and self.journal is not False and self.authors is not Authorship.OTHER

    @property
    def has_everything(self) -> bool:
        """Whether everything but an identifier is equal: what two different DOIs need to be one document's."""
        return (
            self.title.likeness is Likeness.EQUAL
            and self.authors is Authorship.SAME
            and self.year is Sameness.SAME
            and self.journal is True
            and self.pages is Sameness.SAME
            and self.volume is not Sameness.OTHER
            and self.abstract is not Sameness.OTHER
        )

    @property
    def in_book(self) -> bool:
        """Whether one is in a supplement: many exports give the pages, or the DOI, of the whole for each abstract."""
        return self.left.is_supplement or self.right.is_supplement

    @property
    def says_where(self) -> bool:
        """Whether what they share says more than a short title: an identifier, an abstract, or a page of a volume.

        Page 1 is of every issue; pages from the first to another one are not.
        """
        if self.same_id or self.abstract is Sameness.SAME:
            return True
        placed = self.pages is Sameness.SAME and (self.left.place.first != 1 or self.has_range)
        return placed and (self.volume is Sameness.SAME or self.has_range)

    @property
    def has_one_place(self) -> bool:
        """Whether they share an identifier and no page speaks against it, or a page of a volume (not of a book)."""
        if self.same_id:
            return self.pages is not Sameness.OTHER
        return self.has_whole_place and self.authors is Authorship.SAME and not self.in_book

    @property
    def is_on_same_pages(self) -> bool:
        """Whether they fill the same pages of a volume, more than one. Those of a supplement may be the whole's."""
        in_volume = self.volume is Sameness.SAME and self.year is Sameness.MISSING
        in_year = self.volume is not Sameness.OTHER and self.year is Sameness.SAME
        placed = self.journal is True and (in_volume or in_year)
        return self.has_range and (placed or self.has_whole_place) and not self.in_book

    @property
    def shows_one(self) -> bool:
        """Whether a PubMed id or their pages are one document's, so that a letter of a title may be wrong.

        A DOI does not do: it may be that of a supplement.
        """
        shown = self.pmid is Sameness.SAME or self.is_on_same_pages
        return shown and self.authors in (Authorship.SAME, Authorship.MISSING)

    def method(self) -> str:
        """What decided, in a few words."""
        named = [word for word, is_same in (("PubMed id", self.pmid), ("DOI", self.doi)) if is_same is Sameness.SAME]
        title = {Likeness.EQUAL: "same title", Likeness.NEAR: "near-equal title"}.get(self.title.likeness, "like title")
        if named:
            return f"same {' and '.join(named)}, {title}"
        shared = (
            ("pages", self.pages is Sameness.SAME),
            ("authors", self.authors is Authorship.SAME),
            ("abstract", self.abstract is Sameness.SAME),
            ("journal", self.journal is True),
            ("year", self.year is Sameness.SAME),
        )
        return next((f"{title}, {word}" for word, is_shared in shared if is_shared), title)


_GREEK = frozenset("alpha beta gamma delta epsilon kappa lambda mu omega".split())
_LOST_LETTER = lazy_compile(r"\w-(?=[\s():,;])")
"""What is left of "interferon-γ" where an export has no Greek letters."""
_WORDS_APART = frozenset({Likeness.NEAR, Likeness.SIMILAR, Likeness.DIFFERENT})


def weigh(left: Side, right: Side, spelling: Spelling) -> Evidence:
    """Compare all fields of two records; abstracts, which take longest, only where they could change the finding."""
    title = compare_titles(left.words, right.words, spelling)
    if {left.kind, right.kind} <= ABOUT_ANOTHER:
        title = replace(title, is_short=True)  # a paper has many notices and replies, all with its title
    pages = _pages(left, right)
    doi = _texts(left.doi, right.doi)
    is_settled = title.likeness in (Likeness.DIFFERENT, Likeness.MISSING)
    found = Evidence(
        left=left,
        right=right,
        title=title,
        authors=compare_authors(left, right),
        year=_years(left.year, right.year),
        journal=_journals(left, right),
        volume=_texts(left.volume_no, right.volume_no),
        number=_texts(_first_number(left.number), _first_number(right.number)),
        pages=pages,
        doi=doi,
        pmid=_texts(left.pmid, right.pmid),
        abstract=Sameness.MISSING if is_settled else compare_abstracts(left.abstract, right.abstract),
    )
    if title.likeness in _WORDS_APART:
        found = _read_again(found, spelling)
    signs = signs_apart(left.title, right.title) if not found.title.only else None
    if signs is None:
        return found
    one, other = (tuple(side) for side in signs)
    return replace(found, title=replace(found.title, likeness=Likeness.SIMILAR, left_only=one, right_only=other))


def _read_again(found: Evidence, spelling: Spelling) -> Evidence:
    """The evidence with titles compared more strictly, or less: SOLO is no typo of SOHO; a page may prove a typo."""
    left, right = found.left, found.right
    names = left.acronyms ^ right.acronyms
    is_shown = found.title.is_substituted and found.shows_one and not _has_each(found)
    if not names and not is_shown:
        return found
    return replace(found, title=compare_titles(left.words, right.words, spelling, names, is_shown=is_shown))


def _has_each(found: Evidence) -> bool:
    """Whether two words are two, as each abstract has that of its own title and not the other's."""
    a, b = (words_in(side.abstract) for side in (found.left, found.right))
    left, right = found.title.left_only, found.title.right_only
    return any(word in a - b for word in left) and any(word in b - a for word in right)


def _pages(left: Side, right: Side) -> Sameness:
    """As compare_pages has it, but page S77 of a supplement is not page 77 of an issue; both must say their issue."""
    found = compare_pages(left.place, right.place)
    if found is not Sameness.NEAR or left.place.prefix == right.place.prefix or not (left.number and right.number):
        return found
    in_supplement = ["sup" in f"{side.volume} {side.number}".casefold() for side in (left, right)]
    return found if in_supplement[0] == in_supplement[1] else Sameness.OTHER


def _years(left: int | None, right: int | None) -> Sameness:
    if left is None or right is None:
        return Sameness.MISSING
    return (Sameness.SAME, Sameness.NEAR)[abs(left - right)] if abs(left - right) <= 1 else Sameness.OTHER


def _journals(left: Side, right: Side) -> bool | None:
    if left.serials & right.serials:
        return True
    return same_journal(left.journal, right.journal)


def _texts(left: str, right: str) -> Sameness:
    if not left or not right:
        return Sameness.MISSING
    return Sameness.SAME if left == right else Sameness.OTHER


def _is_near_id(one: str, other: str) -> bool:
    if not one or not other or one == other:
        return False
    short, long = sorted((one, other), key=len)
    is_longer = long.startswith(short) and len(long) - len(short) <= LONGEST_ENDING
    return is_longer or OSA.distance(one, other, score_cutoff=1) <= 1


def _first_number(text: str) -> str:
    """The number of an issue: '22' of '22 SUPPL. 1'."""
    found = _DIGITS.search(text)
    return found[0] if found else ""
