"""A death at the n-th change of a folder's files: what `killed_*.py` have in common.

Changes are seen by Python's audit events (files opened for writing, renamed, linked, removed, folders made), so that
nothing in the product knows of it. A program may count steps of its own between them, as those of a database.
"""

import os
import signal
import sys
from collections.abc import Callable

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def kill_group() -> None:
    """SIGKILL to this process and all that it started: the program is started as the leader of a group of its own."""
    os.killpg(os.getpgid(0), signal.SIGKILL)


def kill_alone() -> None:
    """SIGKILL to this process."""
    os.kill(os.getpid(), signal.SIGKILL)


class Death:
    """Comes at the step of a number, counted from 1; 0 never comes. `steps` is how many there were so far."""

    def __init__(self, at: int, kill: Callable[[], None] = kill_group) -> None:
        self.steps = 0
        self._at = at
        self._kill = kill

    def step(self) -> None:
        """Count a step, and die at it if it is the one."""
        self.steps += 1
        if self.steps == self._at:
            self._kill()


def on_change(folder: str, told: Callable[[str, str], object], besides: str | None = None) -> None:
    """Let `told(event, path)` hear of every change below a folder, but for those below the folder `besides`.

    It lasts as long as the process does: there is no way to take an audit hook back.
    """

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        path = str(arguments[0]) if arguments else ""
        if (event in CHANGES or writes) and path.startswith(folder) and not (besides and path.startswith(besides)):
            told(event, path)

    sys.addaudithook(hear)
