r"""Words within a string of JSON that is marked up inside (HTML or JATS tags, entities), each with its place.

Between the file and the words lie two codes: the escapes of JSON ("\u00e9", "\/") and the markup of the string. Both
are undone here, and every character keeps the stretch of the file that it stands for.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from trialhouse.text.flattening import Flattening
from trialhouse.text.json_values import REPLACEMENT, SURROGATE
from trialhouse.text.lazy_patterns import lazy_compile

_ESCAPE = lazy_compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<code>[0-9a-fA-F]{4})|(?P<one>.))",
    re.S,
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MARK = lazy_compile(
    r"<!--.*?-->|</?(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:\s[^<>]*)?)/?>|&(?P<entity>#?\w{1,31});|\s*[\n\r\t]\s*", re.S
)
_BLOCKS = frozenset("p sec div abstract list list-item ul ol li disp-quote section br break table tr".split())
_LABELS = frozenset("title h1 h2 h3 h4 h5 h6".split())
_INLINE = frozenset(
    "i b em strong u s sub sup italic bold sc underline small font span a ext-link xref uri email named-content "
    "styled-content inline-formula monospace alternatives related-article roman fn inline-graphic graphic img label "
    "tt code cite q strike mark abbr dfn var td th inf".split()
)
_SILENT = frozenset(["tex-math"])
_POWER = lazy_compile(r"[+\-−–]?[0-9]")

_Copied = tuple[int, int, str | None]
"""A stretch of the decoded string, and what it stands for where that is not itself."""


class JsonString:
    """A string of a JSON text, decoded: character i of `text` stands for `places[i]` to `places[i + 1]` of the file."""

    def __init__(self, source: str, start: int, end: int) -> None:
        """`start` and `end` are between the quotation marks, as `scalar_spans` gives them."""
        words: list[str] = []
        self.places: list[int] = []
        self._odd: list[int] = []
        at = start
        for escape in _ESCAPE.finditer(source, start, end):
            words.append(source[at : escape.start()])
            self.places.extend(range(at, escape.start()))
            self._odd.append(len(self.places))
            self.places.append(escape.start())
            words.append(_character(escape))
            at = escape.end()
        words.append(source[at:end])
        self.places.extend(range(at, end + 1))
        self.text = SURROGATE.sub(REPLACEMENT, "".join(words))

    def copy(self, words: Flattening, start: int, end: int, locator: str | None) -> None:
        """Add characters of the decoded string to a prose, escapes as what they stand for."""
        at = start
        for odd in self._odd[bisect_left(self._odd, start) : bisect_left(self._odd, end)]:
            if odd > at:
                words.copy(self.places[at], self.places[odd], locator)
            words.stand_for(self.text[odd], self.places[odd], self.places[odd + 1], locator)
            at = odd + 1
        if end > at:
            words.copy(self.places[at], self.places[end], locator)


@dataclass
class Block:
    """A heading or a paragraph of a marked-up string."""

    string: JsonString
    locator: str | None
    is_label: bool
    parts: list[_Copied] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its words in one line."""
        text = self.string.text
        return " ".join("".join(text[a:b] if said is None else said for a, b, said in self.parts).split())

    def fill(self, words: Flattening) -> None:
        """Add its words to a prose."""
        for start, end, said in self.parts:
            if said is None:
                self.string.copy(words, start, end, self.locator)
            elif start == end:
                words.separate(said)
            else:
                words.stand_for(said, self.string.places[start], self.string.places[end], self.locator)


def read_blocks(source: str, start: int, end: int, locator: str | None = None) -> list[Block]:
    """The headings and paragraphs of a marked-up string, in order, those without words left out.

    A "<" that begins no tag known here is a sign of its own ("p <0.05"). A raised number behind a digit is a power.
    """
    string = JsonString(source, start, end)
    return [block for block in _read(string, locator) if block.words]


def _read(string: JsonString, locator: str | None) -> Iterator[Block]:
    text, at, silent = string.text, 0, None
    block = Block(string, locator, is_label=False)
    for mark in _MARK.finditer(text):
        name = (mark["name"] or "").lower().rpartition(":")[2]
        is_tag = mark["name"] is not None and (":" in mark["name"] or name in _BLOCKS | _LABELS | _INLINE | _SILENT)
        if mark["name"] is not None and not is_tag:
            continue
        if silent is None:
            _add(block, at, mark.start())
        at = mark.end()
        is_end = mark[0].startswith("</")
        if silent is not None or name in _SILENT:
            silent = None if is_end and name == (silent or name) else silent or name
        elif name in _BLOCKS or name in _LABELS:
            yield _trimmed(block)
            block = Block(string, locator, is_label=name in _LABELS and not is_end)
        elif name == "sup" and not is_end and _POWER.match(text, at) and _last(block).isdigit():
            block.parts.append((at, at, "^"))
        elif mark["entity"] is not None:
            block.parts.append((*mark.span(), html.unescape(mark[0])))
        elif mark[0].isspace():
            block.parts.append((*mark.span(), " "))
    _add(block, at, len(text))
    yield _trimmed(block)


def _add(block: Block, start: int, end: int) -> None:
    if end > start:
        block.parts.append((start, end, None))


def _last(block: Block) -> str:
    """The last character of a block so far."""
    if not block.parts:
        return ""
    start, end, said = block.parts[-1]
    return (block.string.text[start:end] if said is None else said)[-1:]


def _trimmed(block: Block) -> Block:
    """The block without white space around it."""
    text = block.string.text
    parts = block.parts
    while parts and not (text[parts[0][0] : parts[0][1]] if parts[0][2] is None else parts[0][2]).strip():
        parts.pop(0)
    while parts and not (text[parts[-1][0] : parts[-1][1]] if parts[-1][2] is None else parts[-1][2]).strip():
        parts.pop()
    if parts and parts[0][2] is None:
        start, end, _ = parts[0]
        parts[0] = (end - len(text[start:end].lstrip()), end, None)
    if parts and parts[-1][2] is None:
        start, end, _ = parts[-1]
        parts[-1] = (start, start + len(text[start:end].rstrip()), None)
    return block


def _character(escape: re.Match[str]) -> str:
    if escape["high"]:
        return bytes.fromhex(escape["high"] + escape["low"]).decode("utf-16-be")
    if escape["code"]:
        return chr(int(escape["code"], 16))
    return _SHORT.get(escape["one"], escape["one"])
