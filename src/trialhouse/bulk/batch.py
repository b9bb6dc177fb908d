"""What a parser of bulk citations gives: the rows of some thousand records as Arrow tables, and what was odd."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from trialhouse.bulk.places import places
from trialhouse.bulk.tables import SCHEMAS, TABLES, CitationPart
from trialhouse.bulk.words import column_of

DELETED = "deleted_citations"

Rows = dict[str, list[Any]]
"""By the name of a table the values of its rows, one row after the other, each with the table's columns in order; those
of `COUNTED` are left out.

A row is no object of its own: a batch has two hundred thousand of them."""

_OF_RECORD = CitationPart.KEY[:2]
COUNTED = {
    table.name: CitationPart.KEY if table.key == CitationPart.KEY else _OF_RECORD
    for table in TABLES
    if table.name != DELETED
}
"""The first columns of each table of what is in records: PMID, version and, where it is the whole rest of a row's key,
the row's position. They are made of how many rows each record has, for all records at once."""


class BrokenFile(Exception):
    """A file that is no whole set of citations. The message says what is wrong and where."""


class Problem(NamedTuple):
    """Something odd: a record that was set aside, or a value or element that was left out of a record's rows.

    `content` is what was set aside, where nothing else of the batch holds it; see `shown`.

    `byte_offset` is where the record begins in the unpacked file. Causes: "not_xml", "no_pmid", "book" and
    "too_large" set the record aside; "unknown_element", "repeated_element" and "bad_value" leave a part of it out.
    """

    pmid: int | None
    byte_offset: int
    cause: str
    message: str
    content: str | None = None


LONGEST_SHOWN = 1 << 16
"""Characters of a record that are kept of it in quarantine."""


def shown(data: bytes) -> str:
    """Bytes as people read them: the start of what is very long, and for what is no UTF-8 the replacement character."""
    return data[:LONGEST_SHOWN].decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some thousand citations: `tables` has every table, `raw` has a (pmid, version, bytes) for each row of citations.

    The bytes are those of the record without its reference list. A version of a record is in a batch at most once.
    """

    tables: dict[str, pa.Table]
    problems: tuple[Problem, ...]
    raw: tuple[tuple[int, int, bytes], ...]

    @property
    def deleted(self) -> list[int]:
        """The PubMed ids that the file takes back."""
        pmids: list[int] = self.tables[DELETED]["pmid"].to_pylist()
        return pmids

    def __len__(self) -> int:
        return len(self.raw)


@dataclass(slots=True)
class Rest:
    """What stands between the records of a file: deletions (pmid, version), and problems."""

    deleted: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def rows_table(name: str, values: Sequence[Any], keys: Sequence[pa.Array], ends: Sequence[int]) -> pa.Table:
    """The rows of some records (`Rows`) as a table.

    `keys` are PMIDs and versions of the records; `ends` has 0, and how many values there are up to each record's end.
    """
    schema = SCHEMAS[name]
    if not values:
        return schema.empty_table()
    counted = COUNTED[name]
    said = list(schema)[len(counted) :]
    offsets = pc.divide(column_of(ends, pa.int64()), len(said)).cast(pa.int32())
    parents, positions = places(offsets)
    columns = [*(key.take(parents) for key in keys), positions][: len(counted)]
    columns += [column_of(values[at :: len(said)], column.type) for at, column in enumerate(said)]
    return pa.Table.from_arrays(columns, schema=schema)


def deleted_table(deleted: Sequence[tuple[int, int]]) -> pa.Table:
    """Deletions (pmid, version) as a table, each once."""
    columns = zip(*dict.fromkeys(deleted), strict=True) if deleted else ((), ())
    return pa.Table.from_arrays([column_of(one, pa.int64()) for one in columns], schema=SCHEMAS[DELETED])
