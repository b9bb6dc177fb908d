"""Publishing: the built folder becomes a release by one rename, and the link to it moves last."""

import os
import shutil
from pathlib import Path

from trialhouse.releases.layout import Layout, release_folders
from trialhouse.releases.manifest import file_hashes, read_manifest

READ_ONLY = 0o444


def start_building(layout: Layout) -> Path:
    """An empty folder to build in; what a killed run left there is thrown away."""
    shutil.rmtree(layout.building, ignore_errors=True)
    layout.building.mkdir(parents=True)
    return layout.building


def publish(layout: Layout, release_id: str) -> Path:
    """Make the built folder the current release. Readers of the release before keep it; a death leaves it current."""
    for path in sorted(layout.building.iterdir()):
        path.chmod(READ_ONLY)
        _sync(path)
    _sync(layout.building)
    folder = layout.releases / release_id
    layout.building.rename(folder)
    _sync(layout.releases)
    point_to(layout, release_id)
    return folder


def point_to(layout: Layout, release_id: str) -> None:
    """Replace the link `current` in one step."""
    link = layout.releases / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(release_id)
    link.replace(layout.current)
    _sync(layout.releases)


def reject(layout: Layout, release_id: str, reports: list[str]) -> Path:
    """Keep the reports of a build that may not be published, and none of its data."""
    folder = layout.rejected / release_id
    folder.mkdir(parents=True)
    for name in reports:
        (layout.building / name).replace(folder / name)
    discard(layout)
    return folder


def discard(layout: Layout) -> None:
    """Throw the built folder away."""
    shutil.rmtree(layout.building, ignore_errors=True)


def finish_interrupted(layout: Layout) -> str | None:
    """Point to a release that was renamed into place just before a death. Returns its id, or None if there is none.

    It had passed its gate, and if its files are as its manifest says, all that is left to do is to move the link.
    """
    folders = release_folders(layout.releases)
    if not folders or (layout.current.exists() and layout.current.resolve() == folders[-1].resolve()):
        return None
    if read_manifest(folders[-1]).files != file_hashes(folders[-1]):
        return None
    point_to(layout, folders[-1].name)
    return folders[-1].name


def _sync(path: Path) -> None:
    """Force a file's bytes, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
