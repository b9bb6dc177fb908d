"""Inserting rows by the declaration of their table."""

import datetime
from collections.abc import Mapping, Sequence
from operator import attrgetter
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
    ordered = sorted(rows, key=attrgetter(*table.key))
    _insert(connection, table, arrow_table(table, ordered))


def insert_columns(connection: Connection, row_class: type[Row], columns: Mapping[str, Sequence[Any]]) -> None:
    """The same for rows that are no objects: the values of each column, in the order of the table's key."""
    table = table_of(row_class)
    schema = arrow_schema(table)
    arrays = [pa.array(columns[field.name], type=field.type) for field in schema]
    _insert(connection, table, pa.Table.from_arrays(arrays, schema=schema))


def _insert(connection: Connection, table: Table, rows: pa.Table) -> None:
    connection.register("incoming", rows)
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
    arrays = [pa.array(_values(rows, field), type=field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _values(rows: Sequence[Row], field: pa.Field) -> list[Any]:
    """The values of a column as Arrow takes them; a word of an enumeration is a text to it."""
    values = list(map(attrgetter(field.name), rows))
    if field.type == ARROW_TYPES["TIMESTAMP"]:
        return [_without_zone(value) for value in values]
    return values


def _without_zone(value: datetime.datetime | None) -> datetime.datetime | None:
    if value is None or value.tzinfo is None:
        return value
    return value.astimezone(datetime.UTC).replace(tzinfo=None)
