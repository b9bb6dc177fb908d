"""`trialhouse load-pubmed`: baseline and update files of PubMed into a store of their own."""

import functools
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from trialhouse.bulk.file_shard import FileOutcome
from trialhouse.bulk.store_files import DATABASE
from trialhouse.cli.bulk_bar import bulk_bar
from trialhouse.cli.commands.extract import cores
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption, ProfileOption, WarehouseOption, loaded_settings
from trialhouse.cli.prefect_runner import prepare_prefect, run_flow
from trialhouse.cli.worker_crew import Crew, Work, in_order
from trialhouse.cli.writable import why_not_writable
from trialhouse.pipeline.bulk_load import load_pubmed
from trialhouse.pipeline.bulk_result import BulkResult, watched_by
from trialhouse.pipeline.bulk_task import FileTask, do_file_task
from trialhouse.pipeline.lock import LockHeld, held_sentence, lock_holder
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import print_json, say

TOLD = 20
"""Files, or citations, that are told one by one; more are counted."""

GONE = {"deleted": "deleted by PubMed", "no_trial_report": "that report no trial as they are now"}


def load(
    paths: list[Path],
    /,
    *,
    workers: Annotated[int, Parameter(help="Processes that read files; 0 for one on every core.")] = 0,
    trials: Annotated[
        bool, Parameter(negative=(), help="Land the citations that name a trial; the next refresh takes them.")
    ] = False,
    profile: ProfileOption = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Load baseline and update files of PubMed (.xml.gz, .xml, each with its .md5 if there is one).

    A file is loaded once, newer files replace and delete what older ones say, a damaged file is set aside and the exit
    code is 4. Run again after it was stopped, it goes on.

    Parameters
    ----------
    paths
        Files, or folders with them.
    """
    if workers < 0:
        raise CommandError(f"--workers {workers}: name how many, or 0 for one on every core", Exit.WRONG_USE)
    for path in paths:
        _refuse_address(str(path))
    settings = loaded_settings(profile, warehouse).settings
    given = [path.expanduser().absolute() for path in paths]
    _look_before(settings, given)
    try:
        result = (
            _on_cluster(settings, given, profile, trials)
            if settings.bulk_cluster
            else _here(settings, given, workers or cores(), trials)
        )
    except LockHeld as held:
        raise CommandError(str(held), Exit.LOCKED) from held
    except FileNotFoundError as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except DatabaseError as error:
        store = Layout(settings.warehouse).pubmed / DATABASE
        raise CommandError(
            f"{store} could not be written ({error}): what it held before still stands; make room if the disk is full, "
            "then load again, it goes on from here"
        ) from error
    for line in summary(result):
        say(line)
    if json:
        print_json(result.model_dump(mode="json") | {"exit_code": result.exit_code})
    return result.exit_code


def summary(result: BulkResult) -> Iterator[str]:
    """The end of a load for people."""
    states = (
        ("loaded", "loaded"),
        ("loaded_before", "loaded before"),
        ("same_bytes", "of the same bytes as another"),
        ("set_aside", "set aside"),
    )
    counts = [f"{result.count(state):,} {words}" for state, words in states if result.count(state)]
    yield f"Files: {', '.join(counts) or 'none'}."
    told = [file.message for file in result.files if file.message and file.state != "loaded_before"]
    yield from (f"  {message}" for message in told[:TOLD])
    if len(told) > TOLD:
        yield f"  … {len(told):,} in all (--json names each)"
    unchecked = [file.file_name for file in result.files if file.state == "loaded" and not file.was_compared]
    if unchecked:
        names = ", ".join(unchecked[:TOLD]) + (" …" if len(unchecked) > TOLD else "")
        yield f"  {len(unchecked):,} without a .md5 beside it, not compared with what was sent: {names}"
    yield (
        f"Citations: {result.citations_read:,} read = {result.citations_new:,} new + {result.citations_changed:,} "
        f"changed + {result.citations_superseded:,} superseded or deleted + "
        f"{result.citations_quarantined:,} quarantined."
    )
    yield (
        f"Store: {result.citations_after:,} citations = {result.citations_before:,} before + "
        f"{result.citations_new:,} new - {result.citations_deleted:,} deleted."
    )
    if result.trials is not None:
        trials = result.trials
        yield (
            f"Trials: {trials.passed:,} citations passed the filter = {trials.landed:,} landed + {trials.unchanged:,} "
            f"landed before + {trials.fetched:,} left as fetched + {trials.without_trial:,} that name no trial + "
            f"{trials.unreadable:,} unreadable."
        )
        if trials.marked_without_trial:
            yield (
                f"  {trials.marked_without_trial:,} of those that name no trial have a publication type of a trial or "
                "an id of a registry: trial_report_readings has them"
            )
        yield from (f"  PMID {pmid}: {failure}" for pmid, failure in trials.failures[:TOLD])
        if len(trials.failures) > TOLD:
            yield f"  … {len(trials.failures):,} in all (--json names each)"
    if result.withdrawn:
        gone = ", ".join(f"{count:,} {GONE[reason]}" for reason, count in result.withdrawn.items())
        yield f"Withdrawn of what was landed before: {gone}. The next refresh leaves them out of the release."
    yield f"Open it: {result.store / DATABASE}"


def _refuse_address(given: str) -> None:
    """An address became a path, with one slash less; only files are read."""
    address = re.fullmatch(r"(https?|ftp|s3|gs):/+(.+)", given)
    if address:
        whole = f"{address[1]}://{address[2]}"
        raise CommandError(
            f"{whole} is an address, and files of this machine are read: download it first, and its .md5 beside it "
            f"(curl -O {whole} -O {whole}.md5)",
            Exit.WRONG_USE,
        )


def _look_before(settings: Settings, paths: Sequence[Path]) -> None:
    """What is wrong already is said now."""
    if not paths:
        raise CommandError("name files of PubMed, or folders that hold them", Exit.WRONG_USE)
    for path in paths:
        if not path.exists():
            raise CommandError(f"there is no file or folder {path}", Exit.WRONG_USE)
    obstacle = why_not_writable(settings.warehouse)
    if obstacle:
        raise CommandError(f"{obstacle}: make it a folder that can be written, or choose another --warehouse")
    folder = Layout(settings.warehouse).pubmed
    if lock_holder(folder):
        raise CommandError(held_sentence(folder), Exit.LOCKED)


def _here(settings: Settings, paths: Sequence[Path], workers: int, trials: bool) -> BulkResult:
    """Load by processes of this machine; by this one where one is enough."""
    with bulk_bar() as watch:
        if workers == 1:
            return load_pubmed(settings, paths, with_trials=trials, watch=watch)
        spread = functools.partial(spread_over_processes, workers)
        return load_pubmed(settings, paths, with_trials=trials, spread=spread, watch=watch)


def spread_over_processes(workers: int, tasks: Sequence[FileTask]) -> Iterable[FileOutcome]:
    """Do tasks in processes. A file of which two processes died is told, and the others go on."""
    with Crew[FileTask, FileOutcome](_make_worker, workers, lost=_lost, told=say) as crew:
        yield from in_order(crew, iter(tasks), None)


def _make_worker() -> Work[FileTask, FileOutcome]:
    """Made in a process of its own, whose memory is bounded: the system's allocator gives back what a batch took."""
    import pyarrow as pa  # noqa: PLC0415 - the process that hands out files has its own

    pa.set_memory_pool(pa.system_memory_pool())
    return do_file_task


def _lost(task: FileTask, how: str) -> FileOutcome:
    told = f"{task.file.name}: the process that read it {how}, twice: give it more memory (fewer --workers), load again"
    return FileOutcome(file=task.file, reason="process_died", message=told)


def _on_cluster(settings: Settings, paths: Sequence[Path], profile: str | None, trials: bool) -> BulkResult:
    """Load by the flow, on the Dask cluster that the configuration names."""
    prepare_prefect(settings.warehouse, os.environ)
    parameters: dict[str, Any] = {
        "paths": [str(path) for path in paths],
        "trials": trials,
        "profile": profile,
        "warehouse": str(settings.warehouse),
    }
    with bulk_bar() as watch, watched_by(watch):
        state = run_flow(settings.root / "flows" / "bulk_pubmed.py", "bulk_pubmed", parameters)
    if state.name == "LockHeld":
        raise CommandError(state.message, Exit.LOCKED)
    answer = state.result(raise_on_failure=False)
    if isinstance(answer, ModuleNotFoundError):
        raise CommandError(f"the extra `cluster` is not installed ({answer}): pip install 'trialhouse[cluster]'")
    if isinstance(answer, BaseException):
        raise answer
    return BulkResult.model_validate(answer)
