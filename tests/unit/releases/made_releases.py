"""Releases made of a few rows, published one after the other as the pipeline does it."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from trialhouse.model.tables import SCHEMA_VERSION, TABLES, ReleaseRow, Row, RowSet
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.build import create_tables, date_rows, row_counts, write_rows
from trialhouse.releases.content import content_hash_of, content_sums
from trialhouse.releases.history import create_macros
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.ledger import ensure_ledger
from trialhouse.releases.manifest import Manifest, file_hashes
from trialhouse.releases.publish import publish, start_building
from trialhouse.releases.register import release_rows
from trialhouse.resources import data_root
from trialhouse.store.connection import new_database

SQL = data_root() / "warehouse"
MIGRATIONS = SQL / "migrations"


def release_row(number: int, **changed: object) -> ReleaseRow:
    """The row of release `number`, published at noon of that day of November 2026."""
    values: dict[str, object] = {
        "release_no": number,
        "release_id": f"2026.11.{number:02}.01",
        "published_at": datetime.datetime(2026, 11, number, 12, tzinfo=datetime.UTC),
        "status": ReleaseStatus.PUBLISHED,
        "schema_version": SCHEMA_VERSION,
    }
    return ReleaseRow.model_validate(values | changed)


def build(layout: Layout, rows: Sequence[Row], release: ReleaseRow) -> Manifest:
    """Build a release in `layout.building`, whole and not yet published."""
    start_building(layout)
    with new_database(layout.building / DATABASE) as connection:
        create_tables(connection, SQL / "views", release.release_no)
        write_rows(connection, RowSet([*rows, *release_rows(layout), release]))
        ensure_ledger(layout, MIGRATIONS)
        date_rows(connection, layout, MIGRATIONS, release.release_no)
        create_macros(connection, SQL / "macros", TABLES)
        sums, counts = content_sums(connection), row_counts(connection)
    manifest = Manifest(
        **release.model_dump(include={"release_id", "release_no", "published_at", "tag", "message"}),
        schema_version=SCHEMA_VERSION,
        run_id=f"run-{release.release_no}",
        code_version="made",
        inputs="made",
        content_hash=content_hash_of(sums),
        table_sums=sums,
        row_counts=counts,
        files=file_hashes(layout.building),
    )
    (layout.building / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    return manifest


def publish_next(layout: Layout, number: int, rows: Sequence[Row]) -> None:
    """Publish a release of this number and let the ledger follow."""
    publish(layout, build(layout, rows, release_row(number)).release_id)
    ensure_ledger(layout, MIGRATIONS)


def publish_all(warehouse: Path, *states: Sequence[Row]) -> Layout:
    """Publish a release for each state, numbered from 1."""
    layout = Layout(warehouse)
    for number, rows in enumerate(states, start=1):
        publish_next(layout, number, rows)
    return layout
