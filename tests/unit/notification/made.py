"""Alerts, checks and news for the tests of notifications."""

import datetime
from pathlib import Path
from typing import Any

from trialhouse.model.enums import Severity
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRow
from trialhouse.model.words import AlertState
from trialhouse.notification.message import Message, MessageKind
from trialhouse.notification.news import Item, News

NOW = datetime.datetime(2026, 3, 1, 4, 30, tzinfo=datetime.UTC)


def an_alert(row_id: str = "arm-1", check_id: str = "arms/sum", **values: Any) -> AlertRow:
    given = {"severity": Severity.WARN, "state": AlertState.OPEN, "message": "60 + 60 = 120, not 119.", **values}
    return AlertRow(
        alert_id=f"alert-{row_id}",
        fingerprint=f"{check_id} | arms | {row_id} | ",
        check_id=check_id,
        table_name="arms",
        row_id=row_id,
        evidence_hash=stable_id("evidence", given["message"]),
        first_seen=NOW,
        last_seen=NOW,
        **given,
    )


def an_event(alert: AlertRow, to: AlertState, before: AlertState | None = None, **values: Any) -> AlertEventRow:
    given = {"event_no": 1, "actor": "refresh", **values}
    return AlertEventRow(alert_id=alert.alert_id, occurred_at=NOW, from_state=before, to_state=to, **given)


def a_check(check_id: str = "arms/sum", owner: str = "review") -> CheckRow:
    return CheckRow(
        check_id=check_id,
        table_name="arms",
        severity=Severity.WARN,
        message="M.",
        action="A.",
        owner=owner,
        sql="SELECT 1",
    )


def an_item(row_id: str = "arm-1", state: AlertState = AlertState.OPEN, why: str | None = None, **values: Any) -> Item:
    owner = values.pop("owner", "review")
    return Item(an_alert(row_id, **values), state, why, owner)


def some_news(*steps: Item, **values: Any) -> News:
    given: dict[str, Any] = {
        "warehouse": Path("/data/trials"),
        "run_id": "run-2",
        "release_id": "2026.03.01.02",
        "made_at": NOW,
        "is_first": False,
        "may_publish": True,
        "verdict": "All is well.",
        "last": "2026.03.01.01",
        "steps": steps,
        "standing": (),
        "blocking": (),
    }
    return News(**(given | values))


def a_message(key: str = "message-1", route: str = "team", **values: Any) -> Message:
    given: dict[str, Any] = {
        "kind": MessageKind.DIGEST,
        "run_id": "run-2",
        "release_id": "2026.03.01.02",
        "title": "Trialhouse 2026.03.01.02: 1 opened",
        "body": f"Ärm a_b: <5 & *more*.\n\nIdempotency-Key: {key}",
        "created_at": NOW,
    }
    return Message(idempotency_key=key, route=route, **(given | values))
