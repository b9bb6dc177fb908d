"""Building the database of a release: schema, rows, views, and the hash of its content."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.tables import TABLES, Column, RowSet, Table, table_of
from trialhouse.releases.history import create_macros
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.ledger import is_whole, remake_ledger
from trialhouse.releases.stamping import stamp
from trialhouse.store.connection import Connection, DatabaseError, attach_read_only, new_database
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


def complete(layout: Layout, sql: Path, release_no: int) -> Path | None:
    """Give the build that passed its gate what the ledger knows: dates of its rows, their history, and the macros.

    `sql` is the folder `warehouse` of a checkout or an installation. A ledger that turns out to be damaged is set aside
    and made anew; returns where it lies then.
    """
    try:
        _complete(layout, sql / "macros", release_no)
    except DatabaseError:
        if is_whole(layout.ledger):
            raise
        aside = remake_ledger(layout, sql / "migrations")
        _complete(layout, sql / "macros", release_no)
        return aside
    return None


def _complete(layout: Layout, macros: Path, release_no: int) -> None:
    with new_database(layout.building / DATABASE) as connection:
        attach_read_only(connection, layout.ledger, LEDGER)
        connection.execute("BEGIN")
        stamp(connection, LEDGER, release_no)
        create_macros(connection, macros, TABLES)
        connection.execute("COMMIT")
        connection.execute(f"DETACH {LEDGER}")


def write_rows(connection: Connection, rows: RowSet) -> None:
    """Insert the rows of all tables."""
    for row_class in sorted({type(row) for row in rows}, key=lambda row_class: table_of(row_class).qualified_name):
        insert_rows(connection, rows.of(row_class))


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {table.qualified_name: _count(connection, table.qualified_name) for table in TABLES}


def content_hash(connection: Connection) -> str:
    """One hash of the rows of `main` and of the checks, whatever their order; equal content has an equal hash.

    The checks belong to it, so that a new check is published even if no row changed.
    """
    digest = hashlib.sha256()
    for table in sorted(_content_tables(), key=lambda table: table.qualified_name):
        digest.update(f"{table.qualified_name} {_table_hash(connection, table)}\n".encode())
    return digest.hexdigest()


def _content_tables() -> Iterable[Table]:
    return (table for table in TABLES if table.schema == "main" or table.qualified_name == "dq.checks")


def _table_hash(connection: Connection, table: Table) -> str:
    """The number of rows, and the sum of their MD5 numbers: a sum does not depend on the order of rows."""
    cells = ", ".join(_cell_sql(column) for column in table.columns if column.name not in table.not_compared)
    row_hash = f"md5_number(concat_ws(chr(31), {cells}))"
    # Half of the 128 bits are summed, so that the sum of billions of rows stays within 128 bits.
    total = connection.execute(
        f"SELECT count(*), coalesce(sum(({row_hash} >> 64)::UHUGEINT::HUGEINT), 0)::VARCHAR FROM {table.qualified_name}"
    ).fetchall()[0]
    return f"{total[0]} {total[1]}"


def _cell_sql(column: Column) -> str:
    """A cell as text; a text has its length in bytes before it, so that no two rows are written alike."""
    text = f"to_json({column.name})::VARCHAR" if column.sql_type == "VARCHAR[]" else f"{column.name}::VARCHAR"
    if column.sql_type != "VARCHAR":
        return f"coalesce({text}, '')"
    return f"coalesce(strlen({column.name}), -1), coalesce({column.name}, '')"


def _count(connection: Connection, name: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])
