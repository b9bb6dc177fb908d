"""The releases of a warehouse, as their manifests tell."""

import datetime
from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.layout import DATABASE, Layout, release_folders
from trialhouse.releases.manifest import read_manifest


class NoSuchRelease(Exception):
    """A release that is not there; the message says which are."""


class Release(Record):
    """One published release."""

    release_id: str
    release_no: int
    folder: Path
    published_at: datetime.datetime
    tag: str | None
    message: str | None
    status: ReleaseStatus
    content_hash: str
    schema_version: int
    row_counts: dict[str, int]
    is_current: bool

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.folder / DATABASE


def list_releases(warehouse: Path) -> list[Release]:
    """All releases, oldest first."""
    layout = Layout(warehouse)
    current = current_folder(layout)
    return [_release(folder, current) for folder in release_folders(layout.releases)]


def find_release(warehouse: Path, name: str | None) -> Release:
    """The release of an id or tag; the current one for None. Raises NoSuchRelease."""
    releases = list_releases(warehouse)
    wanted = [r for r in releases if (r.is_current if name is None else name in (r.release_id, r.tag))]
    if wanted:
        return wanted[-1]
    if not releases:
        raise NoSuchRelease(f"{warehouse} holds no release yet: run `trialhouse refresh`")
    if name is None:
        raise NoSuchRelease(f"no release of {warehouse} is current: run `trialhouse refresh`")
    known = ", ".join(release.release_id for release in releases[-5:])
    raise NoSuchRelease(f"there is no release {name!r}; the latest are {known}")


def current_folder(layout: Layout) -> Path | None:
    """The folder that `current` points to, or None."""
    return layout.current.resolve() if layout.current.exists() else None


def _release(folder: Path, current: Path | None) -> Release:
    manifest = read_manifest(folder)
    return Release(
        release_id=manifest.release_id,
        release_no=manifest.release_no,
        folder=folder,
        published_at=manifest.published_at,
        tag=manifest.tag,
        message=manifest.message,
        status=ReleaseStatus.PUBLISHED,
        content_hash=manifest.content_hash,
        schema_version=manifest.schema_version,
        row_counts=manifest.row_counts,
        is_current=current is not None and folder.resolve() == current,
    )
