"""What is kept of each refresh run: one file a run, that readers open without the code that runs."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from trialhouse.model.record import Record
from trialhouse.model.tables import AccountingCauseRow, AccountingRow, RunRow
from trialhouse.model.whole_file import write_whole
from trialhouse.releases.layout import Layout


class RunFile(Record):
    """What is kept of a run in `runs/<run_id>.json`.

    `covers` are the sources and topics whose days a refresh did: none for files and for a backfill.
    """

    row: RunRow
    covers: tuple[tuple[str, str], ...] = ()
    accounting: tuple[AccountingRow, ...] = ()
    causes: tuple[AccountingCauseRow, ...] = ()


def read_runs(warehouse: Path) -> list[RunFile]:
    """All runs whose files can be read, oldest first; `damaged_runs` names the others."""
    return [file for _, file in _read(warehouse) if file is not None]


def runs_to_come(runs: Iterable[RunFile], now: datetime.datetime) -> list[RunFile]:
    """The runs that began after now: a clock was ahead when they did, so that what they say of days is not believed."""
    return [file for file in runs if file.row.started_at > now]


def damaged_runs(warehouse: Path) -> list[Path]:
    """The files of runs that cannot be read: what they say is lost, and nothing else depends on it."""
    return [path for path, file in _read(warehouse) if file is None]


def _read(warehouse: Path) -> list[tuple[Path, RunFile | None]]:
    return [(path, _run_file(path)) for path in sorted(Layout(warehouse).runs.glob("run-*.json"))]


def _run_file(path: Path) -> RunFile | None:
    try:
        return RunFile.model_validate_json(path.read_bytes())
    except ValidationError:
        return None


def write_run(layout: Layout, file: RunFile) -> None:
    """Write a run's file, whole or not at all."""
    write_whole(layout.runs / f"{file.row.run_id}.json", file.model_dump_json(indent=1).encode())
