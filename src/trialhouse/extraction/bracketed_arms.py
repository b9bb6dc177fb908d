"""Estimates or p-values each in the bracket behind its arm: "compared with C, A (RR 1.8) and B (RR 1.5) …".

An arm told ahead of them is compared with them all, as what they are set against ("compared with C, A (…) and B (…)")
or as what is set against each ("A was superior to B (…) and to C (…)"). An arm told behind them is what they are set
against ("both A (…) and B (…) were superior to C"). So is the only control where no other arm is named, and the only
arm of a list that has none: "1.7% with C, 1.5% with A (RR 0.91) and 1.1% with B (RR 0.66)".
"""

from trialhouse.extraction.arm_refs import controls_of
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.compared import Comparison, make
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

_ARM_AHEAD = lazy_compile(r"A[ptw]{0,2}\([^AGVPEb]{0,6}\Z")
_AGAINST = lazy_compile(r"v[pt]{0,4}\Z")
_SET_AGAINST = lazy_compile(
    r"\b(?:superior to|(?:non-?)?inferior to|differ\w*(?: \w+)? from|(?:better|worse|more|less|fewer|lower|higher"
    r"|greater|longer|shorter)\b[^.;()]{0,60}?\bthan|(?:as )?compared (?:with|to)|versus|vs\.?|relative to|over)\s"
)
_RULE = "analysis.listed"


def each_in_brackets(
    line: Line, groups: list[list[int]], bounds: list[Bound], table: ArmTable
) -> dict[int, Comparison]:
    """The comparisons of a trial of three or more arms, by the place of the group; {} where not every group is one."""
    if len(groups) < 2 or len(table.drafts) < 3:
        return {}
    places = [_arm_ahead(line, group) for group in groups]
    arms = [ref.arms[0] for at in places if at is not None and (ref := line.items[at].ref)]
    if len(arms) != len(groups) or len(set(arms)) != len(arms):
        return {}
    first, last = places[0] or 0, groups[-1][-1]
    ahead = {ref.arms[0]: i for i in range(first) if (ref := line.items[i].ref) and ref.single}
    behind = {i.ref.arms[0] for i in line.items[last:] if i.ref and i.ref.single}
    if any(item.symbol == "G" for item in line.items[:first]) or not {*ahead, *behind}.isdisjoint(arms):
        return {}
    bound = next((one for one in bounds if one.first <= first and groups[0][0] <= one.last), None)
    comparator = None if ahead else _comparator(line, groups, behind, table)
    if comparator in arms:
        return {}
    if len(ahead) == 1 and not behind:
        ((arm, at),) = ahead.items()
        is_left = bound is not None and "V" in line.symbols[:first] and len(arms) == len(table.drafts) - 1
        if _AGAINST.search(line.symbols[:at]) or is_left:
            comparator = arm
        elif _AGAINST.search(line.symbols[:first]) or _SET_AGAINST.search(
            line.text, line.items[at].end, line.items[first].start
        ):
            return {i: make(line, groups[i], arm, one, rule=_RULE, bound=None) for i, one in enumerate(arms)}
    if comparator is None:
        is_p = line.symbols[groups[0][0]] == "P"
        return {} if is_p else {i: _of_none(line, group, bound) for i, group in enumerate(groups)}
    return {i: make(line, groups[i], one, comparator, rule=_RULE, bound=bound) for i, one in enumerate(arms)}


def _of_none(line: Line, group: list[int], bound: Bound | None) -> Comparison:
    """An estimate of arms that are not known."""
    return make(line, group, None, None, rule="analysis.groups", bound=bound)


def _arm_ahead(line: Line, group: list[int]) -> int | None:
    """The arm whose bracket a group stands in."""
    match = _ARM_AHEAD.search(line.symbols[: group[0]])
    return match.start() if match else None


def _comparator(line: Line, groups: list[list[int]], behind: set[int], table: ArmTable) -> int | None:
    """What arms that are told one by one are set against: the arm told so behind them, else the only control."""
    if len(behind) == 1:
        last = groups[-1][-1]
        at = next(i for i in range(last, len(line.items)) if line.items[i].symbol == "A")
        told = _SET_AGAINST.search(line.text, line.items[last].end, line.items[at].start)
        return behind.pop() if told or _AGAINST.search(line.symbols[:at]) else None
    controls = controls_of(table)
    return controls[0] if len(controls) == 1 and not behind else None
