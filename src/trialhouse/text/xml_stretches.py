"""Where the elements of an XML text stand in its characters, and the words of their content, each with its place.

A parser of XML says what an element is, but not which characters of the text it stands in. The start tags of the text
and the elements of the tree come in the same order, so that both are walked together.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from trialhouse.text.flattening import Flattening

_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)
_ATTRIBUTES = r"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*"
_MARK = re.compile(
    rf"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<(?P<tag>{_ATTRIBUTES})>|&(?P<entity>[^;&<]{{1,32}});|\n\s*",
    re.S,
)
_MARKS = re.compile(r"[<&\n]")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
NOTHING: Mapping[int, int] = {}
_POWER = re.compile(r"(?:[+\-−–]|&#(?:8722|8211|x2212|x2013);)?[0-9]", re.I)


class Misplaced(ValueError):
    """The start tags of a text are not those of its tree: it is not the text that the tree was made of."""


class Stretch(NamedTuple):
    """An element and its place: `start` is that of its start tag, `inner` the span between its tags.

    A record has dozens: a named tuple is made in a third of a frozen dataclass's time.
    """

    node: etree._Element
    start: int
    inner: tuple[int, int]
    attributes: tuple[int, int]

    @property
    def parent(self) -> etree._Element:
        """The element around it, or itself at the top."""
        parent = self.node.getparent()
        return self.node if parent is None else parent

    def attribute(self, text: str, name: str) -> tuple[int, int] | None:
        """The span of an attribute's value between its quotes, or None."""
        found = re.compile(rf"\s{re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')").search(text, *self.attributes)
        return found.span(1 if found[1] is not None else 2) if found else None


def without_hidden(text: str) -> str:
    """A text of the same length in which comments, CDATA and instructions are blank, so that no tag is seen in them."""
    # One character is found ten times as fast as several, and most records have no exclamation mark.
    if not ("!" in text and ("!--" in text or "![CDATA[" in text)) and not ("?" in text and "?>" in text):
        return text
    return _HIDDEN.sub(lambda found: " " * len(found[0]), text)


def tag_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the start tags of these elements; group 1 is the name and group 2 what follows it."""
    return re.compile(rf"<({'|'.join(sorted(names))})(?=[\s/>])({_ATTRIBUTES})>")


def locate(
    bare: str, spans: Iterable[tuple[int, int]], tags: re.Pattern[str], nodes: Sequence[etree._Element]
) -> list[Stretch]:
    """The places of elements in a text, both in document order.

    `bare` is the text without what is hidden, `spans` the stretches of it that the tree was made of, `tags` the
    pattern of the elements' start tags. None of the elements may hold another one of its own name.
    Raises Misplaced where tree and text differ.
    """
    found = [tag for start, end in spans for tag in tags.finditer(bare, start, end)]
    if len(found) != len(nodes):
        raise Misplaced(f"{len(found)} start tags in the text, {len(nodes)} elements in the tree")
    return [_stretch(bare, tag, node) for tag, node in zip(found, nodes, strict=True)]


def _stretch(bare: str, tag: re.Match[str], node: etree._Element) -> Stretch:
    name, rest = tag.groups()
    if node.tag != name:
        raise Misplaced(f"<{name}> in the text, <{node.tag}> in the tree")
    start, opened = tag.span()
    closed = opened if rest[-1:] == "/" else bare.find(f"</{name}", opened)
    if closed < 0:
        raise Misplaced(f"<{name}> has no end")
    return Stretch(node, start, (opened, closed), tag.span(2))


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
    if not _MARKS.search(text, start, end):
        words.copy(start, end, locator)
        return
    at, last = start, ""
    for mark in _MARK.finditer(text, start, end):
        if mark.start() < at:
            continue  # within what is left out
        if mark.start() > at:
            words.copy(at, mark.start(), locator)
            last = text[mark.start() - 1]
        at = mark.end()
        if mark.start() in without:
            at = without[mark.start()]
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
    if not _MARKS.search(text, start, end):
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


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    raw = text[start:end]
    left = raw.lstrip()
    return end - len(left), start + len(raw.rstrip())
