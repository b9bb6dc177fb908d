"""What `trialhouse doctor` says of the Prefect server that the environment names."""

import datetime
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replay.server import Answer, ReplayServer
from tests.unit.cli.prefect_stand_in import PrefectStandIn
from trialhouse.cli.examination_of_prefect import RESTART, examine_prefect
from trialhouse.cli.finding import Finding
from trialhouse.pipeline.lock import writing

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.fixture
def prefect() -> Iterator[PrefectStandIn]:
    with ReplayServer() as server:
        yield PrefectStandIn(server)


def findings(prefect: PrefectStandIn, warehouse: Path) -> dict[str, Finding]:
    return {one.name: one for one in examine_prefect(warehouse, {"PREFECT_API_URL": prefect.api.address}, NOW)}


def a_run(minutes: float, name: str = "Running", *tags: str) -> dict[str, Any]:
    """A run that is in its state, or due, since so many minutes."""
    since = (NOW - datetime.timedelta(minutes=minutes)).isoformat()
    type_ = "SCHEDULED" if name in ("Late", "AwaitingConcurrencySlot") else name.upper()
    state = {"state": {"timestamp": since}, "state_type": type_, "state_name": name}
    return state | {"name": f"{name.lower()}-run", "expected_start_time": since, "tags": list(tags)}


def a_deployment(name: str, *, paused: bool = False, active: bool = True) -> dict[str, Any]:
    return {"name": name, "paused": paused, "schedules": [{"active": active}]}


def test_without_a_server_in_the_environment_nothing_is_looked_at(tmp_path: Path) -> None:
    assert examine_prefect(tmp_path, {}) == []


def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/api"
        (told,) = examine_prefect(tmp_path, {"PREFECT_API_URL": address})
    assert (told.name, told.is_ok) == ("server", False)
    assert told.says.startswith(f"nobody answers at {address}")
    assert "start it" in (told.advice or "")


def test_what_answers_without_being_prefects_is_said(prefect: PrefectStandIn, tmp_path: Path) -> None:
    prefect.server.misbehave("/api/deployments", Answer(body=b"<html>"), Answer(status=401))
    for _ in range(2):
        found = findings(prefect, tmp_path)
        assert (found["server"].is_ok, found["schedules"].is_ok) == (True, False)


def test_deployments_are_named_with_those_that_are_paused(prefect: PrefectStandIn, tmp_path: Path) -> None:
    assert not findings(prefect, tmp_path)["schedules"].is_ok
    prefect.deployments = [a_deployment("b", paused=True), a_deployment("a"), a_deployment("c", active=False)]
    told = findings(prefect, tmp_path)["schedules"]
    assert (told.is_ok, told.says) == (True, "a, b (paused), c (paused)")
    prefect.is_paused = True
    assert "the work pool trialhouse is paused" in findings(prefect, tmp_path)["schedules"].says


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        ([a_run(19 * 60)], None),
        ([a_run(20 * 60 + 1)], "running-run is Running since 2026-11-21 15:59 UTC, longer than any flow may"),
        ([a_run(14, "Running", "writer")], None),
        ([a_run(16, "Running", "writer")], "since 2026-11-22 11:44 UTC, and nobody works on the warehouse"),
        ([a_run(14, "Pending")], None),
        ([a_run(16, "Pending")], "pending-run is Pending since 2026-11-22 11:44 UTC: no worker takes it on"),
        ([a_run(16, "Cancelling")], "cancelling-run is Cancelling since 2026-11-22 11:44 UTC: no worker takes it on"),
        ([a_run(14, "Late")], None),
        ([a_run(16, "Late")], "late-run is Late since 2026-11-22 11:44 UTC"),
        ([a_run(16, "AwaitingConcurrencySlot"), a_run(60)], None),
        ([a_run(20 * 60 + 1, "Late"), a_run(60)], "late-run is Late since 2026-11-21 15:59 UTC"),
        ([a_run(9999, "Completed")], None),
    ],
)
def test_a_run_that_is_stuck_is_named_with_what_to_do(
    prefect: PrefectStandIn, tmp_path: Path, runs: list[dict[str, Any]], says: str | None
) -> None:
    prefect.runs = runs
    told = findings(prefect, tmp_path)["runs"]
    assert told.is_ok == (says is None)
    assert (says or "") in told.says
    assert told.advice == RESTART


def test_a_run_that_writes_is_at_work_while_the_warehouse_is_held(prefect: PrefectStandIn, tmp_path: Path) -> None:
    prefect.runs = [a_run(16, "Running", "writer")]
    with writing(tmp_path, "refresh"):
        assert findings(prefect, tmp_path)["runs"].says == "running-run is at work"
    assert not findings(prefect, tmp_path)["runs"].is_ok
