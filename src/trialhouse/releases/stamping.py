"""Since when each row of a build holds, and which rows ended with it, by comparison with the ledger."""

from trialhouse.model.tables import SINCE, TABLES, UNTIL, Table
from trialhouse.store.connection import Connection
from trialhouse.store.schema import history_name


def stamp(connection: Connection, ledger: str, release_no: int) -> None:
    """Date the rows of the build, the connection's default database, and give it the history of its tables.

    `ledger` is the name under which the ledger is attached. A row that the ledger has just so keeps its date, all
    others hold since this release. What the ledger still holds and the build no longer has ends with this release.
    """
    for table in TABLES:
        if table.has_history:
            connection.execute(_dating_sql(table, ledger))
            connection.execute(_history_sql(table, ledger, release_no))


def same_key(table: Table) -> str:
    """The condition that `new` and `old` have the same key."""
    return " AND ".join(f"new.{name} = old.{name}" for name in table.key)


def same_version(table: Table) -> str:
    """The condition that `new` and `old` are the same version of a row."""
    cells = [f"new.{column.name} IS NOT DISTINCT FROM old.{column.name}" for column in table.compared]
    return " AND ".join([same_key(table), *cells])


def _dating_sql(table: Table, ledger: str) -> str:
    return (
        f"UPDATE {table.qualified_name} AS new SET {SINCE.name} = old.{SINCE.name} "
        f"FROM {ledger}.{table.schema}.{table.name} AS old WHERE old.{UNTIL.name} IS NULL AND {same_version(table)}"
    )


def _history_sql(table: Table, ledger: str, release_no: int) -> str:
    """Rows that ended before, and those that end now, in the order of their key."""
    columns = ", ".join(column.name for column in (*table.columns, SINCE))
    return (
        f"INSERT INTO {history_name(table)} BY NAME\n"
        f"SELECT {columns}, coalesce({UNTIL.name}, {release_no}) AS {UNTIL.name}\n"
        f"FROM {ledger}.{table.schema}.{table.name} AS old\n"
        f"WHERE {UNTIL.name} IS NOT NULL OR NOT EXISTS (\n"
        f"    SELECT 1 FROM {table.qualified_name} AS new\n"
        f"    WHERE {same_key(table)} AND new.{SINCE.name} = old.{SINCE.name}\n"
        f")\nORDER BY {', '.join(table.key)}, {SINCE.name}"
    )
