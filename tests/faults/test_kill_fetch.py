"""kill -9 of a fetch at any point, then the fetch again: the same contents are landed, and none is fetched twice."""

import random
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.copies import Copies, Ended
from tests.replay.pubmed import FETCH
from tests.replay.server import ReplayServer
from tests.replay.world import World
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.slices import SliceStore

RECORDS = 5_000

Contents = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Fetcher:
    """Fetches in a process of its own."""

    copies: Copies
    environ: dict[str, str]

    def fetch(self, warehouse: Path, kill_at: int) -> Ended:
        return self.copies.run("tests.faults.killed_fetch", warehouse, kill_at, environ=self.environ)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server, papers=RECORDS)


@pytest.fixture(scope="module")
def fetcher(copies: Copies, world: World, tmp_path_factory: pytest.TempPathFactory) -> Fetcher:
    return Fetcher(copies, world.configuration(tmp_path_factory.mktemp("config")))


def landed(warehouse: Path) -> Contents:
    receipts = LandingStore(warehouse / "landing").current_receipts()
    return {(receipt.source, receipt.record_id): receipt.sha256 for receipt in receipts}


@pytest.fixture(scope="module")
def undisturbed(fetcher: Fetcher, tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, int]:
    """What an undisturbed fetch lands, and how many changes of files it takes."""
    warehouse = tmp_path_factory.mktemp("undisturbed")
    done = fetcher.fetch(warehouse, 0)
    assert done.returncode == 0, done.stderr
    assert len(landed(warehouse)) == RECORDS
    return landed(warehouse), int(done.stdout)


def killed_and_resumed(world: World, fetcher: Fetcher, warehouse: Path, kill_at: int) -> Contents:
    killed = fetcher.fetch(warehouse, kill_at)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    before = {record_id for _, record_id in landed(warehouse)}
    asked_before = len(world.server.requests)
    again = fetcher.fetch(warehouse, 0)
    assert again.returncode == 0, again.stderr
    forms = [request.form for request in world.server.requests[asked_before:] if request.path == FETCH]
    asked = [record_id for form in forms for record_id in form["id"][0].split(",")]
    assert before.isdisjoint(asked)
    assert len(asked) == RECORDS - len(before)
    assert SliceStore(warehouse / "slices").opened() == []
    return landed(warehouse)


@pytest.mark.parametrize("number", range(10))
def test_a_killed_fetch_goes_on_where_it_stopped(
    world: World, fetcher: Fetcher, undisturbed: tuple[Contents, int], tmp_path: Path, number: int
) -> None:
    contents, changes = undisturbed
    # One point in each tenth of the way, so that every part of it is tried.
    kill_at = random.Random(number).randint(changes * number // 10 + 1, changes * (number + 1) // 10)
    assert killed_and_resumed(world, fetcher, tmp_path / "warehouse", kill_at) == contents


@pytest.mark.long
@pytest.mark.parametrize("number", range(50))
def test_a_killed_fetch_goes_on_where_it_stopped_wherever_that_is(
    world: World, fetcher: Fetcher, undisturbed: tuple[Contents, int], tmp_path: Path, number: int
) -> None:
    contents, changes = undisturbed
    kill_at = random.Random(1_000 + number).randint(1, changes)
    assert killed_and_resumed(world, fetcher, tmp_path / "warehouse", kill_at) == contents
