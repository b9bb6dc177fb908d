"""Dates of publication as pages state them, never more precise than stated."""

import re

from trialhouse.text.lazy_patterns import lazy_compile

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
# In this order: the first form that fits at the earliest place wins, longer forms before shorter ones.
_FORMS = (
    rf"(?P<y1>{_YEAR})[-/.](?P<m1>0[1-9]|1[0-2])(?:[-/.](?P<d1>0[1-9]|[12]\d|3[01]))?(?!\d)",
    # A span of months ("2021 Mar-Apr") states no month: the year is left.
    rf"(?P<y2>{_YEAR})\s(?P<m2>{_MONTH})(?![-–/])(?:\s(?P<d2>{_DAY})(?!\d))?",
    rf"(?P<d3>{_DAY})(?:st|nd|rd|th)?\s(?P<m3>{_MONTH}),?\s(?P<y3>{_YEAR})(?!\d)",
    rf"(?P<m4>{_MONTH})\s(?P<d4>{_DAY})(?:st|nd|rd|th)?,?\s(?P<y4>{_YEAR})(?!\d)",
    rf"(?P<m5>{_MONTH}),?\s(?P<y5>{_YEAR})(?!\d)",
    rf"(?P<y6>{_YEAR})(?![\d])",
)
_DATE = lazy_compile(r"(?<![\w.])(?:" + "|".join(_FORMS) + ")", re.I)


def find_date(text: str, start: int = 0, end: int | None = None) -> tuple[str, int, int] | None:
    """The first date in a text as (ISO date that may stop at month or year, start, end)."""
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        iso = _iso(found)
        if iso:
            return iso, found.start(), found.end()
    return None


def find_day(text: str) -> tuple[str, int, int] | None:
    """The first date in a text that states its day."""
    for found in _DATE.finditer(text):
        iso = _iso(found)
        if iso and len(iso) == len("2021-05-29"):
            return iso, found.start(), found.end()
    return None


def _iso(found: re.Match[str]) -> str | None:
    parts = {name[0]: value for name, value in found.groupdict().items() if value}
    year, month, day = parts["y"], parts.get("m"), parts.get("d")
    if month is None:
        return year
    number = int(month) if month.isdigit() else _MONTHS[month.lower().rstrip(".")]
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
