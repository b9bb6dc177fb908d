"""What the pages read: the current release, opened once, and where the alerts stand, worked out once a change."""

import datetime
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.tables import AlertDecisionRow, AlertEventRow, AlertRow
from trialhouse.pipeline.alert_books import LiveAlerts, live_alerts, published_books
from trialhouse.quality.alerts import AlertBooks
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable
from trialhouse.releases.catalog import DamagedRelease, NoSuchRelease, Release, find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.register import DamagedRegister
from trialhouse.store.connection import Connection, DatabaseError, release_reader

MOST_OPEN = 4
"""So many releases are kept open: the current one, and those that somebody compares."""


@dataclass(frozen=True)
class Standing:
    """The alerts as they stand, ready to be looked up. `pending` counts decisions that no release carries yet."""

    live: LiveAlerts
    by_id: dict[str, AlertRow]
    events: dict[str, tuple[AlertEventRow, ...]]
    last_decision: dict[str, str]

    @property
    def alerts(self) -> tuple[AlertRow, ...]:
        """All alerts, by id."""
        return self.live.books.alerts


class Shelf:
    """The releases and decisions of one warehouse, for many requests at once.

    Releases never change, so a file stays open until others are asked for; a connection of its own is handed to each
    request. What people decide and what is current changes at any time: both are looked at for every request.
    """

    def __init__(self, warehouse: Path) -> None:
        self.layout = Layout(warehouse)
        self.decisions = Decisions(self.layout.decisions)
        self._opened: dict[Path, tuple[ExitStack, Connection]] = {}
        self._lock = threading.Lock()
        self._books: tuple[Path, AlertBooks] | None = None
        self._standing: tuple[object, Standing] | None = None

    def current(self) -> Release | None:
        """The current release; None when there is none. Raises DamagedRelease, DamagedRegister."""
        try:
            return find_release(self.layout.warehouse, None)
        except NoSuchRelease:
            return None

    @contextmanager
    def reading(self, release: Release) -> Iterator[Connection]:
        """A connection to a release for one request. Raises DatabaseError."""
        with self._lock:
            connection = self._connection(release.database).cursor()
        try:
            connection.execute("USE release")
            yield connection
        finally:
            connection.close()

    def _connection(self, database: Path) -> Connection:
        """The connection that is kept of a file, the one used last at the end."""
        if database not in self._opened:
            stack = ExitStack()
            self._opened[database] = (stack, stack.enter_context(release_reader(database)))
        self._opened[database] = self._opened.pop(database)
        while len(self._opened) > MOST_OPEN:
            oldest = next(iter(self._opened))
            self._opened.pop(oldest)[0].close()
        return self._opened[database][1]

    def standing(self) -> Standing:
        """The alerts as they stand now. Raises DecisionsUnreadable, DatabaseError, DamagedRegister."""
        release = self.current()
        # With the day, since a waiver ends with it.
        today = datetime.datetime.now(datetime.UTC).date()
        stamp = (today, release.release_id if release else None, *self._stamps())
        with self._lock:
            if self._standing is None or self._standing[0] != stamp:
                self._standing = (stamp, _standing(live_alerts(self.layout, release, self._published)))
            return self._standing[1]

    def _published(self, release: Release) -> AlertBooks:
        """The books that a release holds, read once: after a decision only the decision is new."""
        if self._books is None or self._books[0] != release.database:
            self._books = (release.database, published_books(release))
        return self._books[1]

    def _stamps(self) -> list[object]:
        """What changes when somebody decides, or a build is rejected."""
        files = (self.layout.decisions, self.layout.decisions.with_name(f"{self.layout.decisions.name}-wal"))
        stamps: list[object] = [(s.st_mtime_ns, s.st_size) if (s := _stat(path)) else None for path in files]
        rejected = self.layout.rejected
        return [*stamps, sorted(path.name for path in rejected.iterdir()) if rejected.is_dir() else None]

    def look_ahead(self) -> None:
        """Work out where the alerts stand before anybody asks; what is wrong is said to whoever asks first."""
        with suppress(DamagedRelease, DamagedRegister, NoSuchRelease, DecisionsUnreadable, DatabaseError):
            self.standing()

    def close(self) -> None:
        """Close every file."""
        with self._lock:
            for stack, _ in self._opened.values():
                stack.close()
            self._opened.clear()


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _standing(live: LiveAlerts) -> Standing:
    events: dict[str, list[AlertEventRow]] = {}
    for event in live.books.events:
        events.setdefault(event.alert_id, []).append(event)
    return Standing(
        live=live,
        by_id={alert.alert_id: alert for alert in live.books.alerts},
        events={alert_id: tuple(of_alert) for alert_id, of_alert in events.items()},
        last_decision=_last_decision(live.decisions),
    )


def _last_decision(decisions: tuple[AlertDecisionRow, ...]) -> dict[str, str]:
    return {decision.alert_id: decision.decision_id for decision in decisions}
