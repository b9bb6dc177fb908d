"""What is done now and then to a warehouse: read anew, verified, old releases pruned. The flows only call these."""

import datetime
import shutil
from pathlib import Path

import pytest

from trialhouse.model.words import RunStatus
from trialhouse.pipeline import LockHeld, refresh
from trialhouse.pipeline.lock import writing
from trialhouse.pipeline.upkeep import WHAT_IS_LANDED, forget_what_was_read, prune_now, verify_all
from trialhouse.releases.catalog import find_release, list_releases
from trialhouse.releases.layout import DATABASE, Layout, release_folders
from trialhouse.settings import Settings, load_settings

TEXT = """Quenosartan for high blood pressure: a randomised trial

METHODS: We randomly assigned {n} adults to quenosartan 40 mg once daily or placebo for 12 weeks.
"""
NOW = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two releases, whose only document lies in another file each time."""
    folder = tmp_path_factory.mktemp("upkeep")
    for number in range(2):
        file = folder / f"{number}.txt"
        file.write_text(TEXT.format(n=200 + number))
        day = NOW + datetime.timedelta(days=number)
        result = refresh(of(folder / "warehouse"), files=[file], clock=lambda day=day: day)
        assert result.status is RunStatus.PUBLISHED, result.sentences
    return folder / "warehouse"


@pytest.fixture
def settings(two: Path, tmp_path: Path) -> Settings:
    """A copy of it for a test to change."""
    shutil.copytree(two, tmp_path / "warehouse", symlinks=True)
    return of(tmp_path / "warehouse")


def of(warehouse: Path) -> Settings:
    """The settings of the deployments' profile, which takes no bundled corpus."""
    return load_settings(profile="live", warehouse=warehouse, environ={}).settings


def names(settings: Settings) -> list[str]:
    return sorted(folder.name for folder in release_folders(Layout(settings.warehouse).releases))


def test_what_was_read_is_forgotten_and_read_anew_without_asking_anybody_and_gives_the_same(settings: Settings) -> None:
    derived = Layout(settings.warehouse).derived
    before = sorted(path.name for path in derived.rglob("*.zst"))
    (first, *_) = derived.rglob("*.zst")
    first.write_bytes(b"what nobody may believe")
    forget_what_was_read(settings)
    assert not derived.exists()
    again = refresh(settings, WHAT_IS_LANDED, clock=lambda: NOW + datetime.timedelta(days=9))
    assert (again.status, again.accounting) == (RunStatus.UNCHANGED, ())
    assert sorted(path.name for path in derived.rglob("*.zst")) == before


def test_to_forget_where_nothing_was_read_is_no_error(tmp_path: Path) -> None:
    forget_what_was_read(of(tmp_path / "warehouse"))
    assert not (tmp_path / "warehouse").exists()


def test_a_whole_warehouse_is_well_with_all_its_releases(settings: Settings) -> None:
    found = verify_all(settings)
    assert found.is_well, found.findings
    assert list(found.verified) == [release.release_id for release in list_releases(settings.warehouse)]


def test_a_damaged_release_and_a_lost_pack_are_found_and_nothing_is_written(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    database = layout.releases / names(settings)[0] / DATABASE
    database.chmod(0o644)
    database.write_bytes(database.read_bytes()[:-4096])
    (pack, *_) = layout.landing.rglob("*.pack")
    pack.unlink()
    before = contents(settings.warehouse)
    found = verify_all(settings)
    told = " ".join(str(finding) for finding in found.findings if finding.is_problem)
    assert not found.is_well
    assert names(settings)[0] in told
    assert pack.name in told
    assert contents(settings.warehouse) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pruning_removes_the_oldest_and_keeps_their_rows(settings: Settings) -> None:
    oldest, newest = names(settings)
    pruning, sentences = prune_now(settings, 1, lambda: NOW)
    assert ([one.name for one in pruning.releases], sentences) == ([oldest], ())
    assert pruning.size > 0
    assert names(settings) == [newest]
    assert find_release(settings.warehouse, None).release_id == newest
    again, _ = prune_now(settings, 1, lambda: NOW)
    assert again.releases == ()


def test_pruning_keeps_one_at_least_and_waits_for_nobody(settings: Settings) -> None:
    with pytest.raises(ValueError, match="keep is 0"):
        prune_now(settings, 0)
    with writing(settings.warehouse, "refresh"), pytest.raises(LockHeld):
        prune_now(settings, 1)
    assert len(names(settings)) == 2


def test_pruning_puts_right_first_what_a_damage_left_and_says_so(settings: Settings) -> None:
    oldest, newest = names(settings)
    database = Layout(settings.warehouse).releases / newest / DATABASE
    database.chmod(0o644)
    database.write_bytes(b"")
    _, sentences = prune_now(settings, 2, lambda: NOW)
    assert any(newest in sentence and "damaged" in sentence for sentence in sentences)
    assert find_release(settings.warehouse, None).release_id == oldest
