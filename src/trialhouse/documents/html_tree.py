"""A page's markup as a tree, what every element of it holds counted once, and the limits of what is read.

Questions such as "how much text is in this element" are answered from the counts, never by walking through the element:
elements nest, and to walk through each takes the size of the page times its depth.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from trialhouse.model.document import UnreadableDocument

DEEPEST = 512
"""Elements within elements that are read at most; the recorded pages nest at most 20 deep."""

MOST_ELEMENTS = 200_000
"""Elements of a page that are read at most; the recorded pages have at most 3,223."""

MOST_ATTRIBUTES = 1_000
"""Attributes of an element that are read at most, since a tree of libxml2 takes the square of their number; those of
the recorded pages have at most 15."""

_PROSE = frozenset(("p", "li", "td"))
_WORDS = (NavigableString, CData)
"""Strings that are shown: not comments, scripts or styles, which are classes of their own."""


@dataclass(slots=True)
class Counts:
    """What is in an element, at any depth.

    `things` are elements and strings; `characters` those of all strings, comments and scripts included; `words` those
    of what is shown, each string without the white space around it, and `first` the first of them; `prose` those in
    paragraphs, list items and cells, where one that holds paragraphs does not count beside them.
    """

    place: int = 0
    things: int = 0
    characters: int = 0
    words: int = 0
    prose: int = 0
    first: str = ""
    has_paragraph: bool = False
    has_heading: bool = False

    def holds(self, other: "Counts") -> bool:
        """Whether the other element is in this one."""
        return self.place < other.place <= self.place + self.things


@dataclass
class PageTree:
    """A page: its elements, those of each name, those that say they are the main part, and what is in each."""

    soup: BeautifulSoup
    mains: list[Tag] = field(default_factory=list)
    _named: dict[str, list[Tag]] = field(default_factory=dict)
    _counts: dict[int, Counts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nodes = [self.soup, *self.soup.descendants]
        for place, node in enumerate(nodes):
            if isinstance(node, Tag):
                self._counts[id(node)] = Counts(place)
                self._named.setdefault(node.name, []).append(node)
                if node.get("role") == "main":
                    self.mains.append(node)
        # From the last to the first: what is inside is counted before what is around it.
        for node in reversed(nodes):
            if node.parent is not None:
                around = self._counts[id(node.parent)]
                if isinstance(node, Tag):
                    _add_element(around, node.name, self._counts[id(node)])
                else:
                    _add_string(around, node)

    def counts(self, node: Tag) -> Counts:
        """What is in an element."""
        return self._counts[id(node)]

    def named(self, *names: str) -> list[Tag]:
        """The elements of these names, in the order of the page."""
        found = [one for name in names for one in self._named.get(name, ())]
        return sorted(found, key=lambda one: self.counts(one).place) if len(names) > 1 else found

    def outermost(self, *names: str) -> Iterator[Tag]:
        """The elements of these names that are in none of them, in the order of the page."""
        last: Counts | None = None
        for one in self.named(*names):
            counts = self.counts(one)
            if last is None or not last.holds(counts):
                last = counts
                yield one


def _add_element(around: Counts, name: str, inner: Counts) -> None:
    around.things += 1 + inner.things
    around.characters += inner.characters
    around.words += inner.words
    around.prose += inner.prose + (inner.words if name in _PROSE and not inner.has_paragraph else 0)
    around.first = inner.first or around.first
    around.has_paragraph |= inner.has_paragraph or name == "p"
    around.has_heading |= inner.has_heading or name == "h1"


def _add_string(around: Counts, string: Any) -> None:
    around.things += 1
    around.characters += len(string)
    if type(string) in _WORDS:
        bare = string.strip()
        around.words += len(bare)
        around.first = bare[:1] or around.first


class _Refused(Exception):
    """A limit is passed: its reason, and what of the page passes it."""

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(said)
        self.reason = reason


class _Soup(BeautifulSoup):
    """A tree that stops growing at a limit, so that no time goes into what will be refused."""

    def __init__(self, html: str) -> None:
        self.elements = 0
        super().__init__(html, "lxml")

    def pushTag(self, tag: Tag) -> None:
        """Open an element inside the one that is open."""
        super().pushTag(tag)
        self.elements += 1
        if len(self.tagStack) > DEEPEST + 1:  # the document itself is on the stack
            raise _Refused("too_deep", f"nests more than {DEEPEST} elements in each other")
        if self.elements > MOST_ELEMENTS:
            raise _Refused("too_many_elements", f"has more than {MOST_ELEMENTS:,} elements")
        if len(tag.attrs) > MOST_ATTRIBUTES:
            raise _Refused("too_many_attributes", f"has an element of more than {MOST_ATTRIBUTES:,} attributes")


def read_tree(html: str, where: str) -> PageTree:
    """The tree of a page.

    Raises UnreadableDocument: "too_deep", "too_many_elements" or "too_many_attributes".
    """
    try:
        return PageTree(_Soup(html))
    except _Refused as refused:
        raise UnreadableDocument(
            refused.reason,
            f"{where}: its HTML {refused}, which no page that is meant well does; save the page from a browser, or "
            "give its text.",
        ) from None
