"""Building the database of a release: schema, rows, views, and since when each row holds."""

from pathlib import Path

from trialhouse.model.tables import TABLES, RowSet, table_of
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import is_whole, remake_ledger
from trialhouse.releases.stamping import stamp
from trialhouse.store.connection import Connection, DatabaseError, attach_read_only
from trialhouse.store.insert import insert_rows
from trialhouse.store.schema import schema_sql
from trialhouse.store.sql_files import read_sql_files

LEDGER = "ledger"
"""The name under which the ledger is attached."""


def create_tables(connection: Connection, views: Path, release_no: int = 1) -> None:
    """Create every declared table with its history for a release of this number, then the views of the folder."""
    # In one transaction: hundreds of comments, each in its own, would take twice as long.
    connection.execute("BEGIN")
    connection.execute(schema_sql(TABLES, release_no))
    for file in read_sql_files(views):
        connection.execute(file.sql)
    connection.execute("COMMIT")


def date_rows(connection: Connection, layout: Layout, migrations: Path, release_no: int) -> list[str]:
    """Give the build, the default database, what the ledger knows: since when its rows hold, and those that ended.

    A ledger that turns out to be damaged is set aside and made anew; returns sentences that say so.
    """
    try:
        _date_rows(connection, layout, release_no)
    except DatabaseError:
        if is_whole(layout.ledger):
            raise
        told = remake_ledger(layout, migrations)
        _date_rows(connection, layout, release_no)
        return told
    return []


def _date_rows(connection: Connection, layout: Layout, release_no: int) -> None:
    attach_read_only(connection, layout.ledger, LEDGER)
    connection.execute("BEGIN")
    try:
        stamp(connection, LEDGER, release_no)
        connection.execute("COMMIT")
    except DatabaseError:
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute(f"DETACH {LEDGER}")


def write_rows(connection: Connection, rows: RowSet) -> None:
    """Insert the rows of all tables."""
    for row_class in sorted({type(row) for row in rows}, key=lambda row_class: table_of(row_class).qualified_name):
        insert_rows(connection, rows.of(row_class))


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {table.qualified_name: _count(connection, table.qualified_name) for table in TABLES}


def _count(connection: Connection, name: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])
