"""The history that a release carries: the state of each table as of an earlier release, as macros in the file."""

from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.tables import SINCE, UNTIL, Table
from trialhouse.releases.differences_sql import changes_macro_sql
from trialhouse.releases.views_as_of import create_view_macros
from trialhouse.store.connection import Connection
from trialhouse.store.schema import history_name, quoted
from trialhouse.store.sql_files import read_sql_files


def create_macros(connection: Connection, macros: Path, tables: Iterable[Table]) -> None:
    """Create the macros of a folder, one for each table (`trials_as_of(moment)`, `dq.alerts_as_of(moment)`) and each
    view that is there, and one for what differs between two releases (`changes(from_moment, to_moment)`).
    """
    tables = tuple(tables)
    for file in read_sql_files(macros):
        connection.execute(file.sql)
    connection.execute(changes_macro_sql(tables))
    for table in tables:
        if table.has_history:
            connection.execute(as_of_macro_sql(table))
    create_view_macros(connection, [table.qualified_name for table in tables if table.has_history])


def as_of_macro_sql(table: Table) -> str:
    """The macro that gives the rows of a table as they were in the release that a moment names."""
    name = f"{table.qualified_name}_as_of"
    columns = ", ".join(f"r.{column.name}" for column in table.stored_columns)
    return (
        f"CREATE MACRO {name}(moment) AS TABLE\n"
        # Found once: three subqueries in its place take a third longer.
        f"WITH asked AS MATERIALIZED (SELECT release_no_of(moment) AS number)\n"
        f"SELECT {columns} FROM {table.qualified_name} AS r, asked WHERE r.{SINCE.name} <= number\n"
        f"UNION ALL\n"
        f"SELECT {columns} FROM {history_name(table)} AS r, asked "
        f"WHERE r.{SINCE.name} <= number AND r.{UNTIL.name} > number;\n"
        f"COMMENT ON MACRO TABLE {name} IS "
        + quoted(f"{table.description} As of a release: its id or tag, or a date.")
        + ";\n"
    )
