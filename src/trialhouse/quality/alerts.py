"""Alerts: what fails, followed from release to release under one id, through all that people and checks make of it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import AlertDecisionRow, AlertEventRow, AlertRow, CheckRow, FailingRow
from trialhouse.model.words import AlertState, CheckStatus
from trialhouse.quality.life import FAILED, decided, failed, passed, why_not
from trialhouse.quality.quotes import Quotes
from trialhouse.quality.run import CheckReport

ACTOR = "refresh"
"""Who changes an alert's state when no person does."""


@dataclass(frozen=True)
class AlertBooks:
    """Alerts by id, and all events, those of one alert together and in their order."""

    alerts: tuple[AlertRow, ...] = ()
    events: tuple[AlertEventRow, ...] = ()

    def events_since(self, earlier: "AlertBooks") -> tuple[AlertEventRow, ...]:
        """The events that these books have and the earlier ones do not."""
        known = {(event.alert_id, event.event_no) for event in earlier.events}
        return tuple(event for event in self.events if (event.alert_id, event.event_no) not in known)


@dataclass(frozen=True)
class _Step:
    """One event to be: its number within the alert is given when it is written down."""

    alert: AlertRow
    before: AlertState | None
    why: str | None
    occurred_at: datetime.datetime
    decision: AlertDecisionRow | None = None


def fingerprint_of(row: FailingRow) -> str:
    """What a failing row is about: check, table, row (or else document, or else trial) and column.

    Neither message nor position is in it, so the alert stays the same one when its values change.
    """
    entity = row.row_id or row.document_id or row.trial_id or ""
    return " | ".join((row.check_id, row.table_name, entity, row.column_name or ""))


def with_decisions(books: AlertBooks, decisions: Iterable[AlertDecisionRow]) -> AlertBooks:
    """The alerts after those decisions that they do not know yet, in the order in which they were made.

    A decision on an alert that is not among them is left for when it comes. One that can no longer be carried out is
    written down as an event that changed nothing, and says why.
    """
    alerts = {alert.alert_id: alert for alert in books.alerts}
    known = {event.decision_id for event in books.events if event.decision_id}
    steps = []
    for decision in sorted(decisions, key=_when):
        before = alerts.get(decision.alert_id)
        if before is None or decision.decision_id in known:
            continue
        after = alerts[decision.alert_id] = decided(before, decision)
        steps.append(_Step(after, before.state, why_not(before, decision), decision.decided_at, decision))
    return AlertBooks(_sorted(alerts.values()), _with_steps(books.events, steps))


def alerts_of(
    report: CheckReport,
    earlier: AlertBooks,
    decisions: Sequence[AlertDecisionRow],
    quotes: Quotes,
    now: datetime.datetime,
) -> AlertBooks:
    """The books after this run; `now` is in UTC, `quotes` are those beside the failing rows.

    `earlier` must have all `decisions` in it (`with_decisions`). An alert is resolved only when its check ran without
    it; one of a check against the last release stays until a person settles it; one whose check was not evaluated, or
    is no longer among the checks, stays as it was. Checks of severity info raise none.
    """
    found = _found(report, quotes, now)
    known = {alert.alert_id: alert for alert in earlier.alerts}
    last = {decision.alert_id: decision for decision in sorted(decisions, key=_when)}
    # What was lost is not there again because the next release no longer misses it.
    ran = {run.check_id for run in report.runs if run.status != CheckStatus.NOT_EVALUATED} - report.against_last
    alerts: list[AlertRow] = []
    steps: list[_Step] = []
    for alert_id in sorted(known.keys() | found.keys()):
        before, failing = known.get(alert_id), found.get(alert_id)
        if before is None:
            assert failing is not None
            steps.append(_Step(failing, None, FAILED, now))
            alerts.append(failing)
            continue
        after, why = before, ""
        if failing is not None:
            after, why = failed(before, failing, last.get(alert_id), now.date())
        elif before.check_id in ran:
            after, why = passed(before)
        alerts.append(after)
        if after.state != before.state:
            steps.append(_Step(after, before.state, why, now))
    return AlertBooks(_sorted(alerts), _with_steps(earlier.events, steps))


def _when(decision: AlertDecisionRow) -> tuple[datetime.datetime, str]:
    return decision.decided_at, decision.decision_id


def _found(report: CheckReport, quotes: Quotes, now: datetime.datetime) -> dict[str, AlertRow]:
    """The alerts of what fails now, as new ones, by id; rows of one fingerprint are one alert."""
    checks = {check.check_id: check for check in report.checks if check.severity != Severity.INFO}
    groups: dict[str, list[FailingRow]] = {}
    for row in report.failing:
        if row.check_id in checks:
            groups.setdefault(fingerprint_of(row), []).append(row)
    alerts = [
        _new_alert(checks[rows[0].check_id], fingerprint, rows, quotes, now) for fingerprint, rows in groups.items()
    ]
    return {alert.alert_id: alert for alert in alerts}


def alert_id_of(fingerprint: str) -> str:
    """The id of the alert of a fingerprint."""
    return stable_id("alert", fingerprint)


def _new_alert(
    check: CheckRow, fingerprint: str, rows: Sequence[FailingRow], quotes: Quotes, now: datetime.datetime
) -> AlertRow:
    messages = sorted({row.message for row in rows})
    said = sorted({quote for row in rows for quote in quotes.get((row.check_id, row.row_number), ())})
    first = rows[0]
    return AlertRow(
        alert_id=alert_id_of(fingerprint),
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
        evidence_hash=stable_id("evidence", *messages, None, *said),
        first_seen=now,
        last_seen=now,
    )


def _with_steps(earlier: Sequence[AlertEventRow], steps: Iterable[_Step]) -> tuple[AlertEventRow, ...]:
    """The earlier events and these, numbered on within each alert."""
    last_no: Counter[str] = Counter()
    for event in earlier:
        last_no[event.alert_id] = max(last_no[event.alert_id], event.event_no)
    events = list(earlier)
    for step in steps:
        last_no[step.alert.alert_id] += 1
        events.append(_event(step, last_no[step.alert.alert_id]))
    return tuple(sorted(events, key=lambda event: (event.alert_id, event.event_no)))


def _event(step: _Step, number: int) -> AlertEventRow:
    decision = step.decision
    word = decision.reason.value if decision and decision.reason else None
    return AlertEventRow(
        alert_id=step.alert.alert_id,
        event_no=number,
        occurred_at=step.occurred_at,
        actor=decision.actor if decision else ACTOR,
        from_state=step.before,
        to_state=step.alert.state,
        reason=step.why or word,
        comment=decision.comment if decision else None,
        waived_until=step.alert.waived_until,
        decision_id=decision.decision_id if decision else None,
    )


def _sorted(alerts: Iterable[AlertRow]) -> tuple[AlertRow, ...]:
    return tuple(sorted(alerts, key=lambda alert: alert.alert_id))


def waived_fingerprints(books: AlertBooks) -> frozenset[str]:
    """What is waived, as fingerprints of failing rows."""
    return frozenset(alert.fingerprint for alert in books.alerts if alert.state is AlertState.WAIVED)
