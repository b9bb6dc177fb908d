"""Which days of a past interval a backfill still has to ask for, and in which slices.

Backfills share what is done, day by day: where one asked for January and another asks for the quarter, the second asks
for February and March alone.
"""

import datetime
from collections.abc import Iterable, Iterator

from trialhouse.pipeline.assignment import Interval
from trialhouse.sources.asking import Dates, Question, Window
from trialhouse.sources.slices import Slice, SliceStore

DAY = datetime.timedelta(days=1)

SETTLES = 2 * DAY
"""Sources count days by clocks of their own, so no record is added to a day any more when the next one is over."""


def backfill_slices(
    store: SliceStore, source: str, asked: Question, interval: Interval, *, days: int, today: datetime.date
) -> Iterator[Slice]:
    """The slices of an interval that are left to do for a question, oldest first, each of so many days at most.

    Slices of the same question that were left open come with the borders that they have, also where they lie outside
    the interval: while one is open its source is held back, and nothing that this backfill takes could be published.
    Their days, and those that were over when a slice that is reconciled was listed, are not asked for again. Days to
    come have nothing yet, and are not asked for.
    """
    interval = interval.model_copy(update={"last": min(interval.last, today)})
    opened = store.opened(source, asked.topic)
    under_way = [one.slice for one in opened if _is_backfill_of(one.slice, asked)]
    done = [
        Interval(first=window.first, last=min(window.last, one.opened_at.date() - SETTLES))
        for one in store.closed_backfills(source, asked.topic)
        if _is_backfill_of(one.slice, asked) and (window := one.slice.question.window)
    ]
    done += [Interval(first=w.first, last=w.last) for one in under_way if (w := one.question.window)]
    new = [
        Slice(source=source, question=asked.model_copy(update={"window": window}), is_backfill=True)
        for gap in gaps(interval, done)
        for window in _windows(gap, days, today)
    ]
    yield from sorted([*under_way, *new], key=_first_day)


def gaps(interval: Interval, done: Iterable[Interval]) -> Iterator[Interval]:
    """The days of an interval that none of the others has, as intervals, oldest first. One that ends before it begins
    has no day.
    """
    first = interval.first
    for other in sorted((one for one in done if one.first <= one.last), key=lambda one: one.first):
        if other.first > interval.last:
            break
        if first < other.first:
            yield Interval(first=first, last=other.first - DAY)
        first = max(first, other.last + DAY)
    if first <= interval.last:
        yield Interval(first=first, last=interval.last)


def _windows(interval: Interval, days: int, today: datetime.date) -> Iterator[Window]:
    """An interval in windows of some days. Days that are not over lie in windows of their own, to be asked again."""
    over = today - SETTLES
    first = interval.first
    while first <= interval.last:
        last = min(first + (days - 1) * DAY, interval.last, over if first <= over else interval.last)
        yield Window(dates=Dates.CREATED, first=first, last=last)
        first = last + DAY


def _is_backfill_of(one: Slice, asked: Question) -> bool:
    """Whether a slice asks for some days of a question."""
    return one.is_backfill and one.question.model_copy(update={"window": None}) == asked


def _first_day(one: Slice) -> datetime.date:
    window = one.question.window
    return window.first if window is not None else datetime.date.min
