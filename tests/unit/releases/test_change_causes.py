"""The causes that `changes(from, to)` finds, on small histories made by hand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.properties.made_history import MadeHistory, evidence, facts, made_history, measurement, two_trials
from trialhouse.model.tables import TABLES
from trialhouse.model.words import ChangeCause, ChangeKind
from trialhouse.releases import differences_sql

Row = dict[str, Any]


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


def only(rows: list[Row], table_name: str) -> Row:
    (row,) = (row for row in rows if row["table_name"] == table_name)
    return row


def test_a_new_document_explains_the_rows_it_is_evidence_of(history: MadeHistory) -> None:
    two_trials(history)
    history.version("documents", 2, document_id="d3", source="ctgov", kind="registry", title="Its record")
    history.version("trial_documents", 2, trial_id="t1", document_id="d3")
    measurement(history, 2)
    evidence(history, 2, document_id="d3")
    rows = history.changes()
    assert {(row["cause"], row["document_id"]) for row in rows} == {("NEW_DOCUMENT", "d3")}
    assert only(rows, "outcome_measurements")["cause_detail"] == 'ctgov registry "Its record" is new.'


def test_a_document_that_went_explains_the_rows_that_went_with_it(history: MadeHistory) -> None:
    two_trials(history)
    history.version("documents", 1, 2, document_id="d3", title=None)
    measurement(history, 1, 2)
    evidence(history, 1, 2, document_id="d3")
    row = only(history.changes(), "outcome_measurements")
    assert (row["change"], row["cause"], row["document_id"]) == ("removed", "DOCUMENT_GONE", "d3")
    assert row["cause_detail"].endswith('"d3" is no longer there.')


def test_a_document_with_other_bytes_explains_the_cells_read_from_it(history: MadeHistory) -> None:
    two_trials(history)
    for sha256, since, until in (("a", 1, 2), ("b", 2, None)):
        history.version(
            "documents", since, until, document_id="d3", sha256=sha256, source="files", kind="news", title="A page"
        )
    measurement(history, 1, 2, value=1.0)
    measurement(history, 2, value=2.0)
    evidence(history, 1, document_id="d3")
    row = only(history.changes(), "outcome_measurements")
    assert (row["column_name"], row["cause"], row["document_id"]) == ("value", "SOURCE_CHANGED", "d3")
    assert row["cause_detail"] == 'files news "A page" changed.'


def test_a_file_whose_id_is_that_of_its_bytes_is_one_document_that_changed(history: MadeHistory) -> None:
    two_trials(history)
    for name, since, until in (("d7", 1, 2), ("d3", 2, None)):
        row = {"document_id": name, "source": "files", "doi": "10.5555/x", "title": name}
        history.version("documents", since, until, **row)
        evidence(history, since, until, document_id=name)
    history.version("documents", 2, document_id="d8", source="files", doi="10.5555/y", title="d7")
    measurement(history, 1, 2, value=1.0)
    measurement(history, 2, value=2.0)
    rows = history.changes()
    cell = only(rows, "outcome_measurements")
    assert (cell["cause"], cell["document_id"]) == ("SOURCE_CHANGED", "d3")
    assert cell["cause_detail"].endswith('"d3" changed (before: d7).')
    causes = {row["row_id"]: row["cause"] for row in rows if row["table_name"] == "documents"}
    assert causes == {"d3": "SOURCE_CHANGED", "d7": "SOURCE_CHANGED", "d8": "NEW_DOCUMENT"}


def test_the_document_that_a_cell_was_taken_from_comes_before_what_else_is_said_of_the_row(
    history: MadeHistory,
) -> None:
    two_trials(history)
    for name in ("d0", "d3"):
        history.version("documents", 2, document_id=name)
    measurement(history, 1, 2, value=1.0, n_analyzed=9)
    measurement(history, 2, value=2.0, n_analyzed=8)
    evidence(history, 2, document_id="d0", column_name="n_analyzed")
    evidence(history, 2, document_id="d0", is_main=False)
    evidence(history, 2, document_id="d3")
    cells = {r["column_name"]: r["document_id"] for r in history.changes() if r["row_id"] == "m1"}
    assert cells == {"value": "d3", "n_analyzed": "d0"}


def test_evidence_that_held_in_neither_release_explains_nothing(history: MadeHistory) -> None:
    two_trials(history)
    history.release(3)
    history.release(4)
    history.version("documents", 4, document_id="d3")
    measurement(history, 1, 4, value=1.0)
    measurement(history, 4, value=2.0)
    evidence(history, 2, 3, document_id="d3")
    assert only(history.changes(1, 4), "outcome_measurements")["cause"] == "UNKNOWN"


def test_documents_of_the_trial_explain_what_names_no_document(history: MadeHistory) -> None:
    two_trials(history)
    history.version("documents", 2, document_id="d3", title="Later paper")
    history.version("trial_documents", 2, trial_id="t1", document_id="d3")
    history.version("arms", 2, arm_id="a8", trial_id="t1")
    history.version("arms", 2, arm_id="a9", trial_id="t2")
    arms = {row["row_id"]: row for row in history.changes() if row["table_name"] == "arms"}
    assert (arms["a8"]["cause"], arms["a8"]["document_id"]) == ("NEW_DOCUMENT", "d3")
    assert arms["a8"]["cause_detail"].startswith("Of the documents of its trial, ")
    assert (arms["a9"]["cause"], arms["a9"]["document_id"]) == ("UNKNOWN", None)


@pytest.mark.parametrize("relation", ["RETRACTION_OF", "CONCERN_ABOUT", "ERRATUM_FOR"])
def test_a_notice_explains_itself_and_what_the_evidence_is_worth(history: MadeHistory, relation: str) -> None:
    two_trials(history)
    history.version("documents", 2, document_id="d3", title="Notice")
    history.version("document_relations", 2, from_document_id="d3", to_document_id="d1", relation=relation)
    history.version("trials", 1, 2, trial_id="t3", evidence_status="CURRENT")
    history.version("trials", 2, trial_id="t3", evidence_status="RETRACTED", enrollment=4)
    history.version("documents", 1, document_id="d4")
    history.version("trial_documents", 1, trial_id="t3", document_id="d4")
    history.version("document_relations", 2, from_document_id="d3", to_document_id="d4", relation=relation)
    rows = history.changes()
    notice = next(row for row in rows if row["table_name"] == "document_relations")
    assert (notice["cause"], notice["document_id"], notice["trial_id"]) == ("RETRACTION", "d3", "t1")
    assert relation in notice["cause_detail"]
    cells = {row["column_name"]: row for row in rows if row["table_name"] == "trials"}
    assert (cells["evidence_status"]["cause"], cells["evidence_status"]["document_id"]) == ("RETRACTION", "d3")
    assert cells["evidence_status"]["cause_detail"].startswith(
        "The evidence status went from CURRENT to RETRACTED, by "
    )
    assert cells["enrollment"]["cause"] == "UNKNOWN"


def test_what_became_of_a_document_changes_by_its_notice(history: MadeHistory) -> None:
    history.version("trial_documents", 1, trial_id="t1", document_id="d1")
    history.version("documents", 1, 2, document_id="d1", evidence_status="CURRENT", notices=[])
    history.version("documents", 2, document_id="d1", evidence_status="CORRECTED", notices=["CORRECTED"], title="T")
    history.version("documents", 2, document_id="d3", title="Notice")
    history.version("document_relations", 2, from_document_id="d3", to_document_id="d1", relation="ERRATUM_FOR")
    cells = {row["column_name"]: row for row in history.changes() if row["row_id"] == "d1" and row["column_name"]}
    assert {name: row["cause"] for name, row in cells.items()} == {
        "evidence_status": "RETRACTION",
        "notices": "RETRACTION",
        "title": "UNKNOWN",
    }
    assert 'from [] to ["CORRECTED"]' in cells["notices"]["cause_detail"]


def test_a_paper_whose_own_record_tells_of_its_retraction_explains_what_the_evidence_is_worth(
    history: MadeHistory,
) -> None:
    history.version("trial_documents", 1, trial_id="t1", document_id="d1")
    for sha256, status, since, until in (("a", "CURRENT", 1, 2), ("b", "RETRACTED", 2, None)):
        history.version("documents", since, until, document_id="d1", sha256=sha256)
        history.version("trials", since, until, trial_id="t1", evidence_status=status)
    row = only(history.changes(), "trials")
    assert (row["cause"], row["document_id"]) == ("RETRACTION", "d1")


def test_other_relations_are_no_notice(history: MadeHistory) -> None:
    two_trials(history)
    history.version("document_relations", 2, from_document_id="d2", to_document_id="d1", relation="CITES")
    assert only(history.changes(), "document_relations")["cause"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("made_with", "cause"),
    [
        ({"extractor_version": "2"}, "EXTRACTOR_VERSION"),
        ({"vocabulary_sha256": "v2"}, "VOCABULARY"),
        ({"judgements_sha256": "j1"}, "JUDGEMENT"),
        ({"trust_sha256": "w2"}, "JUDGEMENT"),
        ({"trust_sha256": None}, "UNKNOWN"),
        ({"code_version": "0.2"}, "CODE_VERSION"),
        ({"code_version": "0.2", "judgements_sha256": "j1"}, "JUDGEMENT"),
        ({"code_version": "0.2", "extractor_version": "2"}, "EXTRACTOR_VERSION"),
        ({"extractor_version": None, "vocabulary_sha256": None, "code_version": None}, "UNKNOWN"),
        ({}, "UNKNOWN"),
    ],
)
def test_what_releases_were_made_with_explains_what_no_document_does(
    history: MadeHistory, made_with: dict[str, object], cause: str
) -> None:
    two_trials(history)
    facts(history, **made_with)
    measurement(history, 1, 2, value=1.0)
    measurement(history, 2, value=2.0)
    row = only(history.changes(), "outcome_measurements")
    assert (row["cause"], row["document_id"]) == (cause, None)


def test_norms_that_changed_alone_are_the_vocabularys_whatever_else_changed(history: MadeHistory) -> None:
    two_trials(history)
    facts(history, extractor_version="2", vocabulary_sha256="v2")
    for since, until, norm, title in ((1, 2, "old", "x"), (2, None, "new", "y")):
        history.version("documents", since, until, document_id="d3", sha256=norm)
        history.version("outcomes", since, until, outcome_id="o3", trial_id="t1", measure_norm=norm)
        history.version("outcomes", since, until, outcome_id="o4", trial_id="t1", measure_norm=norm, measure=title)
    history.version("trial_documents", 1, trial_id="t2", document_id="d3")
    rows = {(r["row_id"], r["column_name"]): r for r in history.changes() if r["table_name"] == "outcomes"}
    assert rows["o3", "measure_norm"]["cause"] == "VOCABULARY"
    assert rows["o3", "measure_norm"]["cause_detail"].endswith("The rules that read documents changed too.")
    assert rows["o4", "measure_norm"]["cause"] == rows["o4", "measure"]["cause"] == "EXTRACTOR_VERSION"


def test_evidence_that_only_tells_another_reader_is_the_extractors(history: MadeHistory) -> None:
    two_trials(history)
    measurement(history, 1)
    facts(history, extractor_version="2")
    for sha256, since, until in (("a", 1, 2), ("b", 2, None)):
        history.version("documents", since, until, document_id="d3", sha256=sha256)
        evidence(history, since, until, document_id="d3", extractor_version=str(since))
        read = {"row_id": "m2", "rule": sha256, "confidence": since / 2, "extractor_version": str(since)}
        evidence(history, since, until, document_id="d3", **read)
    found = [row for row in history.changes() if row["table_name"] == "evidence"]
    assert [(row["row_id"].split("/")[1], row["column_name"]) for row in found] == [
        ("m1", "extractor_version"),
        ("m2", "confidence"),
        ("m2", "extractor_version"),
        ("m2", "rule"),
    ]
    assert {row["cause"] for row in found} == {"EXTRACTOR_VERSION"}


def test_a_document_comes_before_the_rules_and_both_are_said(history: MadeHistory) -> None:
    two_trials(history)
    facts(history, extractor_version="2")
    history.version("documents", 2, document_id="d3")
    measurement(history, 2)
    evidence(history, 2, document_id="d3")
    row = only(history.changes(), "outcome_measurements")
    assert row["cause"] == "NEW_DOCUMENT"
    assert row["cause_detail"].endswith("The rules that read documents changed too.")


def test_the_words_of_the_macro_are_the_declared_ones() -> None:
    text = Path(differences_sql.__file__).with_name("changes.sql").read_text()
    words = set(re.findall(r"'([A-Z]+(?:_[A-Z]+)?)'", text)) - {"RETRACTION_OF", "CONCERN_ABOUT", "ERRATUM_FOR"}
    assert words == {cause.value for cause in ChangeCause}
    assert set(re.findall(r"'(added|removed|changed|renamed)'", text)) == {kind.value for kind in ChangeKind}


def test_columns_of_vocabularies_are_columns_of_tables() -> None:
    names = {column.name for table in TABLES if table.schema == "main" for column in table.columns}
    assert names >= differences_sql.VOCABULARY_COLUMNS


def test_whose_word_is_kept_is_told_beside_another_cause(history: MadeHistory) -> None:
    two_trials(history)
    facts(history, trust_sha256="w2")
    measurement(history, 1, 2, value=1.0)
    measurement(history, 2, value=2.0)
    assert only(history.changes(), "outcome_measurements")["cause_detail"] == (
        "Whose word is kept (config/trust.toml) was judged anew."
    )
    facts(history, extractor_version="2")
    assert only(history.changes(), "outcome_measurements")["cause_detail"].endswith(
        "Whose word is kept (config/trust.toml) was changed too."
    )
