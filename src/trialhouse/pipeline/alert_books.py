"""Where alerts stand: what the newest build found, and what people decided since."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.tables import AlertDecisionRow, AlertEventRow, AlertRow, CheckRunRow, JudgementRow, RowSet
from trialhouse.model.words import AlertState
from trialhouse.quality.alerts import AlertBooks, alert_id_of, fingerprint_of, with_decisions
from trialhouse.quality.decisions import Decisions
from trialhouse.quality.life import as_asked
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import rows_that_hold
from trialhouse.releases.rejected import QualityReport, rejected_since
from trialhouse.store.connection import release_reader
from trialhouse.store.read import read_rows


@dataclass(frozen=True)
class LiveAlerts:
    """The alerts as they stand now; of the `rejected` build when the newest was stopped at the gate.

    `pending` are the ids of those that people decided on since: the next refresh carries it into a release. `blocking`
    are those of the rejected build that would stop the next one, too, if its data were the same.
    """

    books: AlertBooks
    decisions: tuple[AlertDecisionRow, ...]
    rejected: QualityReport | None
    pending: frozenset[str] = frozenset()
    blocking: frozenset[str] = frozenset()


def held_books(layout: Layout) -> RowSet:
    """What the newest release holds of alerts, runs of checks and decisions, even if it was withdrawn."""
    return rows_that_hold(layout, AlertRow, AlertEventRow, CheckRunRow, AlertDecisionRow, JudgementRow)


def earlier_books(layout: Layout, held: RowSet) -> tuple[AlertBooks, list[CheckRunRow]]:
    """What the next build goes on from: alerts with their events, and all runs of checks.

    They are those of the newest release (`held`) and of the builds rejected since: nothing is lost.
    """
    rejected = rejected_since(layout)
    runs = held.of(CheckRunRow) + [run for report in rejected for run in report.check_runs]
    if rejected:
        return _books_of(rejected[-1]), runs
    return AlertBooks(tuple(held.of(AlertRow)), tuple(held.of(AlertEventRow))), runs


def all_decisions(layout: Layout, held: RowSet) -> tuple[list[AlertDecisionRow], list[JudgementRow]]:
    """What people decided, each kind in the order in which it was made.

    It is what their file holds and what the newest release carries (`held`): if the file is lost, no decision is.
    """
    written = Decisions(layout.decisions)
    decisions = {row.decision_id: row for row in [*held.of(AlertDecisionRow), *written.alert_decisions()]}
    judgements = {row.judgement_id: row for row in [*held.of(JudgementRow), *written.judgements()]}
    return (
        sorted(decisions.values(), key=lambda row: (row.decided_at, row.decision_id)),
        sorted(judgements.values(), key=lambda row: (row.decided_at, row.judgement_id)),
    )


def published_books(release: Release) -> AlertBooks:
    """The alerts and events that a release holds. Raises DatabaseError for one that cannot be read."""
    with release_reader(release.database) as connection:
        return AlertBooks(tuple(read_rows(connection, AlertRow)), tuple(read_rows(connection, AlertEventRow)))


def live_alerts(
    layout: Layout,
    release: Release | None,
    published: Callable[[Release], AlertBooks] = published_books,
    today: datetime.date | None = None,
) -> LiveAlerts:
    """The alerts of a release with what people decided since, or of a build that was rejected after the newest.

    A waiver that ended before `today` (in UTC; without one, today's) asks again, as the next build will write down.
    `published` gives the books of a release, which never change: whoever asks often need not read them anew. Raises
    DatabaseError for a release that cannot be read, DecisionsUnreadable for a file of decisions that cannot.
    """
    decisions = Decisions(layout.decisions).alert_decisions()
    rejected = rejected_since(layout)
    if rejected:
        books = _books_of(rejected[-1])
    elif release is not None:
        books = published(release)
    else:
        books = AlertBooks()
    now = with_decisions(books, decisions)
    pending = frozenset(event.alert_id for event in now.events_since(books))
    day = today or datetime.datetime.now(datetime.UTC).date()
    now = AlertBooks(tuple(as_asked(alert, day) for alert in now.alerts), now.events)
    blocking = _blocking(now, rejected[-1]) if rejected else frozenset()
    return LiveAlerts(now, tuple(decisions), rejected[-1] if rejected else None, pending, blocking)


def _blocking(books: AlertBooks, rejected: QualityReport) -> frozenset[str]:
    """The alerts whose rows stop a build, whatever people decided on them, unless they are waived."""
    failing = {alert_id_of(fingerprint_of(row)) for row in rejected.failing_rows}
    return frozenset(
        alert.alert_id
        for alert in books.alerts
        if alert.severity is Severity.BLOCK and alert.state is not AlertState.WAIVED and alert.alert_id in failing
    )


def _books_of(report: QualityReport) -> AlertBooks:
    return AlertBooks(report.alerts, report.alert_events)
