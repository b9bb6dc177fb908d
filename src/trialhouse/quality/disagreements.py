"""Both sides of a disagreement: what was kept and what was not, each with the words that it was read from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialhouse.model.record import Record
from trialhouse.model.tables import AlertRow, ConflictRow
from trialhouse.quality.concerned import ShownRow
from trialhouse.quality.passages import Passage, Reading
from trialhouse.quality.quoted_cells import Texts, placed
from trialhouse.store.connection import Connection
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted


class Side(Record):
    """What one document says of a cell: the value as text, and the words that it was read from."""

    value: str
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
        name = "concat_ws('/', table_name, row_id, column_name, other_document_id, other_value)"
        return read_rows(connection, ConflictRow, one_of(name, keys)) if keys else []
    ids = {row.row_id for row in rows if row.role != "of_same"}
    if not ids:
        return []
    found = read_rows(connection, ConflictRow, one_of("row_id", ids))
    return [conflict for conflict in found if not columns or conflict.column_name in columns]


def disagreement_of(connection: Connection, texts: Texts, conflict: ConflictRow) -> Disagreement:
    """A conflict with the words of both sides, as far as the release holds them."""
    where = {name: getattr(conflict, name) for name in ("table_name", "row_id", "column_name")}
    query = (
        "SELECT span_start, span_end, quote, locator FROM evidence WHERE table_name = $table_name "
        "AND row_id = $row_id AND column_name = $column_name AND document_id = $document_id ORDER BY span_start LIMIT 1"
    )
    kept = connection.execute(query, where | {"document_id": conflict.kept_document_id}).fetchone()
    other = None
    if conflict.other_quote is not None:
        other = (conflict.other_span_start, conflict.other_span_end, conflict.other_quote, None)
    both = _language_quotes(connection, conflict)
    return Disagreement(
        **where,
        rule=conflict.rule,
        kept=_side(texts, conflict, conflict.kept_document_id, conflict.kept_value, kept or both.get("main text")),
        other=_side(texts, conflict, conflict.other_document_id, conflict.other_value, other or both.get("copy")),
    )


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


def _side(texts: Texts, conflict: ConflictRow, document_id: str, value: str, place: Any) -> Side:
    if place is None:
        return Side(value=value, document_id=document_id, passages=())
    start, end, quote, locator = place
    reading = Reading(
        document_id, conflict.column_name, _number_or_words(value), start, end, quote, locator, is_blamed=True
    )
    return Side(value=value, document_id=document_id, passages=tuple(placed(texts, [reading])))


def _number_or_words(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def one_of(column: str, values: Iterable[str]) -> str:
    """SQL for a column that holds one of these texts."""
    return f"{column} IN ({', '.join(quoted(value) for value in sorted(values))})"
