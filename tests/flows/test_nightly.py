"""The nightly deployment of prefect.yaml on a real server: it is deployed, its schedule fires, a worker runs it."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request
from typing import Any

import pytest

from tests.replay.server import ReplayServer
from tests.replay.world import World
from trialhouse.releases.catalog import list_releases
from trialhouse.sources.landing import LandingStore

pytestmark = pytest.mark.prefect

CHECKOUT = pathlib.Path(__file__).parents[2]
PATIENCE_SECONDS = 300


def prefect(environ: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    ended = subprocess.run(command, env=environ, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def ask(environ: dict[str, str], path: str, content: dict[str, Any]) -> Any:
    asked = urllib.request.Request(
        f"{environ['PREFECT_API_URL']}/{path}",
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)


def scheduled_runs(environ: dict[str, str]) -> list[dict[str, Any]]:
    """The runs of the nightly deployment that its schedule made and that have ended."""
    ended = ["COMPLETED", "FAILED", "CRASHED"]
    wanted = {"state": {"type": {"any_": ended}}, "tags": {"all_": ["auto-scheduled"]}}
    found: list[dict[str, Any]] = ask(environ, "flow_runs/filter", {"flow_runs": wanted})
    return [run for run in found if run["state"]["name"] != "Cancelled"]


def test_the_nightly_deployment_is_deployed_fires_and_publishes(
    prefect_environ: dict[str, str], tmp_path: pathlib.Path
) -> None:
    with ReplayServer() as server:
        world = World(server)
        environ = prefect_environ | world.configuration(tmp_path / "config")
        deploy_and_wait(environ | {"TRIALHOUSE_WAREHOUSE": str(tmp_path / "warehouse")}, tmp_path)
    receipts = LandingStore(tmp_path / "warehouse" / "landing").current_receipts()
    assert {receipt.record_id for receipt in receipts} == {*world.pubmed.records, *world.ctgov.studies}
    assert len(list_releases(tmp_path / "warehouse")) >= 1


def deploy_and_wait(environ: dict[str, str], tmp_path: pathlib.Path) -> None:
    """Deploy, and return when the first run that the schedule made has ended well."""
    prefect(environ, "work-pool", "create", "nightly", "--type", "process")
    prefect(environ, "deploy", "--all")
    deployed = ask(environ, "deployments/filter", {})
    (nightly,) = [one for one in deployed if one["name"] == "nightly"]
    assert nightly["schedules"][0]["schedule"]["cron"] == "30 2 * * *"
    assert nightly["concurrency_limit"] == 1 or nightly["global_concurrency_limit"]["limit"] == 1
    # The night is brought nearer; all the rest is as deployed.
    prefect(environ, "deployment", "schedule", "create", "refresh/nightly", "--interval", "20", "--replace", "-y")
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "nightly"]
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(command, env=environ, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while not scheduled_runs(environ):
            assert worker.poll() is None, (tmp_path / "worker.log").read_text()[-3000:]
            assert time.monotonic() < end, (tmp_path / "worker.log").read_text()[-3000:]
            time.sleep(0.5)
    finally:
        prefect(environ, "deployment", "delete", "refresh/nightly")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    first = min(scheduled_runs(environ), key=lambda run: run["start_time"])
    assert first["state"]["type"] == "COMPLETED", (tmp_path / "worker.log").read_text()[-3000:]
