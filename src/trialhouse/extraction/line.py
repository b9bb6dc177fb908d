"""A sentence as a line of symbols, one letter for each thing that frames care about.

    V value   A one arm   G several arms   P p-value   E effect estimate   C interval   T time
    v versus  a and  o or  r respectively  p preposition  t filler  b clause break  w other word  , ; : ( )

Frames are patterns over this line, so that one frame serves every wording with the same shape.
"""

import functools
import re
from bisect import insort
from dataclasses import dataclass, field
from itertools import compress, count
from typing import NamedTuple

from trialhouse.extraction.arm_refs import Ref
from trialhouse.extraction.asides import with_asides
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.cell_changes import with_changes
from trialhouse.extraction.cells import read_cells
from trialhouse.extraction.comparatives import comparatives
from trialhouse.extraction.elements import Said
from trialhouse.extraction.estimate_lists import (
    NEAR,
    bare_intervals,
    continued,
    interval_behind,
    not_listed,
    said_again,
    with_number,
)
from trialhouse.extraction.estimates import Estimate, estimates
from trialhouse.extraction.heads import Interval, PValue, intervals, p_values
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.shares_behind_arms import parted_at_arms
from trialhouse.extraction.size_lists import SizeList, size_lists
from trialhouse.extraction.terms import is_free
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_WORDS = {
    "p": "in for with among of on by within to from at during after under".split(),
    "t": (
        "the those patients patient participants participant subjects subject who received receiving treated them"
        " had were was a an group groups arm arms given taking"
        " assigned that which women men adults individuals people treatment treatments therapy their eyes is be"
        " been recipients all as both"
        " using also being randomised randomized allocated reported experienced have has regimen regimens"
        " persons infants children woman man child infant person individual neonates newborns"
        " nurses pupils students mothers residents workers employees volunteers"
    ).split(),
    "a": ["and", "&"],
    "o": ["or"],
    "r": ["respectively"],
    "v": ["vs", "vs.", "versus", "than", "against", "v"],
    "b": "but whereas while although however though".split(),
}
_PHRASES = {
    "p": r"in favou?r of",
    "w": r"but not|(?:(?:as )?compared (?:with|to)|relative to|in comparison (?:with|to)|than(?: at)?|versus|vs\.?)"
    r" (?:(?:the|their|corresponding|untreated) )*(?:baseline|pre-?treatment)",
    "v": r"(?:as )?compared (?:with|to)|as opposed to|in comparison (?:with|to)|relative to|in contrast (?:with|to)",
}
_CLASS = {word: symbol for symbol, words in _WORDS.items() for word in words}
_CLASS |= {"(": "(", "[": "(", ")": ")", "]": ")", ",": ",", ";": ";", ":": ":"}
_TOKEN = lazy_compile(
    "(?=[abcirtvABCIRTV])(?=[aA]s|[bB]ut|[cC]omp|[iI]n |[rR]el|[tT]han|[vV])(?i:"
    + "|".join(f"(?P<{symbol}>{phrase})" for symbol, phrase in _PHRASES.items())
    + r")|[vV][sS]\.|[^\W_]+(?:[-'’][^\W_]+)*|[,;:()\[\]&/]"
)
_EXCLUDED = Cued("but not", r"\bbut not\s+(?:(?:with|in|for|on|the)\s+){0,2}\Z", re.I)
_EQUALS = lazy_compile(r"\s*=\s*")
"""An arm and its size: "(metformin = 40, placebo = 42)"."""
_HEADS_BRACKET = lazy_compile(r"\s*\(\s*[-−–+]?\d")
_SIZE = Cued(
    "=|:",
    r"[\[(nN](?:(?<=[\[(])\s*[nN]|(?<=[nN]))\s*[=:]\s*\d[\d,]*\s*[\])]?",
)

_A_YEAR = Cued("% per", r"% per (?:(?:person|patient|participant)[- ])?(?:year|month|week|day)\b")
"""What makes a share one of a span of time, between the two of "(1.65% per year vs. 2.19% per year)"."""


class Item(NamedTuple):
    """One symbol of a line with its place and what it stands for."""

    symbol: str
    start: int
    end: int
    cell: Cell | None = None
    ref: Ref | None = None
    p: PValue | None = None
    estimate: Estimate | None = None
    interval: Interval | None = None


_item = functools.partial(tuple.__new__, Item)
"""An Item of all its values: words are most of the items, and a named tuple's own constructor takes three times as
long."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as items; `symbols` is the same as one string, so that index i of one is index i of the other."""

    said: Said
    text: str
    items: tuple[Item, ...]
    symbols: str = field(default="")
    refs: tuple[Item, ...] = ()
    """Those of the items that speak of arms."""
    denied: tuple[Ref, ...] = ()
    """The arms behind "but not", of which what was said does not hold; none of them is an item."""
    sizes: tuple[SizeList, ...] = ()
    """The sizes of arms that are told in a row; none of them is an item."""

    def places(self, symbols: str) -> list[int]:
        """Where the items with one of some symbols stand, in order: many rules ask, and this takes no step for each."""
        return list(compress(count(), map(symbols.__contains__, self.symbols)))

    def between(self, first: int, last: int) -> str:
        """The characters from the end of one item to the start of another."""
        return self.text[self.items[first].end : self.items[last].start]


def read_line(text: str, said: Said, refs: list[Ref]) -> Line:
    """The line of a sentence, given the places that speak of arms."""
    begin, end = said.sentence.start, said.sentence.end
    denied = tuple(r for r in refs if _EXCLUDED.search(text[max(begin, r.start - 24) : r.start]))
    refs = [r for r in refs if r not in denied]
    ranges = tuple(intervals(text, begin, end))
    named = estimates(text, begin, end)
    known = {one.digits_end for one in named}
    named += [one for one in comparatives(text, begin, end, refs) if one.digits_end not in known]
    found = [one for one, _ in with_number(not_listed(text, named, refs, end), said.numbers)]
    bare = bare_intervals(text, found, end)
    ranges += bare
    again = said_again(text, found, ranges, end)
    sizes = size_lists(text, said)
    taken = [*again, *((i.start, i.end) for i in bare), *((n.start, n.end) for one in sizes for n in one.numbers)]
    heads = {n.start for _, n in with_number(found, said.numbers)}
    heads |= {n.start for n in said.numbers if any(a <= n.start < b for a, b in taken)}
    cells = read_cells(text, said, ranges, heads, text)
    more, cells = continued(text, found, cells)
    ranges += bare_intervals(text, [one for one in more if not _has_interval(ranges, one)], end)
    arms = [(r.start, r.end) for r in refs]
    cells, shares = parted_at_arms(text, with_changes(text, begin, with_asides(text, cells, arms)), arms)
    items = [Item("V", c.start, c.end, cell=c) for c in cells]
    for one, number in with_number(found + more, said.numbers):
        interval = interval_behind(text, one.end, ranges, again)
        is_beside = interval and interval.start - one.end <= NEAR and not _has_arm(refs, one.end, interval.start)
        stop = interval.end if interval and is_beside else one.end
        stop = next((b for a, b in again if a == stop), stop)
        items.append(Item("E", number.start, stop, estimate=one, interval=interval))
    items += [Item("P", p.start, p.end, p=p) for p in p_values(text, begin, end)]
    items += [Item("A" if r.single else "G", r.start, r.end, ref=r) for r in refs]
    items += [Item("C", i.start, i.end, interval=i) for i in ranges]
    items += [Item("T", n.start, n.end) for n in said.numbers if n.kind is Kind.TIME]
    kept = _without_overlap(items)
    kept = [_listed_time(text, item, kept) for item in kept]
    kept += [Item("t", *one) for one in shares]
    kept += _words(text, begin, end, kept)
    kept.sort(key=lambda item: item.start)
    kept = _tidied(text, kept)
    refs_in = tuple(item for item in kept if item.ref)
    return Line(said, text, tuple(kept), "".join([item.symbol for item in kept]), refs_in, denied, sizes)


def _has_arm(refs: list[Ref], begin: int, end: int) -> bool:
    """Whether an arm is spoken of between two places: "1.45 for B compared with A (95% CI …)"."""
    return any(begin <= ref.start < end for ref in refs)


def _has_interval(ranges: tuple[Interval, ...], one: Estimate) -> bool:
    """Whether an interval stands right behind an estimate already."""
    return any(0 <= interval.start - one.end <= NEAR for interval in ranges)


def _tidied(text: str, items: list[Item]) -> list[Item]:
    """The items in order, an arm that is named twice on end once, and the second of two times listed as a time."""
    out: list[Item] = []
    for at, item in enumerate(items):
        if out and item.ref and out[-1].ref and item.ref.arms == out[-1].ref.arms:
            out[-1] = out[-1]._replace(end=item.end)
        elif item.symbol == "V" and out and out[-1].ref and _EQUALS.fullmatch(text, out[-1].end, item.start):
            out.append(Item("t", item.start, item.end))
        elif item.symbol == "V" and _is_listed_time(out, items, at):
            out.append(Item("T", item.start, item.end))
        else:
            out.append(item)
    return out


def _is_listed_time(before: list[Item], items: list[Item], at: int) -> bool:
    """Whether a value goes on a list of times: "at weeks 12 and 24", "at 1 year, 3 years and 5 years"."""
    if [item.symbol for item in before[-2:]] == ["T", "a"]:
        return _can_be_time(items[at])
    return [item.symbol for item in before[-2:]] == ["T", ","] and _is_within_times(items, at)


def _is_within_times(items: list[Item], at: int) -> bool:
    """Whether a length of time is one of a list that goes on behind it with another."""
    cell = items[at].cell
    if not _can_be_time(items[at]) or cell is None or cell.numbers[0].unit is None:
        return False
    behind = [i for i in items[at + 1 : at + 4] if i.symbol not in ",a"][:1]
    return bool(behind) and (behind[0].symbol == "T" or (behind[0].symbol == "V" and _can_be_time(behind[0])))


def _can_be_time(item: Item) -> bool:
    """Whether a value is a whole number alone, with no unit but one of time."""
    number = item.cell.numbers[0] if item.cell and item.cell.used == item.cell.numbers[:1] else None
    if number is None or number.kind is not Kind.VALUE or number.value != int(number.value):
        return False
    return number.unit in (None, "hours", "days", "weeks", "months", "years", "minutes")


def _without_overlap(items: list[Item]) -> list[Item]:
    """The items in order, an earlier and longer one before what it covers."""
    rank = {"E": 0, "V": 1, "P": 1, "A": 2, "G": 2, "C": 3, "T": 4}
    out: list[Item] = []
    taken: list[tuple[int, int]] = []
    for item in sorted(items, key=lambda i: (rank[i.symbol], i.start)):
        if is_free(taken, item.start, item.end):
            out.append(item)
            insort(taken, (item.start, item.end))
    return out


def _listed_time(text: str, item: Item, items: list[Item]) -> Item:
    """A bare number that heads a bracket as the times before it do: "at weeks 12 (V vs W), 24 (V vs W)"."""
    cell = item.cell
    bare = cell is not None and cell.used == cell.numbers and cell.numbers[0].unit is None
    if not bare or not _HEADS_BRACKET.match(text, item.end) or text[item.start : item.end].strip("0123456789"):
        return item
    heads = any(i.symbol == "T" and i.end <= item.start and _HEADS_BRACKET.match(text, i.end) for i in items)
    return Item("T", item.start, item.end) if heads else item


def _words(text: str, begin: int, end: int, items: list[Item]) -> list[Item]:
    """The words and signs between the items."""
    taken = sorted((item.start, item.end) for item in items)
    taken += [(m.start(), m.end()) for m in _SIZE.finditer(text, begin, end)]
    taken += [(m.start(), m.end()) for m in _A_YEAR.finditer(text, begin, end)]
    taken.sort()
    out = []
    at = begin
    for start, stop in [*taken, (end, end)]:
        for match in _TOKEN.finditer(text, at, start) if start > at else ():
            word = match.group()
            symbol = match.lastgroup or _CLASS.get(word) or ("w" if word.islower() else _CLASS.get(word.lower(), "w"))
            out.append(_item((symbol, *match.span(), None, None, None, None, None)))
        at = max(at, stop)
    return out
