"""Dates before the checks and again after them: whatever was done in between, as if all had been dated at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.releases.made_releases import MIGRATIONS, SQL, publish_all, publish_next, release_row
from trialhouse.model.tables import ArmRow, DocumentRow, EvidenceRow, Row, RowSet, TrialRow, table_of
from trialhouse.releases import stamping
from trialhouse.releases.build import create_tables, date_early, date_rows, write_rows
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.publish import start_building
from trialhouse.store.connection import Connection, attach_in_memory, new_database, release_reader, scratch_database
from trialhouse.store.schema import history_name, ledger_schema_sql, schema_sql

TABLES = tuple(table_of(row_class) for row_class in (TrialRow, ArmRow, DocumentRow, EvidenceRow))

Rows = dict[str, list[tuple[object, ...]]]
Touch = Callable[[Connection], object]


@pytest.fixture(autouse=True)
def few_tables(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "tmp_path" not in request.fixturenames:
        monkeypatch.setattr(stamping, "TABLES", TABLES)


def trial(name: str, enrollment: int | None = None) -> TrialRow:
    return TrialRow(trial_id=name, enrollment=enrollment)


def evidence(row_id: str, quote: str) -> EvidenceRow:
    return EvidenceRow(
        table_name="trials",
        row_id=row_id,
        column_name="enrollment",
        document_id="document",
        span_start=0,
        span_end=len(quote),
        quote=quote,
        extractor="made",
        extractor_version="1",
        rule="made",
        is_main=True,
    )


def document(fetched_at: str) -> DocumentRow:
    return DocumentRow(document_id="document", source="files", fetched_at=fetched_at, sha256="0")


VERSIONS: list[tuple[Row, int, int | None]] = [
    (trial("a", 1), 1, None),
    (trial("b"), 1, 2),
    (trial("b", 2), 2, None),
    (trial("c", 3), 1, 2),
    (trial("c"), 2, None),
    (trial("gone"), 1, None),
    (evidence("a", "1"), 1, None),
    (evidence("b", "2"), 2, None),
    (document("2026-11-01T00:00:00"), 1, None),
]
"""What two releases left in the ledger: rows, since which release they hold, and the first without them."""

NEXT: list[Row] = [
    *[trial("a", 1), trial("b", 9), trial("c", 3), trial("new", 4)],
    *[evidence("a", "1"), evidence("b", "9"), document("2026-11-03T00:00:00")],
]
"""What the third is built of: `b` changes again, `c` is as it was in the first, the document was fetched again."""


@contextmanager
def build(rows: list[Row]) -> Iterator[Connection]:
    """A build of the third release beside the ledger of two."""
    with scratch_database() as connection:
        attach_in_memory(connection, "ledger")
        connection.execute(f"USE ledger; {ledger_schema_sql(TABLES)}")
        for row, since, until in VERSIONS:
            write_rows_dated(connection, row, since, until)
        connection.execute(f"USE memory; BEGIN; {schema_sql(TABLES, 3)}; COMMIT")
        write_rows(connection, RowSet(rows))
        yield connection


def write_rows_dated(connection: Connection, row: Row, since: int, until: int | None) -> None:
    """One version of a row, into the default database."""
    table = table_of(type(row))
    connection.execute(f"ALTER TABLE {table.name} ALTER since_release_no SET DEFAULT {since}")
    connection.execute(f"ALTER TABLE {table.name} ALTER until_release_no SET DEFAULT {until or 'NULL'}")
    write_rows(connection, RowSet([row]))


def dated(touch: Touch, *, early: bool, rows: list[Row] = NEXT) -> Rows:
    """All rows of a build and its history, which was touched before the last dating."""
    with build(rows) as connection:
        if early:
            stamping.stamp_early(connection, "ledger", 3)
        touch(connection)
        stamping.stamp(connection, "ledger", 3)
        return content(connection)


def content(connection: Connection) -> Rows:
    names = [name for table in TABLES for name in (table.qualified_name, history_name(table))]
    return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def run(*statements: str) -> Touch:
    def touch(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return touch


def write_again(connection: Connection, row: TrialRow) -> None:
    connection.execute("DELETE FROM trials WHERE trial_id = ?", [row.trial_id])
    write_rows(connection, RowSet([row]))


TOUCHES: dict[str, Touch] = {
    "nothing": run(),
    "a row that stayed goes": run("DELETE FROM trials WHERE trial_id = 'a'"),
    "a row that is new goes": run("DELETE FROM trials WHERE trial_id = 'new'"),
    "a row that changed goes": run("DELETE FROM trials WHERE trial_id = 'b'"),
    "a cell is emptied, and the row is as it was": run("UPDATE trials SET enrollment = NULL WHERE trial_id = 'c'"),
    "a cell of a row that stayed is emptied": run("UPDATE trials SET enrollment = NULL WHERE trial_id = 'a'"),
    "two rows exchange what they say": run(
        "UPDATE trials SET enrollment = CASE enrollment WHEN 1 THEN 9 ELSE 1 END WHERE trial_id IN ('a', 'b')"
    ),
    "a row is written again": lambda connection: write_again(connection, trial("a", 1)),
    "all go": run("DELETE FROM trials", "DELETE FROM evidence"),
    "rows are added that the ledger has": lambda connection: write_rows(
        connection, RowSet([evidence("b", "2"), trial("gone"), trial("d")])
    ),
    "a table is filled that was empty": lambda connection: write_rows(
        connection, RowSet([ArmRow(arm_id="arm", trial_id="a", label="x")])
    ),
    "somebody dates them otherwise": run("UPDATE trials SET since_release_no = 1", "DELETE FROM history.trials"),
}


@pytest.mark.parametrize("name", TOUCHES)
def test_what_is_dated_early_and_touched_then_is_as_if_dated_at_the_end(name: str) -> None:
    assert dated(TOUCHES[name], early=True) == dated(TOUCHES[name], early=False)


@pytest.mark.parametrize("early", [True, False])
def test_the_dates_are_those_of_the_versions(early: bool) -> None:
    emptied = run("UPDATE trials SET enrollment = NULL WHERE trial_id = 'c'")
    with build(NEXT) as connection:
        if early:
            stamping.stamp_early(connection, "ledger", 3)
        emptied(connection)
        stamping.stamp(connection, "ledger", 3)
        hold = connection.execute("SELECT trial_id, enrollment, since_release_no FROM trials ORDER BY ALL").fetchall()
        ended = connection.execute(
            "SELECT trial_id, enrollment, since_release_no, until_release_no FROM history.trials ORDER BY ALL"
        ).fetchall()
        documents = connection.execute("SELECT fetched_at::DATE::VARCHAR, since_release_no FROM documents").fetchall()
    assert hold == [("a", 1, 1), ("b", 9, 3), ("c", None, 2), ("new", 4, 3)]
    assert ended == [("b", 2, 2, 3), ("b", None, 1, 2), ("c", 3, 1, 2), ("gone", None, 1, 3)]
    assert documents == [("2026-11-03", 1)]


sizes = st.dictionaries(st.sampled_from(["a", "b", "c", "gone", "new", "newer"]), st.sampled_from([None, 1, 2, 3]))


@given(sizes, sizes, sizes, sizes)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_state_of_a_build_misleads_the_dates(
    written: dict[str, int | None],
    added: dict[str, int | None],
    changed: dict[str, int | None],
    taken: dict[str, int | None],
) -> None:
    def touch(connection: Connection) -> None:
        for name in taken:
            connection.execute("DELETE FROM trials WHERE trial_id = ?", [name])
        for name, size in changed.items():
            connection.execute("UPDATE trials SET enrollment = ? WHERE trial_id = ?", [size, name])
        there = {name for (name,) in connection.execute("SELECT trial_id FROM trials").fetchall()}
        write_rows(connection, RowSet([trial(name, size) for name, size in added.items() if name not in there]))

    rows: list[Row] = [trial(name, size) for name, size in written.items()]
    assert dated(touch, early=True, rows=rows) == dated(touch, early=False, rows=rows)


@pytest.mark.parametrize("when", ["before the checks", "after them"])
def test_a_ledger_that_proves_damaged_is_made_anew_and_everything_dated_by_it(tmp_path: Path, when: str) -> None:
    layout = publish_all(tmp_path, [trial("a", 1), trial("b")])
    start_building(layout)
    with new_database(layout.building / DATABASE) as connection:
        create_tables(connection, SQL / "views", 2)
        write_rows(connection, RowSet([trial("a", 1), trial("b", 2)]))
        told: list[str] = []
        if when == "before the checks":
            damage(layout.ledger)
        told += date_early(connection, layout, MIGRATIONS, 2)
        if when == "after them":
            damage(layout.ledger)
            connection.execute("DELETE FROM trials WHERE trial_id = 'a'")
        told += date_rows(connection, layout, MIGRATIONS, 2)
        hold = connection.execute("SELECT trial_id, since_release_no FROM trials ORDER BY 1").fetchall()
        ended = connection.execute("SELECT trial_id, until_release_no FROM history.trials ORDER BY 1").fetchall()
    assert len(told) == 1
    assert "The ledger was damaged" in told[0]
    if when == "before the checks":
        assert (hold, ended) == ([("a", 1), ("b", 2)], [("b", 2)])
    else:
        assert (hold, ended) == ([("b", 2)], [("a", 2), ("b", 2)])


def damage(path: Path) -> None:
    path.write_bytes(b"nonsense" * 1000)


def test_small_row_groups_of_the_ledger_are_melted_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialhouse.releases.ledger._MELTED_EVERY", 3)
    layout, groups = Layout(tmp_path), []
    for number in (1, 2, 3):
        publish_next(layout, number, [release_row(number), trial("a", number)])
        groups.append(row_groups(layout))
    assert groups == [1, 2, 1]


def row_groups(layout: Layout) -> int:
    with release_reader(layout.ledger) as ledger:
        asked = "SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('trials')"
        return int(ledger.execute(asked).fetchall()[0][0])
