import subprocess
import sysconfig
from pathlib import Path

import duckdb
import pytest

from trialhouse.model.tables import TABLES, TrialRow
from trialhouse.store.connection import (
    Connection,
    DatabaseError,
    MemoryIsFull,
    is_want_of_memory,
    limit_memory,
    memory_for,
    new_database,
    release_reader,
    scratch_database,
    transaction,
    with_enough_memory,
    working_database,
)
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


MANY = "SELECT range AS n, repeat(md5(range::VARCHAR), 4) AS word FROM range(100_000)"
"""Rows of about fifteen megabytes."""
LIMIT = "SELECT current_setting('memory_limit')"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.duckdb"
    with working_database(path) as connection:
        connection.execute(f"CREATE TABLE words AS {MANY}")
    return path


@pytest.mark.parametrize(
    ("statements", "count"),
    [
        (["CREATE TABLE sorted AS FROM words ORDER BY md5(word)"], 100_000),
        (
            ["DELETE FROM words WHERE n % 2 = 1", f"INSERT INTO words {MANY}", "UPDATE words SET word = word || n"],
            150_000,
        ),
    ],
)
def test_what_does_not_fit_into_a_limit_is_done_again_in_more(
    many: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, statements: list[str], count: int
) -> None:
    attempts: list[int | None] = []

    def work(megabytes: int | None) -> list[tuple[object, ...]]:
        attempts.append(megabytes)
        with working_database(many) as connection:
            limit_memory(connection, megabytes, tmp_path / "spill")
            with transaction(connection):
                for statement in statements:
                    connection.execute(statement)
            return connection.execute("SELECT count(*), min(n), max(n) FROM words").fetchall()

    assert with_enough_memory(2, work) == [(count, 0, 99_999)]
    assert attempts == [2, 8, None]
    assert caplog.messages == [f"{most} MB of memory were too little: it is done again in more" for most in (2, 8)]


def test_what_does_not_fit_into_all_there_is_is_told() -> None:
    def work(megabytes: int | None) -> None:
        raise MemoryIsFull(f"could not allocate block, of {megabytes}")

    with pytest.raises(MemoryIsFull, match="of None"):
        with_enough_memory(1, work)


def test_another_failure_is_not_tried_again() -> None:
    attempts = []

    def work(megabytes: int | None) -> None:
        attempts.append(megabytes)
        raise DatabaseError("a block of the file is damaged")

    with pytest.raises(DatabaseError, match="damaged"):
        with_enough_memory(1, work)
    assert attempts == [1]


@pytest.mark.parametrize(
    ("error", "is_want"),
    [
        (MemoryIsFull("could not allocate block of size 256.0 KiB"), True),
        (
            duckdb.IOException(
                'IO Error: Checkpoint failed for database "store". The database has been invalidated. '
                "Original error: failed to pin block of size 256.0 KiB (19.0 MiB/19.0 MiB used)"
            ),
            True,
        ),
        (
            duckdb.IOException(
                'IO Error: Database "store" has been invalidated because checkpointing failed. '
                "Original error: failed to allocate data of size 4.0 MiB"
            ),
            True,
        ),
        (duckdb.IOException('Checkpoint failed for database "store". Original error: No space left on device'), False),
        (duckdb.IOException("Could not set lock on file"), False),
    ],
)
def test_want_of_memory_is_told_from_other_failures(error: DatabaseError, is_want: bool) -> None:
    assert is_want_of_memory(error) is is_want


def test_what_was_allowed_before_is_allowed_again(tmp_path: Path) -> None:
    with scratch_database() as connection:
        limit_memory(connection, 150, tmp_path / "spill")
        before = connection.execute(LIMIT).fetchall()
        for megabytes in (400, None):
            with memory_for(connection, megabytes):
                assert connection.execute(LIMIT).fetchall() != before
            assert connection.execute(LIMIT).fetchall() == before


def test_memory_that_cannot_be_given_back_is_kept(many: Path, tmp_path: Path) -> None:
    with working_database(many) as connection:
        limit_memory(connection, 2, tmp_path / "spill")
        with memory_for(connection, None):
            # What a transaction that is under way changed stays in memory.
            connection.execute("BEGIN; UPDATE words SET n = n + 1")
        assert connection.execute("SELECT min(n) FROM words").fetchall() == [(1,)]
        connection.execute("ROLLBACK")


def test_a_locked_connection_keeps_its_memory() -> None:
    with release_reader(None) as connection, memory_for(connection, 100):
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
