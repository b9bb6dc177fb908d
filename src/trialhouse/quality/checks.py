"""A check is a SQL file: a query for the bad rows of a table, with a severity and what to do about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from trialhouse.model.check_config import CheckConfig
from trialhouse.model.enums import Severity
from trialhouse.model.tables import TABLES, CheckRow
from trialhouse.quality.thresholds import UnusableCheckConfig, ensure_all_used, with_thresholds
from trialhouse.store.sql_files import SqlFile, read_sql_files

MACROS = "_macros"
"""The file beside the tables' folders whose macros every check may use."""

SetsAside = Literal["row", "cell"]
"""What of a failing row goes to quarantine: all of it with what refers to it, or the named column, which turns null."""

NOTHING_SET_ASIDE = "nothing"
"""What an error check says whose failing rows stay: the row that it misses is not there, say."""

_MAIN = frozenset(table.qualified_name for table in TABLES if table.schema == "main")


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
    sets_aside: SetsAside | None = None

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


def load_checks(folder: Path, config: CheckConfig | None = None) -> list[Check]:
    """Every check below a folder of `<table>/<name>.sql`, sorted by check_id, with the numbers of the configuration.

    Raises ValueError, with the file's name, for a header without severity, message, action or owner, for a severity
    that is none, for an error check of schema main that does not say what it sets aside, and for a folder that is no
    table of a release. Raises UnusableCheckConfig, one too, for a threshold without a number or without a check, and
    for a severity of no check, of one that blocks, or that the check cannot have.
    """
    config = config or CheckConfig()
    files = {file.name: file for file in read_sql_files(folder)}
    ensure_all_used(config.thresholds, (file.sql for file in files.values()))
    unknown = sorted(config.severity.keys() - (files.keys() - {MACROS}))
    if unknown:
        raise UnusableCheckConfig(f"checks.toml: [severity] names {unknown[0]!r}, and there is no such check")
    macros = with_thresholds(files.pop(MACROS).sql, config.thresholds, MACROS) if MACROS in files else ""
    calls = tuple(f"{name}(" for name in macro_names(macros))
    return [_check(file, macros, calls, config) for _, file in sorted(files.items())]


def _check(file: SqlFile, macros: str, calls: Sequence[str], config: CheckConfig) -> Check:
    """A check, with the macros if its query holds one of their calls."""
    table_name = file.name.rpartition("/")[0]
    if table_name not in {table.qualified_name for table in TABLES}:
        raise ValueError(f"{file.name}.sql: a check lies in the folder of its table, and {table_name!r} is no table")
    severity, sets_aside = _consequence(file, table_name, config.severity)
    return Check(
        check_id=file.name,
        table_name=table_name,
        severity=severity,
        message=file.required("message"),
        action=file.required("action"),
        owner=file.required("owner"),
        needs_last=_needs_last(file),
        sql=with_thresholds(file.sql.rstrip().rstrip(";"), config.thresholds, file.name),
        macros=macros if any(call in file.sql for call in calls) else "",
        sets_aside=sets_aside,
    )


def macro_names(macros: str) -> list[str]:
    """The names that a file of macros makes."""
    lines = (line.strip() for line in macros.splitlines())
    opening = "CREATE OR REPLACE TEMP MACRO "
    return [line.removeprefix(opening).partition("(")[0] for line in lines if line.startswith(opening)]


def _consequence(
    file: SqlFile, table_name: str, configured: Mapping[str, Severity]
) -> tuple[Severity, SetsAside | None]:
    """What a failure does, by the check's header and the configuration, and what of its rows is set aside."""
    stated, says = _severity(file), file.header.get("sets aside")
    may_set_aside = stated is Severity.ERROR and table_name in _MAIN
    if says not in (None, NOTHING_SET_ASIDE, *get_args(SetsAside)):
        raise ValueError(f"{file.name}.sql: a check sets aside 'row', 'cell' or 'nothing', not {says!r}")
    if says is not None and not may_set_aside:
        raise ValueError(f"{file.name}.sql: only an error check of a table of schema main sets rows or cells aside")
    if says is None and may_set_aside:
        raise ValueError(f"{file.name}.sql: an error check says what it sets aside: row, cell or nothing")
    severity = configured.get(file.name, stated)
    if severity != stated and stated is Severity.BLOCK:
        raise UnusableCheckConfig(
            f"checks.toml: {file.name} blocks: a release that fails it means nothing, so it keeps its severity"
        )
    if severity != stated and severity is Severity.ERROR and table_name in _MAIN:
        raise UnusableCheckConfig(
            f"checks.toml: {file.name} cannot be an error, since it does not say what would be set aside"
        )
    is_set_aside = severity is Severity.ERROR and says in get_args(SetsAside)
    return severity, cast(SetsAside, says) if is_set_aside else None


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
