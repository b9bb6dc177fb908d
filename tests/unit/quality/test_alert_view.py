"""What a release knows beside an alert: rows, sentences, both sides, and what was set aside."""

import pytest

from tests.unit.quality.test_alerts import after, failing, report
from tests.unit.quality.test_quotes import CONFLICT
from tests.unit.quality.test_set_aside import ROWS, arm, check, evidence, taken
from trialhouse.model.tables import TABLES, ConflictRow, DocumentTextRow, EvidenceRow, OutcomeAnalysisRow, RowSet
from trialhouse.model.words import AlertState, DecisionAction
from trialhouse.quality.alert_view import allowed, evidence_of, steps_of
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.resources import data_root
from trialhouse.store.connection import scratch_database
from trialhouse.store.schema import quoted

TEXT = f"{'Ten took part.':<20}We gave A (n=5). Then B (n=5) came, twelve (12) people in all."


def said(table_name, row_id, column_name, quote, start=None):
    start = TEXT.index(quote) if start is None else start
    row = evidence(table_name, row_id, column_name, start)
    return EvidenceRow(**row.model_dump() | {"quote": quote, "span_end": start + len(quote)})


SAID = [
    DocumentTextRow(document_id="d", span_start=0, span_end=len(TEXT), text=TEXT, is_whole=True),
    said("trials", "t", "enrollment", "Ten took part."),
    said("arms", "a", "n_randomized", "n=5"),
    said("arms", "b", "n_randomized", "n=5", TEXT.rindex("n=5")),
    CONFLICT.model_copy(update={
        "other_quote": "twelve (12) people", "other_span_start": TEXT.index("twelve"),
        "other_span_end": TEXT.index(" in all"),
    }),
]  # fmt: skip


@pytest.fixture
def build():
    with scratch_database() as connection:
        create_tables(connection, data_root() / "warehouse" / "views")
        rows = [row for row in ROWS if not isinstance(row, EvidenceRow)]
        write_rows(connection, RowSet([*rows, *SAID]))
        yield connection


def alert(**changes):
    (one,), _ = after(report(failing("5 + 5 = 10, the enrollment is 12.", row_id="t", trial_id="t")))
    return one.model_copy(update=changes)


def shown(build, about, landed=lambda sha256: None):
    return evidence_of(build, about, landed)


def roles(found):
    return [(row.role, row.table_name, row.row_id) for row in found.rows]


def marked(passages):
    return [(passage.text[mark.start : mark.end], mark.is_blamed) for passage in passages for mark in passage.marks]


def test_a_trial_that_does_not_add_up_is_shown_with_its_arms_and_what_the_message_names(build):
    found = shown(build, alert())
    assert roles(found) == [("failing", "arms", "a"), ("failing", "arms", "b"), ("other", "trials", "t")]
    assert found.rows[2].cells == {"enrollment": 10}
    assert [passage.text for passage in found.passages] == [
        "Ten took part.",
        "We gave A (n=5).",
        "Then B (n=5) came, twelve (12) people in all.",
    ]
    assert marked(found.passages) == [("Ten", True), ("5", True), ("5", True)]
    assert [document.document_id for document in found.documents] == ["d"]
    assert found.trial is not None


def test_both_sides_of_a_disagreement_have_their_words(build):
    found = shown(build, alert())
    (one,) = found.disagreements
    assert (one.kept.value, one.other.value, one.rule) == ("10", "12", "trust")
    assert marked(one.kept.passages) == [("Ten", True)]
    assert marked(one.other.passages) == [("twelve", True), ("12", True)]


CELLS = {
    "VARCHAR": "'Ten'", "VARCHAR[]": "['Ten', 'part']", "BOOLEAN": "true", "BIGINT": "10", "DOUBLE": "10.0",
    "DATE": "DATE '2020-01-31'", "TIMESTAMP": "TIMESTAMP '2020-01-31 12:00:00'",
}  # fmt: skip
"""A cell of every type that a column has, as SQL."""

ROW_IDS = {
    "trials": "t", "documents": "d", "arms": "a", "arm_interventions": "ai", "outcomes": "o",
    "outcome_measurements": "ma", "outcome_analyses": "an",
}  # fmt: skip
"""A row of every table whose cells are read from texts."""

READ = [
    (table, column)
    for table in TABLES
    for column in table.columns
    if table.qualified_name in ROW_IDS and column.name not in {*table.key, *dict(table.references)}
]


def test_every_column_is_shown_whatever_its_type_also_by_a_check_that_blames_none(build):
    write_rows(build, RowSet([OutcomeAnalysisRow(analysis_id="an", outcome_id="o")]))
    for table, column in READ:
        row_id = ROW_IDS[table.qualified_name]
        build.execute("BEGIN")
        value = quoted(column.words[0]) if column.words else CELLS[column.sql_type]
        cell = f"{table.qualified_name} SET {column.name} = {value}"
        build.execute(f"UPDATE {cell} WHERE {table.key[0]} = ?", [row_id])
        write_rows(build, RowSet([said(table.qualified_name, row_id, column.name, "Ten took part.")]))
        about = alert(table_name=table.qualified_name, row_id=row_id, message="It is wrong.")
        for blamed in (column.name, None):
            found = shown(build, about.model_copy(update={"column_name": blamed}))
            assert "Ten took part." in [passage.text for passage in found.passages], (table.name, column.name)
        build.execute("ROLLBACK")
    assert {column.sql_type for _, column in READ} == CELLS.keys()


@pytest.mark.parametrize("name", ["trials/t/enrollment/d/12", "trials/t/enrollment/d"])
def test_an_alert_of_a_conflict_shows_its_sides_and_the_row_of_the_cell(build, name):
    found = shown(build, alert(table_name="conflicts", row_id=name, column_name="enrollment"))
    assert roles(found) == [("failing", "conflicts", "trials/t/enrollment/d/12"), ("other", "trials", "t")]
    assert [one.other.value for one in found.disagreements] == ["12"]
    assert found.passages == ()


@pytest.mark.parametrize(("quote", "expected"), [("(P<.001)", "<"), ("P<.001 or .001", ""), ("P = .001", "")])
def test_a_side_says_that_its_value_is_a_bound(build, quote, expected):
    text = f"B fell less {quote}."
    start = text.index(quote)
    build.execute("INSERT INTO documents BY NAME SELECT * REPLACE ('e' AS document_id) FROM documents")
    piece = DocumentTextRow(document_id="e", span_start=0, span_end=len(text), text=text, is_whole=True)
    row = ConflictRow(
        table_name="outcome_analyses", row_id="an", column_name="p_value", kept_value="0.04", kept_document_id="d",
        other_value="0.001", other_document_id="e", rule="trust", other_quote=quote, other_span_start=start,
        other_span_end=start + len(quote),
    )  # fmt: skip
    write_rows(build, RowSet([piece, row]))
    key = "outcome_analyses/an/p_value/e"
    (one,) = shown(build, alert(table_name="conflicts", row_id=key, column_name="p_value")).disagreements
    assert (one.kept.modifier, one.other.modifier, one.other.value) == ("", expected, "0.001")


def test_the_words_of_two_languages_are_found_among_the_candidates(build):
    words = "frequency is every 2 weeks in the copy in zh, every other day in the main text"
    for side, start, quote in (("copy", 4, "took"), ("main text", 9, "part")):
        build.execute(
            "INSERT INTO candidates (document_id, kind, span_start, span_end, quote, reason) VALUES (?, ?, ?, ?, ?, ?)",
            ["d", "language_difference", start, start + 4, quote, f"{side}: {words}"],
        )
    row = ConflictRow(
        table_name="trials", row_id="t", column_name="frequency", kept_value="every other day", kept_document_id="d",
        other_value="every 2 weeks", other_document_id="d", rule="other_language:zh",
    )  # fmt: skip
    write_rows(build, RowSet([row]))
    key = "trials/t/frequency/d/every 2 weeks"
    (one,) = shown(build, alert(table_name="conflicts", row_id=key, column_name="frequency")).disagreements
    assert [place.start for place in (*one.kept.passages, *one.other.passages)] == [0, 0]
    assert marked(one.kept.passages) == [("part", True)]
    assert marked(one.other.passages) == [("took", True)]


def test_of_a_text_that_a_release_may_not_hold_the_sentence_is_read_where_it_was_received(build):
    build.execute("DELETE FROM document_texts")
    start = TEXT.index("n=5")
    build.execute("INSERT INTO document_texts VALUES ('d', ?, ?, 'n=5', false, 1)", [start, start + 3])
    about = alert(row_id="a", message="Five is wrong.")
    (alone,) = shown(build, about).passages
    assert (alone.text, alone.start) == ("n=5", start)
    (sentence,) = shown(build, about, {"0" * 64: TEXT}.get).passages
    assert (sentence.text, sentence.before, sentence.after) == ("We gave A (n=5).", None, None)
    assert marked([sentence]) == [("5", True)]
    (changed,) = shown(build, about, {"0" * 64: f"More. {TEXT}"}.get).passages
    assert changed.text == "n=5"


def test_a_row_that_was_set_aside_is_shown_as_it_was(build):
    rows, _, _ = taken(build, arm("a"))
    write_rows(build, RowSet(rows))
    found = shown(build, alert(row_id="a", check_id="arms/some", message="Arm a is wrong.", column_name=None))
    assert roles(found)[0] == ("set_aside", "arms", "a")
    assert found.rows[0].cells["n_randomized"] == 5
    assert [one.cause for one in found.quarantined] == ["arms/some"]
    assert [passage.text for passage in found.passages] == ["We gave A (n=5)."]
    assert marked(found.passages) == [("5", True)]


def test_a_cell_that_was_set_aside_is_told_and_its_words_are_shown(build):
    sql = "SELECT 'a' AS row_id, 'n_randomized' AS column_name, 't' AS trial_id, 'Five is wrong.' AS message"
    rows, _, _ = taken(build, check("arms", sql, way="cell"))
    write_rows(build, RowSet(rows))
    found = shown(build, alert(row_id="a", message="Five is wrong."))
    assert roles(found)[0] == ("failing", "arms", "a")
    assert "n_randomized" not in found.rows[0].cells
    assert [one.column_name for one in found.quarantined] == ["n_randomized"]
    assert marked(found.passages) == [("5", True)]


def test_a_row_that_is_gone_is_shown_as_it_last_was(build):
    build.execute(
        "INSERT INTO history.arms (arm_id, trial_id, label, n_is_derived, is_result_group, since_release_no, "
        "until_release_no) VALUES ('z', 't', 'Z', false, false, 1, 2)"
    )
    found = shown(build, alert(row_id="z", column_name=None))
    assert roles(found)[0] == ("gone", "arms", "z")
    assert found.rows[0].cells["label"] == "Z"


def test_an_alert_about_nothing_that_is_there_has_no_rows(build):
    found = shown(build, alert(row_id="never", trial_id=None, table_name="documents", column_name=None))
    assert (found.rows, found.passages, found.trial) == ((), (), None)
    assert shown(build, alert(table_name="no.table")).rows == ()


def test_what_a_person_may_do_depends_on_the_state():
    assert DecisionAction.ACKNOWLEDGE in allowed(alert())
    assert allowed(alert(state=AlertState.RESOLVED)) == (DecisionAction.REOPEN,)


def test_steps_tell_what_no_release_has_yet():
    (one,), events = after(report(failing()), report())
    assert [step.is_in_release for step in steps_of(one.alert_id, events, events[:1])] == [True, False]
    assert steps_of("another", events, events) == ()
