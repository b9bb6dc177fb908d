"""The ledger of decisions: only added to, by several at once, each decision once."""

import datetime
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from tests.unit.quality.test_alerts import after, day, failing, report
from trialhouse.model.words import DecisionAction, JudgementSubject, Verdict, WaiverReason
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable, decision_on, judgement_of

WRITERS, EACH = 4, 25


def acknowledged(actor="ada", at=None):
    (alert,), _ = after(report(failing()))
    return decision_on(alert, DecisionAction.ACKNOWLEDGE, actor=actor, now=at or day(2), comment="I look into it.")


@pytest.fixture
def ledger(tmp_path):
    return Decisions(tmp_path / "warehouse" / "decisions.sqlite")


def test_without_a_file_nothing_was_decided_and_none_is_made(ledger, tmp_path):
    assert ledger.alert_decisions() == []
    assert ledger.judgements() == []
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_read_back_in_its_order(ledger):
    (alert,), _ = after(report(failing()))
    waiver = decision_on(
        alert, DecisionAction.WAIVE, actor="bé", now=day(1) + datetime.timedelta(microseconds=7),
        reason=WaiverReason.SOURCE_ERROR, comment="Its table 2 says 119; “60” is a slip.", waived_until=day(9).date(),
    )  # fmt: skip
    judgement = judgement_of(JudgementSubject.TRIAL, "t2", "t1", Verdict.SAME, actor="ada", now=day(3))
    assert ledger.add([acknowledged(), judgement, waiver]) == 3
    assert ledger.alert_decisions() == [waiver, acknowledged()]
    assert ledger.judgements() == [judgement]
    assert (judgement.left_id, judgement.right_id) == ("t1", "t2")


def test_the_same_decision_is_written_once(ledger):
    assert ledger.add([acknowledged()]) == 1
    assert ledger.add([acknowledged(), acknowledged("ben")]) == 1
    assert [row.actor for row in ledger.alert_decisions()] == sorted(
        ["ada", "ben"], key=lambda actor: acknowledged(actor).decision_id
    )


def test_a_word_that_no_decision_has_is_damage_that_is_told(ledger, tmp_path):
    ledger.add([acknowledged()])
    path = tmp_path / "warehouse" / "decisions.sqlite"
    path.write_bytes(path.read_bytes().replace(b"acknowledge", b"acknowlodge"))
    with pytest.raises(DecisionsUnreadable, match=r"decisions\.sqlite: a row of alert_decisions has 'acknowlodge' as"):
        ledger.alert_decisions()


def test_a_known_id_that_says_something_else_is_refused_and_nothing_is_written(ledger):
    ledger.add([acknowledged()])
    other = acknowledged().model_copy(update={"comment": "I was never asked."})
    with pytest.raises(DecisionsUnreadable, match="says something else"):
        ledger.add([acknowledged("ben"), other])
    assert ledger.alert_decisions() == [acknowledged()]


@pytest.mark.parametrize("sql", ["UPDATE alert_decisions SET comment = 'x'", "DELETE FROM judgements"])
def test_nothing_is_changed_or_deleted(ledger, sql, tmp_path):
    ledger.add([acknowledged(), judgement_of(JudgementSubject.TRIAL, "a", "b", Verdict.SAME, actor="ada", now=day(3))])
    connection = sqlite3.connect(tmp_path / "warehouse" / "decisions.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        connection.execute(sql)
    connection.close()


def write_many(path: Path, actor: str) -> None:
    ledger = Decisions(path)
    for number in range(EACH):
        ledger.add([acknowledged(actor, day(2) + datetime.timedelta(seconds=number))])


def test_several_people_write_at_once_and_no_decision_is_lost(ledger, tmp_path):
    path = tmp_path / "warehouse" / "decisions.sqlite"
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=write_many, args=(path, f"person {number}")) for number in range(WRITERS)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert [person.exitcode for person in people] == [0] * WRITERS
    assert len(ledger.alert_decisions()) == WRITERS * EACH


def test_readers_do_not_wait_for_a_writer(ledger, tmp_path):
    ledger.add([acknowledged()])
    writer = sqlite3.connect(tmp_path / "warehouse" / "decisions.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert ledger.alert_decisions() == [acknowledged()]
    writer.execute("ROLLBACK")
    writer.close()


def test_a_file_that_is_none_is_named_with_what_to_do(ledger, tmp_path):
    path = tmp_path / "warehouse" / "decisions.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(DecisionsUnreadable, match=r"decisions\.sqlite.*restore it from a copy"):
        ledger.alert_decisions()


def test_a_file_of_a_later_version_is_left_alone(ledger, tmp_path):
    ledger.add([acknowledged()])
    with sqlite3.connect(tmp_path / "warehouse" / "decisions.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(DecisionsUnreadable, match="version 99"):
        ledger.add([acknowledged("ben")])


def test_nothing_is_judged_against_itself():
    with pytest.raises(ValueError, match="itself"):
        judgement_of(JudgementSubject.DOCUMENT, "d1", "d1", Verdict.SAME, actor="ada", now=day(1))
