"""The time, as something that is passed in, so that tests can tell it."""

import datetime
from collections.abc import Callable

Clock = Callable[[], datetime.datetime]
"""Tells the time, in UTC."""


def utc_now() -> datetime.datetime:
    """The time now."""
    return datetime.datetime.now(datetime.UTC)
