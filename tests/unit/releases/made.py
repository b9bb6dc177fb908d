"""Releases made by hand: folders with a manifest, whose database is real only where a test reads it."""

import datetime

from trialhouse.model.tables import SCHEMA_VERSION, ReleaseRow, RowSet
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.manifest import Manifest, file_hashes
from trialhouse.releases.publish import publish, start_building
from trialhouse.releases.register import release_rows
from trialhouse.settings import load_settings
from trialhouse.store.connection import new_database

VIEWS = load_settings(environ={}).settings.root / "warehouse" / "views"


def moment(number: int) -> datetime.datetime:
    return datetime.datetime(2026, 11, number, 12, tzinfo=datetime.UTC)


def name_of(number: int) -> str:
    return f"2026.11.{number:02}.01"


def built(layout: Layout, number: int, *, tag: str | None = None, real: bool = False) -> str:
    """A whole build in the folder where builds lie, with its manifest. Returns the id that it is to have."""
    folder = start_building(layout)
    if real:
        row = ReleaseRow(
            release_no=number,
            release_id=name_of(number),
            published_at=moment(number),
            tag=tag,
            status=ReleaseStatus.PUBLISHED,
            content_hash=f"content {number}",
        )
        with new_database(folder / DATABASE) as connection:
            create_tables(connection, VIEWS, number)
            write_rows(connection, RowSet([*release_rows(layout), row]))
    else:
        (folder / DATABASE).write_bytes(b"rows of release %d" % number * 100)
    (folder / "changes.json").write_text("[]\n")
    manifest = Manifest(
        release_id=name_of(number),
        release_no=number,
        run_id=f"run-{number}",
        schema_version=SCHEMA_VERSION,
        published_at=moment(number),
        code_version="1",
        inputs="inputs",
        content_hash=f"content {number}",
        tag=tag,
        row_counts={"trials": number},
        files=file_hashes(folder),
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json())
    return name_of(number)


def published(layout: Layout, *numbers: int, real: bool = False) -> list[str]:
    """Releases of these numbers, published one after the other."""
    return [publish(layout, built(layout, number, real=real)).name for number in numbers]
