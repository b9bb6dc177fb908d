"""How many rows of each table a release added, changed and lost since an earlier one."""

from trialhouse.model.record import Record
from trialhouse.model.tables import SINCE, TABLES, UNTIL, Table
from trialhouse.releases.stamping import same_key
from trialhouse.store.connection import Connection
from trialhouse.store.counts import count_rows
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
    since = last_no or 0
    tables = [table for table in TABLES if table.schema == "main"]
    began = {table: f"{table.name} WHERE {SINCE.name} > {since}" for table in tables}
    ended = {
        table: f"{history_name(table)} WHERE {SINCE.name} <= {since} AND {UNTIL.name} > {since}" for table in tables
    }
    n_began, n_ended = count_rows(connection, began), count_rows(connection, ended)
    # Rows that began later stand against those that held then and have ended since.
    both = {
        table: f"(FROM {began[table]}) AS new SEMI JOIN (FROM {ended[table]}) AS old ON {same_key(table)}"
        for table in tables
        if n_began[table] and n_ended[table]
    }
    changed = count_rows(connection, both)
    return [_change(table, n_began[table], n_ended[table], changed.get(table, 0)) for table in tables]


def _change(table: Table, began: int, ended: int, changed: int) -> TableChange:
    return TableChange(table_name=table.name, added=began - changed, changed=changed, lost=ended - changed)
