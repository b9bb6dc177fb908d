"""The data dictionary and the entity-relationship diagram, made from the declaration of the tables.

`python -m trialhouse.releases.dictionary FOLDER` writes what a checkout keeps of them, and the schema's SQL.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.tables import TABLES, Column, Table
from trialhouse.store.schema import column_comment, schema_sql

NOTICE = "made from src/trialhouse/model/tables by `make docs`; changes made here are lost."

SCHEMA_SENTENCES = {
    "main": "What analysts read.",
    "dq": "Quality: checks, what they found, and the life of alerts.",
    "meta": "Provenance: releases, runs, sources, and the accounting of every record.",
}
"""What each schema holds, in the order of the dictionary."""


def dictionary_markdown(tables: Iterable[Table] = TABLES) -> str:
    """The data dictionary: every table and column with type and meaning."""
    tables = tuple(tables)
    parts = ["# Data dictionary", f"<!-- {NOTICE} -->"]
    for schema, sentence in SCHEMA_SENTENCES.items():
        parts.append(f"## Schema `{schema}`\n\n{sentence}")
        parts += [_table_markdown(table) for table in tables if table.schema == schema]
    return "\n\n".join(parts) + "\n"


def diagram_markdown(tables: Iterable[Table] = TABLES) -> str:
    """The entity-relationship diagram of keys and references, in Mermaid, a diagram a schema."""
    tables = tuple(tables)
    parts = ["# Entity-relationship diagram", f"<!-- {NOTICE} -->"]
    for schema in SCHEMA_SENTENCES:
        members = [table for table in tables if table.schema == schema]
        lines = ["erDiagram", *(line for table in members for line in _entity(table))]
        lines += [line for table in members for line in _relations(table)]
        parts.append(f"## Schema `{schema}`\n\n```mermaid\n" + "\n".join(lines) + "\n```")
    return "\n\n".join(parts) + "\n"


def generated_files(tables: Iterable[Table] = TABLES) -> dict[str, str]:
    """The generated files of a checkout: path below its root, and content."""
    tables = tuple(tables)
    return {
        "docs/data-dictionary.md": dictionary_markdown(tables),
        "docs/er-diagram.md": diagram_markdown(tables),
        "warehouse/schema/release.sql": f"-- {NOTICE}\n\n{schema_sql(tables)}",
    }


def references_of(table: Table, column: Column) -> str | None:
    """`table.column` that a column refers to, or None."""
    return dict(table.references).get(column.name)


def _table_markdown(table: Table) -> str:
    lines = [f"### {table.qualified_name}", "", table.description, ""]
    if table.key:
        lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
    lines += ["| column | type | null | meaning |", "|---|---|---|---|"]
    for column in table.columns:
        target = references_of(table, column)
        meaning = column_comment(column) + (f" Refers to `{target}`." if target else "")
        null = "yes" if column.nullable else "no"
        lines.append(f"| `{column.name}` | {column.sql_type} | {null} | {meaning.replace('|', '&#124;')} |")
    return "\n".join(lines)


def _entity(table: Table) -> list[str]:
    """A table with its keys and references: all columns of all tables would be unreadable."""
    references = dict(table.references)
    lines = [f"    {_mermaid_name(table.qualified_name)} {{"]
    for column in table.columns:
        marks = ["PK"] * (column.name in table.key) + ["FK"] * (column.name in references)
        if marks:
            lines.append(f"        {column.sql_type.replace('[]', '_list')} {column.name} {','.join(marks)}")
    return [*lines, "    }"]


def _relations(table: Table) -> list[str]:
    return [
        f"    {_mermaid_name(target.rpartition('.')[0])} ||--o{{ {_mermaid_name(table.qualified_name)} : {column}"
        for column, target in table.references
    ]


def _mermaid_name(qualified_name: str) -> str:
    return qualified_name.replace(".", "_")


def main(root: Path) -> None:
    """Write the generated files below the root of a checkout."""
    for name, content in generated_files().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
        print(f"{name}: {content.count(chr(10)):,} lines", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
