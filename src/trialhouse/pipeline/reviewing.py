"""The review of alerts: what is asked of people, all that is known beside one alert, and what they decide.

The commands and the review page call these functions alike.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRow
from trialhouse.model.words import DecisionAction, WaiverReason
from trialhouse.pipeline.alert_books import LiveAlerts, live_alerts
from trialhouse.pipeline.landed_texts import landed_texts
from trialhouse.quality.alert_view import AlertView, Evidence, allowed, evidence_of, steps_of
from trialhouse.quality.alerts import ACTOR
from trialhouse.quality.checks import load_checks
from trialhouse.quality.decisions import Decisions, decision_on, waiver_fault
from trialhouse.quality.life import refusal
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.rejected import QualityReport
from trialhouse.settings import SettingsError, load_settings
from trialhouse.store.connection import Connection, release_reader
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted


class Refused(Exception):
    """Decisions that cannot be made; nothing was written. `sentences` says of each alert why."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = tuple(sentences)


class WrongDecision(ValueError):
    """A decision that nobody can make of any alert: what is missing or cannot be."""


@dataclass(frozen=True)
class Verdict:
    """What a person decides of one alert or several. A waiver has a reason, a comment and its last day."""

    action: DecisionAction
    actor: str
    reason: WaiverReason | None = None
    comment: str | None = None
    waived_until: datetime.date | None = None

    def ensure_possible(self, now: datetime.datetime) -> None:
        """Raises WrongDecision for one that nobody can make of any alert; `now` is in UTC."""
        if not self.actor.strip():
            raise WrongDecision("a decision needs the name of who makes it")
        if self.actor.strip() == ACTOR:
            raise WrongDecision(f"{ACTOR!r} is what checks do by themselves: give the name of a person")
        if self.action is not DecisionAction.WAIVE:
            return
        fault = waiver_fault(self.reason, self.comment, self.waived_until, now.date())
        if fault:
            raise WrongDecision(fault)


def alert_view(layout: Layout, release: Release | None, live: LiveAlerts, alert: AlertRow) -> AlertView:
    """All that is known beside an alert. Raises DatabaseError for a release that cannot be read.

    Of a build that was stopped at the gate there are the values in the message and the quotes, and the evidence beside
    what stopped it; rows and sentences beside other alerts are those of the release that stands.
    """
    if release is None:
        return view_from(None, layout, None, live, alert)
    with release_reader(release.database) as connection:
        return view_from(connection, layout, release, live, alert)


def view_from(
    connection: Connection | None, layout: Layout, release: Release | None, live: LiveAlerts, alert: AlertRow
) -> AlertView:
    """The same of a release that is open, as the default database of a connection."""
    check, published = None, list[AlertEventRow]()
    rejected = live.rejected
    kept = _kept_evidence(rejected, alert)
    evidence = kept or Evidence()
    if connection is not None:
        check = next(iter(read_rows(connection, CheckRow, f"check_id = {quoted(alert.check_id)}")), None)
        published = read_rows(connection, AlertEventRow, f"alert_id = {quoted(alert.alert_id)}")
        evidence = kept or evidence_of(connection, alert, landed_texts(layout))
    # Whoever keeps the alerts of a release at hand may leave the events of most of them in the file.
    events = {event.event_no: event for event in (*published, *live.books.events) if event.alert_id == alert.alert_id}
    return AlertView(
        alert=alert,
        check=check or _installed_check(layout, alert.check_id),
        may=allowed(alert),
        history=steps_of(alert.alert_id, [events[number] for number in sorted(events)], published),
        release_id=release.release_id if release else None,
        rejected=rejected.decision if rejected else None,
        quotes=rejected.quotes.get(alert.alert_id, ()) if rejected else (),
        evidence=evidence,
        is_of_build=kept is not None,
    )


def _kept_evidence(rejected: QualityReport | None, alert: AlertRow) -> Evidence | None:
    """What the report of a stopped build holds beside an alert; None where it is of an older form."""
    if rejected is None or alert.alert_id not in rejected.evidence:
        return None
    try:
        return Evidence.model_validate(rejected.evidence[alert.alert_id])
    except ValidationError:
        return None


def _installed_check(layout: Layout, check_id: str) -> CheckRow | None:
    """A check that no release has yet, as it is installed here; None where it cannot be read."""
    try:
        settings = load_settings(warehouse=layout.warehouse).settings
        checks = load_checks(settings.root / "warehouse" / "checks", settings.checks)
    except (SettingsError, ValueError):
        return None
    return next((check.row() for check in checks if check.check_id == check_id), None)


def decide(
    layout: Layout,
    release: Release | None,
    alerts: Sequence[AlertRow],
    verdict: Verdict,
    now: datetime.datetime,
    *,
    after: Mapping[str, str] | None = None,
) -> list[AlertRow]:
    """Write a decision on each of the alerts, all or none, and return the alerts as they stand then; `now` is in UTC.

    Raises what `write_decisions` raises, and DatabaseError for a release that cannot be read.
    """
    write_decisions(layout, alerts, verdict, now, after=after)
    standing = {alert.alert_id: alert for alert in live_alerts(layout, release).books.alerts}
    return [standing[alert.alert_id] for alert in alerts]


def write_decisions(
    layout: Layout,
    alerts: Sequence[AlertRow],
    verdict: Verdict,
    now: datetime.datetime,
    *,
    after: Mapping[str, str] | None = None,
) -> None:
    """Write a decision on each of the alerts, all or none; `now` is in UTC.

    `after` holds, by alert, the id of the last decision that the person has seen: with a later one nothing is written.
    Raises WrongDecision, Refused, Overtaken, DecisionsUnreadable.
    """
    verdict.ensure_possible(now)
    refusals = [why for alert in alerts if (why := refusal(alert, verdict.action))]
    if refusals:
        raise Refused(refusals)
    ledger = Decisions(layout.decisions)
    # A decision comes after those that it knew of, also where a clock was set back in between.
    known = [decision.decided_at for decision in ledger.alert_decisions()]
    at = max([now.replace(tzinfo=None), *(moment + datetime.timedelta(microseconds=1) for moment in known)])
    decisions = [
        decision_on(
            alert,
            verdict.action,
            actor=verdict.actor.strip(),
            now=at,
            reason=verdict.reason,
            comment=(verdict.comment or "").strip() or None,
            waived_until=verdict.waived_until,
        )
        for alert in alerts
    ]
    ledger.add(decisions, after)
