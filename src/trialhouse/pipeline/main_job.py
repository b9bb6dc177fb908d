"""The main job on one page: take what there is, read it, then build, check and publish a release."""

from collections.abc import Sequence
from pathlib import Path

from trialhouse.pipeline.asking import take_all
from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.ingest import BatchResult, SourceNamed, ingest_batch
from trialhouse.pipeline.network import source_named
from trialhouse.pipeline.planning import Batch
from trialhouse.pipeline.release import make_release
from trialhouse.pipeline.result import Progress, RefreshResult, silent
from trialhouse.pipeline.runs import running
from trialhouse.settings import Settings


def refresh(
    settings: Settings,
    assignment: Assignment | None = None,
    *,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    clock: Clock = utc_now,
    source_of: SourceNamed = source_named,
) -> RefreshResult:
    """Refresh a warehouse from what it is told to take: the given files, else the sources of the profile.

    Raises LockHeld when another run works on the warehouse, FileNotFoundError for a file that is not there.
    """
    with running(settings, assignment or Assignment(files=tuple(files)), clock) as run:

        def one_by_one(batches: Sequence[Batch]) -> list[BatchResult]:
            results = []
            for number, batch in enumerate(batches):
                progress("read", number, len(batches))
                results.append(ingest_batch(settings, run.run_id, batch, clock, source_of))
            if batches:
                progress("read", len(batches), len(batches))
            return results

        take_all(settings, run, one_by_one, progress, source_of)
        return make_release(settings, run, progress)
