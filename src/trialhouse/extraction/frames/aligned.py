"""The frame of last resort: values and arms that keep one order through a stretch, whatever words stand between.

The line is reduced to its arms and the values that no stricter frame has bound. What is left has to repeat one unit:
values before their arm ("6.2 mm Hg on A, 4.1 mm Hg on B"), behind it ("A was lowered by 6.2, B by 4.1"), or arms named
together and as many values in every list. Each arm stands once, each has as many values as the others, and no value is
left over: otherwise nothing is bound. Where an arm has several values, the first values of all arms are one row, the
second ones another.
"""

import itertools
import re
from collections.abc import Iterator

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound, counted
from trialhouse.extraction.frames.ordered import states_differences
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "frame.aligned"
LISTS = "frame.aligned_lists"
_VALUE_FIRST = lazy_compile(r"(?:V+A)(?:V+A)+")
_ARM_FIRST = lazy_compile(r"(?:AV+)(?:AV+)+")
_COMPARED_AHEAD = lazy_compile(r"AAV+A(?:V+A)+V*")
_TOGETHER = lazy_compile(r"[,]?[pt]{0,3}[aov,]{1,2}[pt]{0,4}")
_IN_LIST = lazy_compile(r"(?:\(P\)|,?P)?,?[pt]{0,2}[av]?[pt]{0,2}")
_BRACKET = lazy_compile(r"\([wtp]{0,6},?w?")
"""A bracket right behind an arm, up to a value in it."""
_LAST_LIST = lazy_compile(r"V(?:,?[pt]?V)*,?a[pt]?V[^VAE;]{0,8}r")
_GIVEN_AGAIN = lazy_compile(r"\bre-?randomi[sz]ed\b|\bswitched\b|\bcrossed over\b|\bwho continued\b", re.I)
"""Words that make values those of participants who were assigned a second time: they are of no arm of the first."""
_SURPASSED = Cued(
    "inferior to|preferable to|superior to", r"\b(?:superior|inferior|preferable) to\b[^.;()\d]{2,60}\([^()]*\d", re.I
)
"""What makes the values behind arms the distances to them: "A was superior to B (-8.7) and to C (-4.0)"."""
_FARTHEST = 12
"""Words between a value and its arm beyond which the one is not said of the other."""


def aligned(line: Line, known: list[Bound]) -> list[Bound]:
    """Bindings of the values that stricter frames have left, where one order explains all of a stretch."""
    if line.symbols.count("V") < 2 or "A" not in line.symbols:
        return []
    out: list[Bound] = []
    if _SURPASSED.search(line.text, line.said.sentence.start, line.said.sentence.end):
        return out
    for places in _stretches(line, known):
        out += _lists(line, places) or _units(line, places) or _units(line, _without_list(line, places))
    return out


def _without_list(line: Line, places: list[int]) -> list[int]:
    """A stretch without a last list that goes "respectively" with the arms before it."""
    last = max((i for i in places if line.symbols[i] == "A"), default=0)
    behind = _LAST_LIST.search(line.symbols, last)
    return [i for i in places if not behind or i < behind.start()]


def all_in_lists(line: Line) -> list[Bound]:
    """Every value of a sentence in lists as long as that of the arms, which are named together: two lists or more."""
    places = line.places("VA")
    found = _lists(line, places) if line.symbols.count("V") >= 4 and "E" not in line.symbols else []
    return found if len(found) >= 2 else []


def _stretches(line: Line, known: list[Bound]) -> Iterator[list[int]]:
    """The arms and unbound values of each stretch of a line that no known binding and no semicolon parts."""
    bound = {cell.start for one in known for _, cell in one.pairs}
    depth = 0
    run: list[int] = []
    for at in line.places("VA;()E"):
        item = line.items[at]
        if item.symbol == "V" and item.start in bound:
            if run:
                yield run
            run = []
        elif item.symbol == ";" and depth == 0:
            if "V" in (line.symbols[i] for i in run) and _has_two_arms(line, run):
                yield run
                run = []
        elif item.symbol in "VA":
            run.append(at)
        elif item.symbol in "()":
            depth = max(0, depth + (1 if item.symbol == "(" else -1))
        elif item.symbol == "E" and run:
            yield run
            run = []
    if run:
        yield run


def _has_two_arms(line: Line, places: list[int]) -> bool:
    """Whether a stretch names two arms."""
    return len({ref.arms for i in places if (ref := line.items[i].ref)}) > 1


def _units(line: Line, places: list[int]) -> list[Bound]:
    """Values each with their arm, before or behind it; of two readings the one with fewer words between."""
    places = _without_compared(line, _without_opening(line, places))
    bracketed = _with_brackets(line, places)
    if bracketed:
        return _rows(line, bracketed, RULE)
    shape = "".join(line.symbols[i] for i in places)
    readings = []
    for pattern, value_first in ((_VALUE_FIRST, True), (_ARM_FIRST, False)):
        match = pattern.search(shape)
        if match is None or match[0].count("V") != shape.count("V"):
            continue
        units = _cut(line, places[match.start() : match.end()], value_first=value_first)
        if units is not None:
            readings.append((sum(_words(line, arm, values) for arm, values in units), units))
    readings.sort(key=lambda one: one[0])
    words = line.text[line.items[places[0]].start : line.items[places[-1]].end] if places else ""
    if not readings or _GIVEN_AGAIN.search(words) or (len(readings) == 2 and readings[0][0] == readings[1][0]):
        return []
    return _rows(line, readings[0][1], RULE)


def _with_brackets(line: Line, places: list[int]) -> list[tuple[int, list[int]]] | None:
    """Arms with values in a bracket right behind, or ahead and so: "-7.2 on A (25.3 at first), -3.9 on B (25.5)".

    None where no bracket is one of values, an arm stands twice, or the arms have not as many values each.
    """
    units: list[tuple[int, list[int]]] = []
    ahead: list[int] = []
    inside = False
    for last, at in itertools.pairwise([-1, *places]):
        gap = line.symbols[last + 1 : at]
        if line.symbols[at] == "A":
            units.append((at, ahead))
            ahead = []
        elif last >= 0 and line.symbols[last] == "A" and _BRACKET.fullmatch(gap):
            units[-1][1].append(at)
            inside = True
        elif units and not ahead and last in units[-1][1] and last > units[-1][0] and ")" not in gap:
            units[-1][1].append(at)
        else:
            ahead.append(at)
    if not inside or ahead or len(units) < 2 or len({len(values) for _, values in units}) > 1:
        return None
    apart = len({_arm(line, arm) for arm, _ in units}) == len(units)
    return units if apart and all(_words(line, arm, values[:1]) <= _FARTHEST for arm, values in units) else None


def _without_opening(line: Line, places: list[int]) -> list[int]:
    """A stretch without values that a comma parts from all arms: "From a mean of 25, A lowered it by 8 and B by 6"."""
    first = next((i for i in places if line.symbols[i] == "A"), None)
    opening = [i for i in places if first is not None and i < first]
    if len(opening) == 1 and first is not None and line.symbols[opening[0] + 1 : first].startswith(","):
        return places[1:]
    return places


def _without_compared(line: Line, places: list[int]) -> list[int]:
    """A stretch without two arms that are set against each other ahead of all values: "lower with A than B (V with A".

    They say which arms are compared; each is named again beside its value.
    """
    shape = "".join(line.symbols[i] for i in places)
    if not _COMPARED_AHEAD.fullmatch(shape):
        return places
    first, second, value = places[:3]
    against = "v" in line.symbols[first + 1 : second] and line.symbols[second + 1 : value].startswith("(")
    return places[2:] if against else places


def _cut(line: Line, places: list[int], *, value_first: bool) -> list[tuple[int, list[int]]] | None:
    """The units of a run: each arm with its values; None where they are not alike or too far apart."""
    units: list[tuple[int, list[int]]] = []
    values: list[int] = []
    for at in places if value_first else reversed(places):
        if line.symbols[at] == "V":
            values.append(at)
        else:
            units.append((at, sorted(values)))
            values = []
    units.sort()
    arms = [_arm(line, arm) for arm, _ in units]
    alike = len({len(one) for _, one in units}) == 1 and len(set(arms)) == len(arms)
    near = all(_words(line, arm, one) <= _FARTHEST for arm, one in units)
    against = any("v" in _between(line, arm, one) for arm, one in units)
    return units if alike and near and not against else None


def _words(line: Line, arm: int, values: list[int]) -> int:
    """How many words stand between an arm and the nearest of its values; a clause break counts as five."""
    gap = _between(line, arm, values)
    return gap.count("w") + 5 * sum(gap.count(sign) for sign in "b;:")


def _between(line: Line, arm: int, values: list[int]) -> str:
    """The symbols between an arm and the nearest of its values."""
    return line.symbols[arm + 1 : values[0]] if arm < values[0] else line.symbols[values[-1] + 1 : arm]


def _lists(line: Line, places: list[int]) -> list[Bound]:
    """Arms named together, and lists of as many values: "in A and B, x was 1 and 2, and y 3 and 4"."""
    arms = [i for i in places if line.symbols[i] == "A"]
    values = [i for i in places if line.symbols[i] == "V"]
    together = all(_TOGETHER.fullmatch(line.symbols[a + 1 : b]) for a, b in itertools.pairwise(arms))
    apart = arms and values and (arms[-1] < values[0] or values[-1] < arms[0])
    if len(arms) < 2 or not together or not apart or len({_arm(line, a) for a in arms}) != len(arms):
        return []
    lists = [[values[0]]]
    for one, following in itertools.pairwise(values):
        if len(lists[-1]) < len(arms) and _IN_LIST.fullmatch(line.symbols[one + 1 : following]):
            lists[-1].append(following)
        else:
            lists.append([following])
    if any(len(one) != len(arms) for one in lists):
        return []
    if states_differences(line, values[0]):
        return []
    told = "r" in line.symbols or "v" in line.symbols[arms[0] : arms[-1]] or len(lists) > 1
    units = [(arm, [one[n] for one in lists]) for n, arm in enumerate(arms)]
    return _rows(line, units, LISTS) if told else []


def _rows(line: Line, units: list[tuple[int, list[int]]], rule: str) -> list[Bound]:
    """A binding for each row of values; none at all where the values of one row are of different kinds."""
    out: list[Bound] = []
    all_values = sorted(v for _, values in units for v in values)
    for row in zip(*(values for _, values in units), strict=True):
        cells = [cell for v in row if (cell := line.items[v].cell)]
        cells = [cells[0], *(counted(cell, cells[0].numbers[0]) for cell in cells[1:])] if cells else []
        if len(cells) != len(row) or not _alike(cells):
            return []
        pairs = sorted(zip((_arm(line, arm) for arm, _ in units), cells, strict=True), key=lambda one: one[1].start)
        own = min(row)
        window = _window(line, all_values, own, row)
        if out and _are_shares(out[-1], [cell for _, cell in pairs]):
            window = out[-1].window
        out.append(Bound(rule, tuple(pairs), own, max(row), window=window))
    return out


def _are_shares(counts: Bound, cells: list[Cell]) -> bool:
    """Whether the values of a row are the shares of the counts before: "in 8 nurses on A (13%) and 17 on B (28%)"."""
    whole = all(len(cell.numbers) == 1 and cell.numbers[0].kind is Kind.COUNT for _, cell in counts.pairs)
    return whole and all([n.kind for n in cell.numbers] == [Kind.PERCENT] for cell in cells)


def _window(line: Line, values: list[int], own: int, row: tuple[int, ...]) -> tuple[int, int] | None:
    """The stretch in which the first value of a row has its measure, where the values of several rows alternate."""
    at = values.index(own)
    if values[at : at + len(row)] == sorted(row):
        return None
    begin = line.items[values[at - 1]].end if at else line.said.sentence.start
    return begin, line.items[values[at + 1]].start


def _alike(cells: list[Cell]) -> bool:
    """Whether the values of a row can be of one measure: one kind, and no two units."""
    kinds = {tuple(n.kind for n in cell.numbers) for cell in cells}
    units = {cell.numbers[-1].unit for cell in cells} - {None}
    bare = all(kind in (Kind.VALUE, Kind.PERCENT) for one in kinds for kind in one)
    return len(units) <= 1 and (len(kinds) == 1 or bare)


def _arm(line: Line, at: int) -> int:
    """The arm that the item at an index names."""
    ref = line.items[at].ref
    assert ref is not None
    return ref.arms[0]
