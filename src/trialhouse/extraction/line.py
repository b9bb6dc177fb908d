"""A sentence as a line of symbols, one letter for each thing that frames care about.

    V value   A one arm   G several arms   P p-value   E effect estimate   C interval   T time
    v versus  a and  o or  r respectively  p preposition  t filler  b clause break  w other word  , ; : ( )

Frames are patterns over this line, so that one frame serves every wording with the same shape.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from trialhouse.extraction.arm_refs import Ref
from trialhouse.extraction.asides import with_asides
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.cell_changes import with_changes
from trialhouse.extraction.cells import read_cells
from trialhouse.extraction.elements import Said
from trialhouse.extraction.heads import Estimate, Interval, PValue, estimates, intervals, number_of, p_values
from trialhouse.extraction.lexer import _NUM, Kind
from trialhouse.text.cues import Cued

_WORDS = {
    "p": "in for with among of on by within to from at during after under".split(),
    "t": (
        "the those patients patient participants participant subjects subject who received receiving treated them"
        " had were was a an group groups arm arms given taking"
        " assigned that which women men adults individuals people treatment treatments therapy their eyes is be"
        " been recipients all as both"
        " using also being randomised randomized allocated reported experienced have has regimen regimens"
        " persons infants children"
    ).split(),
    "a": ["and", "&"],
    "o": ["or"],
    "r": ["respectively"],
    "v": ["vs", "versus", "than", "against", "v"],
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
_TOKEN = re.compile(
    "(?=[abcirtv])(?:" + "|".join(f"(?P<{symbol}>{phrase})" for symbol, phrase in _PHRASES.items()) + ")"
    r"|vs\.|[^\W_]+(?:[-'’][^\W_]+)*|[,;:()\[\]&/]",
    re.I,
)
_GOES_ON = re.compile(
    r"[^.;]{0,12}[\[(][^\[\]()]{5,60}[\])]\s*(?:;?\s*[Pp]\s*[<=>]\s*[\d.·]+)?\s*"
    r"(?:(?:with|for|in|on)\s+(?:the\s+)?[A-Za-z][\w .·-]{2,40}?)?\s*(?:,|;"
    r"|,? and)?\s*(?:and\s*)?(?:for [\w ]{3,30})?"
)
_TO_INTERVAL = re.compile(r"(?:\s*[A-Za-z%/²0-9]{1,12}){0,2}[\s,;:(\[]*(?:with (?:an?|a)\s*|and\s*)?")
_EXCLUDED = re.compile(r"\bbut not\s+(?:(?:with|in|for|on|the)\s+){0,2}\Z", re.I)
_BARE = re.compile(
    rf"\s*%?\s*[\[(]\s*(?P<low>{_NUM})\s*%?\s*(?:to|-|–|−|,)\s*(?P<high>{_NUM})\s*%?\s*(?:[\])]|[;,]\s*[Pp]\b)"
)
_HEADS_BRACKET = re.compile(r"\s*\(\s*[-−–+]?\d")
_SIZE = Cued("=|:", r"\s*[\[(]?\s*[nN]\s*[=:]\s*\d[\d,]*\s*[\])]?")


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


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as items; `symbols` is the same as one string, so that index i of one is index i of the other."""

    said: Said
    text: str
    items: tuple[Item, ...]
    symbols: str = field(default="")

    def between(self, first: int, last: int) -> str:
        """The characters from the end of one item to the start of another."""
        return self.text[self.items[first].end : self.items[last].start]


def read_line(text: str, said: Said, refs: list[Ref]) -> Line:
    """The line of a sentence, given the places that speak of arms."""
    begin, end = said.sentence.start, said.sentence.end
    refs = [r for r in refs if not _EXCLUDED.search(text[max(begin, r.start - 24) : r.start])]
    ranges = tuple(intervals(text, begin, end))
    found = _not_listed(text, estimates(text, begin, end), refs, end)
    heads = {n.start for n in said.numbers if any(_number_of(e, n.start, n.raw_end) for e in found)}
    bare = _bare_intervals(text, found, end)
    ranges += bare
    heads |= {n.start for n in said.numbers if any(i.start <= n.start < i.end for i in bare)}
    cells = read_cells(text, said, ranges, heads, text)
    more, cells = _continued(text, found, cells)
    cells = with_changes(text, begin, with_asides(text, cells, [(r.start, r.end) for r in refs]))
    found += more
    items = [Item("V", c.start, c.end, cell=c) for c in cells]
    for one in found:
        number = next((n for n in reversed(said.numbers) if _number_of(one, n.start, n.raw_end)), None)
        if number is not None:
            interval = _interval_behind(text, one.end, ranges)
            items.append(
                Item("E", number.start, interval.end if interval else one.end, estimate=one, interval=interval)
            )
    items += [Item("P", p.start, p.end, p=p) for p in p_values(text, begin, end)]
    items += [Item("A" if r.single else "G", r.start, r.end, ref=r) for r in refs]
    items += [Item("C", i.start, i.end, interval=i) for i in ranges]
    items += [Item("T", n.start, n.end) for n in said.numbers if n.kind is Kind.TIME]
    kept = _without_overlap(items)
    kept = [_listed_time(text, item, kept) for item in kept]
    kept += _words(text, begin, end, kept)
    kept.sort(key=lambda item: item.start)
    return Line(said, text, tuple(kept), "".join(item.symbol for item in kept))


def _number_of(one: Estimate, start: int, end: int) -> bool:
    """Whether the number at some offsets is the one that an estimate ends with."""
    return one.start < start and end <= one.end and one.end - end <= 20 and not one.head[-1:].isdigit()


def _not_listed(text: str, found: list[Estimate], refs: list[Ref], end: int) -> list[Estimate]:
    """Estimates less those whose number begins a list by arm ("differences were -6% for the 5 mg group, …")."""
    out = []
    for one in found:
        behind = next((r for r in refs if r.start >= one.end), None)
        listed = (
            behind
            and "DIFFERENCE" in one.effect.value
            and re.fullmatch(r"\s*(?:for|in|with)\s+(?:the\s+)?", text[one.end : behind.start])
        )
        more = behind and re.match(r"\s*(?:,|and|,\s*and)\s+[-−–]?\d", text[behind.end : min(end, behind.end + 12)])
        if not (listed and more):
            out.append(one)
    return out


def _continued(text: str, found: list[Estimate], cells: list[Cell]) -> tuple[list[Estimate], list[Cell]]:
    """Values with an interval that go on a list of estimates: "difference, 17% [95% CI …] and 14% [95% CI …]"."""
    more: list[Estimate] = []
    kept = []
    for cell in cells:
        last = next((e for e in reversed([*found, *more]) if e.end <= cell.start), None)
        if last and cell.interval and len(cell.numbers) == 1 and _GOES_ON.fullmatch(text[last.end : cell.start]):
            number = cell.numbers[0]
            more.append(
                Estimate(last.start, number.end, number.value, last.effect, last.unit or number.unit, last.head)
            )
        else:
            kept.append(cell)
    return more, kept


def _bare_intervals(text: str, found: list[Estimate], end: int) -> tuple[Interval, ...]:
    """Intervals without the word, in a bracket right behind an estimate: "23.3% [16.6-30.1]"."""
    out = []
    for one in found:
        match = _BARE.match(text, one.end, end)
        if match:
            low, high = number_of(match["low"]), number_of(match["high"])
            if low <= one.value <= high:
                out.append(Interval(match.start("low"), match.end("high"), low, high, None))
    return tuple(out)


def _interval_behind(text: str, end: int, ranges: tuple[Interval, ...]) -> Interval | None:
    """The interval that follows an estimate within a few signs."""
    for one in ranges:
        gap = text[end : one.start] if end <= one.start else "…" * 99
        if len(gap) <= 30 and _TO_INTERVAL.fullmatch(gap):
            return one
    return None


def _without_overlap(items: list[Item]) -> list[Item]:
    """The items in order, an earlier and longer one before what it covers."""
    rank = {"E": 0, "V": 1, "P": 1, "A": 2, "G": 2, "C": 3, "T": 4}
    out: list[Item] = []
    for item in sorted(items, key=lambda i: (rank[i.symbol], i.start)):
        if not any(other.start < item.end and item.start < other.end for other in out):
            out.append(item)
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
    taken.sort()
    out = []
    at = begin
    for start, stop in [*taken, (end, end)]:
        for match in _TOKEN.finditer(text, at, max(at, start)):
            symbol = match.lastgroup or _CLASS.get(match.group().lower().rstrip("."), "w")
            out.append(Item(symbol, *match.span()))
        at = max(at, stop)
    return out
