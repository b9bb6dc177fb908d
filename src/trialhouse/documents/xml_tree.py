"""The elements of a whole XML text as a tree in which each knows its characters.

For formats whose elements nest in themselves (a paragraph that holds a list of paragraphs) and are read nearly all.
lxml decides whether the text is well formed; the places then come from one walk over its tags.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from lxml import etree

from trialhouse.model.evidence import Evidence
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.safe_xml import BrokenXml, parser, refuse_entities
from trialhouse.text.xml_stretches import without_hidden, words_of

_DECLARATION = lazy_compile(r"[\ufeff\s]*<\?xml[^>]{0,300}\?>")
_TAG = lazy_compile(
    r"<(?:/(?P<closed>[^\s>]+)\s*|(?P<name>[A-Za-z_][^\s/>]*)(?P<rest>[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*))>"
)
_ATTRIBUTE = r"\s{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"


DEEPEST = 100
"""Elements within elements that are read at most; the recorded articles nest at most 10 deep."""

LONGEST_PATHS = 100_000_000
"""Characters of the paths of places that are made at most: a long name stands in those of all elements within. Those of
all elements of the longest recorded article have some 100,000."""


class TooLarge(ValueError):
    """A limit is passed: `reason` is "too_deep" or "too_many_elements"."""

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(said)
        self.reason = reason


class Element:
    """An element: its name as written, where its tags and its content stand, what it is in and what is in it."""

    __slots__ = ("attributes", "children", "end", "inner", "name", "parent", "start")

    def __init__(self, name: str, start: int, attributes: tuple[int, int], opened: int, parent: "Element | None"):
        self.name = name
        self.start = start
        self.attributes = attributes
        self.inner = (opened, opened)
        self.end = opened
        self.parent = parent
        self.children: list[Element] = []

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    def find(self, path: str) -> "Element | None":
        """The first element below at a path of names ("front/article-meta")."""
        return next(self.all(path), None)

    def all(self, path: str) -> Iterator["Element"]:
        """Every element below at a path of names."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def below(self, names: Collection[str]) -> Iterator["Element"]:
        """Every element of these names below this one, at any depth."""
        return (one for one in self.walk() if one.name in names and one is not self)

    def ancestors(self) -> Iterator["Element"]:
        """What this element is in, from the inside out."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent


class XmlTree:
    """The tree of a text."""

    def __init__(self, text: str) -> None:
        """Raises UnsafeXml and BrokenXml as `parse_xml` does, and TooLarge, as what makes places also does."""
        _check(text)
        self.text = text
        self.root = _tree(without_hidden(text))
        self._numbered: dict[int, dict[int, int]] = {}
        self._paths: dict[int, str] = {}
        self._written = 0

    def attribute(self, element: Element, name: str) -> str:
        """The value of an attribute as it is written, "" where it is missing."""
        found = self.attribute_span(element, name)
        return self.text[slice(*found)] if found else ""

    def attribute_span(self, element: Element, name: str) -> tuple[int, int] | None:
        """The span of an attribute's value between its quotes, or None."""
        pattern = re.compile(_ATTRIBUTE.format(re.escape(name)))
        found = pattern.search(self.text, *element.attributes)
        return found.span(1 if found[1] is not None else 2) if found else None

    def words(self, element: Element) -> str:
        """The words of an element in one line: its text and that of the markup in it."""
        return words_of(self.text, *element.inner)

    def locator(self, element: Element) -> str:
        """The XML path of an element, with its number where it has siblings of its name."""
        path = ""
        for one in reversed((element, *self._unplaced(element))):
            number = self._number(one)
            around = self._paths[id(one.parent)] if one.parent is not None else ""
            path = self._made(f"{around}/{one.name}" if number is None else f"{around}/{one.name}[{number}]")
            if one.children:
                self._paths[id(one)] = path
        return path

    def _unplaced(self, element: Element) -> Iterator[Element]:
        """What an element is in, from the inside out, as far as there is no path of it yet."""
        return takewhile(lambda one: id(one) not in self._paths, element.ancestors())

    def _made(self, path: str) -> str:
        self._written += len(path)
        if self._written > LONGEST_PATHS:
            raise TooLarge(
                "too_many_elements", f"the paths of its elements take more than {LONGEST_PATHS:,} characters"
            )
        return path

    def _number(self, element: Element) -> int | None:
        """Which of its siblings of its name an element is, from 1; None where it is the only one.

        All children of a parent are counted at once: to count for each of them takes the square of their number.
        """
        if element.parent is None:
            return None
        if id(element.parent) not in self._numbered:
            self._numbered[id(element.parent)] = _numbers(element.parent.children)
        return self._numbered[id(element.parent)].get(id(element))

    def evidence(self, element: Element) -> Evidence:
        """The characters between an element's tags."""
        start, end = element.inner
        raw = self.text[start:end]
        start, end = end - len(raw.lstrip()), start + len(raw.rstrip())
        return Evidence(start=start, end=end, quote=self.text[start:end], locator=self.locator(element))

    def unknown(self, known: Collection[str]) -> Iterator[Evidence]:
        """The names of elements that are not among the known ones, one a path, at their first place."""
        seen: set[str] = set()
        for one in self.root.walk():
            if one.name not in known:
                path = self._made("/" + "/".join(reversed([one.name, *(other.name for other in one.ancestors())])))
                if path not in seen:
                    seen.add(path)
                    start = one.start + 1
                    yield Evidence(start=start, end=start + len(one.name), quote=one.name, locator=path)


def _numbers(children: Sequence[Element]) -> dict[int, int]:
    """The number of each element by its id() among those of its name, where there are several."""
    by_name: dict[str, list[Element]] = {}
    for one in children:
        by_name.setdefault(one.name, []).append(one)
    return {id(one): number for same in by_name.values() if len(same) > 1 for number, one in enumerate(same, start=1)}


def _check(text: str) -> None:
    # The declared encoding is that of the bytes, which are decoded already; positions of errors are not asked for.
    bare = _DECLARATION.sub("", text, count=1).lstrip("\ufeff \t\n").encode()
    refuse_entities(bare)
    try:
        etree.fromstring(bare, parser())
    except etree.XMLSyntaxError as error:
        raise BrokenXml(f"the XML is not well formed ({error.msg})") from error


def _tree(bare: str) -> Element:
    """The tree of a well-formed text whose comments, CDATA and instructions are blank."""
    top = Element("", 0, (0, 0), 0, None)
    inner, depth = top, 0
    for tag in _TAG.finditer(bare):
        if tag["name"] is None:
            inner.inner, inner.end = (inner.inner[0], tag.start()), tag.end()
            inner, depth = inner.parent or top, depth - 1
            continue
        one = Element(tag["name"], tag.start(), tag.span("rest"), tag.end(), inner)
        inner.children.append(one)
        if not tag["rest"].endswith("/"):
            inner, depth = one, depth + 1
            if depth > DEEPEST:
                raise TooLarge("too_deep", f"its XML nests more than {DEEPEST} elements in each other")
    root = top.children[0]
    root.parent = None
    return root
