"""Forward migrations of the ledger: a SQL file for each new version of the tables, applied in order.

Releases are never migrated: a file stays as it was published. A migration adds or renames; the columns of a key keep
their names, since the rows of older releases are found by them.
"""

from dataclasses import dataclass
from pathlib import Path

from trialhouse.store.connection import Connection
from trialhouse.store.sql_files import SqlFile, read_sql_files


class CannotMigrate(Exception):
    """No way leads from the version of a ledger to the one that is wanted; the message says what to do."""


@dataclass(frozen=True)
class Migration:
    """The statements that lead from the version before to `to`, and what analysts should know of it."""

    to: int
    message: str
    sql: str


def read_migrations(folder: Path) -> list[Migration]:
    """The migrations of a folder, by version. Raises ValueError for a gap, a double, or a poor header."""
    found = sorted((_migration(file) for file in read_sql_files(folder)), key=lambda migration: migration.to)
    versions = [migration.to for migration in found]
    if versions != list(range(2, len(found) + 2)):
        raise ValueError(f"{folder} holds migrations to versions {versions}: they begin with 2 and leave none out")
    return found


def migrate(ledger: Connection, folder: Path, at: int, to: int) -> None:
    """Lead the tables of a ledger, the connection's default database, from version `at` to version `to`.

    All of it is one transaction, or nothing. Raises CannotMigrate.
    """
    if at > to:
        raise CannotMigrate(
            f"the ledger has schema version {at}, and this Trialhouse knows {to}: install the version that wrote it, "
            "or a newer one"
        )
    steps = [migration for migration in read_migrations(folder) if at < migration.to <= to]
    if [step.to for step in steps] != list(range(at + 1, to + 1)):
        raise CannotMigrate(f"{folder} has no migration for each version from {at + 1} to {to}")
    if not steps:
        return
    ledger.execute("BEGIN")
    try:
        for step in steps:
            ledger.execute(step.sql)
        ledger.execute("UPDATE ledger_state SET schema_version = ?", [to])
    except BaseException:
        ledger.execute("ROLLBACK")
        raise
    ledger.execute("COMMIT")


def _migration(file: SqlFile) -> Migration:
    to = file.required("to")
    if not to.isdigit():
        raise ValueError(f"{file.name}.sql: 'to' is a number of a version, not {to!r}")
    return Migration(int(to), file.required("message"), file.sql)
