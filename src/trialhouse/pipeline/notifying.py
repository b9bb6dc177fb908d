"""Telling people of alerts: what is prepared before a build is published, and sent when it was.

A failure here never fails a refresh: it becomes a sentence, and what could not be sent waits in the outbox.
"""

import datetime
import os
from collections.abc import Collection, Mapping

from trialhouse.model.notification_config import RouteConfig
from trialhouse.model.tables import ReleaseRow
from trialhouse.notification.delivery import deliver, sentences_of
from trialhouse.notification.message import Message, MessageKind, MessageState
from trialhouse.notification.news import (
    Item,
    News,
    by_subject,
    heard_failing,
    hears_reasons,
    items_of,
    steps_of,
    subject_of_reasons,
)
from trialhouse.notification.outbox import Outbox, OutboxUnreadable
from trialhouse.notification.writing import message_of
from trialhouse.pipeline.checking import Found
from trialhouse.pipeline.runs import Run
from trialhouse.quality.alerts import fingerprint_of
from trialhouse.quality.life import SETTLED
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import MANIFEST, Layout
from trialhouse.releases.manifest import read_manifest
from trialhouse.releases.rejected import rejected_since
from trialhouse.settings import Settings

TROUBLE = (OutboxUnreadable, OSError, ValueError)
"""What may go wrong with files: ValueError is that of one that cannot be read."""


def prepare_messages(
    settings: Settings, run: Run, release: ReleaseRow, last: Release | None, found: Found
) -> list[str]:
    """Write into the outbox what each route is to be told of a checked build, before it is published or rejected.

    What an earlier run prepared is settled first: call it under the writers' lock. Returns sentences about trouble.
    """
    layout, routes = Layout(settings.warehouse), settings.notifications.routes
    outbox = Outbox(layout.outbox)
    try:
        if outbox.exists():
            _settle(layout, outbox)
        if not routes:
            return []
        news = _news(settings, run, release, last, found)
        prepared: dict[Message, list[str]] = {}
        for name, route in routes.items():
            untold = _untold(route, news, found, outbox.told(name))
            alerts = [item for item in untold.values() if item is not None]
            reasons = news.other_reasons if None in untold.values() else ()
            message = message_of(name, route, news, alerts, reasons)
            if message is not None:
                prepared[message] = list(untold)
        outbox.prepare(prepared)
    except TROUBLE as error:
        return [f"Nobody is told of what this run did to alerts ({error}): `trialhouse alerts list` has them."]
    return []


def deliver_messages(
    settings: Settings,
    now: datetime.datetime,
    environ: Mapping[str, str] = os.environ,
    *,
    also_given_up: bool = False,
) -> list[str]:
    """Send what waits in the outbox, within the time that the configuration allows; `now` is in UTC.

    Returns what became of it, in sentences.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - takes time, and most warehouses have no outbox

    layout = Layout(settings.warehouse)
    outbox = Outbox(layout.outbox)
    try:
        if not outbox.exists():
            return []
        with FileLock(layout.outbox.with_name(f"{layout.outbox.name}.lock"), timeout=0):
            outbox.release(_ended(layout, outbox)[0])
            return sentences_of(deliver(outbox, settings.notifications, environ, now, also_given_up=also_given_up))
    except KeyboardInterrupt:
        # All else is done by now: whoever is tired of waiting for a server does not make the run a failed one.
        return ["Interrupted while messages were sent: the next refresh sends those that nobody took."]
    except Timeout:
        return ["Another process delivers messages just now."]
    except TROUBLE as error:
        return [f"Messages could not be delivered ({error}): the next refresh tries again."]


def _news(settings: Settings, run: Run, release: ReleaseRow, last: Release | None, found: Found) -> News:
    books, checks = found.books, found.report.checks
    stopping = {fingerprint_of(row) for row in found.report.blocking}
    standing = items_of((alert for alert in books.alerts if alert.state not in SETTLED), checks)
    blocking: tuple[Item, ...] = ()
    if not found.decision.may_publish:
        blocking = tuple(item for item in standing if item.alert.fingerprint in stopping)
    return News(
        warehouse=settings.warehouse,
        run_id=run.run_id,
        release_id=release.release_id,
        made_at=release.published_at,
        is_first=release.release_no == 1,
        may_publish=found.decision.may_publish,
        verdict=found.decision.sentence,
        last=last.release_id if last is not None else None,
        steps=steps_of(books.alerts, found.events, checks),
        standing=standing,
        blocking=blocking,
        other_reasons=found.decision.other_reasons,
    )


def _untold(route: RouteConfig, news: News, found: Found, told: Collection[str]) -> dict[str, Item | None]:
    """What stopped the build, as far as a route hears of it and was not told: alerts, and None for other reasons."""
    stopping: dict[str, Item | None] = dict(by_subject(heard_failing(route, news.blocking), found.books.events))
    if news.other_reasons and hears_reasons(route):
        stopping[subject_of_reasons(news.other_reasons, news.last)] = None
    return {subject: item for subject, item in stopping.items() if subject not in told}


def _settle(layout: Layout, outbox: Outbox) -> None:
    """What a run prepared that died is sent if its build had its end, and else thrown away: nobody builds now."""
    ended, others = _ended(layout, outbox)
    outbox.release(ended)
    outbox.drop(others)


def _ended(layout: Layout, outbox: Outbox) -> tuple[list[str], list[str]]:
    """The keys of prepared messages whose build was published or rejected, and of those whose build was not."""
    prepared = outbox.messages(MessageState.PREPARED)
    if not prepared:
        return [], []
    # A release's manifest and a rejected build's report both name the run that made them.
    builds = {(report.release_id, run.run_id) for report in rejected_since(layout) for run in report.check_runs}
    for message in prepared:
        manifest = layout.releases / message.release_id / MANIFEST
        if message.kind is not MessageKind.BLOCKED and manifest.is_file():
            builds.add((message.release_id, read_manifest(manifest.parent).run_id))
    keys: tuple[list[str], list[str]] = ([], [])
    for message in prepared:
        keys[(message.release_id, message.run_id) not in builds].append(message.idempotency_key)
    return keys
