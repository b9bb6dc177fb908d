"""The numbers that were read from one document: what an alert speaks of that it was retracted or corrected."""

from trialhouse.model.tables import OutcomeAnalysisRow, OutcomeMeasurementRow
from trialhouse.quality.concerned import ShownRow
from trialhouse.quality.passages import Reading
from trialhouse.quality.quoted_cells import RAW
from trialhouse.store.connection import Connection

CHECKS = frozenset({"documents/retracted_in_use", "documents/concern_in_use", "documents/corrected_in_use"})
"""The checks that count the numbers of a document."""

MOST = 30
"""Numbers of a document that are shown beside an alert."""

FIGURES = (
    "value", "dispersion_value", "dispersion_low", "dispersion_high", "estimate", "ci_low", "ci_high", "p_value"
)  # fmt: skip
"""The columns of the two tables that hold what a reader would use."""

_MAIN = f"""
FROM evidence
WHERE document_id = ? AND is_main AND table_name IN ('{OutcomeMeasurementRow.NAME}', '{OutcomeAnalysisRow.NAME}')
"""

_NUMBERS = f"""
WITH first_numbers AS (
    SELECT table_name, row_id, min(span_start) AS place {_MAIN}
    GROUP BY ALL ORDER BY place, row_id LIMIT ?
)
SELECT table_name, row_id, measure AS outcome, time_frame, coalesce(arms.label, number.group_title) AS arm,
    against.label AS comparator, number.value, number.value_raw, coalesce(number.unit, compared.unit) AS unit,
    coalesce(number.dispersion_type, compared.dispersion_type) AS dispersion_type, number.dispersion_low,
    coalesce(number.dispersion_value, compared.dispersion_value) AS dispersion_value, number.dispersion_high,
    compared.effect, compared.estimate, compared.ci_low, compared.ci_high, compared.p_value, compared.p_raw
FROM first_numbers
LEFT JOIN outcome_measurements AS number ON table_name = 'outcome_measurements' AND measurement_id = row_id
LEFT JOIN outcome_analyses AS compared ON table_name = 'outcome_analyses' AND analysis_id = row_id
LEFT JOIN outcomes ON outcomes.outcome_id = coalesce(number.outcome_id, compared.outcome_id)
LEFT JOIN arms ON arms.arm_id = coalesce(number.arm_id, compared.arm_id)
LEFT JOIN arms AS against ON against.arm_id = compared.comparator_arm_id
ORDER BY table_name, place, row_id
"""

_READ = f"""
SELECT row_id, column_name, span_start, span_end, quote, locator {_MAIN}
    AND row_id IN (SELECT unnest(?)) AND column_name IN {FIGURES}
ORDER BY span_start, row_id, column_name
"""


def numbers_read_from(connection: Connection, document_id: str, most: int = MOST) -> tuple[list[ShownRow], int]:
    """The first numbers of a document, by table and then in its order, each with what it is of; and how many there
    are.
    """
    ((total,),) = connection.execute(f"SELECT count(DISTINCT (table_name, row_id)) {_MAIN}", [document_id]).fetchall()
    result = connection.execute(_NUMBERS, [document_id, most])
    names = [description[0] for description in result.description or ()][2:]
    rows = [
        ShownRow(
            role="number",
            table_name=table,
            row_id=row_id,
            cells={name: cell for name, cell in zip(names, cells, strict=True) if cell is not None},
        )
        for table, row_id, *cells in result.fetchall()
    ]
    return rows, int(total)


def readings_of_numbers(connection: Connection, document_id: str, rows: list[ShownRow]) -> list[Reading]:
    """What the figures of some numbers of a document were read from."""
    cells = {row.row_id: row.cells for row in rows}
    return [
        Reading(
            document_id, column, cells[row_id].get(column, quote), start, end, quote, locator,
            cells[row_id].get(RAW.get(column, "")), is_blamed=True, row_id=row_id,
        )
        for row_id, column, start, end, quote, locator in connection.execute(
            _READ, [document_id, list(cells)]
        ).fetchall()
    ]  # fmt: skip
