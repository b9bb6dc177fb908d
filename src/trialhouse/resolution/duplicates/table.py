"""Citations as an Arrow table, and the table as DuckDB sees it."""

from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa

from trialhouse.model.citation import Citation
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.store.connection import Connection

RECORDS, JUDGED = "bib_records", "bib_judged"
"""The relations that the SQL files read: the records, and the ids that people spoke of."""


def citation_table(citations: Sequence[Citation]) -> pa.Table:
    """Citations as a table. A year of more digits than a calendar has is none."""
    columns = []
    for one in CITATION_SCHEMA:
        values = [getattr(citation, one.name) for citation in citations]
        if pa.types.is_integer(one.type):
            values = [value if value is not None and abs(value) < 10_000 else None for value in values]
        columns.append(pa.array(values, type=one.type))
    return pa.Table.from_arrays(columns, schema=CITATION_SCHEMA)


def offer_records(connection: Connection, table: str, judged: Collection[str]) -> None:
    """Name a table of the connection as the records to compare. Columns that it lacks are null.

    Raises ValueError where it has no column record_id or title, where an id is missing, or one comes twice.
    """
    own = {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    missing = {"record_id", "title"} - own.keys()
    if missing:
        raise ValueError(f"{table} has no column {', '.join(sorted(missing))}: the records need an id and a title")
    columns = ", ".join(
        f"TRY_CAST({one.name if one.name in own else 'NULL'} AS {_sql_type(one.type)}) AS {one.name}"
        for one in CITATION_SCHEMA
    )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {RECORDS} AS SELECT {columns} FROM {table}")
    ids = connection.execute(
        f"SELECT record_id, count(*) FROM {RECORDS} GROUP BY record_id HAVING record_id IS NULL OR count(*) > 1 "
        "ORDER BY record_id NULLS FIRST LIMIT 3"
    ).fetchall()
    if ids and ids[0][0] is None:
        raise ValueError(f"{ids[0][1]} records have no record_id: give each one of its own")
    if ids:
        raise ValueError(f"two records have the same record_id: {', '.join(row[0] for row in ids)}")
    connection.register("bib_judged_ids", pa.table({"record_id": pa.array(sorted(judged), type=pa.string())}))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {JUDGED} AS FROM bib_judged_ids")
    connection.unregister("bib_judged_ids")


def _sql_type(kind: pa.DataType) -> str:
    return "VARCHAR[]" if pa.types.is_list(kind) else "INTEGER" if pa.types.is_integer(kind) else "VARCHAR"


def run_file(connection: Connection, sql: Path, name: str) -> None:
    """Run the statements of one file of the folder."""
    connection.execute((sql / f"{name}.sql").read_text(encoding="utf-8"))
