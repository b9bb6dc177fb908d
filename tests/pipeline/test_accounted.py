"""What refreshes account for: every record that matched or was named, what holds a source back, and what does not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.replay.europepmc import paper
from tests.replay.pubmed import SEARCH
from tests.replay.refreshes import accounts, later, open_alerts, records, run
from tests.replay.server import Answer, ReplayServer, Request
from tests.replay.world import NOON, TODAY, World
from trialhouse.pipeline import refresh
from trialhouse.pipeline.fetching import open_slice
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.network import source_named
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.sources.asking import Answer as SourceAnswer
from trialhouse.sources.asking import Dates, LastReceipt, Listing, Missing, Question, Window
from trialhouse.sources.slices import Slice


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server)


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


def test_without_a_network_a_refresh_ends_after_the_tries_of_one_question_a_host(tmp_path: Path) -> None:
    slept: list[float] = []
    with ReplayServer() as server:
        world = World(server, searches=('ctgov = "fruit"', 'europepmc = "fruit"'))
        settings = world.settings(tmp_path)
        assert run(settings).exit_code == DONE
    patient = settings.model_copy(update={"fetch_attempts": 5})
    for _ in range(2):
        slept.clear()
        result = refresh(
            patient, clock=lambda: later(1), source_of=lambda s, name: source_named(s, name, {}, slept.append)
        )
        assert (result.exit_code, result.held_sources) == (INCOMPLETE, ())
        assert {c.cause.partition(":")[0] for c in result.causes if c.stage == "list"} == {"unreachable"}
        assert len({c.source for c in result.causes if c.stage == "list"}) >= 3
        # All sources are played at one host: the pauses of one question, and each run begins anew.
        assert len([pause for pause in slept if pause >= 1]) == 4
        assert len(records(settings, "pubmed")) == 5
