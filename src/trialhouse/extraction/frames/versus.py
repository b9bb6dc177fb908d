"""The frame "V versus W": two or more values set against each other, the arms named before or behind.

The order of values is that of the arms as compared ("A than B", "A versus B"), so that "compared with B, A" turns it.
A comparative that the values contradict ("lower", but the first is larger) makes the frame bind nothing.
"""

import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_VALUES = lazy_compile(r"V(?:(?:t{1,2}|(?:\(P\)|,?P)?[,;)]{0,2})v[pt]{0,2}V)+")
_IN_BRACKET = lazy_compile(r"(?<=\()V(?:\(P\))?,?a[pt]{0,2}V(?=[,;)])")
"""Two values in a bracket behind arms set against each other: "A lowered weight more than B (-2.1 and -0.3 kg)"."""
_ONE_BEHIND = lazy_compile(r"[pt]{1,4}A")
_APART = lazy_compile(r"V[pt][ptwT]{1,11},?vt{0,2}(?=V[pt]{1,5}A)V")
"""Values of which only the second has its arm: "31% of those taking it were well, versus 11% of those on B"."""
_BEHIND = lazy_compile(r"[,)]?[pt]{1,4}(?P<a>A(?:[,]?[pt]{0,2}[aov][pt]{0,3}A)+)")
_MORE = Cued(
    "greater|higher|increased|larger|longer|more|superior",
    r"\b(?:higher|greater|more|larger|longer|increased|superior)\b",
    re.I,
)
_LESS = Cued(
    "decreased|fewer|less|lower|reduced|shorter|smaller",
    r"\b(?:lower|lowered|less|fewer|smaller|shorter|reduced|decreased)\b",
    re.I,
)
_BETWEEN = lazy_compile(r"(?<=\bbetween )\Z|(?<=\bbetween the )\Z", re.I)
_LEADS_MORE = lazy_compile(
    r"\b(?:was|were|occurred|seen|reported)\s+(?:\w+\s+)?(?:more (?:common|frequent|often)(?:ly)?|higher|greater)"
    r"\s+(?:\w+\s+)?(?:with|in|among|for|on)\s+(?:\w+\s+){0,4}\Z",
    re.I,
)
_LEADS_LESS = lazy_compile(
    r"\b(?:was|were|occurred|seen|reported)\s+(?:\w+\s+)?(?:less (?:common|frequent|often)(?:ly)?|lower|rarer|fewer)"
    r"\s+(?:\w+\s+)?(?:with|in|among|for|on)\s+(?:\w+\s+){0,4}\Z",
    re.I,
)
"""What says, behind values, in which arm there was more or less."""
_BY = lazy_compile(r"\bby\s+(?:an? |mean |median |average |about |of )*\Z", re.I)
"""How much something fell: "reduced pain by 8 versus 6" says nothing of which number is the smaller."""
_TURNED = Cued(
    "benefit|decline|decrease|drop|fall|improvement|loss|reduction",
    r"\b(?:reduction|decrease|loss|decline|improvement|drop|fall|benefit)s?\b",
    re.I,
)

_TOLD_SECOND = lazy_compile(r"\b(?:between|both|after|with|for|in)\s+(?:the\s+)?[\w-]+\s+and\s+(?:the\s+)?\Z", re.I)
"""Ahead of an arm that is told behind another one in few words: "between laparoscopic and open repair"."""


def versus(line: Line, arm_count: int) -> list[Bound]:
    """Bind runs of compared values to the arms that their clause or sentence names."""
    out: list[Bound] = []
    last, again = 0, None
    compared = {_at(line, i) for i in line.places("A")}
    runs = list(_VALUES.finditer(line.symbols))
    if len(compared) == 2 and "v" in line.symbols and "r" not in line.symbols:
        runs = sorted([*runs, *_IN_BRACKET.finditer(line.symbols)], key=lambda one: one.start())
    runs = runs or (list(_APART.finditer(line.symbols)) if arm_count == 2 else [])
    for match in runs:
        values = [i for i in range(*match.span()) if line.symbols[i] == "V"]
        goes_on = again is not None and len(values) == 2 and "A" not in line.symbols[last : match.start()]
        if again is None or not goes_on:
            again = _arms(line, (last, match.start()), match.end(), len(values), arm_count)
        arms, rule = again
        behind = _ONE_BEHIND.match(line.symbols, match.end())
        last = behind.end() if behind else match.end()
        # "rash (V vs W with B), nausea (V vs W)": the arm behind the first two is said of the second values of all.
        again = again if arms and len(values) == 2 and (behind or goes_on) else None
        if arms is None or not direction_holds(line, values):
            continue
        pairs = tuple((arm, cell) for arm, v in zip(arms, values, strict=True) if (cell := line.items[v].cell))
        if len(pairs) == len(values):
            out.append(Bound(rule, pairs, match.start(), match.end() - 1))
    return out


def _arms(
    line: Line, stretch: tuple[int, int], end: int, count: int, arm_count: int
) -> tuple[tuple[int, ...] | None, str]:
    """The arms of a run of values, in the order of the values, and the rule that found them."""
    behind = _BEHIND.match(line.symbols, end)
    if behind:
        named = [_at(line, i) for i in range(*behind.span("a")) if line.symbols[i] == "A"]
        if len(named) == count and len(set(named)) == count:
            return tuple(named), "frame.versus"
        return None, ""
    last, start = stretch
    one = _ONE_BEHIND.match(line.symbols, end) if count == 2 else None
    if one:
        return _last_named(line, (max(last, line.symbols.rfind(";", 0, start) + 1), start), one.end() - 1, arm_count)
    clause = max(line.symbols.rfind("b", 0, start), line.symbols.rfind(";", 0, start)) + 1
    for begin in (max(last, clause), clause, 0):
        places = [i for i in range(begin, start) if line.symbols[i] == "A"]
        named = list(dict.fromkeys(_at(line, i) for i in places))
        own = len(places) > 1 and line.symbols[start - 2 : start] == "A(" and places[-1] == start - 2
        if len(named) == count and own and "V" in line.symbols[places[0] : places[-1]]:
            # "fell from 8 to 7 on A and did not change on B (7.3 vs 7.4)": before and after, of one arm.
            return None, ""
        if len(named) == count:
            turned = count == 2 and _is_turned(line.symbols, begin, places)
            return tuple(reversed(named) if turned else named), "frame.versus"
        if len(named) == 1 and count == 2 == arm_count:
            return _of_one_named(line, begin, places, named[0])
        if named:
            return None, ""
    after = [i for i in range(end, len(line.symbols)) if line.symbols[i] == "A"]
    named = [_at(line, i) for i in after]
    if "V" not in line.symbols[after[0] :] if after else False:
        between = line.symbols[after[0] + 1 : after[-1]]
        set_apart = "v" in between or (_BETWEEN.search(line.text, 0, line.items[after[0]].start) and "a" in between)
        if len(named) == len(set(named)) == count and set_apart and len(between) <= 5:
            return tuple(named), "frame.versus"
        if len(set(named)) == 1 and count == arm_count == 2 and _is_leading(line, (start, end), after[0]):
            return (named[0], 1 - named[0]), "frame.versus_one_named"
    return None, ""


def _of_one_named(line: Line, begin: int, places: list[int], arm: int) -> tuple[tuple[int, ...] | None, str]:
    """The arms of two values where one of the two is named: the first value is of it, unless it is told second."""
    at = line.items[places[0]].start
    if _TOLD_SECOND.search(line.text[max(line.said.sentence.start, at - 40) : at]):
        return None, ""
    other = 1 - arm
    return (other, arm) if _is_turned(line.symbols, begin, places) else (arm, other), "frame.versus_one_named"


def _is_leading(line: Line, values: tuple[int, int], place: int) -> bool:
    """Whether the only arm named has what is more or less by words behind all values, and the first value is so.

    "Rash (14% vs 5%) and fever (9% vs 2%) were more common with A".
    """
    words = line.text[line.items[values[1] - 1].end : line.items[place].start]
    more, less = _LEADS_MORE.search(words), _LEADS_LESS.search(words)
    one, two = (line.items[i].cell for i in range(*values) if line.symbols[i] == "V")
    if one is None or two is None or (more is None) == (less is None):
        return False
    first, second = one.numbers[-1].value, two.numbers[-1].value
    return first > second if more else first < second


def _last_named(line: Line, stretch: tuple[int, int], place: int, arm_count: int) -> tuple[tuple[int, ...] | None, str]:
    """The arms of two values of which only the second has its arm behind it: "A fell more (6.2 vs 4.1 with B)"."""
    last = _at(line, place)
    before = {_at(line, i) for i in range(*stretch) if line.symbols[i] == "A"} - {last}
    if len(before) == 1:
        return (before.pop(), last), "frame.versus"
    if not before and arm_count == 2:
        return (1 - last, last), "frame.versus_one_named"
    return None, ""


def _is_turned(symbols: str, begin: int, places: list[int]) -> bool:
    """Whether the first arm named is the one compared with: "compared with placebo, …"."""
    return "v" in symbols[max(begin, places[0] - 4) : places[0]]


def _at(line: Line, index: int) -> int:
    """The arm that the item at an index names."""
    ref = line.items[index].ref
    return ref.arms[0] if ref else -1


def direction_holds(line: Line, values: list[int]) -> bool:
    """Whether two values agree with a comparative before them; without one nothing is contradicted."""
    if len(values) != 2:
        return True
    first, second = line.items[values[0]].cell, line.items[values[1]].cell
    if first is None or second is None:
        return False
    before = line.text[max(line.said.sentence.start, first.start - 120) : first.start]
    more, less = _MORE.search(before), _LESS.search(before)
    if bool(more) == bool(less) or _TURNED.search(before) or _BY.search(before):
        return True
    one, two = first.numbers[-1].value, second.numbers[-1].value
    return one >= two if more else one <= two
