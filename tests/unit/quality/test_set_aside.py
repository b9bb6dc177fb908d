"""What goes to quarantine, with what refers to it, and what stays."""

import datetime
import json

import pytest

from trialhouse.model.check_config import GateConfig
from trialhouse.model.enums import Severity
from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    DocumentRow,
    EvidenceRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    RowSet,
    TrialRow,
)
from trialhouse.quality.alerts import fingerprint_of
from trialhouse.quality.checks import Check
from trialhouse.quality.gate import decide
from trialhouse.quality.run import run_checks
from trialhouse.quality.set_aside import set_aside
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.resources import data_root
from trialhouse.store.connection import scratch_database

NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
GATE = GateConfig(most_set_aside_percent=5, most_set_aside_rows=20)


def evidence(table_name, row_id, column_name, start):
    return EvidenceRow(
        table_name=table_name, row_id=row_id, column_name=column_name, document_id="d", span_start=start,
        span_end=start + 3, quote="n=5", extractor="x", extractor_version="1", rule="r", confidence=1.0, is_main=True,
    )  # fmt: skip


ROWS = [
    TrialRow(trial_id="t", start_date=datetime.date(1800, 1, 1), start_date_precision="year", enrollment=10),
    DocumentRow(document_id="d", source="s", sha256="0" * 64, fetched_at=NOW, is_partial=False),
    ArmRow(arm_id="a", trial_id="t", label="A", n_randomized=5),
    ArmRow(arm_id="b", trial_id="t", label="B", n_randomized=5),
    ArmInterventionRow(arm_intervention_id="ai", arm_id="a", intervention_name="x"),
    OutcomeRow(outcome_id="o", trial_id="t", measure="pain"),
    *(
        OutcomeMeasurementRow(measurement_id=f"m{arm}", outcome_id="o", arm_id=arm, value=1.0, value_raw="1")
        for arm in "ab"
    ),
    evidence("trials", "t", "start_date", 0),
    evidence("trials", "t", "enrollment", 10),
    evidence("arms", "a", "n_randomized", 20),
    evidence("outcome_measurements", "ma", "value", 30),
    evidence("outcome_measurements", "mb", "value", 40),
]


def check(table, sql, way="row", name="some"):
    return Check(
        f"{table}/{name}", table, Severity.ERROR, "It is wrong.", "Look.", "extraction", False, sql, sets_aside=way
    )


def arm(arm_id, name="some"):
    return check(
        "arms", f"SELECT '{arm_id}' AS row_id, 't' AS trial_id, 'Arm {arm_id} is wrong.' AS message", name=name
    )


@pytest.fixture
def build():
    with scratch_database() as connection:
        create_tables(connection, data_root() / "warehouse" / "views")
        write_rows(connection, RowSet(ROWS))
        yield connection


def taken(build, *checks, waived=(), gate=GATE):
    report = run_checks(build, checks, run_id="r", now=NOW, has_last=False)
    known = {fingerprint_of(row) for row in report.failing} & set(waived)
    rows, went, missed = set_aside(build, report, checks, known, gate)
    assert missed == []
    return rows, went, report


def left(build):
    names = ("trials", "arms", "arm_interventions", "outcomes", "outcome_measurements", "evidence", "documents")
    return {name: build.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in names}


def test_a_row_goes_with_all_that_refers_to_it_and_was_said_about_it(build):
    (row,), (went,), _ = taken(build, arm("a"))
    assert left(build) == {
        "trials": 1, "arms": 1, "arm_interventions": 0, "outcomes": 1, "outcome_measurements": 1, "evidence": 3,
        "documents": 1,
    }  # fmt: skip
    assert (row.source, row.record_id, row.stage, row.cause) == ("build", "arms/a", "check", "arms/some")
    assert (row.table_name, row.row_id, row.column_name, row.trial_id) == ("arms", "a", None, "t")
    kept = json.loads(row.content)
    assert [part["table_name"] for part in kept] == [
        "arm_interventions", "arms", "evidence", "evidence", "outcome_measurements",
    ]  # fmt: skip
    assert kept[1]["row"]["n_randomized"] == 5
    assert (went.table_name, went.number, went.of, went.is_too_much) == ("arms", 1, 2, False)


def test_of_a_cell_only_the_cell_goes_with_its_evidence_and_its_precision(build):
    sql = "SELECT trial_id AS row_id, trial_id, 'start_date' AS column_name, 'Too early.' AS message FROM trials"
    (row,), _, _ = taken(build, check("trials", sql, "cell"))
    trial = build.execute("SELECT start_date, start_date_precision, enrollment FROM trials").fetchall()
    assert trial == [(None, None, 10)]
    assert left(build)["evidence"] == 4
    assert (row.record_id, row.column_name) == ("trials/t/start_date", "start_date")
    assert json.loads(row.content)[1]["row"] == {
        "trial_id": "t", "start_date": "1800-01-01", "start_date_precision": "year",
    }  # fmt: skip


def test_a_cell_that_cannot_be_empty_takes_its_row_along(build):
    sql = "SELECT arm_id AS row_id, 'label' AS column_name, 'Odd.' AS message FROM arms WHERE arm_id = 'b'"
    (row,), _, _ = taken(build, check("arms", sql, "cell"))
    assert (row.record_id, left(build)["arms"]) == ("arms/b", 1)


def test_one_row_that_fails_two_checks_is_set_aside_once_with_both_reasons(build):
    (row,), _, _ = taken(build, arm("a"), arm("a", "other"))
    assert row.cause == "arms/other"
    assert row.message == "Arm a is wrong."


def test_what_is_waived_stays(build):
    _, _, report = taken(build, check("arms", "SELECT 'z' AS row_id, 'None.' AS message WHERE false"))
    waived = fingerprint_of(run_checks(build, [arm("a")], run_id="r", now=NOW, has_last=False).failing[0])
    rows, went, report = taken(build, arm("a"), waived=[waived])
    assert (rows, went, left(build)["arms"]) == ([], [], 2)
    assert decide(report, {waived}).may_publish


def test_a_check_that_sets_nothing_aside_takes_nothing(build):
    rows, went, _ = taken(build, check("arms", "SELECT arm_id AS row_id, 'Bad.' AS message FROM arms", None))
    assert (rows, went, left(build)["arms"]) == ([], [], 2)


@pytest.mark.parametrize(
    ("gate", "may_publish"),
    [
        (GateConfig(most_set_aside_percent=5, most_set_aside_rows=20), True),  # few rows, although all of them
        (GateConfig(most_set_aside_percent=100, most_set_aside_rows=0), True),
        (GateConfig(most_set_aside_percent=5, most_set_aside_rows=1), False),
    ],
)
def test_too_much_of_a_table_stops_publishing_and_takes_nothing(build, gate, may_publish):
    rows, went, report = taken(build, arm("a"), arm("b", "other"), gate=gate)
    decision = decide(report, (), went)
    assert decision.may_publish is may_publish
    assert len(rows) == (2 if may_publish else 0)
    if not may_publish:
        assert "quarantine (2 rows of the 2 of arms would be set aside)" in decision.sentence
        assert left(build)["arms"] == 2


def test_a_block_that_is_waived_does_not_stop_publishing():
    blocking = Check("arms/b", "arms", Severity.BLOCK, "m", "a", "o", False, "SELECT 'x' AS row_id, 'Bad.' AS message")
    with scratch_database() as connection:
        report = run_checks(connection, [blocking], run_id="r", now=NOW, has_last=False)
    waived = {fingerprint_of(report.failing[0])}
    assert not decide(report).may_publish
    assert decide(report, waived).may_publish
    assert "1 row of severity block waived" in decide(report, waived).sentence
    assert not decide(report, waived, (), ["arms/references_exist"]).may_publish


@pytest.mark.parametrize("row_id", ["'nobody'", "NULL"])
def test_a_check_that_names_no_row_of_the_table_stops_publishing(build, row_id):
    astray = check("arms", f"SELECT {row_id} AS row_id, 'Bad.' AS message")
    report = run_checks(build, [astray], run_id="r", now=NOW, has_last=False)
    rows, went, missed = set_aside(build, report, [astray], (), GATE)
    assert (rows, missed, left(build)["arms"]) == ([], ["arms/some"], 2)
    assert not decide(report, (), went, missed).may_publish
