"""A small release made by hand: versions of rows with their validity, and what each release was made with."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trialhouse.model.tables import TABLES, Table
from trialhouse.releases.differences_sql import changes_macro_sql
from trialhouse.releases.history import as_of_macro_sql
from trialhouse.store.connection import Connection, new_database, scratch_database
from trialhouse.store.schema import history_name, schema_sql

RELEASE_NO_OF = Path(__file__).parents[2] / "warehouse" / "macros" / "release_no_of.sql"
DAY = datetime.datetime(2026, 3, 1, 12)
BY_NAME = {table.name: table for table in TABLES}
PLAIN = {
    "VARCHAR": "some",
    "BIGINT": 1,
    "DOUBLE": 1.0,
    "BOOLEAN": False,
    "DATE": DAY.date(),
    "TIMESTAMP": DAY,
    "VARCHAR[]": [],
}
"""What stands in a required column that a version does not name."""

MADE_WITH = {
    "extractor_version": "1",
    "vocabulary_sha256": "v1",
    "code_version": "0.1",
    "judgements_sha256": None,
    "trust_sha256": "w1",
}


def release_id(number: int) -> str:
    return f"2026.03.{number:02}.01"


class MadeHistory:
    """The tables of a release, to be filled with versions of rows."""

    def __init__(self, connection: Connection, tables: tuple[Table, ...] = TABLES) -> None:
        self.connection = connection
        connection.execute(schema_sql(TABLES))
        connection.execute(RELEASE_NO_OF.read_text())
        connection.execute(changes_macro_sql(tables))

    def with_as_of(self, *names: str) -> None:
        """The macros of the state of some tables as of a release."""
        for name in names:
            self.connection.execute(as_of_macro_sql(BY_NAME[name]))

    def release(self, number: int, **facts: object) -> None:
        """A release of the day of its number."""
        published = DAY + datetime.timedelta(days=number - 1)
        row = {"release_no": number, "release_id": release_id(number), "published_at": published}
        self._insert(
            "meta.releases",
            row | {"status": "published", "rows_are_lost": False, "since_release_no": number} | MADE_WITH | facts,
        )

    def version(self, table_name: str, since: int, until: int | None = None, /, **cells: object) -> None:
        """A version of a row that holds from one release up to, and without, another."""
        table = BY_NAME[table_name]
        plain = {c.name: PLAIN[c.sql_type] for c in table.columns if not c.nullable or c.sql_type.endswith("[]")}
        row: dict[str, object] = plain | cells | {"since_release_no": since}
        if until is None:
            self._insert(table.qualified_name, row)
        else:
            self._insert(history_name(table), row | {"until_release_no": until})

    def changes(self, old: int | str = 1, new: int | str = 2) -> list[dict[str, Any]]:
        """The rows of the macro."""
        moments = [release_id(moment) if isinstance(moment, int) else moment for moment in (old, new)]
        result = self.connection.execute("FROM changes(?, ?)", moments)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _insert(self, name: str, row: dict[str, object]) -> None:
        marks = ", ".join("?" for _ in row)
        self.connection.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


@contextmanager
def made_history(path: Path | None = None, releases: int = 2) -> Iterator[MadeHistory]:
    """An empty one in memory, or in a file, with releases that were all made alike."""
    with scratch_database() if path is None else new_database(path) as connection:
        history = MadeHistory(connection)
        for number in range(1, releases + 1):
            history.release(number)
        yield history


def two_trials(history: MadeHistory) -> None:
    """t1 with a paper d1 and a measurement read from it, t2 with a paper d2; all as they always were."""
    for number in (1, 2):
        history.version("trials", 1, trial_id=f"t{number}")
        history.version(
            "documents", 1, document_id=f"d{number}", sha256=f"sha{number}", source="pubmed", title="A paper"
        )
        history.version("trial_documents", 1, trial_id=f"t{number}", document_id=f"d{number}")
        history.version("arms", 1, arm_id=f"a{number}", trial_id=f"t{number}")
        history.version("outcomes", 1, outcome_id=f"o{number}", trial_id=f"t{number}")


def measurement(history: MadeHistory, since: int, until: int | None = None, **cells: object) -> None:
    row = {"measurement_id": "m1", "outcome_id": "o1", "arm_id": "a1", "value": 1.5}
    history.version("outcome_measurements", since, until, **row | cells)


def evidence(history: MadeHistory, since: int, until: int | None = None, **cells: object) -> None:
    row = {"table_name": "outcome_measurements", "row_id": "m1", "column_name": "value", "document_id": "d1"}
    history.version("evidence", since, until, **row | {"is_main": True, "extractor_version": "1"} | cells)


def facts(history: MadeHistory, number: int = 2, **values: object) -> None:
    """Say that a release was made with something else."""
    for name, value in values.items():
        history.connection.execute(f"UPDATE meta.releases SET {name} = ? WHERE release_no = ?", [value, number])
