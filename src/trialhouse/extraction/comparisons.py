"""Comparisons between arms: effect estimates, their intervals and p-values, tied to the arms they compare."""

import re
from dataclasses import dataclass

from trialhouse.extraction.arm_refs import controls_of, is_control
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.estimates import Estimate
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.heads import Interval, PValue
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line

_WITHIN = re.compile(
    r"\b(?:from baseline|vs\.? baseline|versus baseline|compared (?:with|to) baseline|before|within)\b", re.I
)
_DIFFERENCES = re.compile(
    r"\bdifferences?\b[^.;\d]*\b(?:between|versus|vs|from|compared)\b|\b(?:mean|median|treatment|adjusted|pairwise)\s+differences?\b",
    re.I,
)


RATIOS = ("HAZARD_RATIO", "RISK_RATIO", "ODDS_RATIO", "RATE_RATIO", "GEOMETRIC_MEAN_RATIO")
_MORE = re.compile(r"\b(?:higher|more|greater|increased|worse|longer|times|raised)\b", re.I)
_LESS = re.compile(r"\b(?:lower|fewer|less|reduced|better|shorter|decreased|times)\b", re.I)
_CLOSE = 0.15
"""How near a ratio of two rounded shares comes to the one that is stated of them, as a share of it."""
_BRACKETED_P = re.compile(r"[,w]?\(?[,;wC]{0,3}P(?=\)|;|$)")
_ARM_BEHIND = re.compile(r"\)?[pt]{1,4}A")


@dataclass(slots=True)
class Comparison:
    """One comparison being read: arm, comparator, an estimate or a value, an interval, a p-value, and its rule."""

    arm: int
    comparator: int
    rule: str
    start: int
    end: int
    estimate: Estimate | None = None
    interval: Interval | None = None
    p: PValue | None = None
    bound: Bound | None = None


def is_difference_list(line: Line, bound: Bound, table: ArmTable) -> bool:
    """Whether the values of a list are differences from a control, not results of the arms."""
    controls = controls_of(table)
    before = line.text[line.said.sentence.start : bound.start]
    arms = {arm for arm, _ in bound.pairs}
    return len(controls) == 1 and controls[0] not in arms and bool(_DIFFERENCES.search(before))


def order_pair(first: int, second: int, table: ArmTable) -> tuple[int, int]:
    """Two arms as (arm, comparator): a control is the comparator, else the one named second."""
    return (
        (second, first) if is_control(table.drafts[first]) and not is_control(table.drafts[second]) else (first, second)
    )


def read_comparisons(line: Line, bounds: list[Bound], table: ArmTable) -> tuple[list[Comparison], list[int]]:
    """The comparisons of a sentence, and the items with a p-value or estimate that no arms fit."""
    found = _each_its_own(line, bounds, table)
    left: list[int] = []
    taken = {one.start for one in found}
    heads = [i for i, s in enumerate(line.symbols) if s in "EP" and line.items[i].start not in taken]
    groups = _groups(line, heads)
    listed = _each_with_arm(line, groups, table)
    if listed:
        return found + listed, left
    done: set[int] = set()
    for at, group in enumerate(groups):
        if at in done:
            continue
        bound = _bound_before(line, bounds, group[0])
        series = _series(line, groups, at, bounds)
        made = _from_series(line, series, bound, table) if bound else []
        if made:
            done.update(range(at, at + len(series)))
        else:
            made = _from_bound(line, group, bound, table) or _from_names(line, group, bound, table)
        if made:
            found += made
        else:
            left += group
    return found, left


def _each_its_own(line: Line, bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """A p-value in the bracket behind each value of a list: "5 mg, -6 (P=.01); 10 mg, -8 (P<.001)"."""
    controls = controls_of(table)
    out: list[Comparison] = []
    for bound in bounds:
        others = [(arm, cell) for arm, cell in bound.pairs if arm is not None and arm not in controls]
        if len(controls) != 1 or len(others) < 2:
            continue
        mine = []
        for arm, cell in others:
            at = next((i for i, item in enumerate(line.items) if item.cell is cell), None)
            match = _BRACKETED_P.match(line.symbols, at + 1) if at is not None else None
            if match:
                mine.append(_make(line, [match.end() - 1], arm, controls[0], rule="analysis.listed", bound=bound))
        out += mine if len(mine) == len(others) else []
    return out


def _each_with_arm(line: Line, groups: list[list[int]], table: ArmTable) -> list[Comparison]:
    """Estimates each with its arm behind it, against the only control: "0.69 with 20 mg and 0.45 with 40 mg"."""
    controls = controls_of(table)
    if len(groups) < 2 or len(controls) != 1 or any(line.symbols[g[0]] != "E" for g in groups):
        return []
    arms = []
    for group in groups:
        match = _ARM_BEHIND.match(line.symbols, group[-1] + 1)
        ref = line.items[match.end() - 1].ref if match else None
        if ref is None or ref.arms[0] == controls[0]:
            return []
        arms.append(ref.arms[0])
    if len(set(arms)) != len(arms):
        return []
    return [
        _make(line, group, arm, controls[0], rule="analysis.listed", bound=None)
        for arm, group in zip(arms, groups, strict=True)
    ]


def _groups(line: Line, heads: list[int]) -> list[list[int]]:
    """Estimates each with the p-value that goes with it; p-values alone."""
    out: list[list[int]] = []
    for i in heads:
        if line.symbols[i] == "P" and out and len(out[-1]) == 1 and line.symbols[out[-1][0]] == "E":
            gap = line.symbols[out[-1][0] + 1 : i]
            if "V" not in gap and "A" not in gap and len(gap) <= 6:
                out[-1].append(i)
                continue
        out.append([i])
    return out


def _bound_before(line: Line, bounds: list[Bound], at: int) -> Bound | None:
    """The values that stand last before an item, with no other value between."""
    before = [b for b in bounds if b.last < at]
    if not before:
        return None
    last = max(before, key=lambda b: b.last)
    gap = line.symbols[last.last + 1 : at]
    return None if "V" in gap or "b" in gap else last


def _series(line: Line, groups: list[list[int]], at: int, bounds: list[Bound]) -> list[list[int]]:
    """The groups from `at` on that no value parts from each other."""
    out = [groups[at]]
    for group in groups[at + 1 :]:
        gap = line.symbols[out[-1][-1] + 1 : group[0]]
        if "V" in gap or "b" in gap or len(gap) > 14:
            break
        out.append(group)
    return out


def _from_series(line: Line, series: list[list[int]], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """Several estimates or p-values behind a list of arms: one for each arm that is no control, in its order."""
    if bound is None or len(bound.pairs) < 2 or any(arm is None for arm, _ in bound.pairs):
        return []
    arms = [arm for arm, _ in bound.pairs if arm is not None]
    controls = controls_of(table)
    if len(controls) != 1:
        return []
    others = [a for a in arms if a != controls[0]]
    if len(others) < 2:
        return []
    last = line.items[series[-1][-1]]
    closing = line.symbols[series[-1][-1] + 1 : series[-1][-1] + 4]
    if len(series) == len(others) and ("r" in closing or "v" in closing or is_difference_list(line, bound, table)):
        return [
            _make(line, group, arm, controls[0], rule="analysis.listed", bound=bound)
            for arm, group in zip(others, series, strict=True)
        ]
    scope = line.items[series[0][-1]].p
    if len(series) == 1 and scope and scope.scope and line.symbols[series[0][0]] == "P" and last:
        return [_make(line, series[0], arm, controls[0], rule="analysis.listed", bound=bound) for arm in others]
    return []


def _from_bound(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """An estimate or p-value behind two compared values: it compares their arms."""
    if bound is None or len(bound.pairs) != 2 or any(arm is None for arm, _ in bound.pairs):
        return []
    one, two = (arm for arm, _ in bound.pairs if arm is not None)
    gap = line.between(bound.last, group[0])
    if len(gap) > 80 or _WITHIN.search(gap) or any(cell.before for _, cell in bound.pairs):
        return []
    if order_pair(one, two, table) != (one, two) and _is_first_by_second(line, group, bound):
        return []
    return [_make(line, group, *order_pair(one, two, table), rule="analysis.behind_values", bound=bound)]


def _is_first_by_second(line: Line, group: list[int], bound: Bound) -> bool:
    """Whether a ratio is that of a control's share, told first, over the other's: "31% and 14% (odds ratio 2.8)"."""
    estimate = line.items[group[0]].estimate
    if estimate is None or estimate.effect not in RATIOS or not is_share(bound):
        return False
    first, second = (cell.numbers[-1].value / 100 for _, cell in bound.pairs)
    if not (0 < first < 1 and 0 < second < 1):
        return False
    ratios = (first / second, first / (1 - first) * (1 - second) / second)
    other_side = (first > second) == (estimate.value > 1)
    return other_side and any(abs(ratio / estimate.value - 1) < _CLOSE for ratio in ratios)


def _from_names(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """An estimate or p-value in a sentence that names exactly two arms, or one against the only other."""
    begin = max((i for i, s in enumerate(line.symbols[: group[0]]) if s in "b;"), default=-1) + 1
    stop = next((i for i in range(group[-1], len(line.symbols)) if line.symbols[i] in "b;"), len(line.symbols))
    for low, high in ((begin, stop), (0, stop)):
        named = list(dict.fromkeys(r.arms[0] for i in range(low, high) if (r := line.items[i].ref) and r.single))
        part = line.symbols[low:high]
        if len(named) == 2 and ("v" in part or line.symbols[group[0]] == "E" or "G" not in part):
            if (
                "v" not in part
                and line.symbols[group[0]] == "P"
                and not re.search(
                    r"\b(?:differ|between|compar|favou?r|superior|over|better)",
                    line.text[line.items[low].start : line.items[high - 1].end],
                    re.I,
                )
            ):
                return []
            first = next(i for i in range(low, high) if line.items[i].ref)
            turned = "v" in line.symbols[max(low, first - 4) : first]
            pair = (named[1], named[0]) if turned else (named[0], named[1])
            if _is_of_control(line, group, pair, table, line.text[line.items[low].start : line.items[group[0]].start]):
                return []
            return [_make(line, group, *order_pair(*pair, table), rule="analysis.arms_named", bound=None)]
        if len(named) == 1 and len(table.drafts) == 2 and ("v" in part or line.symbols[group[0]] == "E"):
            if line.symbols[group[0]] == "P" and bound is not None and len(bound.pairs) == 1:
                return []
            return [
                _make(line, group, *order_pair(named[0], 1 - named[0], table), rule="analysis.arms_named", bound=None)
            ]
        if named:
            return []
    both = any(s == "G" for s in line.symbols) and len(table.drafts) == 2
    if both and line.symbols[group[0]] == "E":
        return [_make(line, group, *order_pair(0, 1, table), rule="analysis.arms_named", bound=None)]
    return []


def _is_of_control(line: Line, group: list[int], pair: tuple[int, int], table: ArmTable, words: str) -> bool:
    """Whether a ratio is of a control named first over the other arm: "more deaths on placebo than on A (HR 1.6)"."""
    one = line.items[group[0]].estimate
    if one is None or order_pair(*pair, table) == pair or one.effect not in RATIOS:
        return False
    return bool((_MORE if one.value > 1 else _LESS).search(words))


def _make(line: Line, group: list[int], arm: int, comparator: int, *, rule: str, bound: Bound | None) -> Comparison:
    """A comparison from the items of one group."""
    first, last = line.items[group[0]], line.items[group[-1]]
    estimate = next((line.items[i].estimate for i in group if line.items[i].estimate), None)
    interval = next((line.items[i].interval for i in group if line.items[i].interval), None)
    p = next((line.items[i].p for i in group if line.items[i].p), None)
    return Comparison(arm, comparator, rule, first.start, last.end, estimate, interval, p, bound)


def is_share(bound: Bound | None) -> bool:
    """Whether compared values are shares of participants, so that their difference is one of risks."""
    return bound is not None and all(any(n.kind is Kind.PERCENT for n in cell.numbers) for _, cell in bound.pairs)
