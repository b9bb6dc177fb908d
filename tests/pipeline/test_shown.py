"""What an operator is shown of a run's gate: what failed, apart from what was not evaluated."""

import datetime
from pathlib import Path

from trialhouse.model.tables import CheckRunRow
from trialhouse.model.words import CheckStatus, RunStatus
from trialhouse.pipeline.result import RefreshResult
from trialhouse.pipeline.shown import gate_of, not_evaluated_of, told_of
from trialhouse.releases.layout import QUALITY
from trialhouse.releases.rejected import QualityReport

AT = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def ended(folder: Path, *checks: tuple[str, CheckStatus, int | None]) -> RefreshResult:
    """A run that left a report of such checks in a folder."""
    runs = tuple(
        CheckRunRow(run_id="run-1", check_id=name, status=status, failing_rows=rows, checked_at=AT)
        for name, status, rows in checks
    )
    report = QualityReport(
        release_id="r1", release_no=1, decision="Well.", may_publish=True, check_runs=runs, failing_rows=()
    )
    (folder / QUALITY).write_text(report.model_dump_json())
    return RefreshResult(run_id="run-1", status=RunStatus.PUBLISHED, release_folder=folder, sentences=("Ended.",))


def test_what_failed_stands_apart_from_what_was_not_evaluated(tmp_path: Path) -> None:
    result = ended(
        tmp_path,
        ("drift/b", CheckStatus.NOT_EVALUATED, None),
        ("arms/few", CheckStatus.FAILED, 2),
        ("arms/well", CheckStatus.PASSED, 0),
        ("drift/a", CheckStatus.NOT_EVALUATED, None),
        ("arms/many", CheckStatus.FAILED, 7),
    )
    assert [(row["check"], row["failing_rows"]) for row in gate_of(result)] == [("arms/many", 7), ("arms/few", 2)]
    assert [row["check"] for row in not_evaluated_of(result)] == ["drift/a", "drift/b"]
    assert "Checks that failed: 2 (not evaluated: 2)" in told_of(result, "http://127.0.0.1:8750/")


def test_where_all_passed_nothing_is_said_of_checks_and_a_run_without_a_folder_has_none(tmp_path: Path) -> None:
    result = ended(tmp_path, ("arms/well", CheckStatus.PASSED, 0))
    assert (gate_of(result), not_evaluated_of(result)) == ([], [])
    assert "Checks" not in told_of(result, "")
    assert "Folder" in told_of(result, "")
    nothing = RefreshResult(run_id="run-1", status=RunStatus.UNCHANGED)
    assert (gate_of(nothing), not_evaluated_of(nothing)) == ([], [])
    assert "Folder" not in told_of(nothing, "")
