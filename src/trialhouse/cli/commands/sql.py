"""`trialhouse sql`: ad hoc SQL on a release."""

import sys
from pathlib import Path
from typing import Annotated, get_args

from cyclopts import Parameter

from trialhouse.cli.answers import Format, write_answer
from trialhouse.cli.bulk_citations import has_no_release, nothing_loaded, only_pubmed, with_pubmed, without_release
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.interruptible import interruptible
from trialhouse.cli.options import ReleaseOption, WarehouseOption
from trialhouse.cli.query_parameters import ParametersOption, checked, chosen_query
from trialhouse.cli.reading import AsOfOption, chosen_state, with_review
from trialhouse.store.connection import MISSING, DatabaseError, release_reader

TABLE_ROWS = 40
"""Rows that a table shows unless told otherwise; the other formats give all."""


def print_answer(
    query: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    *,
    file: Annotated[Path | None, Parameter(help="A file with the query.")] = None,
    example: Annotated[str | None, Parameter(help="An example query; `trialhouse queries` lists them.")] = None,
    param: ParametersOption = [],  # noqa: B006 - it is only read
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
    format: Annotated[
        Format | None, Parameter(help="How to write the answer (default: by the ending of --out, else table).")
    ] = None,
    limit: Annotated[int | None, Parameter(help="Rows at most (default: 40 for table, else all; 0: all).")] = None,
    out: Annotated[Path | None, Parameter(help="File to write to (default: stdout).")] = None,
    warehouse: WarehouseOption = None,
) -> int:
    """Ask a release in SQL: read-only, no file access.

    Citations of bulk loads stand beside it in the catalog pubmed, which can be asked before there is a release too.

    Parameters
    ----------
    query
        One query, such as "FROM results LIMIT 5".
    """
    if limit is not None and limit < 0:
        raise CommandError(f"--limit {limit}: give a number of rows, or 0 for all", Exit.WRONG_USE)
    chosen_format = format or _format_of(out)
    if chosen_format == "parquet" and out is None and sys.stdout.isatty():
        raise CommandError("parquet is not for a terminal: give --out FILE, or pipe it", Exit.WRONG_USE)
    given = chosen_query(query, file, example, param)
    to_load = nothing_loaded(given.sql, warehouse)
    if to_load and has_no_release(warehouse):
        raise CommandError(to_load)
    alone = only_pubmed(warehouse) if release is None and as_of is None else None
    if alone is not None:
        reader, in_words = release_reader(None, alone), without_release
    else:
        state = with_pubmed(with_review(chosen_state(warehouse, release, as_of), warehouse), warehouse)
        reader, in_words = release_reader(state.database, state.prepare), state.in_words
    most = limit if limit is not None else TABLE_ROWS if chosen_format == "table" else 0
    try:
        with reader as connection:
            asked = checked(connection, given)
            interruptible(connection, lambda: write_answer(connection, asked, chosen_format, most, out))
    except DatabaseError as error:
        told = in_words(error)
        raise CommandError(f"{told}\n{to_load}" if to_load and isinstance(error, MISSING) else told) from error
    except OSError as error:
        if out is None:
            raise
        raise CommandError(f"{out} cannot be written: {error.strerror}") from error
    return Exit.DONE


def _format_of(out: Path | None) -> Format:
    """The format that the name of a file says, else a table."""
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    return next((known for known in get_args(Format) if known == ending), "table")
