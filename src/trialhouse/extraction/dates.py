"""Dates of a text with the precision that it states; a year may be inherited from the end of a range."""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from trialhouse.text.cues import Cued
from trialhouse.text.words import in_lower_case

_MONTHS = "january february march april may june july august september october november december".split()
_NAMES = {name[:3]: i for i, name in enumerate(_MONTHS, 1)}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\b\.?"
    r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_YEAR = Cued("19|20", r"(?:19|20)\d\d")
_RANGE = re.compile(r"\b(?:between|from)\s*\Z", re.IGNORECASE)
_JOIN = re.compile(r"[\s,]*(?:and|to|until|till|through|[-–])\s*\Z", re.IGNORECASE)


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
