"""Entries and fields of BibTeX, each with its place.

The library for BibTeX gives values and the lines they begin on; evidence needs their characters. Everything counts
characters, and what is looked for is ASCII: a text decoded as Latin-1 gives the places in its bytes.
"""

import re
from dataclasses import dataclass

_TYPES = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis "
    "proceedings techreport unpublished online electronic report thesis dataset software patent periodical "
    "collection mvbook bookinbook suppbook www reference inreference review standard".split()
)
_ENTRY = re.compile(r"@[ \t]*(?P<type>[A-Za-z]{2,20})\s*(?P<open>[{(])\s*")
_KEY = re.compile(r"\s*(?P<key>[^\s,={}\"#%()]{0,200})\s*(?P<after>[,})])")
_NAME = re.compile(r"[\s,]*(?P<name>[A-Za-z_][\w:.+/-]{0,60})\s*=\s*")
_BARE = re.compile(r"[^\s,{}()\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_OPENS = re.compile(r"\A(?:[\ufeff\s]|%[^\n]*\n)*@[ \t]*(?P<type>[A-Za-z]{2,20})\s*[{(]")
_NEVER = frozenset(["comment", "preamble", "string"])

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
    at = 0
    while (found := _ENTRY.search(text, at)) is not None:
        kind = found["type"].lower()
        if not _begins_line(text, found.start()):
            at = found.start() + 1
            continue
        if kind in _NEVER:
            closed = _closing(text, found.start("open"))
            at = closed + 1 if closed is not None else found.end()
            continue
        entry = _entry(text, found)
        entries.append(entry)
        at = max(entry.end, found.end())
    return entries


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t\ufeff}")


def _entry(text: str, opened: re.Match[str]) -> BibEntry:
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
        value = _value(text, name.end()) if name else None
        if name is None or value is None:
            end = _next_entry(text, max(at, opened.end()))
            fault = f"its field {name['name']} does not end" if name else "it breaks off"
            return BibEntry(kind, key["key"] or None, start, end, tuple(fields), fault)
        parts, at = value
        fields.append(BibField(name["name"].lower(), name.start("name"), tuple(parts)))


def _value(text: str, at: int) -> tuple[list[Span], int] | None:
    """The stretches of a value that may be joined by "#", and where it ends; None where it does not end."""
    parts: list[Span] = []
    while True:
        opened = text[at : at + 1]
        if opened == "{":
            closed = _closing(text, at)
        elif opened == '"':
            closed = _closing_quote(text, at)
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


_BRACKET = re.compile(r"\\.|[{}]|\n[ \t]*@[ \t]*[A-Za-z]{2,20}[ \t]*\{[^\s,={}]{1,200},", re.S)
_QUOTE = re.compile(r"\\.|[{}\"]|\n[ \t]*@[ \t]*[A-Za-z]{2,20}[ \t]*\{[^\s,={}]{1,200},", re.S)


def _closing(text: str, at: int) -> int | None:
    """The bracket that closes the one at `at`; None where the text, or another entry, comes first."""
    if text[at] == "(":
        found = text.find(")", at)
        return found if found >= 0 else None
    depth = 0
    for mark in _BRACKET.finditer(text, at):
        if mark[0][0] == "\n":
            return None
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.start()
    return None


def _closing_quote(text: str, at: int) -> int | None:
    depth = 0
    for mark in _QUOTE.finditer(text, at + 1):
        if mark[0][0] == "\n":
            return None
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == '"' and depth <= 0:
            return mark.start()
    return None


_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]{2,20}\s*[{(]", re.M)


def _next_entry(text: str, at: int) -> int:
    found = _NEXT.search(text, at)
    return found.start() if found else len(text)


def _skip(text: str, at: int) -> int:
    found = re.compile(r"[\s,]*").match(text, at)
    return found.end() if found else at
