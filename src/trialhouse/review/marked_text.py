"""The text of a document cut into stretches: sentences that something was read from, and the numbers in them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from trialhouse.model.tables import TABLES, DocumentTextRow
from trialhouse.quality.numbers_read import numbers_read_from, readings_of_numbers
from trialhouse.quality.passages import Reading, value_spans
from trialhouse.quality.quoted_cells import RAW
from trialhouse.store.connection import Connection

Spans = Sequence[tuple[int, int]]

MOST_NUMBERS = 300
"""Numbers of one document that are marked at most."""

READ_FROM = """
SELECT column_name, span_start, span_end, quote FROM evidence
WHERE table_name = $table AND row_id = $row AND document_id = $document AND column_name IN (SELECT unnest($columns))
ORDER BY is_main DESC, span_start, column_name
"""


class Kind(StrEnum):
    """What a stretch is."""

    PLAIN = "plain"
    SENTENCE = "sentence"
    NUMBER = "number"


@dataclass(frozen=True)
class Marks:
    """Characters of a document: sentences, and what was read from them."""

    sentences: Spans
    numbers: Spans


@dataclass(frozen=True)
class Stretch:
    """Characters of a text. `gap` says that some are left out before it; `begins` and `ends`, that what is marked does
    with it; `is_first`, that nothing before it is marked.
    """

    text: str
    kind: Kind
    gap: bool
    begins: bool = False
    ends: bool = False
    is_first: bool = False


def marks_of_cells(connection: Connection, document_id: str, cell: str, texts: Sequence[DocumentTextRow]) -> Marks:
    """What to mark for cells of one row, named as `table/row/column.column`; nothing for a name that is none."""
    name, _, rest = cell.partition("/")
    row_id, _, columns = rest.rpartition("/")
    table = next((table for table in TABLES if table.qualified_name == name and len(table.key) == 1), None)
    if table is None:
        return Marks([], [])
    asked = {"table": name, "row": row_id, "document": document_id, "columns": columns.split(".")}
    found = connection.execute(READ_FROM, asked).fetchall()
    result = connection.execute(f"SELECT * FROM {table.qualified_name} WHERE {table.key[0]} = ?", [row_id])
    names = [description[0] for description in result.description or ()]
    row = next((dict(zip(names, values, strict=True)) for values in result.fetchall()), {})
    readings = [
        Reading(document_id, column, row.get(column), start, end, quote, raw=row.get(RAW.get(column, "")))
        for column, start, end, quote in found
        if row.get(column) is not None
    ]
    numbers = [one for one in readings if isinstance(one.value, int | float) and not isinstance(one.value, bool)]
    return Marks(
        [(start, end) for _, start, end, _ in found],
        [span for reading in numbers or readings for span in _spans_in(reading, texts)],
    )


def marks_of_numbers(connection: Connection, document_id: str, texts: Sequence[DocumentTextRow]) -> Marks:
    """What to mark for the numbers that were read from a document, the first ones where there are very many."""
    rows, _ = numbers_read_from(connection, document_id, MOST_NUMBERS)
    readings = readings_of_numbers(connection, document_id, rows)
    return Marks(
        [(reading.start, reading.end) for reading in readings],
        [span for reading in readings for span in _spans_in(reading, texts)],
    )


def _spans_in(reading: Reading, texts: Sequence[DocumentTextRow]) -> Spans:
    """Where the value of a cell stands in its quote, in characters of the document."""
    piece = next((one for one in texts if one.span_start <= reading.start and reading.end <= one.span_end), None)
    if piece is None:
        return []
    quote = piece.text[reading.start - piece.span_start : reading.end - piece.span_start]
    found = value_spans(quote, reading, reading.start)
    return [(first + reading.start, last + reading.start) for first, last in found]


def stretches(texts: Sequence[DocumentTextRow], marks: Marks) -> list[Stretch]:
    """The stretches of a document in order; what lies between marks of one piece is one marked passage."""
    found: list[Stretch] = []
    for number, text in enumerate(sorted(texts, key=lambda text: text.span_start)):
        last = text.span_start + len(text.text)
        spans = [*marks.sentences, *marks.numbers]
        cuts = {place for span in spans for place in span if text.span_start < place < last}
        parts = [
            Stretch(text.text[start - text.span_start : end - text.span_start], _kind(start, end, marks), gap=False)
            for start, end in itertools.pairwise([text.span_start, *sorted(cuts), last])
        ]
        parts[0] = replace(parts[0], gap=number > 0 or text.span_start > 0)
        found += [_with_ends(parts, at) for at in range(len(parts)) if parts[at].text]
    first = next((at for at, one in enumerate(found) if one.begins), None)
    if first is not None:
        found[first] = replace(found[first], is_first=True)
    return found


def _with_ends(parts: Sequence[Stretch], at: int) -> Stretch:
    """A stretch of a piece, with whether what is marked begins and ends with it."""
    if parts[at].kind is Kind.PLAIN:
        return parts[at]
    begins = at == 0 or parts[at - 1].kind is Kind.PLAIN
    return replace(parts[at], begins=begins, ends=at + 1 == len(parts) or parts[at + 1].kind is Kind.PLAIN)


def _kind(start: int, end: int, marks: Marks) -> Kind:
    if any(low <= start and end <= high for low, high in marks.numbers):
        return Kind.NUMBER
    if any(low <= start and end <= high for low, high in marks.sentences):
        return Kind.SENTENCE
    return Kind.PLAIN
