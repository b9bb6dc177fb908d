"""The hash of a release's content: equal rows give an equal hash, whatever their order and whenever they were fetched.

For each table the hashes of its rows are summed, so that neither sorting nor the rows that stayed are needed: the sum
of a release is that of the one before, plus the rows that began, less those that ended.
"""

import hashlib
from collections.abc import Iterable, Mapping

from trialhouse.model.tables import SCHEMA_VERSION, SINCE, TABLES, UNTIL, Column, Table
from trialhouse.releases.layout import MANIFEST, Layout
from trialhouse.releases.ledger import newest_beside
from trialhouse.releases.manifest import file_hash, read_manifest
from trialhouse.releases.register import read_entries
from trialhouse.store.connection import Connection
from trialhouse.store.counts import count_rows
from trialhouse.store.schema import history_name

Sums = Mapping[str, str]
"""For each table the number of its rows and the sum of their hashes, as two numbers with a space between."""


def content_hash(connection: Connection) -> str:
    """One hash of all rows of `main` and of the checks, counted anew.

    The checks belong to it, so that a new check is published even if no row changed.
    """
    return content_hash_of(content_sums(connection))


def content_hash_of(sums: Sums) -> str:
    """One hash of the sums of all tables."""
    return hashlib.sha256("".join(f"{name} {sums[name]}\n" for name in sorted(sums)).encode()).hexdigest()


def content_sums(connection: Connection) -> dict[str, str]:
    """The sums of all rows that the tables hold."""
    return {t.qualified_name: "{} {}".format(*_sum(connection, t, t.qualified_name)) for t in content_tables()}


def content_sums_after(connection: Connection, before: Sums, release_no: int) -> dict[str, str]:
    """The sums of a build whose rows are dated, from those of the release that its history ends with."""
    tables = tuple(content_tables())
    began = {(table, 1): f"{table.qualified_name} WHERE {SINCE.name} = {release_no}" for table in tables}
    ended = {(table, -1): f"{history_name(table)} WHERE {UNTIL.name} = {release_no}" for table in tables}
    places = {**began, **ended}
    counts = count_rows(connection, places)
    sums = {table: tuple(map(int, before[table.qualified_name].split())) for table in tables}
    for (table, sign), place in places.items():
        if counts[table, sign]:
            count, total = _sum(connection, table, place)
            sums[table] = (sums[table][0] + sign * count, sums[table][1] + sign * total)
    return {table.qualified_name: "{} {}".format(*sums[table]) for table in tables}


def sums_of_ledger(connection: Connection, layout: Layout) -> Sums | None:
    """The sums of the release that the ledger ends with; None where no manifest tells them for the tables of today.

    The ledger is looked at by the connection, which may not have it attached.
    """
    entries = read_entries(layout)
    path = layout.releases / entries[-1].release_id / MANIFEST if entries else None
    # A manifest that was changed since would hand its sums on to every release after it.
    if path is None or not path.is_file() or file_hash(path) != entries[-1].manifest_sha256:
        return None
    manifest = read_manifest(path.parent)
    tells = manifest.table_sums.keys() == {table.qualified_name for table in content_tables()}
    is_last = manifest.release_no == newest_beside(connection, layout) and manifest.schema_version == SCHEMA_VERSION
    return manifest.table_sums if tells and is_last else None


def content_tables() -> Iterable[Table]:
    """The tables that are content."""
    return (table for table in TABLES if table.schema == "main" or table.qualified_name == "dq.checks")


def _sum(connection: Connection, table: Table, rows: str) -> tuple[int, int]:
    """How many rows there are, and the sum of half of the bits of their MD5, so that billions stay within 128 bits."""
    cells = ", ".join(_cell_sql(column) for column in table.columns if column.name not in table.not_compared)
    half = f"(md5_number(concat_ws(chr(31), {cells})) >> 64)::UHUGEINT::HUGEINT"
    count, total = connection.execute(f"SELECT count(*), coalesce(sum({half}), 0)::VARCHAR FROM {rows}").fetchall()[0]
    return int(count), int(total)


def _cell_sql(column: Column) -> str:
    """A cell as text; a text has its length in bytes before it, so that no two rows are written alike."""
    text = f"to_json({column.name})::VARCHAR" if column.sql_type == "VARCHAR[]" else f"{column.name}::VARCHAR"
    if column.sql_type != "VARCHAR":
        return f"coalesce({text}, '')"
    return f"coalesce(strlen({column.name}), -1), coalesce({column.name}, '')"
