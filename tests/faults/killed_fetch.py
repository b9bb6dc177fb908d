"""A fetch that kills its whole process group with SIGKILL at its n-th change of the warehouse's files.

    python -m tests.faults.killed_fetch WAREHOUSE N

The configuration is named by the environment. Records are landed and not read, so that what is tried is the fetching
alone. N = 0 kills nothing and prints how many changes there were.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.file_changes import Death, on_change
from trialhouse.pipeline import Assignment, Batch, BatchResult, running, take_all
from trialhouse.pipeline.fetching import fetch_batch
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.network import source_named
from trialhouse.pipeline.planning import RecordBatch
from trialhouse.settings import load_settings


def main() -> None:
    warehouse, kill_at = sys.argv[1:]
    death = Death(int(kill_at))
    on_change(warehouse, lambda event, path: death.step())
    settings = load_settings(profile="live", warehouse=Path(warehouse)).settings

    def fetch_all(batches: Sequence[Batch]) -> list[BatchResult]:
        for batch in batches:
            assert isinstance(batch, RecordBatch)
            fetch_batch(stores_of(settings), source_named(settings, batch.source), batch, 200, None)
        return []

    with running(settings, Assignment(sources=("pubmed",))) as run:
        take_all(settings, run, fetch_all)
    print(death.steps)


if __name__ == "__main__":
    main()
