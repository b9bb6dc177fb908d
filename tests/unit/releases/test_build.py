import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.releases.made_releases import build, publish_all, release_row
from trialhouse.model.tables import ArmRow, DocumentRow, RowSet, TrialRow
from trialhouse.releases.build import create_tables, row_counts, write_rows
from trialhouse.releases.changes import TableChange, changes_since
from trialhouse.releases.content import content_hash, content_sums, content_sums_after, sums_of_ledger
from trialhouse.releases.layout import DATABASE
from trialhouse.settings import load_settings
from trialhouse.store.connection import new_database, release_reader, scratch_database

VIEWS = load_settings(environ={}).settings.root / "warehouse" / "views"

VARIANTS = [TrialRow(trial_id=f"trial-{n}", enrollment=size) for n in range(3) for size in (None, 10, 20)]


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
    assert columns == [(29,)]


def test_changes_count_rows_by_key(tmp_path: Path) -> None:
    layout = publish_all(tmp_path, [TrialRow(trial_id="kept"), TrialRow(trial_id="same"), TrialRow(trial_id="lost")])
    rows = [TrialRow(trial_id="kept", phase="PHASE2"), TrialRow(trial_id="same"), TrialRow(trial_id="new")]
    build(layout, rows, release_row(2))
    with release_reader(layout.building / DATABASE) as connection:
        since = {last: {c.table_name: c for c in changes_since(connection, last)} for last in (1, None)}
    assert since[1]["trials"] == TableChange(table_name="trials", added=1, changed=1, lost=1)
    assert since[None]["trials"] == TableChange(table_name="trials", added=3, changed=0, lost=0)
    assert since[1]["arms"] == TableChange(table_name="arms", added=0, changed=0, lost=0)


@given(*[st.lists(st.sampled_from([*VARIANTS]), unique_by=lambda row: row.trial_id)] * 2)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_hash_is_the_same_counted_anew_or_from_the_release_before(
    tmp_path_factory: pytest.TempPathFactory, first: list[TrialRow], second: list[TrialRow]
) -> None:
    layout = publish_all(tmp_path_factory.mktemp("w"), first)
    with scratch_database() as connection:
        before = sums_of_ledger(connection, layout)
    assert before is not None
    build(layout, second, release_row(2))
    with release_reader(layout.building / DATABASE) as connection:
        assert content_sums_after(connection, before, 2) == content_sums(connection)
