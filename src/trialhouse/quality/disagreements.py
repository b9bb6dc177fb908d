"""Both sides of a disagreement: what was kept and what was not, each with the words that it was read from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialhouse.model.record import Record
from trialhouse.model.tables import AlertRow, ConflictRow
from trialhouse.quality.concerned import ShownRow
from trialhouse.quality.passages import Passage, Reading, modifier_before
from trialhouse.quality.quoted_cells import Texts, placed
from trialhouse.quality.row_names import CONFLICTS, row_id_sql
from trialhouse.store.connection import Connection
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted


class Side(Record):
    """What one document says of a cell: the value as text, and the words that it was read from.

    `modifier` is what these say before the value where it is a bound: "<" of P<.001.
    """

    value: str
    modifier: str = ""
    document_id: str
    passages: tuple[Passage, ...]


class Disagreement(Record):
    """Two documents, or two texts of one, that say different things about one cell: what was kept and what was not."""

    table_name: str
    row_id: str
    column_name: str
    rule: str
    kept: Side
    other: Side


def conflicts_of(
    connection: Connection, alert: AlertRow, rows: Sequence[ShownRow], columns: frozenset[str]
) -> list[ConflictRow]:
    """The conflict that the alert is of, or else those of the cells of interest."""
    if alert.table_name == "conflicts":
        keys = [row.row_id for row in rows if row.table_name == "conflicts"]
        return read_rows(connection, ConflictRow, one_of(row_id_sql(CONFLICTS), keys)) if keys else []
    ids = {row.row_id for row in rows if row.role != "of_same"}
    if not ids:
        return []
    found = read_rows(connection, ConflictRow, one_of("row_id", ids))
    return [conflict for conflict in found if not columns or conflict.column_name in columns]


def disagreement_of(connection: Connection, texts: Texts, conflict: ConflictRow) -> Disagreement:
    """A conflict with the words of both sides, as far as the release holds them."""
    where = {name: getattr(conflict, name) for name in ("table_name", "row_id", "column_name")}
    other = []
    if conflict.other_quote is not None:
        place = (conflict.other_span_start, conflict.other_span_end, conflict.other_quote, None)
        other = [_reading(conflict, conflict.other_document_id, conflict.other_value, place)]
    kept = _words_of_cell(connection, conflict)
    both = _language_quotes(connection, conflict) if not (kept and other) else {}
    sides = []
    for document_id, value, own, name in (
        (conflict.kept_document_id, conflict.kept_value, kept, "main text"),
        (conflict.other_document_id, conflict.other_value, other, "copy"),
    ):
        found = own
        if not found and name in both:
            found = [_reading(conflict, document_id, value, both[name])]
        found = found or _words_beside_it(connection, conflict, document_id, value)
        sides.append(_side(value, document_id, placed(texts, found)))
    return Disagreement(**where, rule=conflict.rule, kept=sides[0], other=sides[1])


def _side(value: str, document_id: str, passages: Sequence[Passage]) -> Side:
    modifiers = {modifier_before(passage) for passage in passages} if isinstance(_number_or_words(value), float) else {}
    modifier = "".join(modifiers) if len(modifiers) == 1 else ""
    return Side(value=value, modifier=modifier, document_id=document_id, passages=tuple(passages))


def _words_of_cell(connection: Connection, conflict: ConflictRow) -> list[Reading]:
    """The first words that the cell was read from."""
    query = (
        "SELECT span_start, span_end, quote, locator FROM evidence WHERE table_name = ? AND row_id = ? "
        "AND column_name = ? AND document_id = ? ORDER BY span_start LIMIT 1"
    )
    values = [conflict.table_name, conflict.row_id, conflict.column_name, conflict.kept_document_id]
    found = connection.execute(query, values).fetchall()
    return [_reading(conflict, conflict.kept_document_id, conflict.kept_value, place) for place in found]


_BESIDE_IT = """
WITH outcomes_of_trial AS (
    SELECT *
    FROM outcomes
    WHERE $cell = 'outcomes.outcome_type'
      AND trial_id = (SELECT trial_id FROM outcomes AS own WHERE own.outcome_id = $row_id)
),
named AS (
    SELECT if(outcome_id = $row_id, 1, 2) AS nearness, 'outcomes' AS table_name, outcome_id AS row_id,
        'measure' AS column_name, measure AS said
    FROM outcomes_of_trial
    WHERE outcome_id = $row_id OR outcome_type = 'PRIMARY'
    UNION ALL
    SELECT 1, 'arms', arm_id, 'label', label
    FROM arms
    WHERE $cell = 'trials.number_of_arms' AND trial_id = $row_id AND NOT is_result_group
),
found AS (
    SELECT nearness, column_name, said, span_start, span_end, quote, locator
    FROM evidence
    JOIN named USING (table_name, row_id, column_name)
    WHERE document_id = $document_id
    QUALIFY row_number() OVER (PARTITION BY row_id ORDER BY span_start) = 1
    UNION ALL
    SELECT DISTINCT 1, column_name, $value, other_span_start, other_span_end, other_quote, NULL
    FROM conflicts
    JOIN outcomes_of_trial ON table_name = 'outcomes' AND row_id = outcome_id
    WHERE column_name = 'outcome_type' AND other_document_id = $document_id AND other_quote IS NOT NULL
)
SELECT column_name, said, span_start, span_end, quote, locator
FROM found
QUALIFY nearness = min(nearness) OVER ()
ORDER BY span_start
LIMIT 12
"""
"""What a document calls things where nothing in it states the cell: the outcome itself with the sentence that calls it
or another one primary, else the outcomes that it calls primary; the arms that were counted."""


def _words_beside_it(connection: Connection, conflict: ConflictRow, document_id: str, value: str) -> list[Reading]:
    """What a reviewer reads where a side has no words of its own: one that counts arms, or lacks an outcome."""
    cell = f"{conflict.table_name}.{conflict.column_name}"
    asked = {"cell": cell, "row_id": conflict.row_id, "document_id": document_id, "value": value}
    found = connection.execute(_BESIDE_IT, asked).fetchall()
    return [Reading(document_id, column, said, *place) for column, said, *place in found]


def _language_quotes(connection: Connection, conflict: ConflictRow) -> Mapping[str, Any]:
    """The words of a main text and of its copy, which stand among the candidates, also where no cell holds either."""
    _, is_language, language = conflict.rule.partition("other_language:")
    if not is_language:
        return {}
    words = (
        f": {conflict.column_name} is {conflict.other_value} in the copy in {language}, {conflict.kept_value} in the "
        "main text"
    )
    query = (
        "SELECT reason, span_start, span_end, quote FROM candidates WHERE document_id = ? AND ends_with(reason, ?) "
        "ORDER BY span_start DESC"
    )
    found = connection.execute(query, [conflict.other_document_id, words]).fetchall()
    return {reason.removesuffix(words): (start, end, quote, None) for reason, start, end, quote in found}


def _reading(conflict: ConflictRow, document_id: str, value: str, place: Any) -> Reading:
    start, end, quote, locator = place
    return Reading(
        document_id, conflict.column_name, _number_or_words(value), start, end, quote, locator, is_blamed=True
    )


def _number_or_words(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def one_of(column: str, values: Iterable[str]) -> str:
    """SQL for a column that holds one of these texts."""
    return f"{column} IN ({', '.join(quoted(value) for value in sorted(values))})"
