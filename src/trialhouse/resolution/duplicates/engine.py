"""Which records are one document: candidates by SQL, judged pair by pair, joined into clusters without vetoes."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from trialhouse.model.citation import Citation
from trialhouse.resolution.duplicates.conclusion import conclude
from trialhouse.resolution.duplicates.result import Duplicates
from trialhouse.resolution.duplicates.search import Numbers, Progress, Search, no_progress
from trialhouse.resolution.duplicates.table import citation_table, offer_records, run_file
from trialhouse.store.connection import Connection, limit_memory, scratch_database, with_enough_memory

MEGABYTES, THREADS = 1200, 2
"""What DuckDB may use; it spills to a temporary folder beyond that."""

Pair = tuple[str, str]


def find_duplicates(
    citations: Sequence[Citation] | pa.Table | Path,
    sql: Path,
    progress: Progress = no_progress,
    *,
    same: Collection[Pair] = (),
    different: Collection[Pair] = (),
    megabytes: int = MEGABYTES,
) -> Duplicates:
    """The clusters of records that are one document; see find_duplicates_in.

    `sql` is the folder warehouse/duplicates. A table has the columns of model/citation_table.py, and so has a file of
    Parquet, whose rows without a record id are left out. The order of the citations changes nothing. `megabytes` are
    what DuckDB may use; where they are too few, it is done again with more.
    """
    table = citations if isinstance(citations, pa.Table | Path) else citation_table(citations)

    def find(most: int | None) -> Duplicates:
        with limited_database(most) as connection:
            if isinstance(table, Path):
                connection.read_parquet(str(table)).filter("record_id IS NOT NULL").create_view("citations")
            else:
                connection.register("citations", table)
            return find_duplicates_in(connection, "citations", sql, progress, same=same, different=different)

    return with_enough_memory(megabytes, find)


@contextmanager
def limited_database(megabytes: int | None = MEGABYTES) -> Iterator[Connection]:
    """A database in memory that keeps to so much of it and THREADS, and spills to a temporary folder."""
    with scratch_database() as connection, tempfile.TemporaryDirectory() as spill:
        limit_memory(connection, megabytes, Path(spill))
        connection.execute(f"SET threads = {THREADS}")
        yield connection


def find_duplicates_in(
    connection: Connection,
    table: str,
    sql: Path,
    progress: Progress = no_progress,
    *,
    same: Collection[Pair] = (),
    different: Collection[Pair] = (),
) -> Duplicates:
    """The clusters of the records of a table with the columns of a Citation (CITATION_SCHEMA).

    `same` and `different` are pairs of record ids that people judged: stronger than any score and any veto; one that
    names a record that is not there is passed over. Raises ValueError for a table without ids or titles, for an id
    that comes twice, and for judgements that contradict each other.
    """
    offer_records(connection, table, {record for pair in (*same, *different) for record in pair})
    for step, name in enumerate(("fields", "copies", "candidates")):
        progress("reading records", step, 3)
        run_file(connection, sql, name)
    search = Search(connection, sql, progress)
    search.compare_candidates()
    return conclude(search, _numbered(search, same), _numbered(search, different))


def _numbered(search: Search, pairs: Collection[Pair]) -> set[Numbers]:
    """Pairs of ids as pairs of numbers, the smaller first; those that name a record that is not there are left out."""
    if not pairs:
        return set()
    numbers = {record: n for n, record in enumerate(search.ids)}
    known = [(numbers[a], numbers[b]) for a, b in pairs if a in numbers and b in numbers and a != b]
    return {(min(pair), max(pair)) for pair in known}
