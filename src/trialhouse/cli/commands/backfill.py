"""`trialhouse backfill`: the same over a past interval, in slices that are each done once."""

import datetime
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import (
    JsonOption,
    ProfileOption,
    SourcesOption,
    TopicsOption,
    WarehouseOption,
    loaded_settings,
)
from trialhouse.cli.refreshing import check_choices, run_and_tell
from trialhouse.pipeline.clock import utc_now

DayOption = Annotated[str | None, Parameter(help="A day, as 2026-01-31; both must be given, and are included.")]


def backfill(
    *,
    from_: Annotated[DayOption, Parameter(name="--from")] = None,
    to: Annotated[DayOption, Parameter(name="--to")] = None,
    topic: TopicsOption = [],  # noqa: B006 - never changed, and the command line knows a list by its default
    source: SourcesOption = [],  # noqa: B006
    profile: ProfileOption = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Ask the sources for what they first had in an interval; run again, it goes on where it stopped."""
    if from_ is None or to is None:
        raise CommandError("a backfill is of days: --from 2026-01-01 --to 2026-01-31, both included", Exit.WRONG_USE)
    first, last = _day(from_), _day(to)
    if first > last:
        raise CommandError(f"--from {first} is after --to {last}", Exit.WRONG_USE)
    today = utc_now().date()
    if last > today:
        raise CommandError(f"--to {last} is a day to come: the last that can be asked for is {today}", Exit.WRONG_USE)
    settings = loaded_settings(profile, warehouse).settings
    check_choices(settings, topic, source)
    if not topic and not settings.refresh_topics:
        raise CommandError(
            f"the profile {settings.profile!r} has no topics: name one with --topic, or take --profile live",
            Exit.WRONG_USE,
        )
    parameters = {
        "first": first,
        "last": last,
        "profile": profile,
        "topics": topic,
        "sources": source,
        "warehouse": str(settings.warehouse),
    }
    return run_and_tell(settings, "backfill", parameters, json=json)


def _day(words: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(words)
    except ValueError as error:
        raise CommandError(f"{words!r} is no day: write it as 2026-01-31", Exit.WRONG_USE) from error
