"""Since when each row of a build holds, and which rows ended with it, by comparison with the ledger.

Comparing a million rows takes longer than the rest of publishing, so they are dated before the checks. After the checks
the build is looked at again: rows may have been set aside since, cells emptied, rows added. Sums of hashes tell
whether the rows of a table are those that were dated. Where only rows differ that began with this release, they are
compared with those that ended with it, few with few; in any other case the whole table is dated anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialhouse.model.tables import SINCE, TABLES, UNTIL, Table
from trialhouse.store.connection import Connection
from trialhouse.store.counts import count_rows
from trialhouse.store.schema import history_name

_REMEMBERED = (
    "CREATE TEMP TABLE IF NOT EXISTS rows_as_dated "
    "(table_name VARCHAR, rows BIGINT, row_sum HUGEINT, stayed BIGINT, stayed_sum HUGEINT)"
)


@dataclass(frozen=True)
class _Sums:
    """How many rows a table has and the sum of the hashes of what is compared, of all and of those that stayed."""

    rows: int
    row_sum: int
    stayed: int
    stayed_sum: int

    def has_same_stayed(self, other: "_Sums") -> bool:
        return (self.stayed, self.stayed_sum) == (other.stayed, other.stayed_sum)


@dataclass(frozen=True)
class _Places:
    """Where there are rows of a table: those of the ledger that hold and that ended, the history of the build, and rows
    of the build that are dated otherwise than in a table that is new.
    """

    held: bool
    ended: bool
    history: bool
    dated: bool

    @property
    def is_any(self) -> bool:
        """Whether dates or history may have to be written."""
        return self.held or self.ended or self.history or self.dated


def stamp_early(connection: Connection, ledger: str, release_no: int) -> None:
    """Do the work of `stamp` for the tables that have rows already, to be called when the content is written."""
    tables = [table for table in TABLES if table.has_history]
    counts = count_rows(connection, {table: table.qualified_name for table in tables})
    _stamp(connection, ledger, release_no, [table for table in tables if counts[table]])


def stamp(connection: Connection, ledger: str, release_no: int) -> None:
    """Date the rows of the build, the connection's default database, and give it the history of its tables.

    `ledger` is the name under which the ledger is attached. A row that the ledger has just so gets its date, all
    others hold since this release. What the ledger still holds and the build no longer has ends with this release.
    What was dated before is not trusted but looked at: whatever was done to the rows since, they end up as if all had
    been dated now.
    """
    _stamp(connection, ledger, release_no, [table for table in TABLES if table.has_history])


def forget_stamps(connection: Connection) -> None:
    """Forget what was dated, after a ledger by which it was done proved damaged: the next `stamp` begins anew."""
    connection.execute("DROP TABLE IF EXISTS temp.rows_as_dated")


def same_key(table: Table) -> str:
    """The condition that `new` and `old` have the same key."""
    return " AND ".join(f"new.{name} = old.{name}" for name in table.key)


def same_version(table: Table) -> str:
    """The condition that `new` and `old` are the same version of a row."""
    cells = [f"new.{column.name} IS NOT DISTINCT FROM old.{column.name}" for column in table.compared]
    return " AND ".join([same_key(table), *cells])


def _stamp(connection: Connection, ledger: str, release_no: int, tables: Sequence[Table]) -> None:
    connection.execute(_REMEMBERED)
    dated = {name: _Sums(*sums) for name, *sums in connection.execute("FROM rows_as_dated").fetchall()}
    known = [table for table in tables if table.qualified_name in dated]
    touched = []
    for table, found in _sums(connection, known, release_no).items():
        wanted = dated[table.qualified_name]
        if not found.has_same_stayed(wanted):
            touched.append(table)
        elif found != wanted:
            _settle(connection, release_no, table)
    open_tables = [*touched, *(table for table in tables if table not in known)]
    anew = {
        table: _stamp_table(connection, ledger, release_no, table, places)
        for table, places in _places(connection, ledger, release_no, open_tables).items()
        if table in touched or places.is_any
    }
    _remember(connection, anew)


def _remember(connection: Connection, anew: Mapping[Table, _Sums]) -> None:
    """Keep the sums of the tables that were dated, in the place of those that were kept of them."""
    if not anew:
        return
    rows = [(table.qualified_name, s.rows, s.row_sum, s.stayed, s.stayed_sum) for table, s in anew.items()]
    names = [name for name, *_ in rows]
    connection.execute(f"DELETE FROM rows_as_dated WHERE table_name IN ({', '.join('?' * len(names))})", names)
    values = [cell for row in rows for cell in row]
    connection.execute(f"INSERT INTO rows_as_dated VALUES {', '.join(['(?, ?, ?, ?, ?)'] * len(rows))}", values)
    connection.execute("DROP TABLE temp.matched")


def _places(connection: Connection, ledger: str, release_no: int, tables: Sequence[Table]) -> dict[Table, "_Places"]:
    """What there is to do in each table: a statement that finds nothing costs as much as one that finds little."""
    counted = {(table, "held"): f"{ledger}.{table.schema}.{table.name} WHERE {UNTIL.name} IS NULL" for table in tables}
    counted |= {
        (table, "ended"): f"{ledger}.{table.schema}.{table.name} WHERE {UNTIL.name} IS NOT NULL" for table in tables
    }
    counted |= {(table, "history"): history_name(table) for table in tables}
    counted |= {(table, "dated"): f"{table.qualified_name} WHERE {SINCE.name} <> {release_no}" for table in tables}
    counts = count_rows(connection, counted)
    return {
        table: _Places(*(bool(counts[table, part]) for part in ("held", "ended", "history", "dated")))
        for table in tables
    }


def _sums(connection: Connection, tables: Sequence[Table], release_no: int) -> dict[Table, _Sums]:
    """The sums of the rows that are there now."""
    if not tables:
        return {}
    stayed = f"FILTER ({SINCE.name} < {release_no})"
    parts = (
        f"SELECT {number}, count(*), coalesce(sum(hashed), 0), count(*) {stayed}, coalesce(sum(hashed) {stayed}, 0) "
        f"FROM (SELECT {SINCE.name}, hash({_cells(table)}) AS hashed FROM {table.qualified_name})"
        for number, table in enumerate(tables)
    )
    return {tables[number]: _Sums(*sums) for number, *sums in connection.execute(" UNION ALL ".join(parts)).fetchall()}


def _stamp_table(connection: Connection, ledger: str, release_no: int, table: Table, places: "_Places") -> _Sums:
    """Compare all rows of a table with the ledger, and write their dates and their history whatever stood there.

    Returns the sums of its rows.
    """
    connection.execute(_matching_sql(table, ledger))
    ((*sums, most, first, last, misdated, gone),) = connection.execute(_facts_sql(release_no)).fetchall()
    if misdated:
        # Most rows have one date: it is written into all, then the others get theirs, in half the time of a join.
        connection.execute(f"UPDATE {table.qualified_name} SET {SINCE.name} = {most} WHERE {SINCE.name} <> {most}")
        if first != last:
            connection.execute(
                f"UPDATE {table.qualified_name} AS new SET {SINCE.name} = coalesce(matched.since, {release_no}) "
                f"FROM matched WHERE new.rowid = matched.new_place AND coalesce(matched.since, {release_no}) <> {most}"
            )
    if places.history:
        connection.execute(f"DELETE FROM {history_name(table)}")
    if places.ended or gone:
        connection.execute(_history_sql(table, ledger, release_no))
    return _Sums(*sums)


def _settle(connection: Connection, release_no: int, table: Table) -> None:
    """Bring back rows that seemed to end with this release, and that the build has again as they were."""
    began = f"{table.qualified_name} WHERE {SINCE.name} = {release_no}"
    ended = f"{history_name(table)} WHERE {UNTIL.name} = {release_no}"
    connection.execute(
        f"CREATE TEMP TABLE back AS SELECT new.place AS new_place, old.place AS old_place, old.{SINCE.name} AS since\n"
        f"FROM (SELECT rowid AS place, {_hashes(table)} FROM {began}) AS new\n"
        f"JOIN (SELECT rowid AS place, {SINCE.name}, {_hashes(table)} FROM {ended}) AS old "
        f"USING (key_hash, cells_hash)"
    )
    connection.execute(
        f"UPDATE {table.qualified_name} AS new SET {SINCE.name} = back.since FROM back WHERE new.rowid = back.new_place"
    )
    connection.execute(f"DELETE FROM {history_name(table)} WHERE rowid IN (SELECT old_place FROM back)")
    connection.execute("DROP TABLE back")


def _cells(table: Table) -> str:
    return ", ".join(column.name for column in table.columns if column.name not in table.not_compared)


def _hashes(table: Table) -> str:
    """Rows are told apart by two hashes of 64 bits, of their key and of all that is compared, which takes a third of
    the time that comparing cell by cell does. The hashes live no longer than the connection.
    """
    return f"hash({', '.join(table.key)}) AS key_hash, hash({_cells(table)}) AS cells_hash"


def _matching_sql(table: Table, ledger: str) -> str:
    """The places of all rows of the build and of those that the ledger holds, side by side where they are the same."""
    return (
        f"CREATE OR REPLACE TEMP TABLE matched AS\n"
        f"SELECT new.place AS new_place, old.place AS old_place, old.{SINCE.name} AS since, "
        f"new.{SINCE.name} AS said, cells_hash\n"
        f"FROM (SELECT rowid AS place, {SINCE.name}, {_hashes(table)} FROM {table.qualified_name}) AS new\n"
        f"FULL JOIN (\n"
        f"    SELECT rowid AS place, {SINCE.name}, {_hashes(table)}\n"
        f"    FROM {ledger}.{table.schema}.{table.name} WHERE {UNTIL.name} IS NULL\n"
        f") AS old USING (key_hash, cells_hash)"
    )


def _facts_sql(release_no: int) -> str:
    """The sums of the build's rows; the date that most of them have, the first date and the last; how many say another
    date, and how many of the ledger's rows are gone.
    """
    there = "new_place IS NOT NULL"
    stayed = f"FILTER ({there} AND old_place IS NOT NULL)"
    date = f"coalesce(since, {release_no})"
    return (
        f"SELECT count(new_place), coalesce(sum(cells_hash) FILTER ({there}), 0), count(*) {stayed}, "
        f"coalesce(sum(cells_hash) {stayed}, 0), mode({date}) FILTER ({there}), min({date}) FILTER ({there}), "
        f"max({date}) FILTER ({there}), count(*) FILTER ({there} AND said <> {date}), count(*) FILTER (NOT {there}) "
        f"FROM matched"
    )


def _history_sql(table: Table, ledger: str, release_no: int) -> str:
    """Rows that ended before, and those that end now, in the order of their key."""
    columns = ", ".join(column.name for column in (*table.columns, SINCE))
    return (
        f"INSERT INTO {history_name(table)} BY NAME\n"
        f"SELECT {columns}, coalesce({UNTIL.name}, {release_no}) AS {UNTIL.name}\n"
        f"FROM {ledger}.{table.schema}.{table.name}\n"
        f"WHERE {UNTIL.name} IS NOT NULL OR rowid IN (SELECT old_place FROM matched WHERE new_place IS NULL)\n"
        f"ORDER BY {', '.join(table.key)}, {SINCE.name}"
    )
