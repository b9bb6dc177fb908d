"""Running checks: what passed, what failed, and what could not be evaluated and so did not pass."""

import datetime

import duckdb
import pytest

from trialhouse.model.enums import Severity
from trialhouse.model.words import CheckStatus
from trialhouse.quality import run
from trialhouse.quality.alerts import fingerprint_of
from trialhouse.quality.checks import Check
from trialhouse.quality.gate import decide
from trialhouse.quality.run import NO_LAST_RELEASE, run_checks

NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def check(sql, name="arms/some", severity=Severity.BLOCK, **more):
    return Check(name, "arms", severity, "An arm is wrong.", "Look.", "extraction", more.pop("needs_last", False), sql)


@pytest.fixture
def connection():
    with duckdb.connect(":memory:") as opened:
        opened.execute("CREATE TABLE arms AS FROM (VALUES ('b', 'x'), ('a', '1'), ('c', NULL)) AS arms (arm_id, n)")
        yield opened


@pytest.fixture
def report_of(connection):
    return lambda *checks, has_last=False: run_checks(connection, checks, run_id="r", now=NOW, has_last=has_last)


def test_rows_that_a_query_returns_fail_in_an_order_of_their_own(report_of):
    report = report_of(check("SELECT arm_id AS row_id, 'Wrong.' AS message FROM arms"))
    assert [(row.row_number, row.row_id) for row in report.failing] == [(1, "a"), (2, "b"), (3, "c")]
    assert (report.runs[0].status, report.runs[0].failing_rows) == (CheckStatus.FAILED, 3)
    assert report.blocking == report.failing


def test_a_query_that_needs_more_memory_is_asked_again_in_more(report_of, monkeypatch, caplog):
    monkeypatch.setattr(run, "MEGABYTES", 1)
    report = report_of(check("SELECT 'Wrong.' AS message FROM range(200_000) GROUP BY md5(range::VARCHAR) LIMIT 2"))
    assert (report.runs[0].status, report.runs[0].failing_rows, report.runs[0].why) == (CheckStatus.FAILED, 2, None)
    assert caplog.messages


def test_a_query_without_rows_passes(report_of):
    report = report_of(check("SELECT 'Wrong.' AS message FROM arms WHERE arm_id = 'z' -- none"))
    assert (report.runs[0].status, report.runs[0].failing_rows, report.runs[0].why) == (CheckStatus.PASSED, 0, None)
    assert decide(report).may_publish


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT 'Wrong.' AS message FROM no_such_table", "no_such_table"),
        ("SELECT 'Wrong.' AS message FROM arms WHERE CAST(n AS INTEGER) > 5", "x"),
        ("SELECT arm_id AS row_id FROM arms", "message"),
        ("SELECT 'Wrong.' AS message, arm_id FROM arms", "arm_id"),
        ("SELECT 'Wrong: ' || n AS message FROM arms", "without a message"),
    ],
)
def test_what_cannot_be_evaluated_is_no_pass_and_stops_publishing(sql, why, report_of):
    report = report_of(check(sql), check("SELECT 'W' AS message FROM arms WHERE false", "arms/other"))
    other, broken = report.runs
    assert (broken.status, broken.failing_rows) == (CheckStatus.NOT_EVALUATED, None)
    assert why in (broken.why or "")
    assert other.status == CheckStatus.PASSED
    assert not decide(report).may_publish
    assert "arms/some (could not be run: " in decide(report).sentence


def test_a_check_that_needs_the_last_release_waits_for_one(connection, report_of):
    comparing = check("SELECT 'Lost.' AS message FROM last.arms ANTI JOIN arms USING (arm_id)", needs_last=True)
    first = report_of(comparing)
    assert (first.runs[0].status, first.runs[0].why) == (CheckStatus.NOT_EVALUATED, NO_LAST_RELEASE)
    assert decide(first).may_publish
    assert "1 not evaluated" in decide(first).sentence
    connection.execute("ATTACH ':memory:' AS last")
    connection.execute("CREATE TABLE last.arms AS SELECT 'gone' AS arm_id")
    assert report_of(comparing, has_last=True).runs[0].status == CheckStatus.FAILED


def test_only_block_stops_publishing(report_of):
    rows = "SELECT arm_id AS row_id, 'Wrong.' AS message FROM arms"
    error, warn = check(rows, "arms/e", Severity.ERROR), check(rows + " LIMIT 1", "arms/w", Severity.WARN)
    decision = decide(report_of(error, warn))
    assert decision.may_publish
    assert decision.sentence == (
        "0 of 2 checks passed, 3 rows of severity error, 1 row of severity warn; nothing blocks publishing."
    )
    decision = decide(report_of(error, check(rows, "arms/b")))
    assert not decision.may_publish
    assert decision.sentence == "Publishing is blocked by arms/b (3 rows)."


LINKS = """
CREATE TABLE trial_documents AS FROM (VALUES
    ('one', 't', 'PRIMARY_RESULTS'), ('one', 'u', 'REVIEW_MENTION'), ('notice', 't', NULL), ('two', 't', 'NEWS'),
    ('two', 'u', 'NEWS'), ('review', 't', 'REVIEW_MENTION'), ('gone', 't', 'NEWS')
) AS links (document_id, trial_id, role);
CREATE TABLE documents AS SELECT DISTINCT document_id FROM trial_documents WHERE document_id <> 'gone';
"""


@pytest.mark.parametrize(
    ("document_id", "trial_id"), [("one", "t"), ("notice", "t"), ("two", None), ("review", None), ("gone", None)]
)
def test_what_fails_of_a_document_of_one_trial_is_of_that_trial(document_id, trial_id, connection, report_of):
    connection.execute(LINKS)
    sql = f"SELECT 'Wrong.' AS message, '{document_id}' AS document_id"
    unnamed, named = report_of(check(sql), check(f"{sql}, 'w' AS trial_id", "arms/zother")).failing
    assert (unnamed.trial_id, named.trial_id) == (trial_id, "w")
    assert fingerprint_of(unnamed) == f"arms/some | arms | {document_id} | "
