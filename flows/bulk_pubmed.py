"""A bulk load with a task a file, on a Dask cluster that the configuration names: one on this machine, or any other.

Workers write shards to a place that all of them reach; this flow alone merges them. Without `bulk_cluster` in the
configuration, `trialhouse load-pubmed` needs neither this flow nor Prefect.
"""

import sys

if __name__ == "__main__":
    from trialhouse.cli.app import main

    sys.exit(main(["load-pubmed", *sys.argv[1:]]))

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import cloudpickle
from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.futures import as_completed
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Failed
from prefect_dask import DaskTaskRunner

from trialhouse.pipeline.bulk_load import FileOutcome, FileTask, Stand, current_watch, do_file_task, load_pubmed
from trialhouse.pipeline.lock import LockHeld
from trialhouse.settings import Settings, load_settings

LOCAL = "local"


@task(task_run_name="read {task.file.name}", cache_policy=NO_CACHE)
def read_file(task: FileTask) -> FileOutcome:
    """Read one file and write its shard."""
    return do_file_task(task)


@flow(name="bulk-pubmed")
def bulk_pubmed(
    paths: list[str], trials: bool = False, profile: str | None = None, warehouse: str | None = None
) -> dict[str, Any] | State[Any]:
    """Load files of PubMed; returns a BulkResult as JSON. Ends as failed under the name LockHeld when another works."""
    settings = load_settings(profile=profile, warehouse=Path(warehouse) if warehouse else None).settings
    # Workers have the package and not the folder of flows: what is in this file goes to them whole.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    on_cluster = load_by_tasks.with_options(task_runner=runner(settings))
    # Workers are told of this server; without one of them named in the configuration each would start its own.
    with get_client(sync_client=True) as client, temporary_settings({PREFECT_API_URL: str(client.api_url)}):
        answer = on_cluster(settings, paths, trials, return_state=True)
    error = answer.result(raise_on_failure=False)
    return Failed(name="LockHeld", message=str(error)) if isinstance(error, LockHeld) else answer.result()


@flow(name="bulk-pubmed-files")
def load_by_tasks(settings: Settings, paths: list[str], trials: bool) -> dict[str, Any]:
    """The load itself, under the task runner that the configuration chose."""
    result = load_pubmed(
        settings, [Path(path) for path in paths], with_trials=trials, spread=by_tasks, watch=current_watch() or logged
    )
    return result.model_dump(mode="json")


def runner(settings: Settings) -> DaskTaskRunner:
    """The task runner of the configuration."""
    if settings.bulk_cluster in (None, LOCAL):
        return DaskTaskRunner(cluster_kwargs={"threads_per_worker": 1, "dashboard_address": None})
    return DaskTaskRunner(address=settings.bulk_cluster)


def by_tasks(tasks: Sequence[FileTask]) -> Iterable[FileOutcome]:
    """An outcome for each file, as they come."""
    futures = [read_file.submit(one) for one in tasks]
    return (future.result() for future in as_completed(futures))


def logged(stand: Stand) -> None:
    """Progress where nobody watches a terminal."""
    get_run_logger().info("%s: %d of %d", stand.stage, stand.done, stand.total)
