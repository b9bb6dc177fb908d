"""Inserting rows by the declaration of their table."""

import datetime
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import pyarrow as pa

from trialhouse.model.tables import Row, Table, table_of
from trialhouse.store.connection import Connection

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
}


def insert_rows(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert rows of one table in one statement, sorted by the table's key, so that files do not depend on order."""
    if not rows:
        return
    table = table_of(type(rows[0]))
    ordered = sorted(rows, key=lambda row: tuple(_sortable(getattr(row, name)) for name in table.key))
    connection.register("incoming", arrow_table(table, ordered))
    try:
        connection.execute(f"INSERT INTO {table.qualified_name} BY NAME SELECT * FROM incoming")
    finally:
        connection.unregister("incoming")


def arrow_schema(table: Table) -> pa.Schema:
    """The columns of a table with their Arrow types."""
    return pa.schema([(column.name, ARROW_TYPES[column.sql_type]) for column in table.columns])


def arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table with the declared types."""
    schema = arrow_schema(table)
    columns = [[_plain(getattr(row, column.name)) for row in rows] for column in table.columns]
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value.astimezone(datetime.UTC).replace(tzinfo=None)
    return list(value) if isinstance(value, tuple) else value


def _sortable(value: Any) -> tuple[bool, Any]:
    """Null first; all values of one column have one type."""
    return (value is not None, value if value is not None else 0)
