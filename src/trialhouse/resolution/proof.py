"""Evidence rows: for each cell, the characters in each document that it was read from."""

from collections.abc import Mapping
from typing import Any

from trialhouse.model.evidence import Evidence
from trialhouse.model.tables import EvidenceRow, RowSet
from trialhouse.resolution.reading import Mention, Reading

COLUMN_OF_FIELD: Mapping[str, str] = {
    "name": "intervention_name",
    "norm": "intervention_norm",
    "background": "is_background",
    "alternative": "is_alternative",
    "duration_weeks": "duration_days",
    "time_frame_weeks": "time_frame_days",
}
"""Columns that have another name than the field of the extraction record that they are made from."""


DAYS_PER_WEEK = 7

IN_WEEKS = frozenset({"duration_weeks", "time_frame_weeks"})
"""Fields of the extraction record in weeks, whose columns are in days."""


def in_column(field: str, value: Any) -> Any:
    """The value of a field of the extraction record as its column holds it: weeks are days there."""
    return value * DAYS_PER_WEEK if field in IN_WEEKS and value is not None else value


def column_of(table: str, field: str) -> str:
    """The column of a table that a field of the extraction record goes into."""
    return "measure_norm" if (table, field) == ("outcomes", "norm") else COLUMN_OF_FIELD.get(field, field)


def evidence_row(
    mention: Mention | Reading, evidence: Evidence, table: str, row_id: str, field: str, *, is_main: bool
) -> EvidenceRow:
    """The evidence of one cell in one document."""
    return EvidenceRow(
        table_name=table,
        row_id=row_id,
        column_name=column_of(table, field),
        document_id=mention.document.document_id,
        locator=evidence.locator,
        span_start=evidence.start,
        span_end=evidence.end,
        quote=evidence.quote,
        extractor=mention.extractor,
        extractor_version=mention.extractor_version,
        rule=evidence.rule,
        confidence=evidence.confidence,
        is_main=is_main,
    )


class Proof:
    """Collects evidence rows; the first document that proves a cell is the one that the cell was taken from."""

    def __init__(self, rows: RowSet) -> None:
        self.rows = rows
        self._proven: set[tuple[str, str, str]] = set()
        self._seen: set[tuple[str, str, str, str, int, int]] = set()

    def add(self, mention: Mention | Reading, evidence: Evidence, table: str, row_id: str, field: str) -> None:
        """Keep one piece of evidence; the same characters for the same cell once."""
        cell = (table, row_id, column_of(table, field))
        place = (*cell, mention.document.document_id, evidence.start, evidence.end)
        if place in self._seen:
            return
        self._seen.add(place)
        self.rows.add(evidence_row(mention, evidence, table, row_id, field, is_main=cell not in self._proven))
        self._proven.add(cell)
