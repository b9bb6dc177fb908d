"""Dates of a text with the precision that it states; a year may be inherited from the end of a range.

A day of a month without a year ("BASEL, Nov 14") is no date to keep, but its number is none of a result either.
"""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from trialhouse.extraction.people import PEOPLE
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import in_lower_case

_MONTHS = "january february march april may june july august september october november december".split()
_NAMES = {name[:3]: i for i, name in enumerate(_MONTHS, 1)}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = lazy_compile(
    rf"\b(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\b\.?"
    r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_YEAR = Cued("19|20", r"(?:19|20)\d\d")
_LATER_MONTHS = "february|april|june|july|august|september|october|november|december"
_NAMED_MONTH = Cued(
    f"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|january|{_LATER_MONTHS}",
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?"
    rf"|Nov(?:ember)?|Dec(?:ember)?|january|{_LATER_MONTHS})\b",
)
"""A month as names are written: "may" and "march" in small letters are words, "OCT" and "MAR" other abbreviations."""
_A_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w)"
_TO_DAY = r"\s?(?:[-–—/]|\band\b|\bto\b)\s?"
_DAY_BEHIND = lazy_compile(
    rf"\.?\s+{_A_DAY}(?:{_TO_DAY}{_A_DAY})?(?!\s*%|[.·,:/]\d|\s*\(\s*\d|\s+(?:per ?cent|of\s+(?:the\s+)?\d|times|weeks?"
    rf"|months?|days?|years?|hours?|minutes?|{PEOPLE}|deaths?|events?|eyes|cases|mg|kg|g|mL|ml|points?)\b)",
    re.I,
)
"""The day behind its month, and the last one of several, but no count or quantity of what follows."""
_DAY_AHEAD = lazy_compile(rf"(?<![\w.,·/%])(?:{_A_DAY}{_TO_DAY})?{_A_DAY}\s+(?:of\s+)?\Z", re.I)
_RANGE = lazy_compile(r"\b(?:between|from)\s*\Z", re.IGNORECASE)
_JOIN = lazy_compile(r"[\s,]*(?:and|to|until|till|through|[-–])\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A date: `iso` stops at its year, month or day as the text states it."""

    start: int
    end: int
    iso: str


@lru_cache(maxsize=256)
def find_dates(text: str, start: int, end: int) -> tuple[Day, ...]:
    """The dates with a year in `text[start:end]`; a date without one takes that of the date it is joined to."""
    if not _YEAR.search(text, start, end):
        return ()
    raw = list(_DATE.finditer(text, start, end))
    found = []
    for i, match in enumerate(raw):
        year = match["year"]
        if year is None and i + 1 < len(raw) and _JOIN.search(" " + text[match.end() : raw[i + 1].start()]):
            year = raw[i + 1]["year"]
        if year is None:
            continue
        month = _NAMES[in_lower_case(match["month"])[:3]]
        day = int(match["day1"] or match["day2"] or 0)
        iso = f"{year}-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else "")
        found.append(Day(match.start(), match.end(), iso))
    return tuple(found)


@lru_cache(maxsize=256)
def days_of_months(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where `text[start:end]` names a day of a month, with a year or without: "Nov 14", "14th of November"."""
    found = []
    for month in _NAMED_MONTH.finditer(text, start, end):
        begin, stop = month.span()
        if begin > start and text[begin - 1].isalnum():
            continue
        behind = _DAY_BEHIND.match(text, stop, end)
        ahead = _DAY_AHEAD.search(text[max(start, begin - 24) : begin])
        if behind or ahead:
            found.append((begin - len(ahead.group()) if ahead else begin, behind.end() if behind else stop))
    return tuple(found)


def find_periods(text: str, start: int, end: int) -> list[tuple[Day, Day]]:
    """The pairs of dates that bound a period: "between June 17, 2019, and Jan 14, 2020"."""
    days = find_dates(text, start, end)
    return [
        (one, two)
        for one, two in itertools.pairwise(days)
        if _JOIN.search(text[one.end : two.start])
        and (
            _RANGE.search(text[max(0, one.start - 10) : one.start]) or len(one.iso) == len(two.iso) == len("2020-01-31")
        )
    ]
