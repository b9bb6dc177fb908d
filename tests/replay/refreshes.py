"""Refreshes of a World by the plain function, and what a test asks of them."""

import datetime

from tests.replay.world import NOON
from trialhouse.model.tables import AccountingRow
from trialhouse.pipeline import RefreshResult, refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader


def run(settings: Settings, day: datetime.datetime = NOON) -> RefreshResult:
    """A refresh on a day at noon."""
    return refresh(settings, clock=lambda: day)


def later(days: int) -> datetime.datetime:
    """Noon, so many days after the first."""
    return NOON + datetime.timedelta(days=days)


def accounts(result: RefreshResult) -> dict[str, AccountingRow]:
    """The accounting by source, where each was asked for one topic."""
    return {row.source: row for row in result.accounting}


def records(settings: Settings, source: str) -> list[str]:
    """The addresses of a source's documents in the current release, sorted."""
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute("SELECT url FROM documents WHERE source = ? ORDER BY url", [source]).fetchall()
    return [row[0] for row in rows]


def open_alerts(settings: Settings) -> list[str]:
    """What the open alerts on the accounting say."""
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute(
            "SELECT message FROM dq.alerts WHERE state NOT IN ('resolved', 'waived') AND check_id LIKE 'meta.%'"
        ).fetchall()
    return [row[0] for row in rows]
