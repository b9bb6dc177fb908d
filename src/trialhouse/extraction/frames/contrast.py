"""The frame "V if given A, and W if not": a value for those who got something and one for those who did not."""

import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line

_VALUE_FIRST = re.compile(r"V[ptw]{1,14}$")
_VALUE_LAST = re.compile(r"[,;]?[avb]?[ptw]{0,5}V[ptw]{0,2}$")
_AFTER_ARM = re.compile(r"[ptw,]{0,8}V[,;]?[avb]?[ptw]{0,4}$")
_BEHIND = re.compile(r",?[ptw]{0,4}V(?=[,;.)(Pb]|$)")
_BETWEEN = re.compile(r"[ptw,]{0,4}V[ptw,]{0,5}[avb][ptw]{0,5}V[ptw]{1,3}$")
_SAME = re.compile(r"\bthe same\s+(?:median\s+|mean\s+|average\s+|number of\s+)?\Z", re.I)


def given_or_not(line: Line) -> list[Bound]:
    """ "V for those given A and W for those who were not", the values before their arms or behind them.

    "The same W" has to be the number that was said before; where it is another, nothing is bound.
    """
    out = []
    for denial, item in enumerate(line.items):
        if item.ref is None or not item.ref.denies:
            continue
        arm = line.symbols.rfind("A", 0, denial)
        places = _places(line.symbols, arm, denial) if arm >= 0 else None
        if places is None:
            continue
        (first, second), given = places, line.items[arm].ref
        one, two = line.items[first].cell, line.items[second].cell
        alike = one and two and [n.kind for n in one.numbers] == [n.kind for n in two.numbers]
        if one and two and given and alike and _is_as_said(line, first, second):
            pairs = ((given.arms[0], one), (item.ref.arms[0], two))
            out.append(Bound("frame.given_or_not", pairs, min(first, arm), max(second, denial)))
    return out


def _places(symbols: str, arm: int, denial: int) -> tuple[int, int] | None:
    """The items of the two values: each before its arm, each behind it, or both between the arms."""
    first = symbols.rfind("V", 0, arm)
    if first >= 0 and _VALUE_FIRST.match(symbols[first:arm]):
        between = _VALUE_LAST.match(symbols[arm + 1 : denial])
        return (first, symbols.rfind("V", 0, denial)) if between else None
    if _BETWEEN.match(symbols[arm + 1 : denial]):
        return symbols.find("V", arm), symbols.rfind("V", 0, denial)
    between = _AFTER_ARM.match(symbols[arm + 1 : denial])
    behind = _BEHIND.match(symbols, denial + 1)
    return (symbols.rfind("V", 0, denial), behind.end() - 1) if between and behind else None


def _is_as_said(line: Line, first: int, second: int) -> bool:
    """Whether "the same" number, where it is called so, is the one said before."""
    one, two = line.items[first].cell, line.items[second].cell
    if one is None or two is None or not _SAME.search(line.text, line.items[first].end, two.start):
        return True
    return [n.value for n in one.numbers] == [n.value for n in two.numbers]
