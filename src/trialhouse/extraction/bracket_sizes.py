"""Sizes that brackets give behind each arm of a list: "to X (362), Y (361) or placebo (363)", "X (55 participants)".

The bare number in a bracket is the size of an arm only where each arm of the list has one: else it could be anything.
"""

import re

from trialhouse.extraction.arm_leavers import LEFT_OVER
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import PEOPLE, PLACES
from trialhouse.extraction.sizes import Sizes
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import word_places

_COUNTED = (Kind.COUNT, Kind.VALUE, Kind.SIZE, Kind.OTHER)
_OPENS = lazy_compile(
    rf"[\[(]\s*(?:[A-Za-z][\w /-]{{0,30}}[;,:]\s*)?(?:\d[\d,]*\s+{PLACES}\s*[,;]\s*(?:with\s+|and\s+)?)?"
    r"(?:[nN]\s*=\s*)?\Z",
    re.I,
)
_INSIDE = lazy_compile(r"[^()\[\].]{0,60}(?:\d\.\d[^()\[\].]{0,40})?[;,]\s*(?:[nN]\s*=\s*)?\Z")
_CLOSES = lazy_compile(
    rf"\s*(?P<people>{PEOPLE})?\s*(?P<more>[,;](?!\s*\d[\d,]*\s*[)\]])[^()\[\]]{{0,40}})?[\])]", re.I
)
FEWEST = 5
"""So few people are no arm of a list: the number says something else."""


def take_bracket_sizes(line: Line, table: ArmTable, sizes: Sizes, *, as_formed: bool) -> None:
    """Keep the sizes that brackets give behind each arm; those of the groups as formed only where the text says so."""
    for arm, number in bracket_sizes(line, table):
        formed = as_formed and not LEFT_OVER.match(line.text, number.raw_end)
        if formed or table.drafts[arm].size is None:
            sizes.put(arm, number.value, number.start, number.raw_end, randomized=formed)


def bracket_sizes(line: Line, table: ArmTable) -> list[tuple[int, Typed]]:
    """The arms of a sentence that lists them all once with the size of each in the bracket behind; [] elsewhere."""
    places = [(item.start, item.end, item.ref.arms[0]) for item in line.refs if item.ref and item.ref.single]
    places = _with_unnamed(line, table, places)
    if {arm for _, _, arm in places} != set(range(len(table.drafts))) or table.factors:
        return []
    found: dict[int, Typed] = {}
    for at, (_, end, arm) in enumerate(places):
        later = [start for start, _, other in places[at + 1 :] if other != arm]
        size = _size_between(line, end, min(later, default=line.said.sentence.end))
        if size is not None:
            found.setdefault(arm, size)
    return list(found.items()) if len(found) == len(table.drafts) else []


def _with_unnamed(line: Line, table: ArmTable, places: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The places of arms with those of arms that the sentence only lists, or calls as their groups are called."""
    begin, end = line.said.sentence.start, line.said.sentence.end
    named = {arm for _, _, arm in places}
    more = [
        (draft.start, draft.end, arm)
        for arm, draft in enumerate(table.drafts)
        if arm not in named and line.said is table.source and begin <= draft.start < end
    ]
    named |= {arm for _, _, arm in more}
    for name, arm in table.calls.items():
        at = [] if arm in named else word_places(line.text[begin:end], name)
        more += [(begin + start, begin + stop, arm) for start, stop in list(at)[:1]]
    return sorted(places + more)


def _size_between(line: Line, start: int, end: int) -> Typed | None:
    """The first number of people that a bracket between an arm and the next gives, at its beginning or its end."""
    for number in line.said.numbers:
        if not start <= number.start < end or not _is_head_count(number):
            continue
        opened = max(line.text.rfind("(", start, number.start), line.text.rfind("[", start, number.start))
        closed = _CLOSES.match(line.text, number.raw_end)
        if opened < 0 or closed is None:
            continue
        if _OPENS.fullmatch(line.text, opened, number.start):
            return number
        at_end = closed["people"] and not closed["more"]
        if at_end and _INSIDE.fullmatch(line.text, opened + 1, number.start):
            return number
    return None


def _is_head_count(one: Typed) -> bool:
    """Whether a number can count the people of an arm."""
    whole = one.kind in _COUNTED and one.unit in (None, "participants") and one.value == int(one.value)
    return whole and one.value >= FEWEST
