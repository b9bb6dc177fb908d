"""What an operator is shown of a run beside its accounting: the gate's verdict, what changed, and where to look on.

They are small tables, also for a run of any size: Prefect's page hangs on long ones.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trialhouse.model.words import CheckStatus
from trialhouse.pipeline.result import RefreshResult
from trialhouse.releases.layout import CHANGES, QUALITY
from trialhouse.releases.rejected import QualityReport

Shown = list[dict[str, Any]]


def gate_of(result: RefreshResult) -> Shown:
    """A row for each check that did not pass, the most failing rows first: check, status, failing_rows, why.

    Nothing where the run left no report, as one without changes does.
    """
    report = _report(result.release_folder)
    failed = [run for run in report.check_runs if run.status is not CheckStatus.PASSED] if report else []
    ordered = sorted(failed, key=lambda run: (-(run.failing_rows or 0), run.check_id))
    return [
        {"check": run.check_id, "status": run.status.value, "failing_rows": run.failing_rows, "why": run.why}
        for run in ordered
    ]


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
    statuses = Counter(row["status"] for row in gate_of(result))
    gate = ", ".join(f"{number:,} {status}" for status, number in sorted(statuses.items()))
    lines = [
        *result.sentences,
        *([f"Checks that did not pass: {gate}"] if gate else []),
        f"Open alerts: {result.open_alerts:,} ([review page]({review_url}), served by `trialhouse ui`)",
        f"Folder: `{result.release_folder}`",
    ]
    return "\n\n".join(lines)


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
