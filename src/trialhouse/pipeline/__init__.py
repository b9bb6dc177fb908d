"""The order of the rooms: what a refresh does, step by step, as plain functions that flows and tests call alike.

Each name is fetched from its file when it is first asked for: reading one document needs neither the database nor the
network's libraries, and must not wait for them.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialhouse.pipeline.asking import take_all
    from trialhouse.pipeline.assignment import Assignment, Interval
    from trialhouse.pipeline.ingest import BatchResult, ingest_batch
    from trialhouse.pipeline.intervals import AlreadyDone, due
    from trialhouse.pipeline.lock import LockHeld
    from trialhouse.pipeline.main_job import refresh
    from trialhouse.pipeline.planning import Batch
    from trialhouse.pipeline.release import make_release
    from trialhouse.pipeline.result import Progress, RefreshResult, silent
    from trialhouse.pipeline.runs import Run, running

__all__ = [
    "AlreadyDone",
    "Assignment",
    "Batch",
    "BatchResult",
    "Interval",
    "LockHeld",
    "Progress",
    "RefreshResult",
    "Run",
    "due",
    "ingest_batch",
    "make_release",
    "refresh",
    "running",
    "silent",
    "take_all",
]

_HOMES = {
    "AlreadyDone": "intervals",
    "Assignment": "assignment",
    "Batch": "planning",
    "BatchResult": "ingest",
    "Interval": "assignment",
    "LockHeld": "lock",
    "Progress": "result",
    "RefreshResult": "result",
    "Run": "runs",
    "due": "intervals",
    "ingest_batch": "ingest",
    "make_release": "release",
    "refresh": "main_job",
    "running": "runs",
    "silent": "result",
    "take_all": "asking",
}


def __getattr__(name: str) -> Any:
    """A public name, from the file that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
