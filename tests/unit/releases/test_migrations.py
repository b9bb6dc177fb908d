from pathlib import Path

import duckdb
import pytest

from tests.unit.releases.made_releases import MIGRATIONS, publish_next, release_row
from tests.unit.releases.older_releases import STORED, bare_release
from trialhouse.model.tables import SCHEMA_VERSION, TABLES, TrialRow
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.ledger import LedgerState, ensure_ledger, ledger_state
from trialhouse.releases.migrations import CannotMigrate, migrate, read_migrations
from trialhouse.store.connection import Connection, DatabaseError, new_database, release_reader, scratch_database
from trialhouse.store.schema import ledger_schema_sql


def columns(connection: Connection) -> set[tuple[str, str, str, str]]:
    """Schema, table, column and type of everything."""
    return set(
        connection.execute(
            "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    )


def stored_ledger(path: Path, version: int) -> None:
    with new_database(path) as ledger:
        ledger.execute((STORED / f"{version}.sql").read_text(encoding="utf-8"))


def test_there_is_a_stored_ledger_and_a_migration_for_each_version_but_the_last() -> None:
    assert [migration.to for migration in read_migrations(MIGRATIONS)] == list(range(2, SCHEMA_VERSION + 1))
    assert sorted(int(path.stem) for path in STORED.glob("*.sql")) == list(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_stored_ledger_gets_the_tables_of_today_and_keeps_its_rows(tmp_path: Path, version: int) -> None:
    stored_ledger(tmp_path / "ledger.duckdb", version)
    ensure_ledger(Layout(tmp_path), MIGRATIONS)
    with scratch_database() as fresh:
        fresh.execute(ledger_schema_sql(TABLES))
        wanted = columns(fresh)
    with release_reader(tmp_path / "ledger.duckdb") as ledger:
        found = {row for row in columns(ledger) if row[1] != "ledger_state"}
        trials = ledger.execute(
            "SELECT enrollment, since_release_no, until_release_no FROM trials ORDER BY 2"
        ).fetchall()
        assert ledger_state(ledger).schema_version == SCHEMA_VERSION
    assert found == wanted
    assert trials == [(100, 1, 2), (120, 2, None)]


def test_a_release_on_an_old_ledger_goes_on_with_its_history(tmp_path: Path) -> None:
    stored_ledger(tmp_path / "ledger.duckdb", 1)
    layout = Layout(tmp_path)
    ensure_ledger(layout, MIGRATIONS)
    publish_next(layout, 3, [release_row(1), release_row(2), TrialRow(trial_id="trial-1", enrollment=120)])
    with release_reader(layout.current / DATABASE) as release:
        assert release.execute("SELECT enrollment FROM trials_as_of('2026.11.01.01')").fetchall() == [(100,)]
        assert release.execute("SELECT enrollment, since_release_no FROM trials").fetchall() == [(120, 2)]


def test_a_migration_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0002_good.sql").write_text("-- to: 2\n-- message: a column\nALTER TABLE t ADD COLUMN b INTEGER;")
    (folder / "0003_bad.sql").write_text("-- to: 3\n-- message: a slip\nALTER TABLE nowhere ADD COLUMN b INTEGER;")
    with duckdb.connect() as ledger:
        ledger.execute("CREATE TABLE t (a INTEGER); CREATE TABLE ledger_state AS SELECT 1 AS schema_version")
        with pytest.raises(DatabaseError, match="nowhere"):
            migrate(ledger, folder, 1, 3)
        assert [row[2] for row in columns(ledger) if row[1] == "t"] == ["a"]
        migrate(ledger, folder, 1, 2)
        assert ledger.execute("FROM ledger_state").fetchall() == [(2,)]
        with pytest.raises(CannotMigrate, match="newer"):
            migrate(ledger, folder, 3, 2)
        with pytest.raises(CannotMigrate, match="no migration for each version from 3 to 5"):
            migrate(ledger, folder, 2, 5)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("-- to: 3\n-- message: m\nSELECT 1", "leave none out"),
        ("-- to: two\n-- message: m\nSELECT 1", "not 'two'"),
        ("-- to: 2\nSELECT 1", "message"),
    ],
)
def test_a_folder_of_migrations_says_what_is_wrong_with_it(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "x.sql").write_text(text)
    with pytest.raises(ValueError, match=complaint):
        read_migrations(tmp_path)


def test_releases_without_history_are_compared_one_by_one(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    for number, enrollments in ((1, (100, 7)), (2, (120, 7))):
        bare_release(layout, number, enrollments)
    ensure_ledger(layout, MIGRATIONS)
    with release_reader(layout.ledger) as ledger:
        versions = ledger.execute(
            "SELECT trial_id, enrollment, since_release_no, until_release_no FROM trials ORDER BY ALL"
        ).fetchall()
        assert ledger_state(ledger) == LedgerState(schema_version=SCHEMA_VERSION, release_no=2)
    assert versions == [("trial-0", 100, 1, 2), ("trial-0", 120, 2, None), ("trial-1", 7, 1, None)]
