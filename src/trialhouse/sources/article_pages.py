"""Which further pages belong to an article that its site shows on several: never a list, comments or the next story.

A page belongs where its address extends that of the article by its number (`?page=2`, `/2`, `/page/2`, `/page-2`; with
rel=next also `story-2.html`), a link to it says so (rel=next, its number, "next page"), it stands outside the
comments, and, once it came, it gives the article as its own (canonical address, or title) and shows other text.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from trialhouse.sources.page_view import PageLink, PageView

MOST_PAGES = 10
"""Pages of one article that are followed; what has more is a list, or says in the record what is missing."""

_PAGE_NAMES = frozenset(("page", "pg", "pageno", "pagenum", "pagenumber", "page_number", "seite"))
_NO_MATTER = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ref|source", re.I)
_NUMBER = r"([1-9]\d{0,2})"
_EXTENDS = re.compile(rf"/(?:page[/-]?|p)?{_NUMBER}/?\Z", re.I)
_BEFORE_ENDING = re.compile(rf"[-_]{_NUMBER}\Z")
_ENDING = re.compile(r"\.(?:x?html?|php|aspx?)\Z", re.I)
_LEADS_ON = frozenset(
    "page pages next continue continued continues reading read on to the go of article story seite nächste weiter "
    "página siguiente page suivante suivant".split()
)
_PAGE_OF = re.compile(r"\bpage\s*\d+(?:\s*(?:of|/)\s*\d+)?|\b\d+\s*/\s*\d+\b", re.I)
_COMMENTS = re.compile(r"comment|discussion|disqus|replies|respond", re.I)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "Blog"))
_LIST_CLASSES = frozenset(("archive", "category", "blog", "search", "search-results", "tag", "listing", "tax-archive"))
_REPEATED = 0.7
"""The share of the first page's prose that a further page repeats at most; its menus and notices are less."""


def page_number(address: str, first: str, *, by_ending: bool = False) -> int | None:
    """Which page of an article an address is (1 is the article's own), or None where it is none of it.

    Both are normal addresses. `by_ending` also takes a number before the ending of the file's name.
    """
    one, other = urlsplit(address), urlsplit(first)
    if one.netloc != other.netloc:
        return None
    queries = [parse_qsl(parts.query, keep_blank_values=True) for parts in (one, other)]
    numbers = [value for name, value in queries[0] if name.lower() in _PAGE_NAMES]
    own, wanted = (sorted(pair for pair in query if _matters(pair[0])) for query in queries)
    path, start = one.path.rstrip("/"), other.path.rstrip("/")
    if own != wanted or len(numbers) > 1:
        return None
    if path == start:
        found = re.fullmatch(_NUMBER, numbers[0]) if numbers else None
        return int(found[1]) if found else None if numbers else 1
    if numbers or not start:
        return None
    return _number_in_path(path, start, by_ending)


def _matters(name: str) -> bool:
    return name.lower() not in _PAGE_NAMES and not _NO_MATTER.fullmatch(name)


def _number_in_path(path: str, start: str, by_ending: bool) -> int | None:
    found = None
    if path.startswith(start):
        found = _EXTENDS.fullmatch(path[len(start) :])
    elif by_ending and (ending := _ENDING.search(start)) and path.endswith(ending[0]):
        base = start[: ending.start()]
        found = _BEFORE_ENDING.fullmatch(path[len(base) : -len(ending[0])]) if path.startswith(base) else None
    if found is None and by_ending and path.startswith(start):
        found = _BEFORE_ENDING.fullmatch(path[len(start) :])
    return int(found[1]) if found else None


def first_address(page: PageView) -> str:
    """The address that an article's further pages extend: its canonical one where that is on the same site."""
    canonical = page.canonical
    if canonical is not None and page_number(page.address, canonical, by_ending=True) is not None:
        return canonical
    return page.address


def further_pages(page: PageView, first: str) -> dict[int, str]:
    """The addresses of the other pages of the same article that a page links to, by number."""
    found: dict[int, str] = {}
    if is_list(page, first):
        return found
    for link in page.links:
        is_next = "next" in link.rel
        number = page_number(link.address, first, by_ending=is_next)
        if number is not None and number > 1 and (is_next or _leads_on(link, number)) and not _of_comments(link):
            found.setdefault(number, link.address)
    return found


def _leads_on(link: PageLink, number: int) -> bool:
    """Whether a link shows nothing but a page's number, an arrow, or words for the next page."""
    words = re.findall(r"\w+", link.text.lower())
    return all(word in _LEADS_ON or word == str(number) for word in words)


def _of_comments(link: PageLink) -> bool:
    return bool(_COMMENTS.search(link.fragment) or _COMMENTS.search(link.around) or _COMMENTS.search(link.address))


def is_list(page: PageView, first: str) -> bool:
    """Whether a page is a list of articles: by its address, by what it says of itself, by what is on it."""
    if urlsplit(first).path in ("", "/"):
        return True
    body = page.root.find("body")
    classes = set(str(body.get("class") or "").lower().split()) if body is not None else set()
    if page.types & _LIST_TYPES or classes & _LIST_CLASSES:
        return True
    linked_headings = page.root.xpath("//article[.//h2//a or .//h3//a or .//a//h2 or .//a//h3]")
    return len(linked_headings) >= 3 and not page.says_article


def belongs(page: PageView, number: int, first: PageView, base: str) -> bool:
    """Whether a page that came is this page of the article, of which `first` is the first page."""
    if page_number(page.address, base, by_ending=True) != number:
        return False  # sent on to another page: there is no such one
    if page.canonical is not None and page.canonical != first.canonical:
        if page_number(page.canonical, base, by_ending=True) not in (1, number):
            return False
    elif page.canonical is None and not _share_a_title(page, first):
        return False
    return not _repeats(page.paragraphs, first.paragraphs)


def _share_a_title(page: PageView, first: PageView) -> bool:
    names = [{_bare(text) for text in (one.title, *one.headings)} - {""} for one in (page, first)]
    return bool(names[0] & names[1]) or not names[0] or not names[1]


def _bare(title: str) -> str:
    return "".join(character for character in _PAGE_OF.sub("", title).lower() if character.isalnum())


def _repeats(paragraphs: Sequence[str], before: Sequence[str]) -> bool:
    """Whether paragraphs hold most of others: the same article again, with other comments or none at all."""
    seen = set(paragraphs)
    return sum(len(text) for text in before if text in seen) >= _REPEATED * sum(map(len, before)) > 0
