"""Cells: a value with what belongs to it (its count or share, its dispersion, its denominator), read as one."""

import re
from functools import lru_cache

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.cell_ranges import IN_APPOSITION, range_called, with_range, without_range_ends
from trialhouse.extraction.elements import Said
from trialhouse.extraction.heads import Interval
from trialhouse.extraction.lexer import BINDABLE, Kind, Typed
from trialhouse.extraction.people import PERSONS
from trialhouse.model.enums import DispersionType
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_UNIT_HEADING = lazy_compile(
    r"\((?:in )?(?P<unit>percentage points|points|%|mm ?Hg|kg|days|weeks|months|[A-Za-zµμ]{1,6}/[A-Za-z]{1,5})\)\s*:"
)
_HAPPENED_SHARE = lazy_compile(
    r"\s+(?:responded|relapsed|recovered|progressed|died|survived|withdrew|discontinued|dropped out)\s*[\[(]\s*"
)
"""Between a count and its share: "17 responded (40%)"."""
_COUNT_OF = lazy_compile(r"\s*(?:of|/|out of)\s*(?:the\s+)?\d")
_UNIT_BEHIND = lazy_compile(
    r"\s*(?P<unit>points|percentage points|mg/d?L|mmol/L|g/dL|kg|cm|mm ?Hg|days|weeks"
    r"|months|hours|minutes)\b"
)
_OPEN = lazy_compile(r"\s*[\[(]\s*\Z")
_OPENED_SHARE = lazy_compile(r"\s*[\[(]\s*")
_PEOPLE_SHARE = lazy_compile(rf"\s+(?:[a-z]+ )?{PERSONS}\s*[\[(]\s*")
_OF = lazy_compile(r"\s*[\])]?\s*(?:of|/|out of)(?: the| all)?\s*")
_TO_VALUE = lazy_compile(r"\s*(?:%|[A-Za-zµμ/0-9²().]{1,9})?\s*(?:±|\+\s?/\s?[-−–]|\+-)\s*")
_CLOSE = lazy_compile(r"\s*(?:%|[A-Za-zµμ/0-9²]{1,9})?\s*[\])]")
_SD = Cued(
    "sd|s.d.|standard",
    r"[\[(]\s*(?:±\s*)?(?:SDs?|standard deviations?)\s*[\])]|\bSD\b|\bs\.d\.|±\s*SD\b|\+/-\s*SD\b",
    re.I,
)
_SE = Cued("SE|standard", r"[\[(]\s*(?:±\s*)?(?:SEM?|standard errors?(?: of the mean)?)\s*[\])]|\bSEM?\b|\+/-\s*SEM?\b")
_IQR = lazy_compile(r"\bIQRs?\b|\binterquartile ranges?\b", re.I)
_RANGE_WORD = lazy_compile(r"\brange\b", re.I)
_PARTED = lazy_compile(r",(?=\s+(?:with|in|for|on|among)\s)")
"""What ends an apposition before its arm: "12 days, interquartile range 8 to 16, with X"."""
_RANGE = lazy_compile(r"\s*(?:to|-|−|–|,|;|and)\s*")
_CLOSING = lazy_compile(r"\s*[\])]")
_BRACKET = lazy_compile(
    at_word("means?") + r"\s*[\[(]\s*(?:±\s*)?(SD|SEM?|standard deviation|standard error)\s*[\])]", re.I
)
_PLUS_MINUS = lazy_compile(r"(?:±|\+/-|\+-)\s*\(?\s*(SD|SEM?|standard deviation|standard error)", re.I)
_OPENED_SPREAD = lazy_compile(r"\s*[\[(]\s*(?:SD|SE|SEM|s\.d\.|s\.e\.(?:m\.)?)?[\s:=,]*")


def read_cells(text: str, said: Said, ranges: tuple[Interval, ...], heads: set[int], whole_text: str) -> list[Cell]:
    """The cells of a sentence in order; numbers that start at an offset in `heads` are effect estimates and none."""
    numbers = said.numbers
    cells: list[Cell] = []
    called = range_called(text, said.sentence.start, said.sentence.end)
    spread = _spread(text[said.sentence.start : said.sentence.end], whole_text)
    i = 0
    while i < len(numbers):
        one = numbers[i]
        if one.kind not in BINDABLE or one.start in heads:
            i += 1
            continue
        cell, i = _build(text, numbers, i, spread)
        cell = _with_interval(text, cell, ranges)
        cell = _unit_behind(text, cell)
        ranged = with_range(text, cell, cells[-1] if cells else None, numbers[i : i + 2], called)
        i += 2 if ranged else 0
        cells.append(ranged or cell)
    return _heading_unit(text, said, _share_units(text, without_range_ends(text, cells)))


def _unit_behind(text: str, cell: Cell) -> Cell:
    """A cell whose unit stands behind its bracket: "3.1 (SD 1.2) points"."""
    number = cell.numbers[-1]
    match = _UNIT_BEHIND.match(text, cell.end) if cell.dispersion_type and number.unit is None else None
    if not match or number.kind is not Kind.VALUE:
        return cell
    return cell._replace(end=match.end(), numbers=(*cell.numbers[:-1], number._replace(unit=match["unit"])))


def _heading_unit(text: str, said: Said, cells: list[Cell]) -> list[Cell]:
    """Give bare values the unit that the heading of their list has in a bracket: "Difference (mg/L): 5 mg, -6; …"."""
    match = _UNIT_HEADING.search(text, said.sentence.start, cells[0].start) if cells else None
    if not match:
        return cells
    out = []
    for cell in cells:
        bare = len(cell.numbers) == 1 and cell.numbers[0].kind is Kind.VALUE and cell.numbers[0].unit is None
        number = cell.numbers[0]._replace(unit=match["unit"])
        out.append(cell._replace(numbers=(number,)) if bare else cell)
    return out


def _spread(sentence: str, whole: str) -> tuple[DispersionType | None, DispersionType | None]:
    """What a bracket behind a mean is, and what ± is: the sentence's own word, else the text's."""
    own = DispersionType.SD if _SD.search(sentence) else DispersionType.SE if _SE.search(sentence) else None
    return own or _bracket(whole), own or _plus_minus(whole)


@lru_cache(maxsize=8)
def _bracket(whole: str) -> DispersionType | None:
    """What a text says that the bracket behind its means is: "mean (SD)"."""
    said = _BRACKET.search(whole)
    if not said:
        return None
    return DispersionType.SD if said[1].lower() in ("sd", "standard deviation") else DispersionType.SE


@lru_cache(maxsize=8)
def _plus_minus(whole: str) -> DispersionType | None:
    """What a text says that its ± is."""
    said = _PLUS_MINUS.search(whole)
    if not said:
        return None
    return DispersionType.SD if said[1].lower() in ("sd", "standard deviation") else DispersionType.SE


def _build(
    text: str, numbers: tuple[Typed, ...], i: int, spread: tuple[DispersionType | None, DispersionType | None]
) -> tuple[Cell, int]:
    """The cell that begins at number i, and the index behind it."""
    one = numbers[i]
    cell = Cell(one.start, one.end, (one,), used=(one,))
    i += 1
    while i < len(numbers):
        following = numbers[i]
        gap = text[cell.end : following.start]
        grown = _grow(text, cell, following, gap, spread)
        if grown is None:
            break
        cell = grown
        i += 1
    if (
        len(cell.dispersion) == 1
        and i < len(numbers)
        and cell.dispersion_type in (DispersionType.IQR, DispersionType.RANGE)
    ):
        return cell, i
    return cell, i


def _grow(
    text: str, cell: Cell, one: Typed, gap: str, spread: tuple[DispersionType | None, DispersionType | None]
) -> Cell | None:
    """The cell with the next number taken in, or None when it does not belong to it."""
    last = cell.numbers[-1]
    if one.kind is Kind.DENOMINATOR and cell.denominator is None and _OF.fullmatch(gap):
        inside = text.count("(", cell.start, one.start) > text.count(")", cell.start, one.start)
        end = _closed(text, one.end) if inside else one.end
        return cell._replace(end=end, denominator=one, used=(*cell.used, one))
    if (
        one.kind is Kind.PERCENT
        and last.kind in (Kind.COUNT, Kind.VALUE)
        and len(cell.numbers) == 1
        and last.unit in (None, "participants")
    ):
        joined = (
            _OPENED_SHARE.fullmatch(gap)
            or _PEOPLE_SHARE.fullmatch(gap)
            or _HAPPENED_SHARE.fullmatch(gap)
            or (cell.denominator and re.fullmatch(r"[^\d\[(;,]{0,40}[\[(]\s*", gap))
            or (gap == ", " and (cell.denominator or text[cell.start - 1 : cell.start] in ("(", "[")))
        )
        if joined and last.value == int(last.value):
            count = last._replace(kind=Kind.COUNT, unit="participants")
            end = one.end if gap == ", " else _closed(text, one.end)
            return cell._replace(end=end, numbers=(count, one), used=(*cell.used, one))
    turned = one.kind is Kind.COUNT and last.kind is Kind.PERCENT and len(cell.numbers) == 1 and not cell.dispersion
    if turned and _OPENED_SHARE.fullmatch(gap) and one.value == int(one.value) and _COUNT_OF.match(text, one.raw_end):
        counted = one._replace(unit="participants")
        return cell._replace(end=one.end, numbers=(counted, last), used=(*cell.used, one))
    if one.kind is Kind.DISPERSION and not cell.dispersion and _TO_VALUE.fullmatch(text[last.raw_end : one.start]):
        bare = last.unit is None and last.kind is Kind.VALUE
        numbers = (*cell.numbers[:-1], last._replace(unit=one.unit)) if bare and one.unit else cell.numbers
        return cell._replace(
            end=one.end, numbers=numbers, dispersion_type=spread[1], dispersion=(one,), used=(*cell.used, one)
        )
    if (
        one.kind in (Kind.VALUE, Kind.PERCENT, Kind.DISPERSION)
        and not cell.dispersion
        and _OPENED_SPREAD.fullmatch(gap)
    ):
        closed = _CLOSE.match(text, one.end) or text[one.end : one.end + 1] in ")]"
        if spread[0] and closed and (one.kind is not Kind.PERCENT or last.kind is Kind.PERCENT):
            return cell._replace(
                end=_closed(text, one.end), dispersion_type=spread[0], dispersion=(one,), used=(*cell.used, one)
            )
    return _quartiles(text, cell, one, gap)


def _quartiles(text: str, cell: Cell, one: Typed, gap: str) -> Cell | None:
    """The cell with an end of its interquartile range or range taken in."""
    if one.kind not in (Kind.VALUE, Kind.PERCENT, Kind.OTHER):
        return None
    if (
        not cell.dispersion
        and (re.match(r"\s*[\[(]", gap) or IN_APPOSITION.fullmatch(gap))
        and (_IQR.search(gap) or _RANGE_WORD.search(gap))
        and len(gap) < 34
    ):
        kind = DispersionType.IQR if _IQR.search(gap) else DispersionType.RANGE
        return cell._replace(end=one.end, dispersion_type=kind, dispersion=(one,), used=(*cell.used, one))
    if (
        len(cell.dispersion) == 1
        and cell.dispersion_type in (DispersionType.IQR, DispersionType.RANGE)
        and _RANGE.fullmatch(gap)
    ):
        parted = _PARTED.match(text, one.end) if "(" not in text[cell.numbers[-1].raw_end : one.start] else None
        return cell._replace(
            end=parted.end() if parted else _closed(text, one.end),
            dispersion=(*cell.dispersion, one._replace(value=abs(one.value) if gap == "" else one.value)),
            used=(*cell.used, one),
        )
    return None


def _closed(text: str, end: int) -> int:
    """The end of a cell with its closing bracket."""
    match = _CLOSING.match(text, end)
    return match.end() if match else end


def _with_interval(text: str, cell: Cell, ranges: tuple[Interval, ...]) -> Cell:
    """A cell with the confidence interval that stands in a bracket behind it."""
    for one in ranges:
        if cell.end <= one.start and re.fullmatch(r"\s*(?:[A-Za-z/%]{1,9})?\s*[\[(,;]\s*", text[cell.end : one.start]):
            return cell._replace(end=_closed(text, one.end), interval=one, dispersion_type=DispersionType.CI)
    return cell


def _share_units(text: str, cells: list[Cell]) -> list[Cell]:
    """Give a bare value the unit of the value it is compared with: "33.2 vs. 26.7%"."""
    out = list(cells)
    for i in range(len(out) - 2, -1, -1):
        one, following = out[i], out[i + 1]
        bare = len(one.numbers) == 1 and one.numbers[0].kind is Kind.VALUE and one.numbers[0].unit is None
        gap = text[one.end : following.start]
        if (
            bare
            and following.numbers[-1].unit
            and following.numbers[-1].kind in (Kind.PERCENT, Kind.VALUE)
            and len(following.numbers) == 1
        ) and re.fullmatch(r"[\s,]*(?:vs\.?|versus|and|to|or|compared (?:with|to)|,)?[\s,]*(?:and\s*)?", gap):
            number = one.numbers[0]._replace(unit=following.numbers[-1].unit, kind=following.numbers[-1].kind)
            out[i] = one._replace(numbers=(number,))
    return out
