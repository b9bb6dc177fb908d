"""What the checks cost: all of them over a generated warehouse without a fault, and the slowest by name.

    python bench/checks.py [--measurements 1000000]

Counts with their percentages, means and medians with their spreads, and comparisons with interval and p-value, each
with its evidence in a text. The last release is the same rows. A check that finds something here, or cannot be run, is
told: these numbers are right. The loop at the end tells how fast this machine was while it ran.
"""

import argparse
import datetime
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from trialhouse.config_files import read_check_config
from trialhouse.model.tables import TABLES, ReleaseRow, RowSet, RunRow
from trialhouse.model.words import CheckStatus, ReleaseStatus, RunStatus
from trialhouse.quality.checks import Check, load_checks
from trialhouse.quality.run import run_checks
from trialhouse.releases.build import write_rows
from trialhouse.resources import data_root
from trialhouse.store.connection import Connection, attach_read_only, new_database
from trialhouse.store.schema import schema_sql

NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
RUN = "run-1"

ROWS = """
INSERT INTO trials BY NAME
SELECT 'trial-' || i AS trial_id, 'NCT' || lpad(i::VARCHAR, 8, '0') AS registry_id, 'A trial' AS title,
    'RANDOMIZED' AS allocation, '1:1' AS allocation_ratio, 'PARALLEL' AS intervention_model,
    201 + 2 * (i % 50) AS enrollment, [] AS countries, [] AS conditions, 'CURRENT' AS evidence_status
FROM range($measurements // 100) AS t(i);

INSERT INTO trial_keys BY NAME
SELECT trial_id, 'registry' AS scheme, lower(registry_id) AS value FROM trials;

INSERT INTO documents BY NAME
SELECT 'document-' || i AS document_id, 'ctgov' AS source, 'registry' AS kind,
    'CURRENT' AS evidence_status, [] AS notices, [] AS other_languages,
    false AS is_partial, TIMESTAMP '2026-01-01' AS fetched_at, md5(i::VARCHAR) AS sha256
FROM range($measurements // 100) AS t(i);

INSERT INTO trial_documents BY NAME
SELECT 'trial-' || i AS trial_id, 'document-' || i AS document_id, 'REGISTRATION' AS role, 'registry' AS method,
    1.0 AS confidence, 'the same registry id' AS reason
FROM range($measurements // 100) AS t(i);

INSERT INTO arms BY NAME
SELECT 'arm-' || i AS arm_id, 'trial-' || i // 2 AS trial_id, 'arm ' || i % 2 AS label,
    100 + i // 2 % 50 + i % 2 AS n_randomized, false AS n_is_derived, false AS is_result_group
FROM range($measurements // 50) AS t(i);

INSERT INTO outcomes BY NAME
SELECT 'outcome-' || i AS outcome_id, 'trial-' || i // 25 AS trial_id, 'measure ' || i % 15 AS measure,
    'known' AS measure_norm, 'SECONDARY' AS outcome_type, 84.0 AS time_frame_days
FROM range($measurements // 4) AS t(i);

-- Even outcomes are of participants, counted and in percent; odd ones are days, with mean and median.
CREATE TEMP TABLE numbers AS
SELECT i, o, arm, kind, n, k, o % 2 = 0 AS is_count, 10 + o % 20 + arm AS days,
    CASE WHEN o % 2 = 0 AND kind = 1 THEN format('{:.1f}', 100 * k / n)
         WHEN o % 2 = 0 THEN k::VARCHAR ELSE format('{:.1f}', 10.0 + o % 20 + arm) END AS written
FROM (
    SELECT i, i // 4 AS o, i % 2 AS arm, i % 4 // 2 AS kind, 100 + i // 100 % 50 + i % 2 AS n,
        20 + i // 4 % 30 + i % 2 * 5 AS k
    FROM range($measurements) AS t(i)
);

INSERT INTO outcome_measurements BY NAME
SELECT 'measurement-' || i AS measurement_id, 'outcome-' || o AS outcome_id,
    'arm-' || (i // 100 * 2 + arm) AS arm_id, false AS is_baseline, false AS is_change_from_baseline,
    CASE WHEN is_count THEN ['COUNT', 'PERCENT'] ELSE ['MEAN', 'MEDIAN'] END[kind + 1] AS statistic,
    CASE WHEN is_count THEN ['participants', '%'][kind + 1] ELSE 'days' END AS unit,
    written::DOUBLE AS value, written AS value_raw, n AS n_analyzed,
    CASE WHEN NOT is_count THEN ['SD', 'IQR'][kind + 1] END AS dispersion_type,
    CASE WHEN NOT is_count AND kind = 0 THEN 3.2 END AS dispersion_value,
    CASE WHEN NOT is_count AND kind = 1 THEN days - 2 END AS dispersion_low,
    CASE WHEN NOT is_count AND kind = 1 THEN days + 3 END AS dispersion_high
FROM numbers;

CREATE TEMP TABLE differences AS
SELECT o, any_value(is_count) AS is_count,
    100 * (max(k / n) FILTER (arm = 1) - max(k / n) FILTER (arm = 0)) AS points,
    abs(max(k / n) FILTER (arm = 1) - max(k / n) FILTER (arm = 0))
        / sqrt(sum(k) / sum(n) * (1 - sum(k) / sum(n)) * sum(1 / n)) AS z
FROM numbers WHERE kind = 0 GROUP BY o;

INSERT INTO outcome_analyses BY NAME
SELECT 'analysis-' || o AS analysis_id, 'outcome-' || o AS outcome_id, [] AS group_titles,
    'arm-' || (o // 25 * 2 + 1) AS arm_id, 'arm-' || o // 25 * 2 AS comparator_arm_id,
    CASE WHEN is_count THEN 'RISK_DIFFERENCE' ELSE 'MEAN_DIFFERENCE' END AS effect,
    CASE WHEN is_count THEN round(points, 1) ELSE 1.0 END AS estimate,
    CASE WHEN NOT is_count THEN 95 END AS ci_pct, CASE WHEN NOT is_count THEN -0.2 END AS ci_low,
    CASE WHEN NOT is_count THEN 2.2 END AS ci_high, '=' AS p_modifier,
    CASE WHEN is_count THEN round(2 * normal_tail(z), 3) ELSE 0.1 END AS p_value,
    CASE WHEN is_count THEN format('P={:.3f}', 2 * normal_tail(z)) ELSE 'P=0.10' END AS p_raw
FROM differences;

CREATE TEMP TABLE said AS
SELECT *, sum(length(quote) + 1) OVER (PARTITION BY document_id ORDER BY row_id ROWS UNBOUNDED PRECEDING)
    - length(quote) - 1 AS span_start
FROM (
    SELECT 'outcome_measurements' AS table_name, 'measurement-' || i AS row_id, 'value' AS column_name,
        'document-' || i // 100 AS document_id, written || ' was seen' AS quote
    FROM numbers
    UNION ALL
    SELECT 'outcome_analyses', analysis_id, 'estimate', 'document-' || outcome_id[9:]::BIGINT // 25,
        'a difference of ' || as_text(estimate) || coalesce(' (95% CI ' || as_text(ci_low) || ' to 2.2)', '')
            || ', ' || p_raw
    FROM outcome_analyses
);

INSERT INTO evidence BY NAME
SELECT table_name, row_id, column_name, document_id, span_start, span_start + length(quote) AS span_end, quote,
    'registry' AS extractor, '1' AS extractor_version, true AS is_main
FROM said;

INSERT INTO document_texts BY NAME
SELECT document_id, 0 AS span_start, length(text) AS span_end, text, true AS is_whole
FROM (SELECT document_id, string_agg(quote, ' ' ORDER BY span_start) AS text FROM said GROUP BY document_id);
"""


def main() -> None:
    """Build a warehouse, run every check over it, and tell the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measurements", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with new_database(Path(folder) / "last.duckdb") as connection:
            _build(connection, chosen.measurements)
        with new_database(Path(folder) / "build.duckdb") as connection:
            _build(connection, chosen.measurements)
            attach_read_only(connection, Path(folder) / "last.duckdb", "last")
            _run(connection)
    print(f"a loop of a million steps took {_loop_ms():.0f} ms of CPU (60 on a fast machine)")


def _build(connection: Connection, measurements: int) -> None:
    connection.execute(schema_sql(TABLES))
    connection.execute(next(check.macros for check in _checks() if check.macros))
    for statement in ROWS.split(";\n\n"):
        values = {"measurements": measurements} if "$measurements" in statement else None
        connection.execute(statement, values)
    run = RunRow(run_id=RUN, started_at=NOW, profile="bench", status=RunStatus.PUBLISHED, code_version="bench")
    release = ReleaseRow(release_no=1, release_id="2026.01.02.01", published_at=NOW, status=ReleaseStatus.PUBLISHED)
    write_rows(connection, RowSet([run, release]))


def _run(connection: Connection) -> None:
    """Run the checks one by one, as run_checks does with all of them."""
    started, cpu = time.perf_counter(), time.process_time()
    checks = _checks()
    for macros in {check.macros for check in checks}:
        connection.execute(macros)
    seconds = {"the macros, once": time.perf_counter() - started}
    for check in checks:
        started = time.perf_counter()
        report = run_checks(connection, [replace(check, macros="")], run_id=RUN, now=NOW, has_last=True)
        seconds[check.check_id] = time.perf_counter() - started
        if report.runs[0].status is not CheckStatus.PASSED:
            told = report.runs[0].why or "; ".join(row.message for row in report.failing[:3])
            print(f"{check.check_id} {report.runs[0].status}: {report.runs[0].failing_rows} rows: {told}")
    for check_id, spent in sorted(seconds.items(), key=lambda item: -item[1])[:8]:
        print(f"{spent:6.2f} s  {check_id}")
    print(f"{sum(seconds.values()):6.2f} s  all {len(checks)} checks (bound: 20 s on two cores)")
    print(f"{time.process_time() - cpu:6.2f} s  of CPU in all threads: two idle cores need half of it")


def _checks() -> list[Check]:
    return load_checks(data_root() / "warehouse" / "checks", read_check_config(data_root() / "config" / "checks.toml"))


def _loop_ms() -> float:
    started = time.process_time()
    total = 0
    for i in range(1_000_000):
        total += i * i
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
