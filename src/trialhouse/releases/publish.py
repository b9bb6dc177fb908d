"""Publishing: the built folder becomes a release by one rename, then the link to it moves, then the register knows it.

A death between any two of these steps is put right by `recover`, which the next writer calls first.
"""

import contextlib
import datetime
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.tables import ReleaseRow
from trialhouse.model.whole_file import sync
from trialhouse.releases.layout import DATABASE, Layout, release_folders
from trialhouse.releases.manifest import file_faults, is_unharmed
from trialhouse.releases.register import (
    DAMAGED,
    REGISTER,
    DamagedRegister,
    Entry,
    entry_of,
    read_entries,
    register_path,
    registered,
    remade_entries,
    write_register,
)
from trialhouse.store.connection import DatabaseError, release_reader
from trialhouse.store.read import read_rows

READ_ONLY = 0o444

RESTORED = ".restored"
"""Where the rows of a damaged release lie while the next is built."""

BY_ITSELF = "trialhouse"
"""Who withdraws a release whose files are damaged."""


@dataclass(frozen=True)
class Recovery:
    """How the releases stand after `recover`. `sentences` tell people what was wrong and what was done.

    `current` is the id of the current release, None when there is none. `must_publish` says that the newest release
    was damaged: the next build is published even if nothing changed, so that people have a whole one again.
    """

    current: str | None
    must_publish: bool
    sentences: tuple[str, ...] = ()


def start_building(layout: Layout) -> Path:
    """An empty folder to build in; what a killed run left there is thrown away."""
    shutil.rmtree(layout.building, ignore_errors=True)
    layout.building.mkdir(parents=True)
    return layout.building


def publish(layout: Layout, release_id: str) -> Path:
    """Make the built folder the current release. Readers of the release before keep it; a death leaves it current.

    Call it after `recover`, under the writers' lock.
    """
    for path in sorted(layout.building.iterdir()):
        path.chmod(READ_ONLY)
        sync(path)
    sync(layout.building)
    folder = layout.releases / release_id
    layout.building.rename(folder)
    sync(layout.releases)
    point_to(layout, release_id)
    # It is published by now. Where the disk is full, readers add it to what the register says, and so does `recover`.
    with contextlib.suppress(OSError):
        write_register(layout, read_entries(layout))
    return folder


def point_to(layout: Layout, release_id: str) -> None:
    """Replace the link `current` in one step."""
    link = layout.releases / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(release_id)
    link.replace(layout.current)
    sync(layout.releases)


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


def recover(layout: Layout) -> Recovery:
    """Put right what a death or a damage left: `current` is the newest release that is whole and not withdrawn.

    A release that was renamed into place just before a death had passed its gate: it gets its link and its entry. One
    whose files are not as published is withdrawn as damaged. A register that is lost is made anew. Call it under the
    writers' lock.
    """
    now = datetime.datetime.now(datetime.UTC)
    before, sentences = _known(layout)
    known = remade_entries(layout, _rows_of_newest_whole(layout), now) if before is None else read_entries(layout)
    current, entries, found = _newest_whole(layout, [_as_found(layout, entry, now) for entry in known], now)
    # The register first: by it the link can be set right after a death.
    if entries and entries != before:
        write_register(layout, entries)
    _set_link(layout, current)
    _clear_leftovers(layout)
    must_publish = bool(entries) and (current is None or entries[-1].is_damaged)
    return Recovery(current.release_id if current else None, must_publish, (*sentences, *found))


def _known(layout: Layout) -> tuple[list[Entry] | None, list[str]]:
    """The entries of the register, None when it must be made anew, and what is to be said of that."""
    try:
        return registered(layout), []
    except DamagedRegister:
        return None, [f"{register_path(layout)} was damaged and is made anew from the releases: look at their tags."]


def _rows_of_newest_whole(layout: Layout) -> list[ReleaseRow]:
    """`meta.releases` of the newest release whose files are as its manifest says; none where there is no such."""
    for folder in reversed(release_folders(layout.releases)):
        if not is_unharmed(folder, None):
            continue
        try:
            with release_reader(folder / DATABASE) as connection:
                return read_rows(connection, ReleaseRow)
        except DatabaseError:
            continue
    return []


def _as_found(layout: Layout, entry: Entry, now: datetime.datetime) -> Entry:
    """An entry after a pruning that a death interrupted, or whose folder somebody brought back."""
    folder = layout.releases / entry.release_id
    if entry.pruned_at is None and not folder.is_dir() and pruning_place(layout, entry.release_id).exists():
        return entry.model_copy(update={"pruned_at": now})
    if entry.pruned_at is not None and folder.is_dir() and not file_faults(folder, entry.manifest_sha256):
        found = entry.manifest_sha256 or entry_of(folder).manifest_sha256
        return entry.model_copy(update={"pruned_at": None, "manifest_sha256": found})
    return entry


def _newest_whole(
    layout: Layout, entries: Sequence[Entry], now: datetime.datetime
) -> tuple[Entry | None, list[Entry], list[str]]:
    """The newest whole release that is not withdrawn, all entries, and a sentence for each that had to be withdrawn."""
    entries = list(entries)
    sentences: list[str] = []
    for place in reversed(range(len(entries))):
        entry = entries[place]
        if not entry.is_published or entry.pruned_at is not None:
            continue
        folder = layout.releases / entry.release_id
        faults = [fault.says for fault in file_faults(folder, entry.manifest_sha256) if fault.is_harmful]
        if not faults:
            return entry, entries, sentences
        entries[place] = entry.withdrawn(DAMAGED + "; ".join(faults), BY_ITSELF, now)
        sentences.append(f"Release {entry.release_id} is damaged and withdrawn: {'; '.join(faults)}.")
    return None, entries, sentences


def _set_link(layout: Layout, current: Entry | None) -> None:
    """Point to the current release, or to none."""
    if current is None:
        layout.current.unlink(missing_ok=True)
    elif not layout.current.is_symlink() or layout.current.readlink() != Path(current.release_id):
        point_to(layout, current.release_id)


def pruning_place(layout: Layout, release_id: str) -> Path:
    """Where the folder of a release lies while it is removed."""
    return layout.releases / f".pruned-{release_id}"


def _clear_leftovers(layout: Layout) -> None:
    """Remove what a death left of a pruning, of rows read back from the ledger, of a register and of a link."""
    for folder in (*layout.releases.glob(".pruned-*"), layout.releases / RESTORED):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (*layout.releases.glob(f".{REGISTER}.*"), *layout.releases.glob(".current.new")):
        file.unlink(missing_ok=True)
