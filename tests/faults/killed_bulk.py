"""A bulk load that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    killed_bulk.py WAREHOUSE N PATH…

Changes are counted by Python's audit events, as `killed_refresh.py` does, and by the statements that the merge gives
to its database: between two of them lie the changes that the database makes by itself. N = 0 kills nothing and prints
how many changes there were.
"""

import os
import signal
import sys
from pathlib import Path

from trialhouse.bulk import merge
from trialhouse.pipeline.bulk_load import load_pubmed
from trialhouse.settings import load_settings

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def main() -> None:
    warehouse, kill_at, *names = sys.argv[1:]
    changes = 0

    def count() -> None:
        nonlocal changes
        changes += 1
        if changes == int(kill_at):
            os.killpg(os.getpgid(0), signal.SIGKILL)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if (event in CHANGES or writes) and str(arguments[0] if arguments else "").startswith(warehouse):
            count()

    whole_copy = merge._copy_rows

    def copy_rows(*arguments: object) -> None:
        count()
        whole_copy(*arguments)

    merge._copy_rows = copy_rows
    merge.FILES_AT_ONCE = 2
    sys.addaudithook(audit)
    settings = load_settings(warehouse=Path(warehouse), environ={}).settings
    result = load_pubmed(settings, [Path(name) for name in names], with_trials=True)
    assert result.exit_code == 0, result
    print(changes)


main()
