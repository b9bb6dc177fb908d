"""One run of `trialhouse dedupe`: read, compare, write, and say what was found and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialhouse.cli.cluster_files import write_clusters, write_doubtful, write_survivors
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.documents.search_exports import Damaged, Exports, read_exports
from trialhouse.resolution.duplicates import Duplicates, find_duplicates
from trialhouse.resources import data_root
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import Watcher, print_json, say, watched

MOST_SHOWN = 10
"""Damaged records that are told one by one; of more, only their number is."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the answers go, None for stdout, and which of them are wanted."""

    clusters: Path | None
    doubtful: Path | None
    survivors: Path | None
    with_doubtful: bool
    with_survivors: bool


def deduplicate(files: Sequence[Path], answers: Answers, *, json: bool) -> Exit:
    """Find the records that are one document. Gives INCOMPLETE where something could not be wholly read.

    Raises CommandError when the records cannot be compared.
    """
    with watched() as watcher:
        exports = _read(files, watcher)
        found = _found(exports, watcher)
    _tell_files(exports)
    write_clusters(answers.clusters, exports, found)
    if answers.with_doubtful:
        write_doubtful(answers.doubtful, exports, found.doubtful)
    if answers.with_survivors:
        write_survivors(answers.survivors, exports, found)
    if json:
        print_json(_as_json(exports, found))
    _tell_clusters(exports, found, is_listed=answers.with_doubtful or json)
    is_whole = not exports.damaged and all(file.problem is None for file in exports.files)
    return Exit.DONE if is_whole else Exit.INCOMPLETE


def _read(files: Sequence[Path], watcher: Watcher) -> Exports:
    total = sum(path.stat().st_size for path in files if path.is_file())
    done = 0

    def read(characters: int) -> None:
        nonlocal done
        done += characters
        watcher("exports", min(done, total), total)

    return read_exports(files, read)


def _found(exports: Exports, watcher: Watcher) -> Duplicates:
    """The clusters. Raises CommandError when the database gives up."""
    if not exports.table.num_rows:
        return Duplicates({})
    try:
        return find_duplicates(exports.table, data_root() / "warehouse" / "duplicates", watcher)
    except DatabaseError as error:
        raise CommandError(f"the records could not be compared: {error}") from error


def _tell_files(exports: Exports) -> None:
    """What was read of each file, and what could not be."""
    for file in exports.files:
        if file.format is not None:
            say(f"{file.name}: {_count(file.records, 'record')} ({file.format})")
        for note in file.notes:
            say(f"  {note}")
        if file.problem is not None:
            say(f"  not read: {file.problem}")
    for one in exports.damaged[:MOST_SHOWN]:
        say(_place(one))
    if len(exports.damaged) > MOST_SHOWN:
        say(f"{len(exports.damaged) - MOST_SHOWN:,} more records that could not be wholly read: see their reasons")


def _place(one: Damaged) -> str:
    return f"{one.file}, line {one.line:,}, record {one.number:,} ({one.record_id}): {one.problem}"


def _tell_clusters(exports: Exports, found: Duplicates, *, is_listed: bool) -> None:
    records = exports.table.num_rows + len(exports.damaged)
    clusters = len(set(found.cluster_of.values())) + len(exports.damaged)
    say(
        f"{_count(records, 'record')} {'is' if records == 1 else 'are'} {_count(clusters, 'document')} "
        f"(merged: {records - clusters:,}; clusters of several records: {len(found.clusters):,})."
    )
    if exports.damaged:
        say(f"Not wholly read: {_count(len(exports.damaged), 'record')}, each a cluster of its own.")
    if found.doubtful:
        how = "" if is_listed else " (--doubtful FILE lists them)"
        say(f"Doubtful: {_count(len(found.doubtful), 'pair')}, not merged, to be looked at by a person{how}.")
    for one in found.crowds[:MOST_SHOWN]:
        say(
            f"{_count(one.records, 'record')} have the title “{one.title}” ({one.first} and others): they were "
            "compared where they share author and year, or volume and page, and not each with each."
        )
    if len(found.crowds) > MOST_SHOWN:
        say(f"{len(found.crowds) - MOST_SHOWN:,} more titles of so many records (--json lists them).")
    if found.related:
        say(f"Related, and not one document: {_count(len(found.related), 'pair')} (--json lists them).")


def _as_json(exports: Exports, found: Duplicates) -> dict[str, Any]:
    several = found.clusters
    return {
        "files": [
            {"file": f.name, "format": f.format, "records": f.records, "notes": list(f.notes), "problem": f.problem}
            for f in exports.files
        ],
        "records": exports.table.num_rows + len(exports.damaged),
        "clusters": len(set(found.cluster_of.values())) + len(exports.damaged),
        "merged": len(found.cluster_of) - len(set(found.cluster_of.values())),
        "clusters_of_several": len(several),
        "damaged": [
            {"record_id": d.record_id, "file": d.file, "line": d.line, "record": d.number, "problem": d.problem}
            for d in exports.damaged
        ],
        "crowds": [{"title": c.title, "first": c.first, "records": c.records} for c in found.crowds],
        "doubtful": [{"left": p.left, "right": p.right, "score": p.score, "reason": p.reason} for p in found.doubtful],
        "related": [
            {"left": p.left, "right": p.right, "relation": p.relation, "confidence": p.confidence, "reason": p.reason}
            for p in found.related
        ],
    }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
