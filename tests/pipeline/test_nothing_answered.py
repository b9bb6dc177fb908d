"""Runs that no source answers, or only some do: what is published, what is said, and which days are done."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay.refreshes import later, records, run
from tests.replay.server import Answer, ReplayServer
from tests.replay.world import NOON, TODAY, World
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, Interval, refresh
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.pipeline.shown import told_of
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.run_files import read_runs

BROKEN = Answer(status=500)
LISTS = ("/entrez/eutils/esearch.fcgi", "/api/v2/studies")


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server)


def test_where_no_source_answers_no_empty_first_release_is_published(world: World, tmp_path: Path) -> None:
    for path in LISTS:
        world.server.misbehave(path, *[BROKEN] * 9)
    settings = world.settings(tmp_path)
    result = run(settings)
    assert (result.status, result.exit_code, result.release_id) == (RunStatus.UNCHANGED, INCOMPLETE, None)
    assert result.is_unanswered
    assert list_releases(settings.warehouse) == []
    told = told_of(result, settings.review_url)
    for source in ("pubmed", "ctgov"):
        assert f"{source} gave no list for fruit (server_error): nothing new of it was taken" in told
    assert "Nothing was published" in told
    assert "Folder" not in told
    (file,) = read_runs(settings.warehouse)
    assert (file.row.status, file.row.finished_at is None) == (RunStatus.UNCHANGED, False)
    assert {cause.source for cause in file.causes} == {"pubmed", "ctgov"}
    # The next run asks again, and then the first release is one with something in it.
    for path in LISTS:
        world.server.forgive(path)
    result = run(settings, later(1))
    assert (result.status, result.exit_code) == (RunStatus.PUBLISHED, DONE)
    assert len(list_releases(settings.warehouse)) == 1


def test_of_two_sources_one_that_gives_no_list_is_named_and_the_other_is_published(
    world: World, tmp_path: Path
) -> None:
    world.server.misbehave(LISTS[0], *[BROKEN] * 9)
    settings = world.settings(tmp_path)
    result = run(settings)
    assert (result.status, result.exit_code) == (RunStatus.PUBLISHED, INCOMPLETE)
    assert not result.is_unanswered
    assert len(records(settings, "ctgov")) == 3
    assert "pubmed gave no list for fruit" in " ".join(result.sentences)
    assert "ctgov" not in " ".join(result.sentences)


def test_a_night_without_any_source_keeps_the_rows_of_the_release_before(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    run(settings)
    known = records(settings, "pubmed")
    for path in LISTS:
        world.server.misbehave(path, *[BROKEN] * 9)
    assert run(settings, later(1)).is_unanswered
    assert records(settings, "pubmed") == known


def test_a_night_with_nothing_new_is_answered(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    run(settings)
    result = run(settings, later(1))
    assert (result.is_unanswered, result.is_incomplete) == (False, False)


def test_a_backfill_with_other_borders_finishes_what_one_that_was_cut_short_left(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path).model_copy(update={"backfill_days": 5})
    last, first, middle = (TODAY - datetime.timedelta(days=days) for days in (0, 40, 20))
    world.pubmed.poisonous.add(max(world.pubmed.records))
    cut = refresh(settings, Assignment(interval=Interval(first=first, last=last)), clock=lambda: NOON)
    assert (cut.exit_code, cut.held_sources) == (INCOMPLETE, ("pubmed",))
    (left,) = stores_of(settings).slices.opened()
    assert left.slice.question.window is not None
    assert left.slice.question.window.first > middle
    world.pubmed.poisonous.clear()
    earlier = Interval(first=first - datetime.timedelta(days=9), last=middle)
    result = refresh(settings, Assignment(interval=earlier), clock=lambda: NOON)
    assert (result.exit_code, result.held_sources) == (DONE, ())
    assert len(records(settings, "pubmed")) == 5
