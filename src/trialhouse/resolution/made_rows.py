"""The rows that were made of each unit, kept in a file, so that what did not change is not made again.

The file is a cache: it may be deleted at any time. A unit's rows are written with its name in one transaction, so that
a death leaves units that are there and units that are not, and none in part.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    CandidateRow,
    ConflictRow,
    DocumentRow,
    DocumentTextRow,
    DoubtfulPairRow,
    EvidenceRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    Row,
    RowSet,
    Table,
    TrialDocumentRow,
    TrialRegistrationRow,
    TrialRow,
    table_of,
)
from trialhouse.resolution.languages import KIND
from trialhouse.store.connection import Connection, attach_to_write, transaction
from trialhouse.store.insert import arrow_table

MADE = "made"
"""The name under which the file is attached."""

TABLES: dict[type[Row], Table] = {
    row_class: table_of(row_class)
    for row_class in (
        TrialRow,
        TrialRegistrationRow,
        ArmRow,
        ArmInterventionRow,
        OutcomeRow,
        OutcomeMeasurementRow,
        OutcomeAnalysisRow,
        DocumentRow,
        DocumentTextRow,
        TrialDocumentRow,
        EvidenceRow,
        CandidateRow,
        ConflictRow,
        DoubtfulPairRow,
    )
}
"""The tables that units have rows of."""

SHARED = frozenset({CandidateRow})
"""Those of which two units may have the same row: two trials of one page, or a trial and a document of it."""


STRETCH = 250_000
"""So many rows are sorted at once: what a sort holds of each part that it wrote to the disk grows with their number."""

_ONE_OF = 256
"""One row of so many tells where the stretches begin."""


class UnitKind(StrEnum):
    """What a unit is about: one trial, one document, or the stretches of a document's text that are quoted."""

    TRIAL = "trial"
    DOCUMENT = "document"
    TEXT = "text"


WANTED = pa.schema([("kind", pa.string()), ("subject", pa.string()), ("name", pa.string())])
"""The columns of a table of units: the kind, the id of what it is about, and the name of all that it is made of."""


Missing = tuple[str, str, str]
"""A unit that is to be made: its kind, subject and name."""


@dataclass(frozen=True)
class MadeUnit:
    """A unit with its rows. Of a trial `from_nothing` says that no arm or outcome of it was published before, and
    `is_settled` that it comes out the same once these of its own are.
    """

    kind: UnitKind
    subject: str
    name: str
    rows: RowSet
    from_nothing: bool = True
    is_settled: bool = True


@contextmanager
def made_rows(connection: Connection, path: Path) -> Iterator["MadeRows"]:
    """The file of made rows, attached to a connection; made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    attach_to_write(connection, path, MADE)
    try:
        with transaction(connection):
            connection.execute(_schema_sql())
        yield MadeRows(connection)
    finally:
        connection.execute(f"DETACH {MADE}")


class MadeRows:
    """The rows of units, in the file that is attached to a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_only(self, wanted: str, kinds: Sequence[UnitKind], published: str | None = None) -> list[Missing]:
        """Forget the units of some kinds that are not wanted. Returns those that are missing.

        `wanted` is a relation with the columns of WANTED. `published` is the database with the arms and outcomes that
        ids are kept from, None where there are none: a trial that had others when it was made is made again.
        """
        run = self._connection.execute
        of_kinds = f"kind IN ({', '.join(repr(kind.value) for kind in kinds)})"
        run(
            f"CREATE OR REPLACE TEMP TABLE stale AS SELECT unit_no FROM {MADE}.units AS made WHERE {of_kinds} AND ("
            f"NOT EXISTS (FROM {wanted} AS w WHERE w.kind = made.kind AND w.subject = made.subject "
            f"AND w.name = made.name) OR unit_no IN ({_redesigned(published)}))"
        )
        if run("SELECT count(*) FROM stale").fetchall()[0][0]:
            with transaction(self._connection):
                for name in ("units", *(table.name for table in TABLES.values())):
                    run(f"DELETE FROM {MADE}.{name} WHERE unit_no IN (FROM stale)")
        run("DROP TABLE stale")
        missing = f"FROM {wanted} ANTI JOIN {MADE}.units USING (kind, subject, name) ORDER BY ALL"
        found: list[Missing] = run(f"SELECT kind, subject, name {missing}").fetchall()
        return found

    def add(self, units: Sequence[MadeUnit]) -> None:
        """Keep the rows of units."""
        first = self._connection.execute(f"SELECT coalesce(max(unit_no), 0) + 1 FROM {MADE}.units").fetchall()[0][0]
        with transaction(self._connection):
            for row_class, table in TABLES.items():
                owned = [(number, row) for number, unit in enumerate(units, first) for row in unit.rows.of(row_class)]
                if owned:
                    rows = arrow_table(table, [row for _, row in owned])
                    numbers = pa.array([number for number, _ in owned], pa.int64())
                    self._insert(table.name, rows.append_column("unit_no", numbers))
            told = [
                {
                    "unit_no": number,
                    "kind": unit.kind.value,
                    "subject": unit.subject,
                    "name": unit.name,
                    "from_nothing": unit.from_nothing,
                    "is_settled": unit.is_settled,
                }
                for number, unit in enumerate(units, first)
            ]
            self._insert("units", pa.Table.from_pylist(told))

    def spans(self, document_ids: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        """The stretches of these documents that rows quote."""
        self._connection.register("asked", pa.table({"document_id": pa.array(document_ids, pa.string())}))
        query = (
            f"SELECT DISTINCT document_id, span_start, span_end FROM ({_QUOTES}) SEMI JOIN asked USING (document_id)"
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for document_id, start, end in self._connection.execute(query).fetchall():
            found.setdefault(document_id, []).append((start, end))
        self._connection.unregister("asked")
        return found

    def copy(self) -> None:
        """Insert all rows into the default database, each table in the order of its key."""
        with transaction(self._connection):
            for row_class, table in TABLES.items():
                columns = ", ".join(column.name for column in table.columns)
                each = "DISTINCT " if row_class in SHARED else ""
                for where, values in self._stretches(table):
                    self._connection.execute(
                        f"INSERT INTO {table.name} ({columns}) SELECT {each}{columns} FROM {MADE}.{table.name} "
                        f"WHERE {where} ORDER BY {', '.join(table.key)}",
                        values,
                    )

    def _stretches(self, table: Table) -> list[tuple[str, dict[str, object]]]:
        """Conditions with their values, each true of about STRETCH rows of a table, in the order of its key."""
        count = self._connection.execute(f"SELECT count(*) FROM {MADE}.{table.name}").fetchall()[0][0]
        parts = -(-count // STRETCH)
        names = table.key[:2]  # millions of rows may have the first alone; neither is ever null
        some: list[tuple[object, ...]] = []
        if parts > 1:
            keys = ", ".join(names)
            query = f"SELECT {keys} FROM {MADE}.{table.name} WHERE hash({keys}) % {_ONE_OF} = 0 ORDER BY ALL"
            some = self._connection.execute(query).fetchall()
        begins = dict.fromkeys(some[len(some) * part // parts] for part in range(1, parts) if some)
        return [_between(names, begin, end) for begin, end in pairwise([None, *begins, None])]

    def _insert(self, name: str, rows: pa.Table) -> None:
        self._connection.register("incoming", rows)
        self._connection.execute(f"INSERT INTO {MADE}.{name} BY NAME FROM incoming")
        self._connection.unregister("incoming")


def _between(
    names: Sequence[str], begin: tuple[object, ...] | None, end: tuple[object, ...] | None
) -> tuple[str, dict[str, object]]:
    """The condition that the columns of these names are from one place in their order on and before another one, with
    its values; None is no bound.
    """
    parts, values = ["true"], dict[str, object]()
    for side, place, said in (("begin", begin, ""), ("end", end, "NOT ")):
        if place is not None:
            parts.append(f"{said}({_is_from(names, side)})")
            values |= {f"{side}_{name}": value for name, value in zip(names, place, strict=True)}
    return " AND ".join(parts), values


def _is_from(names: Sequence[str], side: str) -> str:
    """The condition that columns are from the place on whose values have these names and that of a side."""
    first, *others = names
    if not others:
        return f"{first} >= ${side}_{first}"
    return f"{first} > ${side}_{first} OR ({first} = ${side}_{first} AND {_is_from(others, side)})"


_QUOTES = f"""
SELECT document_id, span_start, span_end FROM {MADE}.evidence
UNION ALL
SELECT document_id, span_start, span_end FROM {MADE}.candidates WHERE kind = '{KIND}'
UNION ALL
SELECT other_document_id, other_span_start, other_span_end FROM {MADE}.conflicts
WHERE other_span_start IS NOT NULL AND other_span_end IS NOT NULL
"""
"""The stretches that are shown of texts that may not be passed on whole."""

QUOTED = f"""
SELECT document_id, concat(count(*), ' ', sum(md5_number_lower(concat(span_start, '-', span_end)))) AS quoted
FROM ({_QUOTES}) GROUP BY document_id
"""
"""For each document that is quoted a name of all its stretches."""


def _schema_sql() -> str:
    """The tables as they are declared, each with the number of the unit that a row is of."""
    tables = [
        f"CREATE TABLE IF NOT EXISTS {MADE}.{table.name} "
        f"({', '.join(f'{column.name} {column.sql_type}' for column in table.columns)}, unit_no BIGINT);"
        for table in TABLES.values()
    ]
    return (
        f"CREATE TABLE IF NOT EXISTS {MADE}.units (unit_no BIGINT, kind VARCHAR, subject VARCHAR, name VARCHAR, "
        f"from_nothing BOOLEAN, is_settled BOOLEAN); {' '.join(tables)}"
    )


def _redesigned(published: str | None) -> str:
    """The units of trials that were made beside other arms and outcomes than those that are published."""
    if published is None:
        return f"SELECT unit_no FROM {MADE}.units WHERE kind = '{UnitKind.TRIAL}' AND NOT from_nothing"
    return (
        f"SELECT unit_no FROM {MADE}.units LEFT JOIN ({_designs(MADE)}) AS own ON own.trial_id = subject "
        f"LEFT JOIN ({_designs(published)}) AS before ON before.trial_id = subject "
        f"WHERE kind = '{UnitKind.TRIAL}' AND NOT (from_nothing AND before.trial_id IS NULL) "
        "AND NOT (is_settled AND own.designs IS NOT DISTINCT FROM before.designs)"
    )


def _designs(database: str) -> str:
    """For each trial its arms, interventions and outcomes in one value, by hashes that are kept nowhere."""
    own = " UNION ALL ".join(
        f"SELECT one.trial_id, {_hash(table)} AS hashed FROM {database}.{table.name} AS one"
        for table in (TABLES[ArmRow], TABLES[OutcomeRow])
    )
    given = TABLES[ArmInterventionRow]
    of_arms = (
        f"SELECT arm.trial_id, {_hash(given)} FROM {database}.{given.name} AS one "
        f"JOIN {database}.arms AS arm USING (arm_id)"
    )
    parts = f"{own} UNION ALL {of_arms}"
    return f"SELECT trial_id, {{'rows': count(*), 'hashed': sum(hashed)}} AS designs FROM ({parts}) GROUP BY trial_id"


def _hash(table: Table) -> str:
    return f"hash('{table.name}', {', '.join(f'one.{column.name}' for column in table.columns)})"
