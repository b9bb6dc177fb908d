"""Sizes listed behind the arms they are of: "to X or placebo (n = 151 and 149, respectively)", "(n = 151, n = 149)".

Such a list goes to arms by its order, when it has one size for each arm of the list right before it. Where it has
not, none of its sizes is read: the first one stands beside the last arm, which it is not of.
"""

import re
from typing import NamedTuple

from trialhouse.extraction.elements import Said
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.people import PEOPLE
from trialhouse.text.lazy_patterns import lazy_compile

_HEAD = r"[nN]s?\s*[=:]\s*"
_NUMBER = r"\d+(?:,\d{3})*(?![\d.·%])"
_LIST = lazy_compile(
    rf"(?<![A-Za-z]){_HEAD}{_NUMBER}"
    rf"(?:\s*(?:[,;&]|/(?=\s*{_HEAD})|\band\b|\bor\b|\bvs\.?(?=\s)|\bversus\b)\s*(?:(?:and|or|vs\.?|versus)\s+)?(?:{_HEAD})?{_NUMBER})+"
)
_CLOSED = lazy_compile(rf"(?:\s+{PEOPLE})?\s*(?:,?\s*\(?respectively\b|[\])])", re.I)
_JOINED = lazy_compile(r"\b(?:and|or|vs|versus)\b|[&/]")
_KINDS = (Kind.SIZE, Kind.VALUE, Kind.COUNT, Kind.OTHER)


class SizeList(NamedTuple):
    """Sizes told in a row, and whether their list ends as one does: with its bracket or with "respectively"."""

    start: int
    numbers: tuple[Typed, ...]
    closed: bool


def size_lists(text: str, said: Said) -> tuple[SizeList, ...]:
    """The lists of sizes of a sentence; a size with another number behind a comma, "(n = 30, 28 treated)", is none."""
    if not any(n.kind is Kind.SIZE for n in said.numbers):
        return ()
    found = []
    for match in _LIST.finditer(text, said.sentence.start, said.sentence.end):
        numbers = tuple(n for n in said.numbers if match.start() <= n.start < match.end())
        closed = _CLOSED.match(text, match.end(), said.sentence.end) is not None
        if all(map(_is_head_count, numbers)) and (closed or _JOINED.search(match.group())):
            found.append(SizeList(match.start(), numbers, closed))
    return tuple(found)


def _is_head_count(one: Typed) -> bool:
    """Whether a number can count people: whole, and of nothing else."""
    return one.kind in _KINDS and one.unit in (None, "participants") and one.value == int(one.value)
