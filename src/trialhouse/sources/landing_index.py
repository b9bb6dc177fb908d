"""What lies in a landing store, in memory: read once a process, since receipts are written once and never changed.

Of a receipt it holds what records and bytes are found by, and where in its file the rest stands, a third of what the
line takes.
"""

import contextlib
import functools
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from trialhouse.model.document import Receipt
from trialhouse.text.json_values import load_json

_SUFFIX = ".jsonl"


class LandedLine(NamedTuple):
    """A line of a file of receipts: `at` and `size` are its place there, `file` is the name of the file.

    The receipt itself is read when it is asked for (`LandingIndex.receipt_of`).
    """

    source: str
    record_id: str
    sha256: str
    pack: str
    offset: int
    length: int
    file: str
    at: int
    size: int

    @property
    def number(self) -> int:
        """The number of the file: what was landed later has a higher one."""
        return _number_of(self.file)

    @classmethod
    def of(cls, receipt: Receipt, pack: str, offset: int, length: int) -> bytes:
        """The line that a receipt and the place of its bytes are written as."""
        place = f'{{"pack":"{pack}","offset":{offset},"length":{length},"receipt":'
        return place.encode() + receipt.model_dump_json(exclude_defaults=True).encode() + b"}"

    @classmethod
    def read(cls, line: bytes, file: str, at: int) -> "LandedLine":
        """A line that stands at a place of the file of that name. Raises ValueError or KeyError for any other."""
        said = _value_of(line)
        receipt = said["receipt"]
        return cls(
            sys.intern(receipt["source"]),
            receipt["record_id"],
            receipt["sha256"],
            sys.intern(said["pack"]),
            said["offset"],
            said["length"],
            file,
            at,
            len(line),
        )


def _number_of(file: str) -> int:
    return int(file.removesuffix(_SUFFIX))


def _value_of(line: bytes) -> Any:
    """The value of a line. Every process reads all lines, so it is read by the fastest reader there is; what that one
    refuses may be what an older version wrote (half a surrogate pair), or is told by the other.
    """
    try:
        return from_json(line)
    except ValueError:
        return load_json(line.decode())


class DamagedReceipts(Exception):
    """A file of receipts that cannot be read; the message names it and says what to do."""


_ADVICE = "restore the file from a copy"


class LandingIndex:
    """The receipts below one folder, by record and by content. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._forget()

    def refresh(self) -> None:
        """Read the files that were not there before."""
        with self._guard:
            files = _files_in(self._folder)
            if self._files - files:
                # Someone removed receipts (a folder made anew under the same name): what was read holds no longer.
                self._forget()
            for source, name in sorted(files - self._files):
                self._read(self._folder / source / name)
                self._files.add((source, name))

    def last(self, source: str, record_id: str) -> LandedLine | None:
        """The newest line of a record, or None."""
        versions = self._records.get((source, record_id))
        return versions[-1] if versions else None

    def versions(self, source: str, record_id: str) -> list[LandedLine]:
        """The lines of a record, the oldest first."""
        return list(self._records.get((source, record_id), ()))

    def by_content(self, sha256: str) -> LandedLine | None:
        """A line whose bytes have that SHA-256, or None; the newest, since older bytes may have been lost."""
        return self._contents.get(sha256)

    def lines(self) -> Iterator[LandedLine]:
        """Every line, by record, and the older versions of a record first."""
        for key in sorted(self._records):
            yield from self._records[key]

    def current(self, until: Mapping[str, int]) -> Iterator[LandedLine]:
        """The newest line of every record, in the order of source and record id; of the sources named in `until`
        the newest in files up to that number.
        """
        for key in sorted(self._records):
            bound = until.get(key[0])
            versions = self._records[key]
            if bound is not None:
                versions = tuple(line for line in versions if line.number <= bound)
            yield from versions[-1:]

    def current_of(self, source: str) -> Iterator[LandedLine]:
        """The newest line of every record of one source, in the order of record id."""
        for key in sorted(key for key in self._records if key[0] == source):
            yield self._records[key][-1]

    def receipt_of(self, line: LandedLine) -> Receipt:
        """The receipt of a line. Raises DamagedReceipts."""
        path = f"{self._folder}/{line.source}/{line.file}"
        file = os.open(path, os.O_RDONLY)
        try:
            written = os.pread(file, line.size, line.at)
        finally:
            os.close(file)
        try:
            return Receipt.model_validate(_value_of(written)["receipt"])
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedReceipts(f"{path} cannot be read from byte {line.at} on: {_ADVICE}") from error

    def files_of(self, source: str) -> int:
        """The number of the newest file of receipts of a source; 0 where there is none."""
        return max((_number_of(name) for of, name in self._files if of == source), default=0)

    def _forget(self) -> None:
        self._files: set[tuple[str, str]] = set()
        self._records: dict[tuple[str, str], tuple[LandedLine, ...]] = {}
        self._contents: dict[str, LandedLine] = {}

    def _read(self, path: Path) -> None:
        at, name = 0, path.name
        for number, written in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
            try:
                line = LandedLine.read(written, name, at)
            except (ValueError, KeyError, TypeError) as error:
                raise DamagedReceipts(f"{path}, line {number} cannot be read: {_ADVICE}") from error
            key = (line.source, line.record_id)
            self._records[key] = (*self._records.get(key, ()), line)
            self._contents[line.sha256] = line
            at += len(written)


def _files_in(folder: Path) -> set[tuple[str, str]]:
    """The files of receipts below a folder, each as its source and its name.

    This is asked twice for each batch, and a Path for every file of a large store would cost more than the batch.
    """
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        sources = [entry.name for entry in entries if entry.is_dir()]
        return {(source, name) for source in sources for name in os.listdir(folder / source) if name.endswith(_SUFFIX)}
    return set()


def forget_index() -> None:
    """Hold no index any longer: whoever asks next reads the receipts again."""
    index_of.cache_clear()


@functools.cache
def index_of(folder: Path) -> LandingIndex:
    """The one index of a folder in this process."""
    index = LandingIndex(folder)
    index.refresh()
    return index
