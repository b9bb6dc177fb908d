"""A refresh that kills itself with SIGKILL at its n-th step of building and publishing.

    killed_publish.py WAREHOUSE N FILE…

A step is a change of the warehouse's files from Python, or a statement that DuckDB executes, from the moment on when
the folder of the build is made; both are seen by hooks of Python, so that nothing in the product knows of it. N = 0
kills nothing and prints how many steps there were.
"""

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import duckdb

from trialhouse.pipeline import refresh
from trialhouse.releases.layout import Layout
from trialhouse.settings import load_settings

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def main() -> None:
    warehouse, kill_at, *names = sys.argv[1:]
    building = str(Layout(Path(warehouse)).building)
    steps, is_building = 0, False

    def step() -> None:
        nonlocal steps
        steps += is_building
        if is_building and steps == int(kill_at):
            os.kill(os.getpid(), signal.SIGKILL)

    def see_change(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal is_building
        path = str(arguments[0]) if arguments else ""
        is_building = is_building or (event == "os.mkdir" and path == building)
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (event in CHANGES or writes) and path.startswith(warehouse):
            step()

    def see_statement(frame: FrameType, event: str, function: object) -> None:
        owner = getattr(function, "__self__", None)
        if event == "c_call" and isinstance(owner, duckdb.DuckDBPyConnection):
            step()

    sys.addaudithook(see_change)
    threading.setprofile(see_statement)
    sys.setprofile(see_statement)
    refresh(load_settings(warehouse=Path(warehouse), environ={}).settings, files=[Path(name) for name in names])
    sys.setprofile(None)
    print(steps)


main()
