"""The refresh of one night that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    python -m tests.year.killed_night WAREHOUSE MOMENT N

The configuration is named by the environment; MOMENT is the time that the refresh believes it is.
"""

import datetime
import sys
from pathlib import Path

from tests.faults.file_changes import Death, on_change
from trialhouse.pipeline import Assignment, due, refresh
from trialhouse.settings import load_settings


def main(warehouse: str, moment: str, kill_at: str) -> None:
    """Refresh, and die on the way."""
    death = Death(int(kill_at))
    on_change(warehouse, lambda event, path: death.step())
    settings = load_settings(profile="live", warehouse=Path(warehouse)).settings
    now = datetime.datetime.fromisoformat(moment)
    (assignment,) = due(settings, Assignment(), now, now)
    refresh(settings, assignment, clock=lambda: now)


if __name__ == "__main__":
    main(*sys.argv[1:])
