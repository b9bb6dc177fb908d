"""A PoliteSession for tests: it asks this machine alone, and its waiting takes no time.

session, time = polite_session(tmp_path)
session.get(server.url + "/studies")
assert time.slept == [...]
"""

import datetime
import pathlib
import threading
from typing import Any

from trialhouse.sources.rates import Rates
from trialhouse.sources.session import Manners, PoliteSession

BEGIN = datetime.datetime(2026, 11, 2, 12, 0, 0, tzinfo=datetime.UTC)


class ToldTime:
    """A clock that goes on only when somebody sleeps; `slept` has every pause in seconds."""

    def __init__(self) -> None:
        self.seconds = BEGIN.timestamp()
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.seconds

    def now(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.seconds, datetime.UTC)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.seconds += seconds


def polite_session(
    folder: pathlib.Path, *, requests_per_second: float = 10.0, **manners: Any
) -> tuple[PoliteSession, ToldTime]:
    """A session whose turns are kept in `folder / "rates"`, and its clock; `manners` are fields of Manners."""
    time = ToldTime()
    session = PoliteSession(
        Manners(**{"allow_loopback": True, "read_seconds": 5.0, "connect_seconds": 5.0, **manners}),
        Rates(folder / "rates", clock=time.clock, sleep=time.sleep),
        requests_per_second=requests_per_second,
        clock=time.now,
        sleep=time.sleep,
    )
    return session, time
