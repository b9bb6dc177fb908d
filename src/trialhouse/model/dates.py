"""Dates as sources state them: a year, a month or a day, and never more precise than that."""

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator

from trialhouse.model.enums import DatePrecision

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")


def precision_of(partial: str) -> DatePrecision:
    """The precision of an ISO date that may stop at its year or month ('2021', '2021-10', '2021-10-05')."""
    return {4: DatePrecision.YEAR, 7: DatePrecision.MONTH}.get(len(partial), DatePrecision.DAY)


def first_day(partial: str) -> datetime.date:
    """The first day that a partial ISO date can mean. Raises ValueError for what is no date."""
    found = _PARTIAL.match(partial)
    if not found:
        raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {partial!r}")
    year, month, day = found.groups()
    return datetime.date(int(year), int(month or 1), int(day or 1))


def _checked(partial: str) -> str:
    first_day(partial)
    return partial


PartialDate = Annotated[str, AfterValidator(_checked)]
"""An ISO date that may stop at its year or month, checked to be one when a record is made."""
