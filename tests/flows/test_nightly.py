"""The deployments of prefect.yaml on a real server: the nightly one's schedule fires, a worker runs it, and the second
time it does nothing.
"""

import datetime
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
from trialhouse.cli.deploying import deploy
from trialhouse.cli.prefect_api import POOL
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.run_files import read_runs
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


def test_the_nightly_deployment_is_deployed_fires_and_publishes_and_does_a_day_once(
    prefect_environ: dict[str, str], tmp_path: pathlib.Path
) -> None:
    with ReplayServer() as server:
        world = World(server)
        environ = prefect_environ | world.configuration(tmp_path / "config")
        first, second = deploy_and_wait(environ | {"TRIALHOUSE_WAREHOUSE": str(tmp_path / "warehouse")}, tmp_path)
    assert first["state"]["name"] == "Completed"
    receipts = LandingStore(tmp_path / "warehouse" / "landing").current_receipts()
    assert {receipt.record_id for receipt in receipts} == {*world.pubmed.records, *world.ctgov.studies}
    assert len(list_releases(tmp_path / "warehouse")) == 1
    # It is for the days through the one before its time, and whichever run is for them, too, names the one that did.
    (file,) = read_runs(tmp_path / "warehouse")
    scheduled = datetime.datetime.fromisoformat(first["expected_start_time"])
    assert file.row.interval_last == scheduled.date() - datetime.timedelta(days=1)
    assert second["state"]["name"] == "AlreadyDone"
    assert file.row.run_id in second["state"]["message"]


def deploy_and_wait(environ: dict[str, str], tmp_path: pathlib.Path) -> list[dict[str, Any]]:
    """Deploy, and return the first two runs that the schedule made, when they have ended well."""
    deploy(environ, CHECKOUT)
    deployed = {one["name"]: one for one in ask(environ, "deployments/filter", {})}
    assert set(deployed) >= {"nightly", "weekly-rebuild", "weekly-verify", "monthly-prune"}
    nightly = deployed["nightly"]
    assert nightly["schedules"][0]["schedule"]["cron"] == "30 2 * * *"
    assert nightly["global_concurrency_limit"]["limit"] == 1
    (writers,) = [one for one in ask(environ, f"work_pools/{POOL}/queues/filter", {}) if one["name"] == "writers"]
    assert writers["concurrency_limit"] == 1
    assert {deployed[name]["work_queue_id"] for name in ("weekly-rebuild", "monthly-prune")} == {writers["id"]}
    # The night is brought nearer; all the rest is as deployed.
    prefect(environ, "deployment", "schedule", "create", "nightly/nightly", "--interval", "10", "--replace", "-y")
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL]
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(command, env=environ, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while len(scheduled_runs(environ)) < 2:
            assert worker.poll() is None, (tmp_path / "worker.log").read_text()[-3000:]
            assert time.monotonic() < end, (tmp_path / "worker.log").read_text()[-3000:]
            time.sleep(0.5)
    finally:
        prefect(environ, "deployment", "delete", "nightly/nightly")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    ended = sorted(scheduled_runs(environ), key=lambda run: run["start_time"])[:2]
    told = (tmp_path / "worker.log").read_text()[-3000:]
    # What DuckDB's binding has to say at the end of a process is noise to whoever reads the log.
    assert "nanobind" not in (tmp_path / "worker.log").read_text()
    assert [run["state"]["type"] for run in ended] == ["COMPLETED", "COMPLETED"], told
    return ended
