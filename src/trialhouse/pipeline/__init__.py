"""The order of the rooms: what a refresh does, step by step, as plain functions that flows and tests call alike."""

from trialhouse.pipeline.asking import take_all
from trialhouse.pipeline.assignment import Assignment, Interval
from trialhouse.pipeline.ingest import BatchResult, ingest_batch
from trialhouse.pipeline.main_job import refresh
from trialhouse.pipeline.planning import Batch
from trialhouse.pipeline.release import make_release
from trialhouse.pipeline.result import Progress, RefreshResult, silent
from trialhouse.pipeline.runs import LockHeld, Run, running

__all__ = [
    "Assignment",
    "Batch",
    "BatchResult",
    "Interval",
    "LockHeld",
    "Progress",
    "RefreshResult",
    "Run",
    "ingest_batch",
    "make_release",
    "refresh",
    "running",
    "silent",
    "take_all",
]
