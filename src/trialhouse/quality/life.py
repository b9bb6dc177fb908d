"""The life of an alert: what a person's decision and what a run of its check make of its state.

    open, reopened --acknowledge--> acknowledged        any but resolved --waive--> waived until a day
    any but resolved --resolve--> resolved              settled ones --reopen--> reopened

A waiver is given for values and quotes: it ends when they change, on the day after its last one, or when a person
reopens the alert. While it holds, the alert stays waived, also when the matter went away and came back. An alert is
resolved by itself only when its check ran without it; one that fails again after that is reopened under the same id.
"""

import datetime

from trialhouse.model.tables import AlertDecisionRow, AlertRow
from trialhouse.model.words import AlertState, DecisionAction

SETTLED = frozenset({AlertState.RESOLVED, AlertState.WAIVED})
"""States in which nobody is asked to do anything."""

_AFTER = {
    DecisionAction.ACKNOWLEDGE: AlertState.ACKNOWLEDGED,
    DecisionAction.WAIVE: AlertState.WAIVED,
    DecisionAction.RESOLVE: AlertState.RESOLVED,
    DecisionAction.REOPEN: AlertState.REOPENED,
}

_MAY = {
    DecisionAction.ACKNOWLEDGE: frozenset({AlertState.OPEN, AlertState.REOPENED, AlertState.WAIVED}),
    DecisionAction.WAIVE: frozenset(AlertState) - {AlertState.RESOLVED},
    DecisionAction.RESOLVE: frozenset(AlertState) - {AlertState.RESOLVED},
    DecisionAction.REOPEN: frozenset({AlertState.ACKNOWLEDGED, AlertState.WAIVED, AlertState.RESOLVED}),
}

FAILED = "The check failed."
FAILS_AGAIN = "The check fails again."
PASSED = "The check ran and no longer fails."
HOLDS_AGAIN = "The check fails with the values that it was waived for."


def refusal(alert: AlertRow, action: DecisionAction) -> str | None:
    """Why a person cannot do this with the alert as it stands; None when they can."""
    if alert.state in _MAY[action]:
        return None
    if action is DecisionAction.WAIVE or alert.state is not AlertState.RESOLVED:
        wanted = " or ".join(sorted(state.value for state in _MAY[action]))
        return f"{alert.alert_id} is {alert.state.value}; to {action.value} it, it must be {wanted}"
    return f"{alert.alert_id} is resolved: reopen it first"


def decided(alert: AlertRow, decision: AlertDecisionRow) -> AlertRow:
    """The alert after a person's decision on it.

    A waiver of other values than the alert has now changes nothing: whoever gave it did not see these.
    """
    if refusal(alert, decision.action) or _is_of_other_values(alert, decision):
        return alert
    is_waiver = decision.action is DecisionAction.WAIVE
    changes = {
        "state": _AFTER[decision.action],
        "reason": decision.reason.value if decision.reason else None,
        "comment": decision.comment,
        "decided_by": decision.actor,
        "waived_until": decision.waived_until if is_waiver else None,
    }
    return alert.model_copy(update=changes)


def why_not(alert: AlertRow, decision: AlertDecisionRow) -> str | None:
    """Why a decision, once it was made, could not be carried out any more; None when it could."""
    if _is_of_other_values(alert, decision):
        return "The waiver was given for other values than the alert has."
    return refusal(alert, decision.action)


def _is_of_other_values(alert: AlertRow, decision: AlertDecisionRow) -> bool:
    return decision.action is DecisionAction.WAIVE and decision.evidence_hash != alert.evidence_hash


def passed(before: AlertRow) -> tuple[AlertRow, str]:
    """An alert whose check ran and no longer finds it, and why its state changed, if it did."""
    if before.state is AlertState.RESOLVED:
        return before, ""
    return _by_itself(before, AlertState.RESOLVED, PASSED), PASSED


def failed(
    before: AlertRow, failing: AlertRow, last: AlertDecisionRow | None, today: datetime.date
) -> tuple[AlertRow, str]:
    """An alert whose check finds it now as `failing`, after the last decision on it, and why its state changed, if so.

    The values, the message and the time are those of now.
    """
    now = failing.model_copy(
        update={name: getattr(before, name) for name in ("first_seen", "state", "reason", "comment", "decided_by")}
        | {"waived_until": before.waived_until}
    )
    if last is not None and last.action is DecisionAction.WAIVE and waiver_holds(last, failing.evidence_hash, today):
        if before.state is AlertState.WAIVED:
            return now, ""
        return decided(now.model_copy(update={"state": AlertState.REOPENED}), last), HOLDS_AGAIN
    if before.state is AlertState.WAIVED:
        why = _end_of_waiver(before, failing)
        return _by_itself(now, AlertState.REOPENED, why), why
    if before.state is AlertState.RESOLVED:
        return _by_itself(now, AlertState.REOPENED, FAILS_AGAIN), FAILS_AGAIN
    return now, ""


def waiver_holds(waiver: AlertDecisionRow, evidence_hash: str, today: datetime.date) -> bool:
    """Whether a waiver still holds for these values and quotes on this day (UTC); its last day is one of it."""
    return waiver.waived_until is not None and today <= waiver.waived_until and waiver.evidence_hash == evidence_hash


def as_asked(alert: AlertRow, today: datetime.date) -> AlertRow:
    """The alert as people are asked about it on this day (UTC): a waiver past its last day is no more, although only
    the next run of its check writes that down.
    """
    if alert.state is not AlertState.WAIVED or alert.waived_until is None or today <= alert.waived_until:
        return alert
    return _by_itself(alert, AlertState.REOPENED, f"Its waiver ended on {alert.waived_until}.")


def _end_of_waiver(before: AlertRow, failing: AlertRow) -> str:
    if before.evidence_hash != failing.evidence_hash:
        return f"It was waived for other values or quotes: {before.message}"
    return f"Its waiver ended on {before.waived_until}."


def _by_itself(alert: AlertRow, state: AlertState, why: str) -> AlertRow:
    """The alert in a state that no person brought it into."""
    return alert.model_copy(
        update={"state": state, "reason": why, "comment": None, "decided_by": None, "waived_until": None}
    )
