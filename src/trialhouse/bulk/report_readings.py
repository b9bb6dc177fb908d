"""What loads with --trials read from the trial reports of files, in the store: which of them name no trial, and why.

Whoever reads leaves a Parquet file beside the tables of a shard; its name says by which code. A reading holds as long
as the store has its citation from that file.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from trialhouse.bulk.shards import ShardManifest, ShardStore
from trialhouse.bulk.store_files import DATABASE
from trialhouse.bulk.store_tables import FileReadingsRow, LoadedFileRow
from trialhouse.store.connection import Connection, DatabaseError, release_reader
from trialhouse.store.read import has_table, read_rows


def not_taken(
    folder: Path, shards: ShardStore, manifests: Sequence[ShardManifest], readings: str
) -> list[ShardManifest]:
    """The shards that have a file of readings of that name which the store has not taken."""
    known: set[str] = set()
    if (folder / DATABASE).is_file():
        with release_reader(folder / DATABASE) as connection:
            if has_table(connection, FileReadingsRow):
                known = _taken(connection, readings)
    return [one for one in manifests if one.sha256 not in known and shards.has(one.sha256, readings)]


def take_readings(
    connection: Connection, shards: ShardStore, manifests: Sequence[ShardManifest], readings: str, sql: Path
) -> None:
    """Take the readings of that name of some shards, whose files are in the store, in one transaction."""
    file_ids = {row.sha256: row.file_id for row in read_rows(connection, LoadedFileRow)}
    known = _taken(connection, readings)
    found = [one for one in manifests if one.sha256 not in known]
    rows = [
        {"file_id": file_ids[one.sha256], "readings": readings, "filename": shards.path(one.sha256, readings)}
        for one in found
    ]
    schema = pa.schema([("file_id", pa.int64()), ("readings", pa.string()), ("filename", pa.string())])
    connection.execute("BEGIN")
    try:
        connection.register("read_file_rows", pa.Table.from_pylist(rows, schema))
        connection.execute("CREATE OR REPLACE TEMP TABLE read_files AS FROM read_file_rows")
        connection.unregister("read_file_rows")
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE readings_at_hand (pmid BIGINT, version BIGINT, file_id BIGINT, "
            "names_trial BOOLEAN, failure VARCHAR)"
        )
        if rows:
            connection.execute(
                "INSERT INTO readings_at_hand BY NAME SELECT pmid, version, file_id, names_trial, failure "
                "FROM read_parquet($paths, filename = true) JOIN read_files USING (filename)",
                {"paths": [row["filename"] for row in rows]},
            )
        connection.execute((sql / "merge" / "4_readings.sql").read_text(encoding="utf-8"))
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(DatabaseError):
            connection.execute("ROLLBACK")
        raise


def _taken(connection: Connection, readings: str) -> set[str]:
    """The SHA-256 of the files whose readings of that name the store has."""
    files = {row.file_id: row.sha256 for row in read_rows(connection, LoadedFileRow)}
    return {files[row.file_id] for row in read_rows(connection, FileReadingsRow) if row.readings == readings}
