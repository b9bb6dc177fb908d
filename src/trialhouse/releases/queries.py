"""The example queries: files of SQL whose header says what they answer.

The header has `-- question:` and `-- shows:`, a sentence each, and a line `-- param: NAME = DEFAULT` for each
parameter that the query has as `$NAME`.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from trialhouse.store.sql_files import SqlFile, read_sql_files

QUERIES = "warehouse/queries"
"""Where a checkout or an installation keeps them."""

Value = str | int | float | bool | None
"""What a parameter may be."""

_PARAMETER = re.compile(r"^-- param: (\w+) = (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class ExampleQuery:
    """One query: `parameters` has the default of each, as it is written."""

    name: str
    question: str
    shows: str
    parameters: dict[str, str]
    sql: str

    @property
    def defaults(self) -> dict[str, Value]:
        """The value that each parameter has when none is given."""
        return {name: parameter_value(text) for name, text in self.parameters.items()}


def read_queries(root: Path) -> list[ExampleQuery]:
    """The example queries of a checkout or an installation, by name. Raises ValueError for one with half a header."""
    return [_query(file) for file in read_sql_files(root / QUERIES)]


def parameter_value(text: str) -> Value:
    """A value as it was meant: a JSON number, true, false, null or quoted text as such, anything else as it is."""
    try:
        value = json.loads(text, parse_constant=str)
    except ValueError:
        return text
    return value if isinstance(value, str | int | float | bool | None) else text


def _query(file: SqlFile) -> ExampleQuery:
    return ExampleQuery(
        name=file.name,
        question=file.required("question"),
        shows=file.required("shows"),
        parameters={name: value.strip() for name, value in _PARAMETER.findall(file.sql)},
        sql=file.sql,
    )
