"""What became of every release after it was published: `releases/register.json`.

The folders of releases are never touched. Tags, withdrawals and whether a folder was pruned stand here, in one file
that is written whole, and go into `meta.releases` of the next release. A register that is not there, or lacks a release
that is, is completed from the manifests; one that is damaged is made anew by the next writer.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, ValidationError

from trialhouse.model.record import Record
from trialhouse.model.tables import ReleaseRow
from trialhouse.model.whole_file import sync, write_whole
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.layout import MANIFEST, Layout, named_folders, release_folders
from trialhouse.releases.manifest import Manifest, file_hash, read_manifest

REGISTER = "register.json"

DAMAGED = "damaged: "
"""How the reason of a withdrawal begins that no person decided: the files were not as published."""

REGISTER_LOST = "the register was lost, and `current` pointed to an earlier release"


_SAID_LATER: tuple[Literal["tag", "message", "status", "reason", "rows_are_lost"], ...] = (
    "tag",
    "message",
    "status",
    "reason",
    "rows_are_lost",
)
"""What may be said of a release after it was published."""


class DamagedRegister(ValueError):
    """A register that cannot be relied on; the message says which and what to do."""


class Entry(Record):
    """One release that was ever published, and what became of it. Times are UTC."""

    # A register of newer code may say more: what is not known here is passed over.
    model_config = ConfigDict(extra="ignore")

    release_no: int
    release_id: str
    published_at: datetime.datetime
    tag: str | None = None
    message: str | None = None
    status: ReleaseStatus = ReleaseStatus.PUBLISHED
    reason: str | None = None
    withdrawn_at: datetime.datetime | None = None
    withdrawn_by: str | None = None
    rows_are_lost: bool = False
    schema_version: int | None = None
    content_hash: str | None = None
    code_version: str | None = None
    extractor_version: str | None = None
    vocabulary_sha256: str | None = None
    judgements_sha256: str | None = None
    trust_sha256: str | None = None
    manifest_sha256: str | None = None
    pruned_at: datetime.datetime | None = None

    @property
    def is_published(self) -> bool:
        """Whether it was not withdrawn."""
        return self.status is ReleaseStatus.PUBLISHED

    @property
    def is_damaged(self) -> bool:
        """Whether it was withdrawn because its files were not as published."""
        return not self.is_published and (self.reason or "").startswith(DAMAGED)

    def withdrawn(self, reason: str, by: str, now: datetime.datetime) -> "Entry":
        """The same release, withdrawn."""
        ended = {"status": ReleaseStatus.WITHDRAWN, "reason": reason, "withdrawn_at": now, "withdrawn_by": by}
        return self.model_copy(update=ended)


def register_path(layout: Layout) -> Path:
    """Where the register lies."""
    return layout.releases / REGISTER


def registered(layout: Layout) -> list[Entry] | None:
    """The entries that the register itself has; None where there is no register yet. Raises DamagedRegister."""
    path = register_path(layout)
    try:
        content = json.loads(path.read_bytes())
        if content["sha256"] != _content_sha256(content["entries"]):
            raise _damaged(path, "its content is not what its hash says")
        return [Entry.model_validate(entry) for entry in content["entries"]]
    except (FileNotFoundError, NotADirectoryError):
        return None
    except DamagedRegister:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path, "it cannot be read") from error


def read_entries(layout: Layout) -> list[Entry]:
    """All releases ever published, by number: those of the register, and those that are there and not yet in it.

    A release's folder whose manifest cannot be read adds nothing. Raises DamagedRegister.
    """
    known = registered(layout)
    if known is None:
        return _kept_at_link(layout, _of_folders(layout))
    ids, numbers = {entry.release_id for entry in known}, {entry.release_no for entry in known}
    added = [e for e in _of_folders(layout) if e.release_id not in ids and e.release_no not in numbers]
    return sorted([*known, *added], key=_number)


def remade_entries(layout: Layout, rows: Sequence[ReleaseRow], now: datetime.datetime) -> list[Entry]:
    """The entries without the register: from the manifests, and from `meta.releases` of the newest whole release.

    What it says of releases before it is newer than their manifests; those without a folder were pruned. Of the
    releases after the one that `current` points to nobody knows any more whether they were withdrawn: they are now,
    so that readers keep the release that they had.
    """
    entries = {entry.release_no: entry for entry in _of_folders(layout)}
    for row in rows:
        said = row.model_dump(include=set(Entry.model_fields))
        if row.release_no in entries:
            told: dict[str, Any] = {name: said[name] for name in _SAID_LATER}
            entries[row.release_no] = entries[row.release_no].model_copy(update=told)
        else:
            moment = row.published_at.replace(tzinfo=row.published_at.tzinfo or datetime.UTC)
            entries[row.release_no] = Entry(**{**said, "published_at": moment, "pruned_at": now})
    return _kept_at_link(layout, sorted(entries.values(), key=_number))


def write_register(layout: Layout, entries: Iterable[Entry]) -> None:
    """Write the register whole, with a hash of what it says."""
    content = [entry.model_dump(mode="json") for entry in sorted(entries, key=_number)]
    text = json.dumps({"entries": content, "sha256": _content_sha256(content)}, indent=1, ensure_ascii=False)
    write_whole(register_path(layout), f"{text}\n".encode())
    sync(layout.releases)


def release_rows(layout: Layout) -> list[ReleaseRow]:
    """The rows of `meta.releases` of all releases so far, for the next one. Raises DamagedRegister."""
    names = ReleaseRow.model_fields.keys() & Entry.model_fields.keys()
    return [ReleaseRow.model_validate({name: getattr(entry, name) for name in names}) for entry in read_entries(layout)]


def next_release_id(layout: Layout, now: datetime.datetime) -> str:
    """A date and a running number, later than every id ever used, so that names sort even if the clock was moved back.

    Raises DamagedRegister.
    """
    used = [path.name for path in named_folders(layout.releases) + named_folders(layout.rejected)]
    used += [entry.release_id for entry in read_entries(layout)]
    day = max([now.astimezone(datetime.UTC).strftime("%Y.%m.%d"), *(name[:10] for name in used)])
    numbers = [int(name[11:]) for name in used if name.startswith(day)]
    return f"{day}.{max(numbers, default=0) + 1:02}"


def entry_of(folder: Path) -> Entry:
    """The entry of a release as its manifest tells it. Raises ValueError, OSError for one that cannot be read."""
    manifest = read_manifest(folder)
    names = Manifest.model_fields.keys() & Entry.model_fields.keys()
    said = {name: getattr(manifest, name) for name in names}
    return Entry(**said, manifest_sha256=file_hash(folder / MANIFEST))


def _of_folders(layout: Layout) -> list[Entry]:
    entries = []
    for folder in release_folders(layout.releases):
        try:
            entry = entry_of(folder)
        except (ValidationError, OSError):
            continue
        if entry.release_id == folder.name:
            entries.append(entry)
    return sorted(entries, key=_number)


def _kept_at_link(layout: Layout, entries: Sequence[Entry]) -> list[Entry]:
    """Withdraw what came after the release that `current` points to; without a link nothing is."""
    target = layout.current.resolve().name if layout.current.exists() else None
    last = next((entry.release_no for entry in entries if entry.release_id == target), None)
    return [
        entry.model_copy(update={"status": ReleaseStatus.WITHDRAWN, "reason": REGISTER_LOST})
        if last is not None and entry.release_no > last and entry.is_published
        else entry
        for entry in entries
    ]


def _damaged(path: Path, why: str) -> DamagedRegister:
    return DamagedRegister(
        f"{path} is damaged, {why}: restore it from a copy, or let `trialhouse refresh` make it anew from the releases "
        "(tags and withdrawals since the last refresh would be lost)"
    )


def _content_sha256(entries: Any) -> str:
    text = json.dumps(entries, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _number(entry: Entry) -> int:
    return entry.release_no
