"""The quotes that cells were read from, of rows that a release has and of those that were set aside."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from trialhouse.model.tables import QuarantineRow
from trialhouse.quality.concerned import Cells, ShownRow
from trialhouse.quality.passages import Passage, Piece, Reading, passages_of
from trialhouse.quality.row_names import row_id_of
from trialhouse.store.connection import Connection

RAW = {"value": "value_raw", "p_value": "p_raw", "dose_value": "dose_raw"}
"""Columns that keep a value as written."""


def readings_of(
    connection: Connection, rows: Sequence[ShownRow], columns: frozenset[str], named: frozenset[float]
) -> list[Reading]:
    """What the cells of the rows were read from; of numbers of the same outcome, those that the alert names."""
    failing = [row for row in rows if row.role == "failing"]
    found = []
    for row in rows:
        if row.table_name == "conflicts" or (row.role == "of_same" and not _is_meant(row, failing, named)):
            continue
        query = (
            "SELECT document_id, column_name, span_start, span_end, quote, locator FROM evidence "
            "WHERE table_name = ? AND row_id = ? ORDER BY is_main DESC, document_id, span_start, column_name"
        )
        for cells in connection.execute(query, [row.table_name, row.row_id]).fetchall():
            if row.role != "of_same" or cells[1] == "value":
                found.append(_reading(row, cells, columns))
    return [reading for reading in found if reading is not None]


def _is_meant(row: ShownRow, failing: Sequence[ShownRow], named: frozenset[float]) -> bool:
    """Whether a number is among those that the alert names, and of an arm of a failing row where that has any."""
    arms = {one.cells.get(name) for one in failing for name in ("arm_id", "comparator_arm_id")} - {None}
    value = row.cells.get("value")
    return value is not None and float(value) in named and (not arms or row.cells.get("arm_id") in arms)


def _reading(row: ShownRow, cells: Sequence[Any], columns: frozenset[str]) -> Reading | None:
    document_id, column, start, end, quote, locator = cells
    is_blamed = not columns or column in columns
    # Of a row that only stands beside the failing one, what the message does not speak of is not of interest.
    if row.role == "other" and not (columns and column in columns):
        return None
    value, raw = row.cells.get(column), row.cells.get(RAW.get(column, ""))
    said = quote if value is None else value
    return Reading(document_id, column, said, start, end, quote, locator, raw, is_blamed, row.row_id)


def cells_set_aside(one: QuarantineRow) -> Cells:
    """The cells of a row that was set aside, or of one that lost a cell; empty where it is no row of a table."""
    for part in json.loads(one.content or "[]"):
        if part["table_name"] == one.table_name and (
            one.column_name or row_id_of(part["table_name"], part["row"]) == one.row_id
        ):
            return {name: value for name, value in part["row"].items() if value not in (None, [])}
    return {}


def readings_set_aside(
    quarantined: Sequence[QuarantineRow], rows: Sequence[ShownRow], columns: frozenset[str]
) -> list[Reading]:
    """What was set aside of evidence, with the cells that it spoke of."""
    found = []
    for one in quarantined:
        cells = next((row.cells for row in rows if row.row_id == one.row_id), {}) | cells_set_aside(one)
        row = ShownRow(role="set_aside", table_name=str(one.table_name), row_id=str(one.row_id), cells=cells)
        for part in json.loads(one.content or "[]"):
            said = part["row"]
            if part["table_name"] == "evidence" and said["row_id"] == one.row_id:
                names = ("document_id", "column_name", "span_start", "span_end", "quote", "locator")
                found.append(_reading(row, [said.get(name) for name in names], columns))
    return [reading for reading in found if reading is not None]


class Texts:
    """The texts of documents: as a release holds them, and else as `landed` has those of a SHA-256.

    Of a text that the release may not hold, the sentence of a quote is read where it was received, and no more.
    """

    def __init__(self, connection: Connection, landed: Callable[[str], str | None]) -> None:
        self._connection = connection
        self._landed = landed
        self._known: dict[str, list[Piece]] = {}

    def pieces(self, document_id: str) -> list[Piece]:
        """What there is of the text of a document."""
        if document_id not in self._known:
            self._known[document_id] = self._read(document_id)
        return self._known[document_id]

    def _read(self, document_id: str) -> list[Piece]:
        query = (
            "SELECT span_start, span_end, text, is_whole FROM document_texts WHERE document_id = ? ORDER BY span_start"
        )
        found = self._connection.execute(query, [document_id]).fetchall()
        names = ("start", "end", "text", "is_whole")
        pieces = [Piece(**dict(zip(names, cells, strict=True))) for cells in found]
        if not pieces or any(piece.is_whole for piece in pieces):
            return pieces
        ((sha256,),) = self._connection.execute(
            "SELECT sha256 FROM documents WHERE document_id = ?", [document_id]
        ).fetchall()
        text = self._landed(sha256)
        # Offsets count in the text that was read then: one that is read otherwise today is no help.
        if text is None or any(text[piece.start : piece.end] != piece.text for piece in pieces):
            return pieces
        return [Piece(start=0, end=len(text), text=text, is_whole=False)]


def placed(texts: Texts, readings: Iterable[Reading]) -> list[Passage]:
    """The passages of readings, document by document."""
    groups: dict[str, dict[Reading, None]] = {}
    for reading in readings:
        groups.setdefault(reading.document_id, {})[reading] = None
    return [
        passage
        for document_id, members in groups.items()
        for passage in passages_of(members, texts.pieces(document_id))
    ]
