"""A refresh that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    killed_refresh.py HOW WAREHOUSE N FILE…

HOW is `plain` (the pipeline's function) or `prefect` (the command, with its flow and Prefect's own server). Changes
are counted by Python's audit events (files opened for writing, renamed, linked, removed, folders made), so that
nothing in the product knows of it; what Prefect writes in its own folder does not count. N = 0 kills nothing and
prints how many changes there were.
"""

import os
import signal
import sys
from pathlib import Path

from trialhouse.cli.app import main as command
from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def main() -> None:
    how, warehouse, kill_at, *names = sys.argv[1:]
    changes = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        path = str(arguments[0]) if arguments else ""
        if (event in CHANGES or writes) and path.startswith(warehouse) and not path.startswith(f"{warehouse}/prefect"):
            changes += 1
            if changes == int(kill_at):
                os.killpg(os.getpgid(0), signal.SIGKILL)

    sys.addaudithook(count)
    if how == "plain":
        refresh(load_settings(warehouse=Path(warehouse), environ={}).settings, files=[Path(name) for name in names])
    else:
        command(["refresh", "--warehouse", warehouse, "--files", *names])
    print(changes)


main()
