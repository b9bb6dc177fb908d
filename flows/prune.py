"""The files of old releases removed: `releases prune`."""

from datetime import timedelta
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Failed
from refresh import settings_of

from trialhouse.pipeline import LockHeld
from trialhouse.pipeline.upkeep import prune_now

PATIENCE = timedelta(hours=1)


@flow(name="prune", timeout_seconds=PATIENCE.total_seconds())
def prune(keep: int, profile: str | None = None, warehouse: str | None = None) -> dict[str, Any] | State[Any]:
    """Keep the files of so many of the newest releases, of the tagged ones and of the current one."""
    try:
        pruning, sentences = prune_now(settings_of(profile, warehouse), keep)
    except LockHeld as held:
        return Failed(name="LockHeld", message=str(held))
    for sentence in sentences:
        get_run_logger().info(sentence)
    return {"removed": [one.name for one in pruning.releases], "bytes": pruning.size, "kept": pruning.kept}
