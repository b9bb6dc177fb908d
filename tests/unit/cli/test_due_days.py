"""How status and doctor tell how far days are done."""

import datetime
import json

from tests.replay.server import ReplayServer
from tests.replay.world import World
from tests.unit.cli.test_run_state import a_run
from trialhouse.cli.due_days import days_words
from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.intervals import DaysDone
from trialhouse.pipeline.questions import asked_of
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import write_run

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
A, B, C = ("pubmed", "fruit"), ("ctgov", "fruit"), ("ctgov", "herbs")
YESTERDAY = NOW.date() - DAY


def test_words_of_days() -> None:
    assert days_words(DaysDone({A: YESTERDAY, B: YESTERDAY}, ()), NOW) == "done through 2026-11-21 (1 day ago)"
    assert days_words(DaysDone({A: None}, ()), NOW) == "never done: pubmed fruit"
    behind = DaysDone({A: YESTERDAY, B: YESTERDAY - 4 * DAY, C: None}, (B,))
    assert days_words(behind, NOW) == (
        "done through 2026-11-17 (5 days ago), ctgov fruit; the others are further, never done: ctgov herbs, "
        "overdue: ctgov fruit"
    )
    many = DaysDone({("s", f"t{n}"): None for n in range(5)}, ())
    assert days_words(many, NOW) == "never done: s t0, s t1, s t2 and 2 more"


def test_status_and_doctor_say_that_days_are_overdue_without_a_server(run, tmp_path, monkeypatch) -> None:
    with ReplayServer() as server:
        world = World(server)
        for name, value in (world.configuration(tmp_path / "config") | {"TRIALHOUSE_PROFILE": "live"}).items():
            monkeypatch.setenv(name, value)
        settings = world.settings(tmp_path)
    layout, now = Layout(settings.warehouse), datetime.datetime.now(datetime.UTC)
    layout.runs.mkdir(parents=True)
    place = ("--warehouse", settings.warehouse)
    for days, is_ok in ((9, False), (1, True)):
        night = a_run(10 - days, started_at=now - days * DAY, covers=asked_of(settings, Assignment()))
        last = night.row.started_at.date() - DAY
        row = night.row.model_copy(update={"interval_first": last, "interval_last": last})
        write_run(layout, night.model_copy(update={"row": row}))
        told = json.loads(run("doctor", "--json", *place).out)
        (found,) = (one for one in told if one["name"] == "days")
        assert (found["is_ok"], f"done through {last} ({days + 1} days ago)" in found["says"]) == (is_ok, True)
        out = run("status", *place).out
        assert f"Days      done through {last}" in out
        assert ("Problem   Days are overdue: done through" in out) is not is_ok
        as_json = json.loads(run("status", "--json", *place).out)["days"]
        assert {one["through"] for one in as_json["done"]} == {str(last)}
        assert bool(as_json["overdue"]) is not is_ok
