"""The macro `changes(from_moment, to_moment)` that every release carries: `changes.sql`, with a part for each table."""

from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.tables import SINCE, UNTIL, Column, Table
from trialhouse.releases.trial_of_row import document_columns, ever_sql, has_column, reference_to_trial_row, row_id_sql
from trialhouse.store.schema import history_name, quoted

COMMENT = (
    "What differs between two releases, cell by cell: rows of main that were added or removed (as JSON in new_value or "
    "old_value), and cells that changed, each with its trial and its cause. A moment is a release id, a tag or a date. "
    "An edited local file has another document_id, so that all its evidence differs; without what follows from other "
    "rows: WHERE table_name NOT IN ('evidence', 'document_texts', 'candidates', 'trial_keys')."
)

VOCABULARY_COLUMNS = frozenset(
    {"intervention_id", "intervention_norm", "dose_unit_ucum", "measure_norm", "unit_ucum", "confidence"}
)
"""Columns of what a vocabulary makes of other columns. The confidence of evidence is that measured for its rule."""

STEPS = "(SELECT release_no FROM steps)"
FIRST = "(SELECT least(from_no, to_no) FROM moments)"


def changes_macro_sql(tables: Iterable[Table]) -> str:
    """The statements that create the macro, over the tables of `main` among those given."""
    compared = {table.name: table for table in tables if table.schema == "main" and table.has_history}
    template = Path(__file__).with_name("changes.sql").read_text(encoding="utf-8")
    parts = {
        "{versions}": _union(_versions_sql(table, compared) for table in compared.values()),
        "{column_names}": ",\n".join(_names_sql(table) for table in compared.values()),
        "{trials_of_rows}": _union(_trials_sql(table, compared) for table in compared.values()),
        "{vocabulary_columns}": ",\n".join(_vocabulary_sql(table) for table in compared.values() if _terms(table)),
    }
    for mark, part in parts.items():
        # The first is in the words at the head of the file, which tell what it stands for.
        before, _, after = template.rpartition(mark)
        template = before + part + after
    return f"{template}\nCOMMENT ON MACRO TABLE changes IS {quoted(COMMENT)};\n"


def _versions_sql(table: Table, tables: dict[str, Table]) -> str:
    """The versions of one table's rows that began or ended with a step, in the form that all tables share."""
    began, ended = f"{SINCE.name} IN {STEPS}", f"{UNTIL.name} IN {STEPS}"
    parent_table, parent_id = _parent(table, tables)
    documents = ", ".join(document_columns(table))
    cells = ", ".join(_text(column) for column in table.compared)
    content = ", ".join(f"{column.name}: {column.name}" for column in table.columns)
    return f"""\
SELECT
    {quoted(table.name)} AS table_name,
    [{", ".join(_text(column) for column in _key(table))}]::VARCHAR[] AS key,
    {"trial_id" if has_column(table, "trial_id") else "NULL"}::VARCHAR AS trial_id,
    {parent_table}::VARCHAR AS parent_table,
    {parent_id}::VARCHAR AS parent_id,
    [{documents}]::VARCHAR[] AS own_documents,
    {SINCE.name} AS since_no,
    {UNTIL.name} AS until_no,
    CASE WHEN is_later THEN since_no ELSE until_no END AS step,
    {_holds("from_no")} AS is_old,
    {_holds("to_no")} AS is_new,
    [{cells}]::VARCHAR[] AS cells,
    to_json({{{content}}})::VARCHAR AS content
FROM (
    SELECT *, NULL::BIGINT AS {UNTIL.name}, true AS is_later FROM {table.name} WHERE {began}
    UNION ALL BY NAME
    SELECT *, true AS is_later FROM {history_name(table)} WHERE {began}
    UNION ALL BY NAME
    SELECT *, false AS is_later FROM {history_name(table)} WHERE {ended} AND {SINCE.name} <= {FIRST}
), moments"""


def _trials_sql(table: Table, tables: dict[str, Table]) -> str:
    """The trials of those rows of one table that others belong to; empty for a table whose rows have none.

    A row may have had several; `dated_trial` sorts by when it had them.
    """
    row_id = row_id_sql(table)
    reference = ("", table.name) if has_column(table, "trial_id") else reference_to_trial_row(table, tables)
    if reference is None:
        return ""
    column, owner = reference
    wanted = (
        f"(SELECT *, {row_id} AS parent_id FROM {ever_sql(table)}\n"
        f"WHERE parent_id IN (SELECT parent_id FROM parents WHERE parent_table = {quoted(table.name)})) AS own"
    )
    since = f"own: own.{SINCE.name}"
    if column:
        wanted += f"\nJOIN {ever_sql(tables[owner])} AS owner USING ({column})"
        since += f", owner: owner.{SINCE.name}"
    return (
        f"SELECT {quoted(table.name)} AS parent_table, parent_id, {{{since}, trial_id: trial_id}} AS dated_trial\n"
        f"FROM {wanted}"
    )


def _parent(table: Table, tables: dict[str, Table]) -> tuple[str, str]:
    """SQL for the table and the id of the row that a row belongs to; NULL where it has a trial of its own."""
    if has_column(table, "trial_id"):
        return "NULL", "NULL"
    if has_column(table, "row_id"):
        return "table_name", "row_id"
    reference = reference_to_trial_row(table, tables)
    if reference is not None:
        return quoted(reference[1]), reference[0]
    documents = document_columns(table)
    return (quoted("documents"), documents[0]) if documents else ("NULL", "NULL")


def _names_sql(table: Table) -> str:
    return f"        ({quoted(table.name)}, [{', '.join(quoted(column.name) for column in table.compared)}]::VARCHAR[])"


def _vocabulary_sql(table: Table) -> str:
    return ",\n".join(f"            ({quoted(table.name)}, {quoted(name)})" for name in _terms(table))


def _terms(table: Table) -> list[str]:
    return [column.name for column in table.compared if column.name in VOCABULARY_COLUMNS]


def _text(column: Column) -> str:
    """A cell as text: lists as JSON, all else as DuckDB casts it."""
    if column.sql_type == "VARCHAR":
        return column.name
    return f"to_json({column.name})::VARCHAR" if column.sql_type.endswith("[]") else f"{column.name}::VARCHAR"


def _holds(release_no: str) -> str:
    return f"{SINCE.name} <= {release_no} AND ({UNTIL.name} IS NULL OR {UNTIL.name} > {release_no})"


def _key(table: Table) -> list[Column]:
    columns = {column.name: column for column in table.columns}
    return [columns[name] for name in table.key]


def _union(queries: Iterable[str]) -> str:
    return "\nUNION ALL\n".join(query for query in queries if query)
