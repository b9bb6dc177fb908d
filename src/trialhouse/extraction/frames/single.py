"""Frames for one value: of the one arm that a clause names, or of the whole trial."""

import itertools
import re

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.people import PEOPLE
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_WHOLE = lazy_compile(r"\b(?:in total|overall|a total of|altogether|in all)\b", re.I)
_OF_ALL = lazy_compile(r"\b(?:of|among) (?:the|all)\b", re.I)
_APART = lazy_compile(
    r"\s*(?:points?\s+)?(?:higher|lower|greater|less|more|fewer|longer|shorter|better|worse)\b"
    r"(?! than (?:at |the |its |their )*(?:baseline|entry|before))",
    re.I,
)
"""How far an arm is from another: "0.06 higher with A" is no value of A."""
_APART_BY = lazy_compile(
    r"\b(?:higher|lower|greater|less|fewer|longer|shorter|better|worse)\s+by\s+(?:(?:about|an?|mean|median|average|of"
    r"|around|approximately|nearly|some)\s+){0,3}\Z",
    re.I,
)
"""How far an arm is from another, told ahead: "was lower by 12% with A"."""
_AGAINST = lazy_compile(r"PvA")
"""A p-value against an arm: the value before it is of the other one."""
_WITH_DIFFERENCE = lazy_compile(r"V[pt]{1,4}A\(w{0,6},?E[^VAE]*$")
"""A value right before its arm, and in a bracket behind it the difference of that arm from another."""
_OF_EACH = lazy_compile(r"(?<![aovV,])(?<!V[aov])V[pt]{1,5}G")
_EACH = lazy_compile(r"(?:both|each|either)\b", re.I)
_EACH_BEFORE = lazy_compile(r"\b(?:both|each|either)\s+\Z", re.I)
"""Before arms that go by their drug: "in both baxdrostat arms"."""
_AND_NONE = lazy_compile(r"V[pt]{1,6}A[,t]{0,3}[ab,][pt]{0,3}V")
_IN_OTHERS = lazy_compile(
    r"\s+(?:in|of|among|from)\s+(?:those (?:in|on|of|given)\s+)?(?:(?:either|any) of\s+)?(?:the|any)\s+other\b"
    r"(?!\s+(?:patients?|participants?|subjects?))(?:\s+\w+)?\s*(?:groups?|arms?)\b",
    re.I,
)
"""What makes nobody those of all other arms."""
_LISTED_EVENT = lazy_compile(r"\b(?:deaths?|discontinuations?|withdrawals?|relapses?)\s*:\s*\Z", re.I)
_WHOLE_BEHIND = lazy_compile(r"\s*(?:in total|overall|in all|altogether)\b|\s*\((?:all|both) groups", re.I)
_PART = lazy_compile(r"\b(?:with|without|aged|whose|who had)\b", re.I)
_IN_BRACKET = lazy_compile(r"[a-z]\s*\(\Z")
_EVENT = Cued(
    "completed|death|died|discontinued|hospitali|relapsed|withdrew",
    r"\b(?:died|deaths?|discontinued|withdrew|relapsed|hospitali[sz]ed|completed)\b",
    re.I,
)


_STUDIED = lazy_compile(
    r"\b(?:enrolled|recruited|included|randomi[sz]ed|involv(?:ed|ing)|compris(?:ed|ing)|studied|examined"
    r"|(?:performed|conducted|carried out|undertaken|done|done so) (?:in|with|on|among)"
    r"|(?:interim|planned|final|primary) analysis of"
    r"|(?:studied|compared|evaluated|assessed|investigated|examined|study|trial)\b[^.;:]{0,160}\bin)"
    r"\s+(?:a total of\s+)?\Z",
    re.I,
)
"""What stands before the number of a trial's participants."""
_SELECTED = lazy_compile(
    rf"(?:\s+{PEOPLE})?\s+(?:were|was)\s+(?:included|enrolled|recruited|randomi[sz]ed|analy[sz]ed|evaluable|eligible|screened)\b",
    re.I,
)
_RATIO_OF = lazy_compile(r"\bratios? (?:of|for|in) [^.;:,()\d]{1,40}\Z", re.I)
"""A ratio that no estimate is known by: "ratio of change 0.85" compares the arm with another."""
_ENTERED = lazy_compile(
    r"[^.;]{0,60}?\b(?:was|were) (?:then )?(?:randomly |equally )?(?:randomi[sz]ed|assigned|allocated|enrolled)\b", re.I
)
"""Behind a number that says who entered the trial: "infants born before 32 weeks were randomly assigned to A"."""
_MORE_PEOPLE = lazy_compile(r"\s+(?:additional|further|other)\s+[a-z]", re.I)
_IN_CODE = lazy_compile(r"[A-Za-z0-9][-‐‑]\Z")
_OF_PART = lazy_compile(
    rf"\b(?:in|among|for|of)\s+(?:the\s+)?(?:[\w-]+\s+){{1,2}}(?:{PEOPLE}|eyes|joints|limbs)\b", re.I
)
"""Values of two kinds of participants are no list of measures: "in glaucomatous eyes … in healthy eyes"."""


def one_arm(line: Line, known: list[Bound]) -> list[Bound]:
    """The only value of a clause that names exactly one arm and compares nothing."""
    out = []
    for begin, end in _clauses(line.symbols):
        part = line.symbols[begin:end]
        if part.count("V") != 1 or "G" in part or "v" in part.replace("PvA", "P"):
            continue
        if "E" in part and not _WITH_DIFFERENCE.search(part):
            continue
        values = [begin + part.index("V")]
        arms = _arms_in(line, begin, end)
        if len(arms) > 1 and (behind := _AGAINST.search(part)):
            arms -= {ref.arms[0] for ref in [line.items[begin + behind.end() - 1].ref] if ref}
        if len(arms) != 1:
            continue
        cell = line.items[values[0]].cell
        if cell and (_APART.match(line.text, cell.end) or is_no_value(line, cell)):
            continue
        if cell and not any(b.first <= values[0] <= b.last for b in known):
            out.append(Bound("frame.one_arm", ((min(arms), cell),), values[0], values[0]))
    return out


def is_no_value(line: Line, cell: Cell) -> bool:
    """Whether a number counts the people of a trial, some more of them, is the end of a code, or a distance."""
    number = cell.numbers[0]
    before, behind = (
        line.text[line.said.sentence.start : cell.start],
        line.text[number.raw_end : line.said.sentence.end],
    )
    if _RATIO_OF.search(before) or _ENTERED.match(behind) or _IN_CODE.search(before) or _MORE_PEOPLE.match(behind):
        return True
    if _APART_BY.search(before):
        return True
    counted = number.kind in (Kind.COUNT, Kind.VALUE) and len(cell.numbers) == 1 and cell.denominator is None
    return counted and number.value == int(number.value) and bool(_STUDIED.search(before) or _SELECTED.match(behind))


def one_arm_list(line: Line, known: list[Bound]) -> list[Bound]:
    """Several values of a clause that names one arm, ahead of them: "with A, pain fell by 3 and fatigue by 4".

    Each is of the measure ahead of it, or of the one behind where no word stands ahead of the first: "with A, 4% had
    nausea and 3% had headache".
    """
    out = []
    for begin, end in _clauses(line.symbols):
        part = line.symbols[begin:end]
        if part.count("V") < 2 or any(sign in part for sign in "GvEr") or part.find("A") > part.find("V"):
            continue
        values = [begin + i for i, s in enumerate(part) if s == "V"]
        arms = _arms_in(line, begin, end)
        if len(arms) != 1:
            continue
        gaps = [line.symbols[a + 1 : b] for a, b in itertools.pairwise(values)]
        free = not any(b.first <= v <= b.last for b in known for v in values)
        words = line.text[line.items[values[0]].end : line.items[end - 1].end]
        cells = [cell for at in values if (cell := line.items[at].cell)]
        free = free and not any(is_no_value(line, cell) for cell in cells)
        if not free or len(_OF_PART.findall(words)) > 1 or not all("w" in gap for gap in gaps):
            continue
        ahead = "w" in line.symbols[begin : values[0]] or "w" not in line.symbols[values[-1] : end]
        edges = [line.items[begin].start, *(line.items[v].end for v in values[:-1])]
        edges = edges if ahead else [line.items[v].start for v in values]
        stops = [*(line.items[v].start for v in values[1:]), line.items[end - 1].end]
        for at, low, high in zip(values, edges, stops, strict=True):
            if cell := line.items[at].cell:
                out.append(Bound("frame.one_arm_list", ((min(arms), cell),), at, at, window=(low, high)))
    return out


def all_arms(line: Line, arm_count: int) -> list[Bound]:
    """One value that each of the arms has: "1.0% of participants in both groups"."""
    out = []
    for match in _OF_EACH.finditer(line.symbols):
        group, cell = line.items[match.end() - 1], line.items[match.start()].cell
        each = _EACH.match(line.text, group.start) or _EACH_BEFORE.search(
            line.text, max(0, group.start - 8), group.start
        )
        if group.ref is None or cell is None or not each:
            continue
        named = group.start >= each.end()
        if len(group.ref.arms) != (2 if named and each[0].strip().lower() != "each" else arm_count):
            continue
        counted = cell.numbers[0].kind is Kind.COUNT and each[0].lower() != "each"
        if not counted:
            pairs = tuple((arm, cell) for arm in group.ref.arms)
            out.append(Bound("frame.all_arms", pairs, match.start(), match.end() - 1))
    return out


def none_of_others(line: Line, arm_count: int) -> list[Bound]:
    """A count of one arm and nobody of any other: "11 women on A and none in the other groups"."""
    out = []
    for match in _AND_NONE.finditer(line.symbols):
        ref = line.items[match.start() + match[0].index("A")].ref
        first, none = line.items[match.start()].cell, line.items[match.end() - 1].cell
        if ref is None or first is None or none is None or first.numbers[0].kind is not Kind.COUNT:
            continue
        number = none.numbers[0]
        if number.value == 0 and _IN_OTHERS.match(line.text, number.raw_end, line.said.sentence.end):
            nobody = none._replace(numbers=(number._replace(kind=Kind.COUNT, unit="participants"),))
            pairs = ((ref.arms[0], first), *((i, nobody) for i in range(arm_count) if i != ref.arms[0]))
            out.append(Bound("frame.all_arms", pairs, match.start(), match.end() - 1))
    return out


def whole_trial(line: Line) -> list[Bound]:
    """A count of events among all participants: "in total, 12 patients died", "12 of the 300 patients died"."""
    words = line.text[line.said.sentence.start : line.said.sentence.end]
    if "A" in line.symbols or not _EVENT.search(words):
        return []
    values = [i for i, s in enumerate(line.symbols) if s == "V"]
    if len(values) == 2 and _said_twice(line, values):
        values = values[1:]
    cell = line.items[values[0]].cell if len(values) == 1 else None
    if cell is None or cell.numbers[0].value != int(cell.numbers[0].value):
        return []
    number = cell.numbers[0]
    behind = line.text[cell.end : cell.end + 60]
    before = line.text[line.said.sentence.start : cell.start]
    listed = _LISTED_EVENT.search(before) and _WHOLE_BEHIND.match(behind)
    told = number.unit == "participants" or cell.denominator is not None or _said_twice(line, [values[0]])
    event = _EVENT.search(behind)
    happened = told and event and not _PART.search(before) and not _PART.search(behind[: event.start()])
    among_all = _WHOLE.search(words) or (
        cell.denominator is not None and _OF_ALL.search(line.text[number.raw_end : cell.end])
    )
    if listed or (happened and (among_all or _said_twice(line, [values[0]]))):
        counted = number._replace(kind=Kind.COUNT, unit="participants")
        cell = cell._replace(numbers=(counted, *cell.numbers[1:]))
        return [Bound("frame.whole_trial", ((None, cell),), values[0], values[0])]
    return []


def _said_twice(line: Line, values: list[int]) -> bool:
    """Whether the last of some values repeats in figures what was spelled out before: "Twelve patients (12) died"."""
    item = line.items[values[-1]]
    match = _IN_BRACKET.search(line.text[line.said.sentence.start : item.start])
    return bool(match) and any(
        n.word and item.cell is not None and n.value == item.cell.numbers[0].value and n.start < item.start
        for n in line.said.numbers
    )


def _arms_in(line: Line, begin: int, end: int) -> set[int]:
    """The arms that a stretch of a line names one by one."""
    return {ref.arms[0] for i in range(begin, end) if line.symbols[i] == "A" and (ref := line.items[i].ref)}


def _clauses(symbols: str) -> list[tuple[int, int]]:
    """The stretches of a line between clause breaks."""
    cuts = [i for i, s in enumerate(symbols) if s in "b;"]
    edges = [-1, *cuts, len(symbols)]
    return [(a + 1, b) for a, b in itertools.pairwise(edges)]
