"""How checks went from run to run, and how long their alerts were open."""

import datetime

from tests.unit.quality.test_alerts import CHECK, after, day, failing, report
from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertEventRow, CheckRunRow
from trialhouse.model.words import AlertState, CheckStatus
from trialhouse.quality.trends import trends_of


def run(number, rows, status=None):
    status = status or (CheckStatus.FAILED if rows else CheckStatus.PASSED)
    return CheckRunRow(run_id=f"r{number}", check_id=CHECK, status=status, failing_rows=rows, checked_at=day(number))


def event(number, at, to_state, alert_id):
    return AlertEventRow(
        alert_id=alert_id, event_no=number, occurred_at=day(at), actor="x", from_state=None, to_state=to_state
    )


def test_a_line_of_runs_with_the_release_of_each():
    runs = [run(3, None, CheckStatus.NOT_EVALUATED), run(1, 4), run(2, 0)]
    (trend,) = trends_of(runs, {"r1": "2026.01.01.01", "r3": "2026.01.03.01"}, [], [], {CHECK: Severity.WARN})
    assert [(point.run_id, point.release_id, point.failing_rows) for point in trend.points] == [
        ("r1", "2026.01.01.01", 4),
        ("r2", None, 0),
        ("r3", "2026.01.03.01", None),
    ]
    assert (trend.severity, trend.opened, trend.median_days_open) == (Severity.WARN, 0, None)


def test_times_from_opening_to_settling():
    (alert,), _ = after(report(failing()))
    other = alert.model_copy(update={"alert_id": "other", "state": AlertState.RESOLVED})
    events = [
        event(1, 1, AlertState.OPEN, alert.alert_id),
        event(2, 2, AlertState.ACKNOWLEDGED, alert.alert_id),
        event(3, 4, AlertState.WAIVED, alert.alert_id),
        event(4, 5, AlertState.REOPENED, alert.alert_id),
        event(1, 1, AlertState.OPEN, "other"),
        event(2, 2, AlertState.RESOLVED, "other"),
    ]
    (trend,) = trends_of([run(1, 2)], {}, [alert, other], events, {})
    assert (trend.opened, trend.settled, trend.open_now) == (3, 2, 1)
    assert trend.median_days_open == (datetime.timedelta(days=3) + datetime.timedelta(days=1)).days / 2


def test_a_settled_alert_that_is_settled_otherwise_counts_once():
    (alert,), _ = after(report(failing()))
    states = (AlertState.OPEN, AlertState.WAIVED, AlertState.RESOLVED)
    events = [event(number, number, state, alert.alert_id) for number, state in enumerate(states, start=1)]
    (trend,) = trends_of([run(1, 1)], {}, [alert], events, {})
    assert (trend.opened, trend.settled, trend.median_days_open) == (1, 1, 1.0)
