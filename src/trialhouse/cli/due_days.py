"""How far the days of a profile's topics are done, by the warehouse's own runs: what status and doctor say of it."""

import datetime
from collections.abc import Sequence
from typing import Any

from trialhouse.cli.counted import counted
from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.intervals import DaysDone, days_done
from trialhouse.pipeline.questions import asked_of
from trialhouse.releases.run_files import RunFile
from trialhouse.settings import Settings


def days_of_profile(settings: Settings, runs: Sequence[RunFile], now: datetime.datetime) -> DaysDone | None:
    """How far they are done; None where the profile asks no source."""
    asked = asked_of(settings, Assignment())
    return days_done(runs, asked, now) if asked else None


def days_words(days: DaysDone, now: datetime.datetime) -> str:
    """One line: the day through which all is done, what is behind it, and whether that is longer than it should be."""
    never = [" ".join(pair) for pair, day in days.through.items() if day is None]
    known = [day for day in days.through.values() if day is not None]
    told = []
    if known:
        first, last = min(known), max(known)
        ago = (now.astimezone(datetime.UTC).date() - first).days
        behind = [" ".join(pair) for pair, day in days.through.items() if day == first]
        told.append(f"done through {first} ({counted(ago, 'day')} ago)")
        if first != last:
            told.append(f"{_few(behind)}; the others are further")
    if never:
        told.append(f"never done: {_few(never)}")
    if days.overdue:
        told.append(f"overdue: {_few([' '.join(pair) for pair in days.overdue])}")
    return ", ".join(told)


def _few(names: Sequence[str], most: int = 3) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def days_as_json(days: DaysDone | None) -> dict[str, Any] | None:
    """The same for programs: the last day of each source and topic, and which of them are overdue."""
    if days is None:
        return None
    done = [
        {"source": source, "topic": topic, "through": day.isoformat() if day else None}
        for (source, topic), day in days.through.items()
    ]
    return {"done": done, "overdue": [{"source": source, "topic": topic} for source, topic in days.overdue]}
