"""The rows that an alert is about: the one that fails, and those that a reviewer has to see beside it."""

from collections.abc import Iterator, Sequence
from typing import Any

from trialhouse.model.record import Record
from trialhouse.model.tables import AlertRow, Table
from trialhouse.quality.row_names import TABLE_OF, row_id_of, row_id_sql, row_names_sql
from trialhouse.store.connection import Connection
from trialhouse.store.schema import history_name

MOST_ROWS = 12
"""Rows of one kind that are shown at most; how many there are is said."""

Cells = dict[str, Any]
"""A row: its columns by name."""

_BESIDE: dict[str, tuple[str, ...]] = {
    "trials": ("enrollment", "enrollment_type", "intervention_model", "allocation_ratio"),
    "arms": ("label", "arm_type", "factor", "n_randomized", "n_analyzed"),
    "outcomes": ("measure", "outcome_type", "time_frame", "population", "subgroup"),
    "arm_interventions": ("intervention_name", "dose_value", "dose_unit", "route", "frequency"),
}
"""What is shown of a row that the failing one refers to; of other tables all."""


class ShownRow(Record):
    """A row beside an alert: `cells` without nulls and empty lists; `role` is failing, other, of_same, gone or number.

    An `other` one is referred to by a failing row, one `of_same` belongs to the same outcome; a `gone` one is as it
    last was; a `number` is one that was read from the failing document, with what it is of.
    """

    role: str
    table_name: str
    row_id: str
    cells: Cells


class Concerned(Record):
    """Rows beside an alert, and how many failing ones there are if not all are shown."""

    rows: tuple[ShownRow, ...]
    failing: int


def rows_concerned(connection: Connection, alert: AlertRow) -> Concerned:
    """The rows of an alert in the release, the connection's default database."""
    table = TABLE_OF.get(alert.table_name)
    if table is None:
        return Concerned(rows=(), failing=0)
    failing, number = _failing(connection, table, alert)
    shown = [*failing, *_of_conflict(connection, failing)]
    seen = {(row.table_name, row.row_id) for row in shown}
    for row in [*_others(connection, shown), *_of_same_outcome(connection, shown)]:
        if (row.table_name, row.row_id) not in seen:
            seen.add((row.table_name, row.row_id))
            shown.append(row)
    return Concerned(rows=tuple(shown), failing=number)


def _failing(connection: Connection, table: Table, alert: AlertRow) -> tuple[list[ShownRow], int]:
    """The failing row by its id; else as it last was; else the rows of the table that have that id in a column, or
    those of the alert's trial or document where no row is named.
    """
    names = {column.name for column in table.columns}
    if alert.row_id is not None:
        found = _rows(connection, table, _is_named(table), [alert.row_id], "failing")
        if not found[0] and table.has_history:
            found = _last(connection, table, alert.row_id)
        if found[0]:
            return found
    ids = [(name, alert.row_id) for name in ("trial_id", "outcome_id", "arm_id", "document_id")]
    if alert.row_id is None:
        ids = [("trial_id", alert.trial_id), ("document_id", alert.document_id)]
    for name, value in ids:
        if value is not None and name in names:
            found = _rows(connection, table, f"{name} = ?", [value], "failing")
            if found[0]:
                return found
    return [], 0


def _last(connection: Connection, table: Table, row_id: str) -> tuple[list[ShownRow], int]:
    """A row that is gone, as it was last."""
    columns = ", ".join(column.name for column in table.columns)
    query = (
        f"SELECT {columns} FROM {history_name(table)} WHERE {_is_named(table)} ORDER BY until_release_no DESC LIMIT 1"
    )
    return _shown(connection, table, query, [row_id], "gone"), 1


def _is_named(table: Table) -> str:
    """SQL for the rows that a check calls by a name."""
    return f"? IN ({', '.join(row_names_sql(table))})"


def _rows(
    connection: Connection, table: Table, where: str, values: Sequence[object], role: str
) -> tuple[list[ShownRow], int]:
    """The first rows that fulfil a condition, and how many do."""
    columns = ", ".join(column.name for column in table.columns)
    ((number,),) = connection.execute(f"SELECT count(*) FROM {table.qualified_name} WHERE {where}", values).fetchall()
    query = (
        f"SELECT {columns} FROM {table.qualified_name} WHERE {where} ORDER BY {', '.join(table.key)} LIMIT {MOST_ROWS}"
    )
    return (_shown(connection, table, query, values, role) if number else []), int(number)


def _shown(connection: Connection, table: Table, query: str, values: Sequence[object], role: str) -> list[ShownRow]:
    names = [column.name for column in table.columns]
    found = [dict(zip(names, row, strict=True)) for row in connection.execute(query, values).fetchall()]
    return [
        ShownRow(
            role=role,
            table_name=table.qualified_name,
            row_id=row_id_of(table.qualified_name, cells),
            cells=_said(cells),
        )
        for cells in found
    ]


def _said(cells: Cells) -> Cells:
    return {name: value for name, value in cells.items() if value is not None and value not in ([], ())}


def _of_conflict(connection: Connection, rows: Sequence[ShownRow]) -> Iterator[ShownRow]:
    """The rows whose cells are in conflict."""
    for row in rows:
        table = TABLE_OF.get(row.cells["table_name"]) if row.table_name == "conflicts" else None
        if table is not None:
            yield from _rows(connection, table, f"{row_id_sql(table)} = ?", [row.cells["row_id"]], "other")[0]


def _others(connection: Connection, rows: Sequence[ShownRow]) -> Iterator[ShownRow]:
    """The rows that these refer to, as far up as they do, each with what tells one from another."""
    waiting = list(rows)
    while waiting:
        row = waiting.pop(0)
        table = TABLE_OF[row.table_name]
        for column, target in table.references:
            parent, _, key = target.rpartition(".")
            if parent in _BESIDE and row.cells.get(column) is not None:
                for found in _rows(connection, TABLE_OF[parent], f"{key} = ?", [row.cells[column]], "other")[0]:
                    waiting.append(found)
                    yield _shortened(found)


def _shortened(row: ShownRow) -> ShownRow:
    names = _BESIDE[row.table_name]
    return row.model_copy(update={"cells": {name: row.cells[name] for name in names if name in row.cells}})


def _of_same_outcome(connection: Connection, rows: Sequence[ShownRow]) -> Iterator[ShownRow]:
    """The numbers of the same outcome, where one number of it fails."""
    for row in rows:
        if row.role == "failing" and row.table_name in ("outcome_measurements", "outcome_analyses"):
            table = TABLE_OF["outcome_measurements"]
            yield from _rows(connection, table, "outcome_id = ?", [row.cells["outcome_id"]], "of_same")[0]
