"""`trialhouse alerts ack`, `waive`, `resolve` and `reopen`: all or nothing, and by several people at once."""

import datetime
import json
import re
import subprocess
import sys

import pytest

from trialhouse.model.words import DecisionAction, WaiverReason
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.quality.decisions import Decisions, decision_on
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout

SUM, INTERVAL, LANGUAGES = "arms/sum_is_enrollment", "outcome_analyses/interval_fits_p", "conflicts/languages_disagree"

TODAY = datetime.datetime.now(datetime.UTC).date()
NEXT_YEAR = str(TODAY + datetime.timedelta(days=365))

WAIVER = ["--reason", "source_error", "--comment", "The paper says so.", "--until", NEXT_YEAR]


@pytest.fixture
def ids(mine):
    """The ids of its alerts by their check."""
    return {alert.check_id: alert.alert_id for alert in books(mine).alerts}


@pytest.fixture
def do(run, mine, monkeypatch):
    """Runs a command about its alerts as ada."""
    monkeypatch.setenv("TRIALHOUSE_REVIEWER", "ada")
    return lambda *words: run("alerts", *words, "--warehouse", mine)


def books(warehouse):
    return live_alerts(Layout(warehouse), find_release(warehouse, None)).books


def states(warehouse):
    return {alert.check_id: alert.state.value for alert in books(warehouse).alerts}


def decisions(warehouse):
    return Decisions(Layout(warehouse).decisions).alert_decisions()


def test_a_life_by_hand(do, mine, ids):
    alert = ids[SUM]
    acknowledged = do("ack", alert, "--comment", "I look into it.")
    assert acknowledged.out == f"{alert}  open → acknowledged  {SUM}\n"
    assert "1 decision of ada written. The next refresh carries it into a release." in acknowledged.err
    assert do("waive", alert, *WAIVER).out == f"{alert}  acknowledged → waived until {NEXT_YEAR}  {SUM}\n"
    assert do("reopen", alert).out == f"{alert}  waived → reopened  {SUM}\n"
    resolved = do("resolve", alert, "--by", "ben")
    assert resolved.out == f"{alert}  reopened → resolved  {SUM}\n"
    assert "A check that still fails then reopens its alert." in resolved.err
    assert [(row.actor, row.action.value, row.comment) for row in decisions(mine)] == [
        ("ada", "acknowledge", "I look into it."),
        ("ada", "waive", "The paper says so."),
        ("ada", "reopen", None),
        ("ben", "resolve", None),
    ]


def test_what_was_decided_is_listed_and_shown_as_not_yet_in_a_release(do, ids):
    do("waive", ids[SUM], *WAIVER)
    listed = do("list")
    assert SUM not in listed.out
    assert "1 more are settled" in listed.err
    assert "1 alert changed by decisions since: the next refresh carries them into a release." in listed.err
    everything = do("list", "--all")
    assert f"waived        {SUM}  NCT09990001  until {NEXT_YEAR}" in everything.out
    assert "waived by ada, not in a release yet: The paper says so." in everything.out
    history = do("show", ids[SUM]).out.partition("History")[2]
    assert re.search(r"ada: open → waived until .*: source_error “The paper says so.”", " ".join(history.split()))
    assert "(not in a release yet)" in " ".join(history.split())
    (released,) = json.loads(do("list", "--release", "current", "--check", SUM, "--json").out)
    assert (released["state"], released["is_pending"]) == ("open", False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--comment", "c", "--until", NEXT_YEAR], "a waiver needs a reason"),
        (["--reason", "accepted", "--until", NEXT_YEAR], "a waiver needs a comment"),
        (["--reason", "accepted", "--comment", " ", "--until", "9d"], "a waiver needs a comment"),
        (["--reason", "accepted", "--comment", "c"], "a waiver needs the day until which it holds"),
        (["--reason", "accepted", "--comment", "c", "--until", "2020-01-01"], "has ended already"),
        (["--reason", "accepted", "--comment", "c", "--until", "9999-12-31"], "it holds for at most 5 years"),
        (["--reason", "accepted", "--comment", "c", "--until", "soon"], "'soon' is no day: write one as"),
        (["--reason", "boredom", "--comment", "c", "--until", "9d"], 'Invalid value "boredom"'),
        ([*WAIVER, "--by", " "], "nobody is named who decides"),
        ([*WAIVER, "--by", "refresh"], "give the name of a person"),
    ],
)
def test_a_waiver_that_lacks_something_is_wrong_use_and_writes_nothing(do, mine, ids, words, said):
    ended = do("waive", ids[SUM], *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert decisions(mine) == []


def test_a_waiver_that_ended_asks_again_everywhere_and_can_be_given_anew(do, run, mine, ids):
    alert = next(alert for alert in books(mine).alerts if alert.check_id == SUM)
    given = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=3)
    last_day = (given + datetime.timedelta(days=1)).date()
    waiver = decision_on(
        alert, DecisionAction.WAIVE, actor="ada", now=given, reason=WaiverReason.ACCEPTED, comment="c",
        waived_until=last_day,
    )  # fmt: skip
    Decisions(Layout(mine).decisions).add([waiver])
    assert f"reopened: Its waiver ended on {last_day}." in do("list").out
    assert json.loads(run("status", "--json", "--warehouse", mine).out)["open_alerts"] == {"warn": 3}
    query = f"SELECT state, waived_until FROM review.alerts WHERE alert_id = '{alert.alert_id}'"
    asked = run("sql", query, "--format", "json", "--warehouse", mine)
    assert json.loads(asked.out) == [{"state": "reopened", "waived_until": None}]
    assert do("waive", alert.alert_id, *WAIVER).out == f"{alert.alert_id}  reopened → waived until {NEXT_YEAR}  {SUM}\n"


def test_a_number_of_days_counts_from_today(do, mine, ids):
    do("waive", ids[SUM], "--reason", "accepted", "--comment", "c", "--until", "90d")
    do("waive", ids[INTERVAL], "--reason", "accepted", "--comment", "c", "--until", "2w")
    days = [(row.waived_until - row.decided_at.date()).days for row in decisions(mine)]
    assert days == [90, 14]


def test_one_refusal_and_nothing_is_done(do, mine, ids):
    do("resolve", ids[SUM])
    ended = do("ack", ids[INTERVAL], ids[SUM], ids[LANGUAGES])
    assert (ended.code, ended.out) == (1, "")
    assert ids[SUM] in ended.err
    assert "nothing was changed" in ended.err
    assert states(mine) == {SUM: "resolved", INTERVAL: "open", LANGUAGES: "open"}
    unknown = do("ack", ids[INTERVAL], "alert-nix")
    assert unknown.code == 2
    assert len(decisions(mine)) == 1


def test_without_ids_it_is_told_what_would_be_done(do, mine, ids):
    told = do("ack", "--check", "o*")
    assert told.code == 2
    assert told.out.startswith(f"{ids[INTERVAL]}  warn   open          {INTERVAL}\n")
    assert "Nothing was changed. To acknowledge this alert, say --yes." in told.err
    assert decisions(mine) == []
    done = do("ack", "--severity", "warn", "--yes")
    assert done.code == 0
    assert set(states(mine).values()) == {"acknowledged"}
    assert "3 decisions of ada written" in done.err


@pytest.mark.parametrize("words", [[], ["--yes"], ["ID", "--severity", "warn"], ["ID", "--check", "*", "--yes"]])
def test_ids_or_a_filter_and_not_both_and_not_neither(do, mine, ids, words):
    assert do("resolve", *(ids[SUM] if word == "ID" else word for word in words)).code == 2
    assert decisions(mine) == []


def test_many_at_once_pass_over_what_was_settled_unless_its_state_is_named(do, mine, ids):
    do("waive", ids[SUM], *WAIVER)
    do("ack", "--check", "*", "--yes")
    assert states(mine)[SUM] == "waived"
    do("ack", "--state", "waived", "--yes")
    assert set(states(mine).values()) == {"acknowledged"}
    do("resolve", "--trial", "NCT09990001", "--yes")
    assert states(mine) == {SUM: "resolved", INTERVAL: "acknowledged", LANGUAGES: "acknowledged"}
    do("reopen", "--severity", "warn", "--yes")
    assert states(mine) == {SUM: "reopened", INTERVAL: "acknowledged", LANGUAGES: "acknowledged"}
    nothing = do("reopen", "--severity", "warn", "--yes")
    assert (nothing.code, nothing.err) == (0, "No alert fits to reopen.\n")


def test_status_counts_what_still_asks_for_something(do, run, mine, ids):
    do("waive", ids[SUM], *WAIVER)
    do("ack", ids[INTERVAL])
    assert json.loads(run("status", "--json", "--warehouse", mine).out)["open_alerts"] == {"warn": 2}


def test_a_script_gets_the_alerts_as_they_stand_then(do, ids):
    (alert,) = json.loads(do("ack", ids[SUM], "--json").out)
    assert (alert["alert_id"], alert["was"], alert["state"]) == (ids[SUM], "open", "acknowledged")


def test_a_clock_that_was_set_back_does_not_turn_the_order_round(do, mine, ids, monkeypatch):
    do("resolve", ids[SUM])
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr("trialhouse.cli.commands.alerts_deciding._now", lambda: past)
    assert do("reopen", ids[SUM]).code == 0
    assert states(mine)[SUM] == "reopened"


def test_a_file_of_decisions_that_is_none_is_told(do, mine, ids):
    Layout(mine).decisions.write_bytes(b"This is no database. " * 100)
    for words in (["list"], ["show", ids[SUM]], ["ack", ids[SUM]]):
        ended = do(*words)
        assert ended.code == 1
        assert "trialhouse decisions import --from-release" in ended.err


def test_people_who_decide_at_the_same_time_lose_nothing(mine, ids):
    """Real processes: two of one alert, and one each of two others."""
    program = [sys.executable, "-m", "trialhouse", "alerts"]
    meant = [("ack", ids[SUM]), ("ack", ids[SUM]), ("resolve", ids[INTERVAL]), ("resolve", ids[LANGUAGES])]
    started = [
        subprocess.Popen(
            [*program, action, alert, "--by", f"person {number}", "--warehouse", str(mine)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, (action, alert) in enumerate(meant)
    ]
    ended = [(*one.communicate(), one.returncode) for one in started]
    # Whoever comes second may find it done already: then it is said, and nothing was written.
    assert [code for _, _, code in ended[2:]] == [0, 0]
    assert sorted(code for _, _, code in ended[:2]) in ([0, 0], [0, 1])
    assert all("nothing was changed" in err for _, err, code in ended if code)
    assert len(decisions(mine)) == [code for _, _, code in ended].count(0)
    assert states(mine) == {SUM: "acknowledged", INTERVAL: "resolved", LANGUAGES: "resolved"}
