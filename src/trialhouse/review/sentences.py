"""The addresses of the sentences that cells were read from."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from trialhouse.store.connection import Connection

READ_FROM = """
SELECT DISTINCT row_id, table_name, column_name, document_id
FROM evidence
WHERE is_main AND row_id IN (SELECT unnest(?))
ORDER BY ALL
"""


NUMBERS = "read"
"""The name in the address of a document by which its numbers are asked for."""


class Sentences:
    """Where the cells of some rows were read. Rows are named by their ids, which evidence refers to."""

    def __init__(self, connection: Connection, row_ids: Iterable[str]) -> None:
        found = connection.execute(READ_FROM, [list(row_ids)]).fetchall()
        self._cells: dict[tuple[str, str], dict[str, str]] = {}
        for row_id, table, column, document_id in found:
            self._cells.setdefault((table, row_id), {}).setdefault(column, document_id)

    def link(self, table: str, row_id: str, columns: Sequence[str]) -> str | None:
        """The address of the sentence of the first of the columns that was read from one; None if none was.

        It names the cells, so that their numbers are marked within the sentence: those of the same document.
        """
        cells = self._cells.get((table, row_id), {})
        document_id = next((cells[column] for column in columns if column in cells), None)
        if document_id is None:
            return None
        there = ".".join(column for column in columns if cells.get(column) == document_id)
        return f"/documents/{quote(document_id, safe='')}?cell={quote(f'{table}/{row_id}/{there}')}#here"


def place(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The address of a document, at the characters from `start` to `end` where they are given."""
    path = f"/documents/{quote(document_id, safe='')}"
    return path if start is None or end is None else f"{path}?start={start}&end={end}#here"


def numbers_of(document_id: str) -> str:
    """The address of a document with all the numbers marked that were read from it."""
    return f"{place(document_id)}?{NUMBERS}=numbers#here"
