"""Estimates whose own words say the two arms: "between A and B", "vs B … for the 5 mg dose", "than in B (…) and C (…)".

What is told beside an estimate goes before what stands elsewhere in its sentence. Where such words set an arm against
something that is no arm that was read, the estimate is of no arms that are known.
"""

import itertools
import re

from trialhouse.extraction.arm_refs import controls_of
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.bracketed_arms import each_in_brackets
from trialhouse.extraction.compared import Comparison, make, order_pair
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

_ARM_BEHIND = lazy_compile(r"\)?[pt]{1,4}A")
_AGAINST = lazy_compile(r"v[pt]{0,4}A")
_BETWEEN = lazy_compile(
    r"\bbetween\s+(?P<one>[^.;()]{2,70}?)\s+and\s+(?P<two>[^.;(),]{2,70}?)"
    r"(?=\s*(?:,|\(|\[|\b(?:was|were|is|of)\b|[-−–]?\d+[.·\d]*\s*(?![-‐‑\w])|\Z))"
)
_TIMES = lazy_compile(r"\b(?:baseline|weeks?|months?|days?|years?|visits?|screening|randomi[sz]ation|end)\b", re.I)
BUT_NOT = lazy_compile(r"\bbut not\s+(?:with|in|for|on|by|at|the)\b", re.I)
"""Ahead of an arm for which what was told of another does not hold: the p-value behind it is of that one."""
_MINUS = lazy_compile(r"\s*\)?\s*minus\s+(?:the\s+)?")
_DIFFERENCE_FROM = lazy_compile(r"\bdifferences? (?:in [\w -]{3,40} )?from\b", re.I)
_AND_ANOTHER = lazy_compile(r"(?:E?[^VEPAGb]{0,3})?\){0,2}[,]?a[pt]{0,4}A[ptw]{0,2}\([^AGVPEb]{0,6}")
_LOWER_THAN = lazy_compile(r"A[^AGVPEb;]{0,6}v[pt]{0,5}A[ptw]{0,2}\([^AGVPEb]{0,6}\Z")
_LIST_THAN_LAST = lazy_compile(r",?v[pt]{0,4}V[^VEPGb;]{0,6}\([^AGVPEb]{0,6}")


def told_pairs(line: Line, groups: list[list[int]], bounds: list[Bound], table: ArmTable) -> dict[int, Comparison]:
    """The comparisons of a sentence's groups whose own words say the arms, by the place of the group."""
    found = _each_for_its_arm(line, groups, table) or _respectively(line, groups, bounds, table)
    found = found or each_in_brackets(line, groups, bounds, table)
    for at, group in enumerate(groups):
        if at in found or line.symbols[group[0]] != "E":
            continue
        ahead = groups[at - 1][-1] + 1 if at else 0
        told = _between(line, ahead, group, table) or _minus(line, ahead, group)
        told = told or _than_one_and_another(line, groups, at, found)
        if told is not None:
            found[at] = told
    return found


def denied_pair(line: Line, group: list[int], last: Comparison | None) -> list[Comparison]:
    """ "Longer with A than with C (P=0.01) but not with B (P=0.4)": the second p-value is of B and C.

    Where B, or what it is set against, is not known, the p-value is of no arms that are.
    """
    start = line.items[group[0]].start
    begin = last.end if last else line.said.sentence.start
    turn = next(reversed(list(BUT_NOT.finditer(line.text, begin, start))), None) if begin < start else None
    if turn is None or any(item.symbol in "AGPE" and item.start >= turn.end() for item in line.items[: group[0]]):
        return []
    behind = [ref for ref in line.denied if turn.end() <= ref.start < start]
    known = (
        last is not None and len(behind) == 1 and behind[0].single and last.comparator not in (None, *behind[0].arms)
    )
    if not known or last is None or last.arm in behind[0].arms:
        return [_said(line, group, None, None)]
    rule = "analysis.arms_named"
    return [make(line, group, behind[0].arms[0], last.comparator, rule=rule, bound=last.bound)]


def _said(line: Line, group: list[int], arm: int | None, comparator: int | None) -> Comparison:
    rule = "analysis.arms_named" if arm is not None else "analysis.groups"
    return make(line, group, arm, comparator, rule=rule, bound=None)


def _arms(line: Line, low: int, high: int) -> list[int]:
    """The arms that a stretch names one by one, in order."""
    return [ref.arms[0] for i in range(low, high) if (ref := line.items[i].ref) and ref.single]


def _each_for_its_arm(line: Line, groups: list[list[int]], table: ArmTable) -> dict[int, Comparison]:
    """Estimates each with its arm behind it, against the arm that is told ahead of all, else the only control.

    "0.69 with 20 mg and 0.45 with 40 mg"; "the difference vs B was -0.4 (…) for 5 mg and -4.0 (…) for 10 mg".
    """
    if not groups or any(line.symbols[group[0]] != "E" for group in groups):
        return {}
    comparator = _comparator(line, groups[0][0], table)
    told_ahead = comparator is not None and comparator in _arms(line, 0, groups[0][0])
    if len(groups) < 2 and not (told_ahead and len(table.drafts) > 2):
        return {}
    arms = []
    for group in groups:
        match = _ARM_BEHIND.match(line.symbols, group[-1] + 1)
        ref = line.items[match.end() - 1].ref if match else None
        if ref is None or ref.arms[0] == comparator:
            return {}
        arms.append(ref.arms[0])
    if len(set(arms)) != len(arms):
        return {}
    if comparator is None:
        return {at: _said(line, group, None, None) for at, group in enumerate(groups)} if len(table.drafts) > 2 else {}
    rule = "analysis.listed"
    return {at: make(line, groups[at], arm, comparator, rule=rule, bound=None) for at, arm in enumerate(arms)}


def _comparator(line: Line, first: int, table: ArmTable) -> int | None:
    """The arm that is told ahead of the estimates as the one compared with, else the only control."""
    named = _arms(line, 0, first)
    if not named:
        controls = controls_of(table)
        return controls[0] if len(controls) == 1 else None
    against = list(_AGAINST.finditer(line.symbols, 0, first)) or _DIFFERENCE_FROM.search(line.text, *_span(line, first))
    return named[0] if len(set(named)) == 1 and against else None


def _span(line: Line, stop: int) -> tuple[int, int]:
    """From the start of a sentence to one of its items."""
    return line.said.sentence.start, line.items[stop].start


def _respectively(line: Line, groups: list[list[int]], bounds: list[Bound], table: ArmTable) -> dict[int, Comparison]:
    """ "V with A and V with B compared with V with C (E and E, respectively)": A against C, B against C."""
    if not groups or any(line.symbols[group[0]] != "E" for group in groups):
        return {}
    first, last = groups[0][0], groups[-1][-1]
    before = [b for b in bounds if b.last < first and all(arm is not None for arm, _ in b.pairs)]
    bound = max(before, key=lambda one: one.last) if before else None
    if bound is None or "r" not in line.symbols[last + 1 : last + 4] or "b" in line.symbols[bound.last : last]:
        return {}
    arms = [arm for arm, _ in bound.pairs if arm is not None]
    others = [arm for arm in range(len(table.drafts)) if arm not in arms]
    if _LIST_THAN_LAST.fullmatch(line.symbols, bound.last + 1, first):
        named = _arms(line, bound.last + 1, first) or (others if len(others) == 1 else [])
    elif "v" in line.symbols[bound.first : bound.last]:
        named, arms = arms[-1:], arms[:-1]
    else:
        return {}
    if len(named) != 1 or named[0] in arms or len(set(arms)) != len(groups) or len(arms) != len(groups):
        return {}
    rule = "analysis.listed"
    return {at: make(line, groups[at], arm, named[0], rule=rule, bound=bound) for at, arm in enumerate(arms)}


def _between(line: Line, ahead: int, group: list[int], table: ArmTable) -> Comparison | None:
    """An estimate behind "between A and B"; of no arms that are known where only one of the two sides was read."""
    start, stop = line.items[ahead].start, line.items[group[0]].start
    match = next(reversed(list(_BETWEEN.finditer(line.text, start, stop))), None)
    if match is None or _TIMES.search(match["one"]):
        return None
    if any(item.cell and item.start > match.start() for item in line.items[ahead : group[0]]):
        return None
    sides = [
        [i.ref.arms[0] for i in line.refs if i.ref and i.ref.single and low <= i.start < high]
        for low, high in (match.span("one"), match.span("two"))
    ]
    if any(i.symbol == "G" and match.start() <= i.start < match.end() for i in line.refs):
        return None
    if len(sides[0]) == len(sides[1]) == 1 and sides[0] != sides[1]:
        return _said(line, group, *order_pair(sides[0][0], sides[1][0], table))
    return _said(line, group, None, None) if bool(sides[0]) != bool(sides[1]) or sides[0] else None


def _minus(line: Line, ahead: int, group: list[int]) -> Comparison | None:
    """An estimate of "A minus B", which is of A over B whatever the arms are."""
    refs = [item for item in line.items[ahead : group[0]] if item.ref and item.ref.single]
    for one, two in itertools.pairwise(refs):
        if one.ref and two.ref and one.ref.arms != two.ref.arms and _MINUS.fullmatch(line.text, one.end, two.start):
            return _said(line, group, one.ref.arms[0], two.ref.arms[0])
    return None


def _than_one_and_another(
    line: Line, groups: list[list[int]], at: int, found: dict[int, Comparison]
) -> Comparison | None:
    """ "Lower in A than in B (E) and C (E)": the first estimate is of A and B, the one behind it of A and C."""
    group = groups[at]
    pair = _LOWER_THAN.search(line.symbols[: group[0]])
    if pair:
        arms = _arms(line, pair.start(), pair.end())
        goes_on = at + 1 < len(groups) and _joins(line, group, groups[at + 1])
        return _said(line, group, arms[0], arms[1]) if goes_on and arms[0] != arms[1] else None
    last = found.get(at - 1)
    if last is None or last.arm is None or not _joins(line, groups[at - 1], group):
        return None
    (other,) = _arms(line, groups[at - 1][-1], group[0])
    return _said(line, group, last.arm, other) if other != last.arm else None


def _joins(line: Line, one: list[int], two: list[int]) -> bool:
    """Whether an estimate in brackets stands behind "and" and an arm right after the bracket of another one."""
    return _AND_ANOTHER.fullmatch(line.symbols, one[-1] + 1, two[0]) is not None
