"""Blood pressures told as pairs, "131.7/86.4 mm Hg": two values of two measures, the systolic and the diastolic one.

A pair is one value on the line, so that it is bound to its arm as a whole; `pressure_halves.py` parts it into two rows.
"""

import re
from collections.abc import Sequence

from trialhouse.extraction.cell import Cell
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_SPEAKS_OF_IT = Cued("lood pressure|BP", r"\b[Bb]lood pressures?\b|BPs?\b")
_UNIT = "mmHg"
_SPREAD = r"(?:\s?(?:±|\+/-)\s?\d{1,2}(?:[.·]\d+)?)?"
_SECOND = lazy_compile(
    rf"{_SPREAD}\s?/\s?(?P<num>[-−–]?\d{{1,3}}(?:[.·]\d+)?)(?![\d.·]*\d){_SPREAD}(?:\s?mm[\s-]?Hg\b)?"
)
"""The second value of a pair; spreads of the two, "131 ± 10/86 ± 8", are not read."""
_COUNTED = lazy_compile(
    r"\s*(?:%|[\[(]\s*\d+(?:[.·]\d+)?\s*%(?!\s*(?:CI|conf))"
    r"|\w+ (?:patients|participants|subjects|women|men)\b)"
)
_MOST = 300


def with_pairs(text: str, sentence: str, numbers: Sequence[Typed]) -> list[Typed]:
    """The numbers of a sentence, the first of each pair of blood pressures as the value of both."""
    if "/" not in sentence or "Hg" not in sentence or not _SPEAKS_OF_IT.search(sentence):
        return list(numbers)
    out: list[Typed] = []
    covered = 0
    for one in numbers:
        if one.start < covered:
            out.append(one._replace(kind=Kind.OTHER))
            continue
        second = _SECOND.match(text, one.raw_end)
        if second and _is_pair(text, one, second):
            covered = second.end()
            kind = one.kind if one.kind in (Kind.THRESHOLD, Kind.DISPERSION) else Kind.VALUE
            out.append(one._replace(kind=kind, unit=_UNIT, end=second.end()))
        else:
            out.append(one)
    return out


def _is_pair(text: str, one: Typed, second: re.Match[str]) -> bool:
    """Whether two numbers are a systolic and a diastolic value: the first is the larger, and nobody is counted."""
    diastolic = abs(_number(second["num"]))
    fits = diastolic < abs(one.value) < _MOST or (abs(one.value) < 30 and diastolic < 30)
    return fits and one.kind is not Kind.P_VALUE and not _COUNTED.match(text, second.end())


def _number(written: str) -> float:
    """A number with its sign, as written."""
    return float(written.replace("·", ".").replace("−", "-").replace("–", "-"))


def is_pair(text: str, cell: Cell) -> bool:
    """Whether a cell holds a pair."""
    return any(second_of(text, one) is not None for one in (*cell.numbers, *([cell.before] if cell.before else [])))


def second_of(text: str, one: Typed) -> Typed | None:
    """The second number of a pair."""
    if one.unit != _UNIT or one.kind is not Kind.VALUE or "/" not in text[one.raw_end : one.end]:
        return None
    match = _SECOND.match(text, one.raw_end)
    if match is None:
        return None
    start, end = match.span("num")
    return one._replace(start=start, raw_end=end, end=end, value=_number(match["num"]))
