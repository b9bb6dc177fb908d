"""What a release changed in its tables since the one before: rows added and lost, by table."""

from trialhouse.model.record import Record
from trialhouse.model.tables import TABLES, Table
from trialhouse.store.connection import Connection


class TableChange(Record):
    """The rows of one table that only this release has, and those that only the last one had, by key."""

    table_name: str
    added: int
    lost: int


def changes_since(connection: Connection, last: str | None) -> list[TableChange]:
    """Added and lost rows of `main` against the database attached under the name `last`; all are added if None."""
    return [_change(connection, table, last) for table in TABLES if table.schema == "main"]


def _change(connection: Connection, table: Table, last: str | None) -> TableChange:
    if last is None:
        return TableChange(table_name=table.name, added=_count(connection, f"SELECT * FROM {table.name}"), lost=0)
    key = ", ".join(table.key)
    mine, theirs = f"SELECT {key} FROM main.{table.name}", f"SELECT {key} FROM {last}.main.{table.name}"
    return TableChange(
        table_name=table.name,
        added=_count(connection, f"{mine} EXCEPT {theirs}"),
        lost=_count(connection, f"{theirs} EXCEPT {mine}"),
    )


def _count(connection: Connection, query: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])
