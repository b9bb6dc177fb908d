"""The refresh through Prefect, on a real server, as the command line runs it."""

import json
import pathlib
import subprocess
import sys
import urllib.request
from collections.abc import Callable

import pytest
from filelock import FileLock

from trialhouse.model.words import RunStatus
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.run_files import read_runs

pytestmark = pytest.mark.prefect

CHECKOUT = pathlib.Path(__file__).parents[2]

STUMBLING = """
import sys
import trialhouse.pipeline as pipeline
from trialhouse.cli.app import main

whole, stumbles = pipeline.ingest_batch, [{error}] * {times}

def ingest_batch(settings, run_id, batch):
    if batch.number == 1 and stumbles:
        raise stumbles.pop()
    return whole(settings, run_id, batch)

pipeline.ingest_batch = ingest_batch
sys.exit(main(sys.argv[1:]))
"""
"""The command line with a second batch that raises an error as often as told."""

Runner = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def warehouse(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "warehouse"


@pytest.fixture
def refresh(prefect_environ: dict[str, str], tmp_path: pathlib.Path, warehouse: pathlib.Path) -> Runner:
    """Runs the refresh of two files, each a batch of its own, with a given program."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(
            f"Page {name}: 40 adults were randomly assigned to nothing in particular."
        )

    def run(program: str) -> subprocess.CompletedProcess[str]:
        files = [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]
        command = [sys.executable, "-c", program, "refresh", "--warehouse", str(warehouse), "--json", "--files", *files]
        environ = prefect_environ | {"TRIALHOUSE_BATCH_SIZE": "1"}
        return subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def artifacts(environ: dict[str, str], key: str) -> list[dict[str, object]]:
    """What Prefect's page shows under a key, newest first."""
    asked = urllib.request.Request(
        f"{environ['PREFECT_API_URL']}/artifacts/filter",
        data=json.dumps({"artifacts": {"key": {"any_": [key]}}, "sort": "CREATED_DESC"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return list(json.load(answer))


def test_it_publishes_and_a_batch_that_a_disk_failed_is_tried_again(refresh, prefect_environ, warehouse):
    ended = refresh(STUMBLING.format(error="OSError('the disk stumbled')", times=1))
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    (release,) = list_releases(warehouse)
    assert (told["status"], told["release_id"]) == ("published", release.release_id)
    assert [(row["asked"], row["parsed"]) for row in told["accounting"]] == [(2, 2)]
    assert release.release_id in ended.stderr
    shown = json.loads(str(artifacts(prefect_environ, "accounting")[0]["data"]))
    assert shown == told["accounting"]
    assert release.release_id in str(artifacts(prefect_environ, "release")[0]["data"])
    assert "http://127.0.0.1:8750/" in str(artifacts(prefect_environ, "release")[0]["data"])
    changes = {row["table"]: row["added"] for row in json.loads(str(artifacts(prefect_environ, "changes")[0]["data"]))}
    assert changes["documents"] == release.row_counts["documents"]
    gate = json.loads(str(artifacts(prefect_environ, "gate")[0]["data"]))
    assert {row["check"] for row in gate}.isdisjoint(
        row["check"] for row in json.loads(str(artifacts(prefect_environ, "not-evaluated")[0]["data"]))
    )
    # The runs are recorded by the server: nothing was left beside the warehouse.
    assert not (warehouse / "prefect").exists()


def test_a_batch_that_fails_for_good_fails_the_run_and_the_others_are_landed(refresh, warehouse):
    ended = refresh(STUMBLING.format(error="RuntimeError('nobody foresaw this')", times=9))
    assert ended.returncode == 1
    assert "1 of 2 batches failed: files 2: RuntimeError: nobody foresaw this" in ended.stderr
    assert [file.row.status for file in read_runs(warehouse)] == [RunStatus.FAILED]
    assert len(list((warehouse / "landing" / "packs").rglob("*.pack"))) == 1
    assert list_releases(warehouse) == []


def test_a_lock_that_is_held_ends_with_5_and_without_a_trace(refresh, warehouse):
    warehouse.mkdir()
    with FileLock(warehouse / "refresh.lock"):
        ended = refresh(STUMBLING.format(error="None", times=0))
    assert ended.returncode == 5
    assert "refreshing" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_deployment_loads_and_takes_its_parameters(prefect_environ):
    """What `prefect deploy --all` does, without the deploying."""
    program = (
        "import yaml, json\n"
        "from prefect.flows import load_flow_from_entrypoint\n"
        "from prefect.client.schemas.schedules import CronSchedule\n"
        "from prefect.client.schemas.objects import ConcurrencyLimitConfig\n"
        "for one in yaml.safe_load(open('prefect.yaml'))['deployments']:\n"
        "    flow = load_flow_from_entrypoint(one['entrypoint'], use_placeholder_flow=False)\n"
        "    flow.validate_parameters(one.get('parameters', {}))\n"
        "    (schedule,) = one['schedules']\n"
        "    assert CronSchedule(**schedule).timezone == 'UTC' and flow.timeout_seconds and not flow.retries\n"
        "    limit = ConcurrencyLimitConfig.model_validate(one['concurrency_limit'])\n"
        "    queue = one['work_pool']['work_queue_name']\n"
        "    print(one['name'], flow.name, queue, limit.limit, limit.collision_strategy.value)\n"
    )
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, env=prefect_environ, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines() == [
        "nightly nightly writers 1 ENQUEUE",
        "weekly-rebuild rebuild writers 1 ENQUEUE",
        "weekly-verify verify readers 1 CANCEL_NEW",
        "monthly-prune prune writers 1 ENQUEUE",
    ], ended.stderr
