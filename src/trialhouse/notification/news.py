"""What there is to tell of a build, and what of it a route hears."""

import datetime
import fnmatch
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.enums import Severity
from trialhouse.model.ids import stable_id
from trialhouse.model.notification_config import TOLD_SEVERITIES, TOLD_STATES, RouteConfig
from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRow
from trialhouse.model.words import AlertState

FAILING = (AlertState.OPEN, AlertState.REOPENED)

_NUMBERS = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True)
class Item:
    """An alert that is told: the state that it came into, why (None when that says nothing more), and its check's
    owner (None when the check is gone).
    """

    alert: AlertRow
    state: AlertState
    why: str | None
    owner: str | None


@dataclass(frozen=True)
class News:
    """A build and its alerts.

    `steps` came into another state in it; `standing` are those that nobody settled; `blocking` stopped it at the gate,
    and so did `other_reasons`, which no alert tells. `verdict` is the gate's sentence; `last` the release before.
    """

    warehouse: Path
    run_id: str
    release_id: str
    made_at: datetime.datetime
    is_first: bool
    may_publish: bool
    verdict: str
    last: str | None
    steps: tuple[Item, ...]
    standing: tuple[Item, ...]
    blocking: tuple[Item, ...]
    other_reasons: tuple[str, ...] = ()


def steps_of(
    alerts: Iterable[AlertRow], events: Iterable[AlertEventRow], checks: Iterable[CheckRow]
) -> tuple[Item, ...]:
    """What the refresh itself did to alerts in these events, as far as it is told to anybody.

    People know what they decided. A waived alert that went away, or came back as it was waived, is silent.
    """
    by_id = {alert.alert_id: alert for alert in alerts}
    owners = {check.check_id: check.owner for check in checks}
    told = [
        event
        for event in events
        if event.decision_id is None
        and event.to_state in TOLD_STATES
        and not (event.from_state is AlertState.WAIVED and event.to_state is AlertState.RESOLVED)
    ]
    return _sorted(
        Item(
            by_id[event.alert_id],
            event.to_state,
            event.reason if event.to_state is AlertState.REOPENED else None,
            owners.get(by_id[event.alert_id].check_id),
        )
        for event in told
    )


def items_of(alerts: Iterable[AlertRow], checks: Iterable[CheckRow]) -> tuple[Item, ...]:
    """Alerts as they stand."""
    owners = {check.check_id: check.owner for check in checks}
    return _sorted(Item(alert, alert.state, None, owners.get(alert.check_id)) for alert in alerts)


def heard(route: RouteConfig, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that a route hears of."""
    return tuple(item for item in items if item.state in route.states and _is_of(route, item))


def heard_failing(route: RouteConfig, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that a route hears of as failing, whatever people made of them since."""
    if not set(route.states) & set(FAILING):
        return ()
    return tuple(item for item in items if _is_of(route, item))


def hears_reasons(route: RouteConfig) -> bool:
    """Whether a route hears why a build was stopped where no alert says it."""
    everything = "*" in route.checks and "*" in route.owners
    return everything and Severity.BLOCK in route.severities and bool(set(route.states) & set(FAILING))


def by_subject(items: Iterable[Item], events: Iterable[AlertEventRow]) -> dict[str, Item]:
    """Alerts that stop a build, each under one name as long as it is the same news: the values and quotes are the
    same, and it was not settled in between.
    """
    failed_by: dict[str, int] = {}
    for event in events:
        if event.to_state in FAILING:
            failed_by[event.alert_id] = max(event.event_no, failed_by.get(event.alert_id, 0))
    return {
        stable_id("told", item.alert.alert_id, item.alert.evidence_hash, failed_by.get(item.alert.alert_id)): item
        for item in items
    }


def subject_of_reasons(reasons: Collection[str], last: str | None) -> str:
    """One name for the reasons that no alert tells, until a release is published: numbers in them may change."""
    return stable_id("told", last, *sorted(_NUMBERS.sub("#", reason) for reason in reasons))


def _is_of(route: RouteConfig, item: Item) -> bool:
    return (
        item.alert.severity in route.severities
        and any(fnmatch.fnmatchcase(item.alert.check_id, pattern) for pattern in route.checks)
        and any(fnmatch.fnmatchcase(item.owner or "", pattern) for pattern in route.owners)
    )


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    """Worst first, those of a check together."""
    worst = {severity: place for place, severity in enumerate((*TOLD_SEVERITIES, Severity.INFO))}
    return tuple(
        sorted(
            items,
            key=lambda item: (
                worst[item.alert.severity],
                item.alert.check_id,
                TOLD_STATES.index(item.state) if item.state in TOLD_STATES else len(TOLD_STATES),
                item.alert.alert_id,
            ),
        )
    )
