"""Entries and fields of BibTeX, each with its place.

The library for BibTeX gives values and the lines they begin on; evidence needs their characters. Everything counts
characters, and what is looked for is ASCII: a text decoded as Latin-1 gives the places in its bytes.
"""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from trialhouse.text.lazy_patterns import lazy_compile

_TYPES = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis "
    "proceedings techreport unpublished online electronic report thesis dataset software patent periodical "
    "collection mvbook bookinbook suppbook www reference inreference review standard".split()
)
_ENTRY = lazy_compile(r"@[ \t]*(?P<type>[A-Za-z]{2,20})\s*(?P<open>[{(])\s*")
_KEY = lazy_compile(r"\s*(?P<key>[^\s,={}\"#%()]{0,200})\s*(?P<after>[,})])")
_NAME = lazy_compile(r"[\s,]*(?P<name>[A-Za-z_][\w:.+/-]{0,60})\s*=\s*")
_BARE = lazy_compile(r"[^\s,{}()\"#]+")
_JOIN = lazy_compile(r"\s*#\s*")
_OPENS = lazy_compile(r"\A(?:[\ufeff\s]|%[^\n]*\n)*@[ \t]*(?P<type>[A-Za-z]{2,20})\s*[{(]")
_NEVER = frozenset(["comment", "preamble", "string"])
_LEAD = lazy_compile(r"[ \t\ufeff}]*")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BibField:
    """A field: its name in lower case, where the name stands, and the stretches whose words make its value."""

    name: str
    start: int
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its type in lower case, its key, its span from "@" to its last bracket, its fields in order.

    `fault` says what is wrong where it could not be read to its end.
    """

    type: str
    key: str | None
    start: int
    end: int
    fields: tuple[BibField, ...]
    fault: str | None = None


def is_bibtex(text: str) -> bool:
    """Whether a text begins, after comments, as a file of BibTeX does."""
    found = _OPENS.match(text[:4000])
    return found is not None and found["type"].lower() in _TYPES | _NEVER


def read_entries(text: str) -> list[BibEntry]:
    """The entries of a text in order; strings, preambles and comments are none, nor is what stands between entries.

    An entry that breaks off ends where the next one begins a line. Takes time proportional to the text.
    """
    entries: list[BibEntry] = []
    lines, ends = _Lines(text), _Ends(text)
    at = 0
    while (found := _ENTRY.search(text, at)) is not None:
        kind = found["type"].lower()
        if not lines.begin_at(found.start()):
            at = found.start() + 1
            continue
        if kind in _NEVER:
            closed = ends.of_bracket(found.start("open"))
            at = closed + 1 if closed is not None else found.end()
            continue
        entry = _entry(text, found, ends)
        entries.append(entry)
        at = max(entry.end, found.end())
    return entries


class _Lines:
    """Whether places of a text, asked in their order, begin a line. Each line is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0
        self._begun = _LEAD.match(text).end()  # type: ignore[union-attr]  # it matches nothing at least

    def begin_at(self, at: int) -> bool:
        """Whether nothing but white space and left over brackets stands before a place in its line."""
        newline = self._text.rfind("\n", self._asked, at)
        if newline >= 0:
            self._begun = _LEAD.match(self._text, newline + 1).end()  # type: ignore[union-attr]
        self._asked = at
        return at <= self._begun


def _entry(text: str, opened: re.Match[str], ends: "_Ends") -> BibEntry:
    kind, start = opened["type"].lower(), opened.start()
    key = _KEY.match(text, opened.end())
    if key is None:
        return BibEntry(kind, None, start, _next_entry(text, opened.end()), (), "it has no key")
    closing = "}" if opened["open"] == "{" else ")"
    fields: list[BibField] = []
    at = key.end() if key["after"] == "," else key.end("key")
    while True:
        at = _skip(text, at)
        if text[at : at + 1] == closing:
            return BibEntry(kind, key["key"] or None, start, at + 1, tuple(fields))
        name = _NAME.match(text, at)
        value = _value(text, name.end(), ends) if name else None
        if name is None or value is None:
            end = _next_entry(text, max(at, opened.end()))
            fault = f"its field {name['name']} does not end" if name else "it breaks off"
            return BibEntry(kind, key["key"] or None, start, end, tuple(fields), fault)
        parts, at = value
        fields.append(BibField(name["name"].lower(), name.start("name"), tuple(parts)))


def _value(text: str, at: int, ends: "_Ends") -> tuple[list[Span], int] | None:
    """The stretches of a value that may be joined by "#", and where it ends; None where it does not end."""
    parts: list[Span] = []
    while True:
        opened = text[at : at + 1]
        if opened == "{":
            closed = ends.of_bracket(at)
        elif opened == '"':
            closed = ends.of_quote(at)
        else:
            bare = _BARE.match(text, at)
            if bare is None:
                return None
            parts.append(bare.span())
            closed = bare.end() - 1
        if closed is None:
            return None
        if opened in ('"', "{"):
            parts.append((at + 1, closed))
        joined = _JOIN.match(text, closed + 1)
        if joined is None:
            return parts, closed + 1
        at = joined.end()


_MARK = lazy_compile(r"\\.|[{}\"]|\n[ \t]*@[ \t]*[A-Za-z]{2,20}[ \t]*(?P<brace>\{)[^\s,={}]{1,200},", re.S)


class _Pairs:
    """Signs that open, in their order, and where each is closed, if it is."""

    def __init__(self) -> None:
        self._starts = array("q")
        self._ends = array("q")
        self._open: list[tuple[int, int]] = []

    def open(self, at: int, depth: int) -> None:
        """A sign opens within so many brackets."""
        self._open.append((len(self._starts), depth))
        self._starts.append(at)
        self._ends.append(-1)

    def close(self, at: int, depth: int) -> None:
        """A sign closes all that are open at its depth or deeper."""
        while self._open and self._open[-1][1] >= depth:
            self._ends[self._open.pop()[0]] = at

    def forget(self) -> None:
        """What is open now is never closed."""
        self._open.clear()

    def end_of(self, at: int) -> int | None:
        """Where the sign that opens at a place is closed."""
        number = bisect_left(self._starts, at)
        is_there = number < len(self._starts) and self._starts[number] == at
        return self._ends[number] if is_there and self._ends[number] >= 0 else None


class _Ends:
    """Where the brackets and quotes of a text close, found in one pass: a scan from each takes the square of the text
    where they do not close.

    Nothing closes behind the beginning of another entry in a line of its own.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def of_bracket(self, at: int) -> int | None:
        """The bracket that closes the one at a place; None where the text, or another entry, comes first."""
        if self._text[at] == "(":
            found = self._text.find(")", at) if at < self._last_round else -1
            return found if found >= 0 else None
        return self._brackets.end_of(at)

    def of_quote(self, at: int) -> int | None:
        """The quote that closes the one at a place: the next one outside the brackets that are opened behind it."""
        return self._quotes.end_of(at)

    @cached_property
    def _last_round(self) -> int:
        return self._text.rfind(")")

    @property
    def _brackets(self) -> _Pairs:
        return self._pairs[0]

    @property
    def _quotes(self) -> _Pairs:
        return self._pairs[1]

    @cached_property
    def _pairs(self) -> tuple[_Pairs, _Pairs]:
        brackets, quotes = _Pairs(), _Pairs()
        depth = 0
        for mark in _MARK.finditer(self._text):
            sign, at = mark[0][0], mark.start()
            if sign == "\n":
                brackets.forget()
                quotes.forget()
                sign, at = "{", mark.start("brace")
            if sign == "{":
                depth += 1
                brackets.open(at, depth)
            elif sign == "}":
                brackets.close(at, depth)
                depth -= 1
            elif sign == '"':
                quotes.close(at, depth)
                quotes.open(at, depth)
        return brackets, quotes


_NEXT = lazy_compile(r"^[ \t]*@[ \t]*[A-Za-z]{2,20}\s*[{(]", re.M)


def _next_entry(text: str, at: int) -> int:
    found = _NEXT.search(text, at)
    return found.start() if found else len(text)


def _skip(text: str, at: int) -> int:
    found = re.compile(r"[\s,]*").match(text, at)
    return found.end() if found else at
