"""How often a host is asked, by all processes of this machine together.

Every host has a small file in a folder that the processes share. It says when the host was asked last, until when it
wants to be left alone, and which rate it stated itself. Whoever wants to ask looks under a lock: if it is time, the
turn is taken now; if not, the lock is let go, and looked again when it will be time. No turn is promised ahead: a
process that wakes too late would ask at the same moment as the next one. The lock is the operating system's, which
takes it back from a process that dies.

The turns are a little further apart than the rate says (HEADROOM), because a request takes a different time to
arrive each time and the server counts arrivals.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from trialhouse.model.ids import sha256_hex
from trialhouse.model.record import Record

HEADROOM = 1.05
"""Times the shortest distance that the rate allows: 50 ms of unevenness in a second are forgiven."""

LOCK_SECONDS = 60.0
"""How long the lock is waited for. It is held for less than a millisecond, unless its holder was stopped."""

LONGEST_HOLD = 24 * 3600.0
"""Seconds that a host can have itself left alone: a mistaken header must not close it for good."""

STATED_HOLDS = 3600.0
"""Seconds for which a rate that the host stated is kept to, when it is not stated again."""

LONG_AGO = -1e12
"""A moment before every clock's."""


class HeldBack(Exception):
    """A host that wants to be left alone for longer than the caller waits; `until` in seconds of the clock."""

    def __init__(self, host: str, until: float) -> None:
        super().__init__(f"{host} wants to be left alone")
        self.until = until


class RatesUnusable(Exception):
    """A folder of rates that cannot be used: the message says why and what to do."""


class _HostState(Record):
    """What is known of a host. Moments are seconds of the clock as it went at `written_at`."""

    written_at: float
    last_taken: float = LONG_AGO
    held_until: float = LONG_AGO
    stated_seconds: float = 0.0
    stated_until: float = LONG_AGO


class Rates:
    """The shared rates below one folder, which must be on a local disk. `clock` tells the time in seconds."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.folder = folder
        self._clock = clock
        self._sleep = sleep

    def now(self) -> float:
        """The clock's time."""
        return self._clock()

    def wait(self, host: str, per_second: float, longest_hold: float = LONGEST_HOLD) -> float:
        """Wait until this host may be asked, and say when that was.

        Raises HeldBack, without waiting, when the host wants to be left alone for more than `longest_hold` seconds.
        """
        while True:
            now, due = self._take(host, per_second, longest_hold)
            if now >= due:
                return now
            self._sleep(due - now)

    def hold_back(self, host: str, seconds: float) -> None:
        """The host wants to be left alone for so long, by every process."""
        with self._locked(host) as now:
            state = self._read(host, now)
            until = max(state.held_until, now + min(max(seconds, 0.0), LONGEST_HOLD))
            self._write(host, state.model_copy(update={"held_until": until}))

    def slow_down(self, host: str, per_second: float) -> None:
        """The host states a rate of its own: kept to by every process for an hour, where it is lower than theirs.

        Of two that it states the lower one holds. Raises ValueError for a rate that is not above zero.
        """
        if not per_second > 0:
            raise ValueError(f"a rate is above zero, not {per_second}")
        seconds = HEADROOM / per_second
        with self._locked(host) as now:
            state = self._read(host, now)
            if state.stated_until > now and state.stated_seconds > seconds:
                return
            stated = {"stated_seconds": seconds, "stated_until": now + max(STATED_HOLDS, seconds)}
            self._write(host, state.model_copy(update=stated))

    def _take(self, host: str, per_second: float, longest_hold: float) -> tuple[float, float]:
        """The time and when the host may be asked: if that is not later, the turn is taken."""
        with self._locked(host) as now:
            state = self._read(host, now)
            if state.held_until - now > longest_hold:
                raise HeldBack(host, state.held_until)
            stated = state.stated_seconds if state.stated_until > now else 0.0
            due = max(state.held_until, state.last_taken + max(HEADROOM / per_second, stated))
            # Written also where it is not time: a clock that was set back is found here, and only once.
            self._write(host, state.model_copy(update={"last_taken": now}) if now >= due else state)
            return now, due

    @contextmanager
    def _locked(self, host: str) -> Iterator[float]:
        """The file of a host for this process alone; gives the time, which only then is the time of the file."""
        path = self._path(host)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path.with_suffix(".lock"), timeout=LOCK_SECONDS, poll_interval=0.005)
            with lock:
                yield self._clock()
        except Timeout as error:
            raise RatesUnusable(
                f"another process has held {path.with_suffix('.lock')} for more than {LOCK_SECONDS:.0f} s: it was "
                "stopped in the middle; end it, or let it go on"
            ) from error
        except OSError as error:
            raise RatesUnusable(
                f"the turns of requests are kept in {self.folder}, which cannot be used ({error.strerror or error}): "
                "make it writable, or name another folder"
            ) from error

    def _read(self, host: str, now: float) -> _HostState:
        """The state of a host in terms of the clock as it goes now."""
        try:
            state = _HostState.model_validate_json(self._path(host).read_bytes())
        except (FileNotFoundError, ValidationError):
            # Never asked, or written by another version: it begins with the next request.
            return _HostState(written_at=now)
        back = state.written_at - now
        if back <= 0:
            return state
        # The clock was set back. What was to be waited for when the file was written is waited for from now on.
        moved = {name: getattr(state, name) - back for name in ("last_taken", "held_until", "stated_until")}
        return state.model_copy(update=moved)

    def _write(self, host: str, state: _HostState) -> None:
        path = self._path(host)
        data = state.model_copy(update={"written_at": self._clock()}).model_dump_json()
        # Readers do not lock: the file is replaced whole.
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".new")
        with os.fdopen(handle, "w") as file:
            file.write(data)
        os.replace(temporary, path)

    def _path(self, host: str) -> Path:
        name = re.sub(r"[^a-z0-9.-]", "_", host.lower())
        return self.folder / f"{name if len(name) <= 100 else sha256_hex(host.encode())}.json"
