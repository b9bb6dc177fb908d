"""`trialhouse status`: one screen about what ran and what is current."""

import sys
from pathlib import Path
from typing import Any

from trialhouse.cli.accounting import cause_lines, print_accounting
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.holder import lock_holder
from trialhouse.cli.leftovers import left_out
from trialhouse.cli.options import JsonOption, WarehouseOption, all_releases, warehouse_folder
from trialhouse.cli.reading import opened
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, read_runs
from trialhouse.sources.slices import SliceStore, TopicState
from trialhouse.store.read import read_rows
from trialhouse.terminal import print_json, print_table

RUNS_SHOWN = 5
SETTLED = (AlertState.RESOLVED, AlertState.WAIVED)


def print_status(*, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """What ran last, what became of every record, and what is current."""
    folder = warehouse_folder(warehouse)
    runs = read_runs(folder)[-RUNS_SHOWN:][::-1]
    problems = [f"{words}: delete it, or restore it from a copy" for words in left_out(folder)]
    release, alerts = None, None
    try:
        release = next((release for release in all_releases(folder) if release.is_current), None)
        alerts = _open_alerts(release) if release else {}
    except CommandError as error:
        # One that cannot be read does not hide the runs.
        problems.append(str(error))
    if json:
        print_json(_as_json(folder, release, alerts, runs) | {"problems": problems})
        return Exit.DONE
    print(f"Warehouse {folder}")
    if release:
        counts = release.row_counts
        print(
            f"Current   {release.release_id}, published {release.published_at:%Y-%m-%d %H:%M} UTC: "
            f"{counts['trials']:,} trials, {counts['documents']:,} documents, {counts['outcomes']:,} outcomes"
        )
        print(f"Alerts    {_in_words(alerts)}")
    else:
        print(f"Current   {'unknown' if alerts is None else 'no release yet: run `trialhouse refresh`'}")
    print(f"Working   {lock_holder(folder) or 'nobody'}")
    for problem in problems:
        print(f"Problem   {problem}")
    _print_runs(runs)
    _print_topics(folder)
    return Exit.DONE


def _print_runs(runs: list[RunFile]) -> None:
    """The last runs, newest first, and the accounting of the newest that has one."""
    if not runs:
        return
    print("\nLast runs, newest first")
    print_table(
        ("run", "took", "profile", "status", "release"),
        [
            (
                file.row.run_id,
                f"{(file.row.finished_at - file.row.started_at).total_seconds():.1f} s" if file.row.finished_at else "",
                file.row.profile,
                file.row.status.value,
                file.row.release_id,
            )
            for file in runs
        ],
    )
    told = next((file for file in runs if file.accounting), None)
    if told:
        print(f"\nRecords of {told.row.run_id}")
        print_accounting(told.accounting, sys.stdout)
        for line in cause_lines(told.causes):
            print(f"  {line}")


def _print_topics(folder: Path) -> None:
    """How far each topic of each source is landed; one that is not whole holds its source back."""
    states = _topics(folder)
    if states:
        print("\nTopics")
        print_table(
            ("source", "topic", "searched through", "state"),
            [
                (
                    state.source,
                    state.topic,
                    state.through.isoformat() if state.through else "",
                    f"{state.open_slices:,} incomplete: the next refresh goes on" if state.open_slices else "complete",
                )
                for state in states
            ],
        )


def _topics(folder: Path) -> list[TopicState]:
    return SliceStore(Layout(folder).slices).states()


def _open_alerts(release: Release) -> dict[str, int]:
    """How many alerts are not settled, by severity."""
    with opened(release) as connection:
        alerts = [alert for alert in read_rows(connection, AlertRow) if alert.state not in SETTLED]
    severities = [alert.severity.value for alert in alerts]
    return {severity: severities.count(severity) for severity in sorted(set(severities))}


def _in_words(alerts: dict[str, int] | None) -> str:
    if alerts is None:
        return "unknown"
    if not alerts:
        return "none open"
    parts = ", ".join(f"{number:,} {severity}" for severity, number in alerts.items())
    return f"{parts} (`trialhouse alerts list`)"


def _as_json(
    folder: Path, release: Release | None, alerts: dict[str, int] | None, runs: list[RunFile]
) -> dict[str, Any]:
    return {
        "warehouse": str(folder),
        "current": release.model_dump(mode="json") if release else None,
        "open_alerts": alerts,
        "lock_holder": lock_holder(folder),
        "runs": [file.model_dump(mode="json") for file in runs],
        "topics": [state.model_dump(mode="json") for state in _topics(folder)],
    }
