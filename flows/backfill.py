"""A backfill: what the sources first had in a past interval, asked for in slices that are each done once."""

if __name__ == "__main__":
    import sys

    from trialhouse.cli.app import main

    sys.exit(main(["backfill", *sys.argv[1:]]))

import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from refresh import RUNNER, carry_out

from trialhouse.pipeline import Assignment, Interval


@flow(name="backfill", task_runner=RUNNER)
def backfill(
    first: datetime.date,
    last: datetime.date,
    profile: str | None = None,
    topics: list[str] | None = None,
    sources: list[str] | None = None,
    warehouse: str | None = None,
) -> dict[str, Any] | State[Any]:
    """Ask again for an interval, both days included. A slice of it that was reconciled before is not asked for."""
    interval = Interval(first=first, last=last)
    assignment = Assignment(interval=interval, topics=tuple(topics or []), sources=tuple(sources or []))
    return carry_out(assignment, profile, warehouse)
