"""DDL and comments, made from the declaration of the tables."""

from collections.abc import Iterable

from trialhouse.model.tables import Column, Table


def schema_sql(tables: Iterable[Table]) -> str:
    """The statements that create the tables with their comments, schemas first, in the order given."""
    tables = tuple(tables)
    schemas = sorted({table.schema for table in tables} - {"main"})
    parts = [f"CREATE SCHEMA {schema};\n" for schema in schemas]
    parts += [table_sql(table) for table in tables]
    return "\n".join(parts)


def table_sql(table: Table) -> str:
    """The statements that create one table and its comments."""
    lines = ",\n".join(_column_sql(column) for column in table.columns)
    comments = [f"COMMENT ON TABLE {table.qualified_name} IS {_quoted(table.description)};"]
    comments += [
        f"COMMENT ON COLUMN {table.qualified_name}.{column.name} IS {_quoted(column_comment(column))};"
        for column in table.columns
    ]
    return f"CREATE TABLE {table.qualified_name} (\n{lines}\n);\n" + "\n".join(comments) + "\n"


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
