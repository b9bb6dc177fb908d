"""The sentences beside what fails: a waiver is given for them as much as for the values."""

from collections.abc import Mapping

from trialhouse.quality.row_names import CONFLICTS, row_names_sql
from trialhouse.store.connection import Connection

Quotes = Mapping[tuple[str, int], tuple[str, ...]]
"""The quotes of a failing row, by its check and number."""

_QUOTES = f"""
WITH asked AS (
    SELECT failing_rows.* FROM dq.failing_rows JOIN dq.checks USING (check_id) WHERE severity <> 'info'
),
disagreements AS (
    SELECT *, unnest([{", ".join(row_names_sql(CONFLICTS))}]) AS conflict_id FROM conflicts
),
said AS (
    SELECT check_id, row_number, quote, evidence.column_name = asked.column_name AS is_of_column
    FROM asked JOIN evidence USING (table_name, row_id)
    UNION ALL
    SELECT check_id, row_number, other_quote, true
    FROM asked JOIN disagreements ON asked.table_name = 'conflicts' AND asked.row_id = conflict_id
    WHERE other_quote IS NOT NULL
    UNION ALL
    SELECT check_id, row_number, quote, true
    FROM asked JOIN disagreements ON asked.table_name = 'conflicts' AND asked.row_id = conflict_id
    JOIN evidence ON evidence.table_name = disagreements.table_name AND evidence.row_id = disagreements.row_id
        AND evidence.column_name = disagreements.column_name
),
chosen AS (
    SELECT check_id, row_number, quote, is_of_column, bool_or(is_of_column) OVER (PARTITION BY check_id, row_number)
        AS has_column
    FROM said
)
SELECT check_id, row_number, list(DISTINCT quote ORDER BY quote)
FROM chosen
WHERE is_of_column OR has_column IS NOT TRUE
GROUP BY ALL
"""


def quotes_of(connection: Connection) -> Quotes:
    """The quotes of the failing rows of a build whose dq.checks and dq.failing_rows are written.

    They are those of the row's column that fails, or else of the whole row; of a conflict, those of both sides.
    """
    found = connection.execute(_QUOTES).fetchall()
    return {(check_id, number): tuple(quotes) for check_id, number, quotes in found}
