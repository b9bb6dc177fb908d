"""Two backfills at once, and one that is killed: real processes on one warehouse."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay.pubmed import FETCH
from tests.replay.server import ReplayServer
from tests.replay.world import World

CHECKOUT = Path(__file__).parents[2]
INTERVAL = ["--from", "2026-10-01", "--to", "2026-11-10"]

FIRST = """
import datetime, os, pathlib, signal, sys
from trialhouse.pipeline import Assignment, Interval, running, take_all
from trialhouse.pipeline.ingest import ingest_batch
from trialhouse.settings import load_settings

settings = load_settings(profile="live", warehouse=pathlib.Path(sys.argv[1])).settings
interval = Interval(first=datetime.date(2026, 10, 1), last=datetime.date(2026, 11, 10))
seen = 0

def one_by_one(batches):
    global seen
    results = []
    for batch in batches:
        results.append(ingest_batch(settings, run.run_id, batch))
        seen += 1
        if seen == int(sys.argv[2]):
            print("half", flush=True)
            sys.stdin.read()
    return results

with running(settings, Assignment(interval=interval, sources=("pubmed",))) as run:
    take_all(settings, run, one_by_one)
"""
"""A backfill that stops after so many batches until it is told to go on, or for good; 0: it does not stop."""


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server, papers=40, batch_size=10, searches=())


def fetched(world: World) -> list[str]:
    forms = [request.form for request in world.server.requests if request.path == FETCH]
    return [record for form in forms for record in form["id"][0].split(",")]


def test_a_second_backfill_names_the_first_and_one_that_was_killed_goes_on(world: World, tmp_path: Path) -> None:
    environ = os.environ | world.configuration(tmp_path / "config")
    command, place = [sys.executable, "-c", FIRST, str(tmp_path / "warehouse")], {"env": environ, "cwd": CHECKOUT}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([*command, "2"], **pipes, **place, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "half\n"
        asked = len(world.server.requests)
        other = [sys.executable, "-m", "trialhouse", "backfill", *INTERVAL, "--profile", "live"]
        second = subprocess.run(
            [*other, "--warehouse", str(tmp_path / "warehouse")],
            **place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 5
        assert f"process {first.pid} " in second.stderr
        assert len(world.server.requests) == asked
        first.send_signal(signal.SIGKILL)
    before = fetched(world)
    assert 0 < len(before) < 40
    # What it had landed is not fetched again; and once all is done, nobody is asked.
    for expected in (sorted(world.pubmed.records), sorted(world.pubmed.records)):
        subprocess.run([*command, "0"], **place, stdin=subprocess.DEVNULL, check=True)
        assert sorted(fetched(world)) == expected
