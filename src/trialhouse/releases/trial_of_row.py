"""How rows belong to trials, as the declaration of the tables says: SQL for the id, parent and documents of a row."""

from collections.abc import Mapping

from trialhouse.model.tables import UNTIL, Table
from trialhouse.store.schema import history_name

DOCUMENT = "documents.document_id"


def has_column(table: Table, name: str) -> bool:
    """Whether a table has a column of this name."""
    return any(column.name == name for column in table.columns)


def row_id_sql(table: Table) -> str:
    """The id of a row, as evidence and checks write it: its key, with slashes between the parts of a longer one."""
    return table.key[0] if len(table.key) == 1 else f"concat_ws('/', {', '.join(table.key)})"


def reference_to_trial_row(table: Table, tables: Mapping[str, Table]) -> tuple[str, str] | None:
    """The first column that refers to a row with a trial, and the table of that row: `outcome_id`, `outcomes`."""
    for column, target in table.references:
        name = target.rpartition(".")[0]
        if name in tables and has_column(tables[name], "trial_id"):
            return column, name
    return None


def document_columns(table: Table) -> list[str]:
    """The columns that name documents."""
    own = ["document_id"] if table.key == ("document_id",) else []
    return own + [column for column, target in table.references if target == DOCUMENT]


def ever_sql(table: Table) -> str:
    """All rows that a table has or had."""
    return f"(FROM {table.name} UNION ALL BY NAME SELECT * EXCLUDE ({UNTIL.name}) FROM {history_name(table)})"
