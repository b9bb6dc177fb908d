"""Sizes told by a sum: "110 patients took part, 55 on X and 55 on Y", "72 were included: 34 and 38 for X and Y".

The numbers behind a total that add up to it, one for each arm, are the sizes of the arms in the order in which the
sentence names them.
"""

import itertools
import re
from typing import NamedTuple

from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import PEOPLE, PLACES
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_COUNTED = (Kind.COUNT, Kind.VALUE, Kind.SIZE, Kind.OTHER)
_SEX = lazy_compile(r"\s+(?:women|men|females?|males?|boys|girls)\b", re.I)
_OF_PLACES = lazy_compile(rf"\s+(?:[a-z-]+\s+){{0,2}}?{PLACES}\b", re.I)
"""Behind a number of places, in which people are: "40 schools (6667 pupils)"."""
_OPENS = lazy_compile(r"\s*[\[(]\s*")
_EQUAL = Cued(
    "groups|arms",
    r"\b(?:into|to)\s+(?P<many>two|three|four|[234])\s+(?:treatment |study |parallel )?"
    r"(?:(?:equal(?:ly sized)?|equal-sized)\s+(?:treatment |study )?(?:groups|arms)\b(?!\s+of)"
    r"|(?:equal )?(?:groups|arms)\s+of\s+(?P<size>\d+)\b(?!\s*[-–,]?\s*(?:\d|and\b|to\b|%|mg|g\b)))",
    re.I,
)
_GO_TO = lazy_compile(
    rf"(?:\s+(?:of\s+(?:them|these|those)|{PEOPLE}))?(?:\s+(?:were|was)(?:\s+\w+ly)?\s+(?:assigned|allocated|randomi[sz]ed))?"
    r"\s+to\s+(?:(?:receive|undergo)\s+)?(?:(?:an?|the)\s+)?(?:\d[\d.,]*\s?[a-zµμ/]+\s+(?:of\s+)?)?"
    r"(?:(?!(?:and|or|to)\b)[a-z]+(?:-[a-z]+)?\s+){0,2}",
    re.I,
)
"""Between a number of people and the arm they went to: " of them to 100 mg subcutaneous "."""
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
FEWEST_EACH = 5
"""Equal groups of fewer people are not read."""
FEWEST = 10
"""No total smaller than this is added up: too many small numbers do by chance."""


class Share(NamedTuple):
    """How many are in each of some equal groups, the number that says so, and whether they are a part of it."""

    value: float
    number: Typed
    is_part: bool


def equal_groups(line: Line, table: ArmTable) -> Share | None:
    """The size of each arm: "40 patients were divided into two equal groups", "into three groups of 80"; else None."""
    words = line.said.sentence
    match = _EQUAL.search(line.text, words.start, words.end) if _EQUAL.may_match(words.words) else None
    many = len(table.drafts)
    if match is None or table.factors or _COUNTS.get(match["many"].lower()) != many:
        return None
    if match["size"]:
        number = next((n for n in line.said.numbers if n.start == match.start("size")), None)
        return Share(number.value, number, is_part=False) if number and number.value >= FEWEST_EACH else None
    people = [n for n in line.said.numbers if n.end <= match.start() and n.unit == "participants"]
    if len(people) == 1 and people[0].value % many == 0 and people[0].value >= many * FEWEST_EACH:
        return Share(people[0].value / many, people[0], is_part=True)
    return None


def summed_sizes(line: Line, table: ArmTable) -> list[tuple[int, Typed]]:
    """The arms of a sentence with their sizes, where the sizes add up to a total told before them; [] elsewhere."""
    arms = list(dict.fromkeys(i.ref.arms[0] for i in line.refs if i.symbol == "A" and i.ref))
    if len(arms) != len(table.drafts) or len(arms) < 2 or table.factors:
        return []
    counts = [_undashed(line, n) for n in line.said.numbers if n.kind in _COUNTED or _behind_name(line, n)]
    counts = [n for n in counts if _is_head_count(n)]
    total = counts[0] if counts and not _in_bracket(line, counts[0]) else None
    counts = [n for n in counts if n is total or not _SEX.match(line.text, n.raw_end)]
    counts = [n for n in counts if not _OF_PLACES.match(line.text, n.raw_end)]
    outside = [n for n in counts if not _in_bracket(line, n)]
    heading = [n for n in counts if n in outside or heads_bracket(line, n)]
    for these in (outside, heading, counts):
        parts = _adding_up(line, these, len(arms))
        if parts:
            return list(zip(arms, parts, strict=True))
    return []


def assigned_sizes(line: Line, table: ArmTable) -> list[tuple[int, Typed]]:
    """The arms of a sentence that tells for each how many went to it: "191 of them to A and 95 to B"; [] elsewhere."""
    found: dict[int, Typed] = {}
    for item in line.refs:
        if item.symbol != "A" or item.ref is None or table.factors:
            continue
        behind = [n for n in line.said.numbers if n.end <= item.start and _is_head_count(n) and n.value >= FEWEST_EACH]
        number = next((n for n in reversed(behind) if _GO_TO.fullmatch(line.text, n.end, item.start)), None)
        if number is None:
            continue
        if item.ref.arms[0] in found:
            return []
        found[item.ref.arms[0]] = number
    return list(found.items()) if len(found) == len(table.drafts) else []


def _behind_name(line: Line, one: Typed) -> bool:
    """Whether a number that looks like a ratio stands behind an arm's name that ends in one: "(Mix 30: 108; "."""
    if one.kind is not Kind.RATIO or line.text[one.start - 2 : one.start] != ": ":
        return False
    return any(item.symbol == "A" and item.end == one.start - 2 for item in line.refs)


def _adding_up(line: Line, counts: list[Typed], many: int) -> list[Typed]:
    """The first so many numbers in a row that add up to the one before them and stand in step with the arms."""
    for at, total in enumerate(counts):
        parts = counts[at + 1 : at + 1 + many]
        if total.value < FEWEST or len(parts) < many or sum(n.value for n in parts) != total.value:
            continue
        if _told_together(line, total, parts) and _in_step(line, parts):
            return parts
    return []


def _in_bracket(line: Line, one: Typed) -> bool:
    """Whether a number stands in a bracket."""
    begin = line.said.sentence.start
    return line.text.rfind("(", begin, one.start) > line.text.rfind(")", begin, one.start)


def heads_bracket(line: Line, one: Typed) -> bool:
    """Whether a number opens the bracket right behind an arm: "X (151; 148 treated) or Y (149; 147 treated)"."""
    ends = [item.end for item in line.refs if item.symbol == "A" and item.end <= one.start]
    return bool(ends) and _OPENS.fullmatch(line.text, ends[-1], one.start) is not None


def _undashed(line: Line, one: Typed) -> Typed:
    """A number without the second of two dashes before it: "110 patients--55 on X" are 55 and not -55."""
    return one._replace(value=-one.value) if line.text[one.start - 1 : one.start + 1] == "--" else one


def _is_head_count(one: Typed) -> bool:
    """Whether a number can count people: whole, of nothing else, at least one."""
    return one.unit in (None, "participants") and one.value == int(one.value) and one.value >= 1


def _told_together(line: Line, total: Typed, parts: list[Typed]) -> bool:
    """Whether no full clause stands between the total and its parts."""
    return ";" not in line.text[total.end : parts[0].start] and parts[-1].start - total.end < LONGEST


def _in_step(line: Line, parts: list[Typed]) -> bool:
    """Whether sizes and arms take turns, or all sizes stand before all arms."""
    places: list[tuple[int, str]] = [(n.start, "n") for n in parts]
    seen: set[int] = set()
    for item in line.items:
        if item.symbol == "A" and item.ref and item.ref.arms[0] not in seen:
            seen.add(item.ref.arms[0])
            places.append((item.start, "A"))
    order = "".join(kind for _, kind in sorted(places))
    turns = all(a != b for a, b in itertools.pairwise(order))
    return turns or order == "n" * len(parts) + "A" * len(parts)


LONGEST = 240
"""Characters from a total to the last of its parts."""
