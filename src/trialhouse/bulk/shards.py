"""Shards: what one file of PubMed came to, as Parquet, written once by whoever read the file.

    <shards>/<sha256>/<table>.parquet      a file a table that has rows
    <shards>/<sha256>/manifest.json        what it was made of and by; written last

`<sha256>` is the start of that of the source file. On this machine (or a shared folder) a shard is written beside its
place and renamed; an object store has no rename: there a folder without a manifest is no shard. So a death at any point
leaves no shard that is half there, and two that write one shard at once do no harm.
"""

import contextlib
import datetime
import hashlib
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from trialhouse.model.record import Record
from trialhouse.model.whole_file import sync, write_whole

MANIFEST = "manifest.json"
_NAME_LENGTH = 24
_PIECE = 1 << 20


class ShardTable(Record):
    """A Parquet file of a shard."""

    rows: int
    sha256: str


class ShardManifest(Record):
    """What a shard was made of, by which code, and how many records went where.

    citations_read = rows of citations + citations_superseded + citations_quarantined.
    """

    file_name: str
    year: int
    number: int
    sha256: str
    size_bytes: int
    is_md5_checked: bool
    made_by: str
    taken_at: datetime.datetime
    citations_read: int
    citations_superseded: int
    citations_quarantined: int
    deletions: int
    tables: dict[str, ShardTable]


class ShardStore:
    """The shards below a folder of this machine, or below a URL that fsspec knows (s3://…, gs://…, memory://…)."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._is_local = "://" not in place
        self._files, self._root = fsspec.core.url_to_fs(place)

    @property
    def file_system(self) -> Any:
        """The file system of a URL, for a database to read from; None for a folder of this machine."""
        return None if self._is_local else self._files

    def path(self, sha256: str, name: str) -> str:
        """Where a file of the shard of a source file lies, as a database opens it."""
        below = f"{self._root}/{sha256[:_NAME_LENGTH]}/{name}"
        return below if self._is_local else str(self._files.unstrip_protocol(below))

    def open(self, sha256: str, name: str) -> IO[bytes]:
        """A file of a shard, to read."""
        return self._files.open(f"{self._root}/{sha256[:_NAME_LENGTH]}/{name}", "rb")  # type: ignore[no-any-return]

    def has(self, sha256: str, name: str) -> bool:
        """Whether a shard has a file of that name."""
        return bool(self._files.exists(f"{self._root}/{sha256[:_NAME_LENGTH]}/{name}"))

    def add(self, sha256: str, name: str, data: bytes) -> None:
        """Put a file beside the tables of a shard, whole or not at all."""
        path = f"{self._root}/{sha256[:_NAME_LENGTH]}/{name}"
        if self._is_local:
            write_whole(Path(path), data)
        else:
            self._files.pipe_file(path, data)

    def manifest(self, sha256: str) -> ShardManifest | None:
        """The manifest of the shard of a source file; None where there is no whole one."""
        try:
            with self.open(sha256, MANIFEST) as file:
                manifest = ShardManifest.model_validate_json(file.read())
        except (FileNotFoundError, ValidationError):
            return None
        return manifest if manifest.sha256 == sha256 else None

    def is_whole(self, manifest: ShardManifest) -> bool:
        """Whether every file of a shard has the bytes that its manifest says."""
        return all(
            self._sha256(manifest.sha256, f"{name}.parquet") == told.sha256 for name, told in manifest.tables.items()
        )

    @contextlib.contextmanager
    def writing(self, sha256: str) -> Iterator["ShardWriter"]:
        """Write a shard. It is there when the block has ended, and not at all when the block raises."""
        final = f"{self._root}/{sha256[:_NAME_LENGTH]}"
        folder = f"{self._root}/.{sha256[:_NAME_LENGTH]}.{socket.gethostname()}.{os.getpid()}"
        writer = ShardWriter(self._files, folder if self._is_local else final)
        with contextlib.suppress(FileExistsError):
            self._files.makedirs(writer.folder, exist_ok=True)
        try:
            yield writer
            if self._is_local:
                _put_in_place(Path(folder), Path(final))
        finally:
            writer.close()
            if self._is_local:
                shutil.rmtree(folder, ignore_errors=True)

    def remove_leftovers(self) -> None:
        """Remove what killed writers left on this machine. Only for whoever knows that nobody writes now."""
        if self._is_local and os.path.isdir(self._root):
            for name in os.listdir(self._root):
                if name.startswith("."):
                    shutil.rmtree(os.path.join(self._root, name), ignore_errors=True)

    def _sha256(self, sha256: str, name: str) -> str | None:
        """The SHA-256 of a file of a shard; None where it is not there."""
        found = hashlib.sha256()
        try:
            with self.open(sha256, name) as file:
                while piece := file.read(_PIECE):
                    found.update(piece)
        except FileNotFoundError:
            return None
        return found.hexdigest()


class ShardWriter:
    """Writes the files of one shard."""

    def __init__(self, files: Any, folder: str) -> None:
        self._files = files
        self.folder = folder
        self._open: dict[str, tuple[pq.ParquetWriter, _Hashed]] = {}
        self._rows: dict[str, int] = {}

    def write(self, name: str, table: pa.Table) -> None:
        """Add rows to a table of the shard, as a row group of their own."""
        if not table.num_rows:
            return
        if name not in self._open:
            sink = _Hashed(self._files.open(f"{self.folder}/{name}.parquet", "wb"))
            # Statistics of text would be of no use to anybody but those of the key, which is what rows are found by.
            kept = [column for column in ("pmid", "version") if column in table.column_names]
            writer = pq.ParquetWriter(
                sink, table.schema, compression="zstd", compression_level=1, write_statistics=kept
            )
            self._open[name] = (writer, sink)
            self._rows[name] = 0
        self._open[name][0].write_table(table)
        self._rows[name] += table.num_rows

    def start_again(self) -> None:
        """Forget what was written so far."""
        self.close()
        self._open, self._rows = {}, {}

    def finish(self, manifest: ShardManifest) -> ShardManifest:
        """End all files, then write the manifest with what they are; returns it."""
        self.close()
        tables = {
            name: ShardTable(rows=self._rows[name], sha256=sink.sha256)
            for name, (_, sink) in sorted(self._open.items())
        }
        whole = manifest.model_copy(update={"tables": tables})
        with self._files.open(f"{self.folder}/{MANIFEST}", "wb") as file:
            file.write(whole.model_dump_json(indent=1).encode())
        return whole

    def close(self) -> None:
        """Close what is open; what was not finished is no shard."""
        for writer, sink in self._open.values():
            if writer.is_open:
                writer.close()
            sink.close()


class _Hashed:
    """A file that is written and hashed at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    @property
    def closed(self) -> bool:
        return self._file.closed

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


def _put_in_place(folder: Path, final: Path) -> None:
    """Give a whole shard its name. One that is there already is that of another writer, or damaged: it gives way."""
    for path in [*folder.iterdir(), folder]:
        sync(path)
    while True:
        try:
            folder.rename(final)
            return
        except OSError:
            if not final.is_dir():
                raise
            aside = folder.with_name(f"{folder.name}.old")
            with contextlib.suppress(OSError):
                final.rename(aside)
            shutil.rmtree(aside, ignore_errors=True)
