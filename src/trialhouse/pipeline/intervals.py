"""Which days a refresh is for, which are done, and which are due: the logical intervals of runs.

An interval is of whole days (UTC). A run that a schedule started on one day is for the days through the one before; its
first day is the one after the last that is done for every source and topic that it asks. Days are done by a run that
began when they were over, came to its end, and had an answer from the source to everything that it asked. A run that
began after now did none: a clock was ahead, and nobody asked for what came between the true day and its own.
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from trialhouse.model.words import MissedIntervals, RunStatus
from trialhouse.pipeline.assignment import Assignment, Interval
from trialhouse.pipeline.incomplete import lacking
from trialhouse.pipeline.questions import asked_of
from trialhouse.releases.run_files import RunFile, read_runs, runs_to_come
from trialhouse.settings import Settings

DAY = datetime.timedelta(days=1)

ENDED = (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
"""A run that was blocked or failed did no day: what it landed stays landed, and the days are due again."""

Asked = Collection[tuple[str, str]]
"""Sources and topics."""


LONGEST_RUN = datetime.timedelta(hours=20)
"""Flows end then: the next night is due, and a run that is still at it has met something that does not end."""

OVERDUE_AFTER = datetime.timedelta(hours=36)
"""A night does a day hours after it was over; where that is a day and a half ago, a night did not come, or failed."""


class AlreadyDone(Exception):
    """All that a schedule asks for is done; the message says by which run."""

    def __init__(self, through: datetime.date, run_id: str, otherwise: Sequence[tuple[str, str]] = ()) -> None:
        told = f"The days through {through} were done by {run_id}: no source was asked, and nothing was published. "
        if otherwise:
            told += f"The question is another one since: {', '.join(map(' '.join, otherwise))}. "
            told += "`trialhouse refresh` asks it now, from its beginning on; so does the run for the next day."
        else:
            told += "`trialhouse refresh` asks all the same."
        super().__init__(told)
        self.run_id = run_id


def due(
    settings: Settings, assignment: Assignment, scheduled: datetime.datetime, now: datetime.datetime
) -> list[Assignment]:
    """What a run that was due at a time has to do, in order, each an assignment with its last day.

    By `coalesce` it is one, through the day before the run of the schedule that was due last: whichever late run starts
    first does the days of all. By `catch_up` it is one for each day since the last one that a run came to; what was
    never asked is one interval all the same, since nobody wants a run for each day of twenty years.
    """
    # Prefect's moments are of a class of their own, which does not count as others do.
    scheduled = datetime.datetime.fromtimestamp(scheduled.timestamp(), datetime.UTC)
    last = scheduled.date() - DAY
    if settings.missed_intervals is MissedIntervals.COALESCE:
        last += max((now - scheduled) // DAY, 0) * DAY
        days = [last]
    else:
        done = _done(read_runs(settings.warehouse), now, is_whole=False)
        come_to = _common_day(done, asked_of(settings, assignment))
        missed = (last - come_to).days if come_to else 1
        days = [last - back * DAY for back in reversed(range(max(missed, 1)))]
    return [assignment.model_copy(update={"through": day}) for day in days]


def refuse_done(
    runs: Sequence[RunFile],
    assignment: Assignment,
    asked: Asked,
    now: datetime.datetime,
    otherwise: Sequence[tuple[str, str]] = (),
) -> None:
    """Raise AlreadyDone where a schedule asks for days that are all done. It names what is asked `otherwise` by now:
    days are done for a source and topic, whatever its query was.
    """
    if assignment.through is None or assignment.interval is not None:
        return
    done = _done(runs, now, is_whole=True)
    last, through = assignment.last_day(now.date()), _common_day(done, asked)
    if through is not None and last <= through:
        # Of several runs, which did one topic or source each, the last one closed the interval.
        raise AlreadyDone(last, max(done[pair][1] for pair in asked), otherwise)


def interval_of(
    settings: Settings, runs: Sequence[RunFile], assignment: Assignment, asked: Asked, now: datetime.datetime
) -> Interval | None:
    """The days that a run is for; None where it asks no source.

    Where a source or topic is asked for the first time they begin with the first day of any source that is asked.
    """
    if not asked:
        return None
    if assignment.interval is not None:
        return assignment.interval
    last, through = assignment.last_day(now.date()), _common_day(_done(runs, now, is_whole=True), asked)
    since = min(datetime.date.fromisoformat(settings.sources[source].since) for source, _ in asked)
    return Interval(first=min(since if through is None else through + DAY, last), last=last)


@dataclass(frozen=True)
class DaysDone:
    """The last day that is done of each source and topic, sorted; None where none is. `overdue` are those of which the
    day after it should have been done by now: only where a schedule runs, since by hand everybody is free.
    """

    through: dict[tuple[str, str], datetime.date | None]
    overdue: tuple[tuple[str, str], ...]


def days_done(runs: Sequence[RunFile], asked: Asked, now: datetime.datetime) -> DaysDone:
    """How far the days of sources and topics are done at a time, by what their runs say."""
    done = _done(runs, now, is_whole=True)
    through = {pair: done[pair][0] if pair in done else None for pair in sorted(asked)}
    overdue = (pair for pair, day in through.items() if day is not None and now - _end_of(day + DAY) > OVERDUE_AFTER)
    return DaysDone(through, tuple(overdue) if any(map(_is_scheduled, runs)) else ())


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day + DAY, datetime.time(), datetime.UTC)


def _is_scheduled(file: RunFile) -> bool:
    """Whether a schedule started a run: it is for the days before; one by hand goes through its own day."""
    last = file.row.interval_last
    return bool(file.covers) and last is not None and last < file.row.started_at.astimezone(datetime.UTC).date()


def _common_day(done: dict[tuple[str, str], tuple[datetime.date, str]], asked: Asked) -> datetime.date | None:
    """The last day that is done for all that is asked; None where one of it never was, or nothing is asked."""
    if not asked or any(pair not in done for pair in asked):
        return None
    return min(done[pair][0] for pair in asked)


def _done(
    runs: Sequence[RunFile], now: datetime.datetime, *, is_whole: bool
) -> dict[tuple[str, str], tuple[datetime.date, str]]:
    """The last day that is done of each source and topic, and the run that did it: the first that did. Without
    `is_whole` it is enough that a run came to its end, whatever the source did not give.
    """
    done: dict[tuple[str, str], tuple[datetime.date, str]] = {}
    to_come = {file.row.run_id for file in runs_to_come(runs, now)}
    for file in runs:
        if file.row.run_id in to_come:
            continue
        for pair, day in _days_of(file, is_whole=is_whole):
            if pair not in done or done[pair][0] < day:
                done[pair] = (day, file.row.run_id)
    return done


def _days_of(file: RunFile, *, is_whole: bool) -> Iterator[tuple[tuple[str, str], datetime.date]]:
    """The sources and topics whose days a run did, each with the last day that was over when the run began."""
    last = file.row.interval_last
    if last is None or file.row.status not in ENDED:
        return
    left_out = lacking(file.causes) if is_whole else set()
    for source, topic in file.covers:
        if source not in left_out:
            yield (source, topic), min(last, file.row.started_at.astimezone(datetime.UTC).date() - DAY)
