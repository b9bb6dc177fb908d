"""The inbox: what asks for a decision, grouped, filtered by the address, and decided many at once."""

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.review.deciding import Asked, NotDecided, asked_in, decide_alerts
from trialhouse.review.guard import one
from trialhouse.review.redirects import back
from trialhouse.review.render import address, page
from trialhouse.review.shelf import Shelf, Standing

EXPIRING_DAYS = 14
"""A waiver that ends within so many days asks for a look."""

PAGE = 50

WORST_FIRST = (Severity.BLOCK, Severity.ERROR, Severity.WARN, Severity.INFO)


@dataclass(frozen=True)
class Tab:
    """A part of the inbox: its name in the address, its words, and which alerts it has on a day."""

    name: str
    title: str
    has: Callable[[AlertRow, datetime.date], bool]


def _in(*states: AlertState) -> Callable[[AlertRow, datetime.date], bool]:
    return lambda alert, today: alert.state in states


def is_expiring(alert: AlertRow, today: datetime.date) -> bool:
    """Whether a waiver is near its end."""
    soon = today + datetime.timedelta(days=EXPIRING_DAYS)
    return alert.state is AlertState.WAIVED and alert.waived_until is not None and alert.waived_until <= soon


TABS = (
    Tab("asking", "To do", lambda a, t: _in(AlertState.OPEN, AlertState.REOPENED)(a, t) or is_expiring(a, t)),
    Tab("new", "New", _in(AlertState.OPEN)),
    Tab("reopened", "Reopened", _in(AlertState.REOPENED)),
    Tab("expiring", "Expiring", is_expiring),
    Tab("acknowledged", "Acknowledged", _in(AlertState.ACKNOWLEDGED)),
    Tab("waived", "Waived", _in(AlertState.WAIVED)),
    Tab("resolved", "Resolved", _in(AlertState.RESOLVED)),
    Tab("all", "All", lambda alert, today: True),
)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. Alerts are grouped by `check` or by `trial`."""

    tab: Tab
    severity: str
    check: str
    trial: str
    text: str
    group: str
    number: int

    @classmethod
    def of(cls, request: Request) -> "Wanted":
        """As the address says; a word that is none counts as not said."""
        query = request.query_params
        tab = next((tab for tab in TABS if tab.name == query.get("show")), TABS[0])
        number = query.get("page", "1")
        return cls(
            tab=tab,
            severity=query.get("severity", ""),
            check=query.get("check", ""),
            trial=query.get("trial", ""),
            text=query.get("text", "").strip(),
            group="trial" if query.get("group") == "trial" else "check",
            number=max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1,
        )

    def address(self, **changes: object) -> str:
        """The address of the same inbox with something else asked for."""
        now = {
            "show": self.tab.name if self.tab is not TABS[0] else "", "severity": self.severity, "check": self.check,
            "trial": self.trial, "text": self.text, "group": "trial" if self.group == "trial" else "",
        }  # fmt: skip
        return address("/", **{**now, **changes})

    def query(self) -> str:
        """What an alert's page is told, so that it knows the next and the previous one."""
        return self.address().partition("?")[2]

    def passes(self, alert: AlertRow) -> bool:
        """Whether an alert of any tab is asked for."""
        return (
            self.severity in ("", alert.severity.value)
            and self.check in ("", alert.check_id)
            and self.trial in ("", alert.trial_id)
            and (not self.text or self.text.casefold() in f"{alert.message} {alert.check_id}".casefold())
        )

    def order(self, alert: AlertRow) -> tuple[object, ...]:
        """Worst first, then the groups together."""
        first = (
            (alert.trial_id or "", alert.check_id) if self.group == "trial" else (alert.check_id, alert.trial_id or "")
        )
        return (WORST_FIRST.index(alert.severity), *first, alert.alert_id)


def alerts_in(standing: Standing, wanted: Wanted, today: datetime.date) -> list[AlertRow]:
    """The alerts of a tab that the address asks for, in the order of the inbox."""
    return _in_tab([alert for alert in standing.alerts if wanted.passes(alert)], wanted, today)


def _in_tab(passing: Sequence[AlertRow], wanted: Wanted, today: datetime.date) -> list[AlertRow]:
    kinds = {_kind(alert): alert for alert in passing}
    has = {kind for kind, alert in kinds.items() if wanted.tab.has(alert, today)}
    return sorted((alert for alert in passing if _kind(alert) in has), key=wanted.order)


def _kind(alert: AlertRow) -> tuple[AlertState, datetime.date | None]:
    """All that a tab asks of an alert: those of one kind are in the same tabs."""
    return alert.state, alert.waived_until


def show(request: Request) -> Response:
    """The inbox."""
    return _shown(request, Wanted.of(request), None, 200)


def decide_many(request: Request, fields: dict[str, list[str]]) -> Response:
    """Decide the chosen alerts, all or none, and show the inbox with what came of it."""
    shelf: Shelf = request.app.state.shelf
    asked = asked_in(fields)
    try:
        told = decide_alerts(shelf, fields.get("alert", []), asked)
    except NotDecided as problem:
        return _shown(request, Wanted.of(request), problem, problem.status, asked)
    return back(request, one(fields, "back") or "/", told, asked)


def _shown(
    request: Request, wanted: Wanted, problem: NotDecided | None, status: int, asked: Asked | None = None
) -> Response:
    shelf: Shelf = request.app.state.shelf
    standing, today = shelf.standing(), datetime.datetime.now(datetime.UTC).date()
    passing = [alert for alert in standing.alerts if wanted.passes(alert)]
    kinds, of_kind = Counter(map(_kind, passing)), {_kind(alert): alert for alert in passing}
    counts = {tab.name: sum(kinds[kind] for kind, alert in of_kind.items() if tab.has(alert, today)) for tab in TABS}
    found = _in_tab(passing, wanted, today)
    first = (wanted.number - 1) * PAGE
    shown = found[first : first + PAGE]
    release = shelf.current()
    context = {
        "title": "Alerts",
        "release": release,
        "rejected": standing.live.rejected,
        "wanted": wanted,
        "tabs": TABS,
        "counts": counts,
        "groups": _groups(shown, found, wanted, _names(shelf, shown)),
        "total": len(found),
        "first": first,
        "pages": range(1, (len(found) + PAGE - 1) // PAGE + 1),
        "checks": sorted({alert.check_id for alert in standing.alerts}),
        "severities": WORST_FIRST,
        "problem": problem,
        "asked": asked or Asked.nothing(request),
        "versions": {alert.alert_id: standing.last_decision.get(alert.alert_id, "") for alert in shown},
    }
    return page(request, "inbox.html", context, status)


@dataclass(frozen=True)
class Group:
    """The alerts of one check or trial on this page, and how many there are in all."""

    key: str
    title: str
    total: int
    alerts: Sequence[AlertRow]


def _groups(shown: Sequence[AlertRow], found: Sequence[AlertRow], wanted: Wanted, names: dict[str, str]) -> list[Group]:
    def key(alert: AlertRow) -> str:
        return (alert.trial_id or "") if wanted.group == "trial" else alert.check_id

    totals = Counter(key(alert) for alert in found)
    groups: dict[str, list[AlertRow]] = {}
    for alert in shown:
        groups.setdefault(key(alert), []).append(alert)
    return [
        Group(name, names.get(name, name) or "Of no trial", totals[name], alerts) for name, alerts in groups.items()
    ]


def _names(shelf: Shelf, alerts: Sequence[AlertRow]) -> dict[str, str]:
    """What the trials of these alerts are called."""
    ids = sorted({alert.trial_id for alert in alerts if alert.trial_id})
    release = shelf.current()
    if release is None or not ids:
        return {}
    with shelf.reading(release) as connection:
        found = connection.execute(
            "SELECT trial_id, concat_ws(' · ', registry_id, acronym, title) FROM trials "
            "WHERE trial_id IN (SELECT unnest(?))",
            [ids],
        ).fetchall()
    return {trial_id: name or trial_id for trial_id, name in found}
