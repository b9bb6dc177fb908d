"""The example queries: files of SQL whose header says what they answer.

The header has `-- question:` and `-- shows:`, a sentence each, and a line `-- param: NAME = DEFAULT` for each
parameter that the query has as `$NAME`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trialhouse.store.sql_files import SqlFile, read_sql_files

QUERIES = "warehouse/queries"
"""Where a checkout or an installation keeps them."""

_PARAMETER = re.compile(r"^-- param: (\w+) = (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class ExampleQuery:
    """One query: `parameters` has the default of each, as it is written."""

    name: str
    question: str
    shows: str
    parameters: dict[str, str]
    sql: str


def read_queries(root: Path) -> list[ExampleQuery]:
    """The example queries of a checkout or an installation, by name. Raises ValueError for one with half a header."""
    return [_query(file) for file in read_sql_files(root / QUERIES)]


def queries_markdown(queries: Iterable[ExampleQuery], notice: str) -> str:
    """The page of the example queries."""
    parts = [
        "# Example queries",
        f"<!-- {notice} -->",
        "Each runs by its name, `trialhouse sql --example NAME`, with `--param NAME=VALUE` for another value, on the\n"
        "current release, on another with `--release`, or on the state of an earlier day with `--as-of`.\n"
        "`trialhouse queries NAME` prints its SQL. In other programs that speak DuckDB's SQL, `PREPARE q AS …;` and\n"
        "`EXECUTE q(measure := 'ACR20 response');` give the parameters their values.",
    ]
    parts += [_section(query) for query in queries]
    return "\n\n".join(parts) + "\n"


def _query(file: SqlFile) -> ExampleQuery:
    return ExampleQuery(
        name=file.name,
        question=file.required("question"),
        shows=file.required("shows"),
        parameters={name: value.strip() for name, value in _PARAMETER.findall(file.sql)},
        sql=file.sql,
    )


def _section(query: ExampleQuery) -> str:
    lines = [f"## {query.name}", "", f"**{query.question}** {query.shows}"]
    if query.parameters:
        lines += ["", "| parameter | default |", "|---|---|"]
        lines += [f"| `{name}` | `{value}` |" for name, value in query.parameters.items()]
    return "\n".join([*lines, "", "```sql", _without_header(query.sql), "```"])


def _without_header(sql: str) -> str:
    lines = sql.splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return "\n".join(lines[first:])
