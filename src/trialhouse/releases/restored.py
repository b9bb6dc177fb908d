"""What a damaged release held, read back from the ledger: ids, alerts and what to compare with outlive its file."""

import shutil
from pathlib import Path

from trialhouse.model.tables import TABLES, UNTIL
from trialhouse.releases.catalog import Release, list_releases
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.ledger import LEDGER, beside_ledger, last_release_no
from trialhouse.releases.publish import RESTORED
from trialhouse.releases.register import read_entries
from trialhouse.store.connection import new_database
from trialhouse.store.schema import HISTORY, history_name


def restored_release(layout: Layout) -> Release | None:
    """The newest release with the rows that the ledger holds of it, if its own files are damaged; else None.

    It is no release to read from for others: `forget_restored` removes it. It has the tables that have a history, and
    their rows that ended.
    """
    known = last_release_no(layout)
    damaged = [entry.release_no for entry in read_entries(layout)[-1:] if entry.is_damaged]
    if damaged != [known]:
        return None
    forget_restored(layout)
    _place(layout).mkdir()
    _write(layout, _place(layout) / DATABASE)
    (release,) = [release for release in list_releases(layout.warehouse) if release.release_no == known]
    return release.model_copy(update={"folder": _place(layout), "damage": None})


def forget_restored(layout: Layout) -> None:
    """Remove what was read back."""
    shutil.rmtree(_place(layout), ignore_errors=True)


def _write(layout: Layout, path: Path) -> None:
    """The rows that hold and those that ended, in tables of the names that they have in a release."""
    with new_database(path) as connection, beside_ledger(connection, layout):
        connection.execute(f"CREATE SCHEMA {HISTORY}")
        for table in TABLES:
            if table.has_history:
                kept = f"{LEDGER}.{table.schema}.{table.name} WHERE {UNTIL.name}"
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.schema}")
                connection.execute(
                    f"CREATE TABLE {table.qualified_name} AS SELECT * EXCLUDE ({UNTIL.name}) FROM {kept} IS NULL"
                )
                connection.execute(f"CREATE TABLE {history_name(table)} AS SELECT * FROM {kept} IS NOT NULL")


def _place(layout: Layout) -> Path:
    return layout.releases / RESTORED
