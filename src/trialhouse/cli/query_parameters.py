"""The query that a command is to ask, with its parameters: given as text, kept in a file, or one of the examples."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.releases.queries import ExampleQuery, Value, parameter_value, read_queries
from trialhouse.resources import data_root
from trialhouse.store.connection import Connection, DatabaseError

ParametersOption = Annotated[
    list[str],
    Parameter(
        name="--param",
        negative=(),
        show_default=False,
        help="NAME=VALUE for $NAME in the query; may be repeated. A number, true, false or null as in JSON is that, "
        'anything else is text ("7" in double quotes too).',
    ),
]

READING = frozenset({"SELECT", "EXPLAIN", "PRAGMA", "CALL", "MULTI"})
"""What DuckDB calls the statements that only read; MULTI is a PIVOT."""


@dataclass(frozen=True)
class Query:
    """One query and the values of its parameters. Values that it has no place for are wrong use, but for defaults."""

    sql: str
    given: dict[str, Value] = field(default_factory=dict)
    defaults: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One statement that only reads, and the values of all its parameters."""

    sql: str
    values: dict[str, Value]

    def relation(self, connection: Connection) -> Any:
        """The answer as a relation, not evaluated yet: each use of it evaluates it. None for no rows at all."""
        return connection.sql(self.sql, params=self.values or None)

    def cursor(self, connection: Connection) -> Connection:
        """The answer as rows, evaluated once and as they are fetched."""
        return connection.execute(self.sql, self.values or None)


def chosen_query(text: str | None, file: Path | None, example: str | None, given: Iterable[str]) -> Query:
    """The one query that was given. Raises CommandError for none, for several, and for what cannot be read."""
    if sum(place is not None for place in (text, file, example)) != 1:
        raise CommandError("give one query: its text, --file FILE, or --example NAME", Exit.WRONG_USE)
    values = dict(_assignment(parameter) for parameter in given)
    if example is not None:
        known = chosen_example(example)
        return Query(known.sql, values, known.defaults)
    if file is not None:
        return Query(_content(file), values)
    return Query(text or "", values)


def chosen_example(name: str) -> ExampleQuery:
    """The example query of a name. Raises CommandError that says which there are."""
    queries = {query.name: query for query in read_queries(data_root())}
    if name not in queries:
        raise CommandError(f"there is no example query {name!r}; there are {', '.join(queries)}", Exit.WRONG_USE)
    return queries[name]


def checked(connection: Connection, query: Query) -> Asked:
    """The query with the values of the parameters that are in it.

    Raises CommandError unless it is one statement that only reads and has a value for each of its parameters.
    """
    try:
        statements = connection.extract_statements(query.sql)
    except DatabaseError as error:
        raise CommandError(str(error)) from error
    if len(statements) > 1:
        raise CommandError(f"{len(statements)} statements were given: ask one at a time", Exit.WRONG_USE)
    if not statements:
        raise CommandError("there is no query, such as 'FROM results LIMIT 5'", Exit.WRONG_USE)
    (statement,) = statements
    if statement.type.name not in READING:
        raise CommandError(f"a release is only read: {statement.type.name} is not possible")
    wanted = set(statement.named_parameters)
    unknown = sorted(set(query.given) - wanted)
    if unknown:
        known = f"it has {_listed(wanted)}" if wanted else "it has none"
        raise CommandError(f"the query has no parameter {_listed(unknown)}; {known}", Exit.WRONG_USE)
    values = {name: value for name, value in (query.defaults | query.given).items() if name in wanted}
    missing = sorted(wanted - set(values))
    if missing:
        raise CommandError(f"the query needs {_listed(missing)}: give --param {missing[0]}=VALUE", Exit.WRONG_USE)
    return Asked(query.sql, values)


def _assignment(text: str) -> tuple[str, Value]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise CommandError(f"--param {text}: give NAME=VALUE", Exit.WRONG_USE)
    return name.strip().removeprefix("$"), parameter_value(value)


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}", Exit.WRONG_USE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is no text in UTF-8", Exit.WRONG_USE) from error


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))
