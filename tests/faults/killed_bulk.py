"""A bulk load that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    python -m tests.faults.killed_bulk WAREHOUSE N PATH…

The statements that the merge gives to its database count as changes, too: between two of them lie those that the
database makes by itself. N = 0 kills nothing and prints how many changes there were.
"""

import sys
from pathlib import Path

from tests.faults.file_changes import Death, on_change
from trialhouse.bulk import merge
from trialhouse.pipeline.bulk_load import load_pubmed
from trialhouse.settings import load_settings


def main() -> None:
    warehouse, kill_at, *names = sys.argv[1:]
    death = Death(int(kill_at))
    whole_copy = merge._copy_rows

    def copy_rows(*arguments: object) -> None:
        death.step()
        whole_copy(*arguments)

    merge._copy_rows = copy_rows
    merge.FILES_AT_ONCE = 2
    on_change(warehouse, lambda event, path: death.step())
    settings = load_settings(warehouse=Path(warehouse), environ={}).settings
    result = load_pubmed(settings, [Path(name) for name in names], with_trials=True)
    assert result.exit_code == 0, result
    print(death.steps)


if __name__ == "__main__":
    main()
