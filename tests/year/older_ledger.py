"""A ledger taken back to the tables of the schema version before, as an older Trialhouse would have left it."""

import json
from pathlib import Path

from trialhouse.model.tables import SCHEMA_VERSION
from trialhouse.releases.layout import Layout
from trialhouse.store.connection import new_database

CONTRACT = Path(__file__).parents[1] / "repo" / "contract"


def take_back(layout: Layout) -> int:
    """Drop from the ledger what the last schema version added; how many columns and tables that were."""
    before = json.loads((CONTRACT / f"{SCHEMA_VERSION - 1}.json").read_text())["columns"]
    now = json.loads((CONTRACT / f"{SCHEMA_VERSION}.json").read_text())["columns"]
    with new_database(layout.ledger) as ledger:
        held = {
            row[0] for row in ledger.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
        }
        dropped = []
        for table, columns in now.items():
            if table not in held and f"main.{table}" not in held:
                continue
            if table not in before:
                dropped.append(f"DROP TABLE {table}")
            else:
                dropped += [f"ALTER TABLE {table} DROP COLUMN {name}" for name in columns if name not in before[table]]
        for statement in dropped:
            ledger.execute(statement)
        ledger.execute("UPDATE ledger_state SET schema_version = ?", [SCHEMA_VERSION - 1])
    return len(dropped)
