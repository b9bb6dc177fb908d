"""The page of the example queries, made from their headers and from the columns that they give."""

from collections.abc import Sequence
from pathlib import Path

from trialhouse.model.tables import TABLES
from trialhouse.releases.build import create_tables
from trialhouse.releases.history import create_macros
from trialhouse.releases.queries import ExampleQuery
from trialhouse.store.connection import scratch_database

INTRODUCTION = """They lie in [warehouse/queries](../warehouse/queries). `trialhouse queries` lists them,
`trialhouse sql --example dose_response --param substance=velomarib` asks one, and `trialhouse queries dose_response`
prints its SQL. `--release` asks another release than the current one, `--as-of` the tables as they were on an earlier
day (but for `what_changed` and `number_over_releases`, which look at several releases themselves). Where there is no
Trialhouse, DuckDB's `PREPARE q AS …;` before the SQL and `EXECUTE q(substance := 'velomarib');` after it do it too."""


def columns_of(queries: Sequence[ExampleQuery], views: Path, macros: Path) -> list[list[str]]:
    """The columns that each query gives, found on an empty release."""
    with scratch_database() as connection:
        create_tables(connection, views)
        create_macros(connection, macros, TABLES)
        return [list(connection.sql(query.sql, params=query.defaults or None).columns) for query in queries]


def queries_markdown(queries: Sequence[ExampleQuery], columns: Sequence[Sequence[str]], notice: str) -> str:
    """The page of the example queries."""
    parts = ["# Example queries", f"<!-- {notice} -->", INTRODUCTION]
    parts += [_section(query, names) for query, names in zip(queries, columns, strict=True)]
    return "\n\n".join(parts) + "\n"


def _section(query: ExampleQuery, columns: Sequence[str]) -> str:
    lines = [f"## {query.name}", "", f"**{query.question}** {query.shows}"]
    if query.parameters:
        lines += ["", "| parameter | without it |", "|---|---|"]
        lines += [f"| `{name}` | `{value}` |" for name, value in query.parameters.items()]
    return "\n".join([*lines, "", f"Columns: {', '.join(f'`{name}`' for name in columns)}."])
