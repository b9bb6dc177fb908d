"""One file of PubMed as a task: to its shard, and, where trials are wanted, what its trial reports say.

A task is told everything and finds nothing out, so that it runs in this process, in another one, or on a machine of a
cluster that has the package installed and reaches the file and the shards.
"""

import datetime
import logging

from trialhouse.bulk.file_shard import FileOutcome, make_shard
from trialhouse.bulk.shards import ShardStore
from trialhouse.bulk.source_files import SourceFile
from trialhouse.model.record import Record
from trialhouse.resources import data_root

log = logging.getLogger(__name__)


class FileTask(Record):
    """What a worker is told: a file, where shards lie, when the load began, and of trial reports their terms."""

    file: SourceFile
    shards: str
    taken_at: datetime.datetime
    with_trials: bool = False
    license: str | None = None
    max_document_bytes: int = 0


def do_file_task(task: FileTask) -> FileOutcome:
    """Do one task. No file stops a load: what goes wrong, foreseen or not, is told in the outcome."""
    root = data_root()
    try:
        outcome = make_shard(task.file, task.shards, root / "warehouse" / "bulk", task.taken_at)
        if task.with_trials and outcome.manifest is not None:
            # What reads documents takes thirty megabytes, which a load without trials does not need.
            from trialhouse.pipeline.report_readings import read_trial_reports  # noqa: PLC0415

            shards = ShardStore(task.shards)
            read_trial_reports(shards, outcome.manifest, task.license, task.max_document_bytes)
    except OSError as error:
        told = f"{task.file.name}: its shard could not be written to {task.shards} ({error}): make room, or mend access"
        return FileOutcome(file=task.file, reason="not_written", message=told)
    except Exception as error:
        log.exception("loading %s failed", task.file.name)
        told = f"{task.file.name}: {type(error).__name__}: {error} (a fault of Trialhouse: report it with the file)"
        return FileOutcome(file=task.file, reason="loader_failed", message=told)
    return outcome
