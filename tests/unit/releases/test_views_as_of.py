"""A view as of a release reads each of its tables as of that release, and refuses what has no one state."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.releases.made_releases import publish_all
from trialhouse.model.tables import ArmRow, OutcomeMeasurementRow, OutcomeRow, Row, TrialRow
from trialhouse.releases.layout import DATABASE
from trialhouse.releases.views_as_of import create_view_macros
from trialhouse.store.connection import Connection, release_reader, scratch_database

TABLES = """
CREATE SCHEMA dq;
CREATE TABLE trials (trial_id VARCHAR, title VARCHAR);
CREATE TABLE dq.alerts (trial_id VARCHAR, message VARCHAR);
CREATE MACRO trials_as_of(moment) AS TABLE SELECT 'T' || moment AS trial_id, 'FROM trials' AS title;
CREATE MACRO dq.alerts_as_of(moment) AS TABLE SELECT 'T' || moment AS trial_id, 'A' || moment AS message;
"""


@pytest.fixture
def connection() -> Iterator[Connection]:
    with scratch_database() as connection:
        connection.execute(TABLES)
        yield connection


def made(connection: Connection, *views: str) -> None:
    for view in views:
        connection.execute(view)
    create_view_macros(connection, ["trials", "dq.alerts"])


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT trial_id FROM trials", [("T7",)]),
        ("SELECT trials.title FROM main.trials WHERE trials.title = 'FROM trials'", [("FROM trials",)]),
        ("SELECT a.message, b.n FROM dq.alerts AS a, (SELECT count(*) AS n FROM trials) AS b", [("A7", 1)]),
        (
            "WITH a AS (FROM trials) SELECT t.trial_id FROM a AS t JOIN dq.alerts USING (trial_id)",
            [("T7",)],
        ),
        ("SELECT x FROM trials AS t(x, y) WHERE x IN (SELECT trial_id FROM dq.alerts)", [("T7",)]),
        ("SELECT 1 AS n WHERE EXISTS (FROM dq.alerts WHERE message = 'A7')", [(1,)]),
    ],
)
def test_each_table_of_a_view_is_as_of_the_moment(
    connection: Connection, query: str, rows: list[tuple[object, ...]]
) -> None:
    made(connection, f"CREATE VIEW v AS {query}", "COMMENT ON VIEW v IS 'Some.'")
    assert connection.execute("FROM v_as_of('7')").fetchall() == rows
    assert connection.execute("FROM v").fetchall() in ([], [(0,)])
    comment = "SELECT comment FROM duckdb_functions() WHERE function_name = 'v_as_of'"
    assert connection.execute(comment).fetchall() == [("Some. As of a release: its id or tag, or a date.",)]


def test_a_view_may_read_one_before_it(connection: Connection) -> None:
    made(connection, "CREATE VIEW dq.v AS FROM dq.alerts", "CREATE VIEW w AS SELECT message FROM dq.v")
    assert connection.execute("FROM w_as_of('7')").fetchall() == [("A7",)]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("FROM dq.checks", "dq.checks"),
        ("WITH trials AS (FROM dq.alerts) FROM trials", "trials"),
        ("SELECT (SELECT count(*) FROM others) AS n", "others"),
    ],
)
def test_a_table_that_has_no_one_state_is_refused(connection: Connection, query: str, named: str) -> None:
    connection.execute("CREATE TABLE dq.checks (check_id VARCHAR); CREATE TABLE others (n BIGINT)")
    with pytest.raises(ValueError, match=f"a view reads {named},"):
        made(connection, f"CREATE VIEW v AS {query}")


def test_results_as_of_a_release_are_those_of_its_own_file(tmp_path: Path) -> None:
    def state(value: float, label: str) -> list[Row]:
        return [
            TrialRow(trial_id="t", registry_id="NCT09990001"),
            ArmRow(arm_id="a", trial_id="t", label=label),
            OutcomeRow(outcome_id="o", trial_id="t", measure="cough"),
            OutcomeMeasurementRow(measurement_id="m", outcome_id="o", arm_id="a", value=value),
        ]

    layout = publish_all(tmp_path, state(1, "low"), state(2, "high"))
    own = {}
    for release in sorted(layout.releases.glob("2026*")):
        with release_reader(release / DATABASE) as connection:
            own[release.name] = connection.execute("FROM results").fetchall()
    assert len({str(rows) for rows in own.values()}) == 2
    with release_reader(layout.current / DATABASE) as connection:
        for name, rows in own.items():
            assert connection.execute("FROM results_as_of(?)", [name]).fetchall() == rows
