"""Whether readers are ever locked out: eight of them in a loop while twenty releases are published.

    python bench/readers.py [--readers 8] [--publishes 20] [--trials 200000]

Each reader opens the current release, asks it, closes it, and begins again. Printed are errors, and the time that
opening took while releases were published and while nobody published, side by side in one run. No file is ever open
for writing once it is published, so that there is no lock to wait for: what remains is the work of the machine.
"""

import argparse
import multiprocessing
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

from trialhouse.model.tables import SCHEMA_VERSION, TABLES, ReleaseRow, RowSet, TrialRow
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.releases.history import create_macros
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.manifest import Manifest, file_hashes
from trialhouse.releases.publish import publish, start_building
from trialhouse.resources import data_root
from trialhouse.store.connection import new_database

PUBLISHED_AT = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Reading:
    """What one reader saw: seconds that each opening took, how many releases it met, and its errors."""

    seconds: list[float]
    releases: set[int]
    errors: list[str]


def make_release(layout: Layout, trials: int) -> Path:
    """A release of so many trials, built and not published: every publication is a copy of it."""
    start_building(layout)
    template = layout.warehouse / "template"
    template.mkdir()
    with new_database(template / DATABASE) as connection:
        create_tables(connection, data_root() / "warehouse" / "views")
        write_rows(connection, RowSet([TrialRow(trial_id="trial-0")]))
        connection.execute(
            "INSERT INTO trials BY NAME SELECT template.* REPLACE ('trial-' || t.i AS trial_id) "
            "FROM trials AS template, range(1, ?) AS t(i)",
            [trials],
        )
        create_macros(connection, data_root() / "warehouse" / "macros", TABLES)
    return template


def publish_copy(layout: Layout, template: Path, release_no: int) -> None:
    """Publish a copy of the template under the next number; what the builder would do, without the building."""
    shutil.copytree(template, start_building(layout), dirs_exist_ok=True)
    release = ReleaseRow(
        release_no=release_no,
        release_id=f"2026.01.01.{release_no:02}",
        published_at=PUBLISHED_AT,
        status=ReleaseStatus.PUBLISHED,
    )
    with new_database(layout.building / DATABASE) as connection:
        write_rows(connection, RowSet([release]))
    manifest = Manifest(
        **release.model_dump(include={"release_id", "release_no", "published_at"}),
        schema_version=SCHEMA_VERSION,
        run_id="run",
        code_version="bench",
        inputs="bench",
        content_hash="bench",
        row_counts={},
        files=file_hashes(layout.building),
    )
    (layout.building / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    publish(layout, release.release_id)


def read_while_publishing(layout: Layout, template: Path, readers: int, publishes: int) -> list[Reading]:
    """Let the readers loop while so many releases are published, or for two seconds when there are none."""
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    started = [context.Event() for _ in range(readers)]
    path = str(layout.current / DATABASE)
    crew = [context.Process(target=_read, args=(path, stop, started[n], results)) for n in range(readers)]
    for process in crew:
        process.start()
    for event in started:
        event.wait()
    for number in range(2, publishes + 2):
        publish_copy(layout, template, number)
    if not publishes:
        time.sleep(2)
    stop.set()
    readings = [results.get() for _ in crew]
    for process in crew:
        process.join()
    return readings


def _read(path: str, stop: Event, started: Event, results: "multiprocessing.Queue[Reading]") -> None:
    """Open, ask, close, until told to stop."""
    reading = Reading([], set(), [])
    while not stop.is_set():
        begun = time.perf_counter()
        try:
            with duckdb.connect(path, read_only=True) as connection:
                reading.seconds.append(time.perf_counter() - begun)
                number, count = connection.execute(
                    "SELECT (SELECT max(release_no) FROM meta.releases), (SELECT count(enrollment IS NULL) FROM trials)"
                ).fetchall()[0]
                reading.releases.add(number)
                if not count:
                    reading.errors.append("no trials")
        except duckdb.Error as error:
            reading.errors.append(str(error))
        started.set()
    results.put(reading)


def main() -> None:
    """Publish under the eyes of the readers, and then let them read alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--publishes", type=int, default=20)
    parser.add_argument("--trials", type=int, default=200_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        layout = Layout(Path(folder))
        template = make_release(layout, chosen.trials)
        publish_copy(layout, template, 1)
        while_publishing = read_while_publishing(layout, template, chosen.readers, chosen.publishes)
        alone = read_while_publishing(layout, template, chosen.readers, 0)
    for name, readings in (("while publishing", while_publishing), ("nobody publishing", alone)):
        seconds = sorted(second for reading in readings for second in reading.seconds)
        errors = [error for reading in readings for error in reading.errors]
        seen = set().union(*(reading.releases for reading in readings))
        print(
            f"{name}: {len(seconds):,} openings of {len(seen)} releases, {len(errors)} errors; an opening took "
            f"{seconds[len(seconds) // 2] * 1000:.1f} ms (median), {seconds[int(len(seconds) * 0.99)] * 1000:.1f} ms "
            f"(99 %), {seconds[-1] * 1000:.1f} ms (worst)"
        )


if __name__ == "__main__":
    sys.exit(main())
