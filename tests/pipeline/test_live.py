"""Refreshes from the network's sources, played by a server on this machine: accounting, resuming, holding back."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.replay.pages import article as page
from tests.replay.pages import prose
from tests.replay.pubmed import FETCH, Simulated, article
from tests.replay.refreshes import accounts, later, open_alerts, records, run
from tests.replay.server import Answer, ReplayServer
from tests.replay.world import TODAY, World
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.settings import Settings

BROKEN = Answer(status=500)


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server)


def fetched_ids(world: World) -> list[str]:
    forms = [request.form for request in world.server.requests if request.path == FETCH]
    return [pmid for form in forms for pmid in form["id"][0].split(",")]


def test_a_first_refresh_takes_all_that_matches_and_what_is_named(world: World, tmp_path: Path) -> None:
    world.pages.append(world.site.url + "/news/one")
    world.registry_ids.append("NCT00000002")
    settings = world.settings(tmp_path)
    result = run(settings)
    assert (result.status, result.exit_code, result.held_sources) == (RunStatus.PUBLISHED, DONE, ())
    rows = accounts(result)
    figures = {source: (row.matched, row.asked, row.received, row.landed, row.parsed) for source, row in rows.items()}
    # The named study is one that the search finds too: asked for twice, landed once. PubMed does not know its number.
    assert figures == {"pubmed": (6, 6, 5, 5, 5), "ctgov": (4, 4, 4, 3, 4), "web": (1, 1, 1, 1, 1)}
    assert [(c.source, c.cause.partition(":")[0]) for c in result.causes] == [("pubmed", "not_in_source")]
    assert len(records(settings, "pubmed")) == 5
    assert records(settings, "web") == [world.site.url + "/news/one"]
    stores = stores_of(settings)
    assert stores.slices.opened() == []
    assert [state.through for state in stores.slices.states() if state.source == "pubmed"] == [TODAY]


def test_a_second_refresh_asks_only_for_what_is_new_and_publishes_nothing_without_it(
    world: World, tmp_path: Path
) -> None:
    settings = world.settings(tmp_path)
    run(settings)
    before = len(fetched_ids(world))
    result = run(settings, later(1))
    assert result.status is RunStatus.UNCHANGED
    assert accounts(result)["pubmed"].asked == 0
    assert len(fetched_ids(world)) == before


def test_a_first_day_that_was_set_earlier_brings_the_older_records(world: World, tmp_path: Path) -> None:
    old = datetime.date(2001, 5, 1)
    world.pubmed.records["9"] = Simulated(article(9), old, old, frozenset({"apple"}))
    settings = world.settings(tmp_path)

    def since(day: str) -> Settings:
        config = settings.sources["pubmed"].model_copy(update={"since": day})
        return settings.model_copy(update={"sources": {**settings.sources, "pubmed": config}})

    run(since("2010-01-01"))
    assert len(records(settings, "pubmed")) == 5
    row = accounts(run(since("2000-01-01"), later(1)))["pubmed"]
    assert (row.asked, row.landed) == (1, 1)
    assert len(records(settings, "pubmed")) == 6
    assert accounts(run(since("2000-01-01"), later(2)))["pubmed"].asked == 0


def test_a_changed_record_is_landed_again_and_keeps_its_older_version(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    run(settings)
    pmid = min(world.pubmed.records)
    one = world.pubmed.records[pmid]
    changed = article(int(pmid), "Two apples a day")
    world.pubmed.records[pmid] = Simulated(changed, one.created, later(1).date(), one.words)
    row = accounts(run(settings, later(1)))["pubmed"]
    assert (row.asked, row.landed, row.unchanged) == (1, 1, 0)
    landing = stores_of(settings).landing
    versions = [landing.read(receipt.sha256) for receipt in landing.versions("pubmed", pmid)]
    assert versions == [one.data, changed]


def test_an_incomplete_source_keeps_its_rows_the_rest_is_published_and_the_next_run_asks_for_what_is_missing(
    world: World, tmp_path: Path
) -> None:
    settings = world.settings(tmp_path)
    run(settings)
    kept = records(settings, "pubmed")
    new = {
        str(pmid): Simulated(article(pmid), later(1).date(), later(1).date(), frozenset({"apple"})) for pmid in (91, 92)
    }
    world.pubmed.records |= new
    world.ctgov.studies |= {"NCT00000009": study_of(9)}
    world.server.misbehave(FETCH, *[BROKEN] * 12)
    result = run(settings, later(1))
    assert (result.status, result.exit_code, result.held_sources) == (RunStatus.PUBLISHED, INCOMPLETE, ("pubmed",))
    assert any(sentence.startswith("pubmed is incomplete") for sentence in result.sentences)
    assert records(settings, "pubmed") == kept
    assert len(records(settings, "ctgov")) == 4
    alerts = open_alerts(settings)
    assert any("of pubmed 2 records" in message for message in alerts)
    world.server.forgive(FETCH)
    before = len(fetched_ids(world))
    result = run(settings, later(2))
    assert (result.exit_code, result.held_sources) == (DONE, ())
    assert set(fetched_ids(world)[before:]) == {"91", "92"}
    assert len(records(settings, "pubmed")) == len(kept) + 2
    assert not any("pubmed" in message for message in open_alerts(settings))


def test_a_list_that_cannot_be_had_is_said_and_the_other_sources_go_on(world: World, tmp_path: Path) -> None:
    world.server.misbehave("/entrez/eutils/esearch.fcgi", *[BROKEN] * 3)
    settings = world.settings(tmp_path)
    result = run(settings)
    assert result.exit_code == INCOMPLETE
    assert [(c.source, c.stage) for c in result.causes] == [("pubmed", "list")]
    assert records(settings, "pubmed") == []
    assert len(records(settings, "ctgov")) == 3
    world.server.forgive("/entrez/eutils/esearch.fcgi")
    assert run(settings, later(1)).exit_code == DONE
    assert len(records(settings, "pubmed")) == 5


def test_a_record_that_is_named_and_searched_and_does_not_come_blocks_nothing(world: World, tmp_path: Path) -> None:
    pmid = min(world.pubmed.records)
    one = world.pubmed.records[pmid]
    world.pubmed.records[pmid] = replace(one, registry_ids=frozenset({"NCT00000001"}))
    world.registry_ids.append("NCT00000001")
    world.pubmed.poisonous.add(pmid)
    result = run(world.settings(tmp_path))
    assert (result.status, result.exit_code, result.held_sources) == (RunStatus.PUBLISHED, INCOMPLETE, ("pubmed",))
    assert accounts(result)["pubmed"].missing == 2
    assert [(c.record_id, c.times) for c in result.causes if c.source == "pubmed"] == [(pmid, 2)]


def study_of(number: int) -> dict[str, object]:
    from tests.replay.ctgov import study

    return study(f"NCT0000000{number}")


def test_a_named_record_that_never_comes_does_not_let_the_others_grow_old(world: World, tmp_path: Path) -> None:
    good, bad = (world.site.url + place for place in ("/news/one", "/news/bad"))
    world.pages += [good, bad]
    world.site.put("/news/bad", "<p>Go away</p>", status=403)
    settings = world.settings(tmp_path)
    assert run(settings).held_sources == ("web",)
    assert records(settings, "web") == []
    world.site.put("/news/one", page("Two apples a day", prose(3)))
    row = accounts(run(settings, later(1)))["web"]
    assert (row.asked, row.received, row.landed) == (2, 1, 1)
    # Asked for again and the same: nothing is counted as new twice.
    row = accounts(run(settings, later(2)))["web"]
    assert (row.asked, row.received, row.landed, row.unchanged) == (2, 1, 0, 1)
    world.site.put("/news/bad", page("Three apples a day", prose(4)))
    assert run(settings, later(3)).exit_code == DONE
    assert records(settings, "web") == sorted([good, bad])


def test_a_list_that_changed_while_its_slice_was_open_holds_back_what_the_old_one_held(
    world: World, tmp_path: Path
) -> None:
    one, bad, two = (world.site.url + place for place in ("/news/one", "/news/bad", "/news/two"))
    world.site.put("/news/bad", "<p>Go away</p>", status=403)
    world.site.put("/news/two", page("Pears", prose(5)))
    world.pages += [one, bad]
    run(world.settings(tmp_path))
    world.pages.append(two)
    settings = world.settings(tmp_path)
    assert run(settings, later(1)).held_sources == ("web",)
    # Half of the source is in the landing store, and nothing of it is published.
    assert records(settings, "web") == []
    world.pages.remove(bad)
    assert run(world.settings(tmp_path), later(2)).held_sources == ()
    assert records(settings, "web") == sorted([one, two])


def test_an_alert_that_came_or_went_is_published_though_no_row_changed(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    run(settings)
    world.server.misbehave("/entrez/eutils/esearch.fcgi", *[BROKEN] * 3)
    assert run(settings, later(1)).status is RunStatus.PUBLISHED
    assert any("of pubmed" in message for message in open_alerts(settings))
    assert run(settings, later(2)).status is RunStatus.UNCHANGED
    world.server.forgive("/entrez/eutils/esearch.fcgi")
    assert run(settings, later(3)).status is RunStatus.PUBLISHED
    assert not any("of pubmed" in message for message in open_alerts(settings))
    assert run(settings, later(4)).status is RunStatus.UNCHANGED


def test_a_list_that_changed_and_cannot_be_had_still_holds_back_what_the_old_one_held(
    world: World, tmp_path: Path
) -> None:
    """The named studies are half there, the named papers change, and PubMed cannot be searched for them."""
    world.papers_named = ["10.5555/one"]
    first, second = sorted(world.pubmed.records)[:2]
    for pmid, doi in ((first, "10.5555/one"), (second, "10.5555/two")):
        one = world.pubmed.records[pmid]
        world.pubmed.records[pmid] = Simulated(one.data, one.created, one.updated, frozenset(), frozenset({doi}))
    world.pubmed.poisonous.add(first)
    settings = world.settings(tmp_path)
    assert "pubmed" in run(settings).held_sources
    held = stores_of(settings).slices.opened("pubmed")
    world.papers_named = ["10.5555/two"]
    world.server.misbehave("/entrez/eutils/esearch.fcgi", *[BROKEN] * 3)
    settings = world.settings(tmp_path)
    assert "pubmed" in run(settings, later(1)).held_sources
    assert [one.slice for one in stores_of(settings).slices.opened("pubmed")] == [one.slice for one in held]
    assert records(settings, "pubmed") == []
    world.server.forgive("/entrez/eutils/esearch.fcgi")
    assert "pubmed" not in run(settings, later(2)).held_sources
    assert len(records(settings, "pubmed")) == 4
