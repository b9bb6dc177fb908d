"""Alerts: what fails, followed from release to release under one id, through opening, resolving and reopening.

States that people set (acknowledged, waived) are kept as they are while the check goes on failing.
"""

import datetime
from collections import Counter
from collections.abc import Sequence

from trialhouse.model.enums import Severity
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRow, FailingRow
from trialhouse.model.words import AlertState, CheckStatus
from trialhouse.quality.run import CheckReport

ACTOR = "refresh"
"""Who changes an alert's state when no person does."""


def fingerprint_of(row: FailingRow) -> str:
    """What a failing row is about: check, table, row (or else document, or else trial) and column.

    Neither message nor position is in it, so the alert stays the same one when its values change.
    """
    entity = row.row_id or row.document_id or row.trial_id or ""
    return " | ".join((row.check_id, row.table_name, entity, row.column_name or ""))


def alerts_of(
    report: CheckReport,
    earlier: Sequence[AlertRow],
    earlier_events: Sequence[AlertEventRow],
    now: datetime.datetime,
) -> tuple[list[AlertRow], list[AlertEventRow]]:
    """The alerts after this run, sorted by id, and all events, earlier ones first for each alert; `now` is in UTC.

    An alert is resolved only when its check ran without it; one of a check against the last release stays until a
    person settles it; one whose check was not evaluated, or is no longer among
    the checks, stays as it was. Checks of severity info raise none.
    """
    found = _found(report, now)
    known = {alert.alert_id: alert for alert in earlier}
    ran = {run.check_id for run in report.runs if run.status != CheckStatus.NOT_EVALUATED}
    alerts: list[AlertRow] = []
    steps: list[tuple[AlertRow, AlertState | None, str]] = []
    for alert_id in sorted(known.keys() | found.keys()):
        before, failing = known.get(alert_id), found.get(alert_id)
        after, why = _next(before, failing, ran, report.against_last)
        alerts.append(after)
        if before is None or before.state != after.state:
            steps.append((after, before.state if before else None, why))
    return alerts, _with_steps(earlier_events, steps, now)


def _next(
    before: AlertRow | None, failing: AlertRow | None, ran: set[str], against_last: frozenset[str]
) -> tuple[AlertRow, str]:
    """The alert after this run and why its state changed, if it did."""
    if before is None:
        assert failing is not None
        return failing, "The check failed."
    if failing is None:
        if before.check_id not in ran or before.state == AlertState.RESOLVED:
            return before, ""
        if before.check_id in against_last:
            # What was lost is not there again because the next release no longer misses it.
            return before, ""
        why = "The check ran and no longer fails."
        return before.model_copy(update={"state": AlertState.RESOLVED, "reason": why}), why
    state, reason = before.state, before.reason
    if state == AlertState.RESOLVED:
        state, reason = AlertState.REOPENED, "The check fails again."
    kept = {
        "first_seen": before.first_seen,
        "waived_until": before.waived_until,
        "state": state,
        "reason": reason,
    }
    return failing.model_copy(update=kept), reason or ""


def _found(report: CheckReport, now: datetime.datetime) -> dict[str, AlertRow]:
    """The alerts of what fails now, as new ones, by id; rows of one fingerprint are one alert."""
    checks = {check.check_id: check for check in report.checks if check.severity != Severity.INFO}
    groups: dict[str, list[FailingRow]] = {}
    for row in report.failing:
        if row.check_id in checks:
            groups.setdefault(fingerprint_of(row), []).append(row)
    alerts = [_new_alert(checks[rows[0].check_id], fingerprint, rows, now) for fingerprint, rows in groups.items()]
    return {alert.alert_id: alert for alert in alerts}


def _new_alert(check: CheckRow, fingerprint: str, rows: Sequence[FailingRow], now: datetime.datetime) -> AlertRow:
    messages = sorted({row.message for row in rows})
    first = rows[0]
    return AlertRow(
        alert_id=stable_id("alert", fingerprint),
        fingerprint=fingerprint,
        check_id=check.check_id,
        severity=check.severity,
        state=AlertState.OPEN,
        table_name=first.table_name,
        row_id=first.row_id,
        column_name=first.column_name,
        trial_id=first.trial_id,
        document_id=first.document_id,
        message=" ".join(messages),
        evidence_hash=stable_id("evidence", *messages),
        first_seen=now,
        last_seen=now,
    )


def _with_steps(
    earlier: Sequence[AlertEventRow],
    steps: Sequence[tuple[AlertRow, AlertState | None, str]],
    now: datetime.datetime,
) -> list[AlertEventRow]:
    """The earlier events and one more for every alert whose state changed, numbered on within each alert."""
    last_no: Counter[str] = Counter()
    for event in earlier:
        last_no[event.alert_id] = max(last_no[event.alert_id], event.event_no)
    events = [
        AlertEventRow(
            alert_id=alert.alert_id,
            event_no=last_no[alert.alert_id] + 1,
            occurred_at=now,
            actor=ACTOR,
            from_state=from_state,
            to_state=alert.state,
            reason=why,
        )
        for alert, from_state, why in steps
    ]
    return sorted([*earlier, *events], key=lambda event: (event.alert_id, event.event_no))
