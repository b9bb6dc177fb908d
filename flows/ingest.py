"""Batches as tasks: each lands and reads its records, and is tried again when a file or a disk fails."""

from collections.abc import Sequence
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import as_completed
from prefect.tasks import Task

from trialhouse.pipeline import Batch, BatchResult, Progress, Run, ingest_batch
from trialhouse.settings import Settings


class BatchesFailed(Exception):
    """Batches that ended in an error nobody foresaw; the others are landed, and the next run goes on from there."""


def failed_by_io(tried: Task[..., Any], task_run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again may help: a fault of the code would only fail again."""
    return isinstance(state.result(raise_on_failure=False), OSError)


@task(
    task_run_name="ingest {batch.label}",
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=failed_by_io,
    cache_policy=NO_CACHE,
)
def ingest(settings: Settings, run_id: str, batch: Batch) -> BatchResult:
    """Land and read one batch."""
    return ingest_batch(settings, run_id, batch)


def ingest_all(settings: Settings, run: Run, batches: Sequence[Batch], progress: Progress) -> list[BatchResult]:
    """Run every batch to its end, and only then raise BatchesFailed if any failed."""
    if not batches:
        return []
    futures = [ingest.submit(settings, run.run_id, batch) for batch in batches]
    progress("read", 0, len(futures))
    for number, _ in enumerate(as_completed(futures), start=1):
        progress("read", number, len(futures))
    return _whole(run, batches, [future.result(raise_on_failure=False) for future in futures])


def _whole(run: Run, batches: Sequence[Batch], answers: Sequence[BatchResult | BaseException]) -> list[BatchResult]:
    """The results when every answer is one; else raises what went wrong, naming the batches."""
    results = [answer for answer in answers if isinstance(answer, BatchResult)]
    failures = [(batch, a) for batch, a in zip(batches, answers, strict=True) if isinstance(a, BaseException)]
    if failures:
        run.results.extend(results)
        told = "; ".join(f"{batch.label}: {type(error).__name__}: {error}" for batch, error in failures)
        raise BatchesFailed(f"{len(failures)} of {len(answers)} batches failed: {told}") from failures[0][1]
    return results
