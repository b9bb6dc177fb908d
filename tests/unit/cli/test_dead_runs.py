"""Which runs are dead when a worker starts, and that their places are freed."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replay.server import ReplayServer
from tests.unit.cli.prefect_stand_in import PrefectStandIn
from trialhouse.cli.dead_runs import WHY, free_dead_runs, worker_name

NOW = datetime.datetime.now(datetime.UTC)


@pytest.fixture
def prefect() -> Iterator[PrefectStandIn]:
    with ReplayServer() as server:
        yield PrefectStandIn(server)


def a_run(number: int, type_: str = "RUNNING") -> dict[str, Any]:
    name = type_.capitalize()
    ids = {"id": f"id-{number}", "name": f"run-{number}", "deployment_id": "nightly-id"}
    return ids | {"state_type": type_, "state_name": name}


def a_worker(name: str, seconds_ago: float) -> dict[str, Any]:
    return {"name": name, "last_heartbeat_time": (NOW - datetime.timedelta(seconds=seconds_ago)).isoformat()}


def a_process(processes: Path, number: int, *environ: str) -> None:
    (processes / str(number)).mkdir()
    (processes / str(number) / "environ").write_bytes(b"\0".join(one.encode() for one in environ) + b"\0")


def limited(slots: int) -> dict[str, Any]:
    limit = {"id": "limit-id", "limit": 1, "active_slots": slots}
    return {"id": "nightly-id", "name": "nightly", "global_concurrency_limit": limit}


def crashed(number: int) -> tuple[str, Any]:
    state = {"type": "CRASHED", "name": "Crashed", "message": WHY}
    return (f"flow_runs/id-{number}/set_state", {"state": state, "force": True})


@pytest.mark.parametrize("type_", ["PENDING", "RUNNING", "CANCELLING"])
def test_a_run_of_which_no_process_lives_is_crashed_and_its_slot_is_free(
    prefect: PrefectStandIn, tmp_path: Path, type_: str
) -> None:
    prefect.runs, prefect.deployments = [a_run(1, type_), a_run(2, "COMPLETED"), a_run(3, "SCHEDULED")], [limited(1)]
    a_process(tmp_path, 7, "HOME=/home/ada", "PREFECT__FLOW_RUN_ID=id-of-another")
    told = free_dead_runs(prefect.api, tmp_path)
    assert told == [f"Run run-1 was {type_.capitalize()} and no process of it lives: it is Crashed now."]
    assert prefect.told == [crashed(1), ("v2/concurrency_limits/limit-id", {"active_slots": 0})]


def test_a_run_whose_process_lives_is_left_alone_with_its_slot(prefect: PrefectStandIn, tmp_path: Path) -> None:
    prefect.runs, prefect.deployments = [a_run(1), a_run(2)], [limited(1)]
    a_process(tmp_path, 7, "PREFECT__FLOW_RUN_ID=id-2", "HOME=/home/ada")
    free_dead_runs(prefect.api, tmp_path)
    assert prefect.told == [crashed(1)]


def test_a_slot_that_no_run_holds_is_freed_though_none_is_dead(prefect: PrefectStandIn, tmp_path: Path) -> None:
    prefect.deployments = [limited(1), {"id": "free-id", "name": "free", "global_concurrency_limit": None}]
    assert free_dead_runs(prefect.api, tmp_path) == []
    assert prefect.told == [("v2/concurrency_limits/limit-id", {"active_slots": 0})]


def test_the_worker_that_was_on_this_machine_before_is_no_other(prefect: PrefectStandIn, tmp_path: Path) -> None:
    prefect.runs, prefect.workers = [a_run(1)], [[a_worker(worker_name(), 1)]]
    free_dead_runs(prefect.api, tmp_path)
    assert prefect.told == [crashed(1)]


def test_runs_of_a_worker_that_is_heard_of_again_are_left_alone_and_it_is_named(
    prefect: PrefectStandIn, tmp_path: Path
) -> None:
    prefect.runs = [a_run(1)]
    # Its clock is an hour ahead, so that it is not silent however long the test takes.
    prefect.workers = [[a_worker("other", -3600)], [a_worker("other", -3600)], [a_worker("other", -3630)]]
    (told,) = free_dead_runs(prefect.api, tmp_path)
    assert told == "Worker other is at work on this pool, which is meant for one worker: left alone: run-1."
    assert prefect.told == []


def test_runs_of_a_worker_that_is_not_heard_of_any_more_are_dead(prefect: PrefectStandIn, tmp_path: Path) -> None:
    prefect.runs, prefect.workers = [a_run(1)], [[a_worker("gone", 61), {"name": "new", "last_heartbeat_time": None}]]
    free_dead_runs(prefect.api, tmp_path)
    assert prefect.told == [crashed(1)]
