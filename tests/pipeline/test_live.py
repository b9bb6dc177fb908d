"""Refreshes from the network's sources, played by a server on this machine: accounting, resuming, holding back."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.replay.europepmc import paper
from tests.replay.pages import article as page
from tests.replay.pages import prose
from tests.replay.pubmed import FETCH, SEARCH, Simulated, article
from tests.replay.server import Answer, ReplayServer, Request
from tests.replay.world import NOON, TODAY, World
from trialhouse.model.tables import AccountingRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import RefreshResult, refresh
from trialhouse.pipeline.fetching import open_slice
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings
from trialhouse.sources.asking import Answer as SourceAnswer
from trialhouse.sources.asking import Dates, LastReceipt, Listing, Missing, Question, Window
from trialhouse.sources.slices import Slice
from trialhouse.store.connection import release_reader

BROKEN = Answer(status=500)


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server)


def run(settings: Settings, day: datetime.datetime = NOON) -> RefreshResult:
    return refresh(settings, clock=lambda: day)


def later(days: int) -> datetime.datetime:
    return NOON + datetime.timedelta(days=days)


def accounts(result: RefreshResult) -> dict[str, AccountingRow]:
    return {row.source: row for row in result.accounting}


def records(settings: Settings, source: str) -> list[str]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute("SELECT url FROM documents WHERE source = ? ORDER BY url", [source]).fetchall()
    return [row[0] for row in rows]


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


def test_what_matched_has_one_meaning_for_all_sources(world: World, tmp_path: Path) -> None:
    """Each is asked for one that it has and for one that it does not know; both are counted, and both are asked for."""
    pmid = min(world.pubmed.records)
    one = world.pubmed.records[pmid]
    world.pubmed.records[pmid] = replace(one, words=frozenset(), dois=frozenset({"10.5555/one"}))
    world.europepmc.papers["MED/7"] = paper("MED", "7", doi="10.5555/one")
    world.papers_named = ["10.5555/one", "10.5555/none"]
    world.registry_ids = ["NCT00000001", "NCT00000099"]
    world.pages = [world.site.url + "/news/one", world.site.url + "/news/none"]
    world.searches, world.query = (), None
    result = run(world.settings(tmp_path))
    named = {"pubmed": 4, "ctgov": 2, "europepmc": 2, "crossref": 2, "web": 2}
    assert {source: row.matched for source, row in accounts(result).items()} == named
    assert {source: row.asked for source, row in accounts(result).items()} == named
    assert all(row.asked == row.received + row.missing for row in result.accounting)


def test_a_count_of_europe_pmc_that_is_always_too_high_holds_nothing_back(world: World, tmp_path: Path) -> None:
    world.europepmc.papers |= {f"MED/{number}": paper("MED", f"{number}") for number in range(1, 9)}
    world.europepmc.counted_too_many = 2
    world.query, world.searches = None, ('europepmc = "fruit"',)
    settings = world.settings(tmp_path)
    for day in (0, 1):
        result = run(settings, later(day))
        assert (result.exit_code, result.held_sources) == (DONE, ())
        row = accounts(result)["europepmc"]
        assert (row.matched, row.asked, row.received, row.missing) == (10, 10, 8, 2)
        causes = [(c.cause.partition(":")[0], c.is_explained) for c in result.causes]
        assert causes == [("overcounted_by_source", True)] * 2
        assert len(records(settings, "europepmc")) == 8
    assert not any("europepmc" in message for message in open_alerts(settings))


def test_a_name_that_a_source_did_not_look_for_holds_it_back_until_the_topic_is_mended(
    world: World, tmp_path: Path
) -> None:
    pmid = min(world.pubmed.records)
    one = world.pubmed.records[pmid]
    world.pubmed.records[pmid] = replace(one, dois=frozenset({"10.5555/one"}))
    world.papers_named = ["10.5555/one", "10.5555/odd"]
    world.query, world.searches = None, ()
    asked = world.pubmed.search

    def answer(request: Request) -> Answer:
        odd = b'{"esearchresult":{"count":"1","idlist":["7"],"warninglist":{"phrasesignored":["odd"]}}}'
        return Answer(body=odd) if "odd" in request.form["term"][0] else asked(request)

    world.server.route(SEARCH, answer)
    for day in (0, 1):
        result = run(world.settings(tmp_path), later(day))
        assert (result.exit_code, result.held_sources) == (INCOMPLETE, ("pubmed",))
        assert [c.cause.partition(":")[0] for c in result.causes if not c.is_explained] == ["query_altered"]
        assert [one.slice.question.dois for one in stores_of(world.settings(tmp_path)).slices.opened()] == [
            ("10.5555/one", "10.5555/odd")
        ]
    world.papers_named.remove("10.5555/odd")
    settings = world.settings(tmp_path)
    result = run(settings, later(2))
    assert (result.exit_code, result.held_sources) == (DONE, ())
    assert len(records(settings, "pubmed")) == 1


def test_what_is_no_id_at_all_is_said_and_holds_nothing_back(world: World, tmp_path: Path) -> None:
    world.pmids = ["PMC7"]
    world.pages = [world.site.url + "/news/one", "ftp://example.org/a"]
    settings = world.settings(tmp_path)
    result = run(settings)
    assert (result.exit_code, result.held_sources) == (DONE, ())
    told = {(c.source, c.record_id): c.cause.partition(":")[0] for c in result.causes if c.source != "europepmc"}
    assert told == {("pubmed", "PMC7"): "not_an_id", ("web", "ftp://example.org/a"): "bad_address"}
    assert len(records(settings, "web")) == 1


def test_named_pmids_that_were_merged_or_are_gone_are_said_and_hold_nothing_back(world: World, tmp_path: Path) -> None:
    target = min(world.pubmed.records)
    world.pubmed.merged = {"71": target}
    world.pmids = ["71", "72", "73"]
    world.query, world.searches = None, ()
    settings = world.settings(tmp_path)
    for day in (0, 1):
        result = run(settings, later(day))
        assert (result.exit_code, result.held_sources) == (DONE, ())
        causes = {c.record_id: c.cause for c in result.causes if c.source == "pubmed"}
        assert [causes[pmid].partition(":")[0] for pmid in ("71", "72", "73")] == ["merged", "not_found", "not_found"]
        assert f"with PMID {target}, which it was merged into" in causes["71"]
        assert all("topic's file" in cause for cause in causes.values())


def test_a_list_that_lacked_ids_is_made_anew(world: World, tmp_path: Path) -> None:
    settings = world.settings(tmp_path)
    stores, source = stores_of(settings), LackingSource()
    window = Window(dates=Dates.UPDATED, first=TODAY, last=TODAY)
    one = Slice(source="pubmed", question=Question(topic="fruit", query="apple", window=window))
    first = open_slice(stores, source, one, lambda: NOON)
    assert open_slice(stores, source, one, lambda: NOON) == first  # a run that died goes on with the list it had
    assert stores.slices.close(first, NOON) is None
    assert open_slice(stores, source, one, lambda: NOON).listing == Listing(matched=0, record_ids=())


class LackingSource:
    """A source whose first list lacks an id, and no other list."""

    name = "pubmed"

    def __init__(self) -> None:
        lost = Missing(record_id="7", reason="cut", message="the list ended before it")
        self.lists = [Listing(matched=1, record_ids=(), missing=(lost,)), Listing(matched=0, record_ids=())]

    def list_records(self, question: Question) -> Listing:
        return self.lists.pop(0)

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[SourceAnswer]:
        return iter(())


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
    assert any("of pubmed 2 record(s)" in message for message in alerts)
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


def open_alerts(settings: Settings) -> list[str]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute(
            "SELECT message FROM dq.alerts WHERE state NOT IN ('resolved', 'waived') AND check_id LIKE 'meta.%'"
        ).fetchall()
    return [row[0] for row in rows]


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
