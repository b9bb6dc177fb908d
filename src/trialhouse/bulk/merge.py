"""The one writer of the store's database: shards in, in the order of their files; readers never wait for it.

    pubmed.duckdb          what readers open: never changed, replaced by a whole new one in one step
    .building.duckdb       the next one; each transaction in it is some files with all that they replace and delete

A merge that was killed goes on from the last transaction of `.building.duckdb`; one that cannot be opened any more is
made anew from `pubmed.duckdb`, since shards hold everything.
"""

import contextlib
import fcntl
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from trialhouse.bulk.batch import DELETED
from trialhouse.bulk.report_readings import take_readings
from trialhouse.bulk.shards import ShardManifest, ShardStore
from trialhouse.bulk.store_files import BUILDING, DATABASE
from trialhouse.bulk.store_tables import STORE_ROW_CLASSES, STORE_TABLES, LoadedFileRow, TrialReportRow
from trialhouse.bulk.tables import TABLES, CitationRow
from trialhouse.model.tables import table_of
from trialhouse.model.whole_file import sync
from trialhouse.store.connection import (
    Connection,
    DatabaseError,
    leave_small_row_groups,
    read_files_of,
    release_reader,
    working_database,
)
from trialhouse.store.insert import arrow_schema
from trialhouse.store.read import has_table, read_rows
from trialhouse.store.schema import column_comment, plain_schema_sql, quoted

FILES_AT_ONCE = 32
"""Files of one transaction: about a million citations."""

COPIED = (*(table.name for table in TABLES if table.name != DELETED), TrialReportRow.NAME)
"""Tables whose rows stand in shards as they stand in the store."""

_COUNTED = ("citations_new", "citations_changed", "citations_deleted")
_BOOKED = [field for field in arrow_schema(table_of(LoadedFileRow)) if field.name not in _COUNTED]
_AT_HAND = pa.schema(
    [field.with_name("citations_dropped") if field.name == "citations_superseded" else field for field in _BOOKED]
)
_FICLONE = 0x40049409

Told = Callable[[int, int], None]
"""Told how many files are merged, and how many there are."""


def loaded_files(folder: Path) -> list[LoadedFileRow]:
    """The files of a store, in the order in which they were loaded; none where there is no store."""
    database = folder / DATABASE
    if not database.is_file():
        return []
    with release_reader(database) as connection:
        return read_rows(connection, LoadedFileRow)


def merge(
    folder: Path,
    shards: ShardStore,
    manifests: Sequence[ShardManifest],
    sql: Path,
    told: Told,
    *,
    readings: str = "",
    read: Sequence[ShardManifest] = (),
) -> None:
    """Take shards into the store of a folder, oldest file first, and put the whole new database in the place of the
    old one. Only one process may do this at a time. Shards that a killed merge has taken already are not taken again.

    `readings` is the name of the files with what was read from the trial reports of the shards `read`, which are among
    `manifests` or in the store.
    """
    building = folder / BUILDING
    _begin(folder, building)
    with working_database(building) as connection:
        _make_tables(connection, sql)
        if shards.file_system is not None:
            read_files_of(connection, shards.file_system)
        leave_small_row_groups(connection)
        taken = {row.sha256 for row in read_rows(connection, LoadedFileRow)}
        left = [manifest for manifest in manifests if manifest.sha256 not in taken]
        for start in range(0, len(left), FILES_AT_ONCE):
            told(len(manifests) - len(left) + start, len(manifests))
            _take(connection, shards, left[start : start + FILES_AT_ONCE], sql)
        take_readings(connection, shards, read, readings, sql)
    told(len(manifests), len(manifests))
    sync(building)
    building.replace(folder / DATABASE)
    sync(folder)


def _begin(folder: Path, building: Path) -> None:
    """Make `building` what a merge can go on from: what a killed one left, else a copy of the database."""
    if building.is_file() and not _can_go_on(building):
        for path in (building, _log(building)):
            path.unlink(missing_ok=True)
    database = folder / DATABASE
    if building.is_file() or not database.is_file():
        return
    _log(building).unlink(missing_ok=True)
    copy = building.with_suffix(".copy")
    _copy(database, copy)
    copy.replace(building)


def _make_tables(connection: Connection, sql: Path) -> None:
    """Make the tables and views that the store does not have, all of them or those that an older one lacks."""
    connection.execute("BEGIN")
    if has_table(connection, LoadedFileRow):
        lacking = [table_of(row) for row in STORE_ROW_CLASSES if not has_table(connection, row)]
        connection.execute(plain_schema_sql(lacking).replace("CREATE SCHEMA ", "CREATE SCHEMA IF NOT EXISTS "))
    else:
        connection.execute(plain_schema_sql(STORE_TABLES))
    connection.execute((sql / "views.sql").read_text(encoding="utf-8"))
    for column in table_of(CitationRow).columns:
        # A view has not the comments of its table.
        connection.execute(f"COMMENT ON COLUMN current_citations.{column.name} IS {quoted(column_comment(column))}")
    connection.execute("COMMIT")


def _can_go_on(building: Path) -> bool:
    """Whether a database opens, with its log."""
    try:
        with working_database(building):
            return True
    except DatabaseError:
        return False


def _log(building: Path) -> Path:
    return building.with_name(f"{building.name}.wal")


def _copy(source: Path, target: Path) -> None:
    """Copy a file; where the disk can share blocks between files, in no time."""
    with source.open("rb") as one, target.open("wb") as other, contextlib.suppress(OSError):
        fcntl.ioctl(other.fileno(), _FICLONE, one.fileno())
        return
    shutil.copyfile(source, target)


def _take(connection: Connection, shards: ShardStore, manifests: Sequence[ShardManifest], sql: Path) -> None:
    """Take some files in one transaction."""
    connection.execute("BEGIN")
    try:
        first = _first_id(connection)
        _at_hand(connection, shards, manifests, first)
        for name in ("1_incoming", "2_choices"):
            connection.execute((sql / "merge" / f"{name}.sql").read_text(encoding="utf-8"))
        for table in COPIED:
            _copy_rows(connection, shards, manifests, table)
        _copy_quarantine(connection, shards, manifests)
        connection.execute((sql / "merge" / "3_books.sql").read_text(encoding="utf-8"))
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(DatabaseError):
            connection.execute("ROLLBACK")
        raise


def _first_id(connection: Connection) -> int:
    ((first,),) = connection.execute("SELECT coalesce(max(file_id), 0) + 1 FROM meta.files").fetchall()
    return int(first)


def _at_hand(connection: Connection, shards: ShardStore, manifests: Sequence[ShardManifest], first: int) -> None:
    """The files, the keys of their citations and their deletions as tables of the connection."""
    rows = [
        {
            **manifest.model_dump(),
            "file_id": first + number,
            "parser_version": manifest.made_by,
            "citations_dropped": manifest.citations_superseded,
            "taken_at": manifest.taken_at.replace(tzinfo=None),
        }
        for number, manifest in enumerate(manifests)
    ]
    connection.register("files_at_hand_rows", pa.Table.from_pylist(rows, _AT_HAND))
    connection.execute("CREATE OR REPLACE TEMP TABLE files_at_hand AS FROM files_at_hand_rows")
    connection.unregister("files_at_hand_rows")
    places = [
        {"file_id": first + number, "filename": shards.path(manifest.sha256, f"{name}.parquet")}
        for number, manifest in enumerate(manifests)
        for name in (*COPIED, DELETED, "quarantine")
    ]
    connection.register("shard_file_rows", pa.Table.from_pylist(places))
    connection.execute("CREATE OR REPLACE TEMP TABLE shard_files AS FROM shard_file_rows")
    connection.unregister("shard_file_rows")
    for table, name in (("citations", "citations_at_hand"), (DELETED, "deletions_at_hand")):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} (pmid BIGINT, version BIGINT, file_id BIGINT)")
        paths = _paths(shards, manifests, table)
        if paths:
            connection.execute(
                f"INSERT INTO {name} SELECT DISTINCT pmid, version, file_id FROM read_parquet($paths, filename = true) "
                "JOIN shard_files USING (filename)",
                {"paths": paths},
            )


def _copy_rows(connection: Connection, shards: ShardStore, manifests: Sequence[ShardManifest], table: str) -> None:
    """Take the rows of one table: first those that give way, then the new ones."""
    if _has_rows(connection, "stale"):
        connection.execute(f"DELETE FROM {table} AS t USING stale AS s WHERE t.pmid = s.pmid AND t.version = s.version")
    paths = _paths(shards, manifests, table)
    if not paths:
        return
    if not _has_rows(connection, "losers"):
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet($paths)", {"paths": paths})
        return
    connection.execute(
        f"INSERT INTO {table} BY NAME SELECT p.* EXCLUDE (filename) FROM read_parquet($paths, filename = true) AS p "
        "WHERE NOT EXISTS (SELECT 1 FROM losers AS l JOIN shard_files AS f USING (file_id) "
        "WHERE f.filename = p.filename AND l.pmid = p.pmid AND l.version = p.version)",
        {"paths": paths},
    )


def _copy_quarantine(connection: Connection, shards: ShardStore, manifests: Sequence[ShardManifest]) -> None:
    paths = _paths(shards, manifests, "quarantine")
    if paths:
        connection.execute(
            "INSERT INTO dq.quarantine BY NAME SELECT q.* EXCLUDE (filename), file_id "
            "FROM read_parquet($paths, filename = true) AS q JOIN shard_files USING (filename)",
            {"paths": paths},
        )


def _paths(shards: ShardStore, manifests: Sequence[ShardManifest], table: str) -> list[str]:
    return [shards.path(one.sha256, f"{table}.parquet") for one in manifests if table in one.tables]


def _has_rows(connection: Connection, table: str) -> bool:
    return bool(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall())
