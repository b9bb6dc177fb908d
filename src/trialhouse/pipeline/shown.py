"""What an operator is shown of a run beside its accounting: the gate's verdict, what changed, and where to look on.

They are small tables, also for a run of any size: Prefect's page hangs on long ones. All of them are of this run: of
one that published nothing none is that of the release that stays.
"""

from typing import Any

from trialhouse.model.tables import CheckRunRow
from trialhouse.model.words import CheckStatus, RunStatus
from trialhouse.pipeline.result import RefreshResult

Shown = list[dict[str, Any]]


def gate_of(result: RefreshResult) -> Shown:
    """A row for each check that failed, the most failing rows first: check, failing_rows."""
    failed = _runs_of(result, CheckStatus.FAILED)
    ordered = sorted(failed, key=lambda run: (-(run.failing_rows or 0), run.check_id))
    return [{"check": run.check_id, "failing_rows": run.failing_rows} for run in ordered]


def not_evaluated_of(result: RefreshResult) -> Shown:
    """A row for each check that was not evaluated, by name: check, why."""
    runs = _runs_of(result, CheckStatus.NOT_EVALUATED)
    return [{"check": run.check_id, "why": run.why} for run in sorted(runs, key=lambda run: run.check_id)]


def changes_of(result: RefreshResult) -> Shown:
    """A row for each table of which the run's release added, changed or lost rows: table, added, changed, lost. For a
    build that was stopped they are those of the release that it would have been; without a build there is none.
    """
    if result.status is RunStatus.UNCHANGED:
        return []
    names = ("added", "changed", "lost")
    return [
        {"table": change.table_name, **{name: getattr(change, name) for name in names}}
        for change in result.changes
        if any(getattr(change, name) for name in names)
    ]


def changes_words(result: RefreshResult) -> str:
    """What the table of changes is, in a sentence; where nothing was published, that, and which release stays."""
    if result.status is RunStatus.PUBLISHED:
        return f"Rows that release {result.release_id} added, changed, lost."
    if result.status is RunStatus.BLOCKED:
        return "Nothing was published: rows that the release would have added, changed, lost, had no check stopped it."
    stays = (
        f"release {result.release_folder.name} stays current" if result.release_folder else "there is no release yet"
    )
    return f"Nothing was published: {stays}."


def told_of(result: RefreshResult, review_url: str) -> str:
    """The end of a run in Markdown: its sentences, the alerts, the gate in a line, and what to look at next."""
    failed, not_evaluated = len(gate_of(result)), len(not_evaluated_of(result))
    gate = f"Checks that failed: {failed:,}" + (f" (not evaluated: {not_evaluated:,})" if not_evaluated else "")
    folder = "Folder of the release that stays" if result.status is RunStatus.UNCHANGED else "Folder"
    lines = [
        *result.sentences,
        *([gate] if failed or not_evaluated else []),
        f"Open alerts: {result.open_alerts:,} ([review page]({review_url}), served by `trialhouse ui`)",
        *([f"{folder}: `{result.release_folder}`"] if result.release_folder else []),
    ]
    return "\n\n".join(lines)


def _runs_of(result: RefreshResult, status: CheckStatus) -> list[CheckRunRow]:
    return [run for run in result.check_runs if run.status is status]
