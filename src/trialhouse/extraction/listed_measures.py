"""Rows of values whose measures are listed ahead of them: "death and stroke were 2% and 1% on A, 4% and 3% on B".

The name nearest before the values is that of the last row alone, so each row takes the name at its place in the list.
Where the values stand in one list, the measures are counted with those that have no known name; values that are more or
fewer than their measures are not bound.
"""

import itertools
import re

from trialhouse.extraction.composites import is_quality
from trialhouse.extraction.context import times_in
from trialhouse.extraction.denied_events import with_denials
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.extraction.terms import Lexicon, Mention, measures
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_LISTED = lazy_compile(r"(?:\s\([^()\d]*\)|\))?\s*(?:,|,?\s*and)\s+(?:the\s+|an?\s+)?")
_NEXT_VALUE = lazy_compile(r"\s*(?:%\s*)?(?:,|,?\s*and)\s+")
_STRETCH = lazy_compile(r"[^.;:\d%]*\Z")
_VERB = lazy_compile(r"\s+(?:was|were|occurred|happened|developed|arose|had (?:occurred|been)|have been)\b")
_JOINT = lazy_compile(r",\s+(?:and\s+)?|\s+and\s+")
_LEAD_IN = lazy_compile(
    r"\s*(?:(?:in|with|at|after|during|among|by|for|on|over|within|overall|however|moreover|finally|similarly)\b.*"
    r"|[a-z]+ly)",
    re.I | re.S,
)
"""What a comma parts from the first measure: "With veltocimab, nausea and rash were …"."""
_OF = lazy_compile(r"\s*(?:.*\b(?:of|for)\s+)?(?:the\s+|an?\s+)?", re.I | re.S)
_OWN_WORDS = lazy_compile(r"[A-Za-z][\w'’/-]*(?: [A-Za-z][\w'’/-]*){0,3}(?=(?: \([^()]*\))?\s*\Z)")


def with_listed_names(line: Line, bounds: list[Bound], words: Lexicon) -> list[Bound]:
    """The rows of a sentence, each told what it is about where as many measures as rows are listed before them."""
    if len(bounds) < 2 or any(b.time for b in bounds):
        return bounds
    rows = sorted(bounds, key=lambda b: b.start)
    together = _in_one_list(line.text, rows)
    if not together and "r" not in line.symbols:
        return bounds
    start, first, end = line.said.sentence.start, rows[0].start, line.said.sentence.end
    arms = {frozenset(arm for arm, _ in b.pairs) for b in bounds}
    if len(arms) > 1 or len(times_in(line.text, first, end)) > 1:
        return bounds
    known = with_denials(line.text, line.said.sentence, measures(line.text, start, first, words))
    places = [(one.start, one.end) for one in _last_listed(line.text, known)]
    if len(places) != len(rows) and together:
        places = _items(line.text, start, first, known)
        if len(places) != len(rows):
            return bounds if len(places) == 1 else []
    if len(places) != len(rows) or (not together and measures(line.text, first, end, words)):
        return bounds
    return [row._replace(window=place) for row, place in zip(rows, places, strict=True)]


def _in_one_list(text: str, rows: list[Bound]) -> bool:
    """Whether the first values of all rows stand in one list: "1.2, 0.1 and 2.5% of A, and 1.5, 0.2 and 3.6% of B"."""
    firsts = [min((cell for _, cell in row.pairs), key=lambda cell: cell.start) for row in rows]
    return all(_NEXT_VALUE.fullmatch(text, one.end, other.start) for one, other in itertools.pairwise(firsts))


def _items(text: str, start: int, end: int, known: list[Mention]) -> list[Span]:
    """The measures listed before some values, with those in words of their own; [] where one is not to be told."""
    begin = start + (found.start() if (found := _STRETCH.search(text[start:end])) else 0)
    verb = _VERB.search(text, begin, end)
    if verb is None:
        inside = [(one.start, one.end) for one in known if one.start >= begin]
        return inside if len(inside) == 1 and not _JOINT.search(text, begin, inside[0][0]) else []
    cuts = [begin, *(at for joint in _JOINT.finditer(text, begin, verb.start()) for at in joint.span()), verb.start()]
    parts = list(zip(cuts[::2], cuts[1::2], strict=True))
    while len(parts) > 1 and _LEAD_IN.fullmatch(text, *parts[0]):
        parts.pop(0)
    items = [_item(text, part, known) for part in parts]
    return [one for one in items if one] if all(items) or len(items) == 1 else []


def _item(text: str, part: Span, known: list[Mention]) -> Span | None:
    """The measure of one part of a list: its known name, or its few words; None where it has several names or words."""
    names = [(one.start, one.end) for one in known if part[0] <= one.start and one.end <= part[1]]
    if names:
        return names[0] if len(names) == 1 else None
    led = _OF.match(text, *part)
    own = _OWN_WORDS.match(text, led.end() if led else part[0], part[1])
    return own.span() if own and not is_quality(own.group()) else None


def _last_listed(text: str, names: list[Mention]) -> list[Mention]:
    """The names at the end that one list holds."""
    out = list(names[-1:])
    for one in reversed(names[:-1]):
        if not _LISTED.fullmatch(text, one.end, out[0].start):
            break
        out.insert(0, one)
    return out
