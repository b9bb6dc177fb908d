"""What the pages read: the current release, opened once, and where the alerts stand, worked out once a change."""

import datetime
import itertools
import os
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trialhouse.model.tables import AlertEventRow, AlertRow
from trialhouse.pipeline.alert_books import LiveAlerts, live_alerts
from trialhouse.pipeline.landed_texts import landed_texts
from trialhouse.quality.alerts import AlertBooks
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable
from trialhouse.quality.disagreements import one_of
from trialhouse.releases.catalog import DamagedRelease, NoSuchRelease, Release, find_release, list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.register import DamagedRegister
from trialhouse.releases.rejected import QualityReport
from trialhouse.review.listed import Listed, listed_in
from trialhouse.store.connection import Connection, DatabaseError, release_reader
from trialhouse.store.read import read_rows

if TYPE_CHECKING:
    from trialhouse.pipeline.verification import Verification

MOST_OPEN = 4
"""So many releases are kept open: the current one, and those that somebody compares."""

MOST_TEXTS = 4
"""So many texts are kept as they were received: to read one of a megabyte anew takes half a second."""

WATCH_SECONDS = 1.0
"""How often is looked whether there is something new; what is read is a link and the times of two files."""

TRIAL_NAMES = """
SELECT trial_id, concat_ws(' · ', registry_id, acronym, title) FROM trials
WHERE trial_id IN (SELECT unnest(?))
"""


@dataclass(frozen=True)
class Standing:
    """The alerts as they stand, in the order of the inbox, and what the trials that they are of are called.

    `live` has the rows and events of alerts that somebody decided on; the others stay in the release's file, but for
    a build that was rejected, of which it has all. `trial_names` are of the release, `names_of_build` of that build.
    """

    live: LiveAlerts
    alerts: tuple[Listed, ...]
    by_id: Mapping[str, Listed]
    last_decision: Mapping[str, str]
    trial_names: Mapping[str, str]
    names_of_build: Mapping[str, str]

    def name_of(self, trial_id: str | None) -> str:
        """What a trial of the release, or else of the build that was rejected, is called; empty where none says so."""
        return self.trial_names.get(trial_id or "") or self.names_of_build.get(trial_id or "", "")


@dataclass(frozen=True)
class Kept:
    """What is kept of a release once it was read: it never changes. Names are by trial, rows and events by alert."""

    database: Path
    alerts: tuple[Listed, ...]
    names: dict[str, str]
    rows: dict[str, AlertRow]
    events: dict[str, tuple[AlertEventRow, ...]]


@dataclass(frozen=True)
class Verified:
    """What was found of a release when somebody had it verified."""

    at: datetime.datetime
    found: "Verification"


class Shelf:
    """The releases and decisions of one warehouse, for many requests at once.

    Releases never change, so a file stays open until others are asked for; a connection of its own is handed to each
    request. What people decide and what is current changes at any time: both are looked at for every request.
    """

    def __init__(self, warehouse: Path) -> None:
        self.layout = Layout(warehouse)
        self.decisions = Decisions(self.layout.decisions)
        self._opened: dict[Path, tuple[ExitStack, Connection]] = {}
        self.verified: dict[str, Verified] = {}
        self._verifying = threading.Lock()
        self._files = threading.Lock()
        self._working = threading.Lock()
        self._kept: Kept | None = None
        self._texts: dict[str, str] = {}
        self._standing: tuple[object, Standing] | None = None

    def current(self) -> Release | None:
        """The current release; None when none was ever published.

        Raises DamagedRelease, DamagedRegister, and NoSuchRelease for one whose folder is gone.
        """
        try:
            return find_release(self.layout.warehouse, None)
        except NoSuchRelease as error:
            if not list_releases(self.layout.warehouse):
                return None
            raise NoSuchRelease(self._missing()) from error

    def _missing(self) -> str:
        """What to do where releases were published and none can be read as the current one."""
        link = _pointed_at(self.layout.current)
        which = f"release {Path(link).name}, the current one, is missing" if link else "no release is the current one"
        return (
            f"In {self.layout.releases} {which}: restore its folder from a copy, go back to another with "
            "`trialhouse releases rollback`, or let `trialhouse refresh` publish a new one."
        )

    @contextmanager
    def reading(self, release: Release) -> Iterator[Connection]:
        """A connection to a release for one request. Raises DatabaseError."""
        with self._files:
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
        with self._working:
            if self._standing is None or self._standing[0] != stamp:
                self._standing = (stamp, self._worked_out(release))
            return self._standing[1]

    def _worked_out(self, release: Release | None) -> Standing:
        live = live_alerts(self.layout, release, self._published)
        now = {row.alert_id: Listed.of(row) for row in live.books.alerts}
        if live.rejected or release is None:
            alerts = tuple(sorted(now.values(), key=lambda one: one.order))
        else:
            # Nobody's decision changes where an alert stands in the inbox.
            alerts = tuple(now.get(one.alert_id, one) for one in self._of(release).alerts)
        return Standing(
            live=live,
            alerts=alerts,
            by_id={one.alert_id: one for one in alerts},
            last_decision={decision.alert_id: decision.decision_id for decision in live.decisions},
            trial_names=self._names(release, {one.trial_id for one in alerts if one.trial_id}),
            names_of_build=_names_in(live.rejected) if live.rejected else {},
        )

    def rows(self, standing: Standing, alert_ids: Collection[str]) -> dict[str, AlertRow]:
        """The rows of some alerts as they stand, by id; without those that the current release has not."""
        found = {row.alert_id: row for row in standing.live.books.alerts}
        unread = set(alert_ids) - found.keys()
        release = self.current()
        if unread and release is not None:
            with self.reading(release) as connection:
                found |= {row.alert_id: row for row in read_rows(connection, AlertRow, one_of("alert_id", unread))}
        return {alert_id: found[alert_id] for alert_id in alert_ids if alert_id in found}

    def _of(self, release: Release) -> Kept:
        """What is kept of a release, read when it is asked for first."""
        if self._kept is None or self._kept.database != release.database:
            with self.reading(release) as connection:
                self._kept = Kept(release.database, tuple(listed_in(connection)), {}, {}, {})
        return self._kept

    def _names(self, release: Release | None, trial_ids: set[str]) -> Mapping[str, str]:
        """What trials are called; of a build that was rejected there may be some that no release has."""
        if release is None:
            return {}
        kept = self._of(release)
        unread = trial_ids - kept.names.keys()
        if unread:
            with self.reading(release) as connection:
                kept.names.update(dict.fromkeys(unread, ""))
                kept.names.update(connection.execute(TRIAL_NAMES, [sorted(unread)]).fetchall())
        return kept.names

    def _published(self, release: Release) -> AlertBooks:
        """The books that a release holds of those alerts that somebody ever decided on.

        Events tell which decisions the release knows, and a waiver may be over: of other alerts it knows no decision,
        they stand as they are, and there may be ten thousand.
        """
        kept = self._of(release)
        decided = {decision.alert_id for decision in self.decisions.alert_decisions()}
        decided |= {one.alert_id for one in kept.alerts if one.waived_until}
        unread = decided - kept.events.keys()
        if unread:
            with self.reading(release) as connection:
                rows = read_rows(connection, AlertRow, one_of("alert_id", unread))
                found = read_rows(connection, AlertEventRow, one_of("alert_id", unread))
            kept.rows.update((row.alert_id, row) for row in rows)
            kept.events.update(dict.fromkeys(unread, ()))
            for alert_id, events in itertools.groupby(found, key=lambda event: event.alert_id):
                kept.events[alert_id] = tuple(events)
        ids = sorted(decided)
        return AlertBooks(
            tuple(kept.rows[alert_id] for alert_id in ids if alert_id in kept.rows),
            tuple(event for alert_id in ids for event in kept.events[alert_id]),
        )

    def _stamps(self) -> list[object]:
        """What changes when somebody decides, or a build is rejected."""
        files = (self.layout.decisions, self.layout.decisions.with_name(f"{self.layout.decisions.name}-wal"))
        stamps: list[object] = [(s.st_mtime_ns, s.st_size) if (s := _stat(path)) else None for path in files]
        try:
            return [*stamps, sorted(path.name for path in self.layout.rejected.iterdir())]
        except OSError:
            return [*stamps, None]

    def look_ahead(self) -> None:
        """Work out where the alerts stand before anybody asks; what is wrong is said to whoever asks first."""
        with suppress(DamagedRelease, DamagedRegister, NoSuchRelease, DecisionsUnreadable, DatabaseError):
            self.standing()

    def landed_text(self, sha256: str) -> str | None:
        """The text of the bytes of a SHA-256 as they were received; None where they are not here, or unreadable."""
        text = self._texts.get(sha256)
        if text is None:
            text = landed_texts(self.layout)(sha256)
            if text is not None:
                # Others may do so at the same time: what both keep is the same.
                kept = list(self._texts.items())[-(MOST_TEXTS - 1) :]
                self._texts = dict([*kept, (sha256, text)])
        return text

    def verify(self, release_id: str) -> None:
        """Compare a release with what was published, one at a time, and remember what was found."""
        from trialhouse.pipeline.verification import verify  # noqa: PLC0415 - few ask for it, and all would wait

        with self._verifying:
            found = verify(self.layout, [release_id])
            self.verified[release_id] = Verified(datetime.datetime.now(datetime.UTC), found)

    def forget(self) -> None:
        """Keep nothing: the next request reads all anew, as after a release."""
        with self._working:
            self._kept = self._standing = None
            self.close()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look ahead now, and again whenever a release is published or somebody decides, so that nobody waits for it.

        At the end every file is closed.
        """
        ended = threading.Event()

        def watch() -> None:
            seen: object = None
            while True:
                now = (_pointed_at(self.layout.current), *self._stamps())
                if now != seen:
                    seen = now
                    self.look_ahead()
                if ended.wait(WATCH_SECONDS):
                    return

        # No daemon: the interpreter must not end below a thread that is in DuckDB.
        thread = threading.Thread(target=watch, name="review-watch")
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self.close()

    def close(self) -> None:
        """Close every file."""
        with self._files:
            for stack, _ in self._opened.values():
                stack.close()
            self._opened.clear()


def _names_in(report: QualityReport) -> Mapping[str, str]:
    """What trials are called in a build that was rejected, as far as its report has evidence beside their alerts."""
    trials = [trial for one in report.evidence.values() if isinstance(trial := one.get("trial"), dict)]
    names = ("registry_id", "acronym", "title")
    return {trial["trial_id"]: " · ".join(str(trial[name]) for name in names if trial.get(name)) for trial in trials}


def _pointed_at(link: Path) -> str | None:
    """Where a symbolic link points; None where there is none."""
    try:
        return os.readlink(link)
    except OSError:
        return None


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
