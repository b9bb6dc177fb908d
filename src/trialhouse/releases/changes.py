"""How many rows of each table a release added, changed and lost since an earlier one."""

from trialhouse.model.record import Record
from trialhouse.model.tables import SINCE, TABLES, UNTIL, Table
from trialhouse.releases.stamping import same_key
from trialhouse.store.connection import Connection
from trialhouse.store.schema import history_name


class TableChange(Record):
    """The rows of one table that only this release has, those that are not as they were, and those that are gone."""

    table_name: str
    added: int
    changed: int = 0
    lost: int


def changes_since(connection: Connection, last_no: int | None) -> list[TableChange]:
    """What became of the rows of `main` since the release of a number, in a build whose rows are dated.

    Without a number, all are added.
    """
    return [_change(connection, table, last_no or 0) for table in TABLES if table.schema == "main"]


def _change(connection: Connection, table: Table, last_no: int) -> TableChange:
    """Rows that began later stand against those that held then and have ended since."""
    began = f"(SELECT * FROM {table.name} WHERE {SINCE.name} > {last_no})"
    ended = f"(SELECT * FROM {history_name(table)} WHERE {SINCE.name} <= {last_no} AND {UNTIL.name} > {last_no})"
    changed = _count(connection, f"{began} AS new SEMI JOIN {ended} AS old ON {same_key(table)}")
    return TableChange(
        table_name=table.name,
        added=_count(connection, began) - changed,
        changed=changed,
        lost=_count(connection, ended) - changed,
    )


def _count(connection: Connection, rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
