"""Reading rows back into the classes that declare their tables."""

from collections.abc import Container
from typing import TypeVar

from trialhouse.model.tables import Row, table_of
from trialhouse.store.connection import Connection

R = TypeVar("R", bound=Row)


def read_rows(connection: Connection, row_class: type[R], where: str = "true") -> list[R]:
    """The rows of one table of the default database that fulfil a condition, in the order of the table's key.

    A column that an older database does not have takes its default; one that rows do not have is left out.
    """
    table = table_of(row_class)
    place = f"{table.schema}.{table.name}"
    result = connection.execute(f"SELECT * FROM {place} WHERE {where} ORDER BY {', '.join(table.key)}")
    names = [column[0] for column in result.description or ()]
    fields = row_class.model_fields
    return [row_class.model_validate(_filled(fields, names, values)) for values in result.fetchall()]


def _filled(fields: Container[str], names: list[str], values: tuple[object, ...]) -> dict[str, object]:
    pairs = zip(names, values, strict=True)
    return {name: value for name, value in pairs if value is not None and name in fields}


def has_table(connection: Connection, row_class: type[Row]) -> bool:
    """Whether the default database has the table of these rows; an older one may not."""
    query = (
        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ? AND table_name = ?"
    )
    return connection.execute(query, [row_class.SCHEMA, row_class.NAME]).fetchone() is not None
