"""Where the elements of an XML text stand in its characters, and the words of their content, each with its place.

A parser of XML says what an element is, but not which characters of the text it stands in. The start tags of the text
and the elements of the tree come in the same order, so that both are walked together.
"""

import functools
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile

_HIDDEN = lazy_compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)
_ATTRIBUTES = r"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*"
_MARK = lazy_compile(
    rf"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<(?P<tag>{_ATTRIBUTES})>|&(?P<entity>[^;&<]{{1,32}});|\n\s*",
    re.S,
)
_REST_OF_TAG = lazy_compile(rf"({_ATTRIBUTES})>")
_AFTER_NAME = " >/\t\r\n"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
NOTHING: Mapping[int, int] = {}
_POWER = lazy_compile(r"(?:[+\-−–]|&#(?:8722|8211|x2212|x2013);)?[0-9]", re.I)


class Misplaced(ValueError):
    """The start tags of a text are not those of its tree: it is not the text that the tree was made of."""


class Stretch(NamedTuple):
    """An element and its place: `start` is that of its start tag, `inner` the span between its tags; `parent` is the
    element around it, or itself at the top.

    A record has dozens: a named tuple is made in a third of a frozen dataclass's time.
    """

    node: etree._Element
    parent: etree._Element
    start: int
    inner: tuple[int, int]
    attributes: tuple[int, int]

    def attribute(self, text: str, name: str) -> tuple[int, int] | None:
        """The span of an attribute's value between its quotes, or None."""
        found = re.compile(rf"\s{re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')").search(text, *self.attributes)
        return found.span(1 if found[1] is not None else 2) if found else None


_stretch = functools.partial(tuple.__new__, Stretch)
"""A Stretch of five values. A named tuple's own constructor is written in Python."""


def without_hidden(text: str, start: int = 0) -> str:
    """A text of the same length in which comments, CDATA and instructions are blank, so that no tag is seen in them.

    What stands before `start` stays as it is.
    """
    if not _is_opened(text, "!", start) and not _is_opened(text, "?", start):
        return text
    return text[:start] + _HIDDEN.sub(lambda found: " " * len(found[0]), text[start:])


def _is_opened(text: str, sign: str, start: int) -> bool:
    """Whether a "<" with this sign behind it is in a text. The sign is rare, and one character is found twenty times as
    fast as two.
    """
    at = text.find(sign, start)
    while at >= 0:
        if text[at - 1] == "<":
            return True
        at = text.find(sign, at + 1)
    return False


def check_tags(
    bare: str, spans: Iterable[tuple[int, int]], names: Iterable[str], nodes: Sequence[etree._Element]
) -> None:
    """Raise Misplaced where there are more or fewer start tags of these names in a text than elements in its tree.

    That may be where names belong to a namespace, which the tags do not show.
    """
    tags = re.compile(rf"<(?:{'|'.join(sorted(names))})(?=[\s/>]){_ATTRIBUTES}>")
    found = sum(1 for start, end in spans for _ in tags.finditer(bare, start, end))
    if found != len(nodes):
        raise Misplaced(f"{found} start tags in the text, {len(nodes)} elements in the tree")


def locate(bare: str, spans: Iterable[tuple[int, int]], nodes: Iterable[etree._Element]) -> list[Stretch]:
    """The places of elements in a text, both in document order.

    `bare` is the text without what is hidden, `spans` the stretches of it that the tree was made of, in order. `nodes`
    are all elements of some names, none of which may hold another one of its own name: then the next start tag of its
    name is that of an element. To look for it takes a fifth of the time of a pattern of all the names.
    Raises Misplaced where tree and text differ.
    """
    stretches = []
    left = iter(spans)
    at, limit = next(left)
    find = bare.find
    for node in nodes:
        tag = node.tag
        start = find(f"<{tag}", at, limit)
        if start < 0 or bare[start + len(tag) + 1] not in _AFTER_NAME:  # seldom: a longer name may begin alike
            while (start := _next_tag(bare, tag, at, limit)) < 0:
                at, limit = next(left, (0, 0))
                if not limit:
                    raise Misplaced(f"<{tag}> in the tree, and no such tag in the text")
        at = start + len(tag) + 1
        opened, attributes = (at + 1, (at, at)) if bare[at] == ">" else _opened(bare, at)
        closed = opened if bare[opened - 2] == "/" else find(f"</{tag}", opened)
        if closed < 0:
            raise Misplaced(f"<{tag}> has no end")
        parent = node.getparent()
        stretches.append(_stretch((node, node if parent is None else parent, start, (opened, closed), attributes)))
    return stretches


def _next_tag(bare: str, name: str, start: int, end: int) -> int:
    """Where the next start tag of that name begins, or -1: a longer name may begin alike."""
    opening = f"<{name}"
    start = bare.find(opening, start, end)
    while start >= 0 and bare[start + len(opening)] not in _AFTER_NAME:
        start = bare.find(opening, start + 1, end)
    return start


def _opened(bare: str, after_name: int) -> tuple[int, tuple[int, int]]:
    """Where a start tag ends, and the span of what it holds behind its name."""
    rest = _REST_OF_TAG.match(bare, after_name)
    if rest is None:
        raise Misplaced(f"a start tag at character {after_name} of the text has no end")
    return rest.end(), rest.span(1)


def add_words(
    words: Flattening, start: int, end: int, locator: str | None = None, without: Mapping[int, int] = NOTHING
) -> None:
    """Add the words of a stretch of content: its text without tags and comments, entities as their characters.

    `without` holds stretches to leave out, the end of each by its start, which is that of a tag. White space around
    the content falls away; a line end with the white space after it is one space, since files are indented.
    A raised number after a digit is a power and must not be read on: "10<sup>9</sup>" becomes "10^9", where the sign
    stands nowhere in the file.
    """
    text = words.source
    start, end = _stripped(text, start, end)
    if start >= end:
        return
    if not _has_marks(text, start, end):
        words.copy(start, end, locator)
        return
    at, last = start, ""
    marks = _MARK.finditer(text, start, end)
    while (mark := next(marks, None)) is not None:
        if mark.start() > at:
            words.copy(at, mark.start(), locator)
            last = text[mark.start() - 1]
        at = mark.end()
        if mark.start() in without:
            at = without[mark.start()]
            marks = _MARK.finditer(text, at, end)  # nothing within it is looked at
        elif mark["tag"] is not None:
            if mark["tag"] == "sup" and last.isdigit() and _POWER.match(text, at, end):
                words.separate("^")
        elif mark["entity"] is not None:
            last = character(mark["entity"])
            words.stand_for(last, *mark.span(), locator)
        elif mark["cdata"] is not None:
            words.copy(*mark.span("cdata"), locator)
            last = mark["cdata"][-1:] or last
        elif mark[0][0] == "\n":
            words.stand_for(" ", *mark.span(), locator)
            last = " "
    words.copy(at, end, locator)


def words_of(text: str, start: int, end: int) -> str:
    """The words of a stretch of content in one line."""
    if not _has_marks(text, start, end):
        return text[start:end].strip()
    words = Flattening(text)
    add_words(words, start, end)
    return " ".join(words.text.split())


def character(entity: str) -> str:
    """The character that an entity names: by number, or by a name of XML or HTML; an unknown one stands as written.

    The text is well formed: names that XML does not have come from a grammar, which is not loaded.
    """
    if entity.startswith("#"):
        return chr(int(entity[2:], 16) if entity[1] in "xX" else int(entity[1:]))
    return _NAMED.get(entity) or html.unescape(f"&{entity};")


def _has_marks(text: str, start: int, end: int) -> bool:
    """Whether markup or a line end stands in a stretch. Three searches for one character take a tenth of the time of
    one for any of them.
    """
    return text.find("<", start, end) >= 0 or text.find("&", start, end) >= 0 or text.find("\n", start, end) >= 0


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    if start < end and not text[start].isspace() and not text[end - 1].isspace():  # nearly always
        return start, end
    raw = text[start:end]
    left = raw.lstrip()
    return end - len(left), start + len(raw.rstrip())
