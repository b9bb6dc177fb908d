import shutil
from pathlib import Path

import pytest

from tests.unit.releases.made_releases import publish_all, publish_next, release_row
from tests.unit.releases.test_ledger import STATES
from trialhouse.model.tables import TABLES
from trialhouse.releases.history import as_of_macro_sql
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.rollback import roll_back
from trialhouse.store.connection import DatabaseError, release_reader


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return publish_all(tmp_path_factory.mktemp("warehouse"), *STATES)


def trials(layout: Layout, moment: str, database: Path | None = None) -> list[tuple[str, int | None]]:
    with release_reader(database or layout.current / DATABASE) as release:
        return release.execute(f"SELECT trial_id, enrollment FROM trials_as_of({moment}) ORDER BY ALL").fetchall()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_state_of_each_release_is_in_the_last_as_it_was_in_its_own(layout: Layout, number: int) -> None:
    release_id = release_row(number).release_id
    own = trials(layout, f"'{release_id}'", layout.releases / release_id / DATABASE)
    expected = sorted((row.trial_id, row.enrollment) for row in STATES[number - 1])
    assert trials(layout, f"'{release_id}'") == own == expected


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("'2026-11-01'", 1),
        ("DATE '2026-11-02'", 2),
        ("'2026-11-30'", 3),
        ("TIMESTAMP '2026-11-02 00:00:00'", 2),
        ("(DATE '2026-11-04' - INTERVAL 2 DAY)", 2),
    ],
)
def test_a_date_means_the_last_release_by_the_end_of_that_day(layout: Layout, moment: str, number: int) -> None:
    assert trials(layout, moment) == trials(layout, f"'{release_row(number).release_id}'")


@pytest.mark.parametrize(
    "moment", ["'2026-10-31'", "'no such tag'", "'2026.11.04.01'", "''", "'2026-11-02T11:22:00'", "'20261102'", "NULL"]
)
def test_a_moment_that_names_nothing_is_an_error(layout: Layout, moment: str) -> None:
    with pytest.raises(DatabaseError, match=r"there is no release .*or a date from 2026-11-01 on"):
        trials(layout, moment)


def test_what_is_current_is_not_known_in_a_file_and_that_is_said(layout: Layout) -> None:
    with pytest.raises(DatabaseError, match=r"there is no release current: .*does not know which release is current"):
        trials(layout, "'current'")
    with pytest.raises(DatabaseError) as other:
        trials(layout, "'no such tag'")
    assert "current" not in str(other.value)


def test_every_table_with_history_has_its_macro_with_its_columns(layout: Layout) -> None:
    with release_reader(layout.current / DATABASE) as release:
        for table in TABLES:
            if table.has_history:
                answer = release.execute(f"FROM {table.qualified_name}_as_of('2026-11-01')")
                assert [column[0] for column in answer.description or ()] == [
                    column.name for column in table.stored_columns
                ]
        bare = release.execute(
            "SELECT function_name FROM duckdb_functions() "
            "WHERE database_name = 'release' AND function_type LIKE '%macro' AND coalesce(comment, '') = ''"
        ).fetchall()
    assert bare == []


def test_a_withdrawn_release_is_passed_over_by_dates_and_found_by_its_id(layout: Layout, tmp_path: Path) -> None:
    layout = Layout(shutil.copytree(layout.warehouse, tmp_path / "warehouse", symlinks=True))
    now = release_row(3).published_at
    withdrawn = roll_back(layout, release_row(1).release_id, "a wrong source", "reviewer", now)
    assert [entry.release_no for entry in withdrawn] == [2, 3]
    publish_next(layout, 4, STATES[2])
    assert trials(layout, "'2026-11-03'") == [("a", 1), ("b", None)]
    assert trials(layout, "'2026.11.02.01'") == [("a", 2), ("c", None)]


def test_the_macro_reads_well() -> None:
    table = next(table for table in TABLES if table.name == "trial_registrations")
    first, _, second, *_ = as_of_macro_sql(table).splitlines()
    assert first == "CREATE MACRO trial_registrations_as_of(moment) AS TABLE"
    columns = "r.trial_id, r.registry, r.registry_id, r.is_primary, r.since_release_no"
    assert second == f"SELECT {columns} FROM trial_registrations AS r, asked WHERE r.since_release_no <= number"
