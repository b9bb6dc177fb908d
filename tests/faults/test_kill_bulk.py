"""kill -9 of a bulk load at any point, then the load again: the same tables, and the same trial reports landed."""

import random
import shutil
import signal
from pathlib import Path

import pytest

from tests.faults.copies import Copies, Ended
from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from tests.unit.bulk.test_merge import Tables, tables_of
from trialhouse.model.ids import sha256_hex
from trialhouse.releases.layout import Layout
from trialhouse.settings import load_settings
from trialhouse.sources.landing import LandingStore

POINTS = 5

REPORT = 3
"""A trial report of the baseline that an update deletes."""

Outcome = tuple[Tables, dict[str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A baseline that is loaded before, and updates that change, delete (a trial report too) and add."""
    folder = tmp_path_factory.mktemp("files")
    others = [record(pmid) for pmid in range(1, 30) if pmid != REPORT]
    return [
        write_file(folder / "baseline", "pubmed26n0001.xml.gz", [record(REPORT, abstract=TRIAL), *others], md5=True),
        *(
            write_file(
                folder / "updates",
                f"pubmed26n000{number}.xml.gz",
                [record(pmid, title=f"File {number}", abstract=TRIAL) for pmid in range(number * 4, number * 4 + 6)],
                deleted=[number, 99],
            )
            for number in range(2, 6)
        ),
    ]


def load(copies: Copies, warehouse: Path, kill_at: int, *paths: Path) -> Ended:
    return copies.run("tests.faults.killed_bulk", warehouse, kill_at, *paths)


def outcome(warehouse: Path) -> Outcome:
    receipts = LandingStore(Layout(warehouse).landing).current_receipts()
    tables = tables_of(load_settings(warehouse=warehouse, environ={}).settings)
    return tables, {receipt.record_id: receipt.sha256 for receipt in receipts}


@pytest.fixture(scope="module")
def baseline(copies: Copies, files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A warehouse with the baseline alone, and how many changes its load makes."""
    warehouse = tmp_path_factory.mktemp("baseline") / "warehouse"
    ended = load(copies, warehouse, 0, files[0].parent)
    assert ended.returncode == 0, ended.stderr
    return warehouse, int(ended.stdout)


@pytest.fixture(scope="module")
def undisturbed(
    copies: Copies, baseline: tuple[Path, int], files: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Outcome, int]:
    """What undisturbed loads of the baseline and of the updates give, and how many changes the second one makes."""
    warehouse = tmp_path_factory.mktemp("undisturbed") / "warehouse"
    shutil.copytree(baseline[0], warehouse)
    ended = load(copies, warehouse, 0, files[1].parent)
    assert ended.returncode == 0, ended.stderr
    tables, landed = outcome(warehouse)
    assert len(tables["citations"]) == 25
    assert len(landed) == 19
    gone = b"deleted: pubmed26n0003.xml.gz says that PubMed deleted the record of PMID 3"
    assert landed[str(REPORT)] == sha256_hex(gone)
    return (tables, landed), int(ended.stdout)


def killed_and_resumed(copies: Copies, warehouse: Path, path: Path, kill_at: int) -> None:
    """Load a folder, killed at a change; then load it again."""
    killed = load(copies, warehouse, kill_at, path)
    assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
    again = load(copies, warehouse, 0, path)
    assert again.returncode == 0, again.stderr
    left = {path.name for path in Layout(warehouse).pubmed.iterdir()}
    assert left <= {"pubmed.duckdb", "shards", "refresh.lock"}
    assert not [path for path in (Layout(warehouse).pubmed / "shards").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("number", range(POINTS))
def test_a_killed_load_goes_on_and_ends_the_same(copies, baseline, undisturbed, files, tmp_path, number):
    wanted, changes = undisturbed
    shutil.copytree(baseline[0], tmp_path / "warehouse")
    # One point in each fifth of a load that has a store to go on from.
    share = random.Random(number).uniform(number / POINTS, (number + 1) / POINTS)
    killed_and_resumed(copies, tmp_path / "warehouse", files[1].parent, 1 + int(share * changes))
    assert outcome(tmp_path / "warehouse") == wanted


@pytest.mark.long
@pytest.mark.parametrize("number", range(20))
def test_a_killed_load_goes_on_and_ends_the_same_wherever_that_is(
    copies, baseline, undisturbed, files, tmp_path, number
):
    """Both loads are killed, each at any point."""
    wanted, changes = undisturbed
    anywhere = random.Random(100 + number)
    killed_and_resumed(copies, tmp_path / "warehouse", files[0].parent, anywhere.randint(1, baseline[1]))
    killed_and_resumed(copies, tmp_path / "warehouse", files[1].parent, anywhere.randint(1, changes))
    assert outcome(tmp_path / "warehouse") == wanted
