"""The life of an alert through refreshes: what is settled stays settled until the matter itself changes."""

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import copied_root
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState, DecisionAction, RunStatus, WaiverReason
from trialhouse.pipeline import Assignment, RefreshResult, refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.quality.decisions import Decisions, decision_on
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.rollback import roll_back
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import release_reader

SUM = "arms/sum_is_enrollment"

ABSTRACT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

METHODS: We randomly assigned {n} adults to quenosartan 40 mg once daily (n = 100) or placebo (n = 90) for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group.
The trial is registered at ClinicalTrials.gov, NCT09990001.
"""

OTHER = ABSTRACT.replace("NCT09990001", "NCT09990002").replace("(n = 90)", "(n = 100)").format(n=200)

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
LAST_DAY = datetime.date(2026, 12, 1)


def refreshed(settings: Settings, n: int = 200, day: int = 20, others: int = 0) -> RefreshResult:
    """A refresh on a day of November after the document says that so many adults took part, beside other documents."""
    folder = settings.warehouse.parent / "texts"
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(ABSTRACT.format(n=n))
    for number in range(others):
        (folder / f"other{number}.txt").write_text(OTHER.replace("Quenosartan", f"Quenosartan {number}"))
    moment = NOW.replace(day=day)
    return refresh(settings, Assignment(files=(folder,)), clock=lambda: moment)


@pytest.fixture(scope="module")
def one_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one release, in which the arms of a trial do not add up."""
    settings = load_settings(warehouse=tmp_path_factory.mktemp("one") / "warehouse", environ={}).settings
    assert refreshed(settings).status is RunStatus.PUBLISHED
    return settings.warehouse


@pytest.fixture
def settings(one_release: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of that warehouse, with checks of its own."""
    shutil.copytree(one_release, tmp_path / "warehouse", symlinks=True)
    loaded = load_settings(warehouse=tmp_path / "warehouse", environ={}).settings
    root = copied_root(loaded, tmp_path / "root")
    return loaded.model_copy(update={"root": root})


def alert_of(settings: Settings, check_id: str = SUM) -> AlertRow:
    """The alert of a check as it stands, with what people decided."""
    release = find_release(settings.warehouse, None)
    alerts = live_alerts(Layout(settings.warehouse), release, today=NOW.date()).books.alerts
    (alert,) = [alert for alert in alerts if alert.check_id == check_id]
    return alert


def decide(settings: Settings, action: DecisionAction, check_id: str = SUM) -> None:
    waiver: dict[str, Any] = {
        "reason": WaiverReason.SOURCE_ERROR, "comment": "It is wrong.", "waived_until": LAST_DAY,
    }  # fmt: skip
    alert = alert_of(settings, check_id)
    decision = decision_on(alert, action, actor="ada", now=NOW, **(waiver if action is DecisionAction.WAIVE else {}))
    assert Decisions(Layout(settings.warehouse).decisions).add([decision]) == 1


def add_check(settings: Settings, name: str, severity: str, condition: str, more: str = "") -> None:
    (settings.root / "warehouse" / "checks" / "arms" / f"{name}.sql").write_text(
        f"-- severity: {severity}\n-- message: An arm is not wanted.\n-- action: Have none.\n-- owner: nobody\n{more}"
        f"\nSELECT arm_id AS row_id, trial_id, label || ' is there.' AS message FROM arms WHERE {condition}\n"
    )


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


STEPS = f"""
SELECT from_state, to_state, actor FROM dq.alert_events JOIN dq.alerts USING (alert_id)
WHERE check_id = '{SUM}' ORDER BY event_no
"""
OPENED_AND_WAIVED = [(None, "open", "refresh"), ("open", "waived", "ada")]


def test_waived_and_unchanged_is_silent_until_the_values_change(settings: Settings) -> None:
    decide(settings, DecisionAction.WAIVE)
    assert alert_of(settings).state is AlertState.WAIVED
    # A decision is news: the next refresh carries it into a release, although no row changed.
    assert refreshed(settings).status is RunStatus.PUBLISHED
    assert query(settings, "SELECT actor, action, reason FROM dq.alert_decisions") == [("ada", "waive", "source_error")]
    assert refreshed(settings).status is RunStatus.UNCHANGED
    assert refreshed(settings, others=1).status is RunStatus.PUBLISHED
    assert query(settings, STEPS) == OPENED_AND_WAIVED
    assert refreshed(settings, n=180).status is RunStatus.PUBLISHED
    assert query(settings, STEPS) == [*OPENED_AND_WAIVED, ("waived", "reopened", "refresh")]
    assert alert_of(settings).waived_until is None


def test_a_waiver_ends_after_its_last_day(settings: Settings) -> None:
    decide(settings, DecisionAction.WAIVE)
    layout = Layout(settings.warehouse)
    refreshed(settings, day=30)
    assert alert_of(settings).state is AlertState.WAIVED
    moment = datetime.datetime(2026, 12, 2, tzinfo=datetime.UTC)
    result = refresh(settings, Assignment(files=(layout.warehouse.parent / "texts",)), clock=lambda: moment)
    assert result.status is RunStatus.PUBLISHED
    assert (alert_of(settings).state, alert_of(settings).reason) == (
        AlertState.REOPENED,
        "Its waiver ended on 2026-12-01.",
    )


def test_a_check_that_did_not_run_leaves_its_alert_untouched(settings: Settings) -> None:
    before = alert_of(settings)
    path = settings.root / "warehouse" / "checks" / f"{SUM}.sql"
    path.write_text(path.read_text() + "\nno_such_thing")
    assert refreshed(settings, n=190).status is RunStatus.PUBLISHED  # the arms add up now, but nobody looked
    assert query(settings, f"SELECT status FROM dq.check_runs WHERE check_id = '{SUM}' ORDER BY checked_at") == [
        ("failed",),
        ("not_evaluated",),
    ]
    assert alert_of(settings) == before
    assert query(settings, STEPS) == [(None, "open", "refresh")]


def test_a_rollback_and_a_lost_file_take_no_decision_away(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    first = find_release(settings.warehouse, None).release_id
    decide(settings, DecisionAction.WAIVE)
    refreshed(settings, others=1)
    roll_back(layout, first, reason="looked wrong", by="ben", now=NOW)
    assert find_release(settings.warehouse, None).release_id == first
    assert alert_of(settings).state is AlertState.WAIVED
    layout.decisions.unlink()
    assert refreshed(settings, others=2).status is RunStatus.PUBLISHED
    assert query(settings, STEPS) == OPENED_AND_WAIVED
    assert alert_of(settings).state is AlertState.WAIVED


def test_what_blocks_can_be_waived_and_is_then_published_with_its_alert(settings: Settings) -> None:
    add_check(settings, "no_placebo", "block", "label ILIKE '%placebo%'")
    blocked = refreshed(settings, others=1)
    assert (blocked.status, blocked.exit_code) == (RunStatus.BLOCKED, 3)
    assert blocked.release_folder is not None
    report = json.loads((blocked.release_folder / "quality.json").read_text())
    (row_id,) = [a["row_id"] for a in report["alerts"] if a["check_id"] == "arms/no_placebo"][:1]
    live = live_alerts(Layout(settings.warehouse), find_release(settings.warehouse, None))
    assert live.rejected is not None
    assert "arms/no_placebo (2 rows)" in live.rejected.decision
    for alert in live.books.alerts:
        if alert.check_id == "arms/no_placebo":
            assert alert.message in {"placebo is there.", "Placebo is there."}
            waiver = decision_on(
                alert, DecisionAction.WAIVE, actor="ada", now=NOW, reason=WaiverReason.FALSE_POSITIVE,
                comment="A placebo arm is wanted.", waived_until=LAST_DAY,
            )  # fmt: skip
            Decisions(Layout(settings.warehouse).decisions).add([waiver])
    published = refreshed(settings, others=1)
    assert published.status is RunStatus.PUBLISHED
    assert any("2 rows of severity block waived" in sentence for sentence in published.sentences)
    states = "SELECT DISTINCT state FROM dq.alerts WHERE check_id = 'arms/no_placebo'"
    assert query(settings, states) == [("waived",)]
    assert query(settings, f"SELECT count(*) FROM arms WHERE arm_id = '{row_id}'") == [(1,)]
    runs = "SELECT status FROM dq.check_runs WHERE check_id = 'arms/no_placebo' ORDER BY run_id"
    assert query(settings, runs) == [("failed",), ("failed",)]
    assert live_alerts(Layout(settings.warehouse), find_release(settings.warehouse, None)).rejected is None


def test_what_fails_an_error_check_goes_to_quarantine_and_comes_back_when_it_is_waived(settings: Settings) -> None:
    whole = query(settings, "SELECT count(*) FROM outcome_measurements")
    add_check(settings, "no_placebo", "error", "label ILIKE '%placebo%'", "-- sets aside: row\n")
    assert refreshed(settings).status is RunStatus.PUBLISHED
    assert query(settings, "SELECT count(*) FROM arms") == [(1,)]
    assert query(settings, "SELECT count(*) FROM outcome_measurements") < whole
    ((cause, table_name, message, content),) = query(
        settings, "SELECT cause, table_name, message, content FROM dq.quarantine"
    )
    assert (cause, table_name) == ("arms/no_placebo", "arms")
    assert message.casefold() == "placebo is there."
    kept = json.loads(content)
    assert {"arms", "arm_interventions", "evidence", "outcome_measurements"} <= {part["table_name"] for part in kept}
    decide(settings, DecisionAction.WAIVE, "arms/no_placebo")
    assert refreshed(settings).status is RunStatus.PUBLISHED
    assert query(settings, "SELECT count(*) FROM arms") == [(2,)]
    assert query(settings, "SELECT count(*) FROM outcome_measurements") == whole
    assert query(settings, "SELECT count(*) FROM dq.quarantine") == [(0,)]


def test_what_a_rejected_build_found_reaches_a_release_though_nothing_else_is_new(settings: Settings) -> None:
    path = settings.root / "warehouse" / "checks" / "arms" / "cannot_run.sql"
    header = "-- severity: block\n-- message: It cannot run.\n-- action: Mend it.\n-- owner: nobody\n"
    path.write_text(f"{header}\nSELECT no_such_column AS row_id, 'never' AS message FROM arms\n")
    assert refreshed(settings).status is RunStatus.BLOCKED
    path.unlink()
    assert refreshed(settings).status is RunStatus.PUBLISHED
    assert live_alerts(Layout(settings.warehouse), find_release(settings.warehouse, None)).rejected is None
    runs = "SELECT status FROM dq.check_runs WHERE check_id = 'arms/cannot_run'"
    assert query(settings, runs) == [("not_evaluated",)]
    assert refreshed(settings).status is RunStatus.UNCHANGED
