"""Exports: tables or the answer to a query as files, with a note that says of which release and how to read them.

An export is written beside its place and gets its name when it is whole. Only an earlier export may be replaced, and
only when that was asked for: nothing else is ever removed.
"""

import datetime
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from trialhouse.model.record import Record
from trialhouse.model.whole_file import write_whole
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.catalog import Release
from trialhouse.releases.export_formats import FORMATS, Format, write_file
from trialhouse.store.connection import Connection

NOTE = "export.json"
"""The note of a folder; that of a single file is called after it: `arms.csv.export.json`."""

OTHER_ENDINGS = frozenset(
    {".json", ".ndjson", ".tsv", ".txt", ".xls", ".xlsx", ".arrow", ".db", ".duckdb", ".gz", ".zip"}
)
"""A name that ends so is not meant to be a folder."""

NAMES = """
SELECT schema_name, table_name
FROM (
    SELECT database_name, schema_name, table_name, internal FROM duckdb_tables()
    UNION ALL
    SELECT database_name, schema_name, view_name, internal FROM duckdb_views()
)
WHERE database_name = current_database() AND NOT internal
ORDER BY schema_name = 'main' DESC, schema_name, table_name
"""


class ExportRefused(Exception):
    """An export that cannot be made so; the message says why and what to do instead."""


@dataclass(frozen=True)
class Part:
    """What one file is to hold: a table or view by its name, or the answer to a query. `file` is its own name."""

    name: str
    sql: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_query: bool = False
    file: str | None = None


class ExportedFile(Record):
    """One file of an export. `read_back` is DuckDB's SQL that gives its rows, asked where the file lies."""

    file: str
    table: str | None = None
    query: str | None = None
    parameters: dict[str, str | int | float | bool | None] | None = None
    rows: int
    bytes: int
    sha256: str
    columns: dict[str, str]
    read_back: str


class ExportNote(Record):
    """What an export says of itself. `as_of` is true when the tables were set back to the release from a newer file.

    Whether the release stood (`status`), and why not, is as of the export: it may be withdrawn later.
    """

    release_id: str
    release_no: int
    published_at: datetime.datetime
    tag: str | None
    content_hash: str | None
    schema_version: int | None
    # With defaults, since the note of an export before they came is one, too.
    status: ReleaseStatus = ReleaseStatus.PUBLISHED
    withdrawn_at: datetime.datetime | None = None
    reason: str | None = None
    as_of: bool
    format: str
    exported_at: datetime.datetime
    exported_by: str
    cite: str
    files: tuple[ExportedFile, ...]


def tables_of(connection: Connection, wanted: Iterable[str]) -> list[Part]:
    """The tables and views of these names; without names all but those of `history`. Raises ExportRefused."""
    there = {
        table if schema == "main" else f"{schema}.{table}": Part(
            table if schema == "main" else f"{schema}.{table}", f"FROM {schema}.{table}"
        )
        for schema, table in connection.execute(NAMES).fetchall()
    }
    names = list(dict.fromkeys(name.removeprefix("main.") for name in wanted))
    unknown = [name for name in names if name not in there]
    if unknown:
        raise ExportRefused(f"there is no table {', '.join(unknown)}; there are {', '.join(there)}")
    return [there[name] for name in names or there if names or not name.startswith("history.")]


def format_of(destination: Path) -> Format | None:
    """The format that a file's name says, or None for a folder."""
    ending = destination.suffix.lower().removeprefix(".")
    return next((format for format in FORMATS if format == ending), None)


def export(
    connection: Connection,
    parts: Iterable[Part],
    format: Format,
    folder: Path,
    told: Callable[[int], None],
) -> list[ExportedFile]:
    """Write a file a part into a folder. Raises ExportRefused for an answer that no file can hold."""
    return [
        _exported(connection, part, format, folder / (part.file or f"{part.name}.{format}"), told) for part in parts
    ]


def note_of(release: Release, *, as_of: bool, format: Format, by: str, files: Iterable[ExportedFile]) -> ExportNote:
    """The note beside the files."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    content = f", content hash {release.content_hash}" if release.content_hash else ""
    return ExportNote(
        release_id=release.release_id,
        release_no=release.release_no,
        published_at=release.published_at,
        tag=release.tag,
        content_hash=release.content_hash,
        schema_version=release.schema_version,
        status=release.status,
        withdrawn_at=release.withdrawn_at,
        reason=release.reason,
        as_of=as_of,
        format=format,
        exported_at=now,
        exported_by=by,
        cite=f"Trialhouse release {release.release_id}, published {release.published_at:%Y-%m-%d}{content}; "
        f"{_withdrawn(release)}exported {now:%Y-%m-%d}.",
        files=tuple(files),
    )


def _withdrawn(release: Release) -> str:
    """What a citation says of a release that does not stand."""
    if release.status is not ReleaseStatus.WITHDRAWN:
        return ""
    when = f" on {release.withdrawn_at:%Y-%m-%d}" if release.withdrawn_at else ""
    return f"withdrawn{when}{f' ({release.reason})' if release.reason else ''}; "


@contextmanager
def new_place(destination: Path, *, replace: bool) -> Iterator[Path]:
    """An empty folder to write an export into, which takes the place of the destination when the block ends well.

    A destination with the ending of a format is a file, and gets the only file of the folder, and the note beside it.
    Raises ExportRefused for a place that is taken by anything but an export, or by an export that is to stay.
    """
    before = _before(destination)
    if before.exists() and not destination.exists():
        # A death between the two steps of a replacement: the earlier export still stands.
        before.rename(destination)
    _refuse_what_is_taken(destination, replace=replace)
    destination.parent.mkdir(parents=True, exist_ok=True)
    building = destination.with_name(f".{destination.name}.part")
    # What a killed export left there.
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        yield building
        if format_of(destination) is None:
            _put_folder(building, destination)
        else:
            _put_file(building, destination)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def write_note(folder: Path, note: ExportNote) -> None:
    """Write the note beside the files."""
    write_whole(folder / NOTE, note.model_dump_json(indent=1).encode() + b"\n")


def _exported(
    connection: Connection, part: Part, format: Format, path: Path, told: Callable[[int], None]
) -> ExportedFile:
    answer = connection.sql(part.sql, params=dict(part.values) or None)
    try:
        written = write_file(answer, format, path, told)
    except ValueError as error:
        raise ExportRefused(str(error)) from error
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportedFile(
        file=path.name,
        table=None if part.is_query else part.name,
        query=part.sql if part.is_query else None,
        parameters=dict(part.values) if part.is_query else None,
        rows=written.rows,
        bytes=path.stat().st_size,
        sha256=digest,
        columns={name: str(kind) for name, kind in zip(answer.columns, answer.types, strict=True)},
        read_back=written.read_back,
    )


def _refuse_what_is_taken(destination: Path, *, replace: bool) -> None:
    if destination.suffix.lower() in OTHER_ENDINGS and not destination.is_dir():
        raise ExportRefused(f"{destination.name}: a file ends in .{', .'.join(FORMATS)}")
    if not destination.exists() and not destination.is_symlink():
        return
    if format_of(destination) is None:
        if not destination.is_dir():
            raise ExportRefused(
                f"{destination} is a file: name a folder, or a file that ends in .{', .'.join(FORMATS)}"
            )
        found = sorted(path.name for path in destination.iterdir())
        if not found:
            return
        others = sorted(set(found) - _files_of_note(destination / NOTE))
    else:
        found = [destination.name]
        others = sorted(set(found) - _files_of_note(_note_beside(destination)))
    if others:
        raise ExportRefused(f"{destination} holds what no export wrote ({', '.join(others[:3])}): name another place")
    if not replace:
        raise ExportRefused(f"{destination} holds an earlier export: name another place, or --force replaces it")


def _files_of_note(note: Path) -> set[str]:
    """What an earlier export wrote, by its note; nothing when there is no such note."""
    try:
        files = ExportNote.model_validate_json(note.read_bytes()).files
    except (OSError, ValidationError):
        return set()
    return {file.file for file in files} | {note.name}


def _before(destination: Path) -> Path:
    """Where an earlier export waits while a new one takes its place."""
    return destination.with_name(f".{destination.name}.before")


def _note_beside(destination: Path) -> Path:
    return destination.with_name(f"{destination.name}.{NOTE}")


def _put_folder(building: Path, destination: Path) -> None:
    """Give the folder its name. A folder cannot be renamed onto one with files: the earlier export steps aside."""
    before = _before(destination)
    shutil.rmtree(before, ignore_errors=True)
    if destination.exists():
        destination.rename(before)
    building.rename(destination)
    shutil.rmtree(before, ignore_errors=True)


def _put_file(building: Path, destination: Path) -> None:
    """Give the file its name, then its note: a file whose note is of another one is told by its hash."""
    (written,) = [path for path in building.iterdir() if path.name != NOTE]
    written.replace(destination)
    (building / NOTE).replace(_note_beside(destination))
