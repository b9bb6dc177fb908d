"""What analysts rely on changes only where somebody says so.

`contract/promised.toml` holds the names that stay for good. `contract/<version>.json` is everything that a release of
that schema version has. To change it on purpose: raise SCHEMA_VERSION, add a migration to `warehouse/migrations` that
says what changed, store a ledger of the version before in `tests/golden/ledgers`, and write the new file with

    python -m tests.repo.test_contract
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.tables import SCHEMA_VERSION, TABLES, Table
from trialhouse.releases.build import create_tables
from trialhouse.releases.described_views import read_described_views
from trialhouse.releases.history import create_macros
from trialhouse.resources import data_root
from trialhouse.store.connection import scratch_database

FOLDER = Path(__file__).parent / "contract"
ROOT = data_root()

MACROS = """
SELECT schema_name || '.' || function_name || '(' || array_to_string(parameters, ', ') || ')'
FROM duckdb_functions() WHERE function_type LIKE '%macro' AND NOT internal ORDER BY ALL
"""
COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type || CASE WHEN is_nullable THEN '' ELSE ' NOT NULL' END
FROM duckdb_columns() WHERE NOT internal ORDER BY ALL
"""


def contract() -> dict[str, Any]:
    """Everything that a release has: columns with types, the words of columns, macros."""
    with scratch_database() as connection:
        create_tables(connection, ROOT / "warehouse" / "views")
        create_macros(connection, ROOT / "warehouse" / "macros", TABLES)
        columns: dict[str, dict[str, str]] = {}
        for table, column, kind in connection.execute(COLUMNS).fetchall():
            columns.setdefault(table, {})[column] = kind
        macros = [row[0] for row in connection.execute(MACROS).fetchall()]
    words = {f"{t.qualified_name}.{c.name}": sorted(c.words) for t in TABLES for c in t.columns if c.words}
    return {"columns": columns, "words": words, "macros": macros}


def flat(content: dict[str, Any]) -> set[str]:
    """The contract as sentences, to be compared."""
    lines = {f"{table}.{name} {kind}" for table, cells in content["columns"].items() for name, kind in cells.items()}
    lines |= {f"{column} may be {word}" for column, words in content["words"].items() for word in words}
    return lines | {f"macro {macro}" for macro in content["macros"]}


def described() -> dict[str, Table]:
    """Tables and views by the name that SQL has for them."""
    return {table.qualified_name: table for table in [*TABLES, *read_described_views(ROOT)]}


PROMISED = tomllib.loads((FOLDER / "promised.toml").read_text(encoding="utf-8"))


def test_the_schema_is_the_announced_one() -> None:
    path = FOLDER / f"{SCHEMA_VERSION}.json"
    assert path.is_file(), f"schema version {SCHEMA_VERSION} has no {path.name}: {__doc__}"
    announced, present = flat(json.loads(path.read_text(encoding="utf-8"))), flat(contract())
    assert present == announced, (
        f"gone: {sorted(announced - present)}; new: {sorted(present - announced)}. To announce it: {__doc__}"
    )


@pytest.mark.parametrize(("table", "columns"), PROMISED["tables"].items())
def test_promised_columns_are_there(table: str, columns: str) -> None:
    assert set(columns.split()) - {column.name for column in described()[table].columns} == set()


@pytest.mark.parametrize(("place", "words"), PROMISED["words"].items())
def test_promised_words_are_known(place: str, words: str) -> None:
    table, _, name = place.rpartition(".")
    (column,) = (column for column in described()[table].columns if column.name == name)
    assert set(words.split()) - set(column.words) == set()


if __name__ == "__main__":
    text = json.dumps(contract(), indent=1, sort_keys=True)
    (FOLDER / f"{SCHEMA_VERSION}.json").write_text(text + "\n", encoding="utf-8")
