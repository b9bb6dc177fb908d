"""Running the checks over a build. What could not be evaluated is told as that, and never as a pass."""

import datetime
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.tables import CheckRow, CheckRunRow, FailingRow
from trialhouse.model.words import CheckStatus
from trialhouse.quality.checks import Check
from trialhouse.store.connection import Connection, DatabaseError, memory_for, with_enough_memory

MEGABYTES = 400
"""What DuckDB may take for a check; one that needs more is asked again in more. A check that asks about two dozen
columns at once takes a part of it for each of them that cannot be spilled, however few rows there are: the dearest
takes 140 MB for thirty documents.
"""

NO_LAST_RELEASE = "There is no earlier release to compare with."
"""Why a check that needs the last release was not evaluated on the first one."""

_COLUMNS = ("row_id", "column_name", "trial_id", "document_id", "message")
"""What a check's query may return."""


@dataclass(frozen=True)
class CheckReport:
    """What the checks found over one build: one run a check, and every row that failed."""

    runs: list[CheckRunRow]
    failing: list[FailingRow]
    checks: list[CheckRow]
    against_last: frozenset[str] = frozenset()
    """The checks that compare with the last release: they find a loss once, in the release that lost it."""

    @property
    def blocking(self) -> list[FailingRow]:
        """The failing rows that stop publishing."""
        return self.failing_of(Severity.BLOCK)

    def failing_of(self, severity: Severity) -> list[FailingRow]:
        """The failing rows of the checks of one severity."""
        of_severity = {check.check_id for check in self.checks if check.severity == severity}
        return [row for row in self.failing if row.check_id in of_severity]


def run_checks(
    connection: Connection, checks: Sequence[Check], *, run_id: str, now: datetime.datetime, has_last: bool
) -> CheckReport:
    """Run every check over the build, the connection's default database; `now` is in UTC.

    The last release, where there is one (`has_last`), is attached as `last`. Call it outside a transaction: a query
    that fails within one would end it.
    """
    for macros in sorted({check.macros for check in checks if check.macros}):
        connection.execute(macros)
    runs: list[CheckRunRow] = []
    failing: list[FailingRow] = []
    with memory_for(connection, MEGABYTES):
        for check in sorted(checks, key=lambda check: check.check_id):
            found = _evaluate(connection, check, has_last)
            rows = [] if isinstance(found, str) else found
            runs.append(_run(check, found, run_id, now))
            failing.extend(rows)
    told = [check.row() for check in sorted(checks, key=lambda check: check.check_id)]
    return CheckReport(
        runs, _with_trials(connection, failing), told, frozenset(check.check_id for check in checks if check.needs_last)
    )


_TRIALS_OF_DOCUMENTS = """
SELECT document_id, any_value(trial_id)
FROM trial_documents
SEMI JOIN documents USING (document_id)
WHERE document_id IN (SELECT unnest(?)) AND role IS DISTINCT FROM 'REVIEW_MENTION'
GROUP BY document_id
HAVING count(*) = 1
"""


def _with_trials(connection: Connection, failing: Sequence[FailingRow]) -> list[FailingRow]:
    """The rows, those of a document with its trial where it is of one alone: so whoever reviews the trial sees them.

    A review that mentions a trial is no document of it.
    """
    asked = sorted({row.document_id for row in failing if row.document_id and row.trial_id is None})
    trials = dict(connection.execute(_TRIALS_OF_DOCUMENTS, [asked]).fetchall()) if asked else {}
    return [
        row.model_copy(update={"trial_id": trials[row.document_id]})
        if row.trial_id is None and row.document_id in trials
        else row
        for row in failing
    ]


def _run(check: Check, found: "list[FailingRow] | str", run_id: str, now: datetime.datetime) -> CheckRunRow:
    if isinstance(found, str):
        status, count, why = CheckStatus.NOT_EVALUATED, None, found
    else:
        status, count, why = CheckStatus.FAILED if found else CheckStatus.PASSED, len(found), None
    return CheckRunRow(
        run_id=run_id, check_id=check.check_id, status=status, failing_rows=count, why=why, checked_at=now
    )


def _evaluate(connection: Connection, check: Check, has_last: bool) -> "list[FailingRow] | str":
    """The rows that fail, or why the check could not be evaluated."""
    if check.needs_last and not has_last:
        return NO_LAST_RELEASE
    try:
        names, rows = with_enough_memory(MEGABYTES, functools.partial(_rows_of, connection, check))
    except DatabaseError as error:
        return f"The query failed: {error}"
    unknown = sorted(set(names) - set(_COLUMNS))
    if unknown or "message" not in names:
        return f"The query returns {', '.join(names)}; a check returns message and some of {', '.join(_COLUMNS[:-1])}."
    if any(not row["message"] for row in rows):
        return "The query returns a row without a message, so nobody could tell what is wrong with it."
    return [_failing_row(check, number, row) for number, row in enumerate(rows, start=1)]


def _rows_of(connection: Connection, check: Check, megabytes: int | None) -> tuple[list[str], list[dict[str, object]]]:
    """The names of the columns that a check's query returns, and its rows, found in so much memory.

    They are ordered by all columns, so that the numbers of the rows depend on the rows alone.
    """
    with memory_for(connection, megabytes):
        result = connection.execute(f"SELECT * FROM (\n{check.sql}\n) ORDER BY ALL")
        names = [column[0] for column in result.description or ()]
        return names, [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _failing_row(check: Check, number: int, row: dict[str, object]) -> FailingRow:
    texts = {name: None if row.get(name) is None else str(row[name]) for name in _COLUMNS}
    return FailingRow(
        check_id=check.check_id,
        row_number=number,
        table_name=check.table_name,
        row_id=texts["row_id"],
        column_name=texts["column_name"],
        trial_id=texts["trial_id"],
        document_id=texts["document_id"],
        message=str(row["message"]),
    )
