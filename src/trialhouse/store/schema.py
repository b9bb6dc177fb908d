"""DDL and comments, made from the declaration of the tables."""

from collections.abc import Iterable

from trialhouse.model.tables import Column, Table


def schema_sql(tables: Iterable[Table]) -> str:
    """The statements that create the tables with their comments, schemas first, in the order given."""
    tables = tuple(tables)
    parts = [_schemas_sql(tables)]
    parts += [_creation_sql(table) + _comments_sql(table) for table in tables]
    return "\n".join(parts)


def bare_schema_sql(tables: Iterable[Table]) -> str:
    """The statements that create the tables without comments, which take most of the time that a schema takes."""
    tables = tuple(tables)
    return _schemas_sql(tables) + "".join(_creation_sql(table) for table in tables)


def _schemas_sql(tables: Iterable[Table]) -> str:
    return "".join(f"CREATE SCHEMA {schema};\n" for schema in sorted({table.schema for table in tables} - {"main"}))


def _creation_sql(table: Table) -> str:
    lines = ",\n".join(_column_sql(column) for column in table.columns)
    return f"CREATE TABLE {table.qualified_name} (\n{lines}\n);\n"


def _comments_sql(table: Table) -> str:
    comments = [f"COMMENT ON TABLE {table.qualified_name} IS {_quoted(table.description)};"]
    comments += [
        f"COMMENT ON COLUMN {table.qualified_name}.{column.name} IS {_quoted(column_comment(column))};"
        for column in table.columns
    ]
    return "\n".join(comments) + "\n"


def column_comment(column: Column) -> str:
    """What a column means, with the words that it may hold."""
    if not column.words:
        return column.description
    return f"{column.description} One of: {', '.join(column.words)}."


def _column_sql(column: Column) -> str:
    required = "" if column.nullable else " NOT NULL"
    return f"    {column.name} {column.sql_type}{required}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
