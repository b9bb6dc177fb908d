"""A refresh that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    python -m tests.faults.killed_refresh HOW WAREHOUSE N FILE…

HOW is `plain` (the pipeline's function) or `prefect` (the command, with its flow and Prefect's own server); what
Prefect writes in its own folder does not count. N = 0 kills nothing and prints how many changes there were.
"""

import sys
from pathlib import Path

from tests.faults.file_changes import Death, on_change
from trialhouse.cli.app import main as command
from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings


def main() -> None:
    how, warehouse, kill_at, *names = sys.argv[1:]
    death = Death(int(kill_at))
    on_change(warehouse, lambda event, path: death.step(), besides=f"{warehouse}/prefect")
    if how == "plain":
        refresh(load_settings(warehouse=Path(warehouse), environ={}).settings, files=[Path(name) for name in names])
    else:
        command(["refresh", "--warehouse", warehouse, "--files", *names])
    print(death.steps)


if __name__ == "__main__":
    main()
