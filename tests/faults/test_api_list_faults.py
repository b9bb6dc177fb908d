"""Lists of ClinicalTrials.gov, Europe PMC and Crossref that change, repeat or do not add up: whole, or refused."""

import pathlib
from collections.abc import Callable, Iterator

import pytest

from tests.replay.apis import DOIS, NCT, PMIDS, SEARCH, config, crossref_at, europepmc_at, refusal, registry_at
from tests.replay.ctgov import SimulatedCtgov
from tests.replay.europepmc import SimulatedEuropePmc, paper
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer, Request
from trialhouse.sources.asking import Question
from trialhouse.sources.europepmc import EuropePmc


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


def publish_in_mid_walk(registry: SimulatedCtgov, server: ReplayServer, times: int) -> None:
    """A new state of the data before the second page, so many times."""
    inner = registry._answer
    left = [times]

    def answer(request: Request) -> Answer:
        if "pageToken" in request.query and left[0] > 0:
            left[0] -= 1
            registry.publish(f"2026-11-2{left[0]}T09:00:00")
        return inner(request)

    server.route("/api/v2", answer)


def test_a_token_that_expires_begins_the_walk_again(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    publish_in_mid_walk(registry, server, times=2)
    listing = source.list_records(SEARCH)
    assert listing.record_ids == tuple(NCT)
    assert listing.version == "2026-11-20T09:00:00"

    publish_in_mid_walk(registry, server, times=9)
    reason, words = refusal(source)
    assert reason == "page_token_expired"
    assert "Invalid page token" in words


def test_data_that_change_during_the_walk_begin_it_again(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    version = Answer(body=b'{"apiVersion":"2.0.5","dataTimestamp":"2026-11-19T09:00:00"}')
    server.misbehave("/api/v2/version", version)
    assert source.list_records(SEARCH).record_ids == tuple(NCT)
    assert registry.pages_asked() == 6

    server.misbehave("/api/v2/version", version, None, version, None, version, None)
    reason, words = refusal(source)
    assert reason == "data_changed"
    assert "2026-11-19T09:00:00 to 2026-11-20T09:00:05" in words


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda registry: setattr(registry, "echoes_token", True), "page_token_repeated"),
        (lambda registry: registry.total_of_page.update({1: 31}), "data_changed"),
        (lambda registry: registry.total_of_page.update({0: 29}), "count_differs"),
        (lambda registry: setattr(registry, "pages", [NCT[:10], *[[]] * 40, NCT[10:]]), "endless_pages"),
    ],
    ids=["a token that repeats", "a total that changes", "a total that is wrong", "pages without end"],
)
def test_a_list_that_cannot_be_had_whole_fails(
    spoil: Callable[[SimulatedCtgov], None], reason: str, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    registry, source = registry_at(server, tmp_path)
    spoil(registry)
    got, words = refusal(source)
    assert got == reason
    assert "run the refresh again later" in words


def test_empty_pages_and_doubles_between_pages_are_borne(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    registry.pages = [NCT[:10], [], NCT[8:20], [], [], NCT[20:]]
    assert source.list_records(SEARCH).record_ids == tuple(NCT)


def test_a_double_that_pushes_another_id_out_is_noticed(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    registry.pages = [NCT[:10], NCT[9:19], NCT[20:]]
    registry.total_of_page = {0: 30}
    assert refusal(source)[0] == "count_differs"


def test_a_refused_query_says_what_the_registry_said(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    _, source = registry_at(server, tmp_path)
    words_of_registry = Answer(status=400, headers={"Content-Type": "text/plain"}, body=b"Incorrect syntax near AREA[")
    server.misbehave("/api/v2/studies", words_of_registry)
    reason, words = refusal(source)
    assert reason == "bad_query"
    assert "Incorrect syntax near AREA[" in words


def test_a_paper_that_lacks_comes_on_a_second_walk(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    service, source = europepmc_at(server, tmp_path)
    for name in ("MED/1030", "MED/1015"):
        service.hidden_once = {name}
        listing = source.list_records(SEARCH)
        assert listing.record_ids == tuple(f"MED/{one}" for one in PMIDS)
        assert listing.missing == ()


def test_the_known_overcount_is_listed_as_such(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    papers = [paper("MED", f"{number}") for number in range(2000, 2168)]
    service = SimulatedEuropePmc(server, papers)
    service.counted_too_many = 2
    source = EuropePmc(config(service.base_url), polite_session(tmp_path, attempts=3)[0])
    listing = source.list_records(SEARCH)
    assert (listing.matched, len(listing.record_ids)) == (170, 168)
    assert [(one.record_id, one.reason, one.is_explained) for one in listing.missing] == [
        ("updated_2026-11-01_2026-11-20/match-169", "overcounted_by_source", True),
        ("updated_2026-11-01_2026-11-20/match-170", "overcounted_by_source", True),
    ]
    assert "counts 170 papers and lists 168" in listing.missing[0].message


def test_a_short_list_may_be_overcounted_too(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    service, source = europepmc_at(server, tmp_path)
    service.counted_too_many = 2
    listing = source.list_records(SEARCH)
    assert (listing.matched, len(listing.record_ids), len(listing.missing)) == (32, 30, 2)


@pytest.mark.parametrize("spoil", ["the papers differ", "no end is marked"])
def test_an_overcount_is_not_explained_by_walks_that_differ_or_do_not_end(
    spoil: str, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    service, source = europepmc_at(server, tmp_path)
    if spoil == "the papers differ":
        inner, lacking = service._answer, iter(PMIDS)

        def answer(request: Request) -> Answer:
            if request.form["cursorMark"] == ["*"]:
                service.not_listed = {f"MED/{next(lacking)}"}
            return inner(request)

        server.route("/europepmc/webservices/rest", answer)
    else:
        service.not_listed = {f"MED/{PMIDS[-1]}"}
        service.cursors = ["at-10", "at-20", "at-29", "at-39"] * 9
    reason, words = refusal(source)
    assert reason == "count_differs"
    assert "counts 30 papers and lists 29" in words


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda service: setattr(service, "counted_too_many", 3), "count_differs"),
        (lambda service: setattr(service, "not_listed", {f"MED/{one}" for one in PMIDS}), "count_differs"),
        (lambda service: setattr(service, "counts", [30, 31] * 9), "data_changed"),
        (lambda service: setattr(service, "cursors", ["at-10", "at-20", "at-10"] * 9), "cursor_repeated"),
    ],
    ids=["too many counted", "false-empty pages", "a count that changes", "a cursor that repeats"],
)
def test_a_list_of_papers_that_cannot_be_had_whole_fails(
    spoil: Callable[[SimulatedEuropePmc], None], reason: str, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    service, source = europepmc_at(server, tmp_path)
    spoil(service)
    if reason == "cursor_repeated":
        service.counted_too_many = 1
    got, words = refusal(source)
    assert got == reason
    assert "run the refresh again later" in words


@pytest.mark.parametrize("leaves_out", [True, False])
def test_the_last_page_echoes_its_cursor_or_leaves_it_out(
    leaves_out: bool, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    papers = [paper("MED", f"{number}") for number in range(2000, 2168)]
    service = SimulatedEuropePmc(server, papers)
    service.last_page_leaves_cursor_out = leaves_out
    service.counted_too_many = 1
    listing = EuropePmc(config(service.base_url), polite_session(tmp_path, attempts=3)[0]).list_records(SEARCH)
    assert len(listing.record_ids) == 168


def test_notices_that_are_counted_and_not_listed_fail_the_list(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    api, source = crossref_at(server, tmp_path)
    api.counted_too_many = 1
    reason, words = refusal(source, Question(topic="t", dois=tuple(DOIS)))
    assert reason == "count_differs"
    assert "counts 1 notices and lists 0" in words
