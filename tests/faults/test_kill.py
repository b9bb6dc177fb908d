import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.copies import Copies, Ended
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import current_folder, find_release, list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.manifest import file_hashes, read_manifest
from trialhouse.releases.run_files import read_runs
from trialhouse.settings import Settings

POINTS = 10

Reader = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def child(copies: Copies, how: str, warehouse: Path, kill_at: int, files: list[Path]) -> Ended:
    """A refresh in a process group of its own, which dies whole."""
    return copies.run("tests.faults.killed_refresh", how, warehouse, kill_at, *files)


@pytest.fixture(scope="module")
def undisturbed(copies: Copies, tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> tuple[Path, int]:
    """The warehouse of a run that nobody killed, and how many changes of files it took."""
    warehouse = tmp_path_factory.mktemp("undisturbed")
    ended = child(copies, "plain", warehouse, 0, [corpus])
    assert ended.returncode == 0, ended.stderr
    return warehouse, int(ended.stdout)


@pytest.mark.parametrize("point", range(POINTS))
def test_a_killed_refresh_run_again_gives_the_rows_of_an_undisturbed_one(
    settings: Settings, copies: Copies, corpus: Path, undisturbed: tuple[Path, int], rows_of: Reader, point: int
) -> None:
    whole, changes = undisturbed
    # From the first change to the last: the landing store, the cache, the build, the rename, the link, the run's file.
    kill_at = 1 + point * (changes - 1) // (POINTS - 1)
    killed = child(copies, "plain", settings.warehouse, kill_at, [corpus])
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    _assert_that_it_recovers(settings, corpus, rows_of(find_release(whole, None).database), rows_of)


@pytest.mark.long
@pytest.mark.prefect
@pytest.mark.parametrize("share", [1 / 3, 0.95], ids=["while landing", "while publishing"])
def test_a_refresh_killed_within_its_flow_recovers_too(
    settings: Settings, copies: Copies, corpus: Path, undisturbed: tuple[Path, int], rows_of: Reader, share: float
) -> None:
    whole, changes = undisturbed
    killed = child(copies, "prefect", settings.warehouse, round(changes * share), [corpus])
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    _assert_that_it_recovers(settings, corpus, rows_of(find_release(whole, None).database), rows_of)


def _assert_that_it_recovers(
    settings: Settings, corpus: Path, wanted: dict[str, list[tuple[object, ...]]], rows_of: Reader
) -> None:
    """The release left behind is whole, and the next run ends as if nothing had happened."""
    _assert_current_is_whole(settings.warehouse)
    again = refresh(settings, files=[corpus])
    assert again.status in (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
    assert rows_of(find_release(settings.warehouse, None).database) == wanted
    assert len(list_releases(settings.warehouse)) == 1
    assert not Layout(settings.warehouse).building.exists()
    assert RunStatus.RUNNING not in {run.row.status for run in read_runs(settings.warehouse)}


def _assert_current_is_whole(warehouse: Path) -> None:
    """Whatever a death leaves as current is a release with every file as its manifest says."""
    current = current_folder(Layout(warehouse))
    if current is not None:
        assert read_manifest(current).files == file_hashes(current)
