"""The data dictionary and the entity-relationship diagram, made from the declaration of the tables.

`python -m trialhouse.releases.dictionary FOLDER` writes what a checkout keeps of them, and the schema's SQL.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.tables import SINCE, TABLES, UNTIL, Column, Table
from trialhouse.releases.described_views import DESCRIBED_VIEWS, described_views_json
from trialhouse.releases.queries import read_queries
from trialhouse.releases.queries_page import columns_of, queries_markdown
from trialhouse.store.connection import scratch_database
from trialhouse.store.schema import bare_schema_sql, column_comment, schema_sql
from trialhouse.store.sql_files import read_sql_files

VIEWS = "warehouse/views"
"""Where a checkout or an installation keeps the SQL of the views."""

MACROS = "warehouse/macros"
"""Where a checkout or an installation keeps the SQL of the macros."""

QUERIES_NOTICE = "made from warehouse/queries by `make docs`; changes made here are lost."

NOTICE = "made from src/trialhouse/model/tables and warehouse/views by `make docs`; changes made here are lost."

SCHEMA_SENTENCES = {
    "main": "What analysts read.",
    "dq": "Quality: checks, what they found, and the life of alerts.",
    "meta": "Provenance: releases, runs, sources, and the accounting of every record.",
}
"""What each schema holds, in the order of the dictionary."""

HISTORY_MARKDOWN = f"""## Schema `history`

Rows that ended: for each table above but `dq.failing_rows` one of the same name, without its schema, and with the same
columns and a last one more.

| column | type | null | meaning |
|---|---|---|---|
| `{SINCE.name}` | {SINCE.sql_type} | no | {SINCE.description} |
| `{UNTIL.name}` | {UNTIL.sql_type} | no | {UNTIL.description} |

`FROM trials_as_of('2026-03-01')`, `FROM dq.alerts_as_of('2026.03.01.01')`, `FROM results_as_of('2026-03-01')`: a macro
for each of these tables, and for each view, gives its rows as they were in a release, named by its id, its tag or a
date (the last release published by the end of that day, UTC, and not withdrawn)."""
"""What is the same for all tables of a schema that no class of rows declares."""


VIEW_COLUMNS = """
SELECT v.schema_name, v.view_name, v.comment, c.column_name, c.data_type, c.comment
FROM duckdb_views() AS v JOIN duckdb_columns() AS c ON c.table_oid = v.view_oid AND c.database_name = v.database_name
WHERE NOT v.internal
ORDER BY v.schema_name, v.view_name, c.column_index
"""


def views_of(folder: Path) -> tuple[Table, ...]:
    """The views of a folder, described like tables by the comments in their SQL; without key and references."""
    with scratch_database() as connection:
        connection.execute(bare_schema_sql(TABLES))
        for file in read_sql_files(folder):
            connection.execute(file.sql)
        rows = connection.execute(VIEW_COLUMNS).fetchall()
    views: dict[tuple[str, str, str], list[Column]] = {}
    for schema, view, comment, column, sql_type, meaning in rows:
        columns = views.setdefault((schema, view, comment or ""), [])
        columns.append(Column(name=column, sql_type=sql_type, nullable=True, description=meaning or ""))
    return tuple(
        Table(schema=schema, name=view, description=comment, columns=tuple(columns), key=(), references=())
        for (schema, view, comment), columns in views.items()
    )


def dictionary_markdown(tables: Iterable[Table] = TABLES) -> str:
    """The data dictionary: every table and column with type and meaning."""
    tables = tuple(tables)
    parts = ["# Data dictionary", f"<!-- {NOTICE} -->"]
    for schema, sentence in SCHEMA_SENTENCES.items():
        parts.append(f"## Schema `{schema}`\n\n{sentence}")
        parts += [_table_markdown(table) for table in tables if table.schema == schema]
    return "\n\n".join([*parts, HISTORY_MARKDOWN]) + "\n"


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


def generated_files(root: Path) -> dict[str, str]:
    """The generated files of a checkout: path below its root, and content."""
    views = views_of(root / VIEWS)
    queries = read_queries(root)
    return {
        "docs/data-dictionary.md": dictionary_markdown([*views, *TABLES]),
        DESCRIBED_VIEWS: described_views_json(views),
        "docs/er-diagram.md": diagram_markdown(),
        "docs/queries.md": queries_markdown(queries, columns_of(queries, root / VIEWS, root / MACROS), QUERIES_NOTICE),
        "warehouse/schema/release.sql": f"-- {NOTICE}\n\n{schema_sql(TABLES)}",
    }


def _table_markdown(table: Table) -> str:
    lines = [f"### {table.qualified_name}", "", table.description, ""]
    lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else "A view.", ""]
    lines += ["| column | type | null | meaning |", "|---|---|---|---|"]
    for column in table.stored_columns:
        target = table.reference_of(column)
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
    for name, content in generated_files(root).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
        print(f"{name}: {content.count(chr(10)):,} lines", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
