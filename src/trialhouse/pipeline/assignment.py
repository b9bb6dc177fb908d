"""What one run is told to take: files, topics of the configuration, or a past interval of them."""

import datetime
from pathlib import Path

from trialhouse.model.record import Record


class Interval(Record):
    """Days from `first` to `last`, both included (UTC)."""

    first: datetime.date
    last: datetime.date


class Assignment(Record):
    """What a run is told to take. Without files it is the corpus and the topics of the profile.

    `topics` names others; `interval` asks again for what the sources first had in that time (a backfill); `sources`
    leaves out all but the named ones. `through` is the last day of a run that a schedule started: where all is done
    through it, nothing is asked. Without it a run goes through today. `tag` and `message` are those of the release to
    be.
    """

    files: tuple[Path, ...] = ()
    topics: tuple[str, ...] = ()
    interval: Interval | None = None
    sources: tuple[str, ...] = ()
    through: datetime.date | None = None
    tag: str | None = None
    message: str | None = None

    def last_day(self, today: datetime.date) -> datetime.date:
        """The last day that sources are asked for; never one to come."""
        return today if self.through is None else min(self.through, today)
