"""Counts and shares of which one is told behind the arm: "in 447 of 954 infants in the placebo group (46.9 percent)".

Both are one cell. It ends before the arm, which is then as any arm behind its value, and the bracket says nothing more.
"""

from collections.abc import Sequence

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.lexer import Kind

Span = tuple[int, int]
_ROUNDING = 0.6
"""Percentage points by which a share may be off its count over its denominator: shares are rounded to whole ones."""


def parted_at_arms(text: str, cells: Sequence[Cell], arms: Sequence[Span]) -> tuple[list[Cell], list[Span]]:
    """The cells, those that hold a name of an arm or go on behind it ending before it, and the brackets left over."""
    out: list[Cell] = []
    brackets: list[Span] = []
    for cell in cells:
        named = [start for start, end in arms if cell.start < start and end < cell.end]
        bracket = text.rfind("(", cell.start, cell.used[-1].start) if named and cell.denominator else -1
        if cell.denominator and cell.denominator.end <= min(named, default=0) and bracket > max(named):
            out.append(cell._replace(end=cell.denominator.end))
            brackets.append((bracket, cell.end))
        elif out and (opened := _counted_behind(text, out[-1], cell, arms)) is not None:
            out[-1] = out[-1]._replace(
                numbers=(*cell.numbers, *out[-1].numbers),
                denominator=cell.denominator,
                used=(*out[-1].used, *cell.used),
            )
            brackets.append((opened, cell.end + 1))
        else:
            out.append(cell)
    return out, brackets


def _counted_behind(text: str, share: Cell, count: Cell, arms: Sequence[Span]) -> int | None:
    """Where the bracket opens that holds the count of a share alone, right behind its arm: "65.9% of A (790/1199)"."""
    kinds = [one.kind for cell in (share, count) for one in cell.numbers]
    between = [(start, end) for start, end in arms if share.end <= start and end <= count.start]
    if kinds != [Kind.PERCENT, Kind.COUNT] or not count.denominator or len(between) != 1 or not count.denominator.value:
        return None
    told = 100 * count.numbers[0].value / count.denominator.value
    if abs(told - share.numbers[0].value) > _ROUNDING or text[count.end : count.end + 1] != ")":
        return None
    return count.start - 1 if text[between[0][1] : count.start].strip() == "(" else None
