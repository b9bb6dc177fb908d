"""Verifying what was published: register, link and folders, every file's hash, the content, and the history.

Modes of files stop nobody who is root: what was changed since is found by hashes. The register holds that of each
manifest, a manifest those of its files, and `meta.releases` that of the content of each release before.
"""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.model.tables import SCHEMA_VERSION, ReleaseRow
from trialhouse.releases.as_of import set_back
from trialhouse.releases.catalog import current_folder
from trialhouse.releases.content import content_hash
from trialhouse.releases.layout import CURRENT, DATABASE, MANIFEST, Layout, named_folders
from trialhouse.releases.ledger import is_whole, last_release_no
from trialhouse.releases.manifest import Fault, file_faults, read_manifest
from trialhouse.releases.register import DAMAGED, DamagedRegister, Entry, read_entries, register_path, remade_entries
from trialhouse.store.connection import DatabaseError, release_reader
from trialhouse.store.read import read_rows

FROM_COPY = "restore it from a copy"
BY_REFRESH = f"let `trialhouse refresh` put a whole release in its place, or {FROM_COPY}"
BY_PRUNE = f"{FROM_COPY}, or let `trialhouse releases prune` remove the release"


class Finding(Record):
    """What was found: a word for counting, where, a sentence about it, and what to do. One that is no problem only
    says what could not be compared.
    """

    release_id: str | None
    what: str
    where: str
    says: str
    advice: str
    is_problem: bool = True


def entries_to_verify(layout: Layout) -> list[Entry]:
    """All releases; where the register is damaged, those whose manifests can be read."""
    try:
        return read_entries(layout)
    except DamagedRegister:
        return remade_entries(layout, [], datetime.datetime.now(datetime.UTC))


def examine_warehouse(layout: Layout) -> Iterator[Finding]:
    """What is wrong with the register, the link and the folders, before any release is opened."""
    try:
        read_entries(layout)
    except DamagedRegister as error:
        path = str(register_path(layout))
        yield Finding(release_id=None, what="register_damaged", where=path, says=str(error), advice=BY_REFRESH)
    entries = entries_to_verify(layout)
    yield from _examine_link(layout, entries)
    yield from _examine_ledger(layout, entries)
    known = {entry.release_id for entry in entries}
    for folder in named_folders(layout.releases):
        if folder.name not in known:
            says = f"{folder} is named as a release and is none: its {MANIFEST} cannot be read"
            yield Finding(release_id=None, what="stray_folder", where=str(folder), says=says, advice="delete it")
    for entry in entries:
        folder = layout.releases / entry.release_id
        if entry.pruned_at is None and not folder.is_dir():
            says = f"the folder of release {entry.release_id} is gone, and it was not pruned"
            yield _finding(entry, "folder_missing", folder, says, FROM_COPY)


def _examine_ledger(layout: Layout, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Whether every block of the ledger can be read, and it knows the newest release."""
    if not entries:
        return
    what, says, advice = None, "", "run `trialhouse refresh`, which brings it up to date from the newest release"
    if not layout.ledger.exists():
        what, says = "ledger_missing", "the ledger is not there"
    elif not is_whole(layout.ledger):
        what, says = "ledger_damaged", "the ledger cannot be read"
        advice = "delete it: the next `trialhouse refresh` makes it anew from the newest release"
    elif last_release_no(layout) < entries[-1].release_no:
        what, says = "ledger_behind", f"the ledger does not know release {entries[-1].release_id} yet"
    if what is not None:
        yield Finding(release_id=None, what=what, where=str(layout.ledger), says=says, advice=advice)


def _examine_link(layout: Layout, entries: Sequence[Entry]) -> Iterator[Finding]:
    standing = [entry for entry in entries if entry.is_published and entry.pruned_at is None]
    current = current_folder(layout)
    if standing and (current is None or current.name != standing[-1].release_id):
        where = current.name if current is not None else "nothing"
        yield _finding(
            standing[-1],
            "link_differs",
            layout.current,
            f"{CURRENT} points to {where}, and the newest release that stands is {standing[-1].release_id}",
            "run `trialhouse refresh`, which sets it right",
        )


def examine_files(layout: Layout, entry: Entry, *, is_current: bool) -> list[Finding]:
    """Every file that is not as it was published, by its hash; and files that are too many."""
    folder = layout.releases / entry.release_id
    advice = BY_REFRESH if is_current else BY_PRUNE
    return [
        _finding(
            entry,
            f"file_{fault.fault.value}",
            folder / fault.name,
            fault.says,
            "delete it" if fault.fault is Fault.UNEXPECTED else advice,
        )
        for fault in file_faults(folder, entry.manifest_sha256)
    ]


def examine_content(layout: Layout, entry: Entry) -> list[Finding]:
    """Whether the rows have the hash that the manifest says."""
    folder = layout.releases / entry.release_id
    manifest = read_manifest(folder)
    if manifest.schema_version != SCHEMA_VERSION:
        says = f"its content hash is that of schema version {manifest.schema_version}, and this is {SCHEMA_VERSION}"
        return [_not_compared(entry, folder / DATABASE, says)]
    try:
        with release_reader(folder / DATABASE) as connection:
            found = content_hash(connection)
    except DatabaseError as error:
        return [unreadable(layout, entry, error)]
    if found == manifest.content_hash:
        return []
    says = f"its rows have the content hash {found}, and the manifest says {manifest.content_hash}"
    return [_finding(entry, "content_differs", folder / DATABASE, says, FROM_COPY)]


def earlier_releases(layout: Layout, entry: Entry) -> list[ReleaseRow]:
    """The releases before this one that it knows. Raises DatabaseError for a file that cannot be read."""
    with release_reader(layout.releases / entry.release_id / DATABASE) as connection:
        return [row for row in read_rows(connection, ReleaseRow) if row.release_no < entry.release_no]


def examine_history(layout: Layout, entry: Entry, earlier: ReleaseRow) -> list[Finding]:
    """Whether the tables as of an earlier release have the content hash that it had."""
    folder = layout.releases / entry.release_id
    place = f"{folder / DATABASE} as of {earlier.release_id}"
    # Content is hashed over the columns of today: both the file and the release that it is set back to must have them.
    if earlier.content_hash is None or {earlier.schema_version, entry.schema_version} != {SCHEMA_VERSION}:
        says = (
            f"release {earlier.release_id} is of schema version {earlier.schema_version or 'unknown'}, the file of "
            f"{entry.schema_version or 'unknown'}, and this is {SCHEMA_VERSION}"
        )
        return [_not_compared(entry, place, says)]
    try:
        with release_reader(
            folder / DATABASE, lambda connection: set_back(connection, earlier.release_no)
        ) as connection:
            found = content_hash(connection)
    except DatabaseError as error:
        return [unreadable(layout, entry, error)]
    if found == earlier.content_hash:
        return []
    says = f"as of {earlier.release_id} its rows have the content hash {found}, and that release had "
    says += earlier.content_hash
    if (earlier.reason or "").startswith(DAMAGED):
        return [_not_compared(entry, place, f"{says}; it was damaged before its rows were kept")]
    return [_finding(entry, "history_differs", place, says, FROM_COPY)]


def unreadable(layout: Layout, entry: Entry, error: Exception) -> Finding:
    """That DuckDB could not read a database whose bytes are as published."""
    says = f"{DATABASE} cannot be read: {str(error).splitlines()[0]}"
    return _finding(entry, "database_unreadable", layout.releases / entry.release_id / DATABASE, says, BY_PRUNE)


def _not_compared(entry: Entry, where: Path | str, says: str) -> Finding:
    return Finding(
        release_id=entry.release_id,
        what="not_comparable",
        where=str(where),
        says=f"not comparable: {says}",
        advice="nothing; its files are compared by their hashes all the same",
        is_problem=False,
    )


def _finding(entry: Entry, what: str, where: Path | str, says: str, advice: str) -> Finding:
    return Finding(release_id=entry.release_id, what=what, where=str(where), says=says, advice=advice)
