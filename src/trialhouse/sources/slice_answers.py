"""What became of the ids of an open slice, as its files of answers say it: each file is read once in a process."""

import functools
import os
import threading
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from trialhouse.model.record import Record
from trialhouse.sources.asking import Missing

_SLICES = 16
"""Open slices that are kept in memory at once: a run works on few at a time."""


class Arrival(StrEnum):
    """How a record was received."""

    LANDED = "landed"
    UNCHANGED = "unchanged"


class SliceAnswers(Record):
    """What became of ids of a slice: those received, and those that are missing."""

    received: dict[str, Arrival] = {}
    missing: tuple[Missing, ...] = ()


class _Version(NamedTuple):
    """What tells a file from another one under its name: files are replaced whole, never written into."""

    inode: int
    changed_ns: int
    size: int


class AnsweredIds:
    """The answers in the files of one folder. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._forget()

    def answers(self, record_ids: Collection[str] | None) -> SliceAnswers:
        """What is known now of some ids, or of all."""
        with self._guard:
            self._refresh()
            received, missing = self._received, self._missing
            asked = sorted({*received, *missing}) if record_ids is None else record_ids
            return SliceAnswers(
                received={one: received[one][1] for one in asked if one in received},
                missing=tuple(missing[one][1] for one in sorted(asked) if one in missing and one not in received),
            )

    def _refresh(self) -> None:
        """Read the files that came; where one went or was replaced, read all of them anew."""
        files = _versions(self._folder)
        if any(files.get(name) != version for name, version in self._files.items()):
            self._forget()
        for name in sorted(files.keys() - self._files.keys()):
            self._read(name)
            self._files[name] = files[name]

    def _read(self, name: str) -> None:
        """Of two answers of a kind for one id the one in the file with the later name holds, in whatever order they
        are read.
        """
        part = SliceAnswers.model_validate_json((self._folder / name).read_bytes())
        for record_id, arrival in part.received.items():
            self._received[record_id] = max(self._received.get(record_id, (name, arrival)), (name, arrival))
        for one in part.missing:
            if self._missing.get(one.record_id, (name, one))[0] <= name:
                self._missing[one.record_id] = (name, one)

    def _forget(self) -> None:
        self._files: dict[str, _Version] = {}
        self._received: dict[str, tuple[str, Arrival]] = {}
        self._missing: dict[str, tuple[str, Missing]] = {}


@functools.lru_cache(maxsize=_SLICES)
def answered_in(folder: Path) -> AnsweredIds:
    """The one view of a folder in this process."""
    return AnsweredIds(folder)


def _versions(folder: Path) -> dict[str, _Version]:
    """The files of answers that lie in a folder now."""
    found = {}
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("batch-") and entry.name.endswith(".json"):
                    stat = entry.stat()
                    found[entry.name] = _Version(stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found
