"""Values with an interval in a sentence that sets one arm against another: they are how far the two are apart.

"Compared with B, A did not change X [0.1 (95% CI -9 to 9)]" gives one value for two arms; its interval is that of a
difference. A value of an arm would have been bound to it before, and then nothing is read here.
"""

import re
from dataclasses import replace

from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.compared import Comparison, order_pair, turned
from trialhouse.extraction.estimates import Estimate
from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.pressure_pairs import is_pair
from trialhouse.model.enums import Effect
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "analysis.set_against"
_AHEAD = lazy_compile(r"[^V]*?v[pt]{0,2}A")
"""What a comparison stands ahead of its values as: "compared with B, A …", "in A compared with B (…)"."""
_BEGINS = lazy_compile(r"(?:w{1,4}:)?v[pt]{0,3}A,")
_ARM_VALUE = lazy_compile(r"A[pt]{0,2}\(V")
_NEAR_LIST = 30
_MORE_OR_LESS = lazy_compile(r"\b(?:greater|more|higher|larger|longer|lower|less|fewer|smaller|shorter)\b", re.I)
_LESS_OF = lazy_compile(r"\b(?:lower|less|fewer|smaller|shorter)\b", re.I)
_FALLEN = lazy_compile(r"\b(?:loss|reduc\w+|decreas\w+|declin\w+|drops?|falls?|fell|improv\w+)\b", re.I)
"""What makes a number without a sign say nothing of its direction: "weight loss was greater (4.7 kg)"."""
_P_BEHIND = lazy_compile(r"[,;)(wC]{0,5}P")
_MOVE = lazy_compile(
    r"\b(?:(?P<fall>(?:reduc|decreas|lower|fell|declin|dropp?|shorten)\w*)"
    r"|(?:increas|rais|improv|higher|rose|elevat|gain|prolong|length)\w*)",
    re.I,
)
"""Which way a value goes; of several the last before it says so: "reduced X by V and increased Y by W"."""


def against_first(line: Line) -> int | None:
    """The arm that a sentence begins with as compared with, where more or less of something is told after it."""
    begins = _BEGINS.match(line.symbols)
    ref = line.items[begins.end() - 2].ref if begins else None
    value = line.symbols.find("V")
    if begins is None or ref is None or value < begins.end():
        return None
    words = line.text[line.items[begins.end() - 1].end : line.items[value].start]
    return ref.arms[0] if _MORE_OR_LESS.search(words) else None


def of_list_against(line: Line, bound: Bound) -> bool:
    """Whether values with intervals are how far arms are from one told first: "against B, X was lower in A (…)"."""
    comparator = against_first(line)
    plain = all(cell.interval and len(cell.numbers) == 1 and not cell.before for _, cell in bound.pairs)
    return comparator is not None and plain and all(arm not in (None, comparator) for arm, _ in bound.pairs)


def _listed_against(line: Line) -> list[Comparison]:
    """The comparisons of "compared with B, X was lower in A (-2; 95% CI …) and C (-3; 95% CI …)"."""
    comparator = against_first(line)
    out: list[Comparison] = []
    if comparator is None:
        return []
    for match in _ARM_VALUE.finditer(line.symbols):
        ref, at = line.items[match.start()].ref, match.end() - 1
        cell = line.items[at].cell
        goes_on = not out or line.items[match.start()].start - out[-1].end < _NEAR_LIST
        if ref is None or cell is None or not cell.interval or len(cell.numbers) != 1 or not goes_on:
            break
        words = line.text[line.said.sentence.start : cell.start]
        signed = line.text[cell.numbers[0].start : cell.numbers[0].start + 1] in "+-−–"
        if ref.arms[0] == comparator or (not signed and _FALLEN.search(words)):
            return []
        one = _comparison(line, at, cell, (ref.arms[0], comparator))
        if not signed and one.estimate and _LESS_OF.search(words):
            value = -abs(one.estimate.value)
            one.estimate, one.interval = replace(one.estimate, value=value), turned(value, cell.interval)
        out.append(one)
    return out if len({one.arm for one in out}) == len(out) else []


def set_against(line: Line, bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """The comparisons of a sentence whose values all have intervals and no arm of their own."""
    listed = _listed_against(line) if not bounds else []
    if listed:
        return listed
    values = line.places("V")
    cells = [line.items[i].cell for i in values]
    arms = list(dict.fromkeys(item.ref.arms[0] for item in line.refs if item.ref and item.ref.single))
    plain = all(
        cell and cell.interval and len(cell.numbers) == 1 and not cell.before and not is_pair(line.text, cell)
        for cell in cells
    )
    if not values or bounds or len(arms) != 2 or not plain or not _AHEAD.match(line.symbols[: values[0]]):
        return []
    behind = re.match(r"[^A]*vt{0,2}A", line.symbols)
    first, second = reversed(arms) if behind else arms
    if order_pair(first, second, table) != (first, second):
        return []
    return [_comparison(line, at, cell, (first, second)) for at, cell in zip(values, cells, strict=True) if cell]


def _comparison(line: Line, at: int, cell: Cell, arms: tuple[int, int]) -> Comparison:
    """A value as the estimate of two arms, with the p-value that follows in its bracket."""
    number = cell.numbers[0]
    unsigned = line.text[number.start : number.start + 1] not in "+-−–"
    moves = [*_MOVE.finditer(line.text, line.said.sentence.start, number.start)] if unsigned else []
    value = -number.value if moves and moves[-1]["fall"] else number.value
    relative = number.kind is Kind.PERCENT
    effect = None if relative else Effect.MEAN_DIFFERENCE
    head = "% compared" if relative else "compared"
    estimate = Estimate(number.start, number.end, value, effect, number.unit, head, number.raw_end)
    behind = _P_BEHIND.match(line.symbols, at + 1)
    p = line.items[behind.end() - 1].p if behind else None
    interval = turned(value, cell.interval)
    end = p.end if p else cell.end
    return Comparison(*arms, RULE, number.start, end, estimate, interval, p)
