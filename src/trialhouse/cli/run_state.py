"""How the runs of a warehouse stand beyond what their files say: killed, of a wrong clock, without a list."""

from collections.abc import Sequence
from pathlib import Path

from trialhouse.model.words import RunStatus
from trialhouse.pipeline.incomplete import unlisted
from trialhouse.pipeline.lock import lock_holder
from trialhouse.releases.run_files import RunFile, read_runs

KILLED = "killed"
"""What is said of a run whose file says that it runs, while nobody holds the lock: the next run keeps it as failed."""


def runs_and_holder(warehouse: Path) -> tuple[list[RunFile], str | None]:
    """All runs, oldest first, and who works on the warehouse now, of one moment."""
    runs, holder = read_runs(warehouse), lock_holder(warehouse)
    if holder is None and any(file.row.status is RunStatus.RUNNING for file in runs):
        # It may have ended while we looked; whoever holds no lock by now is at work no longer.
        runs = read_runs(warehouse)
    return runs, holder


def state_words(file: RunFile, runs: Sequence[RunFile], holder: str | None) -> str:
    """The status of a run, or that it was killed: only the newest run can be at work, and only with the lock."""
    is_at_work = holder is not None and file is runs[-1]
    return KILLED if file.row.status is RunStatus.RUNNING and not is_at_work else file.row.status.value


def not_listed(runs: Sequence[RunFile]) -> dict[tuple[str, str], str]:
    """The sources and topics of which the last run that asked for them got no list, sorted, each with the cause."""
    asked: set[tuple[str, str]] = set()
    found: dict[tuple[str, str], str] = {}
    for file in reversed(runs):
        lost = unlisted(file.causes)
        found |= {pair: cause for pair, cause in lost.items() if pair not in asked}
        asked |= {*lost, *file.covers}
    return dict(sorted(found.items()))


def to_come_words(runs: Sequence[RunFile]) -> str:
    """Runs of a clock that was ahead, in words."""
    last = runs[-1].row
    more = f" and {len(runs) - 1:,} more" if len(runs) > 1 else ""
    return f"run {last.run_id} of {last.started_at:%Y-%m-%d}{more}: a clock was ahead, their days are not done"
