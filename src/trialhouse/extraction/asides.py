"""Values said a second time in a bracket: in another unit, as a change in percent, or with a spread of unsaid kind.

"6.2 mm Hg (23%)" and "63 mmol/mol (7.9%)" are one value said twice: the second belongs to the first and its arm. In
"27.2 (3.4)" the bracket says neither a unit nor what it is: it is taken off the line and stays unread.
"""

import re
from collections.abc import Sequence

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.lexer import Kind
from trialhouse.text.lazy_patterns import lazy_compile

_OPENED = lazy_compile(
    r"(?:\s?[A-Za-zµμ%][\w/.²^·-]{0,10}){0,2}\s*(?:\([^()\d]{1,40}\)\s*)?"
    r"[\[(][^()\[\]\d;,:]{0,24}(?:[;,:][^()\[\]\d;,:]{0,24}){0,2}\s*"
)
_CLOSED = lazy_compile(r"(?:\s?[A-Za-zµμ%/][\w/.²^·-]{0,10}){0,3}\s*(?:;\s*[A-Za-z][A-Za-z -]{0,24})?[\])]")
_TIME_WORDS = lazy_compile(
    r"\b(?:baseline|weeks?|months?|days?|years?|hours?|at|from|vs|versus|or|and|to|with|for|in|on|of|by|after)\b", re.I
)
_TIMES = ("hours", "days", "weeks", "months", "years", "minutes")


def with_asides(text: str, cells: list[Cell], taken: Sequence[tuple[int, int]] = ()) -> list[Cell]:
    """The cells of a sentence, those in a bracket behind another folded into it, unless a taken stretch parts them."""
    out: list[Cell] = []
    for cell in cells:
        last = out[-1] if out else None
        parted = last is not None and any(last.end <= start < cell.start for start, _ in taken)
        stop = _aside_end(text, last, cell) if last and not parted else None
        if last is None or stop is None:
            out.append(cell)
        elif _is_other_unit(last, cell):
            stop = min([stop, *(start for start, _ in taken if cell.end <= start)])
            out[-1] = last._replace(end=stop, asides=(*last.asides, cell))
        elif _is_spread(last, cell):
            out[-1] = last._replace(end=stop)
        else:
            out.append(cell)
    return out


def _aside_end(text: str, last: Cell, cell: Cell) -> int | None:
    """Where the bracket ends that holds a cell alone, right behind another; None where there is no such bracket."""
    gap = text[last.end : cell.start]
    if len(gap) > 60 or not _OPENED.fullmatch(gap) or _TIME_WORDS.search(gap):
        return None
    closed = _CLOSED.match(text, cell.end)
    if closed is None or _TIME_WORDS.search(closed[0]):
        # A cell that ended at its own closing bracket ("(7.9 [0.3])") needs the outer one.
        return None
    return closed.end()


def _is_other_unit(last: Cell, cell: Cell) -> bool:
    """Whether a cell has a unit that the one before has not, so that it says the same value otherwise."""
    if len(cell.numbers) != 1 or len(last.numbers) != 1 or cell.before is not None:
        return False
    one, other = last.numbers[0], cell.numbers[0]
    if Kind.COUNT in (one.kind, other.kind) or other.unit in _TIMES:
        return False
    if other.unit is None:
        return other.value < 0 < one.value
    return one.unit != other.unit


def _is_spread(last: Cell, cell: Cell) -> bool:
    """Whether a bare number in a bracket can only be a spread that is not named."""
    one, other = last.numbers[-1], cell.numbers[0]
    same = one.kind is other.kind and (other.unit is None or one.unit in (None, other.unit))
    return len(cell.numbers) == 1 and not last.dispersion and same and Kind.COUNT not in (one.kind, other.kind)
