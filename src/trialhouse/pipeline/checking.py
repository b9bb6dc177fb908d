"""Checking a build: run the checks, follow the alerts, set aside what fails, and decide whether it may be published."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertEventRow, AlertRow, JudgementRow, RowSet
from trialhouse.pipeline.alert_books import all_decisions, earlier_books
from trialhouse.pipeline.landed_texts import landed_texts
from trialhouse.quality.alert_view import Evidence, evidence_of
from trialhouse.quality.alerts import AlertBooks, alerts_of, fingerprint_of, waived_fingerprints, with_decisions
from trialhouse.quality.checks import Check
from trialhouse.quality.gate import Decision, decide
from trialhouse.quality.life import SETTLED
from trialhouse.quality.quotes import Quotes, quotes_of
from trialhouse.quality.run import CheckReport, run_checks
from trialhouse.quality.set_aside import set_aside
from trialhouse.releases.build import write_rows
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.rejected import rejected_since
from trialhouse.settings import Settings
from trialhouse.store.connection import Connection, attach_read_only

MOST_EVIDENCE = 100
"""Alerts of a build that is stopped of which the evidence is kept."""

LAST = "last"
"""The name under which the release before is attached while the next is checked."""


@dataclass(frozen=True)
class Build:
    """The run that made a build, the moment of its release (UTC), and the books of the release before it."""

    run_id: str
    checked_at: datetime.datetime
    held: RowSet


@dataclass(frozen=True)
class Found:
    """What the checks found in a build, what became of the alerts, and whether the build may be published.

    `events` are those of the alerts that are new; `is_news` says that people have something new to see in them.
    `evidence` is kept of a build that may not be published, by alert: nobody can look into its tables later.
    """

    report: CheckReport
    books: AlertBooks
    events: tuple[AlertEventRow, ...]
    quotes: Quotes
    decision: Decision
    is_news: bool
    evidence: Mapping[str, Evidence]


def check_build(
    connection: Connection,
    settings: Settings,
    checks: Sequence[Check],
    last: Release | None,
    build: Build,
) -> Found:
    """Check the build, the connection's default database, and write what was found into it."""
    layout, now, run_id = Layout(settings.warehouse), build.checked_at, build.run_id
    # The file of decisions is read anew: what was decided while the build was made counts.
    decisions, judgements = all_decisions(layout, build.held)
    earlier, earlier_runs = earlier_books(layout, build.held)
    if last is not None:
        attach_read_only(connection, last.database, LAST)
    report = run_checks(connection, checks, run_id=run_id, now=now, has_last=last is not None)
    write_rows(connection, RowSet([*earlier_runs, *report.checks, *report.runs, *report.failing]))
    quotes = quotes_of(connection)
    books = alerts_of(report, with_decisions(earlier, decisions), decisions, quotes, now)
    waived = waived_fingerprints(books)
    quarantined, went, missed = set_aside(connection, report, checks, waived, settings.checks.gate)
    broken = _broken_by_it(connection, report, checks, build) if quarantined else []
    write_rows(connection, RowSet([*quarantined, *books.alerts, *books.events, *decisions, *judgements]))
    events = books.events_since(earlier)
    known = {row.judgement_id for row in build.held.of(JudgementRow)}
    # What only the reports of rejected builds hold must reach a release, also where nothing else is new.
    is_news = bool(events) or bool(rejected_since(layout)) or any(row.judgement_id not in known for row in judgements)
    decision = decide(report, waived, went, [*missed, *broken])
    evidence = {} if decision.may_publish else _evidence_beside(connection, layout, report, books, build)
    return Found(report, books, events, quotes, decision, is_news, evidence)


def _evidence_beside(
    connection: Connection, layout: Layout, report: CheckReport, books: AlertBooks, build: Build
) -> dict[str, Evidence]:
    """What the build holds beside the alerts that no release can show: those that stop it and those that no release
    has, as many as anybody looks through.
    """
    failing = {fingerprint_of(row) for row in report.failing}
    published = {alert.alert_id for alert in build.held.of(AlertRow)}
    asking = [
        alert
        for alert in books.alerts
        if alert.fingerprint in failing
        and alert.state not in SETTLED
        and (alert.severity is Severity.BLOCK or alert.alert_id not in published)
    ]
    asking.sort(key=lambda alert: alert.severity is not Severity.BLOCK)
    landed = landed_texts(layout)
    return {alert.alert_id: evidence_of(connection, alert, landed) for alert in asking[:MOST_EVIDENCE]}


def _broken_by_it(connection: Connection, before: CheckReport, checks: Sequence[Check], build: Build) -> list[str]:
    """The checks of severity block that hold no longer once rows were set aside. It must never happen, so it is looked
    at: a release with a reference to nothing would be worse than none.
    """
    blockers = [check for check in checks if check.severity is Severity.BLOCK and not check.needs_last]
    after = run_checks(connection, blockers, run_id=build.run_id, now=build.checked_at, has_last=False)
    failed_before = {row.check_id for row in before.blocking}
    return sorted({row.check_id for row in after.blocking} - failed_before)
