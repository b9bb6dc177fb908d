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
    leaves out all but the named ones. `tag` and `message` are those of the release to be.
    """

    files: tuple[Path, ...] = ()
    topics: tuple[str, ...] = ()
    interval: Interval | None = None
    sources: tuple[str, ...] = ()
    tag: str | None = None
    message: str | None = None
