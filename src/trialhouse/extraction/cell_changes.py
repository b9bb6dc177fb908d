"""Two values that are one measure before and after: "from 10.2 to 9.1", "from 27 at baseline by 8"."""

import re

from trialhouse.extraction.cell import Cell
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_FROM = Cued(
    "between|from",
    r"(?<!ranged )(?<!ranging )(?<!varied )(?<!varying )\b(?:from|between)\s+(?:an? |the )?"
    r"(?:(?:mean|median|baseline|average|initial)\s+)*(?:of |value of )?\s*\Z",
    re.I,
)
_AT_FIRST = (
    r"(?:\s*,?\s*(?:at |on |before |prior to )?(?:the )?(?:untreated )?"
    r"(?:baseline|study entry|entry|inclusion|day 0|week 0|treatment),?)?"
)
_UNIT = r"\s*(?:%|[A-Za-zµμ/0-9²().]{1,9})?"
_TO = lazy_compile(rf"{_UNIT}{_AT_FIRST}\s*(?:to|-->|->|→)\s*(?:an? |a mean of )?")
_WITH = lazy_compile(rf"{_UNIT}\s+(?:in|with|for|on|under) [^.;,\d]{{1,60}} to\s+(?:a mean of |an average of )?")
"""Words between the two that name an arm: "from 25 mm Hg in the A group to 17 mm Hg"."""
_BY = lazy_compile(rf"{_UNIT}{_AT_FIRST}\s*by\s*(?:an? |a mean of )?")
_RANGED = Cued("rang|var", r"\b(?:rang|var)(?:ed|ied|ing|ying|es|ies)\s+(?:from|between)\s+(?:a |an )?\Z", re.I)
_CORRESPONDING = Cued(
    "corresponding", r"\bcorresponding (?:values|figures|numbers|levels|means)\b[^.;\d]{0,60}\b(?:was|were)\s+\Z", re.I
)
"""Two values that go on with a change told before: "from 5.8 to 5.1; corresponding values … were 5.9 and 5.8"."""
_FROM_TO = lazy_compile(r"\bfrom\b[^;]{1,60}\bto\b", re.I)
_AND = lazy_compile(rf"{_UNIT}\s*and\s*")
_OPENED = lazy_compile(r"[(,:]\s*(?:from\s*)?\Z")
_BEGAN = lazy_compile(
    r"\s*(?:%|[A-Za-zµμ/0-9²().]{1,9})?\s*(?:"
    r"[\[(](?:from (?:an? )?)?(?:(?:mean|average|median) )?baseline[,:=]?\s+(?:(?:value|level|mean) )?(?:of )?"
    r"|(?:(?:mean|greater|larger|smaller) )?(?:reductions?|decreases?|increases?|changes?|declines?|falls?)?\s*"
    r"(?:in (?:[\w-]+ ){0,3}?)?from (?:an? |the )(?:(?:mean|average|median|overall) )*baseline "
    r"(?:(?:value|level|mean|[\w-]+(?= of\b)) ){0,2}of )",
    re.I,
)
"""Words between a change and the value at which it began: "7.1 mm Hg (baseline, 25.1 mm Hg)"."""
_IN_ROW = lazy_compile(r"\d\s*(?:%|[A-Za-zµμ/0-9²()]{1,9})?\s*(?:,|and|or|vs\.?|versus)\s*(?:and\s+)?[-−–+]?\Z")
_UNCHANGED = Cued(
    "chang|remained|stable|constant",
    r"\b(?:unchanged|not (?:significantly )?changed?|no (?:significant )?changes?"
    r"|remained (?:stable|constant))\b"
    r"(?:(?!\band\b|\bor\b|\bboth\b|\beither\b|\bbetween\b|groups\b|arms\b)[^;\d]){0,60}[(,]\s*(?:from\s+)?\Z",
    re.I,
)
"""Words that make two values behind them one that stayed: "was unchanged with B (8.3% vs 8.2%)"."""
_STAYED = lazy_compile(rf"{_UNIT}{_AT_FIRST}\s*(?:and|to|vs\.?|versus)\s*")
_GOES_ON = lazy_compile(r"\b(?:compared with|compared to|versus|vs\.?|and)\s+\Z", re.I)
"""What stands ahead of a further change whose "from" was said of the first: "compared with 8.3% to 7.7%"."""
_MOVES = Cued(
    "chang|creas|reduc|rose|fell|improv|declin|drop",
    r"\b(?:chang|increas|decreas|reduc|rose|fell|improv|declin|drop)",
    re.I,
)


_LINKS = ("to", "->", "→", "and", "vs", "vs.", "versus", "by", "a", "an", "of")
"""What the words between two values that are one change end in, where they do not speak of a baseline."""


def with_changes(text: str, start: int, cells: list[Cell]) -> list[Cell]:
    """The cells of the sentence that begins at `start`, a value and what it changed to joined into one.

    Its value is the later one and its `before` the earlier. Without "from", both have the same unit and stand alone
    behind an opening sign, and the sentence has spoken of a change: "(A, 5.6 to 6.0%)".
    """
    out: list[Cell] = []
    for cell in cells:
        last = out[-1] if out else None
        gap = text[last.end : cell.start] if last is not None else ""
        if not gap.rstrip().endswith(_LINKS) and "baseline" not in gap.lower():
            out.append(cell)
            continue
        if last is not None and _is_range(text, start, last, cell):
            out.pop()
            continue
        if last is not None and _is_change(text, start, last, cell):
            used = (*last.used, *cell.used, *(n for one in last.asides for n in one.used))
            asides = tuple(one.numbers[0] for one in last.asides)
            out[-1] = cell._replace(start=last.start, before=last.numbers[0], earlier=asides, used=used)
        elif last is not None and _is_start(text, start, last, cell):
            out[-1] = last._replace(earlier=(cell.numbers[0],), used=(*last.used, *cell.used))
        elif last is not None and _is_fall(text, start, last, cell):
            out[-1] = cell._replace(earlier=(last.numbers[0],), used=(*last.used, *cell.used))
        else:
            out.append(cell)
    return out


def is_left(text: str, first: Cell, last: Cell) -> bool:
    """Whether a list of values is what others followed: "from 8.1 and 8.2% to 7.0 and 7.6%"."""
    return bool(_FROM.search(text[max(0, first.start - 40) : first.start]) and _TO.match(text, last.end))


def _is_change(text: str, start: int, last: Cell, cell: Cell) -> bool:
    """Whether a cell says what the one before it became."""
    if not _are_two(last, cell):
        return False
    gap = text[last.end : cell.start]
    ahead = text[max(start, last.start - 40) : last.start]
    if _WITH.fullmatch(gap) and not _FROM.search(gap) and _FROM.search(ahead):
        return True
    if (
        _AND.fullmatch(gap)
        and _CORRESPONDING.search(text[start : last.start])
        and _FROM_TO.search(text, start, last.start)
    ):
        return True
    before = text[max(start, last.start - 100) : last.start]
    if _STAYED.fullmatch(gap) and _UNCHANGED.search(before):
        return True
    if not _TO.fullmatch(gap):
        return False
    if _FROM.search(ahead) or (_GOES_ON.search(before) and _FROM_TO.search(text, start, last.start)):
        return True
    alike = last.numbers[0].kind is cell.numbers[0].kind
    opened = _OPENED.search(text[max(start, last.start - 8) : last.start])
    return alike and bool(opened and _MOVES.search(text, start, last.start))


def _is_range(text: str, start: int, last: Cell, cell: Cell) -> bool:
    """Whether two cells are the ends of a range, which is no value: "ranged from 7.5 to 9.9"."""
    if not _TO.fullmatch(text[last.end : cell.start]):
        return False
    return _RANGED.search(text[max(start, last.start - 24) : last.start]) is not None


def _is_fall(text: str, start: int, last: Cell, cell: Cell) -> bool:
    """Whether a cell says by how much the one before it fell or rose: "from 27 at baseline by 8"."""
    if not _are_two(last, cell) or not _BY.fullmatch(text[last.end : cell.start]):
        return False
    return _FROM.search(text[max(start, last.start - 40) : last.start]) is not None


def _is_start(text: str, start: int, last: Cell, cell: Cell) -> bool:
    """Whether a cell says where the change before it began: "7.1 mm Hg (baseline, 25.1 mm Hg)"."""
    if not _are_two(last, cell) or not _BEGAN.fullmatch(text[last.end : cell.start]):
        return False
    return not _IN_ROW.search(text[max(start, last.start - 24) : last.start])


def _are_two(last: Cell, cell: Cell) -> bool:
    """Whether two cells are one number each, and the first is no change itself."""
    return len(last.numbers) == 1 == len(cell.numbers) and last.before is None and not last.earlier
