"""Work that Ctrl-C ends at once, also where the database does not look up from it for minutes."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from trialhouse.cli.exits import Exit
from trialhouse.store.connection import Connection
from trialhouse.terminal import say

T = TypeVar("T")

PATIENCE = 0.3
"""Seconds that the database has to end an interrupted query by itself."""


def interruptible(connection: Connection, work: Callable[[], T]) -> T:
    """Do work on a connection in a thread beside this one, which stays awake for Ctrl-C.

    A sort, or one long step, is not ended by the database when it is told to: then the process ends with 130. Nothing
    is lost by that, since a release is only read, and files get their names when they are whole.
    """
    outcome: Future[T] = Future()

    def do() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    try:
        # Within the try: Ctrl-C may come as soon as the thread runs, and then nobody may close its connection.
        threading.Thread(target=do, daemon=True).start()
        return outcome.result()
    except KeyboardInterrupt:
        try:
            connection.interrupt()
            outcome.exception(timeout=PATIENCE)
        except TimeoutError:
            say("trialhouse: interrupted")
            os._exit(Exit.INTERRUPTED)
        raise
