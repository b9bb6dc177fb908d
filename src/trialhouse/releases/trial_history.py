"""In which releases something of a trial changed, what, and why."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from trialhouse.model.tables import SINCE, TABLES, UNTIL, Table
from trialhouse.releases.differences import Difference, difference
from trialhouse.releases.trial_of_row import document_columns, ever_sql, has_column, reference_to_trial_row
from trialhouse.store.connection import Connection
from trialhouse.store.schema import history_name

RELEASES = "SELECT release_no, release_id, published_at, tag, status FROM meta.releases ORDER BY release_no"


@dataclass(frozen=True)
class TrialStep:
    """A release that changed something of a trial; `difference` is None for the first of the warehouse."""

    release_id: str
    published_at: datetime.datetime
    tag: str | None
    status: str
    difference: Difference | None

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


def trial_history(connection: Connection, trial_id: str) -> list[TrialStep]:
    """The steps of a trial, oldest first.

    Only releases with which a row of it began or ended are compared, each with the one before it.
    """
    boundaries = {row[0] for row in connection.execute(boundaries_sql(), {"trial": trial_id}).fetchall()}
    steps = []
    before: str | None = None
    for release_no, release_id, published_at, tag, status in connection.execute(RELEASES).fetchall():
        if release_no in boundaries:
            found = None if before is None else difference(connection, before, release_id, trial_id=trial_id)
            if found is None or found.changes:
                steps.append(TrialStep(release_id, published_at, tag, status, found))
        before = release_id
    return steps


def boundaries_sql() -> str:
    """A query for the numbers of the releases with which a row that may be of a trial began or ended."""
    tables = {table.name: table for table in TABLES if table.schema == "main" and table.has_history}
    own = {name: condition for name, table in tables.items() if (condition := _of_trial(table, tables))}
    rows = "\nUNION ALL ".join(
        f"SELECT {table.key[0]} AS row_id FROM {ever_sql(table)} WHERE {own[name]}"
        for name, table in tables.items()
        if name in own and len(table.key) == 1
    )
    conditions = own | {
        name: "row_id IN (FROM own_rows)" for name, table in tables.items() if has_column(table, "row_id")
    }
    queries = [
        query
        for name, condition in conditions.items()
        for query in (
            f"SELECT {SINCE.name} FROM {ever_sql(tables[name])} WHERE {condition}",
            f"SELECT {UNTIL.name} FROM {history_name(tables[name])} WHERE {condition}",
        )
    ]
    return (
        f"WITH documents_of_trial AS MATERIALIZED (\n"
        f"SELECT DISTINCT document_id FROM {ever_sql(tables['trial_documents'])} WHERE trial_id = $trial\n"
        f"), own_rows AS MATERIALIZED (\n{rows}\n)\n" + "\nUNION\n".join(queries)
    )


def _of_trial(table: Table, tables: Mapping[str, Table]) -> str | None:
    """The condition that a row may be of the trial; None for a table that names rows of others."""
    if has_column(table, "trial_id"):
        return "trial_id = $trial"
    reference = reference_to_trial_row(table, tables)
    if reference is not None:
        column, owner = reference
        return f"{column} IN (SELECT {column} FROM {ever_sql(tables[owner])} WHERE trial_id = $trial)"
    if has_column(table, "row_id"):
        return None
    return " OR ".join(f"{column} IN (FROM documents_of_trial)" for column in document_columns(table)) or None
