"""What an operator is shown of a run beside its accounting: the gate's verdict, what changed, and where to look on.

They are small tables, also for a run of any size: Prefect's page hangs on long ones.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trialhouse.model.tables import CheckRunRow
from trialhouse.model.words import CheckStatus
from trialhouse.pipeline.result import RefreshResult
from trialhouse.releases.layout import CHANGES, QUALITY
from trialhouse.releases.rejected import QualityReport

Shown = list[dict[str, Any]]


def gate_of(result: RefreshResult) -> Shown:
    """A row for each check that failed, the most failing rows first: check, failing_rows.

    Nothing where the run left no report, as one without changes does.
    """
    failed = _runs_of(result, CheckStatus.FAILED)
    ordered = sorted(failed, key=lambda run: (-(run.failing_rows or 0), run.check_id))
    return [{"check": run.check_id, "failing_rows": run.failing_rows} for run in ordered]


def not_evaluated_of(result: RefreshResult) -> Shown:
    """A row for each check that was not evaluated, by name: check, why."""
    runs = _runs_of(result, CheckStatus.NOT_EVALUATED)
    return [{"check": run.check_id, "why": run.why} for run in sorted(runs, key=lambda run: run.check_id)]


def changes_of(result: RefreshResult) -> Shown:
    """A row for each table of which rows were added, changed or lost: table, added, changed, lost."""
    rows = _json(result.release_folder, CHANGES) or []
    names = ("added", "changed", "lost")
    return [
        {"table": row["table_name"], **{name: row[name] for name in names}}
        for row in rows
        if any(row[name] for name in names)
    ]


def told_of(result: RefreshResult, review_url: str) -> str:
    """The end of a run in Markdown: its sentences, the alerts, the gate in a line, and what to look at next."""
    failed, not_evaluated = len(gate_of(result)), len(not_evaluated_of(result))
    gate = f"Checks that failed: {failed:,}" + (f" (not evaluated: {not_evaluated:,})" if not_evaluated else "")
    lines = [
        *result.sentences,
        *([gate] if failed or not_evaluated else []),
        f"Open alerts: {result.open_alerts:,} ([review page]({review_url}), served by `trialhouse ui`)",
        *([f"Folder: `{result.release_folder}`"] if result.release_folder else []),
    ]
    return "\n\n".join(lines)


def _runs_of(result: RefreshResult, status: CheckStatus) -> list[CheckRunRow]:
    report = _report(result.release_folder)
    return [run for run in report.check_runs if run.status is status] if report else []


def _report(folder: Path | None) -> QualityReport | None:
    try:
        return QualityReport.model_validate(_json(folder, QUALITY))
    except ValidationError:
        return None


def _json(folder: Path | None, name: str) -> Any:
    """What a file of the run's folder holds; None where it is not there: a report is no reason to fail a run."""
    try:
        return json.loads((folder / name).read_bytes()) if folder is not None else None
    except (OSError, ValueError):
        return None
