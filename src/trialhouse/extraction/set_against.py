"""Values with an interval in a sentence that sets one arm against another: they are how far the two are apart.

"Compared with B, A did not change X [0.1 (95% CI -9 to 9)]" gives one value for two arms; its interval is that of a
difference. A value of an arm would have been bound to it before, and then nothing is read here.
"""

import re

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
_P_BEHIND = lazy_compile(r"[,;)(wC]{0,5}P")
_MOVE = lazy_compile(
    r"\b(?:(?P<fall>(?:reduc|decreas|lower|fell|declin|dropp?|shorten)\w*)"
    r"|(?:increas|rais|improv|higher|rose|elevat|gain|prolong|length)\w*)",
    re.I,
)
"""Which way a value goes; of several the last before it says so: "reduced X by V and increased Y by W"."""


def set_against(line: Line, bounds: list[Bound], table: ArmTable) -> list[Comparison]:
    """The comparisons of a sentence whose values all have intervals and no arm of their own."""
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
