"""Refresh runs: one at a time, each with a file that says how it stands."""

import datetime
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from trialhouse.model.tables import RunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.books import accounting
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.derived import code_version
from trialhouse.pipeline.ingest import BatchResult
from trialhouse.pipeline.planning import FileBatch, plan_files
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, read_runs, write_run
from trialhouse.settings import Settings

_RUN_ID = "run-%Y%m%dT%H%M%S.%fZ"


class LockHeld(Exception):
    """Another run works on the warehouse; the message names it."""


@dataclass(frozen=True)
class Run:
    """A run under way. `batches` are its files; `results` gathers what became of everything it took, so that a run
    that fails keeps its accounting.
    """

    run_id: str
    started_at: datetime.datetime
    assignment: Assignment
    batches: tuple[FileBatch, ...]
    clock: Clock
    row: RunRow
    results: list[BatchResult] = field(default_factory=list)


@contextmanager
def running(settings: Settings, assignment: Assignment, clock: Clock = utc_now) -> Iterator[Run]:
    """A run that holds the warehouse's lock, with its files planned.

    The lock is the kernel's: it ends with the process that holds it, however that ends. Raises LockHeld,
    FileNotFoundError for a file that is not there. A run that raises is kept as failed.
    """
    layout = Layout(settings.warehouse)
    batches = () if assignment.interval else plan_files(settings, assignment.files)
    layout.runs.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.warehouse / "refresh.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockHeld(_holder_sentence(settings.warehouse)) from error
    try:
        _close_dead_runs(layout)
        run = _start(settings, assignment, batches, clock)
        try:
            yield run
        except BaseException:
            rows, causes = accounting(run.run_id, run.results)
            ended = {"status": RunStatus.FAILED, "finished_at": clock()}
            file = RunFile(row=run.row.model_copy(update=ended), accounting=tuple(rows), causes=tuple(causes))
            write_run(layout, file)
            raise
    finally:
        lock.release()


def _start(settings: Settings, assignment: Assignment, batches: tuple[FileBatch, ...], clock: Clock) -> Run:
    started_at = clock()
    row = RunRow(
        run_id=_next_run_id(Layout(settings.warehouse), started_at),
        started_at=started_at,
        profile="files" if assignment.files else settings.profile,
        status=RunStatus.RUNNING,
        code_version=code_version(settings.root / "seeds"),
    )
    write_run(Layout(settings.warehouse), RunFile(row=row))
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "run_id": row.run_id}
    (settings.warehouse / "refresh.lock.holder").write_text(json.dumps(holder), encoding="utf-8")
    return Run(run_id=row.run_id, started_at=started_at, assignment=assignment, batches=batches, clock=clock, row=row)


def _next_run_id(layout: Layout, started_at: datetime.datetime) -> str:
    """An id from the start of the run, later than every id in use: ids sort even if the clock was moved back."""
    last = max(
        (datetime.datetime.strptime(path.stem, _RUN_ID) for path in layout.runs.glob("run-*.json")), default=None
    )
    moment = started_at.astimezone(datetime.UTC).replace(tzinfo=None)
    if last is not None and moment <= last:
        moment = last + datetime.timedelta(microseconds=1)
    return moment.strftime(_RUN_ID)


def _holder_sentence(warehouse: Path) -> str:
    try:
        holder = json.loads((warehouse / "refresh.lock.holder").read_text(encoding="utf-8"))
        who = f"process {holder['pid']} on {holder['host']} ({holder['run_id']})"
    except (OSError, ValueError, KeyError):
        who = "another process"
    return f"{who} is refreshing {warehouse}: wait until it has ended, or choose another --warehouse"


def _close_dead_runs(layout: Layout) -> None:
    """Runs that still say that they run were killed: only the holder of the lock runs, and that is this process."""
    for file in read_runs(layout.warehouse):
        if file.row.status is RunStatus.RUNNING:
            write_run(layout, file.model_copy(update={"row": file.row.model_copy(update={"status": RunStatus.FAILED})}))
