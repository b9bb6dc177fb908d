"""Days as people give them."""

import datetime
import re

from trialhouse.cli.exits import CommandError, Exit

_SPAN = re.compile(r"(?P<number>\d{1,5})\s*(?P<unit>[dw])\Z", re.IGNORECASE)

_DAYS = {"d": 1, "w": 7}


def day_to_come(text: str, today: datetime.date) -> datetime.date:
    """A day written as 2027-03-01, or so many days or weeks from today: 90d, 12w. Raises CommandError."""
    said = text.strip()
    span = _SPAN.match(said)
    try:
        if span is not None:
            return today + datetime.timedelta(days=int(span["number"]) * _DAYS[span["unit"].lower()])
        return datetime.datetime.strptime(said, "%Y-%m-%d").date()
    except (ValueError, OverflowError):
        example = today + datetime.timedelta(days=90)
        raise CommandError(f"{text!r} is no day: write one as {example}, or as 90d", Exit.WRONG_USE) from None
