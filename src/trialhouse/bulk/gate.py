"""The gate of a batch: one statement finds the rows to set aside, others the citations that may report a trial."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from trialhouse.bulk.batch import DELETED, Problem
from trialhouse.bulk.store_tables import QuarantinedRow, TrialReportRow
from trialhouse.bulk.tables import ROW_CLASSES, CitationPart, CitationRow
from trialhouse.model.identifiers import REGISTRY_FORMS, find_registry_ids, normalise_registry_id
from trialhouse.model.ids import sha256_hex
from trialhouse.model.tables import table_of
from trialhouse.store.connection import Connection, scratch_database
from trialhouse.store.insert import arrow_schema
from trialhouse.store.sql_files import read_sql_file

MESSAGES = {
    "no_key": "it does not say which record, or which place in it",
    "repeated_key": "the same place of the same record came before",
    "empty_row": "it says nothing",
}

QUARANTINE = pa.schema([field for field in arrow_schema(table_of(QuarantinedRow)) if field.name != "file_id"])
KEYS = pa.schema([("pmid", pa.int64()), ("version", pa.int64())])
REPORTS = arrow_schema(table_of(TrialReportRow))

ALMOST_AN_ID = re.compile(
    rf"(?<![a-z])(?:{'|'.join(sorted({form.literal for form in REGISTRY_FORMS if form.literal.isalpha()}))})"
    r"[\s:#/-]{0,3}[0-9]{4}",
    re.I,
)
"""The name of a registry and the start of a number: with a slip in its digits it still says that there is a trial."""

Key = tuple[int, int]
"""PMID and version."""


@dataclass(frozen=True)
class Sifted:
    """A batch after the gate: rows that stay, rows of quarantine, how many citations are among these, trial reports."""

    tables: dict[str, pa.Table]
    refused: list[dict[str, Any]]
    citations_refused: int
    reports: pa.Table


class Gate:
    """The statements on a connection of their own; made by `gate`."""

    def __init__(self, connection: Connection, sql: Path) -> None:
        self._connection = connection
        self._gates, self._hints, self._filter = statements(sql)

    def sift(self, tables: Mapping[str, pa.Table]) -> Sifted:
        """Set rows aside, and find the trial reports among those that stay."""
        self._register(tables)
        bad: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for name, row_no, pmid, version, position, cause in self._rows_to_set_aside(tables):
            place = f"{name} of PMID {pmid}, version {version}" + (f", position {position}" if position else "")
            told = {"place": place, "pmid": pmid, "version": version, "table_name": name}
            told |= {"position": position, "cause": cause}
            bad[name].setdefault(row_no - 1, told | _said(tables[name], row_no - 1, cause))
        kept, refused = dict(tables), [row for name in sorted(bad) for _, row in sorted(bad[name].items())]
        for name, rows in bad.items():
            kept[name] = _without_rows(tables[name], rows)
        if "citations" in bad:
            gone = {(row["pmid"], row["version"]) for row in bad["citations"].values()}
            # A citation that came twice stays once, with the rows that all of its kind share.
            gone -= set(keys_of(kept["citations"]))
            kept = without_records(kept, gone)
        if bad:
            self._register(kept)
        self._register({"named_registry_ids": self._registered()})
        found = self._connection.sql(self._filter).to_arrow_table().cast(REPORTS)
        for name in (*tables, "named_registry_ids"):
            # The connection would hold the batch until the next one comes.
            self._connection.unregister(name)
        return Sifted(kept, refused, len(bad.get("citations", ())), found)

    def _rows_to_set_aside(self, tables: Mapping[str, pa.Table]) -> list[tuple[Any, ...]]:
        """Table, row, PMID, version, position and cause; tables without rows are not asked, which costs as much."""
        asked = [self._gates[name] for name, table in tables.items() if name in self._gates and table.num_rows]
        return self._connection.execute("\nUNION ALL\n".join(asked)).fetchall() if asked else []

    def _registered(self) -> pa.Table:
        """The citations that name an id of a registry: what an accession number is alone, or a text holds."""
        hinted = self._connection.execute(self._hints, {"hints": registry_hints()}).fetchall()
        found = {
            (pmid, version)
            for pmid, version, said, is_alone in hinted
            if (is_alone and normalise_registry_id(said)) or find_registry_ids(said) or ALMOST_AN_ID.search(said)
        }
        return pa.Table.from_pylist([dict(zip(("pmid", "version"), key, strict=True)) for key in sorted(found)], KEYS)

    def _register(self, tables: Mapping[str, pa.Table]) -> None:
        for name, table in tables.items():
            self._connection.register(name, table)


@contextmanager
def gate(sql: Path) -> Iterator[Gate]:
    """A gate by the statements of a folder."""
    with scratch_database() as connection:
        # Workers are many, one a core.
        connection.execute("SET threads = 1")
        yield Gate(connection, sql)


def gate_version(sql: Path) -> str:
    """What tells one version of the statements from another."""
    forms = (form.pattern.pattern for form in REGISTRY_FORMS)
    gates, *others = statements(sql)
    return sha256_hex("\n".join([*gates.values(), *others, *forms]).encode())[:12]


def registry_hints() -> str:
    """The pattern of what stands in every id of a registry: one of the literals of their forms, and a digit soon after.

    A text without it, as nearly all are, is looked at no further.
    """
    literals: dict[int, set[str]] = defaultdict(set)
    for form in REGISTRY_FORMS:
        literals[form.farthest].add(re.escape(form.literal))
    hints = (rf"(?:{'|'.join(sorted(near))}).{{0,{far}}}?[0-9]" for far, near in sorted(literals.items()))
    return rf"(?is)(?:{'|'.join(hints)})"


def statements(sql: Path) -> tuple[dict[str, str], str, str]:
    """The statements that find rows to set aside, by their table; texts that may name a registry id; trial reports."""
    citations, rows, hints, trial_filter = (
        read_sql_file(sql / f"{name}.sql", sql).sql
        for name in ("gate_citations", "gate_rows", "registry_hints", "trial_filter")
    )
    parts = [row_class for row_class in ROW_CLASSES if issubclass(row_class, CitationPart) and row_class.SAYS]
    return {CitationRow.NAME: citations} | {part.NAME: _of_table(rows, part) for part in parts}, hints, trial_filter


def _of_table(template: str, part: type[CitationPart]) -> str:
    """The statement of one table, by its declaration."""
    place = [column for column in part.KEY if column not in CitationRow.KEY]
    return template.format(
        table=part.NAME,
        is_place=" AND ".join(f"{column} {'>=' if column in part.FROM_NOUGHT else '>'} 0" for column in part.KEY),
        place=", ".join(place),
        place_before=", ".join(f"lag({column}) OVER ()" for column in place),
        says_nothing=" AND ".join(f"{column} IS NULL" for column in part.SAYS),
    )


def keys_of(table: pa.Table) -> list[Key]:
    """PMID and version of each row."""
    return list(zip(table["pmid"].to_pylist(), table["version"].to_pylist(), strict=True))


def without(table: pa.Table, keys: Collection[Key]) -> pa.Table:
    """A table without the rows of some records."""
    return table.filter(pa.array([key not in keys for key in keys_of(table)], pa.bool_())) if keys else table


def without_records(tables: Mapping[str, pa.Table], keys: Collection[Key]) -> dict[str, pa.Table]:
    """The tables of a batch without some records; what the file deletes stays."""
    return {name: table if name == DELETED else without(table, keys) for name, table in tables.items()}


def of_problem(problem: Problem) -> dict[str, Any]:
    """The row of quarantine of what a parser told."""
    return {
        "place": None if problem.byte_offset is None else f"byte {problem.byte_offset}",
        "pmid": problem.pmid,
        "table_name": "citations",
        "cause": problem.cause,
        "message": problem.message,
        "content": problem.content,
    }


def quarantine_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of quarantine, numbered from 1."""
    return pa.Table.from_pylist([{**row, "number": number} for number, row in enumerate(rows, start=1)], QUARANTINE)


def _said(table: pa.Table, row: int, cause: str) -> dict[str, str]:
    content = json.dumps(table.slice(row, 1).to_pylist()[0], ensure_ascii=False, default=str)
    return {"message": MESSAGES[cause], "content": content}


def _without_rows(table: pa.Table, rows: Collection[int]) -> pa.Table:
    numbers = pa.array(range(table.num_rows), pa.int64())
    return table.filter(pc.invert(pc.is_in(numbers, pa.array(sorted(rows), pa.int64()))))
