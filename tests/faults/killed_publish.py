"""A refresh that kills itself with SIGKILL at its n-th step of building and publishing.

    python -m tests.faults.killed_publish WAREHOUSE N FILE…

A step is a change of the warehouse's files from Python, or a statement that DuckDB executes, from the moment on when
the folder of the build is made. N = 0 kills nothing and prints how many steps there were.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from tests.faults.file_changes import Death, kill_alone, on_change
from trialhouse.pipeline import refresh
from trialhouse.releases.layout import Layout
from trialhouse.settings import load_settings


class Counted:
    """A connection of DuckDB that tells of each statement before it is executed; all else is the connection's own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, told: Callable[[], None]) -> None:
        self._connection = connection
        self._told = told

    def execute(self, *arguments: Any) -> duckdb.DuckDBPyConnection:
        self._told()
        return self._connection.execute(*arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def main() -> None:
    warehouse, kill_at, *names = sys.argv[1:]
    building = str(Layout(Path(warehouse)).building)
    death, is_building = Death(int(kill_at), kill_alone), False

    def see_change(event: str, path: str) -> None:
        nonlocal is_building
        is_building = is_building or (event == "os.mkdir" and path == building)
        if is_building:
            death.step()

    def see_statement() -> None:
        if is_building:
            death.step()

    real = duckdb.connect
    duckdb.connect = lambda *arguments, **named: Counted(real(*arguments, **named), see_statement)
    on_change(warehouse, see_change)
    refresh(load_settings(warehouse=Path(warehouse), environ={}).settings, files=[Path(name) for name in names])
    print(death.steps)


if __name__ == "__main__":
    main()
