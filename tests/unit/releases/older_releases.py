"""Releases as older versions of the code published them, made of the stored ledgers."""

import datetime
from pathlib import Path
from typing import Any

from tests.unit.releases.made_releases import release_row
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.manifest import Manifest, file_hashes
from trialhouse.releases.publish import publish, start_building
from trialhouse.store.connection import new_database

STORED = Path(__file__).parents[2] / "golden" / "ledgers"
"""Ledgers as earlier versions of the code wrote them, as SQL: the history of two releases of November 2026."""


def publish_older(layout: Layout, version: int) -> str:
    """Publish the second of the two releases of a stored ledger, of a version with history. Returns its id."""
    folder = start_building(layout)
    with new_database(folder / DATABASE) as release:
        release.execute((STORED / f"{version}.sql").read_text(encoding="utf-8"))
        release.execute("DROP TABLE ledger_state; CREATE SCHEMA history")
        release.execute("UPDATE meta.releases SET content_hash = 'that of the columns of then'")
        for schema, name in release.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall():
            place = f"{schema}.{name}"
            release.execute(f"CREATE TABLE history.{name} AS FROM {place} WHERE until_release_no IS NOT NULL")
            release.execute(f"DELETE FROM {place} WHERE until_release_no IS NOT NULL")
            release.execute(f"ALTER TABLE {place} DROP COLUMN until_release_no")
    published_at = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
    return _publish(layout, folder, version, release_id="2026.11.02.01", release_no=2, published_at=published_at)


def bare_release(layout: Layout, number: int, enrollments: tuple[int, ...]) -> None:
    """A release of schema version 1: the tables of the stored ledger without dates, with so large trials."""
    folder = start_building(layout)
    with new_database(folder / DATABASE) as release:
        release.execute((STORED / "1.sql").read_text(encoding="utf-8"))
        tables = release.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        for schema, name in tables:
            release.execute(f"DELETE FROM {schema}.{name}")
            for column in ("since_release_no", "until_release_no"):
                release.execute(f"ALTER TABLE {schema}.{name} DROP COLUMN IF EXISTS {column}")
        release.execute("DROP TABLE ledger_state")
        for index, enrollment in enumerate(enrollments):
            release.execute(
                "INSERT INTO trials BY NAME SELECT ? AS trial_id, ? AS enrollment, [] AS countries, [] AS conditions, "
                "'CURRENT' AS evidence_status",
                [f"trial-{index}", enrollment],
            )
    _publish(layout, folder, 1, **release_row(number).model_dump(include={"release_id", "release_no", "published_at"}))


def _publish(layout: Layout, folder: Path, version: int, **release: Any) -> str:
    """Publish a build with a manifest of a schema version and the facts of a release. Returns its id."""
    manifest = Manifest(
        **release,
        schema_version=version,
        run_id="run",
        code_version="old",
        inputs="old",
        content_hash="that of the columns of then",
        row_counts={},
        files=file_hashes(folder),
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    publish(layout, manifest.release_id)
    return manifest.release_id
