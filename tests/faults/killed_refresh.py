"""A refresh that kills itself with SIGKILL at its n-th change of the warehouse's files.

    killed_refresh.py WAREHOUSE N FILE…

Changes are counted by Python's own audit events (files opened for writing, renamed, linked, removed, folders made),
so that nothing in the product knows of it. N = 0 kills nothing and prints how many changes there were.
"""

import os
import signal
import sys
from pathlib import Path

from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def main() -> None:
    warehouse, kill_at, files = Path(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
    settings = load_settings(warehouse=warehouse, environ={}).settings
    changes = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (event in CHANGES or writes) and str(warehouse) in str(arguments[0]):
            changes += 1
            if changes == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    refresh(settings, files=files)
    print(changes)


main()
