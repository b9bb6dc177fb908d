"""The life of an alert over refreshes."""

import dataclasses
import datetime

import pytest

from trialhouse.model.enums import Severity
from trialhouse.model.tables import CheckRow, CheckRunRow, FailingRow
from trialhouse.model.words import AlertState, CheckStatus
from trialhouse.quality.alerts import AlertBooks, alerts_of
from trialhouse.quality.run import CheckReport

CHECK = "arms/sum_is_enrollment"


def day(number):
    return datetime.datetime(2026, 1, number, tzinfo=datetime.UTC)


def failing(message="60 + 60 = 120, not 119.", number=1, **place):
    place = {"row_id": "t1", "column_name": "n_randomized", "trial_id": "t1", **place}
    return FailingRow(check_id=CHECK, row_number=number, table_name="arms", message=message, **place)


def report(*rows, status=None, severity=Severity.WARN):
    status = status or (CheckStatus.FAILED if rows else CheckStatus.PASSED)
    check = CheckRow(
        check_id=CHECK, table_name="arms", severity=severity, message="M.", action="A.", owner="o", sql="SELECT 1"
    )
    count = None if status == CheckStatus.NOT_EVALUATED else len(rows)
    run = CheckRunRow(run_id="r", check_id=CHECK, status=status, failing_rows=count, checked_at=day(1))
    return CheckReport([run], list(rows), [check])


def after(*reports):
    """The alerts and events after one report a day, from the first day on."""
    books = AlertBooks()
    for number, one in enumerate(reports, start=1):
        books = alerts_of(one, books, [], {}, day(number))
    return books.alerts, books.events


def steps(events):
    return [(event.event_no, event.from_state, event.to_state, event.occurred_at.day) for event in events]


OPENED = (1, None, AlertState.OPEN, 1)


def test_what_fails_is_raised_once():
    (alert,), events = after(report(failing()))
    assert (alert.state, alert.first_seen, alert.last_seen) == (AlertState.OPEN, day(1), day(1))
    assert (alert.check_id, alert.row_id, alert.message) == (CHECK, "t1", "60 + 60 = 120, not 119.")
    assert steps(events) == [OPENED]
    assert {event.actor for event in events} == {"refresh"}


def test_what_goes_on_failing_is_seen_later_and_raises_nothing_new():
    (alert,), events = after(report(failing()), report(failing()))
    assert (alert.state, alert.first_seen, alert.last_seen) == (AlertState.OPEN, day(1), day(2))
    assert steps(events) == [OPENED]


def test_another_value_or_position_is_the_same_alert_with_other_evidence():
    (first,), _ = after(report(failing()))
    (second,), events = after(report(failing()), report(failing("61 + 60 = 121, not 119.", number=7)))
    assert (second.alert_id, second.fingerprint) == (first.alert_id, first.fingerprint)
    assert second.evidence_hash != first.evidence_hash
    assert second.message == "61 + 60 = 121, not 119."
    assert steps(events) == [OPENED]


def test_what_no_longer_fails_is_resolved_once():
    (alert,), events = after(report(failing()), report(), report())
    assert (alert.state, alert.last_seen) == (AlertState.RESOLVED, day(1))
    assert steps(events) == [OPENED, (2, AlertState.OPEN, AlertState.RESOLVED, 2)]


def test_what_fails_again_is_reopened_under_the_same_id():
    (first,), _ = after(report(failing()))
    (alert,), events = after(report(failing()), report(), report(failing()), report(failing()))
    assert (alert.alert_id, alert.state) == (first.alert_id, AlertState.REOPENED)
    assert (alert.first_seen, alert.last_seen) == (day(1), day(4))
    assert steps(events) == [
        OPENED,
        (2, AlertState.OPEN, AlertState.RESOLVED, 2),
        (3, AlertState.RESOLVED, AlertState.REOPENED, 3),
    ]


def test_a_reopened_alert_is_resolved_when_its_check_passes():
    (alert,), events = after(report(failing()), report(), report(failing()), report())
    assert alert.state == AlertState.RESOLVED
    assert steps(events)[-1] == (4, AlertState.REOPENED, AlertState.RESOLVED, 4)


def test_a_check_that_failed_without_the_row_resolves_its_alert():
    alerts, _ = after(report(failing(), failing(row_id="t2")), report(failing(row_id="t2")))
    assert {alert.row_id: alert.state for alert in alerts} == {"t1": AlertState.RESOLVED, "t2": AlertState.OPEN}


@pytest.mark.parametrize("then", [report(status=CheckStatus.NOT_EVALUATED), CheckReport([], [], [])])
def test_a_check_that_was_not_evaluated_leaves_its_alerts_untouched(then):
    before = AlertBooks(*after(report(failing())))
    assert alerts_of(then, before, [], {}, day(2)) == before


def test_rows_of_one_fingerprint_are_one_alert_with_all_their_messages():
    rows = [failing("Second.", number=2), failing("First.", number=1)]
    (alert,), _ = after(report(*rows))
    assert alert.message == "First. Second."
    assert after(report(*reversed(rows))) == after(report(*rows))


def test_the_entity_is_the_row_else_the_document_else_the_trial():
    rows = [
        failing(row_id=None, document_id="d1", trial_id=None),
        failing(row_id=None, document_id="d2", trial_id=None),
        failing(row_id=None, trial_id="t8"),
        failing(row_id=None, trial_id="t9"),
        failing(row_id="a1"),
        failing(row_id="a1", column_name="n_analyzed"),
    ]
    alerts, _ = after(report(*rows))
    assert len({alert.alert_id for alert in alerts}) == len(rows)


@pytest.mark.parametrize(
    ("severity", "raised"), [(Severity.INFO, 0), (Severity.WARN, 1), (Severity.ERROR, 1), (Severity.BLOCK, 1)]
)
def test_a_note_raises_no_alert(severity, raised):
    alerts, events = after(report(failing(), severity=severity))
    assert (len(alerts), len(events)) == (raised, raised)
    assert [alert.severity for alert in alerts] == [severity] * raised


def test_a_loss_against_the_last_release_stays_open_until_a_person_settles_it():
    lost = dataclasses.replace(report(failing()), against_last=frozenset({CHECK}))
    nothing_more = dataclasses.replace(report(), against_last=frozenset({CHECK}))
    (alert,), events = after(lost, nothing_more, nothing_more)
    assert (alert.state, alert.last_seen) == (AlertState.OPEN, day(1))
    assert steps(events) == [OPENED]
