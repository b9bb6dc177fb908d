"""A bulk load on a real Dask cluster of two worker processes, one of which is killed while it writes."""

import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from tests.unit.bulk.test_merge import tables_of
from trialhouse.pipeline.bulk_load import load_pubmed
from trialhouse.settings import load_settings

pytestmark = [pytest.mark.prefect]
pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

CHECKOUT = pathlib.Path(__file__).parents[2]

CLUSTER = """
import sys
from distributed import LocalCluster
with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""
"""A scheduler with two worker processes, each with a nanny that starts another in its place when it dies."""


@pytest.fixture
def cluster(prefect_environ):
    """The address of a scheduler on this machine."""
    command = [sys.executable, "-c", CLUSTER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **pipes, env=prefect_environ, cwd=CHECKOUT, text=True, start_new_session=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()


def kill_a_writer(shards: pathlib.Path, killed: list[int], has_ended: threading.Event) -> None:
    """Kill the first worker that begins a shard: the folder that it writes in is named after its process."""
    while not killed and not has_ended.is_set():
        for path in shards.glob(".*.*") if shards.is_dir() else []:
            pid = int(path.name.rpartition(".")[2])
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
            return
        time.sleep(0.001)


def test_a_load_on_a_cluster_gives_the_tables_of_a_local_one_though_a_worker_dies(cluster, prefect_environ, tmp_path):
    for number in range(1, 5):
        records = [record(number * 1000 + n, abstract=TRIAL) for n in range(200)]
        write_file(tmp_path / "files", f"pubmed26n000{number}.xml.gz", [*records, record(7, title=f"File {number}")])
    local = load_settings(warehouse=tmp_path / "local", environ={}).settings
    load_pubmed(local, [tmp_path / "files"])

    killed: list[int] = []
    has_ended = threading.Event()
    shards = tmp_path / "cluster" / "pubmed" / "shards"
    watching = threading.Thread(target=kill_a_writer, args=(shards, killed, has_ended))
    watching.start()
    command = [sys.executable, "-m", "trialhouse", "load-pubmed", str(tmp_path / "files")]
    ended = subprocess.run(
        [*command, "--warehouse", str(tmp_path / "cluster")],
        env=prefect_environ | {"TRIALHOUSE_BULK_CLUSTER": cluster},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    has_ended.set()
    watching.join()
    assert ended.returncode == 0, ended.stderr
    assert killed
    on_cluster = load_settings(warehouse=tmp_path / "cluster", environ={}).settings
    assert tables_of(on_cluster) == tables_of(local)
