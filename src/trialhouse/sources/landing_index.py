"""What lies in a landing store, in memory: read once a process, since receipts are written once and never changed."""

import functools
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from trialhouse.model.document import Receipt
from trialhouse.text.json_values import load_json


class LandedLine(NamedTuple):
    """A line of a file of receipts, whose `number` it has; the receipt itself is made when it is asked for."""

    source: str
    record_id: str
    sha256: str
    pack: str
    offset: int
    length: int
    line: bytes
    number: int

    @classmethod
    def of(cls, receipt: Receipt, pack: str, offset: int, length: int) -> bytes:
        """The line that a receipt and the place of its bytes are written as."""
        place = f'{{"pack":"{pack}","offset":{offset},"length":{length},"receipt":'
        return place.encode() + receipt.model_dump_json(exclude_defaults=True).encode() + b"}"

    @classmethod
    def read(cls, line: bytes, number: int) -> "LandedLine":
        """A line of the file of that number. Raises ValueError or KeyError for any other."""
        said = load_json(line.decode())
        receipt = said["receipt"]
        return cls(
            receipt["source"],
            receipt["record_id"],
            receipt["sha256"],
            said["pack"],
            said["offset"],
            said["length"],
            line,
            number,
        )

    @property
    def receipt(self) -> Receipt:
        """The receipt of the line."""
        return Receipt.model_validate(load_json(self.line.decode())["receipt"])


class DamagedReceipts(Exception):
    """A file of receipts that cannot be read; the message names it and says what to do."""


class LandingIndex:
    """The receipts below one folder, by record and by content. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._forget()

    def refresh(self) -> None:
        """Read the files that were not there before."""
        with self._guard:
            files = set(self._folder.glob("*/*.jsonl")) if self._folder.is_dir() else set()
            if self._files - files:
                # Someone removed receipts (a folder made anew under the same name): what was read holds no longer.
                self._forget()
            for path in sorted(files - self._files, key=lambda path: (path.parent.name, path.name)):
                self._read(path)
                self._files.add(path)

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

    def current(self, until: Mapping[str, int]) -> Iterator[LandedLine]:
        """The newest line of every record, in the order of source and record id; of the sources named in `until`
        the newest in files up to that number.
        """
        for key in sorted(self._records):
            bound = until.get(key[0])
            versions = [line for line in self._records[key] if bound is None or line.number <= bound]
            yield from versions[-1:]

    def files_of(self, source: str) -> int:
        """The number of the newest file of receipts of a source; 0 where there is none."""
        return max((int(path.stem) for path in self._files if path.parent.name == source), default=0)

    def _forget(self) -> None:
        self._files: set[Path] = set()
        self._records: dict[tuple[str, str], list[LandedLine]] = {}
        self._contents: dict[str, LandedLine] = {}

    def _read(self, path: Path) -> None:
        for number, written in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                line = LandedLine.read(written, int(path.stem))
            except (ValueError, KeyError, TypeError) as error:
                raise DamagedReceipts(f"{path}, line {number} cannot be read: restore the file from a copy") from error
            self._records.setdefault((line.source, line.record_id), []).append(line)
            self._contents[line.sha256] = line


@functools.cache
def index_of(folder: Path) -> LandingIndex:
    """The one index of a folder in this process."""
    index = LandingIndex(folder)
    index.refresh()
    return index
