"""What people decide of an alert, and how long that holds."""

import datetime
from collections.abc import Mapping

import pytest

from tests.unit.quality.test_alerts import day, failing, report
from trialhouse.model.tables import AlertDecisionRow, AlertRow
from trialhouse.model.words import AlertState, CheckStatus, DecisionAction, WaiverReason
from trialhouse.quality.alerts import AlertBooks, alerts_of, with_decisions
from trialhouse.quality.decisions import decision_on
from trialhouse.quality.life import as_asked, refusal
from trialhouse.quality.run import CheckReport

OTHER_VALUES = "61 + 60 = 121, not 119."
NOT_RUN = report(status=CheckStatus.NOT_EVALUATED)


class Story:
    """One alert over days: a run of its check each day, and people's decisions at noon."""

    def __init__(self) -> None:
        self.books = AlertBooks()
        self.decisions: list[AlertDecisionRow] = []
        self.number = 0

    def run(self, one: CheckReport, quotes: Mapping[tuple[str, int], tuple[str, ...]] | None = None) -> "Story":
        self.number += 1
        settled = with_decisions(self.books, self.decisions)
        self.books = alerts_of(one, settled, self.decisions, quotes or {}, day(self.number))
        return self

    def decide(self, action: DecisionAction, until: int = 20) -> "Story":
        waiver = {"reason": WaiverReason.ACCEPTED, "comment": "The paper says so.", "waived_until": day(until).date()}
        noon = day(self.number) + datetime.timedelta(hours=12)
        more = waiver if action is DecisionAction.WAIVE else {}
        self.decisions.append(decision_on(self.live, action, actor="ada", now=noon, **more))
        return self

    @property
    def live(self) -> AlertRow:
        """The alert as it stands, with decisions that no run has seen yet."""
        (alert,) = with_decisions(self.books, self.decisions).alerts
        return alert

    @property
    def steps(self) -> list[tuple[str | None, str, str]]:
        return [(event.from_state, event.to_state, event.actor) for event in self.books.events]


WAIVE, ACKNOWLEDGE = DecisionAction.WAIVE, DecisionAction.ACKNOWLEDGE
RESOLVE, REOPEN = DecisionAction.RESOLVE, DecisionAction.REOPEN


def waived(until: int = 20) -> Story:
    return Story().run(report(failing())).decide(WAIVE, until)


def test_a_waived_alert_stays_silent_while_nothing_changes():
    story = waived().run(report(failing())).run(report(failing()))
    assert (story.live.state, story.live.reason, story.live.decided_by) == (AlertState.WAIVED, "accepted", "ada")
    assert (story.live.waived_until, story.live.last_seen) == (day(20).date(), day(3))
    assert story.steps == [(None, "open", "refresh"), ("open", "waived", "ada")]


def test_a_waiver_past_its_last_day_asks_before_a_run_writes_it_down():
    story = waived(until=5)
    assert as_asked(story.live, day(5).date()) == story.live
    asked = as_asked(story.live, day(6).date())
    assert (asked.state, asked.reason) == (AlertState.REOPENED, "Its waiver ended on 2026-01-05.")
    story.number = 5
    assert story.run(report(failing())).live == asked.model_copy(update={"last_seen": day(6)})


def test_a_waiver_ends_when_the_values_change():
    story = waived().run(report(failing(OTHER_VALUES)))
    assert (story.live.state, story.live.decided_by, story.live.waived_until) == (AlertState.REOPENED, None, None)
    assert story.live.reason == "It was waived for other values or quotes: 60 + 60 = 120, not 119."
    assert story.steps[-1] == ("waived", "reopened", "refresh")


def test_a_waiver_ends_when_the_quote_changes():
    place = ("arms/sum_is_enrollment", 1)
    story = Story().run(report(failing()), {place: ("60 were given A",)}).decide(WAIVE)
    assert story.run(report(failing()), {place: ("60 were given A",)}).live.state == AlertState.WAIVED
    assert story.run(report(failing()), {place: ("Sixty (60) took A",)}).live.state == AlertState.REOPENED


def test_a_waiver_ends_after_its_last_day():
    story = waived(until=2).run(report(failing()))
    assert story.live.state == AlertState.WAIVED
    story.run(report(failing()))
    assert (story.live.state, story.live.reason) == (AlertState.REOPENED, "Its waiver ended on 2026-01-02.")


def test_a_check_that_did_not_run_leaves_a_waiver_untouched_even_after_its_end():
    assert waived(until=2).run(NOT_RUN).run(NOT_RUN).live.state == AlertState.WAIVED


def test_what_goes_away_and_comes_back_as_it_was_waived_is_waived_again():
    story = waived().run(report()).run(report(failing()))
    assert story.live.state == AlertState.WAIVED
    assert story.steps[-2:] == [("waived", "resolved", "refresh"), ("resolved", "waived", "refresh")]


def test_what_comes_back_with_other_values_is_reopened():
    assert waived().run(report()).run(report(failing(OTHER_VALUES))).live.state == AlertState.REOPENED


def test_what_a_person_reopened_is_not_waived_again():
    story = waived().run(report(failing())).decide(REOPEN)
    assert story.run(report(failing())).live.state == AlertState.REOPENED
    assert story.run(report()).run(report(failing())).live.state == AlertState.REOPENED


def test_an_acknowledged_alert_stays_so_whatever_its_values():
    story = Story().run(report(failing())).decide(ACKNOWLEDGE).run(report(failing(OTHER_VALUES)))
    assert (story.live.state, story.live.decided_by) == (AlertState.ACKNOWLEDGED, "ada")


def test_a_resolved_alert_whose_check_still_fails_is_reopened():
    story = Story().run(report(failing())).decide(RESOLVE)
    assert story.live.state == AlertState.RESOLVED
    assert story.run(report(failing())).live.state == AlertState.REOPENED


def test_a_decision_that_a_run_overtook_changes_nothing_and_says_so():
    story = Story().run(report(failing()))
    late = decision_on(
        story.live, WAIVE, actor="ben", now=day(1), reason=WaiverReason.ACCEPTED, comment="Fine.",
        waived_until=day(9).date(),
    )  # fmt: skip
    story.run(report(failing(OTHER_VALUES)))
    story.decisions.append(late)
    story.run(report(failing(OTHER_VALUES)))
    assert story.live.state == AlertState.OPEN
    event = story.books.events[-1]
    assert (event.actor, event.from_state, event.to_state) == ("ben", AlertState.OPEN, AlertState.OPEN)
    assert event.reason == "The waiver was given for other values than the alert has."


def test_each_decision_is_carried_out_once():
    story = waived().run(report(failing()))
    assert with_decisions(story.books, story.decisions) == story.books


def test_decisions_made_while_a_build_ran_come_with_the_next():
    story = Story().run(report(failing()))
    before = list(story.decisions)
    story.decide(WAIVE)
    build = alerts_of(report(failing()), with_decisions(story.books, before), before, {}, day(2))
    assert build.alerts[0].state == AlertState.OPEN
    after = with_decisions(build, story.decisions)
    assert after.alerts[0].state == AlertState.WAIVED


def test_a_decision_on_an_alert_that_is_not_there_waits():
    story = Story().run(report(failing()))
    (decision,) = story.decide(WAIVE).decisions
    assert with_decisions(AlertBooks(), [decision]) == AlertBooks()


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (AlertState.OPEN, {ACKNOWLEDGE, WAIVE, RESOLVE}),
        (AlertState.REOPENED, {ACKNOWLEDGE, WAIVE, RESOLVE}),
        (AlertState.ACKNOWLEDGED, {WAIVE, RESOLVE, REOPEN}),
        (AlertState.WAIVED, {ACKNOWLEDGE, WAIVE, RESOLVE, REOPEN}),
        (AlertState.RESOLVED, {REOPEN}),
    ],
)
def test_what_may_be_done_in_each_state(state, may):
    (alert,) = Story().run(report(failing())).books.alerts
    alert = alert.model_copy(update={"state": state})
    assert {action for action in DecisionAction if refusal(alert, action) is None} == may


@pytest.mark.parametrize(
    "more",
    [
        {"comment": "c", "waived_until": day(9).date()},
        {"reason": WaiverReason.ACCEPTED, "comment": " ", "waived_until": day(9).date()},
        {"reason": WaiverReason.ACCEPTED, "comment": "c"},
        {"reason": WaiverReason.ACCEPTED, "comment": "c", "waived_until": datetime.date(2025, 12, 31)},
    ],
)
def test_a_waiver_needs_a_reason_a_comment_and_an_end(more):
    (alert,) = Story().run(report(failing())).books.alerts
    with pytest.raises(ValueError, match="waiver"):
        decision_on(alert, WAIVE, actor="ada", now=day(1), **more)
