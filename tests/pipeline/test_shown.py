"""What an operator is shown of a run: what failed apart from what was not evaluated, and nothing of another run."""

import datetime
from pathlib import Path

from trialhouse.model.tables import CheckRunRow
from trialhouse.model.words import CheckStatus, RunStatus
from trialhouse.pipeline import refresh
from trialhouse.pipeline.result import RefreshResult
from trialhouse.pipeline.shown import changes_of, changes_words, gate_of, not_evaluated_of, told_of
from trialhouse.settings import Settings

ABSTRACT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

METHODS: We randomly assigned 200 adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group (P = 0.004).
The trial is registered at ClinicalTrials.gov, NCT09990001.
"""

AT = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


def ended(*checks: tuple[str, CheckStatus, int | None]) -> RefreshResult:
    """A run of such checks."""
    runs = tuple(
        CheckRunRow(run_id="run-1", check_id=name, status=status, failing_rows=rows, checked_at=AT)
        for name, status, rows in checks
    )
    folder = Path("releases") / "r1"
    return RefreshResult(
        run_id="run-1", status=RunStatus.PUBLISHED, release_folder=folder, sentences=("Ended.",), check_runs=runs
    )


def test_what_failed_stands_apart_from_what_was_not_evaluated() -> None:
    result = ended(
        ("drift/b", CheckStatus.NOT_EVALUATED, None),
        ("arms/few", CheckStatus.FAILED, 2),
        ("arms/well", CheckStatus.PASSED, 0),
        ("drift/a", CheckStatus.NOT_EVALUATED, None),
        ("arms/many", CheckStatus.FAILED, 7),
    )
    assert [(row["check"], row["failing_rows"]) for row in gate_of(result)] == [("arms/many", 7), ("arms/few", 2)]
    assert [row["check"] for row in not_evaluated_of(result)] == ["drift/a", "drift/b"]
    assert "Checks that failed: 2 (not evaluated: 2)" in told_of(result, "http://127.0.0.1:8750/")


def test_where_all_passed_nothing_is_said_of_checks_and_a_run_without_a_folder_has_none() -> None:
    result = ended(("arms/well", CheckStatus.PASSED, 0))
    assert (gate_of(result), not_evaluated_of(result)) == ([], [])
    assert "Checks" not in told_of(result, "")
    assert "Folder" in told_of(result, "")
    nothing = RefreshResult(run_id="run-1", status=RunStatus.UNCHANGED)
    assert (gate_of(nothing), not_evaluated_of(nothing), changes_of(nothing)) == ([], [], [])
    assert "Folder" not in told_of(nothing, "")
    assert changes_words(nothing) == "Nothing was published: there is no release yet."


def test_a_run_that_changed_nothing_shows_its_own_checks_and_no_changes(settings: Settings, tmp_path: Path) -> None:
    page = tmp_path / "pages" / "a.txt"
    page.parent.mkdir()
    page.write_text(ABSTRACT)
    first, second = (refresh(settings, files=[page]) for _ in range(2))
    assert (first.status, second.status) == (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
    changed = {row["table"]: row["added"] for row in changes_of(first)}
    assert changed["trials"] == changed["documents"] == 1
    assert changes_words(first) == f"Rows that release {first.release_id} added, changed, lost."
    assert changes_of(second) == []
    assert changes_words(second) == f"Nothing was published: release {first.release_id} stays current."
    assert {one.run_id for one in second.check_runs} == {second.run_id}
    # The sentence of the gate and the tables count the same.
    (gate,) = (sentence for sentence in second.sentences if "checks" in sentence)
    passed = [one for one in second.check_runs if one.status is CheckStatus.PASSED]
    told = len(gate_of(second)) + len(not_evaluated_of(second)) + len(passed)
    assert gate.startswith(f"{len(passed)} of {told} checks passed")
    # What scripts read is as before.
    assert not {"check_runs", "changes"} & set(second.model_dump(mode="json"))
