"""How checks name a row: by its key, and a conflict also without what the other document says."""

from collections.abc import Mapping
from typing import Any

from trialhouse.model.tables import TABLES, ConflictRow, Table

TABLE_OF = {table.qualified_name: table for table in TABLES}
"""Every table by the name that checks and alerts give it."""

CONFLICTS = TABLE_OF[ConflictRow.NAME]


def row_id_sql(table: Table) -> str:
    """SQL for a row's id as checks give it: its key, with slashes between the parts of a longer one."""
    return _joined(table.key)


def row_names_sql(table: Table) -> tuple[str, ...]:
    """SQL for everything that checks may call a row of a table.

    A conflict is also named by its cell and the other document alone: then an alert stays the same one when a value
    changes. Several conflicts may have such a name.
    """
    whole = row_id_sql(table)
    return (whole, _joined(CONFLICTS.key[:-1])) if table == CONFLICTS else (whole,)


def row_id_of(table_name: str, cells: Mapping[str, Any]) -> str:
    """A row's id as checks give it, from its cells."""
    return "/".join(str(cells[name]) for name in TABLE_OF[table_name].key if cells.get(name) is not None)


def _joined(columns: tuple[str, ...]) -> str:
    return columns[0] if len(columns) == 1 else f"concat_ws('/', {', '.join(columns)})"
