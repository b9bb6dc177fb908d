"""How the checks went over all runs that the newest release knows, and those rejected since."""

from trialhouse.model.enums import Severity
from trialhouse.model.tables import CheckRow, CheckRunRow, RunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.alert_books import LiveAlerts
from trialhouse.quality.trends import Trend, trends_of
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.rejected import rejected_since
from trialhouse.store.connection import release_reader
from trialhouse.store.read import read_rows

EVER_FAILED = "check_id IN (SELECT check_id FROM dq.check_runs WHERE failing_rows > 0)"
"""The others have a line of noughts, and there are a hundred of them."""


def check_trends(layout: Layout, release: Release | None, live: LiveAlerts) -> list[Trend]:
    """The trends of the checks that ever failed. Raises DatabaseError for a release that cannot be read."""
    runs, releases, severities = list[CheckRunRow](), dict[str, str | None](), dict[str, Severity]()
    if release is not None:
        with release_reader(release.database) as connection:
            runs = read_rows(connection, CheckRunRow, EVER_FAILED)
            releases = {
                run.run_id: run.release_id for run in read_rows(connection, RunRow) if run.status is RunStatus.PUBLISHED
            }
            severities = {check.check_id: check.severity for check in read_rows(connection, CheckRow)}
    known = {(run.run_id, run.check_id) for run in runs}
    failed = {run.check_id for run in runs}
    for report in rejected_since(layout):
        failed |= {run.check_id for run in report.check_runs if run.failing_rows}
        runs += [run for run in report.check_runs if (run.run_id, run.check_id) not in known]
    return trends_of(
        (run for run in runs if run.check_id in failed), releases, live.books.alerts, live.books.events, severities
    )
