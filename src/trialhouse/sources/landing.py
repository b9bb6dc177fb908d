"""The landing store: bytes as received, with a receipt for each record. Written once, never changed.

    landing/packs/ab/abcd….pack            records that came together, each compressed, one after another
    landing/receipts/<source>/00000001.jsonl   a line a record: where, when, status, headers, licence, place in the pack

A record that is received again with the same bytes leaves no new receipt; with other bytes it leaves one in a later
file, and its older version stays. Bytes that can no longer be read back (a disk rots) do not count as there: received
again they are kept anew, under a later line of the same receipt. Everything later in the way of the data can be
rebuilt from here.
"""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import zstandard

from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.sources.landing_index import LandedLine, LandingIndex, forget_index, index_of

_LEVEL = 1
"""Of zstd: level 6 makes records a twelfth smaller and takes four times as long, half as long as parsing them."""

_OF_THREAD = threading.local()

_ONE_LANDS = threading.Lock()
"""Batches of one run may hold the same record, and only the first that lands it has something new."""


ADVICE = "restore the pack from a copy; a record given (`trialhouse refresh --files`) or fetched again is landed anew"
"""What to do about bytes that are lost."""


class DamagedObject(Exception):
    """Bytes of the landing store that no longer match their name."""


class LandingStore:
    """The landing store below one folder. Any number of processes may land in it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._receipts = folder / "receipts"
        self._at_hand: Mapping[str, bytes] = {}

    def land_batch(self, records: Sequence[tuple[bytes, Receipt]]) -> list[bool]:
        """Keep records that came together; for each, whether it is new, changed or had been lost.

        The bytes are safe before the receipts that name them are written, and the receipts appear all at once: a
        death in between loses nothing, since the next run finds the records not landed and lands them again.
        """
        with _ONE_LANDS:
            return self._land(records)

    def read(self, sha256: str) -> bytes:
        """The bytes under a SHA-256. Raises DamagedObject when they are gone or no longer have it."""
        return self._read(self._named(sha256))

    def at_hand(self, sha256: str) -> bytes | None:
        """The bytes under a SHA-256 where the last batch that was landed here, which lies on the disk, had them: they
        need not be read back, decompressed and hashed again. None for all others; see `read`.
        """
        return self._at_hand.get(sha256)

    def last_receipt(self, source: str, record_id: str, after: int = 0) -> Receipt | None:
        """The newest receipt of a record, or None; of those in files of receipts after a number, see `receipts_of`.

        What another process landed a moment ago may be unknown yet.
        """
        line = self._index().last(source, record_id)
        return self._index().receipt_of(line) if line and line.number > after else None

    def last_whole_receipt(self, source: str, record_id: str, after: int = 0) -> Receipt | None:
        """As `last_receipt`, and None for a record whose bytes cannot be read back: it must be received again."""
        line = self._index().last(source, record_id)
        is_whole = line and line.number > after and self._holds(self._index(), line.sha256)
        return self._index().receipt_of(line) if line and is_whole else None

    def receipts_of(self, source: str) -> int:
        """The number of the newest file of receipts of a source: what is landed later has a higher one."""
        return self._fresh().files_of(source)

    def versions(self, source: str, record_id: str) -> list[Receipt]:
        """Every receipt of a record, the oldest first."""
        return [self._index().receipt_of(line) for line in self._index().versions(source, record_id)]

    def current_receipts(self, until: Mapping[str, int] | None = None) -> Iterator[Receipt]:
        """The newest receipt of every record, in the order of source and record id.

        Of the sources in `until` what lies in files of receipts after that number is left out.
        """
        index = self._fresh()
        yield from map(index.receipt_of, index.current(until or {}))

    def current_lines(self, until: Mapping[str, int]) -> Iterator[LandedLine]:
        """The same, each as the line that it stands in, which takes a fifth of the memory; see `of_line`."""
        return self._fresh().current(until)

    def of_line(self, line: LandedLine) -> Receipt:
        """The receipt that stands in a line. Raises DamagedReceipts."""
        return self._index().receipt_of(line)

    def replaced_lines(self, source: str) -> Iterator[tuple[LandedLine, LandedLine]]:
        """The lines of a source's records that have other bytes by now, each with the newest line of its record."""
        index = self._fresh()
        for line in index.lines():
            if line.source == source:
                newest = index.last(source, line.record_id) or line
                if newest.sha256 != line.sha256:
                    yield line, newest

    def forget(self) -> None:
        """Hold nothing of the receipts in memory: they are read again when somebody asks for one."""
        forget_index()

    def current_receipts_of(self, source: str) -> Iterator[Receipt]:
        """The newest receipt of every record of one source, in the order of their ids."""
        index = self._fresh()
        yield from map(index.receipt_of, index.current_of(source))

    def pack_path(self, pack: str) -> Path:
        """Where the pack of that name lies."""
        return self.folder.joinpath("packs", pack[:2], f"{pack}.pack")

    def receipt_of(self, sha256: str) -> Receipt:
        """A receipt of the bytes of a SHA-256. Raises DamagedObject where none names them."""
        return self._index().receipt_of(self._named(sha256))

    def path_of(self, sha256: str) -> Path:
        """The pack that holds the bytes of a SHA-256. Raises DamagedObject where no receipt names them."""
        return self.pack_path(self._named(sha256).pack)

    def _named(self, sha256: str) -> LandedLine:
        line = self._index().by_content(sha256) or self._fresh().by_content(sha256)
        if line is None:
            raise DamagedObject(f"no receipt in {self.folder} names the bytes {sha256}: restore it from a copy")
        return line

    def _read(self, line: LandedLine) -> bytes:
        try:
            frame = self._frame(line)
        except FileNotFoundError as error:
            raise DamagedObject(self._told(line, "is missing, and with it")) from error
        try:
            return unpacked_frame(frame, line)
        except ValueError as error:
            raise DamagedObject(self._told(line, "no longer holds")) from error

    def _told(self, line: LandedLine, what: str) -> str:
        record = f"{line.source} {line.record_id}"
        return f"{self.pack_path(line.pack)} {what} the bytes of {record} that its receipt names: {ADVICE}"

    def _frame(self, line: LandedLine) -> bytes:
        """The compressed bytes of a record. Three calls to the system: a Path and a buffered file for each record would
        cost more than to decompress it.
        """
        pack = os.open(f"{self.folder}/packs/{line.pack[:2]}/{line.pack}.pack", os.O_RDONLY)
        try:
            return os.pread(pack, line.length, line.offset)
        finally:
            os.close(pack)

    def _index(self) -> LandingIndex:
        """What is known to lie here, without looking for what other processes landed since."""
        return index_of(self._receipts)

    def _fresh(self) -> LandingIndex:
        index = self._index()
        index.refresh()
        return index

    def _land(self, records: Sequence[tuple[bytes, Receipt]]) -> list[bool]:
        index = self._fresh()
        last: dict[tuple[str, str], str] = {}
        new: dict[str, list[tuple[bytes, Receipt]]] = {}
        told = []
        for data, receipt in records:
            key = (receipt.source, receipt.record_id)
            landed = index.last(*key)
            known = last.get(key) or (landed.sha256 if landed else None)
            is_kept = known == receipt.sha256 and (key in last or self._holds(index, receipt.sha256))
            told.append(not is_kept)
            if not is_kept:
                # Bytes that were lost and come again are those that were received at first: so says their receipt.
                was_lost = landed is not None and landed.sha256 == receipt.sha256 and key not in last
                kept = index.receipt_of(landed) if landed is not None and was_lost else receipt
                new.setdefault(receipt.source, []).append((data, kept))
            last[key] = receipt.sha256
        for source, batch in sorted(new.items()):
            self._write(source, batch, index)
        index.refresh()
        self._at_hand = {receipt.sha256: data for batch in new.values() for data, receipt in batch}
        return told

    def _write(self, source: str, records: Sequence[tuple[bytes, Receipt]], index: LandingIndex) -> None:
        """Write the bytes that no pack has yet, then the receipts."""
        compressor = zstandard.ZstdCompressor(level=_LEVEL)
        frames: list[bytes] = []
        places: dict[str, tuple[int, int]] = {}
        offset = 0
        for data, receipt in records:
            if receipt.sha256 not in places and not self._holds(index, receipt.sha256):
                frame = compressor.compress(data)
                places[receipt.sha256] = (offset, len(frame))
                frames.append(frame)
                offset += len(frame)
        content = b"".join(frames)
        pack = sha256_hex(content)
        if frames:
            _write_once(self.pack_path(pack), content)
        lines = [_line(receipt, places, pack, index) for _, receipt in records]
        _number(self._receipts / source, b"".join(line + b"\n" for line in lines))

    def _holds(self, index: LandingIndex, sha256: str) -> bool:
        """Whether the bytes can be read back: a file that is there says nothing of what a disk made of it."""
        known = index.by_content(sha256)
        if known is None:
            return False
        try:
            self._read(known)
        except DamagedObject:
            return False
        return True


def unpacked_frame(frame: bytes, line: LandedLine) -> bytes:
    """The bytes of a record from what stands in its place in a pack. Raises ValueError if they are others."""
    try:
        data = _decompressor().decompress(frame)
    except (zstandard.ZstdError, MemoryError) as error:
        # A changed byte may claim any size.
        raise ValueError(f"cannot be decompressed: {error}") from error
    if sha256_hex(data) != line.sha256:
        raise ValueError("has another SHA-256")
    return data


def _decompressor() -> zstandard.ZstdDecompressor:
    """The decompressor of this thread: a new one for each record would take longer than its work."""
    try:
        return _OF_THREAD.decompressor  # type: ignore[no-any-return]
    except AttributeError:
        _OF_THREAD.decompressor = zstandard.ZstdDecompressor()
        return _OF_THREAD.decompressor  # type: ignore[no-any-return]


def _line(receipt: Receipt, places: dict[str, tuple[int, int]], pack: str, index: LandingIndex) -> bytes:
    """The line of a receipt: its bytes lie in the new pack, or in the one that had them before."""
    place = places.get(receipt.sha256)
    if place is None:
        known = index.by_content(receipt.sha256)
        assert known is not None, "bytes in no new pack are in an old one"
        return LandedLine.of(receipt, known.pack, known.offset, known.length)
    return LandedLine.of(receipt, pack, *place)


def _number(folder: Path, data: bytes) -> None:
    """Write receipts under the next free number; whoever takes a number first has it."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (name.removesuffix(".jsonl") for name in os.listdir(folder) if name.endswith(".jsonl"))
    number = max(map(int, names), default=0)
    while True:
        number += 1
        if _link(folder / f"{number:08}.jsonl", data):
            return


def _write_once(path: Path, data: bytes) -> None:
    """Write a file that is named after its content: one that is there with other bytes is damaged, and replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        _link(path, data)
    elif path.read_bytes() != data:
        _on_disk(path, data).replace(path)


def _on_disk(path: Path, data: bytes) -> Path:
    """The bytes beside the file that they shall be, safe from a crash of the machine."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _link(path: Path, data: bytes) -> bool:
    """Give bytes their name in one step. False if the name is taken."""
    temporary = _on_disk(path, data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    return True
