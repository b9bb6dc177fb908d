"""The writers' lock of a warehouse: one process at a time changes it, and whoever comes second is told who does.

The lock is the kernel's (`flock` on `refresh.lock`): it ends with the process that holds it, however that ends. The
file beside it only says who holds it.
"""

import contextlib
import datetime
import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from trialhouse.model.whole_file import write_whole

LOCK, HOLDER = "refresh.lock", "refresh.lock.holder"

PATIENCE_SECONDS = 0.3
"""How long a writer tries: whoever only looks who holds the lock takes it for a moment."""


class LockHeld(Exception):
    """Another process works on the warehouse; the message names it."""


@contextmanager
def writing(warehouse: Path, doing: str) -> Iterator[Callable[[str], None]]:
    """Hold the lock of a warehouse, and say what for; the block gets a function that says it anew. Raises LockHeld."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - whoever only looks at the lock must not wait for it

    warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse / LOCK)
    try:
        lock.acquire(timeout=PATIENCE_SECONDS)
    except Timeout as error:
        raise LockHeld(held_sentence(warehouse)) from error
    for left in warehouse.glob(f".{HOLDER}.*"):
        # Of one who was killed while saying so: only the holder of the lock writes here.
        with contextlib.suppress(OSError):
            left.unlink()
    since = datetime.datetime.now(datetime.UTC)

    def say_doing(words: str) -> None:
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "doing": words, "since": since.isoformat()}
        # A disk that is full stops nobody, least of all who makes room on it: the name is a help, the lock is held.
        with contextlib.suppress(OSError):
            write_whole(warehouse / HOLDER, json.dumps(holder).encode())

    try:
        say_doing(doing)
        yield say_doing
    finally:
        with contextlib.suppress(OSError):
            (warehouse / HOLDER).unlink(missing_ok=True)
        lock.release()


def lock_holder(warehouse: Path) -> str | None:
    """Who holds the lock now, in words: process, host, what it does and since when; None when nobody does."""
    return _told_holder(warehouse) if _is_held(warehouse / LOCK) else None


def held_sentence(warehouse: Path) -> str:
    """What to tell whoever comes second."""
    who = _told_holder(warehouse)
    return f"{who} is refreshing or changing {warehouse}: wait until it has ended, or choose another --warehouse"


def _is_held(path: Path) -> bool:
    """Whether a writer holds the lock. Looking shares it, so that those who look do not hinder each other."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _told_holder(warehouse: Path) -> str:
    try:
        holder = json.loads((warehouse / HOLDER).read_text(encoding="utf-8"))
        since = datetime.datetime.fromisoformat(holder["since"])
        return f"process {holder['pid']} on {holder['host']} ({holder['doing']}, since {since:%Y-%m-%d %H:%M:%S} UTC)"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
