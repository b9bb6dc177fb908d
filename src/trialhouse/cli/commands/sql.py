"""`trialhouse sql`: ad hoc SQL on a release."""

import contextlib
import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import ReleaseOption, WarehouseOption, chosen_release
from trialhouse.cli.plain_values import csv_value, json_value, unique_names
from trialhouse.store.connection import Connection, DatabaseError, release_reader
from trialhouse.terminal import json_text, say, terminal_width

Format = Literal["table", "csv", "json", "parquet"]

TABLE_ROWS = 40
"""Rows that a table shows unless told otherwise; the other formats give all."""


def print_answer(
    query: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    release: ReleaseOption = None,
    format: Annotated[Format, Parameter(help="How to print the answer.")] = "table",
    limit: Annotated[int | None, Parameter(help="Rows at most (default: 40 for table, else all; 0: all).")] = None,
    out: Annotated[Path | None, Parameter(help="File to write to (default: stdout).")] = None,
    warehouse: WarehouseOption = None,
) -> int:
    """Ask a release in SQL: read-only, no file access.

    Parameters
    ----------
    query
        One query, such as "FROM results LIMIT 5".
    """
    if limit is not None and limit < 0:
        raise CommandError(f"--limit {limit}: give a number of rows, or 0 for all", Exit.WRONG_USE)
    chosen = chosen_release(warehouse, release)
    most = limit if limit is not None else TABLE_ROWS if format == "table" else 0
    if format == "parquet" and out is None and sys.stdout.isatty():
        raise CommandError("parquet is not for a terminal: give --out FILE, or pipe it", Exit.WRONG_USE)
    try:
        with release_reader(chosen.database) as connection:
            _refuse_other_than_one(connection, query)
            answer = connection.sql(query)
            if answer is None:
                say("The query gives no rows.")
                return Exit.DONE
            _write(answer, format, most, out)
    except DatabaseError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        if out is None:
            raise
        raise CommandError(f"{out} cannot be written: {error.strerror}") from error
    return Exit.DONE


def _refuse_other_than_one(connection: Connection, query: str) -> None:
    """Raise CommandError unless the text is one statement: of several, only the last would be shown."""
    number = len(connection.extract_statements(query))
    if number > 1:
        raise CommandError(f"{number} statements were given: ask one at a time", Exit.WRONG_USE)
    if number == 0:
        raise CommandError("there is no query, such as 'FROM results LIMIT 5'", Exit.WRONG_USE)


def _write(answer: Any, format: Format, most: int, out: Path | None) -> None:
    """Write the first `most` rows of a relation (0: all) and say on stderr when there were more."""
    names = unique_names(answer.columns)
    if names != list(answer.columns) and format != "table":
        say(f"Columns of one name were renamed: {', '.join(names)}")
    shown = answer.limit(most) if most else answer
    if format == "parquet":
        _write_parquet(names, shown, out)
    elif format == "table":
        _in_file(out, lambda: shown.show(max_width=terminal_width(sys.stdout), max_rows=most or sys.maxsize))
    else:
        rows = shown.fetchall()
        _in_file(out, lambda: _write_csv(names, rows) if format == "csv" else _write_json(names, rows))
    if most and len(answer.limit(most + 1).fetchall()) > most:
        say(f"Only the first {most:,} rows are shown: there are more (--limit 0 gives all).")


def _write_csv(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([csv_value(value) for value in row] for row in rows)


def _write_json(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    """An array of objects, one a line."""
    lines = [json_text({name: json_value(value) for name, value in zip(names, row, strict=True)}) for row in rows]
    print("[" + ",\n ".join(lines) + "]")


def _write_parquet(names: list[str], answer: Any, out: Path | None) -> None:
    import pyarrow.parquet  # noqa: PLC0415 - only this format needs it

    pyarrow.parquet.write_table(answer.to_arrow_table().rename_columns(names), str(out) if out else sys.stdout.buffer)


def _in_file(out: Path | None, write: Callable[[], None]) -> None:
    """Run a function that prints, with stdout going to the file when one is given."""
    if out is None:
        write()
        return
    with out.open("w", encoding="utf-8", newline="") as file, contextlib.redirect_stdout(file):
        write()
