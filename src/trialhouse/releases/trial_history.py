"""In which releases something of a trial changed, or of trials that are gone and one with it; what, and why."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from trialhouse.model.tables import SINCE, TABLES, UNTIL, Table, TrialRow, table_of
from trialhouse.releases.catalog import NoSuchRelease
from trialhouse.releases.differences import Difference, difference
from trialhouse.releases.trial_of_row import document_columns, ever_sql, has_column, reference_to_trial_row, row_id_sql
from trialhouse.store.connection import Connection, attach_in_memory
from trialhouse.store.schema import HISTORY, history_name, quoted

ONE_TRIAL = "one_trial"
"""The catalog of the rows of one trial, and of those that are one with it now."""

PREPARATION = f"""
CREATE SCHEMA {HISTORY};
CREATE SCHEMA meta;
CREATE TABLE meta.releases AS FROM release.meta.releases;
CREATE TABLE rows_of_trial (table_name VARCHAR, row_id VARCHAR);
CREATE MACRO release_no_of(moment) AS release.main.release_no_of(moment);
"""

CHANGES = "CREATE MACRO changes(a, b) AS TABLE FROM release.main.changes(a, b)"
"""Within a macro of the release, a table is looked for where the query is asked; so this asks the narrowed tables."""

TABLES_WITH_HISTORY = f"""
SELECT table_name FROM duckdb_tables() WHERE database_name = 'release' AND schema_name = '{HISTORY}'
"""

BEGAN_WITH = f"""
SELECT trial_id FROM {ever_sql(table_of(TrialRow))} WHERE {SINCE.name} = ? ORDER BY trial_id
"""

RELEASES = "SELECT release_no, release_id, published_at, tag, status FROM meta.releases ORDER BY release_no"


@dataclass(frozen=True)
class TrialStep:
    """A release that changed something of a trial; `difference` is None for the first of the warehouse, and `began`
    are then the trials that it has.
    """

    release_id: str
    published_at: datetime.datetime
    tag: str | None
    status: str
    difference: Difference | None
    began: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        changes = self.difference.changes if self.difference else ()
        return {
            "release_id": self.release_id,
            "published_at": self.published_at.isoformat(),
            "tag": self.tag,
            "status": self.status,
            "since": self.difference.old if self.difference else None,
            "changes": [asdict(change) for change in changes],
        }


def trial_history(connection: Connection, *trial_ids: str) -> list[TrialStep]:
    """The steps of a trial, or of some, oldest first. The connection means the rows of these alone from then on.

    Only releases with which a row of it began or ended are compared, each with the one before it.
    Raises NoSuchRelease for a file without history, which an older version wrote.
    """
    tables = narrow(connection, trial_ids)
    boundaries = {row[0] for row in connection.execute(_boundaries_sql(tables)).fetchall()}
    steps = []
    before: str | None = None
    for release_no, release_id, published_at, tag, status in connection.execute(RELEASES).fetchall():
        if before is None:
            began = tuple(row[0] for row in connection.execute(BEGAN_WITH, [release_no]).fetchall())
            if began:
                steps.append(TrialStep(release_id, published_at, tag, status, None, began))
        elif release_no in boundaries:
            found = difference(connection, before, release_id, trial_ids=trial_ids)
            if found.changes:
                steps.append(TrialStep(release_id, published_at, tag, status, found))
        before = release_id
    return steps


def narrow(connection: Connection, trial_ids: Sequence[str]) -> list[Table]:
    """Let the plain names of tables mean the rows that are or were of some trials, in a database in memory.

    The difference of two releases is then a matter of these rows and not of all. Returns the tables of the release.
    """
    there = {row[0] for row in connection.execute(TABLES_WITH_HISTORY).fetchall()}
    tables = {table.name: table for table in TABLES if table.schema == "main" and table.name in there}
    if not tables:
        raise NoSuchRelease("this release has no history, since an older version wrote it: run `trialhouse refresh`")
    attach_in_memory(connection, ONE_TRIAL)
    connection.execute(f"USE {ONE_TRIAL}")
    connection.execute(PREPARATION)
    wanted = f"trial_id IN ({', '.join(map(quoted, trial_ids))})"
    connection.execute(f"CREATE TABLE documents_of_trial AS {_documents_sql(wanted)}")
    # Evidence and conflicts name rows of the other tables, whose own trial_id comes first.
    for table in sorted(tables.values(), key=lambda t: (has_column(t, "row_id"), not has_column(t, "trial_id"))):
        condition = _condition(table, tables, wanted)
        for schema in ("main", HISTORY):
            place = f"{schema}.{table.name}"
            connection.execute(f"CREATE TABLE {place} AS FROM release.{place} WHERE {condition}")
        if not has_column(table, "row_id"):
            connection.execute(
                f"INSERT INTO rows_of_trial SELECT {quoted(table.name)}, {row_id_sql(table)} FROM {ever_sql(table)}"
            )
    connection.execute(CHANGES)
    return list(tables.values())


def _documents_sql(wanted: str) -> str:
    return " UNION ".join(
        f"SELECT document_id FROM release.{schema}.trial_documents WHERE {wanted}" for schema in ("main", HISTORY)
    )


def _condition(table: Table, tables: Mapping[str, Table], wanted: str) -> str:
    """The condition that a row may be of the trials, over the tables that were narrowed before."""
    if table.name == "trial_documents":
        # With the other trials of its documents: what is of several is of none.
        return "document_id IN (FROM documents_of_trial)"
    if has_column(table, "trial_id"):
        return wanted
    if has_column(table, "row_id"):
        return "(table_name, row_id) IN (FROM rows_of_trial)"
    reference = reference_to_trial_row(table, tables)
    if reference is not None:
        column, owner = reference
        return f"{column} IN (SELECT {column} FROM {ever_sql(tables[owner])})"
    return " OR ".join(f"{column} IN (FROM documents_of_trial)" for column in document_columns(table)) or "false"


def _boundaries_sql(tables: Sequence[Table]) -> str:
    """A query for the numbers of the releases with which a row began or ended."""
    return "\nUNION\n".join(
        f"SELECT {SINCE.name} FROM {ever_sql(table)} UNION SELECT {UNTIL.name} FROM {history_name(table)}"
        for table in tables
    )
