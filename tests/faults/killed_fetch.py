"""A fetch that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    killed_fetch.py WAREHOUSE N

The configuration is named by the environment. Changes are counted by Python's audit events, as `killed_refresh.py`
does. Records are landed and not read, so that what is tried is the fetching alone. N = 0 kills nothing and prints how
many changes there were.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from trialhouse.pipeline import Assignment, Batch, BatchResult, running, take_all
from trialhouse.pipeline.fetching import fetch_batch
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.network import source_named
from trialhouse.pipeline.planning import RecordBatch
from trialhouse.settings import load_settings

CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})


def main() -> None:
    warehouse, kill_at = sys.argv[1:]
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

    def fetch_all(batches: Sequence[Batch]) -> list[BatchResult]:
        for batch in batches:
            assert isinstance(batch, RecordBatch)
            fetch_batch(stores_of(settings), source_named(settings, batch.source), batch, 200, None)
        return []

    with running(settings, Assignment(sources=("pubmed",))) as run:
        take_all(settings, run, fetch_all)
    print(changes)


main()
