"""A check is a SQL file: a query for the bad rows of a table, with a severity and what to do about them."""

from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.enums import Severity
from trialhouse.model.tables import TABLES, CheckRow
from trialhouse.store.sql_files import SqlFile, read_sql_files

MACROS = "_macros"
"""The file beside the tables' folders whose macros every check may use."""


@dataclass(frozen=True)
class Check:
    """One check. `check_id` is 'table/name'; `macros` holds the statements that make its macros, if it uses any."""

    check_id: str
    table_name: str
    severity: Severity
    message: str
    action: str
    owner: str
    needs_last: bool
    sql: str
    macros: str = ""

    def row(self) -> CheckRow:
        """The check as dq.checks shows it; its SQL runs as it stands, so the macros it uses come with it."""
        return CheckRow(
            check_id=self.check_id,
            table_name=self.table_name,
            severity=self.severity,
            message=self.message,
            action=self.action,
            owner=self.owner,
            sql=f"{self.macros}\n\n{self.sql}" if self.macros else self.sql,
        )


def load_checks(folder: Path) -> list[Check]:
    """Every check below a folder of `<table>/<name>.sql`, sorted by check_id.

    Raises ValueError, with the file's name, for a header without severity, message, action or owner, for a severity
    that is none, and for a folder that is no table of a release.
    """
    files = {file.name: file for file in read_sql_files(folder)}
    macros = files.pop(MACROS).sql if MACROS in files else ""
    return [_check(file, macros) for _, file in sorted(files.items())]


def _check(file: SqlFile, macros: str) -> Check:
    table_name = file.name.rpartition("/")[0]
    if table_name not in {table.qualified_name for table in TABLES}:
        raise ValueError(f"{file.name}.sql: a check lies in the folder of its table, and {table_name!r} is no table")
    return Check(
        check_id=file.name,
        table_name=table_name,
        severity=_severity(file),
        message=file.required("message"),
        action=file.required("action"),
        owner=file.required("owner"),
        needs_last=_needs_last(file),
        sql=file.sql.rstrip().rstrip(";"),
        macros=macros if any(f"{name}(" in file.sql for name in macro_names(macros)) else "",
    )


def macro_names(macros: str) -> list[str]:
    """The names that a file of macros makes."""
    lines = (line.strip() for line in macros.splitlines())
    opening = "CREATE OR REPLACE TEMP MACRO "
    return [line.removeprefix(opening).partition("(")[0] for line in lines if line.startswith(opening)]


def _severity(file: SqlFile) -> Severity:
    word = file.required("severity")
    try:
        return Severity(word)
    except ValueError:
        known = ", ".join(severity.value for severity in Severity)
        raise ValueError(f"{file.name}.sql: severity {word!r} is none of {known}") from None


def _needs_last(file: SqlFile) -> bool:
    needs = file.header.get("needs")
    if needs not in (None, "last"):
        raise ValueError(f"{file.name}.sql: a check can need 'last' (the last release), not {needs!r}")
    return needs == "last"
