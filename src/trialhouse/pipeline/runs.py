"""Refresh runs: one at a time, each with a file that says how it stands."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from trialhouse.model.tables import RunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.books import accounting
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.derived import code_version
from trialhouse.pipeline.ingest import BatchResult
from trialhouse.pipeline.intervals import interval_of, refuse_done
from trialhouse.pipeline.lock import writing
from trialhouse.pipeline.planning import FileBatch, plan_files
from trialhouse.pipeline.questions import asked_of, asked_otherwise
from trialhouse.pipeline.run_log import run_log
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, read_runs, write_run
from trialhouse.releases.tags import check_free_tag
from trialhouse.settings import Settings
from trialhouse.sources.slices import SliceStore

log = logging.getLogger(__name__)

_RUN_ID = "run-%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True)
class Run:
    """A run under way. `batches` are its files, `covers` the sources and topics whose days it does; `results` gathers
    what became of everything it took, so that a run that fails keeps its accounting.
    """

    run_id: str
    started_at: datetime.datetime
    assignment: Assignment
    batches: tuple[FileBatch, ...]
    clock: Clock
    row: RunRow
    covers: tuple[tuple[str, str], ...] = ()
    results: list[BatchResult] = field(default_factory=list)


@contextmanager
def running(settings: Settings, assignment: Assignment, clock: Clock = utc_now) -> Iterator[Run]:
    """A run that holds the warehouse's lock, with its files planned.

    Raises LockHeld, FileNotFoundError for a file that is not there, Refused for a tag that it cannot give, AlreadyDone
    where a schedule asks for days that are done. A run that raises is kept as failed.
    """
    layout = Layout(settings.warehouse)
    batches = () if assignment.interval else plan_files(settings, assignment.files)
    layout.runs.mkdir(parents=True, exist_ok=True)
    doing = "backfill" if assignment.interval else "refresh"
    with writing(settings.warehouse, doing) as say_doing:
        if assignment.tag is not None:
            # Said now, and not after hours of fetching.
            check_free_tag(layout, assignment.tag)
        _close_dead_runs(layout)
        # Only now: whoever held the lock until a moment ago may have done these very days.
        run = _start(settings, assignment, batches, clock)
        say_doing(f"{doing} {run.run_id}")
        with run_log(layout, run.run_id):
            log.info("the run begins: profile %s", run.row.profile)
            try:
                yield run
            except BaseException as error:
                log.info("the run %s", _why_failed(error), exc_info=True)
                rows, causes = accounting(run.run_id, run.results)
                ended = {"status": RunStatus.FAILED, "finished_at": clock()}
                file = RunFile(row=run.row.model_copy(update=ended), accounting=tuple(rows), causes=tuple(causes))
                write_run(layout, file)
                raise


def _start(settings: Settings, assignment: Assignment, batches: tuple[FileBatch, ...], clock: Clock) -> Run:
    layout, started_at = Layout(settings.warehouse), clock()
    runs, asked = read_runs(settings.warehouse), () if assignment.files else asked_of(settings, assignment)
    otherwise = asked_otherwise(settings, assignment, SliceStore(layout.slices)) if asked else ()
    refuse_done(runs, assignment, asked, started_at, otherwise)
    interval = interval_of(settings, runs, assignment, asked, started_at)
    row = RunRow(
        run_id=next_run_id(layout, started_at),
        started_at=started_at,
        profile="files" if assignment.files else settings.profile,
        status=RunStatus.RUNNING,
        code_version=code_version(settings.root / "seeds"),
        interval_first=interval.first if interval else None,
        interval_last=interval.last if interval else None,
    )
    covers = () if assignment.interval else asked
    write_run(layout, RunFile(row=row, covers=covers))
    return Run(row.run_id, started_at, assignment, batches, clock, row, covers)


def next_run_id(layout: Layout, started_at: datetime.datetime) -> str:
    """An id from the start of the run, later than every id in use: ids sort even if the clock was moved back."""
    last = max(
        (datetime.datetime.strptime(path.stem, _RUN_ID) for path in layout.runs.glob("run-*.json")), default=None
    )
    moment = started_at.astimezone(datetime.UTC).replace(tzinfo=None)
    if last is not None and moment <= last:
        moment = last + datetime.timedelta(microseconds=1)
    return moment.strftime(_RUN_ID)


def _why_failed(error: BaseException) -> str:
    """How a run came to its end before its work was done."""
    if isinstance(error, Exception):
        return f"failed: {type(error).__name__}: {error}"
    # Ctrl-C, or a worker that is gone: nothing of the run itself was wrong.
    return f"was ended from outside ({type(error).__name__}): what it landed stays, and the next run goes on"


def _close_dead_runs(layout: Layout) -> None:
    """Runs that still say that they run were killed: only the holder of the lock runs, and that is this process."""
    for file in read_runs(layout.warehouse):
        if file.row.status is RunStatus.RUNNING:
            write_run(layout, file.model_copy(update={"row": file.row.model_copy(update={"status": RunStatus.FAILED})}))
