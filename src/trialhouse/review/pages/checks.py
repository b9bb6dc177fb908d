"""The checks: their words, how they stand, and how they went from run to run."""

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import CheckRow
from trialhouse.quality.life import SETTLED
from trialhouse.review.render import page
from trialhouse.review.shelf import Shelf
from trialhouse.review.spark import spark
from trialhouse.review.sql_parts import parts_of
from trialhouse.store.connection import Connection
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted

RUNS = 30

NEWEST = """
SELECT check_id, status, failing_rows, why FROM dq.check_runs
QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY checked_at DESC, run_id DESC) = 1
"""

WENT = """
SELECT check_id, list(failing_rows ORDER BY checked_at, run_id) FROM (
    FROM dq.check_runs WHERE failing_rows IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY checked_at DESC, run_id DESC) <= ?
) GROUP BY check_id
"""


def show(request: Request) -> Response:
    """All checks, by table."""
    shelf: Shelf = request.app.state.shelf
    release = shelf.current()
    checks, newest, went = list[CheckRow](), {}, dict[str, list[int]]()
    if release is not None:
        with shelf.reading(release) as connection:
            checks = read_rows(connection, CheckRow)
            newest = {row[0]: row[1:] for row in connection.execute(NEWEST).fetchall()}
            went = _went(connection)
    standing = shelf.standing()
    asking = Counter(alert.check_id for alert in standing.alerts if alert.state not in SETTLED)
    context = {
        "section": "/checks",
        "title": "Checks",
        "tables": sorted({check.table_name for check in checks}),
        "checks": checks,
        "newest": newest,
        "lines": {check_id: spark(numbers, "failing rows") for check_id, numbers in went.items() if any(numbers)},
        "asking": asking,
    }
    return page(request, "checks.html", context)


def show_one(request: Request) -> Response:
    """One check: its sentence, what to do, its SQL, its runs and its alerts."""
    shelf: Shelf = request.app.state.shelf
    release, check_id = shelf.current(), request.path_params["check_id"]
    if release is None:
        raise HTTPException(404, "There is no release yet.")
    with shelf.reading(release) as connection:
        found = read_rows(connection, CheckRow, f"check_id = {quoted(check_id)}")
        runs = connection.execute(
            "SELECT run_id, status, failing_rows, why, checked_at FROM dq.check_runs WHERE check_id = ? "
            "ORDER BY checked_at DESC, run_id DESC LIMIT ?",
            [check_id, RUNS],
        ).fetchall()
        went = _went(connection).get(check_id, [])
    if not found:
        raise HTTPException(404, "The current release has no such check.")
    alerts = [alert for alert in shelf.standing().alerts if alert.check_id == check_id]
    context = {
        "section": "/checks",
        "title": check_id,
        "check": found[0],
        "sql": parts_of(found[0].sql),
        "runs": runs,
        "line": spark(went, "failing rows"),
        "states": Counter(alert.state.value for alert in alerts),
    }
    return page(request, "check.html", context)


def _went(connection: Connection) -> dict[str, list[int]]:
    """How many rows failed each check in its last runs, oldest first."""
    return dict(connection.execute(WENT, [RUNS]).fetchall())
