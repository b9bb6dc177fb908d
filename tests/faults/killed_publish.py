"""A refresh that kills itself with SIGKILL at its n-th step of building and publishing.

    python -m tests.faults.killed_publish WAREHOUSE N FILE…

A step is a change of the warehouse's files from Python, or a statement that DuckDB executes, from the moment on when
the folder of the build is made. N = 0 kills nothing and prints how many steps there were.
"""

import sys
import threading
from pathlib import Path
from types import FrameType

import duckdb

from tests.faults.file_changes import Death, kill_alone, on_change
from trialhouse.pipeline import refresh
from trialhouse.releases.layout import Layout
from trialhouse.settings import load_settings


def main() -> None:
    warehouse, kill_at, *names = sys.argv[1:]
    building = str(Layout(Path(warehouse)).building)
    death, is_building = Death(int(kill_at), kill_alone), False

    def see_change(event: str, path: str) -> None:
        nonlocal is_building
        is_building = is_building or (event == "os.mkdir" and path == building)
        if is_building:
            death.step()

    def see_statement(frame: FrameType, event: str, function: object) -> None:
        owner = getattr(function, "__self__", None)
        if is_building and event == "c_call" and isinstance(owner, duckdb.DuckDBPyConnection):
            death.step()

    on_change(warehouse, see_change)
    threading.setprofile(see_statement)
    sys.setprofile(see_statement)
    refresh(load_settings(warehouse=Path(warehouse), environ={}).settings, files=[Path(name) for name in names])
    sys.setprofile(None)
    print(death.steps)


if __name__ == "__main__":
    main()
