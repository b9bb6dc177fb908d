"""What the sites allow robots: robots.txt by RFC 9309, asked for once a day for each scheme, host and port.

- Status 4xx: there are no rules, all is allowed. Not so 429 and 408, which say that the server was not up to it.
- Status 5xx, a server that cannot be reached, redirects without end: nothing is allowed until it is.
- Crawl-delay and Request-rate, which are no part of the RFC, slow the host down for all processes.

What was read lies in a file for each scheme, host and port in a folder that all processes share, so that neither
another process nor the next run asks again within a day. That a server failed is remembered for minutes only.
"""

import datetime
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from trialhouse.model.ids import stable_id
from trialhouse.model.record import Record
from trialhouse.sources.manners import FetchFailed
from trialhouse.sources.page_view import origin_of
from trialhouse.sources.robots_rules import RobotsRules, readable_part
from trialhouse.sources.session import PoliteSession

LONGEST_DELAY = 300.0
"""Seconds between two requests that a site may ask for; one that wants more is not asked at all."""

_KEPT = datetime.timedelta(hours=24)
_FAILURE_KEPT = datetime.timedelta(minutes=10)
_NO_RULES = frozenset((200, 204, *range(400, 500))) - {408, 429}
_NOT_ASKED = frozenset(("private_address", "bad_url", "bad_scheme"))
"""Failures that say something of the address itself, whatever its robots.txt may hold."""

_LOCK_SECONDS = 600.0

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """The time."""
    return datetime.datetime.now(datetime.UTC)


class Refusal(Record):
    """Why an address may not be asked for: `reason` is a word for counting, `message` for people."""

    reason: str
    message: str
    is_explained: bool


class RobotsFile(Record):
    """The robots.txt of one origin as it was received, or why it was not."""

    origin: str
    asked_at: datetime.datetime
    text: str = ""
    failure: str | None = None


class Robots:
    """The rules of all sites. `folder` is shared by all processes; `clock` tells the time (UTC)."""

    def __init__(self, session: PoliteSession, folder: Path, *, clock: Clock = utc_now) -> None:
        self._session = session
        self._folder = folder / "robots"
        self._clock = clock
        self._parsed: dict[str, tuple[RobotsFile, RobotsRules]] = {}

    def refusal(self, url: str) -> Refusal | None:
        """Why this address may not be asked for, or None where it may.

        Slows the host down to the rate that it asks for. Raises FetchFailed for an address that no rule can allow: a
        private one, or none of the web.
        """
        origin = origin_of(url)
        file = self._file(origin)
        if file.failure is not None:
            return Refusal(
                reason="robots_unreachable",
                message=f"{origin}/robots.txt could not be had ({file.failure}), so that nothing of this site may be "
                "asked for; run again later",
                is_explained=False,
            )
        known = self._parsed.get(origin)
        if known is None or known[0] != file:
            self._parsed[origin] = known = file, RobotsRules(file.text)
        rules = known[1]
        if rules.seconds_between > LONGEST_DELAY:
            return Refusal(
                reason="robots_disallowed",
                message=f"{origin}/robots.txt wants {rules.seconds_between:,.0f} seconds between two requests, longer "
                f"than is waited for ({LONGEST_DELAY:g}); save the page from a browser and give it as a file",
                is_explained=True,
            )
        if rules.seconds_between:
            self._session.slow_down(url, 1 / rules.seconds_between)
        if rules.allow(url):
            return None
        return Refusal(
            reason="robots_disallowed",
            message=f"{origin}/robots.txt does not allow it ({rules.forbidding(url)}); take the address out of "
            "the list, ask the publisher, or give the page as a file",
            is_explained=True,
        )

    def _file(self, origin: str) -> RobotsFile:
        """The file that holds now: the kept one while it is fresh, else a new one, asked for by one process only."""
        path = self._folder / f"{stable_id('robots', origin)}.json"
        try:
            fresh = self._kept(path)
            if fresh is not None:
                return fresh
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_suffix(".lock"), timeout=_LOCK_SECONDS):
                return self._kept(path) or self._asked(origin, path)
        except Timeout:
            return self._asked(origin, path)  # whoever holds the lock was stopped in the middle
        except OSError as error:
            raise FetchFailed(
                "rates_unusable",
                f"what sites allow is kept in {self._folder}, which cannot be used ({error.strerror or error}): make "
                "it writable, or name another folder",
            ) from error

    def _kept(self, path: Path) -> RobotsFile | None:
        try:
            file = RobotsFile.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None  # never asked, or written by another version
        age = self._clock() - file.asked_at
        # A moment that is still to come was written before the clock was set back, and says nothing of the age.
        is_fresh = datetime.timedelta(0) <= age < (_FAILURE_KEPT if file.failure is not None else _KEPT)
        return file if is_fresh else None

    def _asked(self, origin: str, path: Path) -> RobotsFile:
        text, failure = "", None
        try:
            reply = self._session.get(f"{origin}/robots.txt", expected=_NO_RULES)
            text = readable_part(reply.body) if reply.status == 200 else ""
        except FetchFailed as error:
            if error.reason in _NOT_ASKED:
                raise
            failure = f"{error.reason}: {error}"
        file = RobotsFile(origin=origin, asked_at=self._clock(), text=text, failure=failure)
        _write_whole(path, file.model_dump_json().encode())
        return file


def _write_whole(path: Path, data: bytes) -> None:
    """Replace a file whole, so that whoever reads it meanwhile sees the old or the new one."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(temporary, path)
