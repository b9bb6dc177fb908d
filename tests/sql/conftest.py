"""Cases of checks: a few rows of a few tables, in a file that a clinician can read, and the rows a check must find.

A case file is `<table>/<check>.txt`. A line `== fails: …` or `== passes: …` begins a case and says it in words;
`[trials]` begins the rows of a table and `[last.trials]` those of the last release, as CSV, where an empty cell is
null and '' is an empty text; `[expected]` begins the rows that the check must return, with the columns that the case
cares about. Columns that a case does not name are null, or something plain where a table requires a value.
"""

import csv
import datetime
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import duckdb
import pytest

from trialhouse.config_files import read_check_config
from trialhouse.model.tables import ROW_CLASSES, TABLES, Row, table_of
from trialhouse.model.words import CheckStatus
from trialhouse.quality.checks import Check, load_checks
from trialhouse.quality.run import CheckReport, run_checks
from trialhouse.store.insert import insert_rows
from trialhouse.store.schema import schema_sql

NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
ROOT = pathlib.Path(__file__).parents[2]
CHECKS, CONFIG = ROOT / "warehouse" / "checks", ROOT / "config" / "checks.toml"
CLASSES = {table_of(row_class).qualified_name: row_class for row_class in ROW_CLASSES}
PLAIN = {
    "VARCHAR": "some",
    "BIGINT": 1,
    "DOUBLE": 1.0,
    "BOOLEAN": False,
    "DATE": NOW.date(),
    "TIMESTAMP": NOW,
}
"""What stands in a required column that a case does not name."""


@dataclass
class Case:
    check_id: str
    verdict: str
    sentence: str
    tables: dict[str, list[dict[str, str]]]

    @property
    def expected(self) -> list[dict[str, str]]:
        return self.tables.get("expected", [])

    def rows(self) -> list[tuple[str, list[Row]]]:
        """The rows of each table but the expected ones."""
        return [
            (name, [row_of(CLASSES[name.removeprefix("last.")], cells) for cells in rows])
            for name, rows in self.tables.items()
            if name != "expected"
        ]


def read_cases(path: pathlib.Path, folder: pathlib.Path) -> list[Case]:
    """The cases of one file."""
    check_id = path.relative_to(folder).with_suffix("").as_posix()
    cases: list[Case] = []
    for block in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *parts = re.split(r"^\[(.+)\]$", block, flags=re.MULTILINE)
        verdict, _, sentence = title.strip().partition(": ")
        assert verdict in ("fails", "passes"), f"{path.name}: a case fails or passes, not {verdict!r}"
        tables = {name: read_rows(lines.split("\n")) for name, lines in zip(parts[::2], parts[1::2], strict=True)}
        cases.append(Case(check_id, verdict, sentence, tables))
    return cases


def read_rows(lines: list[str]) -> list[dict[str, str]]:
    rows = list(csv.DictReader([line for line in lines if line.strip()], skipinitialspace=True, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), f"a row is too long or short: {rows}"
    return [{name.strip(): value.strip() for name, value in row.items()} for row in rows]


def row_of(row_class: type[Row], cells: dict[str, object]) -> Row:
    """A row with these cells (an empty one is null), and something plain where the table requires more."""
    given = {name: "" if value == "''" else value for name, value in cells.items() if value != ""}
    for column in table_of(row_class).columns:
        needed = row_class.model_fields[column.name].is_required()
        if needed and column.name not in given:
            given[column.name] = column.words[0] if column.words else PLAIN[column.sql_type]
        elif column.sql_type == "VARCHAR[]" and column.name in given:
            given[column.name] = tuple(str(given[column.name]).split("; "))
    return row_class(**given)


def cases_of(folder: pathlib.Path) -> list[Case]:
    return [case for path in sorted(folder.glob("*/*.txt")) for case in read_cases(path, folder)]


@pytest.fixture(scope="session")
def checks() -> dict[str, Check]:
    return {check.check_id: check for check in load_checks(CHECKS, read_check_config(CONFIG))}


@pytest.fixture(scope="session")
def empty_releases() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty build as the default database and an empty last release beside it."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("ATTACH ':memory:' AS last")
        for database in ("last", "memory"):
            connection.execute(f"USE {database}")
            connection.execute(schema_sql(TABLES))
        yield connection


def empty_rows(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    connection.execute("USE memory")
    for name in tables:
        connection.execute(f"DELETE FROM {name}")


Evaluate = Callable[..., CheckReport]


@pytest.fixture(scope="session")
def made() -> set[str]:
    """The macros that the connection has."""
    return set()


@pytest.fixture
def evaluate(empty_releases: duckdb.DuckDBPyConnection, made: set[str]) -> Iterator[Evaluate]:
    """Run checks over rows; the tables are empty again after the test. Macros are made once for all tests."""
    filled: set[str] = set()

    def run(checks: list[Check], tables: list[tuple[str, list[Row]]], *, has_last: bool = True) -> CheckReport:
        for name, rows in tables:
            filled.add(name)
            empty_releases.execute("USE last" if name.startswith("last.") else "USE memory")
            insert_rows(empty_releases, rows)
        empty_releases.execute("USE memory")
        for macros in {check.macros for check in checks} - made:
            empty_releases.execute(macros)
            made.add(macros)
        ready = [replace(check, macros="") for check in checks]
        return run_checks(empty_releases, ready, run_id="run-1", now=NOW, has_last=has_last)

    yield run
    empty_rows(empty_releases, filled)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes a `case` runs once for each case of the case files."""
    if "case" in metafunc.fixturenames:
        cases = cases_of(pathlib.Path(__file__).parent)
        metafunc.parametrize("case", cases, ids=[f"{case.check_id}-{case.verdict}-{case.sentence}" for case in cases])


@pytest.fixture(scope="session")
def all_cases() -> list[Case]:
    return cases_of(pathlib.Path(__file__).parent)


@pytest.fixture(scope="session")
def make_row() -> Callable[[str, dict[str, object]], Row]:
    """A row of a table by the table's name, with these cells and something plain where the table requires more."""
    return lambda table, cells: row_of(CLASSES[table], cells)


@pytest.fixture(scope="session")
def parse_cases() -> Callable[[pathlib.Path], list[Case]]:
    """The cases of the case files of a folder."""
    return cases_of


@pytest.fixture
def run_case(evaluate: Evaluate, empty_releases: duckdb.DuckDBPyConnection) -> Callable[[Check, Case], None]:
    """Assert that a check finds in a case what the case expects, in the columns that it names."""

    def run(check: Check, case: Case) -> None:
        report = evaluate([check], case.rows())
        empty_rows(empty_releases, case.tables.keys() - {"expected"})
        assert report.runs[0].status != CheckStatus.NOT_EVALUATED, report.runs[0].why
        columns = list(case.expected[0]) if case.expected else []
        found = [{column: getattr(row, column) or "" for column in columns} for row in report.failing]
        assert sorted(found, key=str) == sorted(case.expected, key=str)
        assert (case.verdict == "fails") == bool(report.failing)

    return run
