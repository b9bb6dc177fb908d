"""The refresh of one night that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    python -m tests.year.killed_night WAREHOUSE MOMENT N

The configuration is named by the environment; MOMENT is the time that the refresh believes it is. Changes are counted
by Python's audit events, as `tests/faults/killed_refresh.py` does.
"""

import datetime
import os
import signal
import sys
from pathlib import Path

from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def main(warehouse: str, moment: str, kill_at: str) -> None:
    """Refresh, and die on the way."""
    changes = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (event in CHANGES or writes) and str(arguments[0] if arguments else "").startswith(warehouse):
            changes += 1
            if changes == int(kill_at):
                os.killpg(os.getpgid(0), signal.SIGKILL)

    sys.addaudithook(count)
    settings = load_settings(profile="live", warehouse=Path(warehouse)).settings
    refresh(settings, clock=lambda: datetime.datetime.fromisoformat(moment))


if __name__ == "__main__":
    main(*sys.argv[1:])
