"""Two values that are one measure before and after: "from 10.2 to 9.1", "from 27 at baseline by 8"."""

import re
from dataclasses import replace

from trialhouse.extraction.cell import Cell
from trialhouse.text.cues import Cued

_FROM = re.compile(
    r"\b(?:from|between)\s+(?:an? |the )?(?:(?:mean|median|baseline|average|initial)\s+)*(?:of |value of )?\s*\Z", re.I
)
_AT_FIRST = (
    r"(?:\s*,?\s*(?:at |on |before |prior to )?(?:the )?"
    r"(?:baseline|study entry|entry|inclusion|day 0|week 0|treatment),?)?"
)
_UNIT = r"\s*(?:%|[A-Za-zµμ/0-9²().]{1,9})?"
_TO = re.compile(rf"{_UNIT}{_AT_FIRST}\s*(?:to|-->|->|→)\s*(?:an? |a mean of )?")
_OPENED = re.compile(r"[(,:]\s*(?:from\s*)?\Z")
_MOVES = Cued(
    "chang|creas|reduc|rose|fell|improv|declin|drop",
    r"\b(?:chang|increas|decreas|reduc|rose|fell|improv|declin|drop)",
    re.I,
)


def with_changes(text: str, start: int, cells: list[Cell]) -> list[Cell]:
    """The cells of the sentence that begins at `start`, a value and what it changed to joined into one.

    Its value is the later one and its `before` the earlier. Without "from", both have the same unit and stand alone
    behind an opening sign, and the sentence has spoken of a change: "(A, 5.6 to 6.0%)".
    """
    out: list[Cell] = []
    for cell in cells:
        last = out[-1] if out else None
        if last is not None and _is_change(text, start, last, cell):
            used = (*last.used, *cell.used, *(n for one in last.asides for n in one.used))
            asides = tuple(one.numbers[0] for one in last.asides)
            out[-1] = replace(cell, start=last.start, before=last.numbers[0], before_asides=asides, used=used)
        else:
            out.append(cell)
    return out


def _is_change(text: str, start: int, last: Cell, cell: Cell) -> bool:
    """Whether a cell says what the one before it became."""
    if len(last.numbers) != 1 or len(cell.numbers) != 1 or last.before is not None:
        return False
    gap = text[last.end : cell.start]
    if not _TO.fullmatch(gap):
        return False
    if _FROM.search(text[max(start, last.start - 40) : last.start]):
        return True
    alike = last.numbers[0].kind is cell.numbers[0].kind
    opened = _OPENED.search(text[max(start, last.start - 8) : last.start])
    return alike and bool(opened and _MOVES.search(text, start, last.start))
