"""`trialhouse refresh` and `backfill` without the minute that Prefect takes.

The real command reads its words, looks at the warehouse and tells how the run ended: a wrong option is wrong use here,
too. In the place of the flow stands the plain function that the flow calls.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from trialhouse.cli import refreshing
from trialhouse.pipeline import Assignment, Interval, RefreshResult
from trialhouse.settings import Settings, load_settings

Refresh = Callable[[Settings, Assignment], RefreshResult]


class Ended:
    """The end of a flow."""

    name = "Completed"

    def __init__(self, result: RefreshResult) -> None:
        self._result = result

    def result(self, *, raise_on_failure: bool) -> dict[str, Any]:
        return self._result.model_dump()


def without_prefect(patch: pytest.MonkeyPatch, refresh: Refresh) -> None:
    """Let the commands call a function with what they would have told the flow."""

    def run(path: Path, flow: str, told: Mapping[str, Any]) -> Ended:
        settings = load_settings(profile=told["profile"], warehouse=Path(told["warehouse"])).settings
        return Ended(refresh(settings, assignment_of(flow, told)))

    patch.setattr(refreshing, "run_flow", run)
    patch.setattr(refreshing, "prepare_prefect", lambda warehouse, environ: None)


def assignment_of(flow: str, told: Mapping[str, Any]) -> Assignment:
    """What a run is told to, as the flow of that name makes it of its parameters."""
    interval = Interval(first=told["first"], last=told["last"]) if flow == "backfill" else None
    given = {"topics": tuple(told["topics"]), "sources": tuple(told["sources"]), "interval": interval}
    given |= {"files": tuple(map(Path, told.get("files", ())))}
    return Assignment.model_validate(given | {name: told[name] for name in ("tag", "message") if name in told})
