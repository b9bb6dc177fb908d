"""The values beside an alert as tables: rows of one table side by side, so that they can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from trialhouse.quality.concerned import ShownRow
from trialhouse.review.render import number, rule_said

MOST_BESIDE = 4
"""So many rows stand side by side; more stand one below the other."""

ROLES = {
    "failing": "",
    "other": "what it belongs to",
    "of_same": "of the same outcome",
    "gone": "as it last was",
    "set_aside": "set aside",
    "number": "read from it",
}


@dataclass(frozen=True)
class ValueTable:
    """Rows of one table. `lines` have a heading and a text a column.

    With up to four rows a line is a column of theirs; with more, a line is a row, and `heads` are the columns.
    """

    name: str
    role: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    is_open: bool


def value_tables(rows: Sequence[ShownRow]) -> list[ValueTable]:
    """The tables in the order of the rows; rows of one table and role that follow each other are together."""
    few = len(rows) <= MOST_BESIDE + 2
    found = []
    for (table, role), group in groupby(rows, key=lambda row: (row.table_name, row.role)):
        together = list(group)
        columns = list(dict.fromkeys(name for row in together for name in row.cells))
        ids = tuple(row.row_id for row in together)
        if len(together) <= MOST_BESIDE:
            heads = ids if len(together) > 1 else ()
            lines = tuple((name, tuple(_cell(row, name) for row in together)) for name in columns)
        else:
            heads = tuple(columns)
            lines = tuple((row.row_id, tuple(_cell(row, name) for name in columns)) for row in together)
        is_open = few or role in ("failing", "set_aside", "gone", "number")
        found.append(ValueTable(table, ROLES.get(role, role), heads, lines, is_open))
    return found


def _cell(row: ShownRow, name: str) -> str:
    value = row.cells.get(name)
    return rule_said(value) if name == "rule" and isinstance(value, str) else said(value)


def said(value: object) -> str:
    """A cell as people read it; empty for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value))
    return str(value)
