"""A bulk load on one page: find the files, read each as a task, merge their shards, hand trial reports on."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from trialhouse.bulk.file_shard import FileOutcome
from trialhouse.bulk.merge import loaded_files, merge
from trialhouse.bulk.report_readings import not_taken
from trialhouse.bulk.shards import ShardManifest, ShardStore
from trialhouse.bulk.source_files import find_source_files
from trialhouse.bulk.store_tables import LoadedFileRow
from trialhouse.pipeline.bulk_books import keep_books
from trialhouse.pipeline.bulk_result import BulkResult, Stand, Watch, current_watch, result_of, unwatched
from trialhouse.pipeline.bulk_task import FileTask, do_file_task
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.lock import writing
from trialhouse.pipeline.report_readings import read_what_is_left, readings_name
from trialhouse.pipeline.trial_reports import land_trial_reports
from trialhouse.pipeline.withdrawn_reports import Withdrawn, withdraw_reports
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings

Spread = Callable[[Sequence[FileTask]], Iterable[FileOutcome]]
"""Does tasks, wherever; gives an outcome for each, in any order, as they end."""


def one_by_one(tasks: Sequence[FileTask]) -> Iterable[FileOutcome]:
    """Do tasks here, one after the other."""
    return map(do_file_task, tasks)


def load_pubmed(
    settings: Settings,
    paths: Sequence[Path],
    *,
    with_trials: bool = False,
    spread: Spread = one_by_one,
    watch: Watch = unwatched,
    clock: Clock = utc_now,
) -> BulkResult:
    """Load files of PubMed's baseline and updates into the store beside the warehouse.

    What earlier loads landed follows: a trial report that is deleted, or is none any more, is withdrawn. Whatever was
    done before a death is not done again: shards of whole files, transactions of the merge. Raises
    FileNotFoundError for a path that is not there, LockHeld when another load works on the store.
    """
    folder = Layout(settings.warehouse).pubmed
    files = find_source_files(paths)
    with writing(folder, "load-pubmed"):
        began = clock()
        place = settings.bulk_shards or str(folder / "shards")
        shards = ShardStore(place)
        shards.remove_leftovers()
        terms = {"license": settings.terms("pubmed").license, "max_document_bytes": settings.max_document_bytes}
        tasks = [FileTask(file=file, shards=place, taken_at=began, with_trials=with_trials, **terms) for file in files]
        outcomes = _outcomes(tasks, spread, watch)
        before = loaded_files(folder)
        manifests = _one_of_each(outcomes)
        new = _not_loaded(manifests, before)
        read: list[ShardManifest] = []
        if with_trials:
            read_what_is_left(shards, manifests, settings.terms("pubmed").license, settings.max_document_bytes)
            read = not_taken(folder, shards, manifests, readings_name())
        if new or read:
            sql = settings.root / "warehouse" / "bulk"
            merge(folder, shards, new, sql, _of_merge(watch), readings=readings_name(), read=read)
        landed, without_trial = None, list[Withdrawn]()
        if with_trials:
            watch(Stand("land", 0, 1))
            landed, without_trial = land_trial_reports(settings, shards, manifests)
            watch(Stand("land", 1, 1))
        withdrawn = withdraw_reports(settings, stores_of(settings).landing, without_trial)
        result = result_of(folder, outcomes, before, loaded_files(folder), trials=landed, withdrawn=withdrawn)
        if with_trials or withdrawn:
            keep_books(settings, result, withdrawn, began, clock())
    return result


def _outcomes(tasks: Sequence[FileTask], spread: Spread, watch: Watch) -> list[FileOutcome]:
    """The outcome of each task, in the order of the files."""
    sizes = {task.file.path: _size(task.file.path) for task in tasks}
    stand = Stand("files", 0, len(tasks), bytes_total=sum(sizes.values()))
    watch(stand)
    found: dict[str, FileOutcome] = {}
    for outcome in spread(tasks):
        found[outcome.file.path] = outcome
        read = outcome.manifest.citations_read if outcome.manifest and not outcome.was_there else 0
        stand = stand.after(sizes[outcome.file.path], read, was_there=outcome.was_there)
        watch(stand)
    return [found[task.file.path] for task in tasks]


def _of_merge(watch: Watch) -> Callable[[int, int], None]:
    return lambda done, total: watch(Stand("merge", done, total))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _one_of_each(outcomes: Iterable[FileOutcome]) -> list[ShardManifest]:
    """The manifests of all files that could be read; of files with the same bytes the first one's.

    Two such files share a shard, whose manifest may name the other one: the name and place of the first one count.
    """
    found: dict[str, ShardManifest] = {}
    for outcome in outcomes:
        if outcome.manifest is not None and outcome.manifest.sha256 not in found:
            named = {"file_name": outcome.file.name, "year": outcome.file.year, "number": outcome.file.number}
            found[outcome.manifest.sha256] = outcome.manifest.model_copy(update=named)
    return list(found.values())


def _not_loaded(manifests: Iterable[ShardManifest], loaded: Iterable[LoadedFileRow]) -> list[ShardManifest]:
    known = {row.sha256 for row in loaded}
    return [manifest for manifest in manifests if manifest.sha256 not in known]


__all__ = [
    "BulkResult",
    "FileOutcome",
    "FileTask",
    "Stand",
    "current_watch",
    "do_file_task",
    "load_pubmed",
]
