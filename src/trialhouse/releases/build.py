"""Building the database of a release: schema, rows, views, and since when each row holds."""

from collections.abc import Callable
from pathlib import Path

from trialhouse.model.tables import TABLES, RowSet, table_of
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import LEDGER, beside_ledger, is_whole, remake_ledger
from trialhouse.releases.stamping import forget_stamps, stamp, stamp_early
from trialhouse.store.connection import Connection, DatabaseError
from trialhouse.store.counts import count_rows
from trialhouse.store.insert import insert_rows
from trialhouse.store.schema import schema_sql
from trialhouse.store.sql_files import read_sql_files

Stamp = Callable[[Connection, str, int], None]


def create_tables(connection: Connection, views: Path, release_no: int = 1) -> None:
    """Create every declared table with its history for a release of this number, then the views of the folder."""
    # In one transaction: hundreds of comments, each in its own, would take twice as long.
    connection.execute("BEGIN")
    connection.execute(schema_sql(TABLES, release_no))
    for file in read_sql_files(views):
        connection.execute(file.sql)
    connection.execute("COMMIT")


def date_early(connection: Connection, layout: Layout, migrations: Path, release_no: int) -> list[str]:
    """Do most of the work of `date_rows` before the checks, when the content is written. It says and raises the same.

    Whoever leaves it out gets the same release, only later.
    """
    return _dated(connection, layout, migrations, release_no, stamp_early)


def date_rows(connection: Connection, layout: Layout, migrations: Path, release_no: int) -> list[str]:
    """Give the build, the default database, what the ledger knows: since when its rows hold, and those that ended.

    A ledger that turns out to be damaged is set aside and made anew; returns sentences that say so.
    """
    return _dated(connection, layout, migrations, release_no, stamp)


def _dated(connection: Connection, layout: Layout, migrations: Path, release_no: int, work: Stamp) -> list[str]:
    try:
        _date(connection, layout, release_no, work)
    except DatabaseError:
        if is_whole(layout.ledger):
            raise
        told = remake_ledger(layout, migrations)
        forget_stamps(connection)
        _date(connection, layout, release_no, work)
        return told
    return []


def _date(connection: Connection, layout: Layout, release_no: int, work: Stamp) -> None:
    with beside_ledger(connection, layout):
        connection.execute("BEGIN")
        try:
            work(connection, LEDGER, release_no)
            connection.execute("COMMIT")
        except DatabaseError:
            connection.execute("ROLLBACK")
            raise


def write_rows(connection: Connection, rows: RowSet) -> None:
    """Insert the rows of all tables."""
    for row_class in sorted({type(row) for row in rows}, key=lambda row_class: table_of(row_class).qualified_name):
        insert_rows(connection, rows.of(row_class))


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return count_rows(connection, {table.qualified_name: table.qualified_name for table in TABLES})
