"""`trialhouse export`: tables, or the answer to a query, as files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse import __version__
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.interruptible import interruptible
from trialhouse.cli.options import JsonOption, ReleaseOption, WarehouseOption
from trialhouse.cli.query_parameters import ParametersOption, checked, chosen_query
from trialhouse.cli.reading import AsOfOption, State, chosen_state
from trialhouse.releases.export import (
    ExportNote,
    ExportRefused,
    Part,
    export,
    format_of,
    new_place,
    note_of,
    tables_of,
    write_note,
)
from trialhouse.releases.export_formats import Format
from trialhouse.store.connection import Connection, DatabaseError, release_reader
from trialhouse.terminal import Watcher, print_json, print_table, say, watched

STAGE = "Writing rows"


def export_tables(
    destination: Path,
    *,
    table: Annotated[
        list[str],
        Parameter(negative=(), show_default=False, help="Only this table or view; may be repeated (default: all)."),
    ] = [],  # noqa: B006 - it is only read
    query: Annotated[str | None, Parameter(help="The answer to this query instead of tables.")] = None,
    param: ParametersOption = [],  # noqa: B006 - it is only read
    format: Annotated[Format | None, Parameter(help="Default: by the ending of a file, parquet in a folder.")] = None,
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
    force: Annotated[bool, Parameter(negative=(), help="Replace an earlier export that is there.")] = False,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Write tables, or the answer to a query, as files with a note of their release.

    Parameters
    ----------
    destination
        A folder that is not there yet, or for one table or query a file that ends in .parquet, .csv or .jsonl.
    """
    destination = destination.expanduser().resolve()
    chosen_format = _format(destination, format)
    if query is not None and table:
        raise CommandError("give --table or --query, not both", Exit.WRONG_USE)
    if query is None and param:
        raise CommandError("--param is for a --query", Exit.WRONG_USE)
    state = chosen_state(warehouse, release, as_of)
    try:
        with release_reader(state.database, state.prepare) as connection:
            parts = _parts(connection, state, table, query, param)
            if format_of(destination) is not None:
                parts = [_named_after(destination, parts)]
            note = _written(connection, parts, chosen_format, destination, state, force=force)
    except ExportRefused as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    except DatabaseError as error:
        raise CommandError(state.in_words(error)) from error
    except OSError as error:
        raise CommandError(f"{destination} cannot be written: {error.strerror or error}") from error
    if json:
        print_json(note.model_dump(mode="json"))
    else:
        print_table(("file", "rows", "bytes"), [(file.file, file.rows, file.bytes) for file in note.files])
        say(f"{destination}: {note.cite}")
    return Exit.DONE


def _format(destination: Path, given: Format | None) -> Format:
    """The format that was asked for. Raises CommandError for one that the file's name contradicts."""
    named = format_of(destination)
    if given is not None and named is not None and given != named:
        raise CommandError(f"{destination.name} is no name for {given}: let it end in .{given}", Exit.WRONG_USE)
    return given or named or "parquet"


def _parts(
    connection: Connection, state: State, tables: list[str], query: str | None, parameters: list[str]
) -> list[Part]:
    if query is None:
        for why in filter(None, map(state.why_absent, tables)):
            raise CommandError(why, Exit.WRONG_USE)
        return tables_of(connection, tables)
    asked = checked(connection, chosen_query(query, None, None, parameters))
    return [Part("query", asked.sql, asked.values, is_query=True)]


def _named_after(destination: Path, parts: list[Part]) -> Part:
    """The only part, in a file of the destination's name. Raises CommandError when there are several."""
    if len(parts) > 1:
        raise CommandError(f"{destination.name} can hold one table: give one --table, or a folder", Exit.WRONG_USE)
    return replace(parts[0], file=destination.name)


def _written(
    connection: Connection, parts: list[Part], format: Format, destination: Path, state: State, *, force: bool
) -> ExportNote:
    """Write files and note while Ctrl-C is listened to and progress is shown."""
    with watched() as watcher, new_place(destination, replace=force) as folder:

        def write() -> ExportNote:
            told = _counter(watcher, _rows_of(connection, parts))
            files = export(connection, parts, format, folder, told)
            by = f"trialhouse {__version__}"
            note = note_of(state.release, as_of=state.is_as_of, format=format, by=by, files=files)
            write_note(folder, note)
            return note

        return interruptible(connection, write)


def _rows_of(connection: Connection, parts: list[Part]) -> int:
    """How many rows there will be: of tables this is known at once, of a query only when it was asked."""
    if any(part.is_query for part in parts):
        return 0
    counts = " UNION ALL ".join(f"(SELECT count(*) AS n {part.sql})" for part in parts)
    return int(connection.execute(f"SELECT sum(n)::BIGINT FROM ({counts})").fetchall()[0][0])


def _counter(watcher: Watcher, total: int) -> Callable[[int], None]:
    """What is told the rows of each piece and shows how far the export is."""
    done = 0

    def told(rows: int) -> None:
        nonlocal done
        done += rows
        watcher(STAGE, done, max(total, done))

    return told
