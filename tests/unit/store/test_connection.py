import subprocess
import sysconfig
from pathlib import Path

import pytest

from trialhouse.model.tables import TABLES, TrialRow
from trialhouse.store.connection import Connection, DatabaseError, new_database, release_reader
from trialhouse.store.insert import insert_rows
from trialhouse.store.read import read_rows
from trialhouse.store.schema import schema_sql


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "it's a release.duckdb"
    with new_database(path) as connection:
        connection.execute(schema_sql(TABLES))
        insert_rows(connection, [TrialRow(trial_id="trial-b"), TrialRow(trial_id="trial-a", countries=("Italy",))])
    return path


def count_of(connection: Connection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def test_every_table_and_column_carries_its_comment(database: Path) -> None:
    with release_reader(database) as connection:
        tables = count_of(
            connection, "SELECT count(*) FROM duckdb_tables() WHERE comment <> '' AND database_name='release'"
        )
        bare = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name='release' AND comment IS NULL"
        ).fetchall()
    assert (tables, bare) == (len(TABLES) + sum(table.has_history for table in TABLES), [])


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO trials (trial_id) VALUES ('x')",
        "DROP TABLE trials",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY trials TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
    ],
)
def test_a_reader_can_neither_write_nor_reach_a_file(database: Path, statement: str) -> None:
    with release_reader(database) as connection:
        with pytest.raises(DatabaseError):
            connection.execute(statement)
        assert count_of(connection, "SELECT count(*) FROM trials") == 2


def test_a_reader_sees_no_variables_of_the_program(database: Path) -> None:
    with release_reader(database) as connection:
        mine = connection.sql("SELECT 1 AS one")
        assert mine.fetchall() == [(1,)]
        with pytest.raises(DatabaseError, match="mine"):
            connection.sql("FROM mine").fetchall()


def test_the_duckdb_command_line_of_an_older_version_opens_the_file(database: Path) -> None:
    program = Path(sysconfig.get_path("scripts")) / "duckdb"
    said = subprocess.run(
        [program, "-readonly", "-csv", database, "SELECT trial_id FROM trials"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["trial_id", "trial-a", "trial-b"]


def test_rows_read_back_are_the_rows_inserted(database: Path) -> None:
    with release_reader(database) as connection:
        rows = read_rows(connection, TrialRow)
    assert rows == [TrialRow(trial_id="trial-a", countries=("Italy",)), TrialRow(trial_id="trial-b")]
