"""The days that runs are for: what a schedule has them do after a night, after three without a run, and twice."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay.server import ReplayServer
from tests.replay.world import NOON, TODAY, World
from trialhouse.model.words import MissedIntervals, RunStatus
from trialhouse.pipeline import Assignment, Interval, ingest_batch, refresh, running, take_all
from trialhouse.pipeline.books import accounting
from trialhouse.pipeline.intervals import AlreadyDone, DaysDone, days_done, due
from trialhouse.pipeline.questions import asked_of
from trialhouse.pipeline.result import DONE
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, read_runs, runs_to_come, write_run
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

DAY = datetime.timedelta(days=1)
WINDOW = re.compile(r"AREA\[(\w+)\]RANGE\[([\d-]+),([\d-]+)\]")
NIGHT = NOON.replace(hour=2, minute=30)


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server, query=None)


def night(
    settings: Settings, scheduled: datetime.datetime, now: datetime.datetime | None = None, **which: tuple[str, ...]
) -> list[str]:
    """What the schedule has a run do that was due at a time and starts then, or later: the ids of its runs."""
    moment = now or scheduled
    return [take(settings, one, moment) for one in due(settings, Assignment(**which), scheduled, moment)]


def take(
    settings: Settings, assignment: Assignment, moment: datetime.datetime, ended: RunStatus = RunStatus.UNCHANGED
) -> str:
    """A run that asks the sources and ends as told, without a release: that is dear, and tells nothing of days."""
    with running(settings, assignment, lambda: moment) as run:
        take_all(settings, run, lambda batches: [ingest_batch(settings, run.run_id, batch) for batch in batches])
    rows, causes = accounting(run.run_id, run.results)
    row = run.row.model_copy(update={"status": ended, "finished_at": moment})
    write_run(
        Layout(settings.warehouse),
        RunFile(row=row, covers=run.covers, accounting=tuple(rows), causes=tuple(causes)),
    )
    return run.run_id


def intervals(settings: Settings) -> list[tuple[int, int]]:
    """The intervals of all runs, as days relative to TODAY; the first of all begins where the source does."""
    rows = [file.row for file in read_runs(settings.warehouse)]
    return [((r.interval_first - TODAY).days, (r.interval_last - TODAY).days) for r in rows if r.interval_last]


def searched(world: World) -> list[tuple[str, ...]]:
    """The windows that the registry was asked for: by which date, the first and the last day."""
    terms = [one.query["query.term"][0] for one in world.server.requests if "query.term" in one.query]
    return [match.groups() for term in terms if (match := WINDOW.search(term))]


def test_a_scheduled_run_is_for_the_days_before_and_the_next_for_the_one_after(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    for scheduled in (NIGHT, NIGHT + DAY):
        (assignment,) = due(settings, Assignment(), scheduled, scheduled)
        moment = scheduled
        assert refresh(settings, assignment, clock=lambda at=moment: at).exit_code == DONE
    since = datetime.date.fromisoformat(settings.sources["ctgov"].since)
    assert intervals(settings) == [((since - TODAY).days, -1), (0, 0)]
    # The windows end where the interval does, and begin some days earlier: what changed late is found, too.
    first, second = searched(world)
    assert first[1:] == (str(since), str(TODAY - DAY))
    assert second[1:] == (str(TODAY - DAY - settings.sources["ctgov"].overlap_days * DAY), str(TODAY))
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute("SELECT interval_first, interval_last FROM meta.runs").fetchall()
    assert rows == [(since, TODAY - DAY)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [(MissedIntervals.COALESCE, [(0, 2)]), (MissedIntervals.CATCH_UP, [(0, 0), (1, 1), (2, 2)])],
)
def test_after_three_days_without_a_run_the_policy_says_what_is_done(
    world: World, tmp_path: Path, policy: MissedIntervals, expected: list[tuple[int, int]]
) -> None:
    settings = world.settings(tmp_path).model_copy(update={"missed_intervals": policy})
    night(settings, NIGHT)
    night(settings, NIGHT + 3 * DAY)
    assert intervals(settings)[1:] == expected


def test_late_runs_in_any_order_do_each_day_once_and_the_rest_ask_nothing(world: World, tmp_path: Path) -> None:
    """Prefect starts every late run after downtime."""
    settings = world.settings(tmp_path)
    night(settings, NIGHT)
    back = NIGHT + 3 * DAY + datetime.timedelta(hours=9)
    night(settings, NIGHT + 2 * DAY, back)
    assert intervals(settings)[1:] == [(0, 2)]
    asked, runs = len(world.server.requests), read_runs(settings.warehouse)
    for days in (1, 3, 2):
        with pytest.raises(AlreadyDone, match=f"through {TODAY + 2 * DAY} were done by {runs[-1].row.run_id}"):
            night(settings, NIGHT + days * DAY, back)
    assert len(world.server.requests) == asked
    assert read_runs(settings.warehouse) == runs


def test_days_that_are_done_of_another_question_are_told(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    night(settings, NIGHT)
    (name,) = settings.refresh_topics
    topic = settings.topics[name]
    search = topic.search.model_copy(update={"ctgov": "pear"})
    asked_anew = settings.model_copy(update={"topics": {name: topic.model_copy(update={"search": search})}})
    with pytest.raises(AlreadyDone, match="`trialhouse refresh` asks all the same"):
        night(settings, NIGHT)
    with pytest.raises(AlreadyDone, match=rf"another one since: ctgov {name}\. `trialhouse refresh` asks it now"):
        night(asked_anew, NIGHT)


def test_by_catch_up_each_late_run_does_what_those_before_it_left(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path).model_copy(update={"missed_intervals": MissedIntervals.CATCH_UP})
    night(settings, NIGHT)
    back = NIGHT + 3 * DAY + datetime.timedelta(hours=9)
    night(settings, NIGHT + 2 * DAY, back)
    with pytest.raises(AlreadyDone):
        night(settings, NIGHT + DAY, back)
    night(settings, NIGHT + 3 * DAY, back)
    assert intervals(settings)[1:] == [(0, 0), (1, 1), (2, 2)]


def test_a_refresh_by_hand_goes_through_today_which_is_not_done_by_it(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    take(settings, Assignment(), NOON)
    # The day was not over: it is due in the night. That the sources were searched through it is no wrong clock.
    night(settings, NIGHT + DAY)
    assert intervals(settings)[1:] == [(0, 0)]
    assert searched(world)[-1][2] == str(TODAY)
    assert searched(world)[-1][1] > str(TODAY - 30 * DAY)
    # By hand it is asked all the same, be it done or not.
    asked = len(world.server.requests)
    take(settings, Assignment(), NOON + DAY)
    assert len(world.server.requests) > asked
    assert intervals(settings)[-1] == (1, 1)


def test_a_night_after_a_refresh_by_hand_on_a_later_day_begins_nothing_anew(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path).model_copy(update={"missed_intervals": MissedIntervals.CATCH_UP})
    night(settings, NIGHT)
    take(settings, Assignment(), NOON + 3 * DAY)
    with pytest.raises(AlreadyDone):
        night(settings, NIGHT + 2 * DAY, NOON + 3 * DAY)
    night(settings, NIGHT + 4 * DAY)
    assert intervals(settings)[1:] == [(0, 3), (3, 3)]
    assert searched(world)[-1][1] > str(TODAY - 30 * DAY)


def test_what_a_source_did_not_give_is_not_done_and_later_runs_are_for_these_days_too(
    world: World, tmp_path: Path
) -> None:
    settings = world.settings(tmp_path)
    night(settings, NIGHT)
    whole = world.ctgov.total_of_page
    # It counts more studies than it lists.
    world.ctgov.total_of_page = {0: 9}
    night(settings, NIGHT + DAY)
    night(settings, NIGHT + DAY)
    night(settings, NIGHT + 2 * DAY)
    world.ctgov.total_of_page = whole
    night(settings, NIGHT + 2 * DAY)
    night(settings, NIGHT + 3 * DAY)
    assert intervals(settings)[1:] == [(0, 0), (0, 0), (0, 1), (0, 1), (2, 2)]


def test_by_catch_up_a_source_that_is_away_does_not_have_all_its_days_done_each_night(
    world: World, tmp_path: Path
) -> None:
    settings = world.settings(tmp_path).model_copy(update={"missed_intervals": MissedIntervals.CATCH_UP})
    night(settings, NIGHT)
    world.ctgov.total_of_page = {0: 9}
    for days in (1, 2, 4):
        night(settings, NIGHT + days * DAY)
    assert intervals(settings)[1:] == [(0, 0), (0, 1), (0, 2), (0, 3)]


@pytest.mark.parametrize("ended", [RunStatus.FAILED, RunStatus.BLOCKED])
def test_a_run_that_failed_or_was_blocked_did_no_day(world: World, tmp_path: Path, ended: RunStatus) -> None:
    settings = world.settings(tmp_path)
    night(settings, NIGHT)
    (assignment,) = due(settings, Assignment(), NIGHT + DAY, NIGHT + DAY)
    take(settings, assignment, NIGHT + DAY, ended)
    night(settings, NIGHT + DAY)
    assert intervals(settings)[1:] == [(0, 0), (0, 0)]


def test_another_source_is_not_done_by_those_that_are_and_what_each_did_is_done_for_both(
    world: World, tmp_path: Path
) -> None:
    world.query = "apple"
    settings = world.settings(tmp_path)
    night(settings, NIGHT, sources=("ctgov",))
    with pytest.raises(AlreadyDone):
        night(settings, NIGHT, sources=("ctgov",))
    (last,) = night(settings, NIGHT, sources=("pubmed",))
    with pytest.raises(AlreadyDone, match=last):
        night(settings, NIGHT)
    assert due(settings, Assignment(topics=("fruit",)), NIGHT, NIGHT)[0].topics == ("fruit",)


def test_files_the_corpus_and_a_profile_without_topics_have_no_interval(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("40 adults were randomly assigned to nothing in particular.")
    take(settings, Assignment(files=(tmp_path / "one.txt",)), NOON)
    take(settings.model_copy(update={"include_corpus": False}), Assignment(), NOON)
    files: list[RunFile] = read_runs(settings.warehouse)
    assert [(file.row.interval_first, file.row.interval_last, file.covers) for file in files] == [(None, None, ())] * 2


def test_a_backfill_does_no_day_of_the_refreshes(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    past = Interval(first=TODAY - 40 * DAY, last=TODAY - DAY)
    take(settings, Assignment(interval=past), NIGHT)
    night(settings, NIGHT)
    assert intervals(settings)[0] == (-40, -1)
    assert intervals(settings)[1][0] < -1000


def test_a_night_of_a_clock_that_was_ahead_does_no_day_and_the_next_ones_ask(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    night(settings, NIGHT)
    night(settings, NIGHT + 365 * DAY)
    ahead = read_runs(settings.warehouse)[-1]
    for days in (1, 2, 5):
        asked = len(world.server.requests)
        night(settings, NIGHT + days * DAY)
        assert len(world.server.requests) > asked
    assert intervals(settings)[2:] == [(0, 0), (1, 1), (2, 4)]
    assert runs_to_come(read_runs(settings.warehouse), NIGHT + 5 * DAY) == [ahead]
    # What was done meanwhile stays done.
    with pytest.raises(AlreadyDone, match=read_runs(settings.warehouse)[-1].row.run_id):
        night(settings, NIGHT + 4 * DAY, NIGHT + 5 * DAY)


def test_by_catch_up_a_night_of_a_clock_that_was_ahead_was_not_come_to(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path).model_copy(update={"missed_intervals": MissedIntervals.CATCH_UP})
    night(settings, NIGHT)
    night(settings, NIGHT + 3 * DAY)
    night(settings, NIGHT + 2 * DAY)
    assert intervals(settings)[-2:] == [(0, 0), (1, 1)]


def test_days_are_overdue_a_day_and_a_half_after_the_one_that_should_have_been_done_was_over(
    world: World, tmp_path: Path
) -> None:
    settings = world.settings(tmp_path)
    asked = asked_of(settings, Assignment())
    take(settings, Assignment(), NIGHT)
    by_hand = days_done(read_runs(settings.warehouse), asked, NIGHT + 30 * DAY)
    # Nobody who refreshes by hand is late.
    assert by_hand == DaysDone(dict.fromkeys(asked, TODAY - DAY), ())
    night(settings, NIGHT + DAY)
    runs = read_runs(settings.warehouse)
    over = datetime.datetime.combine(TODAY + 2 * DAY, datetime.time(), datetime.UTC)
    for moment, overdue in ((over + DAY * 1.5, ()), (over + DAY * 1.5 + datetime.timedelta(seconds=1), asked)):
        assert days_done(runs, asked, moment) == DaysDone(dict.fromkeys(asked, TODAY), tuple(overdue))


def test_a_topic_that_was_never_asked_is_not_done_and_not_overdue(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    night(settings, NIGHT)
    asked = [("ctgov", "new"), *asked_of(settings, Assignment())]
    days = days_done(read_runs(settings.warehouse), asked, NIGHT + 9 * DAY)
    assert days.through["ctgov", "new"] is None
    assert ("ctgov", "new") not in days.overdue
    assert len(days.overdue) == len(asked) - 1
