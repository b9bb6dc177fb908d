"""Two values of a trial with two arms, of which one arm goes by a name that is not known: it is the other one's.

"8.6 with LT and 8.9 with timolol" says of the second value whose it is, and in the same words of the first that it is
not: what stands there is the other arm. So do "8.6 (LT) and 8.9 (timolol)", and two values "respectively" in "LT and
timolol".
"""

import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line

RULE = "frame.other_arm"
_NAMED_SECOND = re.compile(
    r"V(?:\(P\)|,?P)?(?P<own>p[t]{0,3})w{1,4}[,)]?(?:\(P\))?[,]?[av][pt]{0,2}V(?:\(P\)|,?P)?(?P<other>p[t]{0,3})A"
)
_NAMED_FIRST = re.compile(
    r"V(?:\(P\)|,?P)?(?P<own>p[t]{0,3})A[,]?(?:\(P\))?[,]?[av][pt]{0,2}V(?:\(P\)|,?P)?(?P<other>p[t]{0,3})w{1,4}(?=[,;.()bP]|$)"
)
_BRACKETS = re.compile(r"V\((?:(?P<first>A)|w{1,3})\),?[av]V\((?:(?P<second>A)|w{1,3})\)")
_LIST = re.compile(r"(?P<order>Aa[t]{0,1}w{1,3}|w{1,3}a[t]{0,1}A)t?[^VAEb;]{0,16}?V,?a[t]{0,2}V[^VAE;]{0,6}r")


def other_arm(line: Line, arm_count: int) -> list[Bound]:
    """The two values of a sentence that names one of the two arms of a trial beside one of them."""
    if arm_count != 2 or line.symbols.count("A") != 1 or line.symbols.count("V") != 2 or "G" in line.symbols:
        return []
    ref = line.items[line.symbols.index("A")].ref
    cells = [cell for item in line.items if (cell := item.cell)]
    first = _is_first(line)
    if ref is None or first is None or len({tuple(n.kind for n in cell.numbers) for cell in cells}) != 1:
        return []
    named, other = ref.arms[0], 1 - ref.arms[0]
    arms = (named, other) if first else (other, named)
    pairs = tuple(zip(arms, cells, strict=True))
    return [Bound(RULE, pairs, line.symbols.index("V"), line.symbols.rindex("V"))]


def _is_first(line: Line) -> bool | None:
    """Whether the arm that is named is that of the first value; None where the sentence does not say it."""
    for pattern, first in ((_NAMED_SECOND, False), (_NAMED_FIRST, True)):
        match = pattern.search(line.symbols)
        if match and _word(line, match.start("own")) == _word(line, match.start("other")):
            return first
    brackets = _BRACKETS.search(line.symbols)
    if brackets and bool(brackets["first"]) != bool(brackets["second"]):
        return bool(brackets["first"])
    listed = _LIST.search(line.symbols)
    return listed["order"].startswith("A") if listed else None


def _word(line: Line, at: int) -> str:
    """The word that an item is, in lower case."""
    return line.text[line.items[at].start : line.items[at].end].lower()
