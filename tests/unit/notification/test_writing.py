"""What a route hears of a build, and in which words."""

from tests.unit.notification.made import a_check, an_alert, an_event, an_item, some_news
from trialhouse.model.enums import Severity
from trialhouse.model.notification_config import RouteConfig
from trialhouse.model.words import AlertState
from trialhouse.notification.message import MessageKind
from trialhouse.notification.news import by_subject, heard, hears_reasons, steps_of, subject_of_reasons
from trialhouse.notification.writing import LISTED, MESSAGE_CHARACTERS, PER_CHECK, message_of

ALL = RouteConfig(url_from="TEAM")

DIGEST = """Release 2026.03.01.02 of /data/trials: 1 alert opened, 1 reopened, 1 resolved.

trials/range (error, owner extraction): 1 opened
- opened: 400 % of the patients. [trial trial-9, alert-t]

arms/sum (warn, owner review): 1 reopened, 1 resolved
- reopened (Its waiver ended on 2026-02-28): 60 + 60 = 120, not 119. [alert-b]
- resolved: 60 + 60 = 120, not 119. [alert-a]

One of them: trialhouse alerts show alert-t --warehouse /data/trials
All of them: trialhouse alerts list --warehouse /data/trials

Idempotency-Key: """


def ids(items):
    return [item.alert.alert_id for item in items]


def test_a_digest_reads_well_and_ends_with_its_key():
    worst = an_item("t", check_id="trials/range", severity=Severity.ERROR, message="400 % of\nthe  patients.\x07",
                    trial_id="trial-9", owner="extraction")  # fmt: skip
    again = an_item("b", AlertState.REOPENED, "Its waiver ended on 2026-02-28.")
    gone = an_item("a", AlertState.RESOLVED)
    message = message_of("team", ALL, some_news(worst, again, gone), (), ())
    assert (message.kind, message.title) == (
        MessageKind.DIGEST,
        "Trialhouse 2026.03.01.02: 1 opened, 1 reopened, 1 resolved",
    )
    assert message.body == DIGEST + message.idempotency_key


def test_nothing_new_is_no_message():
    assert message_of("team", ALL, some_news(), (), ()) is None
    assert message_of("team", RouteConfig(url_from="TEAM", checks=("trials/*",)), some_news(an_item()), (), ()) is None


def test_steps_are_those_of_the_refresh_worst_first_and_without_what_waivers_hide():
    names = ("opened", "by_person", "silent_end", "holds_again", "ended", "failed_again", "bad")
    alerts = {name: an_alert(name) for name in names}
    alerts["bad"] = an_alert("bad", check_id="trials/range", severity=Severity.BLOCK)
    events = [
        an_event(alerts["opened"], AlertState.OPEN, reason="The check failed."),
        an_event(alerts["by_person"], AlertState.RESOLVED, AlertState.OPEN, decision_id="d-1", actor="ada"),
        an_event(alerts["silent_end"], AlertState.RESOLVED, AlertState.WAIVED),
        an_event(alerts["holds_again"], AlertState.WAIVED, AlertState.RESOLVED),
        an_event(alerts["ended"], AlertState.REOPENED, AlertState.WAIVED, reason="Its waiver ended on 2026-02-28."),
        an_event(alerts["failed_again"], AlertState.RESOLVED, AlertState.OPEN),
        an_event(alerts["bad"], AlertState.OPEN),
    ]
    steps = steps_of(alerts.values(), events, [a_check()])
    assert ids(steps) == ["alert-bad", "alert-opened", "alert-ended", "alert-failed_again"]
    assert [step.why for step in steps] == [None, None, "Its waiver ended on 2026-02-28.", None]
    assert [step.owner for step in steps] == [None, "review", "review", "review"]


def test_a_route_hears_of_its_severities_checks_owners_and_states():
    items = [
        an_item("a", severity=Severity.BLOCK),
        an_item("b", check_id="trials/range"),
        an_item("c", owner="sources"),
        an_item("d", AlertState.RESOLVED),
    ]
    for said, wanted in (
        ({}, "abcd"),
        ({"severities": ("block",)}, "a"),
        ({"checks": ("arms/*",)}, "acd"),
        ({"owners": ("sources", "nobody")}, "c"),
        ({"states": ("resolved",)}, "d"),
    ):
        route = RouteConfig(url_from="TEAM", **said)
        assert ids(heard(route, items)) == [f"alert-{name}" for name in wanted], said


def test_much_is_cut_and_counted():
    items = [
        an_item(f"{check}-{number:02}", check_id=f"arms/{check}", message=f"{number} " + "x" * 1000)
        for check in "abcdef"
        for number in range(PER_CHECK + 2)
    ]
    message = message_of("team", ALL, some_news(*items), (), ())
    lines = message.body.splitlines()
    listed = [line for line in lines if line.startswith("- opened: ")]
    assert len(listed) == LISTED == 30
    assert lines.count("- and 2 more") == 3
    assert "And 36 more alerts of other checks." in lines
    assert "72 alerts opened" in lines[0]
    assert all(line.partition(" [")[0].endswith("x…") for line in listed)
    assert len(listed[0].partition(" [")[0]) == len("- opened: ") + MESSAGE_CHARACTERS


def test_the_first_release_is_told_as_a_baseline_of_counts():
    standing = [an_item(str(number)) for number in range(1200)]
    standing += [an_item("t", check_id="trials/range", severity=Severity.ERROR)]
    news = some_news(*standing, standing=tuple(standing), is_first=True, last=None)
    message = message_of("team", ALL, news, (), ())
    assert (message.kind, message.title) == (
        MessageKind.BASELINE,
        "Trialhouse 2026.03.01.02: baseline, 1,201 open alerts",
    )
    assert "this is the baseline" in message.body
    assert message.body.splitlines()[2:7] == [
        "warn: 1,200",
        "error: 1",
        "",
        "- arms/sum (warn): 1,200",
        "- trials/range (error): 1",
    ]
    assert "not 119" not in message.body
    blockers = RouteConfig(url_from="TEAM", severities=("block",))
    assert message_of("team", blockers, news, (), ()) is None


def test_a_build_that_was_stopped_tells_what_stops_it_and_what_else_it_found():
    bad, other = an_item("x", severity=Severity.BLOCK), an_item("y")
    news = some_news(bad, other, may_publish=False, verdict="Publishing is blocked by arms/sum (1 row).")
    message = message_of("team", ALL, news, (bad,), ())
    assert (message.kind, message.title) == (
        MessageKind.BLOCKED,
        "Trialhouse 2026.03.01.02: publishing is blocked (1 new alert)",
    )
    assert message.body.startswith(
        "A build of /data/trials was stopped at the gate. Publishing is blocked by arms/sum (1 row). Release "
        "2026.03.01.01 stays current.\n\narms/sum (block, owner review): 1 opened\n"
    )
    assert "It also has 1 alert opened.\n\narms/sum (warn, owner review): 1 opened\n- opened: " in message.body
    # A route that was told, or does not hear of what blocks, gets what else there is; of nothing, nothing.
    told = message_of("team", ALL, some_news(other, may_publish=False), (), ())
    assert (told.kind, told.title) == (
        MessageKind.DIGEST,
        "Trialhouse 2026.03.01.02, stopped at the gate: 1 opened",
    )
    assert message_of("team", ALL, some_news(may_publish=False), (), ()) is None
    first = some_news(other, may_publish=False, is_first=True, last=None)
    assert message_of("team", ALL, first, (), ()) is None
    assert message_of("team", ALL, first, (), ("quarantine",)).kind is MessageKind.BLOCKED


def test_a_key_names_route_run_and_alerts():
    def key(route="team", item=None, **values):
        return message_of(route, ALL, some_news(item or an_item(), **values), (), ()).idempotency_key

    others = [key("ops"), key(run_id="run-3"), key(item=an_item("arm-2")), key(item=an_item(message="Other."))]
    assert key() == key()
    assert len({key(), *others}) == 5


def test_what_blocks_is_the_same_news_until_it_changes_or_was_settled():
    def subject(alert, *events):
        (name,) = by_subject([an_item("arm-1", message=alert.message)], events)
        return name

    alert = an_alert()
    opened = an_event(alert, AlertState.OPEN)
    acknowledged = an_event(alert, AlertState.ACKNOWLEDGED, event_no=2)
    again = an_event(alert, AlertState.REOPENED, event_no=4)
    assert subject(alert, opened) == subject(alert, opened, acknowledged)
    assert subject(alert, opened) != subject(alert, opened, acknowledged, again)
    assert subject(alert, opened) != subject(an_alert(message="Other values."), opened)


def test_other_reasons_are_the_same_news_whatever_their_numbers_until_a_release():
    first = subject_of_reasons(["quarantine (1,200 of the 3,000 rows of arms would be set aside)"], "r1")
    assert first == subject_of_reasons(["quarantine (1,187 of the 2,998 rows of arms would be set aside)"], "r1")
    assert first != subject_of_reasons(["quarantine (1,200 of the 3,000 rows of trials would be set aside)"], "r1")
    assert first != subject_of_reasons(["quarantine (1,200 of the 3,000 rows of arms would be set aside)"], "r2")
    assert hears_reasons(ALL)
    assert not hears_reasons(RouteConfig(url_from="TEAM", checks=("arms/*",)))
    assert not hears_reasons(RouteConfig(url_from="TEAM", severities=("warn",)))
    assert not hears_reasons(RouteConfig(url_from="TEAM", states=("resolved",)))
