"""`trialhouse dedupe`: search exports to clusters of records that are one document, without a warehouse."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from trialhouse.cli.cluster_files import write_clusters, write_doubtful, write_survivors
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption
from trialhouse.documents.search_exports import Damaged, Exports, read_exports
from trialhouse.resolution.duplicates import Duplicates, find_duplicates_in
from trialhouse.resolution.duplicates.engine import limited_database
from trialhouse.resources import data_root
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import Watcher, print_json, say, watched

MOST_SHOWN = 10
"""Damaged records that are told one by one; of more, only their number is."""


def dedupe(
    files: Annotated[list[Path], Parameter(negative=())],
    /,
    *,
    out: Annotated[Path, Parameter(help="Write record_id, cluster_id, reason to this csv file; - for stdout.")],
    doubtful: Annotated[Path | None, Parameter(help="Write the pairs that a person should look at, as csv.")] = None,
    merged: Annotated[
        Path | None, Parameter(help="Write one row a cluster, each field with the record that it is from, as csv.")
    ] = None,
    json: JsonOption = False,
) -> int:
    """Find the records of search exports that are one document, each with the reason; needs no warehouse.

    A doubtful pair is listed and not merged. What could not be wholly read is told, the rest goes on, and the exit
    code is 4.

    Parameters
    ----------
    files
        csv, RIS, nbib, ciw, BibTeX or EndNote XML, told apart by what is in them.
    """
    places = _checked(files, out, [doubtful, merged], json=json)
    with watched() as watcher:
        exports = _read(files, watcher)
        found = _found(exports, watcher)
    _tell_files(exports)
    write_clusters(places[0], exports, found)
    if doubtful is not None:
        write_doubtful(places[1], exports, found.doubtful)
    if merged is not None:
        write_survivors(places[2], exports, found)
    if json:
        print_json(_as_json(exports, found))
    _tell_clusters(exports, found, is_listed=doubtful is not None or json)
    is_whole = not exports.damaged and all(file.problem is None for file in exports.files)
    return Exit.DONE if is_whole else Exit.INCOMPLETE


def _checked(files: Sequence[Path], out: Path, others: Sequence[Path | None], *, json: bool) -> list[Path | None]:
    """Where to write, None for stdout. Raises CommandError before anything is read."""
    if not files:
        raise CommandError("name the files to compare: trialhouse dedupe FILE… --out CLUSTERS.csv", Exit.WRONG_USE)
    for path in files:
        if not path.exists():
            raise CommandError(f"there is no file {path}", Exit.WRONG_USE)
    places = [None if place is None or str(place) == "-" else place for place in (out, *others)]
    asked = [place for place in (out, *others) if place is not None]
    if [str(place) for place in asked].count("-") + json > 1:
        raise CommandError("only one of the answers can go to stdout: name files for the others", Exit.WRONG_USE)
    named = [place.resolve() for place in places if place is not None]
    if len(set(named)) < len(named):
        raise CommandError("two of the answers have the same name: give each a file of its own", Exit.WRONG_USE)
    for place in named:
        if place in {path.resolve() for path in files}:
            raise CommandError(f"{place} is a file to read: write to another one", Exit.WRONG_USE)
        if place.is_dir() or not place.parent.is_dir():
            raise CommandError(f"{place} cannot be written: name a file in a folder that is there", Exit.WRONG_USE)
    return places


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
        with limited_database() as connection:
            connection.register("citations", exports.table)
            return find_duplicates_in(connection, "citations", data_root() / "warehouse" / "duplicates", watcher)
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
    several = found.clusters
    say(
        f"{_count(records, 'record')} are {_count(clusters, 'document')}: {_count(len(several), 'cluster')} of two and "
        f"more hold {sum(map(len, several.values())):,}, and {records - clusters:,} are merged into another."
    )
    if exports.damaged:
        say(f"{_count(len(exports.damaged), 'record')} could not be wholly read: each is a cluster of its own.")
    if found.doubtful:
        how = "" if is_listed else " (--doubtful FILE lists them)"
        say(f"{_count(len(found.doubtful), 'pair')} may be one document and were not merged: look at them{how}.")
    if found.related:
        say(f"{_count(len(found.related), 'pair')} belong together and are not one document (--json lists them).")


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
        "doubtful": [{"left": p.left, "right": p.right, "score": p.score, "reason": p.reason} for p in found.doubtful],
        "related": [
            {"left": p.left, "right": p.right, "relation": p.relation, "confidence": p.confidence, "reason": p.reason}
            for p in found.related
        ],
    }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
