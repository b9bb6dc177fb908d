"""The checks that the declaration of a table already says: unique keys, references that exist, known words.

They are written as SQL files like all the others, so that a reader finds every check in one place and form; they are
generated, because a column that is added with a reference or a list of words must not wait for someone to remember
its check. `python -m trialhouse.quality.declared warehouse/checks` writes them; a test says when they are stale.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from trialhouse.model.enums import Severity
from trialhouse.model.tables import TABLES, Table

WRITTEN_AFTER_CHECKS = frozenset(
    {
        "dq.checks",
        "dq.check_runs",
        "dq.failing_rows",
        "dq.alerts",
        "dq.alert_events",
        "dq.alert_decisions",
        "dq.judgements",
    }
)
"""Tables that are made of what the checks found, and are empty while they run."""


def declared_checks(tables: Iterable[Table] = TABLES) -> dict[str, str]:
    """The text of each generated check by its check_id."""
    files = {}
    for table in tables:
        if table.qualified_name in WRITTEN_AFTER_CHECKS:
            continue
        files[f"{table.qualified_name}/key_is_unique"] = _key_check(table)
        if table.references:
            files[f"{table.qualified_name}/references_exist"] = _reference_check(table)
        if any(column.words for column in table.columns):
            files[f"{table.qualified_name}/words_are_known"] = _words_check(table)
    return files


def write_declared_checks(folder: Path) -> None:
    """Write the generated checks below `warehouse/checks`, in the place of those that are there."""
    for check_id, text in declared_checks().items():
        path = folder / f"{check_id}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _key_check(table: Table) -> str:
    key = ", ".join(table.key)
    others = [
        f"min({name}) AS {name}" for name in ("trial_id", "document_id") if _has(table, name) and name not in table.key
    ]
    own = [name for name in ("trial_id", "document_id") if name in table.key]
    columns = [
        f"{_row_id(table)} AS row_id",
        f"'{table.key[-1]}' AS column_name",
        *own,
        *others,
        f"count(*) || ' rows have the key ({key}) = (' || {_row_id(table)} || ').' AS message",
    ]
    return _header(table, f"More than one row of {table.qualified_name} has the key ({key}).") + (
        f"SELECT\n{_indented(columns)}\nFROM {table.qualified_name}\nGROUP BY {key}\nHAVING count(*) > 1\n"
    )


def _reference_check(table: Table) -> str:
    queries = []
    for name, target in table.references:
        parent, _, parent_column = target.rpartition(".")
        text = f"'{name} is ' || {name} || ', which {parent} does not have.'"
        queries.append(
            f"SELECT\n{_indented(_columns(table, name, text))}\nFROM {table.qualified_name} AS child\n"
            f"WHERE {name} IS NOT NULL\n"
            f"  AND NOT EXISTS (SELECT 1 FROM {parent} AS parent WHERE parent.{parent_column} = child.{name})\n"
        )
    return _header(table, f"A row of {table.qualified_name} refers to a row that does not exist.") + _union(queries)


def _words_check(table: Table) -> str:
    queries = []
    for column in table.columns:
        if not column.words:
            continue
        text = f"'{column.name} is ' || {column.name} || ', which is none of its words.'"
        words = ", ".join(f"'{word}'" for word in column.words)
        queries.append(
            f"SELECT\n{_indented(_columns(table, column.name, text))}\nFROM {table.qualified_name}\n"
            f"WHERE {column.name} NOT IN ({words})\n"
        )
    return _header(table, f"A row of {table.qualified_name} holds a word that its column does not know.") + _union(
        queries
    )


def _header(table: Table, message: str) -> str:
    """The header of a check. Only `main` blocks: what is bad in the books of an earlier run never goes away."""
    severity = Severity.BLOCK if table.schema == "main" else Severity.ERROR
    return (
        f"-- severity: {severity.value}\n"
        f"-- message: {message}\n"
        "-- action: Look at the step of the build that makes these rows, and mend it; no person's decision can help.\n"
        "-- owner: warehouse\n"
        "\n"
        "-- Generated from the declaration of the table: python -m trialhouse.quality.declared warehouse/checks\n"
    )


def _columns(table: Table, column_name: str, message: str) -> list[str]:
    """What a query for single rows returns."""
    kept = [name for name in ("trial_id", "document_id") if _has(table, name)]
    return [f"{_row_id(table)} AS row_id", f"'{column_name}' AS column_name", *kept, f"{message} AS message"]


def _row_id(table: Table) -> str:
    """The id of a row: its key, with slashes between the parts of a longer one."""
    return table.key[0] if len(table.key) == 1 else f"concat_ws('/', {', '.join(table.key)})"


def _has(table: Table, name: str) -> bool:
    return any(column.name == name for column in table.columns)


def _indented(columns: Sequence[str]) -> str:
    return ",\n".join(f"    {column}" for column in columns)


def _union(queries: Sequence[str]) -> str:
    """The queries as one; by name, so that each may say the columns that it has."""
    return "UNION ALL BY NAME\n".join(queries)


if __name__ == "__main__":
    write_declared_checks(Path(sys.argv[1]))
