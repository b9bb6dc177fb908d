"""Comparisons between arms: effect estimates, their intervals and p-values, tied to the arms they compare."""

import re

from trialhouse.extraction.arm_refs import controls_of
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.compared import (
    RATIOS,
    Comparison,
    is_difference_list,
    is_share,
    make,
    order_pair,
)
from trialhouse.extraction.compared_arms import carried_on, each_of_several, from_names, near_pairs, of_groups
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.set_against import set_against
from trialhouse.extraction.told_pairs import BUT_NOT, denied_pair, told_pairs
from trialhouse.extraction.within_arms import is_no_comparison, is_within, own_p_values
from trialhouse.text.lazy_patterns import lazy_compile

_CLOSE = 0.15
"""How near a ratio of two rounded shares comes to the one that is stated of them, as a share of it."""
_BRACKETED_P = lazy_compile(r"(?:[,w]?\(?[,;wC]{0,3}|[pt]{1,4}A[ptw]{0,2}\([,;wC]{0,3})P(?=\)|;|$)")
_RIGHT_BEHIND = lazy_compile(r"[pt]{0,4}G?,?r?[,;)]?\(?")
_OF_ONE = lazy_compile(r"\s*(?:for(?! (?:all|both|each|every|overall)\b)|versus|vs\.?|compared|against|in)\b", re.I)
"""What says which arms a p-value behind a list compares: then it is not all of them."""
_WITH_CONTROL = lazy_compile(
    r"\s*(?:for\s+)?(?:both|all|each|every)?\s*(?:comparisons?\s+)?(?:with|to|versus|vs\.?|against)\s+(?:the\s+)?"
    r"(?:placebo|controls?|sham|vehicle)\b",
    re.I,
)
"""Behind a p-value of the arms of a list that are each set against the control."""
_CHAIN = lazy_compile(r"P(?:[,;a]{1,2}P)+")
_THAN_ARM = lazy_compile(r"v[pt]{0,4}A")
_FAR = 18
"""Symbols between an estimate and a p-value that still belongs to it, where neither value nor arm stands between."""


def read_comparisons(line: Line, bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """The comparisons of a sentence; p-values and estimates that no arms fit, or that compare none, are left."""
    found = _each_its_own(line, bounds, table)
    taken = {one.p.start for one in found if one.p}
    within = own_p_values(line, bounds)
    heads = [
        i
        for i, s in enumerate(line.symbols)
        if s in "EP" and line.items[i].start not in taken and i not in within and not is_no_comparison(line, i)
    ]
    shared = [i for i in heads if _is_shared(line, i)]
    groups = _groups(line, [i for i in heads if i not in shared])
    found += _one_by_one(line, groups, bounds, table)
    for i in shared:
        found += _of_all(line, i, found, bounds, table)
    own = set_against(line, bounds, table)
    told = {one.p.start for one in own if one.p}
    found = [one for one in found if one.estimate or not one.p or one.p.start not in told] + own
    return sorted(found, key=lambda one: one.start)


def _one_by_one(line: Line, groups: list[list[int]], bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """The comparisons of groups, each with the arms that stand nearest to it."""
    found: list[Comparison] = []
    told = told_pairs(line, groups, bounds, table)
    done: set[int] = set()
    for at, group in enumerate(groups):
        if at in done:
            continue
        if at in told:
            found.append(told[at])
            continue
        denied = denied_pair(line, group, found[-1] if found else None)
        if denied:
            found += denied
            continue
        bound = _bound_before(line, bounds, group[0])
        series = _series(line, groups, at, bounds)
        made = _from_series(line, series, bound, table) if bound else []
        if made:
            done.update(range(at, at + len(series)))
        else:
            made = _from_bound(line, group, bound, table) or carried_on(line, group, found[-1] if found else None)
            made = made or _of_every_arm(line, group, bound, table) or _from_words(line, group, bound, table)
        found += made
    return found


def _of_every_arm(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """A p-value right behind a list of all arms of three or more: it compares them as a whole, and names none."""
    if bound is None or len(table.drafts) < 3 or table.factors or line.symbols[group[0]] != "P":
        return []
    arms = {arm for arm, _ in bound.pairs if arm is not None}
    inside = "P" in line.symbols[bound.first : group[0]] or any(cell.before for _, cell in bound.pairs)
    behind = _RIGHT_BEHIND.fullmatch(line.symbols, bound.last + 1, group[0])
    if len(arms) < len(table.drafts) or inside or not behind or is_within(line, group):
        return []
    if _OF_ONE.match(line.text, line.items[group[-1]].end, line.said.sentence.end):
        return []
    return [make(line, group, None, None, rule="analysis.groups", bound=bound)]


def _from_words(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """An estimate or p-value whose arms the words say, or that compares the two groups of a trial."""
    if is_within(line, group):
        return []
    made = near_pairs(line, group, table)
    named = made or from_names(line, group, bound, table)
    if named is None:
        return []
    return named or of_groups(line, group, bound, table)


def _each_its_own(line: Line, bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """A p-value in the bracket behind each value of a list but one: "5 mg, -6 (P=.01); 10 mg, -8 (P<.001); C, -1".

    The one is a control, or stands first: "3.4% with C, as compared with 2.7% with A (P=.003) and 3.1% with B (P=.3)".
    """
    controls = controls_of(table)
    out: list[Comparison] = []
    for bound in bounds:
        arms = [arm for arm, _ in bound.pairs if arm is not None]
        own = {arm: at for arm, cell in bound.pairs if arm is not None and (at := _p_behind(line, cell)) is not None}
        against = controls if len(controls) == 1 else arms[:1] if "v" in line.symbols[bound.first : bound.last] else []
        others = [arm for arm in arms if arm not in against]
        if len(against) == 1 and len(others) > 1 and own.keys() == set(others):
            pair = {arm: (arm, against[0]) for arm in others}
            out += [make(line, [own[arm]], *pair[arm], rule="analysis.listed", bound=bound) for arm in others]
    return out


def _p_behind(line: Line, cell: Cell) -> int | None:
    """The p-value in the bracket behind a value, or behind the arm that follows it."""
    at = next((i for i, item in enumerate(line.items) if item.cell is cell), None)
    match = _BRACKETED_P.match(line.symbols, at + 1) if at is not None else None
    return match.end() - 1 if match else None


def _is_shared(line: Line, at: int) -> bool:
    """Whether a p-value says itself that it is of several numbers: "both P<0.001", "P<0.001 for all comparisons"."""
    p = line.items[at].p
    return p is not None and p.scope is not None


def _groups(line: Line, heads: list[int]) -> list[list[int]]:
    """Estimates each with the p-value that goes with it; p-values alone."""
    out: list[list[int]] = []
    for i in heads:
        last = out[-1] if out else None
        if line.symbols[i] == "P" and last and len(last) == 1 and line.symbols[last[0]] == "E":
            gap = line.symbols[last[0] + 1 : i]
            told = line.items[last[0]].end, line.items[i].start
            if not set("VEPb") & set(gap) and _belongs(gap) and not BUT_NOT.search(line.text, *told):
                last.append(i)
                continue
        out.append([i])
    return out


def _belongs(gap: str) -> bool:
    """Whether a p-value that these symbols part from an estimate goes with it: nothing else is told between them."""
    if len(gap) <= 6 and "A" not in gap:
        return True
    turns = ",a" in gap or ";" in gap.replace("C;", "")[4:]
    return len(gap) <= _FAR and not turns and gap.count("A") <= 1 + ("v" in gap)


def _of_all(line: Line, at: int, found: list[Comparison], bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """A p-value of several numbers: put to every estimate before it that has none, else to all values before it."""
    begin = max((line.items[i].end for i, s in enumerate(line.symbols[:at]) if s == "P"), default=0)
    one = line.items[at]
    bare = [c for c in found if c.estimate and c.p is None and begin <= c.start < one.start]
    if bare and one.p and one.p.scope == "both":
        bare = bare[-2:]
        # Of one with two values behind it nobody knows: "V, and for C it was W and X (both P<0.001)".
        more = [i for i in line.items if i.cell and i.cell.interval and bare[0].start < i.start < one.start]
        if len(bare) == 1 and len(more) > 1:
            return []
    for comparison in bare:
        comparison.p = one.p
    if bare or one.p is None:
        return []
    before = [b for b in bounds if begin <= b.start and b.end <= one.start]
    values = [b for b in before if all(arm is not None for arm, _ in b.pairs)]
    out: list[Comparison] = []
    for bound in values:
        out += _of_bound(line, at, bound, table)
    if out or values:
        return out
    return each_of_several(line, at, table) or _from_words(line, [at], None, table)


def _of_bound(line: Line, at: int, bound: Bound, table: ArmTable) -> list[Comparison]:
    """A p-value of the values of one list: of two arms, or of each arm against the only control."""
    arms = [arm for arm, _ in bound.pairs if arm is not None]
    controls = controls_of(table) or _set_against_last(line, at)
    if any(cell.before for _, cell in bound.pairs) or is_within(line, [at]):
        return []
    with_control = len(controls) == 1 and controls[0] not in arms and _WITH_CONTROL.match(line.text, line.items[at].end)
    if with_control or is_difference_list(line, bound, table):
        pairs = [(arm, controls[0]) for arm in arms]
    elif len(arms) == 2:
        pairs = [order_pair(arms[0], arms[1], table)]
    elif len(controls) == 1 and controls[0] in arms:
        pairs = [(arm, controls[0]) for arm in arms if arm != controls[0]]
    else:
        return []
    rule = "analysis.behind_values" if len(arms) == 2 and len(pairs) == 1 else "analysis.listed"
    return [make(line, [at], *pair, rule=rule, bound=bound) for pair in pairs]


def _set_against_last(line: Line, at: int) -> list[int]:
    """The arm that those of a list are set against, ahead of a p-value: "A and B than C (…; P<0.001 for both)"."""
    told = [m.end() - 1 for m in _THAN_ARM.finditer(line.symbols, 0, at)]
    ref = line.items[told[0]].ref if len(told) == 1 else None
    return list(ref.arms) if ref else []


def _blocks(line: Line, at: int, bounds: list[Bound]) -> bool:
    """Whether a value stands for a result, so that what is behind it is not of the values before it."""
    cell = line.items[at].cell
    if cell is None or any(cell is other for bound in bounds for _, other in bound.pairs):
        return True
    number = cell.numbers[-1]
    return number.kind is not Kind.VALUE or number.unit is not None or bool(cell.dispersion) or number.value % 1 != 0


def _is_parted(line: Line, first: int, last: int, bounds: list[Bound]) -> bool:
    """Whether a value that is a result, or a turn of the sentence, stands between two items."""
    between = range(first, last)
    return any(line.symbols[i] == "b" or (line.symbols[i] == "V" and _blocks(line, i, bounds)) for i in between)


def _bound_before(line: Line, bounds: list[Bound], at: int) -> Bound | None:
    """The values that stand last before an item, with no other value between."""
    before = [b for b in bounds if b.last < at]
    if not before:
        return None
    last = max(before, key=lambda b: b.last)
    return None if _is_parted(line, last.last + 1, at, bounds) else last


def _series(line: Line, groups: list[list[int]], at: int, bounds: list[Bound]) -> list[list[int]]:
    """The groups from `at` on that no value parts from each other."""
    out = [groups[at]]
    for group in groups[at + 1 :]:
        first = out[-1][-1] + 1
        if group[0] - first > 14 or _is_parted(line, first, group[0], bounds):
            break
        out.append(group)
    return out


def _from_series(line: Line, series: list[list[int]], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """Several estimates or p-values behind a list of arms: one for each arm that is no control, in its order."""
    if bound is None or len(bound.pairs) < 2 or any(arm is None for arm, _ in bound.pairs):
        return []
    arms = [arm for arm, _ in bound.pairs if arm is not None]
    controls = controls_of(table)
    others = [a for a in arms if a not in controls]
    if len(controls) != 1 or len(others) < 2 or len(series) != len(others):
        return []
    closing = line.symbols[series[-1][-1] + 1 : series[-1][-1] + 4]
    chained = _CHAIN.fullmatch(line.symbols, series[0][0], series[-1][-1] + 1)
    if "r" in closing or "v" in closing or chained or is_difference_list(line, bound, table):
        return [
            make(line, group, arm, controls[0], rule="analysis.listed", bound=bound)
            for arm, group in zip(others, series, strict=True)
        ]
    return []


def _from_bound(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """An estimate or p-value behind two compared values: it compares their arms."""
    if bound is None or len(bound.pairs) != 2 or any(arm is None for arm, _ in bound.pairs):
        return []
    one, two = (arm for arm, _ in bound.pairs if arm is not None)
    gap = line.between(bound.last, group[0])
    if len(gap) > 80 or is_within(line, group, gap) or one == two:
        return []
    if _has_its_own(line, bound, table, (one, two)):
        return [make(line, group, None, None, rule="analysis.groups", bound=bound)]
    if order_pair(one, two, table) != (one, two) and _is_first_by_second(line, group, bound):
        return []
    return [make(line, group, *order_pair(one, two, table), rule="analysis.behind_values", bound=bound)]


def _has_its_own(line: Line, bound: Bound, table: ArmTable, pair: tuple[int, int]) -> bool:
    """Whether the first of two values has an estimate of its own behind it, and both are set against a third arm.

    "1.7% with C, 1.5% with A (RR 0.91) and 1.1% with B (RR 0.66)": what stands behind B is not of A and B.
    """
    return (
        len(table.drafts) > 2 and "E" in line.symbols[bound.first : bound.last] and not {*pair} & {*controls_of(table)}
    )


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
