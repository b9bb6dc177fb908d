"""Two values of a trial with two arms, of which one arm goes by a name that is not known: it is the other one's.

"8.6 with LT and 8.9 with timolol" says of the second value whose it is, and in the same words of the first that it is
not: what stands there is the other arm. So do "8.6 (LT) and 8.9 (timolol)", and two values "respectively" in "LT and
timolol".
"""

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "frame.other_arm"
_NAMED_SECOND = lazy_compile(
    r"V(?:\(P\)|,?P)?(?P<own>p[t]{0,3})w{1,4}[,)]?(?:\(P\))?[,]?[av][pt]{0,2}V(?:\(P\)|,?P)?(?P<other>p[t]{0,3})A"
)
_NAMED_FIRST = lazy_compile(
    r"V(?:\(P\)|,?P)?(?P<own>p[t]{0,3})A[,]?(?:\(P\))?[,]?[av][pt]{0,2}V(?:\(P\)|,?P)?(?P<other>p[t]{0,3})w{1,4}(?=[,;.()bP]|$)"
)
_BRACKETS = lazy_compile(r"V\((?:(?P<first>A)|w{1,3})\),?[av]V\((?:(?P<second>A)|w{1,3})\)")
_LIST = lazy_compile(r"(?P<order>Aa[t]{0,1}w{1,5}|w{1,3}a[t]{0,1}A)[^VAEb;]{0,20}?V,?a[t]{0,2}V[^VAE;]{0,6}r")
_PAIR = lazy_compile(r"V(?:\(P\)|,?P)?,?a[t]{0,2}V")


def other_arm(line: Line, arm_count: int) -> list[Bound]:
    """The pairs of values of a sentence that names one of the two arms of a trial, and says where the other stands."""
    if arm_count != 2 or line.symbols.count("A") != 1 or "G" in line.symbols or "V" not in line.symbols:
        return []
    ref = line.items[line.symbols.index("A")].ref
    places = [i for i, symbol in enumerate(line.symbols) if symbol == "V"]
    listed = _LIST.search(line.symbols)
    if listed:
        first: bool | None = listed["order"].startswith("A")
        pairs = [match.span() for match in _PAIR.finditer(line.symbols)]
    else:
        first, pairs = _is_first(line), [(places[0], places[-1] + 1)]
    if ref is None or first is None or 2 * len(pairs) != len(places):
        return []
    arms = (ref.arms[0], 1 - ref.arms[0]) if first else (1 - ref.arms[0], ref.arms[0])
    found = [_pair(line, span, arms) for span in pairs]
    return [one for one in found if one]


def _pair(line: Line, span: tuple[int, int], arms: tuple[int, int]) -> Bound | None:
    """Two values with their arms, if both are of one kind."""
    cells = [cell for item in line.items[span[0] : span[1]] if (cell := item.cell)]
    if len(cells) != 2 or len({tuple(n.kind for n in cell.numbers) for cell in cells}) != 1:
        return None
    return Bound(RULE, tuple(zip(arms, cells, strict=True)), span[0], span[1] - 1)


def _is_first(line: Line) -> bool | None:
    """Whether the arm that is named is that of the first value; None where the sentence does not say it."""
    for pattern, first in ((_NAMED_SECOND, False), (_NAMED_FIRST, True)):
        match = pattern.search(line.symbols)
        if match and _word(line, match.start("own")) == _word(line, match.start("other")):
            return first
    brackets = _BRACKETS.search(line.symbols)
    if brackets and bool(brackets["first"]) != bool(brackets["second"]):
        return bool(brackets["first"])
    return None


def _word(line: Line, at: int) -> str:
    """The word that an item is, in lower case."""
    return line.text[line.items[at].start : line.items[at].end].lower()
