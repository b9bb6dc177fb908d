"""Quarantine: what fails a check of severity error is taken out of the tables with the reason; the rest is published.

A check says what of its rows goes: the whole row, with every row that refers to it, or only the cell of the column that
fails, which becomes null. All of it is kept as JSON in dq.quarantine, with its evidence. What is waived stays.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from trialhouse.model.check_config import GateConfig
from trialhouse.model.ids import text_sha256
from trialhouse.model.tables import TABLES, FailingRow, QuarantineRow, Table
from trialhouse.quality.alerts import fingerprint_of
from trialhouse.quality.checks import Check
from trialhouse.quality.run import CheckReport
from trialhouse.store.connection import Connection

SOURCE = "build"
"""The source that quarantine names for what a check set aside."""

STAGE = "check"

ABOUT_ROWS = ("evidence", "conflicts")
"""Tables that speak of rows of other tables, by table_name and row_id."""

_MAIN = {table.name: table for table in TABLES if table.schema == "main"}


@dataclass(frozen=True)
class SetAside:
    """How many rows, or cells of rows, of a table went, of how many."""

    table_name: str
    number: int
    of: int
    is_too_much: bool


@dataclass(frozen=True)
class _Part:
    """One thing to set aside: a row, or the cell of one column of it, and the failing rows that are the reason."""

    table: Table
    row_id: str
    column_name: str | None
    reasons: tuple[FailingRow, ...]


def set_aside(
    connection: Connection, report: CheckReport, checks: Sequence[Check], waived: Collection[str], gate: GateConfig
) -> tuple[list[QuarantineRow], list[SetAside], list[str]]:
    """Take what fails out of the build, the connection's default database.

    Returns the rows for quarantine, how much of each table went, and the checks that name rows which are not there:
    what failed them was not found, and would be published. Where too much would go, nothing is taken. `waived` are
    fingerprints of alerts that people waived.
    """
    parts = _parts(report, checks, waived)
    went = _how_much(connection, parts, gate)
    if not parts or any(part.is_too_much for part in went):
        return [], went, _without_row(report, checks)
    connection.execute("CREATE TEMP TABLE going (part BIGINT, table_name VARCHAR, row_id VARCHAR, column_name VARCHAR)")
    connection.execute("CREATE TEMP TABLE gone (part BIGINT, table_name VARCHAR, row_id VARCHAR, content VARCHAR)")
    values = [(number, part.table.name, part.row_id, part.column_name) for number, part in enumerate(parts)]
    connection.executemany("INSERT INTO going VALUES (?, ?, ?, ?)", values)
    _take_cells(connection)
    _take_rows(connection)
    contents = dict(connection.execute(_CONTENTS).fetchall())
    for name in ("going", "gone"):
        connection.execute(f"DROP TABLE {name}")
    rows = [_quarantined(part, contents[number]) for number, part in enumerate(parts) if number in contents]
    lost = {row.check_id for number, part in enumerate(parts) if number not in contents for row in part.reasons}
    return rows, went, sorted(lost.union(_without_row(report, checks)))


_CONTENTS = """
SELECT part, '[' || string_agg(content, ', ' ORDER BY table_name, row_id, content) || ']' FROM gone GROUP BY part
"""


def _parts(report: CheckReport, checks: Sequence[Check], waived: Collection[str]) -> list[_Part]:
    """What goes, by table, row and column."""
    ways = {check.check_id: check.sets_aside for check in checks if check.sets_aside}
    groups: dict[tuple[str, str, str], list[FailingRow]] = {}
    for row in report.failing:
        way = ways.get(row.check_id)
        if way is None or row.row_id is None or fingerprint_of(row) in waived:
            continue
        column = _cell_column(_MAIN[row.table_name], row.column_name) if way == "cell" else None
        groups.setdefault((row.table_name, row.row_id, column or ""), []).append(row)
    return [
        _Part(_MAIN[table_name], row_id, column or None, tuple(rows))
        for (table_name, row_id, column), rows in sorted(groups.items())
    ]


def _without_row(report: CheckReport, checks: Sequence[Check]) -> list[str]:
    """The checks that set rows aside and do not say which."""
    ways = {check.check_id for check in checks if check.sets_aside}
    return sorted({row.check_id for row in report.failing if row.check_id in ways and row.row_id is None})


def _cell_column(table: Table, name: str | None) -> str | None:
    """The column whose cell can be emptied; None where it cannot, and the row must go."""
    nullable = {column.name for column in table.columns if column.nullable and column.name not in table.key}
    return name if name in nullable else None


def _how_much(connection: Connection, parts: Sequence[_Part], gate: GateConfig) -> list[SetAside]:
    went = []
    for name in sorted({part.table.name for part in parts}):
        of = int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])
        number = len({part.row_id for part in parts if part.table.name == name})
        went.append(
            SetAside(
                name, number, of, number > gate.most_set_aside_rows and number > of * gate.most_set_aside_percent / 100
            )
        )
    return went


def _take_cells(connection: Connection) -> None:
    """Empty cells, and with a date how exactly it is known; what was said about them goes too."""
    asked = "SELECT DISTINCT table_name, column_name FROM going WHERE column_name IS NOT NULL ORDER BY ALL"
    for table_name, column_name in connection.execute(asked).fetchall():
        table = _MAIN[table_name]
        names = [c.name for c in table.columns if c.name in (column_name, f"{column_name}_precision")]
        cells = "SELECT * FROM going WHERE table_name = ? AND column_name = ?"
        values = [table_name, column_name]
        connection.execute(
            f"INSERT INTO gone SELECT part, table_name, row_id, {_as_json(table, [*table.key, *names])} "
            f"FROM ({cells}) AS cell JOIN {table_name} AS one ON cell.row_id = {_row_id(table, 'one')}",
            values,
        )
        for name in ABOUT_ROWS:
            about = _MAIN[name]
            same = "cell.table_name = one.table_name AND cell.row_id = one.row_id"
            of_column = f"one.column_name IN ({', '.join(repr(n) for n in names)})"
            connection.execute(
                f"INSERT INTO gone SELECT part, '{name}', one.row_id, {_as_json(about)} "
                f"FROM ({cells}) AS cell JOIN {name} AS one ON {same} AND {of_column}",
                values,
            )
            connection.execute(
                f"DELETE FROM {name} AS one USING ({cells}) AS cell WHERE {same} AND {of_column}", values
            )
        emptied = ", ".join(f"{name} = NULL" for name in names)
        connection.execute(
            f"UPDATE {table_name} AS one SET {emptied} FROM ({cells}) AS cell "
            f"WHERE cell.row_id = {_row_id(table, 'one')}",
            values,
        )


def _take_rows(connection: Connection) -> None:
    """Delete rows, every row that refers to them, and what was said about them."""
    connection.execute("DELETE FROM going WHERE column_name IS NOT NULL")
    number = -1
    while number != (number := _count_going(connection)):
        for table in _MAIN.values():
            for parent, column, target in _parents(table):
                connection.execute(
                    f"INSERT INTO going SELECT DISTINCT part, '{table.name}', {_row_id(table, 'one')}, NULL "
                    f"FROM going JOIN {parent.name} AS parent "
                    f"ON going.table_name = '{parent.name}' AND going.row_id = {_row_id(parent, 'parent')} "
                    f"JOIN {table.name} AS one ON one.{column} = parent.{target} "
                    f"WHERE NOT EXISTS (SELECT 1 FROM going AS known WHERE known.part = going.part "
                    f"AND known.table_name = '{table.name}' AND known.row_id = {_row_id(table, 'one')})"
                )
        for name in ABOUT_ROWS:
            connection.execute(
                f"INSERT INTO going SELECT DISTINCT part, '{name}', {_row_id(_MAIN[name], 'one')}, NULL "
                f"FROM going JOIN {name} AS one USING (table_name, row_id) "
                f"WHERE NOT EXISTS (SELECT 1 FROM going AS known WHERE known.part = going.part "
                f"AND known.table_name = '{name}' AND known.row_id = {_row_id(_MAIN[name], 'one')})"
            )
    for table in _MAIN.values():
        same = f"going.table_name = '{table.name}' AND going.row_id = {_row_id(table, 'one')}"
        connection.execute(
            f"INSERT INTO gone SELECT part, going.table_name, going.row_id, {_as_json(table)} "
            f"FROM going JOIN {table.name} AS one ON {same}"
        )
        connection.execute(f"DELETE FROM {table.name} AS one USING going WHERE {same}")


def _count_going(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM going").fetchall()[0][0])


def _parents(table: Table) -> list[tuple[Table, str, str]]:
    """What a table refers to: the other table, the column by which it does, and that table's column."""
    found = []
    for column, target in table.references:
        parent, _, parent_column = target.rpartition(".")
        if parent in _MAIN:
            found.append((_MAIN[parent], column, parent_column))
    return found


def _as_json(table: Table, names: Sequence[str] | None = None) -> str:
    """SQL for a row `one` as JSON, with the name of its table."""
    chosen = [column.name for column in table.columns if names is None or column.name in names]
    cells = ", ".join(f"{name} := one.{name}" for name in chosen)
    return f"to_json(struct_pack(table_name := '{table.name}', row := struct_pack({cells})))"


def _row_id(table: Table, alias: str) -> str:
    """SQL for a row's id as checks give it: its key, with slashes between the parts of a longer one."""
    parts = [f"{alias}.{name}" for name in table.key]
    return parts[0] if len(parts) == 1 else f"concat_ws('/', {', '.join(parts)})"


def _quarantined(part: _Part, content: str) -> QuarantineRow:
    first = part.reasons[0]
    text = json.dumps(json.loads(content), ensure_ascii=False)
    return QuarantineRow(
        source=SOURCE,
        record_id="/".join(filter(None, (part.table.name, part.row_id, part.column_name))),
        sha256=text_sha256(text),
        stage=STAGE,
        cause=first.check_id,
        message=" ".join(sorted({row.message for row in part.reasons})),
        table_name=part.table.name,
        row_id=part.row_id,
        column_name=part.column_name,
        trial_id=first.trial_id,
        document_id=first.document_id,
        content=text,
    )
