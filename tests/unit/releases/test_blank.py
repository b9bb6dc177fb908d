"""A release without rows is made once and copied, and nobody can tell the copy from one that was made anew."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.tables import SINCE, TABLES, RowSet, TrialRow
from trialhouse.releases import blank
from trialhouse.releases.blank import hold_since, write_blank
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.releases.history import create_macros
from trialhouse.resources import data_root
from trialhouse.store.connection import new_database, release_reader

VIEWS, MACROS = data_root() / "warehouse" / "views", data_root() / "warehouse" / "macros"


@pytest.fixture(autouse=True)
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank, "_newest", [])


def declared(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a file declares."""
    queries = {
        "columns": "SELECT schema_name, table_name, column_name, data_type, is_nullable, column_default, comment "
        "FROM duckdb_columns() WHERE database_name = 'release'",
        "tables": "SELECT schema_name, table_name, sql, comment FROM duckdb_tables() WHERE database_name = 'release'",
        "views": "SELECT schema_name, view_name, sql, comment FROM duckdb_views() WHERE database_name = 'release'",
        "macros": "SELECT schema_name, function_name, macro_definition, comment FROM duckdb_functions() "
        "WHERE database_name = 'release'",
    }
    with release_reader(path) as connection:
        return {kind: connection.execute(f"{query} ORDER BY ALL").fetchall() for kind, query in queries.items()}


def test_a_copy_declares_what_one_made_anew_does(tmp_path: Path) -> None:
    for name in ("first", "copy"):
        write_blank(tmp_path / name, VIEWS, MACROS)
        with new_database(tmp_path / name) as connection:
            hold_since(connection, 7)
    with new_database(tmp_path / "anew") as connection:
        create_tables(connection, VIEWS, 7)
        create_macros(connection, MACROS, TABLES)
    wanted = declared(tmp_path / "anew")
    assert all(wanted.values())
    assert declared(tmp_path / "first") == declared(tmp_path / "copy") == wanted


def test_rows_hold_since_the_release_that_is_named(tmp_path: Path) -> None:
    write_blank(tmp_path / "x", VIEWS, MACROS)
    with new_database(tmp_path / "x") as connection:
        hold_since(connection, 7)
        write_rows(connection, RowSet([TrialRow(trial_id="a")]))
    with release_reader(tmp_path / "x") as connection:
        assert connection.execute(f"SELECT trial_id, {SINCE.name} FROM trials").fetchall() == [("a", 7)]


def test_what_was_made_of_other_sql_is_not_copied(tmp_path: Path) -> None:
    views = tmp_path / "views"
    shutil.copytree(VIEWS, views)
    write_blank(tmp_path / "before", views, MACROS)
    (views / "zz_more.sql").write_text("CREATE VIEW zz_more AS FROM trials", encoding="utf-8")
    write_blank(tmp_path / "after", views, MACROS)
    names = [{row[1] for row in declared(tmp_path / name)["views"]} for name in ("before", "after")]
    assert names[1] - names[0] == {"zz_more"}
    assert not names[0] - names[1]
