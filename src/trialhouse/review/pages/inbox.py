"""The inbox: what asks for a decision, grouped, filtered by the address, and decided many at once."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trialhouse.model.words import AlertState
from trialhouse.review.deciding import MOVED, Asked, NotDecided, asked_in, decide_alerts
from trialhouse.review.guard import one
from trialhouse.review.listed import WORST_FIRST, Listed
from trialhouse.review.no_trial import history, place
from trialhouse.review.redirects import back
from trialhouse.review.render import address, page
from trialhouse.review.shelf import Shelf, Standing

EXPIRING_DAYS = 14
"""A waiver that ends within so many days asks for a look."""

PAGE = 50

OTHERS = "The list is another one by now: look at it again before you decide."
"""Why all of a list cannot be decided that was seen otherwise, though nobody decided: a release came, or a day."""

MOST_LETTERS = 200
"""Letters of a filter that count."""


@dataclass(frozen=True)
class Tab:
    """A part of the inbox: its name in the address, its words, and which alerts it has on a day; of an alert is also
    said whether it stopped the newest build and would stop the next.
    """

    name: str
    title: str
    has: Callable[[Listed, datetime.date, bool], bool]


def _in(*states: AlertState) -> Callable[[Listed, datetime.date, bool], bool]:
    return lambda alert, today, blocks: alert.state in states


def _asks(alert: Listed, today: datetime.date, blocks: bool) -> bool:
    """What somebody looks after asks no more, and what somebody settled does not; but what blocks goes on blocking."""
    return blocks or alert.state in (AlertState.OPEN, AlertState.REOPENED) or is_expiring(alert, today)


def is_expiring(alert: Listed, today: datetime.date) -> bool:
    """Whether a waiver is near its end."""
    soon = today + datetime.timedelta(days=EXPIRING_DAYS)
    return alert.state is AlertState.WAIVED and alert.waived_until is not None and alert.waived_until <= soon


TABS = (
    Tab("asking", "To do", _asks),
    Tab("new", "New", _in(AlertState.OPEN)),
    Tab("reopened", "Reopened", _in(AlertState.REOPENED)),
    Tab("expiring", "Expiring", lambda alert, today, blocks: is_expiring(alert, today)),
    Tab("acknowledged", "Acknowledged", _in(AlertState.ACKNOWLEDGED)),
    Tab("waived", "Waived", _in(AlertState.WAIVED)),
    Tab("resolved", "Resolved", _in(AlertState.RESOLVED)),
    Tab("all", "All", lambda alert, today, blocks: True),
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
            **{name: query.get(name, "").strip()[:MOST_LETTERS] for name in ("severity", "check", "trial", "text")},
            group="trial" if query.get("group") == "trial" else "check",
            number=max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1,
        )

    def address(self, **changes: object) -> str:
        """The address of the same inbox; with something else asked for, of its first page unless that is said."""
        now = {
            "show": self.tab.name if self.tab is not TABS[0] else "", "severity": self.severity, "check": self.check,
            "trial": self.trial, "text": self.text, "group": "trial" if self.group == "trial" else "",
            "page": "" if changes or self.number == 1 else self.number,
        }  # fmt: skip
        return address("/", **{**now, **changes})

    def alert_address(self, alert_id: str) -> str:
        """The address of an alert's page, which is told of this inbox: so it knows the next and the previous one."""
        return f"/alerts/{quote(alert_id, safe='')}" + self.address()[1:]

    def passing(self, standing: Standing) -> list[Listed]:
        """The alerts of any tab that are asked for; words may stand in what an alert says and in its trial's name."""
        text = self.text.casefold()
        return [
            alert
            for alert in standing.alerts
            if self.severity in ("", alert.severity.value)
            and self.check in ("", alert.check_id)
            and self.trial in ("", alert.trial_id)
            and (not text or text in f"{alert.message} {alert.check_id} {standing.name_of(alert.trial_id)}".casefold())
        ]

    def key(self, alert: Listed) -> str:
        """The group that an alert is in: its check, or its trial; empty for one of no trial."""
        return (alert.trial_id or "") if self.group == "trial" else alert.check_id

    def order(self, alert: Listed) -> tuple[object, ...]:
        """Worst first, then the groups together."""
        rank, check, trial, alert_id = alert.order
        return (rank, trial, check, alert_id) if self.group == "trial" else alert.order


def alerts_in(standing: Standing, wanted: Wanted, today: datetime.date) -> list[Listed]:
    """The alerts of a tab that the address asks for, in the order of the inbox."""
    return _in_tab(wanted.passing(standing), wanted, today, standing.live.blocking)


def state_of(alerts: Sequence[Listed], standing: Standing) -> str:
    """A word for all alerts of a list as they stand: it changes when one comes, goes, or is decided on."""
    ids = [alert.alert_id for alert in alerts]
    last = standing.last_decision
    said = "\n".join([*ids, *(f"{alert_id} {last[alert_id]}" for alert_id in ids if alert_id in last)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _in_tab(passing: Sequence[Listed], wanted: Wanted, today: datetime.date, blocking: frozenset[str]) -> list[Listed]:
    kinds = {_kind(alert, blocking): alert for alert in passing}
    has = {kind for kind, alert in kinds.items() if wanted.tab.has(alert, today, kind[-1])}
    found = [alert for alert in passing if _kind(alert, blocking) in has]
    # They stand by check; what is equal stays in order.
    return sorted(found, key=lambda alert: (alert.rank, alert.trial_id or "")) if wanted.group == "trial" else found


def _kind(alert: Listed, blocking: frozenset[str]) -> tuple[AlertState, datetime.date | None, bool]:
    """All that a tab asks of an alert: those of one kind are in the same tabs."""
    return alert.state, alert.waived_until, alert.alert_id in blocking


def show(request: Request) -> Response:
    """The inbox."""
    return _shown(request, Wanted.of(request))


def show_again(request: Request) -> Response:
    """The inbox, when the address that a form was sent to is opened, as after a decision that was refused."""
    return RedirectResponse(Wanted.of(request).address(), 303)


def decide_many(request: Request, fields: dict[str, list[str]]) -> Response:
    """Decide the chosen alerts, all or none, and show the inbox with what came of it.

    The address is that of the inbox, so that all that it finds can be chosen, and it is shown again with its filter.
    """
    shelf: Shelf = request.app.state.shelf
    asked, wanted, chosen = asked_in(fields), Wanted.of(request), fields.get("alert", [])
    try:
        if "all" in fields or "group" in fields:
            more, asked = _all_of(shelf.standing(), wanted, fields, asked)
            chosen = [*chosen, *more]
        told = decide_alerts(shelf, chosen, asked)
    except NotDecided as problem:
        return _shown(request, wanted, problem, asked, frozenset(chosen))
    return back(request, wanted.address(page=wanted.number), told, asked)


def _all_of(standing: Standing, wanted: Wanted, fields: dict[str, list[str]], asked: Asked) -> tuple[list[str], Asked]:
    """All alerts that the inbox finds, on every page, or those of the ticked groups. Raises NotDecided.

    A ticked box holds the state of the inbox that its reviewer saw, and the group: they must stand as they stood.
    """
    found = alerts_in(standing, wanted, _today())
    ticked = [tuple(box.partition(" ")[::2]) for box in (*fields.get("all", []), *fields.get("group", []))]
    if {state for state, _ in ticked} != {state_of(found, standing)}:
        moved = _decided_after(standing, one(fields, "latest")) & {alert.alert_id for alert in wanted.passing(standing)}
        raise NotDecided(MOVED if moved else OTHERS, 409, sorted(moved))
    groups = {group for _, group in ticked}
    ids = [alert.alert_id for alert in found if "all" in fields or wanted.key(alert) in groups]
    seen = asked.seen | {alert_id: standing.last_decision.get(alert_id, "") for alert_id in ids}
    return ids, replace(asked, seen=seen)


def _latest(standing: Standing) -> str:
    """The last decision of all; a form holds it, so that what was decided after it can be named."""
    return standing.live.decisions[-1].decision_id if standing.live.decisions else ""


def _decided_after(standing: Standing, latest: str) -> set[str]:
    """The alerts that somebody decided on after a decision; none where this is not known."""
    ids = ["", *(decision.decision_id for decision in standing.live.decisions)]
    later = standing.live.decisions[ids.index(latest) :] if latest in ids else ()
    return {decision.alert_id for decision in later}


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def _shown(
    request: Request,
    wanted: Wanted,
    problem: NotDecided | None = None,
    asked: Asked | None = None,
    chosen: frozenset[str] = frozenset(),
) -> Response:
    shelf: Shelf = request.app.state.shelf
    standing, today = shelf.standing(), _today()
    passing, blocking = wanted.passing(standing), standing.live.blocking
    found = _in_tab(passing, wanted, today, blocking)
    last_page = max(1, (len(found) + PAGE - 1) // PAGE)
    wanted = replace(wanted, number=min(wanted.number, last_page))
    first = (wanted.number - 1) * PAGE
    shown = found[first : first + PAGE]
    moved = frozenset(problem.moved if problem else ())
    context = {
        "title": "Alerts",
        "release": shelf.current(),
        "rejected": standing.live.rejected,
        "wanted": wanted,
        "tabs": TABS,
        "counts": _counts(passing, today, blocking),
        "blocking": blocking,
        "groups": _groups(shown, found, wanted, standing.name_of),
        "name_of": standing.name_of,
        "trial_link": lambda trial_id: _trial_link(standing, trial_id),
        "total": len(found),
        "first": first,
        "shown": len(shown),
        "last_page": last_page,
        "state": state_of(found, standing),
        "latest": _latest(standing),
        "checks": sorted({alert.check_id for alert in standing.alerts}),
        "severities": WORST_FIRST,
        "problem": problem,
        "moved": [standing.by_id[alert_id] for alert_id in sorted(moved & standing.by_id.keys())],
        "chosen": chosen - moved,
        "asked": asked or Asked.nothing(request),
        "versions": {alert.alert_id: standing.last_decision.get(alert.alert_id, "") for alert in shown},
    }
    return page(request, "inbox.html", context, problem.status if problem else 200)


@dataclass(frozen=True)
class Group:
    """The alerts of one check or trial on this page, and how many there are in all."""

    key: str
    title: str
    total: int
    alerts: Sequence[Listed]


def _counts(passing: Sequence[Listed], today: datetime.date, blocking: frozenset[str]) -> dict[str, int]:
    """How many of the alerts each tab has."""
    numbers = Counter(_kind(alert, blocking) for alert in passing)
    kinds = {_kind(alert, blocking): alert for alert in passing}
    return {
        tab.name: sum(numbers[kind] for kind, alert in kinds.items() if tab.has(alert, today, kind[-1])) for tab in TABS
    }


def _trial_link(standing: Standing, trial_id: str) -> str | None:
    """The address of a trial, of its history where it is in the release no more; None for one of a build alone."""
    if standing.trial_names.get(trial_id):
        return place(trial_id)
    return None if trial_id in standing.names_of_build else history(trial_id)


def _groups(
    shown: Sequence[Listed], found: Sequence[Listed], wanted: Wanted, name_of: Callable[[str], str]
) -> list[Group]:
    totals = Counter(map(wanted.key, found))
    groups: dict[str, list[Listed]] = {}
    for alert in shown:
        groups.setdefault(wanted.key(alert), []).append(alert)
    return [
        Group(name, name_of(name) or name or "Of no trial", totals[name], alerts) for name, alerts in groups.items()
    ]
