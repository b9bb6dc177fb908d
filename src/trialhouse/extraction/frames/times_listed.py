"""The frame of several times: "at weeks 12 and 24, V and W with A and X and Y with B", and "V at T and W at U" per arm.

Each arm has as many values as there are times, in the same order; every time makes a row of its own.
"""

import itertools
import re
from dataclasses import dataclass

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.times import to_weeks
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "frame.times_listed"

_LIST = Cued(
    "hours|days|weeks|months|years|-hour|-day|-week|-month|-year",
    r"\b(?P<unit>hours|days|weeks|months|years)\s+(?P<list>\d+(?:\s*,\s*\d+)*\s*,?\s+and\s+\d+)(?![\d.·]|\s*%)"
    r"|(?:(?<=\b[aA]t )|(?<=fter ))(?P<before>\d{1,3}(?:\s*,\s*\d{1,3})*\s*,?\s+and\s+\d{1,3})\s+"
    r"(?P<behind>hours|days|weeks|months|years)\b"
    r"|(?<![\w.-])(?P<dashed>\d{1,3}-?(?:\s*,\s*\d{1,3}-?)*\s*,?\s+and\s+\d{1,3})-(?P<of>hour|day|week|month|year)\b",
    re.I,
)
_TIME = (
    r"(?:(?:at )?baseline|before treatment|(?:after |at )?(?:hour|day|week|month|year)s? \d{1,3}"
    r"|(?:(?:after|at|within|by) )?\d{1,3} (?:hours?|days?|weeks?|months?|years?))"
)
_MIXED = Cued(
    "baseline|before treatment|week|month|day|year|hour",
    rf"\b(?P<list>{_TIME}(?:\s*,\s*{_TIME}){{0,6}}\s*,?\s+and\s+{_TIME})\b",
    re.I,
)
_MEMBER = lazy_compile(
    r"(?P<first>baseline|before treatment)|(?P<unit>hour|day|week|month|year)s? (?P<n>\d+)"
    r"|(?P<m>\d+) (?P<units>hour|day|week|month|year)s?",
    re.I,
)
_ONE = lazy_compile(r"(?P<unit>hour|day|week|month|year)\s+(?P<n>\d+)\Z", re.I)
_RUN = lazy_compile(r"V(?:,?a?V)+(?:,?r,?)?[pt]{1,9}A")
_EACH = lazy_compile(r"(?=[^VA;b]*A)(?P<a>[^V;b]*?)(?P<v>V[^VA;b]*T(?:[^VA;b]*V[^VA;b]*T)+)")

Time = tuple[float, str, int, int]
"""Weeks, the words for them, and the place that proves them: of a list whose unit is said once the whole list."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """The values of one arm, in the order of the times."""

    arm: int
    cells: tuple[Cell, ...]
    first: int
    last: int


def times_listed(line: Line) -> list[Bound]:
    """A binding for each time, of the values that all arms have at it; all or nothing."""
    runs = list(_RUN.finditer(line.symbols))
    if not runs and line.symbols.count("T") < 2:
        return []
    begin, end = line.said.sentence.start, line.said.sentence.end
    lists = list(_LIST.finditer(line.text, begin, end)) or list(_MIXED.finditer(line.text, begin, end))
    if len(lists) == 1:
        times = _times(lists[0]) if "unit" in lists[0].groupdict() else _mixed_times(lists[0])
        return _bounds([_run(line, m) for m in runs], times, line)
    if lists:
        return []
    found = [_each(line, begin, end) for begin, end in _clauses(line.symbols)]
    told = [one for one in found if one is not None]
    if not told or any(one[1] != told[0][1] for one in told) or len(told) != len(_with_values(line)):
        return []
    return _bounds([unit for unit, _, _ in told], told[0][2], line)


def _times(match: re.Match[str]) -> list[Time]:
    """The times of a list: weeks and the place of each, whose unit is said once, before it or behind."""
    unit = (match["unit"] or match["behind"] or match["of"]).lower()
    listed = re.findall(r"\d+", match["list"] or match["before"] or match["dashed"])
    words = f"{unit.removesuffix('s')} {{}}" if match["unit"] else f"{{}} {unit}" if match["behind"] else f"{{}}-{unit}"
    return [(to_weeks(float(one), unit), words.format(one), *match.span()) for one in listed]


def _mixed_times(match: re.Match[str]) -> list[Time]:
    """The times of a list in which each says its unit, or is the baseline: "at baseline, week 6 and week 12"."""
    out: list[Time] = []
    for one in _MEMBER.finditer(match.string, *match.span("list")):
        if one["first"]:
            out.append((0.0, one[0], *one.span()))
        elif one["unit"] or one["units"]:
            out.append((to_weeks(float(one["n"] or one["m"]), one["unit"] or one["units"]), one[0], *one.span()))
    return out


def _run(line: Line, match: re.Match[str]) -> _Unit | None:
    """The values listed before one arm."""
    ref = line.items[match.end() - 1].ref
    cells = [line.items[i].cell for i in range(*match.span()) if line.symbols[i] == "V"]
    if ref is None or not ref.single:
        return None
    return _Unit(ref.arms[0], tuple(c for c in cells if c), match.start(), match.end() - 1)


def _clauses(symbols: str) -> list[tuple[int, int]]:
    """The stretches of a line between semicolons and words such as "whereas"."""
    cuts = [-1, *(i for i, s in enumerate(symbols) if s in "b;"), len(symbols)]
    return [(a + 1, b) for a, b in itertools.pairwise(cuts)]


def _with_values(line: Line) -> list[tuple[int, int]]:
    """The clauses that hold values."""
    return [one for one in _clauses(line.symbols) if "V" in line.symbols[slice(*one)]]


def _each(line: Line, begin: int, end: int) -> tuple[_Unit, list[float], list[Time]] | None:
    """A clause of one arm, named ahead, in which every value has its own time behind it."""
    part = line.symbols[begin:end]
    match = _EACH.match(part)
    arms = [line.items[begin + i].ref for i, s in enumerate(part) if s == "A"]
    values = [begin + i for i, s in enumerate(part) if s == "V"]
    if not match or len(arms) != 1 or arms[0] is None or not arms[0].single or part.count("V") != match["v"].count("V"):
        return None
    if "G" in part or "E" in part or part.find("A") > part.find("V"):
        return None
    weeks, places = [], []
    for at, stop in itertools.pairwise([*values, end]):
        time = [i for i in range(at, stop) if line.symbols[i] == "T"]
        told = _point(line, time[0]) if len(time) == 1 else None
        if told is None:
            return None
        weeks.append(told[0])
        places.append(told)
    cells = tuple(cell for i in values if (cell := line.items[i].cell))
    return _Unit(arms[0].arms[0], cells, values[0], values[-1]), weeks, places


def _point(line: Line, index: int) -> Time | None:
    """The point in time that ends with an item: "week 12"."""
    item = line.items[index]
    digits = re.match(r"\d+", line.text[item.start : item.end])
    if digits is None:
        return None
    stop = item.start + digits.end()
    match = _ONE.search(line.text, max(line.said.sentence.start, item.start - 12), stop)
    return (to_weeks(float(match["n"]), match["unit"]), match[0], *match.span()) if match else None


def _bounds(units: list[_Unit | None], times: list[Time], line: Line) -> list[Bound]:
    """The rows, one a time, if every arm is another and has a value of one kind at each time."""
    told = [one for one in units if one is not None]
    arms = {one.arm for one in told}
    fits = all(len(one.cells) == len(times) for one in told) and len(set(times)) == len(times) >= 2
    kinds = {tuple(n.kind for n in cell.numbers) for one in told for cell in one.cells}
    if not told or len(told) != len(units) or len(arms) != len(told) or not fits or len(kinds) != 1:
        return []
    if Kind.COUNT in next(iter(kinds)) and len(next(iter(kinds))) == 1:
        return []
    if sum(len(one.cells) for one in told) != line.symbols.count("V"):
        return []
    first, last = min(one.first for one in told), max(one.last for one in told)
    return [
        Bound(RULE, tuple((one.arm, one.cells[i]) for one in told), first, last, time) for i, time in enumerate(times)
    ]
