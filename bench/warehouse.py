"""What versions cost: publishing, the size of ten releases of history, as-of queries and differences.

    python bench/warehouse.py [--measurements 1000000] [--releases 11]

A generated warehouse of a million measurements, each with its evidence, of which one in a hundred changes with every
release. Every figure that is a ratio was measured side by side in one run; the loop that is timed with each release
tells how fast this machine was while it ran, and the seconds of CPU (of all threads) how much of it others took.

Every figure stands beside its bound, and those of a run of the whole size are kept in bench/results.json. A ratio that
breaks its bound (size, as-of) ends the run with exit code 1; seconds depend on the machine, so that they only are told.
"""

import argparse
import datetime
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.results_file import add_results
from trialhouse.cli.commands.differences import read_difference
from trialhouse.model.tables import SCHEMA_VERSION, TABLES, ReleaseRow, RowSet
from trialhouse.model.words import ReleaseStatus
from trialhouse.releases.build import create_tables, date_early, date_rows, row_counts, write_rows
from trialhouse.releases.changes import changes_since
from trialhouse.releases.content import content_hash_of, content_sums, content_sums_after, sums_of_ledger
from trialhouse.releases.history import create_macros
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.ledger import ensure_ledger
from trialhouse.releases.manifest import Manifest, file_hashes
from trialhouse.releases.publish import publish, start_building
from trialhouse.resources import data_root
from trialhouse.store.connection import Connection, new_database, release_reader

T = TypeVar("T")

Seconds = dict[str, tuple[float, float]]
"""For each step its seconds by the clock and of CPU."""

SIZE_BOUND = 1.3
"""Of the last of ten releases over the first, of which each changes one row in a hundred."""

AS_OF_BOUND = 2.0
"""Of an aggregate as of the first release over the same of the current one."""

DIFFERENCE_BOUND = 1.0
"""Seconds of all rows of a difference, on a machine whose loop takes 60 ms."""

MEASUREMENTS, RELEASES = 1_000_000, 11
"""The size that the bounds are for."""

BOUNDS = {
    "after_the_checks_seconds": 3,
    "size_over_first": SIZE_BOUND,
    "as_of_over_current": AS_OF_BOUND,
    "difference_of_neighbours_seconds": DIFFERENCE_BOUND,
}

LEDGER_AFTER = "ledger after"
"""The step that comes when readers have the release already."""

ROWS = """
INSERT INTO trials BY NAME
SELECT 'trial-' || md5(i::VARCHAR)[:16] AS trial_id, 'NCT' || lpad(i::VARCHAR, 8, '0') AS registry_id,
    [] AS countries, [] AS conditions, 'CURRENT' AS evidence_status
FROM range($measurements // 100) AS t(i) ORDER BY trial_id;

INSERT INTO documents BY NAME
SELECT 'document-' || md5(i::VARCHAR)[:16] AS document_id, 'ctgov' AS source, 'registry' AS kind,
    'CURRENT' AS evidence_status, [] AS notices,
    [] AS other_languages, false AS is_partial, TIMESTAMP '2026-11-01' AS fetched_at,
    -- The document of a number that changed has changed too.
    md5(concat_ws(' ', i, CASE WHEN i % 100 BETWEEN 2 AND $release THEN i % 100 END)) AS sha256
FROM range($measurements // 100) AS t(i) ORDER BY document_id;

INSERT INTO trial_documents BY NAME
SELECT 'trial-' || md5(i::VARCHAR)[:16] AS trial_id, 'document-' || md5(i::VARCHAR)[:16] AS document_id,
    'REGISTRATION' AS role, 'registry' AS method, 1.0 AS confidence, 'the same registry id' AS reason
FROM range($measurements // 100) AS t(i) ORDER BY trial_id;

INSERT INTO arms BY NAME
SELECT 'arm-' || md5(i::VARCHAR)[:16] AS arm_id, 'trial-' || md5((i // 4)::VARCHAR)[:16] AS trial_id,
    'arm ' || (i % 4) AS label, 100 + i % 50 AS n_randomized, false AS n_is_derived, false AS is_result_group
FROM range($measurements // 25) AS t(i) ORDER BY arm_id;

INSERT INTO outcomes BY NAME
SELECT 'outcome-' || md5(i::VARCHAR)[:16] AS outcome_id, 'trial-' || md5((i // 20)::VARCHAR)[:16] AS trial_id,
    'measure ' || (i % 20) AS measure, 'SECONDARY' AS outcome_type, 'week 12' AS time_frame, 84.0 AS time_frame_days
FROM range($measurements // 5) AS t(i) ORDER BY outcome_id;

INSERT INTO outcome_measurements BY NAME
SELECT 'measurement-' || md5(i::VARCHAR)[:16] AS measurement_id,
    'outcome-' || md5((i // 5)::VARCHAR)[:16] AS outcome_id,
    'arm-' || md5((i // 100 * 4 + i % 4)::VARCHAR)[:16] AS arm_id, 'MEAN' AS statistic, false AS is_baseline,
    false AS is_change_from_baseline, changed + (hash(i) % 1000) / 10.0 AS value, 'days' AS unit, 'd' AS unit_ucum,
    100 + i % 50 AS n_analyzed, 'SD' AS dispersion_type, 3.2 AS dispersion_value,
    (changed + (hash(i) % 1000) / 10.0)::VARCHAR AS value_raw
FROM (
    SELECT i, CASE WHEN (i // 100) % 100 BETWEEN 2 AND $release THEN (i // 100) % 100 ELSE 0 END AS changed
    FROM range($measurements) AS t(i)
) ORDER BY measurement_id;

INSERT INTO evidence BY NAME
SELECT 'outcome_measurements' AS table_name, measurement_id AS row_id, 'value' AS column_name,
    'document-' || md5((i // 100)::VARCHAR)[:16] AS document_id,
    '$.resultsSection.outcomeMeasuresModule.outcomeMeasures[' || i % 100 AS locator,
    i % 100 * 200 AS span_start, i % 100 * 200 + length(value_raw) AS span_end, value_raw AS quote,
    'registry' AS extractor, '1' AS extractor_version, 'registry.measurement' AS rule, true AS is_main
FROM (SELECT 'measurement-' || md5(i::VARCHAR)[:16] AS measurement_id, i FROM range($measurements) AS t(i))
JOIN outcome_measurements USING (measurement_id)
ORDER BY row_id;
"""

AGGREGATE = "SELECT statistic, unit, count(*), avg(value), sum(n_analyzed) FROM {} GROUP BY ALL"


def main() -> int:
    """Build and publish releases one after the other, then ask the last. Returns 1 if a ratio breaks its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measurements", type=int, default=MEASUREMENTS)
    parser.add_argument("--releases", type=int, default=RELEASES)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        layout = Layout(Path(folder))
        releases: list[ReleaseRow] = []
        sizes, after = [], []
        for release_no in range(1, chosen.releases + 1):
            releases.append(_release(release_no))
            start_building(layout)
            before: Seconds = {}
            parts = _make(layout, releases, chosen.measurements, before)
            sizes.append((layout.current / DATABASE).stat().st_size)
            after.append(parts)
            print(f"release {release_no}, {sizes[-1] / 1e6:.1f} MB, a loop takes {_loop_ms():.0f} ms")
            print(f"  before the checks {_told(before)}\n  after them {_told(parts)}", flush=True)
        figures = _summary(after[1:]) if after[1:] else {}
        # The first and the ten after it; more releases weigh more.
        size = sizes[-1] / sizes[0]
        broken = [_ratio("size of the last release over the first", size, SIZE_BOUND)]
        print(f"ledger: {layout.ledger.stat().st_size / 1e6:.1f} MB")
        asked = _queries(layout, releases)
        broken.append(asked["as_of_over_current"] > AS_OF_BOUND)
    print(f"a loop of a million steps took {_loop_ms():.0f} ms of CPU (60 on a fast machine)")
    if (chosen.measurements, chosen.releases) == (MEASUREMENTS, RELEASES):
        add_results(
            "versions of a warehouse",
            {"measurements": MEASUREMENTS, "releases": RELEASES, **figures, "size_over_first": round(size, 2), **asked}
            | {f"bound_{name}": bound for name, bound in BOUNDS.items()},
        )
    return 1 if any(broken) else 0


def _ratio(name: str, value: float, bound: float) -> bool:
    """Print a ratio beside its bound. Returns whether it breaks it."""
    is_broken = value > bound
    print(f"{name}: {value:.3f} times (bound: {bound:g})" + (" BROKEN" if is_broken else ""))
    return is_broken


def _told(parts: Seconds) -> str:
    """Each step and the sum of all by the clock, and the sum of CPU."""
    told = ", ".join(f"{name} {wall:.2f}" for name, (wall, _) in parts.items())
    return f"{sum(wall for wall, _ in parts.values()):.2f} s ({_cpu(parts):.2f} s of CPU): {told}"


def _cpu(parts: Seconds) -> float:
    return sum(cpu for _, cpu in parts.values())


def _summary(after: list[Seconds]) -> dict[str, float]:
    """The best and the median of what comes after the checks, of the releases that changed one row in a hundred.

    Returns the medians by the clock.
    """
    linked = [sum(wall for name, (wall, _) in parts.items() if name != LEDGER_AFTER) for parts in after]
    whole = [sum(wall for wall, _ in parts.values()) for parts in after]
    for name, values in (
        ("until the link moved", linked),
        ("with the ledger", whole),
        ("of CPU", [_cpu(parts) for parts in after]),
    ):
        print(
            f"after the checks, {name}: best {min(values):.2f} s, median {statistics.median(values):.2f} s (bound: 3)"
        )
    return {
        "until_the_link_moved_seconds": round(statistics.median(linked), 2),
        "after_the_checks_seconds": round(statistics.median(whole), 2),
    }


def _release(release_no: int) -> ReleaseRow:
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(days=release_no)
    return ReleaseRow(
        release_no=release_no,
        release_id=f"{day:%Y.%m.%d}.01",
        published_at=day,
        status=ReleaseStatus.PUBLISHED,
        schema_version=SCHEMA_VERSION,
    )


def _make(layout: Layout, releases: list[ReleaseRow], measurements: int, before: Seconds) -> Seconds:
    """Build and publish a release as a refresh does, without the checks. Returns the seconds of what is after them."""
    seconds: Seconds = {}
    sql, number = data_root() / "warehouse", releases[-1].release_no
    _timed(before, "ledger", lambda: ensure_ledger(layout, sql / "migrations"))
    with new_database(layout.building / DATABASE) as connection:
        _timed(before, "rows", lambda: _write(connection, releases, measurements))
        _timed(before, "dates and history", lambda: date_early(connection, layout, sql / "migrations", number))
        _timed(seconds, "dates and history", lambda: date_rows(connection, layout, sql / "migrations", number))
        last = sums_of_ledger(connection, layout)
        sums = _timed(
            seconds,
            "content",
            lambda: content_sums_after(connection, last, number) if last else content_sums(connection),
        )
        _timed(seconds, "changes", lambda: changes_since(connection, number - 1))
        counts = _timed(seconds, "counts", lambda: row_counts(connection))
        closing = time.perf_counter(), _cpu_seconds()
    seconds["checkpoint"] = time.perf_counter() - closing[0], _cpu_seconds() - closing[1]
    files = _timed(seconds, "hashes of files", lambda: file_hashes(layout.building))
    manifest = Manifest(
        **releases[-1].model_dump(include={"release_id", "release_no", "published_at", "schema_version"}),
        run_id="run",
        code_version="bench",
        inputs="bench",
        content_hash=content_hash_of(sums),
        table_sums=sums,
        row_counts=counts,
        files=files,
    )
    (layout.building / MANIFEST).write_text(manifest.model_dump_json())
    _timed(seconds, "rename and link", lambda: publish(layout, releases[-1].release_id))
    _timed(seconds, LEDGER_AFTER, lambda: ensure_ledger(layout, sql / "migrations"))
    return seconds


def _write(connection: Connection, releases: list[ReleaseRow], measurements: int) -> None:
    """The rows of a build, made by the database itself."""
    create_tables(connection, data_root() / "warehouse" / "views", releases[-1].release_no)
    create_macros(connection, data_root() / "warehouse" / "macros", TABLES)
    values = {"measurements": measurements, "release": releases[-1].release_no}
    for statement in ROWS.split(";\n\n"):
        connection.execute(statement, {key: value for key, value in values.items() if f"${key}" in statement})
    write_rows(connection, RowSet(releases))


def _queries(layout: Layout, releases: list[ReleaseRow]) -> dict[str, float]:
    """Ask the last release, and for differences: the ratio of as-of, and seconds of the difference of neighbours."""
    first, before, last = releases[0].release_id, releases[-2].release_id, releases[-1].release_id
    with release_reader(layout.current / DATABASE) as connection:
        current = _best(connection, AGGREGATE.format("outcome_measurements"))
        as_of = _best(connection, AGGREGATE.format(f"outcome_measurements_as_of('{first}')"))
        print(f"aggregate: {current * 1000:.0f} ms, as of the first release {as_of * 1000:.0f} ms")
        _ratio("as of the first release over current", as_of / current, AS_OF_BOUND)
        found = {"as_of_over_current": round(as_of / current, 2)}
        lookup = _best(connection, "SELECT * FROM outcome_measurements WHERE measurement_id = 'measurement-x'")
        print(f"point lookup: {lookup * 1000:.1f} ms")
        for one, other in ((before, last), (first, last)):
            rows = f"FROM changes('{one}', '{other}')"
            counted = connection.execute(f"SELECT change, cause, count(*) {rows} GROUP BY ALL").fetchall()
            told = f"(bound: {DIFFERENCE_BOUND:g} where a loop takes 60 ms; now {_loop_ms():.0f})"
            seconds = _best(connection, rows)
            found.setdefault("difference_of_neighbours_seconds", round(seconds, 2))
            print(f"difference of {one} and {other}, all rows: {seconds:.2f} s {told}\n  {counted}")
    for one, other in ((before, last), (first, last)):
        started = time.perf_counter()
        changes = read_difference(layout.warehouse, one, other).changes
        seconds = time.perf_counter() - started
        told = f"(bound: {DIFFERENCE_BOUND:g} where a loop takes 60 ms; now {_loop_ms():.0f})"
        print(f"`releases diff {one} {other}`: {seconds:.2f} s, {len(changes):,} changes {told}")
        found.setdefault("releases_diff_of_neighbours_seconds", round(seconds, 2))
    return found


def _best(connection: Connection, query: str) -> float:
    """Seconds of the fastest of five."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        connection.execute(query).fetchall()
        times.append(time.perf_counter() - started)
    return min(times)


def _timed(seconds: Seconds, name: str, step: Callable[[], T]) -> T:
    started, cpu = time.perf_counter(), _cpu_seconds()
    result = step()
    seconds[name] = time.perf_counter() - started, _cpu_seconds() - cpu
    return result


def _cpu_seconds() -> float:
    """Of all threads of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _loop_ms() -> float:
    started = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number * number
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
