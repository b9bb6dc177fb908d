"""kill -9 at any step of building and publishing a second release: what is current is whole, the next run finishes."""

import random
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.copies import Copies, Ended
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.pipeline.verification import MOVING, verify
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.manifest import file_hashes, read_manifest
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

FILES = ("rescue-abstract.html", "quenosartan-abstract.txt")
POINTS = 10
LONG_POINTS = 100

Rows = dict[str, list[tuple[object, ...]]]
Reader = Callable[[Path], Rows]


@dataclass(frozen=True)
class Prepared:
    """A warehouse of one release whose file has changed since, and how the release after it ends undisturbed."""

    files: Path
    warehouse: Path
    undisturbed: Path
    steps: int


def child(copies: Copies, warehouse: Path, kill_at: int, files: Path) -> Ended:
    return copies.run("tests.faults.killed_publish", warehouse, kill_at, files)


@pytest.fixture(scope="module")
def prepared(copies: Copies, tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Prepared:
    folder = tmp_path_factory.mktemp("killed")
    files, warehouse, undisturbed = (folder / name for name in ("files", "warehouse", "undisturbed"))
    files.mkdir()
    for name in FILES:
        shutil.copy(corpus / name, files)
    assert child(copies, warehouse, 0, files).returncode == 0
    changed = files / FILES[0]
    text = changed.read_text(encoding="utf-8")
    assert "264" in text
    changed.write_text(text.replace("264", "265"), encoding="utf-8")
    shutil.copytree(warehouse, undisturbed, symlinks=True)
    ended = child(copies, undisturbed, 0, files)
    assert ended.returncode == 0, ended.stderr
    return Prepared(files, warehouse, undisturbed, int(ended.stdout))


def points(number: int, seed: int) -> list[float]:
    """Shares of the way at which to kill, the first and the last step among them."""
    draw = random.Random(seed)
    return [0.0, 1.0, *sorted(draw.random() for _ in range(number - 2))]


@pytest.mark.parametrize("share", points(POINTS, seed=1))
def test_a_killed_publishing_leaves_a_whole_release_and_the_next_run_finishes(
    settings: Settings, copies: Copies, prepared: Prepared, rows_of: Reader, share: float
) -> None:
    _kill_and_go_on(settings, copies, prepared, rows_of, share)


@pytest.mark.long
@pytest.mark.parametrize("share", points(LONG_POINTS, seed=2))
def test_a_publishing_killed_anywhere_leaves_a_whole_release(
    settings: Settings, copies: Copies, prepared: Prepared, rows_of: Reader, share: float
) -> None:
    _kill_and_go_on(settings, copies, prepared, rows_of, share)


def _kill_and_go_on(settings: Settings, copies: Copies, prepared: Prepared, rows_of: Reader, share: float) -> None:
    shutil.copytree(prepared.warehouse, settings.warehouse, symlinks=True, dirs_exist_ok=True)
    killed = child(copies, settings.warehouse, 1 + round(share * (prepared.steps - 1)), prepared.files)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    layout, wanted = Layout(settings.warehouse), Layout(prepared.undisturbed)
    current = layout.current.resolve()
    assert read_manifest(current).files == file_hashes(current)
    # Every byte, quote, key and state of then of what readers find, before anything is put in order again.
    assert {finding.what for finding in verify(layout).findings if finding.is_problem} <= MOVING
    again = refresh(settings, files=[prepared.files])
    assert again.status in (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
    assert rows_of(layout.current / DATABASE) == rows_of(wanted.current / DATABASE)
    assert [release.release_no for release in list_releases(settings.warehouse)] == [1, 2]
    assert versions(layout.ledger) == versions(wanted.ledger)
    assert history(layout) == history(wanted)
    assert verify(layout).is_well


def versions(ledger: Path) -> list[tuple[object, ...]]:
    """The number of versions of the rows of each table of `main` by validity, without times."""
    with release_reader(ledger) as connection:
        return connection.execute(
            "SELECT 'trials' AS name, since_release_no, until_release_no, count(*) FROM trials GROUP BY ALL UNION ALL "
            "SELECT 'evidence', since_release_no, until_release_no, count(*) FROM evidence GROUP BY ALL UNION ALL "
            "SELECT 'numbers', since_release_no, until_release_no, count(*) FROM outcome_measurements GROUP BY ALL "
            "ORDER BY ALL"
        ).fetchall()


def history(layout: Layout) -> list[tuple[object, ...]]:
    """The enrollment of the trials in the first release, as the current one remembers it."""
    first = list_releases(layout.warehouse)[0].release_id
    with release_reader(layout.current / DATABASE) as connection:
        return connection.execute(
            f"SELECT trial_id, enrollment FROM trials_as_of('{first}') ORDER BY trial_id"
        ).fetchall()
