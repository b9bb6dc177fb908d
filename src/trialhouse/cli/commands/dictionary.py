"""`trialhouse dictionary`: what tables and columns mean."""

from collections.abc import Iterable

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.folded import WIDTH, print_folded
from trialhouse.cli.options import JsonOption
from trialhouse.model.tables import TABLES, Table
from trialhouse.releases.described_views import read_described_views
from trialhouse.resources import data_root
from trialhouse.store.schema import column_comment
from trialhouse.terminal import print_json, print_table


def print_dictionary(table: str | None = None, /, *, json: JsonOption = False) -> int:
    """What the tables and columns mean.

    Parameters
    ----------
    table
        A table or view such as trials, results or dq.alerts (default: all, without their columns).
    """
    chosen = _called(TABLES, table)
    if table is None or not chosen:
        chosen = [*_called(read_described_views(data_root()), table), *chosen]
    if not chosen:
        raise CommandError(f"there is no table {table!r}; `trialhouse dictionary` lists them", Exit.WRONG_USE)
    if json:
        print_json([_as_json(known) for known in chosen])
    elif table is None:
        rows = [(known.qualified_name, known.description) for known in chosen]
        print_table(("table", "holds"), rows, elsewhere=WIDTH)
    else:
        _print_columns(chosen[0])
    return Exit.DONE


def _called(tables: Iterable[Table], name: str | None) -> list[Table]:
    """The tables of a name; all of them for None."""
    return [table for table in tables if name in (None, table.qualified_name, f"main.{table.name}")]


def _print_columns(table: Table) -> None:
    print_folded(f"{table.qualified_name}: {table.description}")
    print(f"Key: {', '.join(table.key)}\n" if table.key else "A view.\n")
    print_table(
        ("column", "type", "meaning"),
        [(column.name, column.sql_type, column_comment(column)) for column in table.stored_columns],
        elsewhere=WIDTH,
    )


def _as_json(table: Table) -> dict[str, object]:
    return {
        "table": table.qualified_name,
        "description": table.description,
        "key": table.key,
        "columns": [
            {
                "name": column.name,
                "type": column.sql_type,
                "nullable": column.nullable,
                "description": column.description,
                "words": column.words,
                "references": table.reference_of(column),
            }
            for column in table.stored_columns
        ],
    }
