"""Numbers as two languages write them, for comparing a text with its copy in another language.

The same digits mean different numbers in different languages ("1.800", "70,6"), so a figure keeps every value that it
can have, and two figures agree when they can have one in common.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trialhouse.extraction.language_words import COUNTERS, DOSE_UNITS, SCALES
from trialhouse.text.lazy_patterns import lazy_compile

_NOT_IN_A_NAME = r"(?<![A-Za-z0-9_])(?<![^\W\d_][-‐‑–])"
_NO_NAME_FOLLOWS = r"(?![A-Za-z]*\d)(?!/[A-Za-z])"
_BY_POINT = lazy_compile(
    _NOT_IN_A_NAME
    + r"(?<!\d[.·/])(?:(?<![\w)\]])[.·])?\d+(?:,\d{3}(?!\d))*(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.·∙]\d+)*"
    + _NO_NAME_FOLLOWS
)
_BY_COMMA = lazy_compile(
    _NOT_IN_A_NAME + r"(?<!\d[.,·/])\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,·∙]\d+)*" + _NO_NAME_FOLLOWS
)
_POINT_LANGUAGES = frozenset({"en", "zh", "ja", "ko", "th", "he"})
"""Languages that write decimals with a point; a comma between numbers of theirs may part them."""
_ADDRESS = lazy_compile(r"\b(?:10\.\d{4,9}/|https?://|www\.)[!-~]+")
"""Numbers in a DOI or an address of the web are none."""
LONGEST_NUMBER = 16
"""Characters; more digits are an identifier, or rubbish."""
_GROUPED = lazy_compile(r"\d{1,3}(?:[.,]\d{3})+\Z")
_BEFORE = lazy_compile(
    r"(?P<p>\bp)\s*(?:值|-?values?|-?Wert)?\s*[=<>≤≥＝＜＞]\s*\Z|(?P<n>(?<![A-Za-z])n)\s*[=＝]\s*\Z", re.I
)
_PERCENT = lazy_compile(r"\s*[%％]")
_SCALE = lazy_compile(r"\s*(" + "|".join(re.escape(word) for word in sorted(SCALES, key=len, reverse=True)) + ")", re.I)
_UNIT = lazy_compile(r"\s*(?:" + "|".join(sorted(DOSE_UNITS, key=len, reverse=True)) + r")(?![A-Za-z])", re.I)
_COUNTED = lazy_compile(r"\s*(?:" + "|".join(COUNTERS) + ")", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text with every value that it can have.

    `field` is what it is (p_value, n, dose, number), null for a number that says nothing by itself, such as that of
    a week. `text` is the number as it is told to people.
    """

    start: int
    end: int
    values: tuple[float, ...]
    text: str
    field: str | None
    is_percent: bool = False

    @property
    def has_decimals(self) -> bool:
        """Whether the number cannot be a whole one, so that no language spells it in words."""
        return all(value != int(value) for value in self.values)

    def agrees(self, other: "Figure") -> bool:
        """Whether the two can be the same number; a percentage may be rounded to whole ones."""
        if any(abs(a - b) < 1e-9 * max(1.0, abs(a)) for a in self.values for b in other.values):
            return True
        if not (self.is_percent and other.is_percent):
            return False
        whole, exact = (self, other) if other.has_decimals else (other, self)
        return not whole.has_decimals and any(abs(a - b) <= 0.5 for a in whole.values for b in exact.values)


class FigureIndex:
    """The figures of a text, for asking many times whether one of them agrees with a figure."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        by_value: dict[int, list[Figure]] = {}
        for figure in figures:
            for value in figure.values:
                by_value.setdefault(round(value), []).append(figure)
        self._by_value = by_value

    def holds(self, figure: Figure) -> bool:
        """Whether a figure of the text agrees: only those whose value is less than 1 away are compared."""
        near = {round(value) + step for value in figure.values for step in (-1, 0, 1)}
        return any(figure.agrees(other) for value in sorted(near) for other in self._by_value.get(value, ()))


def figures_in(text: str, spans: Iterable[tuple[int, int]], language: str) -> list[Figure]:
    """The figures of some stretches of a text, in order. Digits in a name (IL-6, ACR20, NCT...) are none."""
    digits = _BY_POINT if language in _POINT_LANGUAGES else _BY_COMMA
    found: list[Figure] = []
    for start, end in spans:
        hidden = {at for match in _ADDRESS.finditer(text, start, end) for at in range(*match.span())}
        found += [_figure(text, m, end) for m in digits.finditer(text, start, end) if _is_told(m, hidden)]
    return found


def _is_told(match: re.Match[str], hidden: set[int]) -> bool:
    return match.start() not in hidden and len(match.group()) <= LONGEST_NUMBER


def _figure(text: str, match: re.Match[str], end: int) -> Figure:
    raw, stop = match.group(), match.end()
    values = _values(raw)
    scale = _SCALE.match(text, stop, end)
    if scale:
        values = tuple(value * SCALES[scale[1].lower()] for value in values)
        stop = scale.end()
    before = _BEFORE.search(text, max(0, match.start() - 14), match.start())
    percent = _PERCENT.match(text, stop, end)
    if before:
        field: str | None = "p_value" if before["p"] else "n"
    elif _COUNTED.match(text, stop, end):
        field = "n"
    elif not percent and _UNIT.match(text, stop, end):
        field = "dose"
    else:
        field = "number" if percent or all(value != int(value) for value in values) else None
    told = f"{values[0]:.12g}{'%' if percent else ''}"
    return Figure(match.start(), percent.end() if percent else stop, values, told, field, bool(percent))


def _values(raw: str) -> tuple[float, ...]:
    """Every value that digits with points, commas and spaces can have, the likeliest first."""
    joined = re.sub(r"[ \u00a0\u202f]", "", raw)
    plain = joined.replace("·", ".").replace("∙", ".")
    values = []
    if _GROUPED.match(joined) and not joined.startswith("0"):
        values.append(float(re.sub(r"[.,]", "", joined)))
    marks = re.findall(r"[.,]", plain)
    if len(marks) <= 1:
        values.append(float(plain.replace(",", ".")))
    elif marks[-1] not in marks[:-1]:
        whole, _, fraction = plain.rpartition(marks[-1])
        values.append(float(re.sub(r"[.,]", "", whole) + "." + fraction))
    return tuple(dict.fromkeys(values)) or (float(re.sub(r"\D", "", plain)),)
