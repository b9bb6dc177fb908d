"""The report of a build that the gate stopped: what a person needs to decide, though its data was not published."""

from typing import Any

from pydantic import ValidationError

from trialhouse.model.record import Record
from trialhouse.model.tables import AlertEventRow, AlertRow, CheckRunRow, FailingRow
from trialhouse.releases.layout import QUALITY, Layout, named_folders
from trialhouse.releases.register import read_entries


class QualityReport(Record):
    """`quality.json`: what the checks found in a build, and whether it might be published.

    Alerts, their events and the quotes beside them, by alert, are there when it might not: nothing else holds them.
    `evidence` has by alert what the build held beside those that stopped it and those that are new, as JSON.
    """

    release_id: str
    release_no: int
    decision: str
    may_publish: bool
    check_runs: tuple[CheckRunRow, ...]
    failing_rows: tuple[FailingRow, ...]
    alerts: tuple[AlertRow, ...] = ()
    alert_events: tuple[AlertEventRow, ...] = ()
    quotes: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, dict[str, Any]] = {}


def rejected_since(layout: Layout) -> list[QualityReport]:
    """The reports of the builds that were rejected since the newest release, oldest first.

    The alerts of the last of them go on from those of the others. Raises DamagedRegister.
    """
    newest = max((entry.release_no for entry in read_entries(layout)), default=0)
    reports = [_read(layout, folder.name) for folder in named_folders(layout.rejected)]
    return [report for report in reports if report is not None and report.release_no > newest]


def _read(layout: Layout, name: str) -> QualityReport | None:
    """A report, or None where it is damaged or of an older form: the next refresh finds the matter again."""
    try:
        return QualityReport.model_validate_json((layout.rejected / name / QUALITY).read_bytes())
    except (OSError, ValidationError):
        return None
