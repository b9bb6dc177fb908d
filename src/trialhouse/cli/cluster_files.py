"""The files of `trialhouse dedupe`: which records are one document and why, the doubtful pairs, what is kept."""

import csv
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from trialhouse.cli.outputs import opened_place, whole_place
from trialhouse.documents.search_exports import Exports
from trialhouse.resolution.duplicates import DoubtfulPair, DuplicateLink, Duplicates
from trialhouse.resolution.merged_citations import FIELDS, Survivor, survivor

CLUSTERS_AT_ONCE = 5_000


def write_clusters(out: Path | None, exports: Exports, found: Duplicates) -> None:
    """A row for every record, in the order of the files: record_id, cluster_id, reason. Damaged ones come last, each a
    cluster of its own.
    """
    reasons = link_reasons(found)
    ids = exports.table.column("record_id").to_pylist()
    rows = ((record, found.cluster_of[record], reasons.get(record, "")) for record in ids)
    damaged = ((one.record_id, one.record_id, f"not compared: {one.problem}") for one in exports.damaged)
    _write(out, ("record_id", "cluster_id", "reason"), _both(rows, damaged))


def write_doubtful(out: Path | None, exports: Exports, doubtful: Sequence[DoubtfulPair]) -> None:
    """A row for every pair that a person should look at, the likeliest first, with the titles of both."""
    titles = titles_of(exports.table, {record for pair in doubtful for record in (pair.left, pair.right)})
    pairs = sorted(doubtful, key=lambda pair: (-pair.score, pair.left, pair.right))
    rows = ((p.left, p.right, round(p.score, 2), p.reason, titles[p.left], titles[p.right]) for p in pairs)
    _write(out, ("left_id", "right_id", "score", "reason", "left_title", "right_title"), rows)


def write_survivors(out: Path | None, exports: Exports, found: Duplicates) -> None:
    """A row for every cluster: the field's value, and in the column behind it the record that it came from."""
    names = [name for field in FIELDS for name in (field, f"{field}_from")]
    whole = (_cells(one, "") for one in survivors(exports.table, found))
    damaged = (
        _cells(survivor(one.record_id, [one.said | {"record_id": one.record_id}]), one.problem)
        for one in exports.damaged
    )
    _write(out, ("cluster_id", "record_ids", *names, "problem"), _both(whole, damaged))


def link_reasons(found: Duplicates) -> dict[str, str]:
    """Why each record is in its cluster, if it is not alone: the link that joins it, on the way to the first record."""
    beside: dict[str, list[tuple[str, DuplicateLink]]] = defaultdict(list)
    for link in found.links:
        beside[link.left].append((link.right, link))
        beside[link.right].append((link.left, link))
    reasons: dict[str, str] = {}
    for cluster, records in found.clusters.items():
        reasons[cluster] = f"the first of {len(records)} records"
        waiting = deque([cluster])
        while waiting:
            record = waiting.popleft()
            for other, link in beside[record]:
                if other not in reasons:
                    reasons[other] = f"with {record}: {link.reason}"
                    waiting.append(other)
    return reasons


def survivors(table: pa.Table, found: Duplicates) -> Iterator[Survivor]:
    """What is kept of each cluster, in the order of the first of its records."""
    places: dict[str, list[int]] = {}
    for place, record in enumerate(table.column("record_id").to_pylist()):
        places.setdefault(found.cluster_of[record], []).append(place)
    clusters = list(places.items())
    for begin in range(0, len(clusters), CLUSTERS_AT_ONCE):
        some = clusters[begin : begin + CLUSTERS_AT_ONCE]
        rows = iter(table.take([place for _, members in some for place in members]).to_pylist())
        for cluster, members in some:
            yield survivor(cluster, [next(rows) for _ in members])


def titles_of(table: pa.Table, records: set[str]) -> dict[str, str]:
    """The titles of some records, by id."""
    ids = table.column("record_id").to_pylist()
    places = [place for place, record in enumerate(ids) if record in records]
    titles = table.column("title").take(places).to_pylist() if places else []
    return {ids[place]: title or "" for place, title in zip(places, titles, strict=True)}


def _cells(one: Survivor, problem: str) -> list[Any]:
    cells: list[Any] = [one.cluster_id, "; ".join(one.records)]
    for field in FIELDS:
        value = one.values.get(field, "")
        cells += ["; ".join(value) if isinstance(value, list | tuple) else value, one.sources.get(field, "")]
    return [*cells, problem]


def _both(rows: Iterable[Sequence[Any]], more: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield from rows
    yield from more


def _write(out: Path | None, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with whole_place(out) as place, opened_place(place) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
