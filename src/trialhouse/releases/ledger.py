"""The ledger: every version of every row that a release ever had, in one file that only the pipeline opens.

It follows the releases: what a release changed is copied into it after the release is published. So it holds nothing
that was not published; when it is behind, or lost, the newest release has all that it needs to catch up.
"""

import dataclasses
import functools
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.model.tables import SCHEMA_VERSION, SINCE, TABLES, UNTIL, Row, RowSet, Table
from trialhouse.releases.layout import DATABASE, Layout, release_folders
from trialhouse.releases.manifest import Manifest, is_unharmed, read_manifest
from trialhouse.releases.migrations import migrate
from trialhouse.releases.register import read_entries, write_register
from trialhouse.releases.stamping import same_key, same_version
from trialhouse.store.connection import (
    Connection,
    DatabaseError,
    attach_read_only,
    leave_small_row_groups,
    limit_memory,
    new_database,
    release_reader,
    with_enough_memory,
)
from trialhouse.store.counts import count_rows
from trialhouse.store.read import read_rows
from trialhouse.store.schema import history_name, ledger_schema_sql

LEDGER = "ledger"
"""The name under which the ledger is attached to look at."""

RELEASE = "published"
"""The name under which the release that the ledger catches up with is attached."""

FIRST_WITH_HISTORY = 2
"""The first schema version whose releases carry their history."""

MEGABYTES = 150
"""What DuckDB may take while the ledger follows a release of which little changed. One in which millions of rows end
needs more: an update cannot write what it holds to the disk.
"""

_MELTED_EVERY = 10
"""The ledger's small row groups, one a table and release, are melted into larger ones at every so many releases."""

_STATE = "CREATE TABLE ledger_state (schema_version BIGINT NOT NULL, release_no BIGINT NOT NULL)"

_COLUMNS = "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE database_name = ?"


class LedgerState(Record):
    """The schema version of a ledger, and the number of the newest release that it holds; 0 for none."""

    schema_version: int
    release_no: int


def ensure_ledger(layout: Layout, migrations: Path) -> list[str]:
    """Make the ledger hold every release, in the tables of this version of the code.

    `migrations` is the folder of their SQL. A ledger that is damaged or gone is made anew; returns sentences that say
    so. Raises CannotMigrate, and DatabaseError or OSError when the ledger cannot be written.
    """
    is_lost = not layout.ledger.exists() and bool(release_folders(layout.releases))
    try:
        _catch_up(layout, migrations)
    except DatabaseError:
        if not layout.ledger.exists() or is_whole(layout.ledger):
            raise
        return remake_ledger(layout, migrations)
    return _told_made_anew(layout, "The ledger was not there") if is_lost else []


def remake_ledger(layout: Layout, migrations: Path) -> list[str]:
    """Set a damaged ledger aside and make it anew from the newest whole release. Returns sentences that say so."""
    number = 1
    while (aside := layout.ledger.with_name(f"ledger.damaged-{number}.duckdb")).exists():
        number += 1
    layout.ledger.replace(aside)
    layout.ledger.with_name(f"{layout.ledger.name}.wal").unlink(missing_ok=True)
    _catch_up(layout, migrations)
    return _told_made_anew(layout, f"The ledger was damaged, and lies at {aside} now")


def _told_made_anew(layout: Layout, why: str) -> list[str]:
    """What happened to the ledger, and which releases it can no longer tell of; the register remembers those."""
    known = last_release_no(layout)
    entries = read_entries(layout)
    lost = [entry.release_id for entry in entries if entry.release_no > known]
    told = [f"{why}: it was made anew from the newest whole release."]
    if lost:
        # What was lost before stays lost.
        marked = {e.release_no: e.rows_are_lost or e.release_no > known for e in entries}
        write_register(layout, [e.model_copy(update={"rows_are_lost": marked[e.release_no]}) for e in entries])
        told.append(
            f"What only {', '.join(lost)} held is lost: the files are damaged. Nobody can ask as of it any more."
        )
    return told


def is_whole(path: Path) -> bool:
    """Whether every block of a ledger can be read: each carries a checksum."""
    try:
        with release_reader(path) as ledger:
            for schema, name in ledger.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall():
                ledger.execute(f"SELECT count(DISTINCT hash(t)) FROM {schema}.{name} AS t").fetchall()
    except DatabaseError:
        return False
    return True


def last_release_no(layout: Layout) -> int:
    """The number of the newest release that the ledger knows, even if its folder is gone; 0 for none."""
    with release_reader(layout.ledger) as ledger:
        return ledger_state(ledger).release_no


def newest_beside(connection: Connection, layout: Layout) -> int:
    """The same by a connection that is open: to open another takes five times as long."""
    with beside_ledger(connection, layout):
        return int(connection.execute(f"SELECT release_no FROM {LEDGER}.ledger_state").fetchall()[0][0])


def rows_that_hold(layout: Layout, *row_classes: type[Row]) -> RowSet:
    """The rows of tables as the newest release had them, be it withdrawn or damaged since, in the order of keys."""
    rows = RowSet()
    with release_reader(layout.ledger) as ledger:
        for row_class in row_classes:
            rows.extend(read_rows(ledger, row_class, where=f"{UNTIL.name} IS NULL"))
    return rows


@contextmanager
def beside_ledger(connection: Connection, layout: Layout) -> Iterator[None]:
    """The ledger attached read-only, under the name `LEDGER`."""
    attach_read_only(connection, layout.ledger, LEDGER)
    try:
        yield
    finally:
        connection.execute(f"DETACH {LEDGER}")


def ledger_state(ledger: Connection) -> LedgerState:
    """How the ledger stands that is the default database of a connection."""
    schema_version, release_no = ledger.execute("SELECT schema_version, release_no FROM ledger_state").fetchall()[0]
    return LedgerState(schema_version=schema_version, release_no=release_no)


def _catch_up(layout: Layout, migrations: Path) -> None:
    """Copy what is not in the ledger yet, in little memory; in more where that is not enough."""
    spill = layout.ledger.with_name(".ledger.spill")
    try:
        with_enough_memory(MEGABYTES, functools.partial(_catch_up_within, layout, migrations, spill))
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _catch_up_within(layout: Layout, migrations: Path, spill: Path, megabytes: int | None) -> None:
    """The same in so much memory. A ledger is made when there is none, beside its place and moved there when whole.

    A step that fails leaves nothing, and those before it are done.
    """
    if layout.ledger.exists():
        with new_database(layout.ledger) as ledger:
            limit_memory(ledger, megabytes, spill)
            _take(ledger, layout, migrations, _whole_releases(layout, ledger_state(ledger).release_no))
        return
    fresh = layout.ledger.with_name(".ledger.new.duckdb")
    for leftover in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        leftover.unlink(missing_ok=True)
    behind = _whole_releases(layout, 0)
    with new_database(fresh) as ledger:
        limit_memory(ledger, megabytes, spill)
        version = behind[-1].schema_version if behind else SCHEMA_VERSION
        if version == SCHEMA_VERSION:
            ledger.execute(ledger_schema_sql(TABLES))
        else:
            _make_as_in(ledger, _database(layout, behind[-1]))
        ledger.execute(_STATE)
        ledger.execute("INSERT INTO ledger_state VALUES (?, 0)", [version])
        _take(ledger, layout, migrations, behind)
    fresh.replace(layout.ledger)


def _make_as_in(ledger: Connection, database: Path) -> None:
    """Make the tables of a ledger as an older release has them."""
    attach_read_only(ledger, database, RELEASE)
    present = _tables_of_release(ledger)
    for schema in sorted({table.schema for table in present} - {"main"}):
        ledger.execute(f"CREATE SCHEMA {schema}")
    for table in present:
        name = f"{table.schema}.{table.name}"
        ledger.execute(f"CREATE TABLE {name} AS SELECT * FROM {RELEASE}.{name} LIMIT 0")
        for column in (SINCE, UNTIL):
            ledger.execute(f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS {column.name} {column.sql_type}")
    ledger.execute(f"DETACH {RELEASE}")


def _take(ledger: Connection, layout: Layout, migrations: Path, behind: Sequence[Manifest]) -> None:
    """Take the releases that the ledger does not hold yet, oldest first, and migrate its tables.

    Of releases that carry their history the newest says it all; those before are compared one by one.
    """
    if behind:
        version = max(ledger_state(ledger).schema_version, behind[-1].schema_version)
        migrate(ledger, migrations, ledger_state(ledger).schema_version, version)
    if behind and behind[-1].release_no % _MELTED_EVERY:
        leave_small_row_groups(ledger)
    if behind and behind[-1].schema_version >= FIRST_WITH_HISTORY:
        with _one_step(ledger, layout, behind[-1]):
            _take_dated(ledger, ledger_state(ledger).release_no)
    else:
        for manifest in behind:
            with _one_step(ledger, layout, manifest):
                _take_bare(ledger, manifest.release_no)
    migrate(ledger, migrations, ledger_state(ledger).schema_version, SCHEMA_VERSION)


def _database(layout: Layout, manifest: Manifest) -> Path:
    return layout.releases / manifest.release_id / DATABASE


def _whole_releases(layout: Layout, after: int) -> list[Manifest]:
    """The releases later than a number whose files are as they were published, oldest first."""
    later = [entry for entry in read_entries(layout) if entry.release_no > after]
    folders = [(layout.releases / entry.release_id, entry.manifest_sha256) for entry in later]
    return [read_manifest(folder) for folder, sha256 in folders if is_unharmed(folder, sha256)]


@contextmanager
def _one_step(ledger: Connection, layout: Layout, release: Manifest) -> Iterator[None]:
    """A transaction over an attached release, after which the ledger holds it."""
    attach_read_only(ledger, _database(layout, release), RELEASE)
    try:
        ledger.execute("BEGIN")
        try:
            yield
            ledger.execute("UPDATE ledger_state SET release_no = ?", [release.release_no])
        except BaseException:
            ledger.execute("ROLLBACK")
            raise
        ledger.execute("COMMIT")
    finally:
        ledger.execute(f"DETACH {RELEASE}")


def _take_dated(ledger: Connection, known: int) -> None:
    """Take what began or ended after release number `known`, as the release itself dates it."""
    tables = _tables_of_release(ledger)
    ends = {table: f"{RELEASE}.{history_name(table)} WHERE {UNTIL.name} > {known}" for table in tables}
    places = {(table, "history"): f"{RELEASE}.{history_name(table)} WHERE {SINCE.name} > {known}" for table in tables}
    for table in tables:
        places[table, "current"] = f"{RELEASE}.{table.schema}.{table.name} WHERE {SINCE.name} > {known}"
    # In most tables nothing changed, and a statement that finds nothing costs as much as one that finds little.
    counts = count_rows(ledger, {**ends, **places})
    for table, ended in ends.items():
        if counts[table]:
            ledger.execute(
                f"UPDATE {table.qualified_name} AS old SET {UNTIL.name} = new.{UNTIL.name} FROM (FROM {ended}) AS new "
                f"WHERE old.{UNTIL.name} IS NULL AND new.{SINCE.name} = old.{SINCE.name} AND {same_key(table)}"
            )
    for (table, part), began in places.items():
        if counts[table, part]:
            ledger.execute(f"INSERT INTO {table.qualified_name} BY NAME SELECT * FROM {began}")


def _take_bare(ledger: Connection, release_no: int) -> None:
    """Take a release without dates: what the ledger does not have begins with it, what it no longer has ends."""
    for table in _tables_of_release(ledger):
        name = table.qualified_name
        ledger.execute(f"CREATE TEMP TABLE incoming AS SELECT * FROM {RELEASE}.{table.schema}.{table.name}")
        ledger.execute(
            f"UPDATE {name} AS old SET {UNTIL.name} = {release_no} WHERE {UNTIL.name} IS NULL "
            f"AND NOT EXISTS (SELECT 1 FROM incoming AS new WHERE {same_version(table)})"
        )
        ledger.execute(
            f"INSERT INTO {name} BY NAME SELECT *, {release_no} AS {SINCE.name} FROM incoming AS new WHERE NOT EXISTS "
            f"(SELECT 1 FROM {name} AS old WHERE old.{UNTIL.name} IS NULL AND {same_version(table)})"
        )
        ledger.execute("DROP TABLE incoming")


def _tables_of_release(ledger: Connection) -> list[Table]:
    """The tables with a history that the attached release has, with the columns that it has."""
    found: dict[tuple[str, str], set[str]] = {}
    for schema, name, column in ledger.execute(_COLUMNS, [RELEASE]).fetchall():
        found.setdefault((schema, name), set()).add(column)
    return [
        dataclasses.replace(table, columns=tuple(c for c in table.columns if c.name in found[table.schema, table.name]))
        for table in TABLES
        if table.has_history and (table.schema, table.name) in found
    ]
