"""The main job: one task a batch, then the release. All that it does is done by `trialhouse.pipeline`.

The command line loads this file, a Prefect worker does by `prefect.yaml`, and `python flows/refresh.py` is
`trialhouse refresh`.
"""

if __name__ == "__main__":
    # The command line prepares Prefect's settings, which count only if they are there before Prefect is imported.
    import sys

    from trialhouse.cli.app import main

    sys.exit(main(["refresh", *sys.argv[1:]]))

from collections.abc import Callable
from pathlib import Path
from typing import Any

# Neighbours by their plain names: whoever loads a flow by its path puts the file's folder on the path.
from ingest import ingest_all
from prefect import flow
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from release import release

from trialhouse.cli.prefect_runner import quiet_in_worker
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, LockHeld, running, take_all
from trialhouse.settings import Settings, load_settings
from trialhouse.terminal import current_watcher

quiet_in_worker()

# Hosts are asked one request at a time, so that more threads would only wait; two keep reading while one fetches.
RUNNER: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=3)


@flow(name="refresh", task_runner=RUNNER)
def refresh(
    profile: str | None = None,
    files: list[str] | None = None,
    topics: list[str] | None = None,
    sources: list[str] | None = None,
    warehouse: str | None = None,
    tag: str | None = None,
    message: str | None = None,
) -> dict[str, Any] | State[Any]:
    """Refresh a warehouse from the given files, or from the sources of the profile or of the given topics.

    Returns a RefreshResult as JSON. Completes under the name Incomplete where something did not come or could not be
    read. Fails under the names Unanswered when no source gave anything, Blocked when a check stopped the publishing,
    and LockHeld when another run works on the warehouse.
    """
    paths = tuple(Path(file) for file in files or [])
    taken = {"files": paths, "topics": tuple(topics or []), "sources": tuple(sources or [])}
    assignment = Assignment(**taken, tag=tag, message=message)
    return carry_out(assignment, profile, warehouse)


def carry_out(
    assignment: Assignment,
    profile: str | None,
    warehouse: str | None,
    begin: Callable[[Settings], None] = lambda settings: None,
) -> dict[str, Any] | State[Any]:
    """Take what a run is told to, batch by batch as tasks, and make the release; `begin` is done first, in the lock."""
    settings = settings_of(profile, warehouse)
    progress = current_watcher() or _logged
    progress("start", 1, 1)
    try:
        with running(settings, assignment) as run:
            begin(settings)
            take_all(settings, run, lambda batches: ingest_all(settings, run, batches, progress), progress)
            result = release(settings, run, progress)
    except LockHeld as held:
        return Failed(name="LockHeld", message=str(held))
    answer = result.model_dump(mode="json")
    if result.status is RunStatus.BLOCKED:
        return Failed(name="Blocked", message=" ".join(result.sentences), data=answer)
    # Automations match states by name: by it a night that lacks something is told from a whole one.
    if result.is_unanswered:
        return Failed(name="Unanswered", message=" ".join(result.sentences), data=answer)
    if result.is_incomplete:
        return Completed(name="Incomplete", message=" ".join(result.sentences), data=answer)
    return answer


def settings_of(profile: str | None, warehouse: str | None) -> Settings:
    """The settings that the parameters of a flow choose."""
    return load_settings(profile=profile, warehouse=Path(warehouse) if warehouse else None).settings


def _logged(stage: str, done: int, total: int) -> None:
    """Progress where nobody watches a terminal: a line when a stage is done."""
    if done >= total:
        get_run_logger().info("%s: %d of %d", stage, done, total)
