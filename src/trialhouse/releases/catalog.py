"""The releases of a warehouse: what the register says of them, and what lies in their folders."""

import datetime
import re
from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.layout import CURRENT, DATABASE, Layout
from trialhouse.releases.manifest import manifest_fault, read_manifest
from trialhouse.releases.register import Entry, read_entries

_NUMBER = re.compile(r"[0-9]{1,9}\Z")


class NoSuchRelease(Exception):
    """A release that is not there; the message says which are."""


class DamagedRelease(ValueError):
    """A release that cannot be relied on; the message says why and what to do."""


class Release(Record):
    """One release that was ever published. Its folder is None once it was pruned.

    `damage` says what is wrong with its manifest, None for nothing; the other files are compared by `verify` alone.
    """

    release_id: str
    release_no: int
    folder: Path | None
    published_at: datetime.datetime
    tag: str | None
    message: str | None
    status: ReleaseStatus
    reason: str | None
    withdrawn_at: datetime.datetime | None
    rows_are_lost: bool
    withdrawn_by: str | None
    content_hash: str | None
    schema_version: int | None
    row_counts: dict[str, int]
    is_current: bool
    is_pruned: bool
    damage: str | None

    @property
    def database(self) -> Path:
        """The DuckDB file. Raises NoSuchRelease for a release that was pruned."""
        return self.place / DATABASE

    @property
    def place(self) -> Path:
        """The folder. Raises NoSuchRelease when it is not there any more."""
        if self.folder is None:
            raise NoSuchRelease(_gone(self))
        return self.folder


def list_releases(warehouse: Path) -> list[Release]:
    """All releases ever published, oldest first. Raises DamagedRegister."""
    layout = Layout(warehouse)
    current = current_folder(layout)
    return [_release(layout, entry, current) for entry in read_entries(layout)]


def find_release(warehouse: Path, name: str | None) -> Release:
    """The release of a name, to read from; the current one for None.

    Raises NoSuchRelease, also for one whose folder is gone, DamagedRelease and DamagedRegister.
    """
    release = named_release(warehouse, name)
    if release.folder is None:
        raise NoSuchRelease(_gone(release))
    if release.damage is not None:
        raise DamagedRelease(
            f"release {release.release_id} is damaged, {release.damage}: restore {release.folder} from a copy, or let "
            "`trialhouse refresh` put a whole one in its place"
        )
    return release


def named_release(warehouse: Path, name: str | None) -> Release:
    """The release of an id, a tag, a release number or 'current' (also None), whatever became of it.

    Raises NoSuchRelease, DamagedRegister.
    """
    layout = Layout(warehouse)
    entries, current = read_entries(layout), current_folder(layout)
    if not entries:
        raise NoSuchRelease(f"{warehouse} holds no release yet: run `trialhouse refresh`")
    if name is None or name == CURRENT:
        wanted = [entry for entry in entries if current is not None and entry.release_id == current.name]
        if not wanted:
            raise NoSuchRelease(f"no release of {warehouse} is current: run `trialhouse refresh`")
    else:
        wanted = [entry for entry in entries if name in (entry.release_id, entry.tag)]
        if not wanted and _NUMBER.match(name):
            wanted = [entry for entry in entries if entry.release_no == int(name)]
    if not wanted:
        known = ", ".join(entry.release_id for entry in entries[-5:])
        raise NoSuchRelease(f"there is no release {name!r}; the latest are {known}")
    return _release(layout, wanted[-1], current)


def current_folder(layout: Layout) -> Path | None:
    """The folder that `current` points to, or None."""
    return layout.current.resolve() if layout.current.exists() else None


def _gone(release: Release) -> str:
    if release.is_pruned:
        return (
            f"the files of release {release.release_id} were pruned; its rows stand in later releases: "
            f"`trialhouse sql --as-of {release.release_id} …`"
        )
    return f"the folder of release {release.release_id} is gone: restore it from a copy"


def _release(layout: Layout, entry: Entry, current: Path | None) -> Release:
    folder = layout.releases / entry.release_id
    there = folder if folder.is_dir() else None
    fault = manifest_fault(folder, entry.manifest_sha256) if there else None
    said = entry.model_dump(include=set(Release.model_fields))
    return Release(
        **said,
        folder=there,
        row_counts=read_manifest(folder).row_counts if there and fault is None else {},
        is_current=current is not None and folder.resolve() == current,
        is_pruned=entry.pruned_at is not None and there is None,
        damage=fault.says if fault else None,
    )
