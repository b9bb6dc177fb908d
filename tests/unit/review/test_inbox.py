"""The inbox: what is in which part, what the address asks for, and in what order."""

import datetime

import pytest
from starlette.requests import Request

from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.pipeline.alert_books import LiveAlerts
from trialhouse.quality.alerts import AlertBooks
from trialhouse.review.listed import Listed
from trialhouse.review.pages.inbox import EXPIRING_DAYS, TABS, Wanted, alerts_in
from trialhouse.review.shelf import Standing

TODAY = datetime.date(2026, 11, 20)
MOMENT = datetime.datetime(2026, 11, 1)


def alert(name: str, state: AlertState, until: int | None = None, **more: object) -> Listed:
    values = {
        "alert_id": name, "fingerprint": name, "check_id": "arms/sum", "severity": Severity.WARN, "state": state,
        "table_name": "arms", "trial_id": "trial-1", "message": f"Says {name}.", "evidence_hash": "x",
        "first_seen": MOMENT, "last_seen": MOMENT,
        "waived_until": TODAY + datetime.timedelta(days=until) if until is not None else None,
    }  # fmt: skip
    return Listed.of(AlertRow.model_validate(values | more))


def in_order(*alerts: Listed) -> tuple[Listed, ...]:
    return tuple(sorted(alerts, key=lambda one: one.order))


ALERTS = in_order(
    alert("a-open", AlertState.OPEN),
    alert("b-reopened", AlertState.REOPENED, severity=Severity.BLOCK, trial_id="trial-2"),
    alert("c-soon", AlertState.WAIVED, EXPIRING_DAYS, check_id="trials/key"),
    alert("d-later", AlertState.WAIVED, EXPIRING_DAYS + 1),
    alert("e-known", AlertState.ACKNOWLEDGED, trial_id=None),
    alert("f-done", AlertState.RESOLVED, severity=Severity.ERROR),
    alert("g-open", AlertState.OPEN, severity=Severity.ERROR, check_id="trials/key", trial_id="trial-2"),
)

STANDING = Standing(
    live=LiveAlerts(AlertBooks(), (), None),
    alerts=ALERTS,
    by_id={one.alert_id: one for one in ALERTS},
    last_decision={},
    trial_names={"trial-2": "NCT1 · Aldérol"},
    names_of_build={},
)


def asked(query: str) -> list[str]:
    """The first letters of the alerts that an address asks for, in order."""
    request = Request({"type": "http", "query_string": query.encode(), "headers": []})
    return [one.alert_id[0] for one in alerts_in(STANDING, Wanted.of(request), TODAY)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "bgac"),
        ("show=new", "ga"),
        ("show=reopened", "b"),
        ("show=expiring", "c"),
        ("show=acknowledged", "e"),
        ("show=waived", "dc"),
        ("show=resolved", "f"),
        ("show=all", "bfgeadc"),
        ("show=nonsense", "bgac"),
        ("severity=error", "g"),
        ("severity=nonsense", ""),
        ("check=trials/key", "gc"),
        ("trial=trial-2", "bg"),
        ("text=SAYS+A-", "a"),
        ("text=TRIALS/KEY", "gc"),
        ("text=100%25", ""),
        ("text=ald%C3%89rol", "bg"),
        ("show=all&group=trial", "bfgeadc"),
        ("show=all&group=trial&severity=warn", "eadc"),
    ],
)
def test_what_an_address_asks_for(query: str, expected: str) -> None:
    assert "".join(asked(query)) == expected


def test_an_address_keeps_what_it_does_not_change() -> None:
    request = Request({"type": "http", "query_string": b"show=waived&text=a%26b&group=trial&page=3", "headers": []})
    wanted = Wanted.of(request)
    assert wanted.number == 3
    assert wanted.address() == "/?show=waived&text=a%26b&group=trial&page=3"
    assert wanted.address(page=4) == "/?show=waived&text=a%26b&group=trial&page=4"
    assert wanted.address(show="new", text="") == "/?show=new&group=trial"
    path, _, query = wanted.alert_address("a/1").partition("?")
    assert path == "/alerts/a%2F1"
    again = Wanted.of(Request({"type": "http", "query_string": query.encode(), "headers": []}))
    assert again.address() == wanted.address()


def test_every_alert_is_in_the_tab_of_its_state() -> None:
    named = {tab.name: tab for tab in TABS}
    assert all(named["all"].has(one, TODAY, False) for one in ALERTS)
    for one in ALERTS:
        tabs = [tab.name for tab in TABS if tab.has(one, TODAY, False)]
        tabs = [name for name in tabs if name not in ("all", "asking", "expiring")]
        assert len(tabs) == 1
