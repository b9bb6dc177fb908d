"""Writing the answer to a query: each way evaluates it once, and says aloud what it cut."""

import contextlib
import csv
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal

from trialhouse.cli.outputs import opened_place, whole_place
from trialhouse.cli.plain_values import csv_value, json_value, unique_names
from trialhouse.cli.query_parameters import Asked
from trialhouse.store.connection import Connection
from trialhouse.terminal import json_text, say, terminal_width

Format = Literal["table", "csv", "json", "jsonl", "parquet"]

Writer = Callable[[IO[str], Sequence[str], Iterator[tuple[Any, ...]]], None]
"""Writes rows under their names to a stream."""

ROWS_AT_ONCE = 1000

MOST_DRAWN = 10_000
"""Rows that DuckDB draws at most, whatever it is told; it says nothing of the others."""

CUT = "…"
"""How DuckDB's tables end a text that goes on, and what stands for columns that are left out."""


def write_answer(connection: Connection, asked: Asked, format: Format, most: int, out: Path | None) -> None:
    """Write the first `most` rows of the answer (0: all) to a file or stdout, and say on stderr when there are more."""
    with whole_place(out) as place:
        if format == "table":
            most = min(most or MOST_DRAWN, MOST_DRAWN)
            are_more = _table(connection, asked, most, place)
        elif format == "parquet":
            are_more = _parquet(connection, asked, most, place)
        else:
            are_more = _lines(connection, asked, WRITERS[format], most, place)
    if are_more:
        rest = "--format csv" if format == "table" and most == MOST_DRAWN else "--limit 0"
        say(f"Only the first {most:,} rows are shown: there are more ({rest} gives all).")


def _table(connection: Connection, asked: Asked, most: int, out: Path | None) -> bool:
    """The rows are kept in memory first: to draw a relation, to cut it and to count it are an evaluation each."""
    answer = asked.relation(connection)
    if answer is None:
        say("The query gives no rows.")
        return False
    answer.limit(most + 1).create("memory.main.answer")
    number = len(connection.table("memory.main.answer"))
    shown = connection.sql(f"FROM memory.main.answer LIMIT {most}")
    with opened_place(out) as stream:
        width = terminal_width(stream)
        box = _drawn(shown, width, most)
        print(box, file=stream)
        if stream.isatty():
            _say_what_the_width_cut(box, _drawn(shown, sys.maxsize, most), width)
    return number > most


def _drawn(relation: Any, width: int, lines: int) -> str:
    """The relation as DuckDB draws it: long texts are folded as long as that gives no more lines than these."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        relation.show(max_width=width, max_rows=max(lines, 1))
    return text.getvalue().rstrip("\n")


def _say_what_the_width_cut(shown: str, whole: str, width: int) -> None:
    """Compare what fits the terminal with the whole: columns left out, and texts that end sooner."""
    cells, all_cells = _cells(shown), _cells(whole)
    cut = []
    hidden = len(all_cells[0]) - len([name for name in cells[0] if name != CUT])
    if CUT in cells[0]:
        cut.append(f"{hidden} of {len(all_cells[0])} columns are left out")
    # A text may itself end so, also where it is folded; then the whole has it too.
    if any(cell.endswith(CUT) and cell != CUT and cell not in whole for row in cells for cell in row):
        cut.append(f"a text that ends in {CUT} goes on")
    if cut:
        say(f"Cut to the {width} characters of this terminal: {', '.join(cut)} (--format csv gives all).")


def _cells(box: str) -> list[list[str]]:
    """The cells of a drawn table by line, without the line of the types."""
    lines = [line for line in box.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines[:1] + lines[2:]]


def _lines(connection: Connection, asked: Asked, write: Writer, most: int, out: Path | None) -> bool:
    """Rows as lines of CSV or JSON, as they come from the database."""
    cursor = asked.cursor(connection)
    names = _renamed([column[0] for column in cursor.description or ()])
    number = 0
    with opened_place(out) as stream:

        def rows() -> Iterator[tuple[Any, ...]]:
            nonlocal number
            while some := cursor.fetchmany(min(ROWS_AT_ONCE, most + 1 - number) if most else ROWS_AT_ONCE):
                kept = some[: most - number] if most else some
                number += len(some)
                yield from kept
                if most and number > most:
                    return

        write(stream, names, rows())
    return bool(most) and number > most


def _write_csv(stream: IO[str], names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([csv_value(value) for value in row] for row in rows)


def _write_json(stream: IO[str], names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """An array of objects, one a line."""
    stream.write("[")
    for number, line in enumerate(_objects(names, rows)):
        stream.write((",\n " if number else "") + line)
    stream.write("]\n")


def _write_json_lines(stream: IO[str], names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    for line in _objects(names, rows):
        stream.write(line + "\n")


def _objects(names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    for row in rows:
        yield json_text({name: json_value(value) for name, value in zip(names, row, strict=True)})


WRITERS: Mapping[Format, Writer] = {"csv": _write_csv, "json": _write_json, "jsonl": _write_json_lines}


def _parquet(connection: Connection, asked: Asked, most: int, out: Path | None) -> bool:
    """Row groups as they come from the database, so that an answer may be larger than the memory."""
    import pyarrow.parquet  # noqa: PLC0415 - only this format needs it

    answer = asked.relation(connection)
    names = _renamed(answer.columns)
    reader = (answer.limit(most + 1) if most else answer).to_arrow_reader()
    schema = pyarrow.schema([field.with_name(name) for field, name in zip(reader.schema, names, strict=True)])
    number = 0
    with pyarrow.parquet.ParquetWriter(str(out) if out else sys.stdout.buffer, schema) as writer:
        for batch in reader:
            kept = batch.slice(0, most - number) if most else batch
            number += batch.num_rows
            writer.write_batch(kept.rename_columns(names))
    return bool(most) and number > most


def _renamed(names: Sequence[str]) -> list[str]:
    """The names, each once; it is said when one is another than the query gave."""
    unique = unique_names(names)
    if unique != list(names):
        say(f"Columns of one name were renamed: {', '.join(unique)}")
    return unique
