"""DDL and comments, made from the declaration of the tables."""

from collections.abc import Iterable, Sequence

from trialhouse.model.tables import UNTIL, Column, Table

HISTORY = "history"
"""The schema of the rows that ended, under the names that their tables have without a schema."""


def schema_sql(tables: Iterable[Table], release_no: int = 1) -> str:
    """The statements that create the tables and their history with comments, schemas first, in the order given.

    A row that is inserted without `since_release_no` holds since `release_no`.
    """
    tables = tuple(tables)
    parts = [_schemas_sql(tables), f"CREATE SCHEMA {HISTORY};\n"]
    for table in tables:
        parts.append(_creation_sql(table.qualified_name, table.stored_columns, release_no))
        parts.append(_comments_sql(table.qualified_name, table.description, table.stored_columns))
    for table in tables:
        if table.has_history:
            columns = (*table.stored_columns, UNTIL)
            parts.append(_creation_sql(history_name(table), columns))
            parts.append(_comments_sql(history_name(table), _ended(table), columns))
    return "\n".join(parts)


def bare_schema_sql(tables: Iterable[Table]) -> str:
    """The statements that create the tables without history and comments, which take most of the time of a schema."""
    tables = tuple(tables)
    return _schemas_sql(tables) + "".join(_creation_sql(t.qualified_name, t.stored_columns, 1) for t in tables)


def ledger_schema_sql(tables: Iterable[Table]) -> str:
    """The statements that create the tables of the ledger: `until_release_no` is null while a row holds."""
    tables = [table for table in tables if table.has_history]
    holds = Column(UNTIL.name, UNTIL.sql_type, nullable=True, description=UNTIL.description)
    return _schemas_sql(tables) + "".join(
        _creation_sql(table.qualified_name, (*table.stored_columns, holds)) for table in tables
    )


def plain_schema_sql(tables: Iterable[Table]) -> str:
    """The statements that create the tables with comments, and nothing that dates their rows."""
    tables = tuple(tables)
    parts = [_schemas_sql(tables)]
    for table in tables:
        parts.append(_creation_sql(table.qualified_name, table.columns))
        parts.append(_comments_sql(table.qualified_name, table.description, table.columns))
    return "\n".join(parts)


def history_name(table: Table) -> str:
    """Where a release keeps the rows of a table that ended: `history.trials`, `history.alerts`."""
    return f"{HISTORY}.{table.name}"


def _ended(table: Table) -> str:
    return f"Rows that {table.qualified_name} once had and no longer has, or no longer has so. {table.description}"


def _schemas_sql(tables: Iterable[Table]) -> str:
    return "".join(f"CREATE SCHEMA {schema};\n" for schema in sorted({table.schema for table in tables} - {"main"}))


def _creation_sql(name: str, columns: Sequence[Column], release_no: int | None = None) -> str:
    """One table; with a release number, its column of `SINCE` takes that where a row says nothing."""
    lines = [_column_sql(column) for column in columns]
    if release_no is not None:
        lines[-1] += f" DEFAULT {release_no}"
    return f"CREATE TABLE {name} (\n" + ",\n".join(lines) + "\n);\n"


def _comments_sql(name: str, description: str, columns: Sequence[Column]) -> str:
    comments = [f"COMMENT ON TABLE {name} IS {quoted(description)};"]
    comments += [f"COMMENT ON COLUMN {name}.{column.name} IS {quoted(column_comment(column))};" for column in columns]
    return "\n".join(comments) + "\n"


def column_comment(column: Column) -> str:
    """What a column means, with the words that it may hold."""
    if not column.words:
        return column.description
    return f"{column.description} One of: {', '.join(column.words)}."


def _column_sql(column: Column) -> str:
    required = "" if column.nullable else " NOT NULL"
    return f"    {column.name} {column.sql_type}{required}"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
