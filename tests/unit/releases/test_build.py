import itertools
from pathlib import Path

import pytest

from trialhouse.model.tables import ArmRow, DocumentRow, RowSet, TrialRow
from trialhouse.releases.build import content_hash, create_tables, row_counts, write_rows
from trialhouse.releases.changes import changes_since
from trialhouse.settings import load_settings
from trialhouse.store.connection import attach_read_only, new_database

VIEWS = load_settings(environ={}).settings.root / "warehouse" / "views"


def built(path: Path, *rows: TrialRow | ArmRow | DocumentRow) -> tuple[str, dict[str, int]]:
    with new_database(path) as connection:
        create_tables(connection, VIEWS)
        write_rows(connection, RowSet(rows))
        return content_hash(connection), row_counts(connection)


def document(fetched_at: str) -> DocumentRow:
    return DocumentRow(document_id="d", source="files", kind="news", fetched_at=fetched_at, sha256="0")


def test_the_hash_sees_every_value_but_when_it_was_fetched(tmp_path: Path) -> None:
    trial = TrialRow(trial_id="t", enrollment=100)
    one, _ = built(tmp_path / "1", trial, document("2026-11-21T00:00:00"))
    two, _ = built(tmp_path / "2", document("2026-11-22T00:00:00"), trial)
    three, _ = built(tmp_path / "3", trial.model_copy(update={"enrollment": 101}), document("2026-11-21T00:00:00"))
    assert one == two != three


def test_the_hash_tells_null_from_text_and_one_column_from_the_next(tmp_path: Path) -> None:
    values: list[tuple[str | None, str | None]] = list(itertools.product(("a", "b", "", None), repeat=2))
    rows = [TrialRow(trial_id="t", acronym=acronym, title=title) for acronym, title in values]
    hashes = set()
    with new_database(tmp_path / "x") as connection:
        create_tables(connection, VIEWS)
        for row in rows:
            connection.execute("DELETE FROM trials")
            write_rows(connection, RowSet([row]))
            hashes.add(content_hash(connection))
    assert len(hashes) == len(values)


def test_every_column_of_tables_and_views_is_explained(tmp_path: Path) -> None:
    with new_database(tmp_path / "x") as connection:
        create_tables(connection, VIEWS)
        bare = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE database_name = 'release' AND coalesce(comment, '') = ''"
        ).fetchall()
        columns = connection.execute("SELECT count(*) FROM duckdb_columns() WHERE table_name = 'results'").fetchall()
    assert bare == []
    assert columns == [(23,)]


@pytest.mark.parametrize("has_last", [True, False])
def test_changes_count_rows_by_key(tmp_path: Path, has_last: bool) -> None:
    built(tmp_path / "last", TrialRow(trial_id="kept"), TrialRow(trial_id="lost"))
    with new_database(tmp_path / "next") as connection:
        create_tables(connection, VIEWS)
        write_rows(connection, RowSet([TrialRow(trial_id="kept", phase="PHASE2"), TrialRow(trial_id="new")]))
        if has_last:
            attach_read_only(connection, tmp_path / "last", "last")
        changes = {c.table_name: (c.added, c.lost) for c in changes_since(connection, "last" if has_last else None)}
    assert changes["trials"] == ((1, 1) if has_last else (2, 0))
    assert changes["arms"] == (0, 0)
