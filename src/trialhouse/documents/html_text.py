"""A page's elements flattened to text: blocks as paragraphs, tables row by row, and what the markup says of each part.

Nothing that a reader sees is dropped: menus and related articles stay in the text and are marked as zones. Only what no
reader sees goes (scripts, styles, templates, hidden elements).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bs4.element import CData, NavigableString, PageElement, PreformattedString, Tag

from trialhouse.documents.html_tree import PageTree
from trialhouse.model.document import Zone, ZoneKind
from trialhouse.text.lazy_patterns import lazy_compile

_DROPPED = frozenset(
    "script style template noscript iframe object embed head annotation annotation-xml datalist canvas audio "
    "video".split()
)
_PARAGRAPHS = frozenset(
    "p div section article main aside nav header footer h1 h2 h3 h4 h5 h6 ul ol dl table figure figcaption blockquote "
    "pre form fieldset address hr details summary caption body".split()
)
_LINES = frozenset("li tr dt dd br option legend thead tbody tfoot".split())
_CELLS = frozenset(("td", "th"))
_HIDDEN_STYLE = lazy_compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = lazy_compile(r"[ \t\n\r\f\x0b]+")

_BY_TAG = {"nav": ZoneKind.MENU, "aside": ZoneKind.RELATED, "footer": ZoneKind.FOOTER, "button": ZoneKind.MENU}
_BY_ROLE = {"navigation": ZoneKind.MENU, "contentinfo": ZoneKind.FOOTER, "complementary": ZoneKind.RELATED}
_BY_WORD: tuple[tuple[ZoneKind, frozenset[str]], ...] = (
    (
        ZoneKind.ADVERTISEMENT,
        frozenset("ad ads advert adverts advertisement advertising sponsored sponsor adslot dfp".split()),
    ),
    (ZoneKind.RELATED, frozenset("related recommended recommendations trending sidebar mostread alsolike".split())),
    (
        ZoneKind.MENU,
        frozenset(
            "nav menu navbar navigation breadcrumb breadcrumbs share sharing social toolbar cookie cookies".split()
        ),
    ),
    (ZoneKind.REFERENCES, frozenset("references bibliography reflist citedby".split())),
    (ZoneKind.KEYWORDS, frozenset("keywords keyword kwd mesh".split())),
    (ZoneKind.AFFILIATION, frozenset("affiliation affiliations authors contributors".split())),
    (ZoneKind.FOOTER, frozenset("footer copyright disclosure disclosures acknowledgments acknowledgements".split())),
)
_WORDS = lazy_compile(r"[A-Za-z]+")
_MOST_OF_PAGE = 0.4
"""A part that holds more of the page's text than this is no box beside it, whatever its class is called."""

_HEADINGS = 500
"""Headings of a page among which that of the article is looked for."""

_LONGEST_HEADING = 200
"""Elements and strings in a heading at most: what holds more is a part of the page that is marked up as a heading."""


@dataclass
class FlatPage:
    """The flattened text of a page, the zones that its markup tells, in order, and where its links lead.

    A link is its address and the place of its words.
    """

    text: str
    zones: list[Zone] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)


class _Writer:
    """Text as it grows: white space is collapsed, and breaks are written only between things."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.last = ""
        self.wanted = ""

    def write(self, text: str, keep_spaces: bool = False) -> None:
        """Add inline text; white space between words becomes one space."""
        bare = text if keep_spaces else _SPACES.sub(" ", text)
        if not keep_spaces:
            if bare[:1] == " ":
                self.want(" ")
            core = bare.strip(" ")
        else:
            core = bare.strip("\n")
        if core:
            self._put_wanted()
            self._put(core)
        if bare[-1:] == " " and not keep_spaces and core:
            self.want(" ")

    def mark(self, text: str) -> None:
        """Add a mark right after what was written, without a space."""
        if self.last and not self.wanted:
            self._put(text)

    def want(self, gap: str) -> None:
        """Ask for a gap before the next text; the widest one asked for is written."""
        order = ("", " ", "\t", "\n", "\n\n")
        if self.length and order.index(gap) > order.index(self.wanted):
            self.wanted = gap

    def start(self) -> int:
        """The offset at which the next text will stand."""
        return self.length + len(self.wanted)

    def _put_wanted(self) -> None:
        if self.wanted:
            self._put(self.wanted)
            self.wanted = ""

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.last = text[-1:]


def flatten(page: PageTree, main: Tag | None, title: str | None = None) -> FlatPage:
    """The text of a page's body; `main` is its main part, outside of which (but for headings) everything is a menu.

    `title` is what the head says, and tells the heading of the article from that of the site.
    """
    heading = _title_heading(page, main, title)
    shown, hides = _flatten(page, main, heading, keep_hidden=False)
    if not hides:
        return shown
    everything, _ = _flatten(page, main, heading, keep_hidden=True)
    # Some pages hide their whole content until a script has run: then what is hidden is the page.
    return everything if len(shown.text) * 2 < len(everything.text) else shown


def _flatten(page: PageTree, main: Tag | None, heading: Tag | None, keep_hidden: bool) -> tuple[FlatPage, bool]:
    """The text of the body, and whether anything in it was left out because it is hidden."""
    body = page.soup.body or page.soup
    writer, zones = _Writer(), _Zoning(page, body, main, heading)
    opened: list[int] = []
    links: list[tuple[str, int, int]] = []
    hides = False
    stack: list[tuple[PageElement, bool]] = [(body, False)]
    while stack:
        node, leaving = stack.pop()
        if isinstance(node, Tag):
            if leaving:
                _leave(node, writer)
                zones.leave(node, writer)
                if node.name == "a" and writer.length > (start := opened.pop()) and node.has_attr("href"):
                    links.append((str(node["href"]), start, writer.length))
            elif node.name in _DROPPED:
                continue
            elif not keep_hidden and node is not body and is_hidden(node):
                hides = True
            else:
                _enter(page, node, writer)
                zones.enter(node, writer)
                if node.name == "a":
                    opened.append(writer.start())
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and (
            isinstance(node, CData) or not isinstance(node, PreformattedString)
        ):
            writer.write(str(node).replace("\r", "\n"), keep_spaces=_in_pre(node))
    return FlatPage("".join(writer.pieces), zones.found, links), hides


def _title_heading(page: PageTree, main: Tag | None, title: str | None) -> Tag | None:
    """The heading that holds the article's title: the one that agrees with the head, else the only one there is."""
    headings = [one for one in page.named("h1", "h2") if page.counts(one).words]
    wanted = _letters(title or "")
    for heading in headings[:_HEADINGS]:
        said = _letters(heading.get_text()) if page.counts(heading).things <= _LONGEST_HEADING else ""
        if wanted and len(said) >= 10 and (said in wanted or wanted in said):
            return heading
    firsts = [one for one in headings if one.name == "h1"]
    inside = [one for one in firsts if main is not None and page.counts(main).holds(page.counts(one))]
    return firsts[0] if len(firsts) == 1 else (inside[0] if len(inside) == 1 else None)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def is_hidden(node: Tag) -> bool:
    """Whether an element says itself that it is not shown."""
    return node.has_attr("hidden") or is_hiding_style(str(node.get("style") or ""))


def is_hiding_style(style: str) -> bool:
    """Whether the value of a style attribute says that the element is not shown."""
    return bool(_HIDDEN_STYLE.search(style))


def _in_pre(node: NavigableString) -> bool:
    return node.parent is not None and node.parent.name == "pre"


def _enter(page: PageTree, node: Tag, writer: _Writer) -> None:
    if node.name in _PARAGRAPHS:
        writer.want("\n\n")
    elif node.name in _LINES:
        writer.want("\n")
        if node.name == "li" and page.counts(node).words:
            writer.write("•", keep_spaces=True)
            writer.want(" ")
    elif node.name in _CELLS:
        writer.want("\t" if _has_cell_before(node) else "\n")
    elif _is_exponent(page, node, writer):
        writer.mark("^" if node.name == "sup" else "_")


def _has_cell_before(cell: Tag) -> bool:
    """Whether a cell stands before this one in its row; each look goes back to the last cell and no further."""
    before = cell.previous_sibling
    while before is not None and not (isinstance(before, Tag) and before.name in _CELLS):
        before = before.previous_sibling
    return before is not None


def _is_exponent(page: PageTree, node: Tag, writer: _Writer) -> bool:
    """Whether a raised or lowered number follows a digit: 10<sup>9</sup> and 5.2<sup>3</sup> are not 109 and 5.23."""
    if node.name not in ("sup", "sub") or not writer.last.isdigit():
        return False
    return page.counts(node).first in tuple("0123456789-−+–")


def _leave(node: Tag, writer: _Writer) -> None:
    if node.name in _PARAGRAPHS:
        writer.want("\n\n")
    elif node.name in _LINES:
        writer.want("\n")
    elif node.name in _CELLS:
        writer.want("\t")


class _Zoning:
    """Which part of the page is what, by element, role and class; the outermost part that says so counts."""

    def __init__(self, page: PageTree, body: Tag, main: Tag | None, heading: Tag | None) -> None:
        self.page = page
        self.main = main
        self.around_main = {id(parent) for parent in main.parents} if main is not None else set()
        self.size = max(1, page.counts(body).characters)
        self.open: tuple[int, ZoneKind, int] | None = None
        self.heading = heading
        self.found: list[Zone] = []

    def enter(self, node: Tag, writer: _Writer) -> None:
        if self.open is not None:
            return
        kind = self._kind(node)
        if kind is not None:
            self.open = (id(node), kind, writer.start())

    def leave(self, node: Tag, writer: _Writer) -> None:
        if self.open is None or self.open[0] != id(node):
            return
        _, kind, start = self.open
        self.open = None
        if writer.length > start:
            self.found.append(Zone(kind=kind, start=start, end=writer.length))

    def _kind(self, node: Tag) -> ZoneKind | None:
        if node is self.main or id(node) in self.around_main:
            return None
        if node is self.heading:
            return ZoneKind.TITLE
        by_markup = _by_class(node) or _BY_TAG.get(node.name) or _BY_ROLE.get(str(node.get("role") or ""))
        if by_markup is not None:
            inside = self.page.counts(node)
            is_box = inside.characters < _MOST_OF_PAGE * self.size and not inside.has_heading
            return by_markup if is_box else None
        outside = self.main is not None and node.parent is not None and id(node.parent) in self.around_main
        return ZoneKind.MENU if outside and not self.page.counts(node).has_heading else None


def _by_class(node: Tag) -> ZoneKind | None:
    if node.name not in ("div", "section", "aside", "ul", "ol", "p", "span", "header", "dl", "table"):
        return None
    said: Any = node.get("class") or []
    names = (said if isinstance(said, str) else " ".join(said)) + " " + str(node.get("id") or "")
    words = {word.lower() for word in _WORDS.findall(names)}
    return next((kind for kind, signs in _BY_WORD if words & signs), None)
