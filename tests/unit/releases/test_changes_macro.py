"""`changes(from, to)` on small histories made by hand: what differs, and of which trial."""

import itertools
import json
from collections.abc import Iterator

import pytest

from tests.properties.made_history import MadeHistory, evidence, facts, made_history, measurement, two_trials
from trialhouse.store.connection import DatabaseError


@pytest.fixture(scope="module")
def empty_history() -> Iterator[MadeHistory]:
    with made_history() as history:
        yield history


@pytest.fixture
def history(empty_history: MadeHistory) -> Iterator[MadeHistory]:
    """Two releases that were made alike, without rows; what a test adds is taken back."""
    empty_history.connection.execute("BEGIN")
    yield empty_history
    empty_history.connection.execute("ROLLBACK")


def test_cells_that_changed_rows_that_came_and_rows_that_went(history: MadeHistory) -> None:
    history.version("trials", 1, trial_id="t1")
    history.version("trials", 1, 2, trial_id="t2", enrollment=10, countries=["Chad"], title='It\'s "so"')
    history.version("trials", 2, trial_id="t2", enrollment=None, countries=["Chad", "Mali, or so"], title='It\'s "so"')
    history.version("trials", 1, 2, trial_id="t3")
    history.version("trials", 2, trial_id="t4", enrollment=7)
    rows = history.changes()
    assert [(r["row_id"], r["trial_id"], r["change"], r["column_name"], r["old_value"]) for r in rows[:2]] == [
        ("t2", "t2", "changed", "countries", '["Chad"]'),
        ("t2", "t2", "changed", "enrollment", "10"),
    ]
    assert [r["new_value"] for r in rows[:2]] == ['["Chad","Mali, or so"]', None]
    assert [(r["row_id"], r["change"], r["column_name"]) for r in rows[2:]] == [
        ("t3", "removed", None),
        ("t4", "added", None),
    ]
    assert (json.loads(rows[2]["old_value"])["trial_id"], rows[2]["new_value"]) == ("t3", None)
    assert (rows[3]["old_value"], json.loads(rows[3]["new_value"])["enrollment"]) == (None, 7)


def test_the_other_way_round_is_the_same_mirrored(history: MadeHistory) -> None:
    two_trials(history)
    history.version("documents", 2, document_id="d3")
    history.version("trial_documents", 2, trial_id="t1", document_id="d3")
    measurement(history, 1, 2, value=1.0)
    measurement(history, 2, value=2.0)
    there, back = history.changes(1, 2), history.changes(2, 1)
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(r["table_name"], r["row_id"], mirrored[r["change"]], r["new_value"], r["old_value"]) for r in there] == [
        (r["table_name"], r["row_id"], r["change"], r["old_value"], r["new_value"]) for r in back
    ]
    assert {r["cause"] for r in there} == {"NEW_DOCUMENT"}
    assert {r["cause"] for r in back} == {"DOCUMENT_GONE"}
    assert {r["document_id"] for r in there + back} == {"d3"}


def test_releases_need_not_be_neighbours(history: MadeHistory) -> None:
    for number in (3, 4, 5):
        history.release(number)
    history.version("trials", 1, 2, trial_id="t1", enrollment=1)
    history.version("trials", 2, 4, trial_id="t1", enrollment=2)
    history.version("trials", 4, trial_id="t1", enrollment=3)
    history.version("trials", 2, 4, trial_id="t2")
    pairs = {(a, b): history.changes(a, b) for a, b in itertools.combinations(range(1, 6), 2)}
    cells = {
        pair: [(r["old_value"], r["new_value"]) for r in rows if r["row_id"] == "t1"] for pair, rows in pairs.items()
    }
    assert cells[1, 2] == cells[1, 3] == [("1", "2")]
    assert cells[1, 4] == cells[1, 5] == [("1", "3")]
    assert cells[2, 3] == cells[4, 5] == []
    changes = {pair: [r["change"] for r in rows if r["row_id"] == "t2"] for pair, rows in pairs.items()}
    assert (changes[1, 3], changes[3, 4], changes[1, 5]) == (["added"], ["removed"], [])


def test_a_row_that_ended_and_came_back_as_it_was_is_no_change(history: MadeHistory) -> None:
    history.release(3)
    history.version("trials", 1, 2, trial_id="t1", enrollment=5)
    history.version("trials", 3, trial_id="t1", enrollment=5)
    assert [row["change"] for row in history.changes(1, 2)] == ["removed"]
    assert history.changes(1, 3) == []


def test_a_release_does_not_differ_from_itself(history: MadeHistory) -> None:
    two_trials(history)
    history.version("trials", 2, trial_id="t9")
    assert history.changes(2, 2) == []


def test_when_a_document_was_fetched_is_not_compared(history: MadeHistory) -> None:
    history.version("documents", 1, 2, document_id="d1", fetched_at="2026-01-01", language="de", sha256="a")
    history.version("documents", 2, document_id="d1", fetched_at="2026-02-01", language="en", sha256="a")
    assert [row["column_name"] for row in history.changes()] == ["language"]


def test_moments_are_ids_tags_and_dates_and_others_are_an_error(history: MadeHistory) -> None:
    facts(history, 1, tag="first")
    history.version("trials", 2, trial_id="t1")
    assert history.changes("first", "2026-03-02") == history.changes(1, 2) != []
    with pytest.raises(DatabaseError, match="there is no release nowhere"):
        history.changes("first", "nowhere")


def test_keys_of_several_columns_are_told_apart_even_where_their_texts_look_alike(history: MadeHistory) -> None:
    history.version("trial_registrations", 1, 2, trial_id="t1", registry_id="CTRI/2010/1", is_primary=True)
    history.version("trial_registrations", 2, trial_id="t1", registry_id="CTRI/2010/1", is_primary=False)
    history.version("trial_registrations", 2, trial_id="t1/CTRI", registry_id="2010/1", is_primary=True)
    rows = history.changes()
    assert {row["row_id"] for row in rows} == {"t1/CTRI/2010/1"}
    assert sorted((row["trial_id"], row["change"]) for row in rows) == [("t1", "changed"), ("t1/CTRI", "added")]


def test_rows_have_the_trial_of_the_row_that_they_belong_to(history: MadeHistory) -> None:
    two_trials(history)
    history.version("arm_interventions", 2, arm_intervention_id="i1", arm_id="a1")
    history.version("outcome_analyses", 2, analysis_id="x1", outcome_id="o2")
    measurement(history, 1)
    evidence(history, 2)
    evidence(history, 2, table_name="arm_interventions", row_id="i1")
    history.version("conflicts", 2, table_name="arms", row_id="a2", kept_document_id="d2", other_document_id="d1")
    history.version("documents", 1, 2, document_id="d9")
    history.version("candidates", 2, document_id="d2")
    history.version("document_relations", 2, from_document_id="d9", to_document_id="d2", relation="CITES")
    found = {(row["table_name"], row["row_id"].split("/")[0]): row["trial_id"] for row in history.changes()}
    assert found == {
        ("arm_interventions", "i1"): "t1",
        ("outcome_analyses", "x1"): "t2",
        ("evidence", "outcome_measurements"): "t1",
        ("evidence", "arm_interventions"): "t1",
        ("conflicts", "arms"): "t2",
        ("documents", "d9"): None,
        ("candidates", "d2"): "t2",
        ("document_relations", "d9"): "t2",
    }


def test_a_document_of_several_trials_is_of_none_and_one_that_moved_is_of_the_trial_it_has_now(
    history: MadeHistory,
) -> None:
    two_trials(history)
    history.version("trial_documents", 1, trial_id="t2", document_id="d1")
    history.version("documents", 1, document_id="d3")
    history.version("trial_documents", 1, 2, trial_id="t1", document_id="d3")
    history.version("trial_documents", 2, trial_id="t2", document_id="d3")
    for document in ("d1", "d2", "d3"):
        history.version("candidates", 2, document_id=document)
    candidates = [row for row in history.changes() if row["table_name"] == "candidates"]
    assert {row["row_id"].split("/")[0]: row["trial_id"] for row in candidates} == {"d1": None, "d2": "t2", "d3": "t2"}
