"""Citations of tables: csv and its kin with other separators, read a column at a time.

A row that does not fit its header is damaged: its cells may stand under the wrong names.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialhouse.documents.search_exports.cells import batch_of_rows
from trialhouse.documents.search_exports.columns import NEEDED, Columns, columns_of, known, plain
from trialhouse.documents.search_exports.csv_rows import Row, rows_of
from trialhouse.documents.search_exports.export_text import ExportText
from trialhouse.documents.search_exports.record import Batch, ExportRecord, record_of
from trialhouse.model.document import UnreadableDocument
from trialhouse.text.lazy_patterns import lazy_compile

SEPARATORS = (",", ";", "\t", "|")
ROWS_AT_ONCE = 10_000
LEAST_KNOWN = 2
_LINES_LOOKED_AT = 10
_LONGEST_HEADER = 20_000
_EXCEL = lazy_compile(r"sep=(.)\s*\Z", re.I)
_UNREAD_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out: what separates its cells, and how many lines stand before its header."""

    separator: str
    before: int


def layout_of(head: str) -> Layout | None:
    """The layout of a table, by the first of its lines that names columns of citations; None where none does."""
    lines = head.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    for number, line in enumerate(lines):
        counts = {separator: known(_cells(line, separator)) for separator in SEPARATORS}
        best = max(SEPARATORS, key=counts.__getitem__)
        if counts[best] >= LEAST_KNOWN:
            return Layout(best, number)
    return _layout_of_one(lines)


def _layout_of_one(lines: list[str]) -> Layout | None:
    """The layout of a table of which one column is known: its first line names title, DOI or PMID and spells it out."""
    first = next((n for n, line in enumerate(lines) if line.strip() and not _EXCEL.match(line)), None)
    if first is None:
        return None
    for separator in SEPARATORS:
        names = [plain(cell) for cell in _cells(lines[first], separator)]
        # "do", "ti" and "pm" are words and beginnings of other files, too
        if any(part in columns_of([name]).places for name in names if len(name) > 2 for part in NEEDED):
            return Layout(separator, first)
    return None


def _cells(line: str, separator: str) -> list[str]:
    return next((row.cells for row in rows_of([line[:_LONGEST_HEADER]], separator)), [])


def delimited_records(text: ExportText, layout: Layout, notes: list[str]) -> Iterator[Batch | ExportRecord]:
    """The rows of a table: whole ones in order and in batches, each damaged one by itself and at once. What is to be
    told of the table goes to `notes`.

    Raises UnreadableDocument, "no_columns", for a table with no title, DOI or PMID.
    """
    lines = text.lines()
    skipped = [next(lines, "") for _ in range(layout.before)]
    rows = rows_of(lines, layout.separator)
    header = next(rows, None)
    columns = columns_of(header.cells if header else [])
    if not any(part in columns.places for part in NEEDED):
        raise UnreadableDocument(
            "no_columns",
            f"{text.name}: its header has no column for title, DOI or PMID ({_some(columns.names)}): name one so.",
        )
    _tell_columns(columns, [line for line in skipped if line.strip() and not _EXCEL.match(line)], notes)
    yield from _read(rows, columns, layout, notes)


def _read(rows: Iterator[Row], columns: Columns, layout: Layout, notes: list[str]) -> Iterator[Batch | ExportRecord]:
    width, number, short, again = len(columns.names), 0, 0, 0
    taken: list[tuple[int, int, list[str]]] = []
    for row in rows:
        cells = row.cells
        if len(cells) == width and row.problem is None and cells[0] == columns.names[0] and cells == [*columns.names]:
            again += 1
            continue
        number += 1
        line = row.line + layout.before
        problem = row.problem or _misfit(row, width)
        if problem is not None:
            yield _damaged(number, line, cells, columns, problem)
            continue
        if len(cells) != width:
            short += len(cells) < width
            cells = [*cells, *[""] * (width - len(cells))][:width]
        taken.append((number, line, cells))
        if len(taken) >= ROWS_AT_ONCE:
            yield from _batches(taken, columns)
            taken = []
    yield from _batches(taken, columns)
    if short:
        notes.append(f"{short:,} rows have fewer cells than the header has columns: the last ones are taken for empty")
    if again:
        notes.append(f"the header comes again {again:,} times: these rows were left out")


def _batches(taken: list[tuple[int, int, list[str]]], columns: Columns) -> Iterator[Batch]:
    if taken:
        yield batch_of_rows(taken, columns)


def _misfit(row: Row, width: int) -> str | None:
    """What is wrong with the number of cells of a row."""
    found = len(row.cells)
    if found < width and row.is_unended:
        return f"it breaks off after {found} of {width} cells: the file was cut"
    if found > width and any(cell.strip() for cell in row.cells[width:]):
        return f"it has {found} cells where the header has {width}: a separator stands in a field without quotes"
    return None


def _damaged(number: int, line: int, cells: list[str], columns: Columns, problem: str) -> ExportRecord:
    width = len(columns.names)
    padded = [*cells, *[""] * (width - len(cells))][:width]
    return record_of(batch_of_rows([(number, line, padded)], columns), problem)


def _tell_columns(columns: Columns, skipped: list[str], notes: list[str]) -> None:
    if skipped:
        notes.append(f"{len(skipped)} lines before the header were left out")
    if missing := columns.missing():
        notes.append(f"no column for {', '.join(missing)}")
    if unread := columns.unread():
        notes.append(f"columns that are not read: {_some(unread)}")
    if twice := columns.twice():
        notes.append(f"columns that come twice, of which the first is read: {_some(twice)}")


def _some(names: Iterable[str]) -> str:
    shown = [(plain(name) and name.strip()[:40]) or "(no name)" for name in names]
    more = f" and {len(shown) - _UNREAD_SHOWN:,} more" if len(shown) > _UNREAD_SHOWN else ""
    return ", ".join(shown[:_UNREAD_SHOWN]) + more
