"""Everything that is landed, read anew by the code of today: what was kept of earlier readings is not believed."""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from refresh import RUNNER, carry_out

from trialhouse.pipeline.intervals import LONGEST_RUN
from trialhouse.pipeline.upkeep import WHAT_IS_LANDED, forget_what_was_read


@flow(name="rebuild", task_runner=RUNNER, timeout_seconds=LONGEST_RUN.total_seconds())
def rebuild(profile: str | None = None, warehouse: str | None = None) -> dict[str, Any] | State[Any]:
    """Make a release from what is landed, without asking any source; where nothing differs, none is published."""
    return carry_out(WHAT_IS_LANDED, profile, warehouse, begin=forget_what_was_read)
