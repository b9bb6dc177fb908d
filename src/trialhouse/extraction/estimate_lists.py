"""What goes with effect estimates: the intervals behind them, further estimates of a list, and lists that are none."""

import re
import sys

from trialhouse.extraction.arm_refs import Ref
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.estimates import Estimate
from trialhouse.extraction.heads import Interval, number_of
from trialhouse.extraction.lexer import _NUM, Kind, Typed
from trialhouse.text.lazy_patterns import lazy_compile

_MEASURED = (Kind.VALUE, Kind.PERCENT, Kind.COUNT, Kind.OTHER, Kind.DOSE, Kind.THRESHOLD, Kind.EFFECT, Kind.DISPERSION)
"""What the number of an estimate can look like by its neighbours; a time or a size is none."""
_WORD = r"[A-Za-zµμ%²·/0-9]{1,14}"
_SPREAD = r"(?:[\[(]?\s*(?:SEM?\s*[=,]?\s*|±|\+\s?/\s?[-−–]|\+-)\s*[\d.·]+\s*%?\s*[\])]?)"
_BARE = lazy_compile(
    rf"\s*%?\s*(?:{_WORD}\s+){{0,2}}{_SPREAD}?\s*[\[(]\s*(?P<low>{_NUM})\s*%?\s*(?P<sep>to|-|−|–|,|;)"
    rf"\s*(?P<high>{_NUM})\s*%?(?:\s*{_WORD})?\s*(?:[\])]|[;,]\s*[Pp]\b)"
)
_UNBRACKETED = lazy_compile(
    rf"[,;]\s*(?P<low>{_NUM})\s*%?\s*(?P<sep>to|-|−|–)\s*(?P<high>{_NUM})\s*%?(?=\s*(?:[\])]|[;,]\s*[Pp]\b))"
)
"""An interval that only a comma or semicolon parts from its estimate: "odds ratio 1.54, 1.12 to 2.11; p = 0.007"."""
_ENDS = rf"{_NUM}\s*(?:to|-|−|–|,|;)\s*{_NUM}"
_QUOTIENT = r"(?:[A-Za-zµμ·]{1,8}/[A-Za-z]{1,5}|%|mm ?Hg|kg|lb)"
_AGAIN_BEFORE = lazy_compile(rf"\s*[\[(]\s*{_NUM}\s*(?:h[·.])?{_QUOTIENT}\s*[\])]")
_AGAIN_BEHIND = lazy_compile(
    rf"\s*{_QUOTIENT}?\s*[\])}}]*\s*[;,]?\s*[\[({{]?\s*{_NUM}\s*{_QUOTIENT}"
    rf"(?:[\s,;]*[\[(]?\s*{_ENDS}\s*{_QUOTIENT}?\s*[\])])"
    rf"|\s*{_QUOTIENT}?\s*[\[({{]\s*{_ENDS}\s*(?:h[·.])?{_QUOTIENT}\s*[\])}}]"
)
"""The same estimate, or its interval, said again in another unit: "-1.69 mmol/L [-30.5 mg/dL] [CI, …]"."""
_TO_INTERVAL = lazy_compile(
    rf"(?:\s*{_WORD}){{0,2}}\s*{_SPREAD}?[\s,;:(\[]*(?:with (?:an?|a)\s*|and\s*|(?:two-sided|adjusted|associated)\s*)?"
)
NEAR = 40
"""Characters within which an estimate and its interval are one thing; farther off, other words stand between."""
_FAR_INTERVAL = lazy_compile(r"[^\d;]{0,90}[\[(,]\s*")
_PLAIN_LIST = lazy_compile(
    r"(?:\s*+(?:,\s*+and\b|,|and\b)\s*+[-−–]?\d++(?:[.·]\d++)?+\s?"
    r"(?:%|percentage points|[A-Za-z]{1,6}(?:/[A-Za-z]{1,5})?)?){1,6}"
    r"\s*+,?\s*+(?:with|for|in|on|at)\b"
)
_GOES_ON = lazy_compile(
    r"[^.;]{0,12}[\[(][^\[\]()]{5,60}[\])]\s*(?:;?\s*[Pp]\s*[<=>]\s*[\d.·]+)?\s*"
    r"(?:(?:with|for|in|on)\s+(?:the\s+)?[A-Za-z][\w .·-]{2,40}?)?\s*(?:,|;"
    r"|,? and)?\s*(?:and\s*)?(?:for [\w ]{3,30})?"
)
_SERIES = lazy_compile(
    r"[^.;()\[\]]{0,12}[\[(](?:[^\[\]()]|[\[(][^\[\]()]{1,40}[\])]){5,100}[\])]"
    r"(?:\s*[,;]?\s*[Pp]\s*[<=>≤]\s*[\d.·]+)?"
    r"(?:,?\s+(?:with|for|in|on|at|among)\s+(?:the\s+)?[\w./· -]{2,50}?)?\s*[,;]?\s*and\s+"
    r"(?P<next>(?:(?:that|it|the difference)\s+)?(?:for|between)\s+[^.;:()\[\]]{3,80}?"
    r"(?:\s+(?:it\s+)?(?:was|were)\s+|,?\s+))?"
)
"""What parts two estimates of which each has its interval: "0.6 (95% CI …; P=.02) and for A versus B it was "."""
_COMMA = lazy_compile(
    rf"\s*(?:{_WORD})?(?:\s*[\[(]\s*[Pp]\s*[<=>≤]\s*[\d.·]+\s*[\])]|[;,]\s*[Pp]\s*[<=>≤]\s*[\d.·]+"
    r"|\s*[\[(][A-Za-z ,-]{3,40}[\])]"
    r"|\s+(?:in|for|among|at)\s+[^.,;()\d]{3,70})?\s*(?:,\s*and|,|and)\s*"
)

_NEXT_MEASURE = lazy_compile(
    r"\s*[;,]?\s*(?:[\[(]?\s*[Pp]\s*[<=>≤]\s*[\d.·]+)?\s*[\])]\s*(?:,\s*and|,|and)\s+(?:in |for )?"
    r"[A-Za-z][\w() -]{1,40}?\s*[\[(]\s*"
)
"""What parts the values of differences told measure by measure: "differences in X (1.8%, p<0.01) and Y (…)"."""


def with_number(found: list[Estimate], numbers: tuple[Typed, ...]) -> list[tuple[Estimate, Typed]]:
    """The estimates whose number can be one, each with it."""
    by_end = {n.raw_end: n for n in numbers if n.kind in _MEASURED}
    return [(one, by_end[one.digits_end]) for one in found if one.digits_end in by_end]


def not_listed(text: str, found: list[Estimate], refs: list[Ref], end: int) -> list[Estimate]:
    """Estimates less those whose number begins a list by arm ("differences were -6% for the 5 mg group, …")."""
    out = []
    for one in found:
        behind = next((r for r in refs if r.start >= one.end), None)
        listed = (
            behind
            and "DIFFERENCE" in str(one.effect)
            and re.fullmatch(r"\s*(?:for|in|with|in favou?r of|favou?ring)\s+(?:the\s+)?", text[one.end : behind.start])
        )
        more = behind and re.match(r"\s*(?:,|and|,\s*and)\s+[-−–]?\d", text[behind.end : min(end, behind.end + 12)])
        if not (listed and more) and not _is_list_by_arm(text, one, refs, end):
            out.append(one)
    return out


def _is_list_by_arm(text: str, one: Estimate, refs: list[Ref], end: int) -> bool:
    """Whether the number of an estimate begins a list that the arms follow: "-66% and -78% with 5 and 10 mg"."""
    plain = _PLAIN_LIST.match(text, one.end, end) if one.head.endswith("s") else None
    return plain is not None and sum(plain.end() <= r.start < plain.end() + 80 for r in refs) >= 2


def continued(text: str, found: list[Estimate], cells: list[Cell]) -> tuple[list[Estimate], list[Cell]]:
    """Values that go on a list of estimates: "difference, 17% [95% CI …] and 14% [95% CI …]"."""
    more: list[Estimate] = []
    kept = []
    for cell in cells:
        last = next((e for e in reversed([*found, *more]) if e.end <= cell.start), None)
        if last is None or len(cell.numbers) != 1 or not _goes_on(text, last, cell):
            kept.append(cell)
            continue
        number = cell.numbers[0]
        unit = number.unit or (last.unit if cell.interval else None)
        more.append(
            Estimate(last.start, number.end, number.value, last.effect, unit, last.head, number.raw_end, last.level)
        )
    return more, kept


def _goes_on(text: str, last: Estimate, cell: Cell) -> bool:
    """Whether a value is the next one of a list that an estimate began."""
    gap = text[last.end : cell.start]
    if cell.interval and (_GOES_ON.fullmatch(gap) or _SERIES.fullmatch(gap) or _AND_IN_BRACKET.fullmatch(gap)):
        return True
    if last.head.endswith("s") and _AND_RESPECTIVELY.fullmatch(gap) and _RESPECTIVELY.match(text, cell.end):
        return True
    bare = _bare_behind(text, cell.numbers[0].end, cell.numbers[0].value)
    if bare and _FOR_ANOTHER_PAIR.fullmatch(gap):
        return True
    series = _SERIES.fullmatch(gap) if bare else None
    if series and not series["next"] and re.search(r"\bCI\b|onfidence", gap):
        return True
    alike = cell.numbers[0].kind in (Kind.PERCENT, Kind.VALUE) and cell.numbers[0].unit != "participants"
    is_difference = "DIFFERENCE" in str(last.effect) and last.start < last.digits_end - 4
    if not alike or not is_difference or len(gap) >= 110 or _is_versus(text, cell):
        return False
    return bool(_COMMA.fullmatch(gap) or (last.head.endswith("differences") and _NEXT_MEASURE.fullmatch(gap)))


_AND_IN_BRACKET = lazy_compile(
    r"[^()\[\].;]?[^()\[\];]{5,70}(?:; ?[Pp][^()\[\];]{2,12})?[)\]],? and [^()\[\].;:\d]{4,80}[(\[]"
)
"""What parts two pairs of arms told in full: "(difference -3, 95% CI …) and after B than after C (-2, 95% CI …)"."""
_FOR_ANOTHER_PAIR = lazy_compile(
    r"\s*[\[(][^()\[\]]{5,70}[)\]] (?:for|with|in) [^()\[\].;:]{4,70}? (?:versus|vs\.?|and|compared with)"
    r" [^()\[\].;:\d]{3,50}[,;] (?:and )?"
)
"""What parts differences each told with its pair: "-4.2 (…) for A versus C, -3.0 (…) for B versus C, and …"."""
_AND_RESPECTIVELY = lazy_compile(r"\s*(?:,|and|, and)\s*")
_RESPECTIVELY = lazy_compile(r"(?:,? and [\d.·]+)?,? respectively\b")


def _is_versus(text: str, cell: Cell) -> bool:
    """Whether a value is set against another one."""
    return re.match(r"\s*(?:vs?\.?|versus|than|compared)\b", text[cell.end : cell.end + 14]) is not None


def bare_intervals(text: str, found: list[Estimate], end: int) -> tuple[Interval, ...]:
    """Intervals without the word, right behind an estimate: "23.3% [16.6-30.1]", "1.54, 1.12 to 2.11"."""
    out = []
    for one in found:
        found_here = _bare_behind(text, one.end, one.value, end, one.level)
        out += [found_here] if found_here else []
    return tuple(out)


def _bare_behind(
    text: str, start: int, value: float, end: int = sys.maxsize, level: float | None = None
) -> Interval | None:
    """The interval without the word that stands right behind a value and holds it."""
    match = _BARE.match(text, start, end) or _UNBRACKETED.match(text, start, end)
    if not match:
        return None
    low, high = number_of(match["low"]), number_of(match["high"])
    if match["sep"] not in ("to", ",", ";") and low > 0 and high < 0:
        high = -high
    low, high = min(low, high), max(low, high)
    return Interval(match.start("low"), match.end("high"), low, high, level) if low <= value <= high else None


def said_again(text: str, found: list[Estimate], ranges: tuple[Interval, ...], end: int) -> list[tuple[int, int]]:
    """The places where estimates or their intervals are said again in another unit, which are no values."""
    out = []
    for one in found:
        before = _AGAIN_BEFORE.match(text, one.end, end) if one.unit else None
        if before:
            out.append(before.span())
        interval = interval_behind(text, one.end, ranges, out) if one.unit else None
        behind = _AGAIN_BEHIND.match(text, interval.end, end) if interval else None
        if behind:
            out.append(behind.span())
    return out


def interval_behind(
    text: str, start: int, ranges: tuple[Interval, ...], again: list[tuple[int, int]]
) -> Interval | None:
    """The interval that follows an estimate: within a few signs, or as the next number behind some words."""
    begin = next((b for a, b in again if a == start), start)
    for one in ranges:
        gap = text[begin : one.start] if begin <= one.start else "…" * 99
        if (len(gap) <= NEAR and _TO_INTERVAL.fullmatch(gap)) or (len(gap) <= 100 and _FAR_INTERVAL.fullmatch(gap)):
            return one
    return None
