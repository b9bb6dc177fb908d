"""Which arms an estimate or a p-value compares, by the words of its sentence.

The nearest pair set against each other ("A versus B (…)") is surest, then two arms that the clause or the sentence
names, then one arm against the only other. A sentence that only says that the groups differ compares the two arms of a
trial of two; of a trial of more it says no arms.
"""

import re

from trialhouse.extraction.arm_refs import Ref, controls_of
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.compared import RATIOS, Comparison, make, order_pair
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.extraction.subgroups import sets_parts_apart
from trialhouse.extraction.within_arms import COMPARES, LEANS, begin_of, clause
from trialhouse.text.lazy_patterns import lazy_compile

_MORE = lazy_compile(r"\b(?:higher|more|greater|increased|worse|longer|times|twice|raised)\b", re.I)
_LESS = lazy_compile(r"\b(?:lower|fewer|less|reduced|better|shorter|decreased|times|half)\b", re.I)
_SETS_APART = lazy_compile(r"\b(?:differ|between|compar|favou?r|superior|over|better)", re.I)
_NEAR_PAIR = lazy_compile(r"A([pt,]{0,4}v[pt]{0,5})A[^AGbVPE]{0,3}\(?(?:[^AGbPE]{0,14})\Z")
_AGAINST_SEVERAL = lazy_compile(r"A[^AGVPEb;]{0,6}v[pt]{0,5}A(?:[pt,oa]{1,6}A)+[^AGVPEb;]{0,14}\(?\Z")
_BOTH_VALUES = lazy_compile(r"V[pt]{0,4}(?:G,?r?)?[,ar]{0,2}(?:v|a|,a)?[pt]{0,4}V(?:[pt]{0,4}G)?[,r)]{0,3}\(?[;,]?\Z")
_FAVOURS = lazy_compile(r"\b(?:favou?r\w*|superior\w*|non-?inferior\w*|effect of|benefit (?:of|with))\b", re.I)
_FOR_ARMS = lazy_compile(r"(?:[pw]{0,2}\))?(?P<for>p)[pt]{0,2}A(?:[pt]{0,3}v[pt]{0,3}A)?")
_AGAINST_AHEAD = lazy_compile(r"v[pt]{0,3}A")
_DISTANCES = lazy_compile(r"\b(?:differences?|ratios?)\b[^.;:()\d]{0,40}\Z", re.I)
"""Ahead of "versus A": what is told of the arms behind them, each against that one."""
_RATIO_FOR = lazy_compile(r"\bratio (?:for|of|comparing)\s+(?:the\s+)?\Z", re.I)
_OF_PATIENTS = lazy_compile(
    r"\b(?:associated with|predict(?:ors?|s|ive)|risk factors?|multivaria\w+|univaria\w+|per (?:unit|SD|year|10))\b",
    re.I,
)
"""What makes ratios of a sentence without arms those of traits of participants."""
_SIDES = lazy_compile(r"\s*([^()\[\];:,.]{2,50}?)\s(?:vs\.?|versus)\s([^()\[\];:,.]{2,50}?)\s*(?:[:,]|\Z)", re.I)
"""The two sides that a bracket sets against each other ahead of an estimate."""
_WITH_CONTROLS = lazy_compile(r"\b(?:compared (?:with|to)|relative to|versus|vs\.?|than)\s+(?:the\s+)?controls\b", re.I)
_WHAT_HAPPENS = r"(?:risks?|rates?|incidence|odds|mortality|frequency|proportion)\b"
_SEVERAL_OTHERS = lazy_compile(
    r"\b(?:the|both|all) other (?:two|three|four|[2-4]|treatments|groups|arms|regimens|interventions)\b", re.I
)
"""What one arm is set against in a trial of three or more."""
_THAN_NO_ARM = lazy_compile(
    r"\b(?:than|with|versus|vs\.?|to)\s+(?:the\s+)?(?:estimated\s+)?(?:background|expected|historical|predicted"
    r"|general[- ]population)\b[^.;()\[\]]{0,40}[(\[][^()\[\]]{0,40}\Z",
    re.I,
)
"""Ahead of an estimate that sets an arm against people outside the trial: "lower than background incidence (RR …"."""
_HAD_MORE = lazy_compile(
    rf"\bmore (?:common|frequent|often|likely|deaths|events)\b|\b(?:higher|increased|greater) {_WHAT_HAPPENS}"
    r"|\b(?:times|twice) as (?:likely|common|frequent|often|many)\b",
    re.I,
)
_HAD_LESS = lazy_compile(
    r"\b(?:less (?:common|frequent|often|likely)|fewer (?:deaths|events))\b"
    rf"|\b(?:lower|reduced|decreased) {_WHAT_HAPPENS}"
    r"|\bhalf as (?:likely|common|frequent|often|many)\b",
    re.I,
)
_TOLD_SECOND = lazy_compile("wa[pt]{0,2}$")
"""Ahead of an arm that is told behind another, whose words are not read: "between the … and B groups"."""
_AND_ALSO = lazy_compile(r"[)\]\s]*(?:,|,? and\b|,? as well as\b|,? or\b|,? but also\b)[^.;:]{4,110}\Z")
_NAMED_GROUP = lazy_compile(
    r"\bthe (?!(?:two|both|three|treatment|study|same|other|entire|whole|age|between)\b)([\w-]+) (?:group|arm)\b",
    re.I,
)
_ELSEWHERE = lazy_compile(r"\bin (?:the )?[A-Z]{4,}[A-Z0-9-]*(?: (?:trial|study))?[,:]")
"""Where a sentence speaks of another trial by its name."""


def near_pairs(line: Line, group: list[int], table: ArmTable) -> list[Comparison]:
    """The pair right before: "A vs B (-2.5 vs -1.5, p<0.001)", "A than B or C (P=0.01)"."""
    told = _told_behind(line, group, table)
    if told is not None:
        return [make(line, group, *told, rule="analysis.arms_named", bound=None)]
    if len(table.drafts) > 2 and _is_for_one(line, group):
        return [make(line, group, None, None, rule="analysis.groups", bound=None)]
    symbols = line.symbols[: group[0]]
    several = _AGAINST_SEVERAL.search(symbols)
    if several and len(table.drafts) > 2:
        first, *others = _single(line, several.start(), several.end())
        pairs = [(first, other) for other in dict.fromkeys(others) if other != first]
        return [make(line, group, *pair, rule="analysis.arms_named", bound=None) for pair in pairs]
    pair = _NEAR_PAIR.search(symbols)
    arms = _single(line, pair.start(), pair.end()) if pair else []
    if len(table.drafts) == 2 or len(arms) != 2 or arms[0] == arms[1]:
        return []
    is_told = _is_of_control(line, group, (arms[0], arms[1]), table, clause(line, group[0]))
    ordered = (arms[0], arms[1]) if is_told else order_pair(arms[0], arms[1], table)
    return [make(line, group, *ordered, rule="analysis.arms_named", bound=None)]


def _told_behind(line: Line, group: list[int], table: ArmTable) -> tuple[int, int] | None:
    """The arms that stand right behind: "P=0.02 for 5 mg vs placebo", or one that the control is set against."""
    behind = _FOR_ARMS.match(line.symbols, group[-1] + 1)
    if not behind or not line.text.startswith("for ", line.items[behind.start("for")].start):
        return None
    arms = _single(line, group[-1] + 1, behind.end())
    if len(arms) == 2 and arms[0] != arms[1]:
        is_p = line.symbols[group[0]] == "P"
        return order_pair(arms[0], arms[1], table) if is_p else (arms[0], arms[1])
    if len(table.drafts) == 2:
        return None
    controls = controls_of(table) or _set_against_ahead(line, group[0])
    return (arms[0], controls[0]) if len(arms) == 1 and len(controls) == 1 and arms[0] != controls[0] else None


def _is_for_one(line: Line, group: list[int]) -> bool:
    """Whether an estimate is told for one arm, and another for another: "the differences were V for A and W for B"."""
    told = [(_FOR_ARMS.match(line.symbols, i + 1), i) for i in line.places("EP")]
    arms = {
        arm: at
        for behind, at in told
        if behind and line.text.startswith("for ", line.items[behind.start("for")].start)
        for arm in _single(line, at + 1, behind.end())
    }
    return len(arms) > 1 and any(at in group for at in arms.values()) and line.symbols[group[0]] == "E"


def _set_against_ahead(line: Line, at: int) -> list[int]:
    """The arm that differences told behind it are from: "differences versus C were V (…) for A and W (…) for B"."""
    told = list(_AGAINST_AHEAD.finditer(line.symbols, 0, at))
    words = line.text[line.said.sentence.start : line.items[told[-1].start()].start] if told else ""
    return _single(line, told[-1].start(), told[-1].end()) if _DISTANCES.search(words) else []


def each_of_several(line: Line, at: int, table: ArmTable) -> list[Comparison]:
    """A p-value of each of some arms named together: "with both doses than with placebo (P<0.001 for each)"."""
    controls = controls_of(table)
    begin = begin_of(line, at)[0]
    pooled = [item.ref.arms for item in line.items[begin:at] if item.ref and not item.ref.single]
    if len(controls) != 1 or len(pooled) != 1 or controls[0] not in _single(line, begin, at):
        return []
    arms = [arm for arm in pooled[0] if arm != controls[0]]
    return [make(line, [at], arm, controls[0], rule="analysis.listed", bound=None) for arm in arms]


def _single(line: Line, low: int, high: int) -> list[int]:
    """The arms that a stretch names one by one, in order."""
    return [ref.arms[0] for i in range(low, high) if (ref := line.items[i].ref) and ref.single]


def from_names(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison] | None:
    """An estimate or p-value in a sentence that names exactly two arms, or one against the only other.

    None where the sentence names arms and yet compares them in a way that is not said.
    """
    if _is_against_unread(line, group, table):
        return [make(line, group, None, None, rule="analysis.groups", bound=None)]
    begin = max((i for i, s in enumerate(line.symbols[: group[0]]) if s in "b;"), default=-1) + 1
    stop = next((i for i in range(group[-1], len(line.symbols)) if line.symbols[i] in "b;"), len(line.symbols))
    is_p = line.symbols[group[0]] == "P"
    for low, high in ((begin, stop), (0, stop)):
        named = list(dict.fromkeys(_single(line, low, high)))
        part = line.symbols[low:high]
        words = line.text[line.items[low].start : line.items[high - 1].end]
        if len(named) == 2:
            if is_p and "v" not in part and not _SETS_APART.search(words):
                return []
            return _of_two(line, group, (named[0], named[1]), (low, high), table)
        if len(named) == 1 and len(table.drafts) == 2 and ("v" in part or not is_p):
            if is_p and bound is not None and len(bound.pairs) == 1:
                return []
            if not is_p and _is_order_unsaid(line, group, (low, high), table):
                return [make(line, group, None, None, rule="analysis.groups", bound=None)]
            pair = order_pair(named[0], 1 - named[0], table)
            if _is_contrary(line, group, words, is_first=pair[0] == named[0]):
                return [make(line, group, None, None, rule="analysis.groups", bound=None)]
            return [make(line, group, *pair, rule="analysis.arms_named", bound=None)]
        if named:
            return []
    return []


def _is_against_unread(line: Line, group: list[int], table: ArmTable) -> bool:
    """Whether one side of what is compared is no arm that was read: "(both vs gum: OR 1.9", "than controls"."""
    begin, at = line.said.sentence.start, line.items[group[0]].start
    if _THAN_NO_ARM.search(line.text[max(begin, at - 90) : at]):
        return True
    opened = max(line.text.rfind(mark, begin, at) for mark in "([;")
    pair = _SIDES.match(line.text, max(begin, opened + 1), at) if len(table.drafts) > 2 else None
    if pair:
        sides = [any(r.ref and one[0] <= r.start < one[1] for r in line.refs) for one in (pair.span(1), pair.span(2))]
        return sides[0] != sides[1]
    if len(table.drafts) == 2 and _SEVERAL_OTHERS.search(line.text, begin, at):
        return True
    control = _WITH_CONTROLS.search(line.text, begin, at) if not controls_of(table) else None
    return control is not None and not any(r.start < control.end() and control.start() < r.end for r in line.refs)


def _is_contrary(line: Line, group: list[int], words: str, *, is_first: bool) -> bool:
    """Whether a ratio goes the other way than the words about the only arm named: "more common with A (HR 0.3)".

    `is_first` is whether the ratio would be of that arm over the other; then it is above 1 where A had more.
    """
    one = line.items[group[0]].estimate
    more, less = _HAD_MORE.search(words), _HAD_LESS.search(words)
    if one is None or one.effect not in RATIOS or bool(more) == bool(less) or one.value == 1:
        return False
    return (one.value > 1) != (bool(more) == is_first)


def _is_order_unsaid(line: Line, group: list[int], part: tuple[int, int], table: ArmTable) -> bool:
    """Whether the only arm that was read of a part of a sentence is set against itself, or told behind another.

    "8 a year with oral iron compared with 9 with oral iron" is misread; "fell to 7 with … and to 6 with B" tells B
    second, and where neither is a control nothing else says which of the two goes first.
    """
    low, high = part
    refs = [i for i in range(low, high) if line.items[i].ref]
    if len(refs) > 1 and "v" in line.symbols[refs[0] : refs[-1]] and "V" in line.symbols[refs[0] : refs[-1]]:
        return True
    ahead = line.symbols[low : refs[0]]
    if not controls_of(table) and _TOLD_SECOND.search(ahead):
        return True
    return not controls_of(table) and refs[0] < group[0] and "V" in ahead and ("a" in ahead or "v" in ahead)


def _of_two(
    line: Line, group: list[int], named: tuple[int, int], part: tuple[int, int], table: ArmTable
) -> list[Comparison] | None:
    """The comparison of two arms that a part of the sentence names, in the order of its words."""
    low, high = part
    first = next(i for i in range(low, high) if line.items[i].ref)
    turned = "v" in line.symbols[max(low, first - 4) : first]
    pair = (named[1], named[0]) if turned else named
    before = line.text[line.items[low].start : line.items[group[0]].start]
    told = _is_of_control(line, group, pair, table, before) or _is_ratio_for(line, group, line.items[first].start)
    ordered = pair if told else order_pair(*pair, table)
    return [make(line, group, *ordered, rule="analysis.arms_named", bound=None)]


def _is_ratio_for(line: Line, group: list[int], at: int) -> bool:
    """Whether the first of two arms is what a ratio says itself to be of: "risk ratio for placebo versus A 1.14"."""
    one = line.items[group[0]].estimate
    ahead = line.text[max(line.said.sentence.start, at - 60) : at]
    return one is not None and one.effect in RATIOS and _RATIO_FOR.search(ahead) is not None


def _is_of_control(line: Line, group: list[int], pair: tuple[int, int], table: ArmTable, words: str) -> bool:
    """Whether a ratio is of a control named first over the other arm: "more deaths on placebo than on A (HR 1.6)"."""
    one = line.items[group[0]].estimate
    if one is None or order_pair(*pair, table) == pair or one.effect not in RATIOS:
        return False
    return bool((_MORE if one.value > 1 else _LESS).search(words))


def of_groups(line: Line, group: list[int], bound: Bound | None, table: ArmTable) -> list[Comparison]:
    """A comparison of the groups of a trial without their names: of its two arms, or of arms that are not said."""
    at = group[0]
    words = clause(line, at)
    if _ELSEWHERE.search(line.text, line.said.sentence.start, line.items[at].start):
        return []
    words_said = line.said.sentence.words
    if not line.refs and (_OF_PATIENTS.search(words_said) or sets_parts_apart(words_said)):
        return []
    behind = line.text[line.items[group[-1]].end : line.said.sentence.end][:60]
    is_p = line.symbols[at] == "P"
    refs = [item.ref for item in line.items[begin_of(line, at)[0] : at] if item.ref]
    compared = bool(COMPARES.search(words) or COMPARES.search(behind))
    if not line.refs and _named_groups(line.said.sentence.words) > len(table.drafts):
        return [make(line, group, None, None, rule="analysis.groups", bound=None)] if compared or not is_p else []
    if len(table.drafts) == 2:
        if is_p and not (compared or _is_told_of_one(refs, words) or _has_both(line, at)):
            return []
        return [make(line, group, *order_pair(0, 1, table), rule="analysis.groups", bound=None)]
    pair = _sole_pair(refs, table) if compared else None
    if pair is None and is_p and (bound is not None or not _names_all(refs, words)):
        return []
    arm, comparator = pair or (None, None)
    return [make(line, group, arm, comparator, rule="analysis.groups", bound=None)]


def _named_groups(words: str) -> int:
    """How many groups words name: "in the X group than in the Y group or the Z group" tells of three."""
    return len({match[1].lower() for match in _NAMED_GROUP.finditer(words)})


def carried_on(line: Line, group: list[int], last: Comparison | None) -> list[Comparison]:
    """A p-value that goes on with the comparison before it: "more weight loss (P=0.02) and lower glucose (P=0.03)"."""
    begin, start = begin_of(line, group[0])
    words = line.text[start : line.items[group[0]].start]
    if last is None or last.p is None or begin == 0 or line.items[begin - 1].p is not last.p:
        return []
    apart = any(line.symbols[i] in "AGVEv" for i in range(begin, group[0])) or COMPARES.search(words)
    if apart or len(group) > 1 or not _AND_ALSO.match(words):
        return []
    return [make(line, group, last.arm, last.comparator, rule="analysis.groups", bound=None)]


def _is_told_of_one(refs: list[Ref], words: str) -> bool:
    """Whether one arm had more or less of something, which sets it against the other: "was lower with A (P=0.03)"."""
    return bool({ref.arms for ref in refs if ref.single}) and bool(LEANS.search(words) or _FAVOURS.search(words))


def _has_both(line: Line, at: int) -> bool:
    """Whether two values stand right before a p-value as the values of the two groups: "(6.5 vs 8.1; P<0.001)"."""
    return _BOTH_VALUES.search(line.symbols[:at]) is not None


def _sole_pair(refs: list[Ref], table: ArmTable) -> tuple[int, int] | None:
    """One arm and the only control of a trial, where no other arm is named."""
    controls = controls_of(table)
    named = {ref.arms[0] for ref in refs if ref.single} - set(controls)
    pooled = any(not ref.single for ref in refs)
    return (min(named), controls[0]) if len(controls) == 1 and len(named) == 1 and not pooled else None


def _names_all(refs: list[Ref], words: str) -> bool:
    """Whether words compare the groups of a trial of more than two as a whole."""
    single = any(ref.single for ref in refs)
    return not single and re.search(r"\b(?:differ\w*|similar|comparable|between|among)\b", words, re.I) is not None
