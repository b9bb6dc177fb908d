"""Dates of PubMed's records: what is written, as a day and how precisely it was stated."""

import datetime
import functools
import re

from trialhouse.bulk.words import digits, trimmed
from trialhouse.model.enums import DatePrecision

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {
    said: month for month, name in enumerate(_NAMES, start=1) for said in (name, name[:3], str(month), f"{month:02}")
} | {"sept": 9}
_YEAR = re.compile(r"[12][0-9]{3}")
_DAY = re.compile(r"[0-9]{1,2}")
_FROM_A_MONTH = re.compile(
    r"([12][0-9]{3}) ([A-Za-z]+)(?: [0-9]{1,2})?(?:-(?:[12][0-9]{3}(?: |(?!\S)))?(?:[A-Za-z]+)?(?: ?[0-9]{1,2})?)?"
)
_MONTHS_OF = re.compile(r"([A-Za-z]+)-([A-Za-z]+)")

StatedDate = tuple[datetime.date | None, str | None]
"""The first day of what was stated, and the precision ("day", "month", "year"); both None where no date is stated."""

NO_DATE: StatedDate = (None, None)

Moment = tuple[datetime.date | None, str | None, int | None, int | None]
"""A stated date, hour and minute."""


@functools.lru_cache(maxsize=20_000)
def stated_date(year: str | None, month: str | None, day: str | None) -> StatedDate:
    """The date of three elements, as precise as they are good: a thirtieth of February still is a month."""
    year, month, day = trimmed(year), trimmed(month), trimmed(day)
    if year is None or not _YEAR.fullmatch(year):
        return NO_DATE
    month_no = _month_no(month) if month else None
    if month_no is None:
        return datetime.date(int(year), 1, 1), DatePrecision.YEAR.value
    if day is not None and _DAY.fullmatch(day):
        try:
            return datetime.date(int(year), month_no, int(day)), DatePrecision.DAY.value
        except ValueError:
            pass
    return datetime.date(int(year), month_no, 1), DatePrecision.MONTH.value


@functools.lru_cache(maxsize=20_000)
def stated_moment(
    year: str | None, month: str | None, day: str | None, hour: str | None, minute: str | None
) -> Moment | None:
    """The date of three elements, and the clock's of two; None where they are no date, or one is no number."""
    date, said_hour, said_minute = stated_date(year, month, day), trimmed(hour), trimmed(minute)
    hour_no, minute_no = digits(said_hour), digits(said_minute)
    if date is NO_DATE or (said_hour and hour_no is None) or (said_minute and minute_no is None):
        return None
    return *date, hour_no, minute_no


@functools.lru_cache(maxsize=20_000)
def issue_date(
    medline: str | None, year: str | None, month: str | None, day: str | None, season: str | None
) -> tuple[datetime.date | None, str | None, str | None]:
    """The date of an issue, its precision, and the date as written."""
    written = trimmed(medline)
    date = medline_date(written) if written and trimmed(year) is None else stated_date(year, month, day)
    return *date, as_written(medline, year, month, day, season) or None


def as_written(*parts: str | None) -> str:
    """What a date is written with."""
    return " ".join(filter(None, map(trimmed, parts)))


def _month_no(said: str) -> int | None:
    """The number of a month, of "Jan-Feb" that of the first; None for a season and whatever else is no month."""
    months = _MONTHS_OF.fullmatch(said)
    if months and months[2].lower() in _MONTHS:
        said = months[1]
    return _MONTHS.get(said.lower())


def medline_date(written: str) -> StatedDate:
    """The date of MedlineDate's free words: of days or months the first month, as "2000 Nov 20-27" and "1998 Dec-1999
    Jan" name it; of seasons and of years the first year.
    """
    month = _FROM_A_MONTH.fullmatch(written)
    if month:
        return stated_date(month[1], month[2], None)
    year = _YEAR.search(written)
    return stated_date(year[0], None, None) if year else NO_DATE
