"""How status and doctor tell of runs that were killed, that a wrong clock dated, and that got no list."""

import datetime
import json
import pathlib

import pytest

from tests.replay.server import ReplayServer
from tests.replay.world import World
from trialhouse.cli.run_state import not_listed, state_words
from trialhouse.model.tables import AccountingCauseRow, AccountingRow, RunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, Interval, running
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, write_run

NOW = datetime.datetime.now(datetime.UTC)
YEAR = datetime.timedelta(days=365)


def a_run(
    number: int,
    status: RunStatus = RunStatus.UNCHANGED,
    started_at: datetime.datetime = NOW,
    covers: tuple[tuple[str, str], ...] = (),
    lost: tuple[tuple[str, str], ...] = (),
) -> RunFile:
    """A run in order of its number, that got no list of the sources and topics of `lost`."""
    row = RunRow(run_id=f"run-{number}", started_at=started_at, profile="live", status=status, code_version="1")
    causes = tuple(
        AccountingCauseRow(
            run_id=row.run_id, source=source, record_id=f"{topic} updated_1", stage="list", cause="no_answer: gone"
        )
        for source, topic in lost
    )
    return RunFile(row=row, covers=covers, causes=causes)


def test_only_the_newest_run_can_be_at_work_and_only_while_somebody_holds_the_lock() -> None:
    runs = [a_run(1, RunStatus.RUNNING), a_run(2, RunStatus.RUNNING)]
    assert [state_words(one, runs, "process 7") for one in runs] == ["killed", "running"]
    assert [state_words(one, runs, None) for one in runs] == ["killed", "killed"]
    assert state_words(a_run(3, RunStatus.BLOCKED), runs, None) == "blocked"


def test_the_last_run_that_asked_for_a_topic_says_whether_it_was_listed() -> None:
    a, b = ("pubmed", "fruit"), ("ctgov", "fruit")
    runs = [a_run(1, covers=(a, b), lost=(a, b)), a_run(2, covers=(a,)), a_run(3, covers=(("pubmed", "other"),))]
    assert not_listed(runs) == {b: "no_answer: gone"}
    assert not_listed([*runs, a_run(4, covers=(a,), lost=(a,))]) == {a: "no_answer: gone", b: "no_answer: gone"}


def test_status_says_killed_and_names_a_topic_without_a_list(run, tmp_path):
    layout = Layout(tmp_path)
    layout.runs.mkdir(parents=True)
    write_run(layout, a_run(1, covers=(("pubmed", "fruit"),), lost=(("pubmed", "fruit"),)))
    write_run(layout, a_run(2, RunStatus.RUNNING))
    told = run("status", "--warehouse", tmp_path).out
    (line,) = (line for line in told.splitlines() if line.startswith("run-2"))
    assert "killed" in line
    assert "running" not in line
    assert "no list in the last run (no_answer)" in told.partition("\nTopics\n")[2]
    as_json = json.loads(run("status", "--json", "--warehouse", tmp_path).out)
    assert [one["state"] for one in as_json["runs"]] == ["killed", "unchanged"]
    assert [one["not_listed"] for one in as_json["topics"]] == ["no_answer: gone"]


def test_a_run_of_a_clock_that_was_ahead_is_named_until_a_run_came_after_it(run, tmp_path):
    layout = Layout(tmp_path)
    layout.runs.mkdir(parents=True)
    write_run(layout, a_run(1, started_at=NOW + YEAR))

    def clock():
        return next(
            one for one in json.loads(run("doctor", "--json", "--warehouse", tmp_path).out) if one["name"] == "clock"
        )

    assert (clock()["is_ok"], "run run-1 of" in clock()["says"]) == (False, True)
    assert "Problem   run run-1 of" in run("status", "--warehouse", tmp_path).out
    write_run(layout, a_run(2, started_at=NOW - YEAR))
    assert (clock()["is_ok"], "run run-1 of" in clock()["says"]) == (True, True)


@pytest.mark.parametrize(
    ("interval", "doing"), [(None, "refresh"), (Interval(first=NOW.date(), last=NOW.date()), "backfill")]
)
def test_who_works_is_called_by_what_it_does(run, tmp_path: pathlib.Path, interval, doing) -> None:
    with ReplayServer() as server:
        settings = World(server).settings(tmp_path)
        with running(settings, Assignment(interval=interval)) as under_way:
            assert f"({doing} {under_way.run_id}, since" in run("status", "--warehouse", settings.warehouse).out


def test_the_books_of_a_run_that_failed_are_said_to_be_cut_off(run, tmp_path) -> None:
    figures = dict.fromkeys(("asked", "received", "missing", "landed", "unchanged", "parsed", "dropped"), 0)
    counted = AccountingRow(run_id="run-1", source="pubmed", topic="fruit", matched=400, **figures)
    for status, said in ((RunStatus.FAILED, True), (RunStatus.PUBLISHED, False)):
        write_run(Layout(tmp_path), a_run(1, status).model_copy(update={"accounting": (counted,)}))
        out = run("status", "--warehouse", tmp_path).out
        assert ("Records of run-1, as far as it had counted when it failed: what it landed stays" in out) is said


def test_status_takes_the_only_profile_that_there_is(run, tmp_path, monkeypatch):
    with ReplayServer() as server:
        environ = World(server).configuration(tmp_path / "config")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for named in ((), ("--profile", "live")):
        out = run("status", *named, "--warehouse", tmp_path / "w").out
        assert "Problem" not in out
        assert "never done: ctgov fruit" in out
