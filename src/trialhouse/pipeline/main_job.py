"""The main job on one page: land, parse and extract every batch, then build, check and publish a release."""

from collections.abc import Sequence
from pathlib import Path

from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.ingest import ingest_batch
from trialhouse.pipeline.release import make_release
from trialhouse.pipeline.result import Progress, RefreshResult, silent
from trialhouse.pipeline.runs import running
from trialhouse.settings import Settings


def refresh(
    settings: Settings, *, files: Sequence[Path] = (), progress: Progress = silent, clock: Clock = utc_now
) -> RefreshResult:
    """Refresh a warehouse from the given files, or from the sources of the profile when none are given.

    Raises LockHeld when another run works on the warehouse, FileNotFoundError for a file that is not there.
    """
    with running(settings, files, clock) as run:
        for number, batch in enumerate(run.batches):
            progress("read", number, len(run.batches))
            run.results.append(ingest_batch(settings, run.run_id, batch, clock))
        progress("read", len(run.batches), len(run.batches))
        return make_release(settings, run, run.results, progress)
