"""What is kept of each refresh run: one file a run, that readers open without the code that runs."""

from pathlib import Path

from trialhouse.model.record import Record
from trialhouse.model.tables import AccountingCauseRow, AccountingRow, RunRow
from trialhouse.releases.layout import Layout


class RunFile(Record):
    """What is kept of a run in `runs/<run_id>.json`."""

    row: RunRow
    accounting: tuple[AccountingRow, ...] = ()
    causes: tuple[AccountingCauseRow, ...] = ()


def read_runs(warehouse: Path) -> list[RunFile]:
    """All runs, oldest first."""
    return [
        RunFile.model_validate_json(path.read_bytes()) for path in sorted(Layout(warehouse).runs.glob("run-*.json"))
    ]


def write_run(layout: Layout, file: RunFile) -> None:
    """Write a run's file, whole or not at all."""
    path = layout.runs / f"{file.row.run_id}.json"
    temporary = path.with_suffix(".new")
    temporary.write_text(file.model_dump_json(indent=1), encoding="utf-8")
    temporary.replace(path)
