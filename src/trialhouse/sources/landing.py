"""The landing store: bytes as received, under their SHA-256, with a receipt. Written once, never changed.

    landing/objects/ab/abcd….zst           the bytes, compressed
    landing/receipts/<source>/<record>/000001.json   where, when, status, headers, licence

A record that is received again with the same bytes leaves no new receipt; with other bytes it leaves the next
number. Everything later in the way of the data can be rebuilt from here.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import zstandard

from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex, stable_id


class DamagedObject(Exception):
    """Bytes of the landing store that no longer match their name."""


class LandingStore:
    """The landing store below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def land(self, data: bytes, receipt: Receipt) -> bool:
        """Keep what was received. True if it is new or changed, False if the record's last bytes were the same.

        The bytes are safe before the receipt that names them is written, so a death in between loses nothing: the
        next run finds the record not landed and lands it again.
        """
        last = self.last_receipt(receipt.source, receipt.record_id)
        if last is not None and last.sha256 == receipt.sha256 and self.object_path(receipt.sha256).is_file():
            return False
        self._write_object(data, receipt.sha256)
        folder = self._record_folder(receipt.source, receipt.record_id)
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.glob("*.json"))) + 1
        _write_once(folder / f"{number:06}.json", receipt.model_dump_json(indent=1).encode())
        return True

    def read(self, sha256: str) -> bytes:
        """The bytes under a SHA-256. Raises DamagedObject when they are gone or no longer have it."""
        path = self.object_path(sha256)
        if not path.is_file():
            raise DamagedObject(f"{path} is missing: restore it from a copy")
        try:
            data = zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
        except zstandard.ZstdError as error:
            raise DamagedObject(f"{path} cannot be decompressed ({error}): restore it from a copy") from error
        if sha256_hex(data) != sha256:
            raise DamagedObject(f"{path} does not hold the bytes it is named after: restore it from a copy")
        return data

    def last_receipt(self, source: str, record_id: str) -> Receipt | None:
        """The newest receipt of a record, or None."""
        return _last_receipt(self._record_folder(source, record_id))

    def current_receipts(self) -> Iterator[Receipt]:
        """The newest receipt of every record, in the order of source and record folder."""
        root = self.folder / "receipts"
        for source in sorted(root.iterdir()) if root.is_dir() else []:
            for folder in sorted(source.iterdir()):
                receipt = _last_receipt(folder)
                if receipt is not None:
                    yield receipt

    def object_path(self, sha256: str) -> Path:
        """Where the bytes of a SHA-256 lie."""
        return self.folder / "objects" / sha256[:2] / f"{sha256}.zst"

    def _record_folder(self, source: str, record_id: str) -> Path:
        return self.folder / "receipts" / source / stable_id("record", record_id)

    def _write_object(self, data: bytes, sha256: str) -> None:
        path = self.object_path(sha256)
        if path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, zstandard.ZstdCompressor(level=9).compress(data))


def _last_receipt(folder: Path) -> Receipt | None:
    paths = sorted(folder.glob("*.json"))
    return Receipt.model_validate_json(paths[-1].read_bytes()) if paths else None


def _write_once(path: Path, data: bytes) -> None:
    """Write a file that is either whole or absent, and that is never replaced."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        # Another process landed the same bytes first: its file stands.
        if path.read_bytes() != data:
            raise
    finally:
        temporary.unlink()
