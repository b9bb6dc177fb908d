"""How many alerts and judgements differ between two releases, of which nothing of a trial does."""

import datetime
import shutil
from pathlib import Path

import pytest

from tests.unit.notification.made import NOW, an_alert
from tests.unit.releases.made_releases import publish_all, release_row
from trialhouse.model.tables import AlertDecisionRow, AlertRow, JudgementRow, Row
from trialhouse.model.words import AlertState, DecisionAction, JudgementSubject, Verdict
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.review_difference import ReviewDifference, review_difference
from trialhouse.store.connection import new_database, release_reader

OF_T, OF_U = an_alert("a", trial_id="t"), an_alert("b", trial_id="u")
WAIVED = OF_T.model_copy(update={"state": AlertState.WAIVED, "decided_by": "ada"})
LATER = datetime.timedelta(days=1)

JUDGED = JudgementRow(
    judgement_id="j",
    decided_at=NOW,
    actor="ada",
    subject=JudgementSubject.TRIAL,
    left_id="t",
    right_id="u",
    verdict=Verdict.DIFFERENT,
)


def decision(alert: AlertRow) -> AlertDecisionRow:
    return AlertDecisionRow(
        decision_id=f"decision of {alert.alert_id}",
        decided_at=NOW,
        actor="ada",
        action=DecisionAction.WAIVE,
        **alert.model_dump(include={"alert_id", "fingerprint", "evidence_hash", "message"}),
    )


STATES: tuple[list[Row], ...] = (
    [OF_T],
    # Seen again: that is no change.
    [OF_T.model_copy(update={"last_seen": NOW + LATER})],
    [WAIVED, decision(OF_T), OF_U],
    # A decision that left the alert as it was.
    [WAIVED, decision(OF_T), OF_U, decision(OF_U), JUDGED],
)


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return publish_all(tmp_path_factory.mktemp("reviewed"), *STATES)


def counted(database: Path, old: int, new: int, **narrowed: str) -> tuple[int, int]:
    with release_reader(database) as connection:
        found = review_difference(connection, release_row(old).release_id, release_row(new).release_id, **narrowed)
    return found.alerts, found.judgements


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [(1, 1, (0, 0)), (1, 2, (0, 0)), (2, 3, (2, 0)), (3, 4, (1, 1)), (1, 4, (2, 1)), (4, 1, (2, 1))],
)
def test_alerts_and_judgements_that_differ_are_counted_once(
    layout: Layout, old: int, new: int, differ: tuple[int, int]
) -> None:
    assert counted(layout.current / DATABASE, old, new) == differ


def test_those_of_a_trial_or_a_table(layout: Layout) -> None:
    assert counted(layout.current / DATABASE, 1, 4, trial_ids=["u"]) == (1, 0)
    assert counted(layout.current / DATABASE, 1, 4, trial_ids=["v"]) == (0, 0)
    assert counted(layout.current / DATABASE, 1, 4, table_name="arms") == (2, 0)
    assert counted(layout.current / DATABASE, 1, 4, table_name="trials") == (0, 0)


def test_a_file_from_before_there_were_decisions_has_its_alerts_compared(layout: Layout, tmp_path: Path) -> None:
    older = Path(shutil.copy(layout.current / DATABASE, tmp_path))
    with new_database(older) as connection:
        connection.execute("DROP MACRO TABLE dq.alert_decisions_as_of")
        connection.execute("DROP MACRO TABLE dq.judgements_as_of")
    assert counted(older, 2, 3) == (2, 0)
    assert counted(older, 3, 4) == (0, 0)


def test_nothing_is_said_of_nothing() -> None:
    assert ReviewDifference().sentences() == []
    assert ReviewDifference(1, 2).sentences() == [
        "Alerts that came, changed or were decided on: 1 (`trialhouse alerts list --all`).",
        "Judgements that were made: 2 (`trialhouse decisions list`).",
    ]
