"""A disk that is full or read-only: the release that was published stands, and the next refresh finishes."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialhouse.cli.app import main
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.ledger import last_release_no
from trialhouse.releases.manifest import file_hashes, read_manifest
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import DatabaseError

SIZE_MB = 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a file system of a test's own needs the right to mount it: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def files(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    shutil.copy(corpus / "rescue-abstract.html", folder)
    return folder


@pytest.fixture
def on_disk(disk: Path, files: Path) -> Settings:
    """A warehouse of one release on the small disk, whose file has changed since."""
    settings = load_settings(warehouse=disk / "warehouse", environ={}).settings
    assert refresh(settings, files=[files]).status is RunStatus.PUBLISHED
    (page,) = files.iterdir()
    page.write_text(page.read_text(encoding="utf-8").replace("264", "265"), encoding="utf-8")
    return settings


@pytest.mark.parametrize(
    "free_kb", [0, pytest.param(2_000, marks=pytest.mark.long), 9_000, pytest.param(11_000, marks=pytest.mark.long)]
)
def test_a_full_disk_loses_nothing_and_the_next_refresh_finishes(
    on_disk: Settings, disk: Path, files: Path, free_kb: int
) -> None:
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.truncate(0)
        rest = shutil.disk_usage(disk).free - free_kb * 1024
        file.write(b"\0" * rest)
    layout = Layout(on_disk.warehouse)
    error = _what_stopped(on_disk, files)
    assert error is None or "No space left" in str(error)
    assert read_manifest(layout.current.resolve()).files == file_hashes(layout.current.resolve())
    ballast.unlink()
    assert refresh(on_disk, files=[files]).status in (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
    current = find_release(on_disk.warehouse, None)
    assert current.release_no == last_release_no(layout) == 2
    assert read_manifest(layout.current.resolve()).files == file_hashes(layout.current.resolve())


def _what_stopped(settings: Settings, files: Path) -> Exception | None:
    try:
        refresh(settings, files=[files])
    except (DatabaseError, OSError) as error:
        return error
    return None


def test_a_read_only_disk_is_said_and_can_be_read(
    on_disk: Settings, disk: Path, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    warehouse = str(on_disk.warehouse)
    assert main(["refresh", "--warehouse", warehouse, "--files", str(files)]) == 1
    assert "cannot be written" in capsys.readouterr().err
    for command in (["releases", "list"], ["status"], ["sql", "SELECT enrollment FROM trials"]):
        assert main([*command, "--warehouse", warehouse]) == 0
    assert "264" in capsys.readouterr().out
    assert (Layout(on_disk.warehouse).current / DATABASE).is_file()
