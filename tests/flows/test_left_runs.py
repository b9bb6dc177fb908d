"""Runs whose processes are gone do not stand in the way of others: killed with the server and the worker, or by Ctrl-C.

Real processes: `make serve` is killed whole while a nightly run fetches, as by a power cut, and started again.
"""

import contextlib
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.replay.server import Answer, ReplayServer
from tests.replay.world import World
from trialhouse.cli import deploying
from trialhouse.cli.dead_runs import WHY, free_dead_runs
from trialhouse.cli.prefect_api import POOL, PrefectApi

pytestmark = pytest.mark.prefect

CHECKOUT = pathlib.Path(__file__).parents[2]
PATIENCE_SECONDS = 120
LIST = "/api/v2/studies"


@pytest.fixture
def silent() -> Iterator[ReplayServer]:
    """Sources of which one does not answer for as long as the test goes on."""
    with ReplayServer() as server:
        server.misbehave(LIST, *[Answer(status=500, hold=600)] * 20)
        yield server


@pytest.fixture
def environ(tmp_path: pathlib.Path, silent: ReplayServer) -> dict[str, str]:
    """The environment of `make serve` for a warehouse that asks them, on a port of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TRIALHOUSE_"))}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = kept | World(silent).configuration(tmp_path / "config")
    made |= {"TRIALHOUSE_WAREHOUSE": str(tmp_path / "warehouse"), "PREFECT_SERVER_API_PORT": str(port)}
    made |= {"TRIALHOUSE_PROFILE": "live", "PREFECT_SERVER_UI_ENABLED": "false", "PREFECT_WORKER_QUERY_SECONDS": "2"}
    return made | {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}


@contextmanager
def serving(environ: dict[str, str], log: pathlib.Path) -> Iterator[subprocess.Popen[bytes]]:
    """`make serve`, until the block ends; whatever of it is left then is killed."""
    command = [sys.executable, "-m", "trialhouse.cli.serving"]
    with log.open("wb") as told:
        process = subprocess.Popen(command, env=environ, cwd=CHECKOUT, stderr=told, start_new_session=True)
    try:
        wait_until(lambda: "Ctrl-C ends it all." in log.read_text(), process, log)
        yield process
    finally:
        kill_all(environ)
        process.wait()


def kill_all(environ: dict[str, str]) -> None:
    """Kill every process of this warehouse at one moment: serve, server, worker, engine."""
    sign = f"TRIALHOUSE_WAREHOUSE={environ['TRIALHOUSE_WAREHOUSE']}".encode()
    for place in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if sign in (place / "environ").read_bytes().split(b"\0"):
                os.kill(int(place.name), signal.SIGKILL)


def wait_until(happens: Callable[[], object], process: subprocess.Popen[bytes], log: pathlib.Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        is_well = process.poll() is None and time.monotonic() < end
        assert is_well, "".join(one.read_text()[-2000:] for one in (log, *log.parent.glob("warehouse/prefect/*.log")))
        time.sleep(0.2)


def state_of(api: PrefectApi, run: str) -> dict[str, Any]:
    found: dict[str, Any] = api.ask(f"flow_runs/{run}")["state"]
    return found


def start_a_run(api: PrefectApi) -> str:
    (nightly,) = [one for one in api.deployments() if one["name"] == "nightly"]
    return str(api.ask(f"deployments/{nightly['id']}/create_flow_run", {})["id"])


def test_what_is_paused_gets_no_run_when_it_is_deployed_again(
    environ: dict[str, str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prefect schedules what was deployed within seconds. Here it has, before anything else is done after deploying."""
    api, log = PrefectApi.named_by(environ), tmp_path / "serve.log"
    with serving(environ, log) as served:
        wait_until(lambda: len(scheduled(api)) == 4, served, log)
        set_by_hand(api)
        assert scheduled(api) == {"nightly", "monthly-prune"}
        seen = []

        def deploy_and_schedule(*arguments: Any) -> None:
            run_prefect(*arguments)
            wait_until(lambda: {"nightly", "monthly-prune"} <= scheduled(api), served, log)
            seen.append(scheduled(api))

        run_prefect = deploying._prefect
        monkeypatch.setattr(deploying, "_prefect", deploy_and_schedule)
        deploying.deploy(environ, CHECKOUT)
        assert seen == [{"nightly", "monthly-prune"}]
        assert by_hand(api) == BY_HAND


def test_a_run_that_died_with_its_worker_is_crashed_the_next_one_runs_and_pauses_stay(
    environ: dict[str, str], silent: ReplayServer, tmp_path: pathlib.Path
) -> None:
    api, log = PrefectApi.named_by(environ), tmp_path / "serve.log"
    with serving(environ, log) as served:
        first = start_a_run(api)
        wait_until(lambda: askings(silent) > 0, served, log)
        # Whoever looks while it lives leaves it alone.
        assert free_dead_runs(api) == []
        assert state_of(api, first)["type"] == "RUNNING"
        set_by_hand(api)
    before = askings(silent)
    with serving(environ, log) as served:
        assert (state_of(api, first)["type"], state_of(api, first)["message"]) == ("CRASHED", WHY)
        assert "no process of it lives: it is Crashed now." in log.read_text()
        assert by_hand(api) == BY_HAND
        # Neither the queue of writers nor the deployment's own limit counts it any more.
        second = start_a_run(api)
        wait_until(lambda: askings(silent) > before, served, log)
        # A plain end, as by Ctrl-C, leaves no run behind that says that it runs.
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=PATIENCE_SECONDS) == 0
    assert stored_states(tmp_path / "warehouse" / "prefect" / "prefect.db")[uuid.UUID(second)] == "CRASHED"


BY_HAND = {"pool": ("of Ada", 3), "paused": ["weekly-verify"], "idle": ["weekly-rebuild"]}
"""What an operator set: words and a limit of the pool, a deployment that is paused, and one whose time is."""


def set_by_hand(api: PrefectApi) -> None:
    deployed = {one["name"]: one for one in api.deployments()}
    verify, rebuild = deployed["weekly-verify"], deployed["weekly-rebuild"]
    schedule = f"deployments/{rebuild['id']}/schedules/{rebuild['schedules'][0]['id']}"
    api.ask(f"deployments/{verify['id']}/pause_deployment", {})
    api.ask(schedule, {"active": False}, method="PATCH")
    api.ask(f"work_pools/{POOL}", {"description": "of Ada", "concurrency_limit": 3}, method="PATCH")
    assert by_hand(api) == BY_HAND


def scheduled(api: PrefectApi) -> set[str]:
    """The deployments of which runs are scheduled by their times."""
    names = {one["id"]: str(one["name"]) for one in api.deployments()}
    return {names[run["deployment_id"]] for run in api.runs(name={"any_": ["Scheduled"]}) if run["auto_scheduled"]}


def by_hand(api: PrefectApi) -> dict[str, Any]:
    pool, deployed = api.ask(f"work_pools/{POOL}"), api.deployments()
    return {
        "pool": (pool["description"], pool["concurrency_limit"]),
        "paused": [one["name"] for one in deployed if one["paused"]],
        "idle": [one["name"] for one in deployed if not any(time["active"] for time in one["schedules"])],
    }


def askings(sources: ReplayServer) -> int:
    """How often the source that does not answer was asked: a run that asks is in the middle of its work."""
    return sum(request.path == LIST for request in sources.requests)


def stored_states(database: pathlib.Path) -> dict[uuid.UUID, str]:
    """What Prefect's database says of each run, with no server at work."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT id, state_type FROM flow_run").fetchall()
    return {uuid.UUID(run): str(state) for run, state in rows}
