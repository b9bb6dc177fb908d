"""When a request is tried again, and after which pause.

Tried again is what may pass by itself: too many requests, a server that failed, a connection that broke, a body that
was cut, time that ran out. Never what stays as it is: an address that is refused, a record that is not there, a body
that is too large. Pauses double and are spread by chance, so that many processes do not come back together.
"""

import datetime
import email.utils
from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from trialhouse.sources.manners import FetchFailed, Manners

LONGEST_PAUSE = 60.0
"""Seconds between two attempts at most, where the server names none."""

LONGEST_STATED = 366 * 24 * 3600.0
"""Seconds that are believed of a server at most: what is longer is a mistake, and no date can be made of it."""

_LONGEST_COUNT = 9
"""Digits of a rate that is believed."""


def retrying(manners: Manners, sleep: Callable[[float], None], attempts: int) -> Retrying:
    """A caller that tries a function again while it raises what may pass; the last failure comes out as it is."""
    backoff = wait_exponential_jitter(
        multiplier=manners.backoff_seconds, max=LONGEST_PAUSE, jitter=manners.backoff_seconds
    )

    def pause(state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        # When the server said when to come back, the host is held back for every process, and this one waits with them.
        is_held = isinstance(failure, FetchFailed) and failure.come_back_at is not None
        return 0.0 if is_held else backoff(state)

    return Retrying(
        stop=stop_after_attempt(attempts),
        wait=pause,
        retry=retry_if_exception(lambda error: isinstance(error, FetchFailed) and error.may_pass),
        sleep=sleep,
        reraise=True,
    )


def retry_after_seconds(value: str | None, now: datetime.datetime) -> float | None:
    """The seconds of a Retry-After header: it has seconds or a date (RFC 9110, 10.2.3); None where it has neither."""
    stated = (value or "").strip()
    if stated.isdecimal():
        return min(float(stated), LONGEST_STATED)
    try:
        date = email.utils.parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=datetime.UTC)
    return min(max(0.0, (date - now).total_seconds()), LONGEST_STATED)


def stated_rate(limit: str | None, interval: str | None) -> float | None:
    """Requests a second from the headers X-Rate-Limit-Limit and X-Rate-Limit-Interval, as Crossref sends them (`50`
    and `1s`); None where they say nothing that can be read.
    """
    count, seconds = (limit or "").strip(), (interval or "").strip().lower().removesuffix("s").strip()
    if not all(each.isdecimal() and len(each) <= _LONGEST_COUNT and int(each) for each in (count, seconds)):
        return None
    return int(count) / int(seconds)
