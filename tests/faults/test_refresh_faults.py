"""What a person sees of a fault at a source, from the whole refresh: cause, exit code, and that nothing is lost.

Each source's own tests try each fault in detail; here it goes the whole way to the release.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay import answers
from tests.replay.ctgov import study
from tests.replay.pubmed import FETCH, SEARCH
from tests.replay.server import Answer, ReplayServer
from tests.replay.world import NOON, World
from trialhouse.pipeline import RefreshResult, refresh
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.network import source_named
from trialhouse.pipeline.result import DONE, INCOMPLETE
from trialhouse.settings import Settings
from trialhouse.sources.asking import Source

ALWAYS = 400
"""More answers than a refresh asks for, whatever it tries again."""

BODY = b"<PubmedArticleSet></PubmedArticleSet>"

FAULTS: dict[str, tuple[str, Answer, set[str]]] = {
    "429 with Retry-After": (FETCH, answers.too_many("1"), {"rate_limited", "service_down"}),
    "500": (FETCH, answers.server_error(), {"server_error", "service_down"}),
    "slow drip": (FETCH, answers.slow_drip(BODY * 100, 0.05), {"timeout", "service_down"}),
    "cut body": (FETCH, answers.cut_body(BODY, 10), {"cut_body", "service_down"}),
    "wrong length": (FETCH, Answer(body=BODY, content_length=5000), {"cut_body", "service_down"}),
    "endless redirect": (FETCH, answers.redirect(FETCH, 307), {"redirect_loop", "service_down"}),
    "redirect to a private address": (
        FETCH,
        answers.redirect("http://10.0.0.1/", 307),
        {"private_address", "service_down"},
    ),
    "gzip bomb": (FETCH, answers.gzip_bomb(50_000_000), {"bomb", "too_large", "service_down"}),
    "entity bomb": (FETCH, answers.ENTITY_BOMB, {"unsafe_xml", "service_down"}),
    "challenge page": (FETCH, answers.CHALLENGE_PAGE, {"html_page", "challenge_page", "service_down"}),
    "error under 200": (SEARCH, Answer(body=b'{"error":"API rate limit exceeded"}'), {"error_answer", "rate_limited"}),
    "search backend failed": (
        SEARCH,
        Answer(body=b'{"esearchresult":{"ERROR":"Search Backend failed: timed out"}}'),
        {"search_failed", "backend_failed", "error_answer"},
    ),
}


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server)


def landed(settings: Settings, source: str) -> set[str]:
    receipts = stores_of(settings).landing.current_receipts()
    return {receipt.record_id for receipt in receipts if receipt.source == source}


def restless(settings: Settings, name: str) -> Source:
    """A source whose pauses take a hundredth of their time."""
    return source_named(settings, name, sleep=lambda seconds: time.sleep(seconds / 100))


def run(settings: Settings) -> RefreshResult:
    return refresh(settings, clock=lambda: NOON, source_of=restless)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_said_the_rest_is_published_and_the_next_run_has_everything(
    world: World, tmp_path: Path, name: str
) -> None:
    path, answer, reasons = FAULTS[name]
    settings = world.settings(tmp_path)
    world.server.misbehave(path, *[answer] * ALWAYS)
    result = run(settings.model_copy(update={"fetch_seconds": 0.5}) if answer.drip else settings)
    assert result.exit_code == INCOMPLETE
    causes = [cause for cause in result.causes if cause.source == "pubmed"]
    told = {cause.cause.partition(":")[0] for cause in causes}
    assert told
    assert told <= reasons, [cause.cause for cause in causes]
    if path == FETCH:
        assert {cause.record_id for cause in causes} == set(world.pubmed.records)
    assert landed(settings, "pubmed") == set()
    assert landed(settings, "ctgov") == set(world.ctgov.studies)
    world.server.forgive(path)
    assert run(settings).exit_code == DONE
    assert landed(settings, "pubmed") == set(world.pubmed.records)


def test_ids_that_come_twice_and_one_that_never_comes(world: World, tmp_path: Path) -> None:
    first = min(world.ctgov.studies)
    world.ctgov.never_given.add(first)
    world.pubmed.distort = lambda start, ids, count: (ids + ids[:1], count)
    result = run(world.settings(tmp_path))
    accounts = {row.source: row for row in result.accounting}
    assert (accounts["ctgov"].asked, accounts["ctgov"].received) == (3, 2)
    (cause,) = [cause for cause in result.causes if cause.source == "ctgov"]
    assert cause.record_id == first
    assert landed(world.settings(tmp_path), "ctgov") == set(world.ctgov.studies) - {first}


def test_a_total_that_changes_between_pages_is_walked_again(world: World, tmp_path: Path) -> None:
    world.ctgov.studies |= {one: study(one) for one in (f"NCT000001{number:02}" for number in range(40))}
    settings = world.settings(tmp_path)
    few = settings.sources["ctgov"].model_copy(update={"ids_per_page": 10})
    settings = settings.model_copy(update={"sources": settings.sources | {"ctgov": few}})
    world.ctgov.total_of_page = {2: 99}
    result = run(settings)
    causes = [cause for cause in result.causes if cause.source == "ctgov"]
    # A page says another total each time: the list cannot be had whole, and that is said rather than half a list taken.
    assert [cause.stage for cause in causes] == ["list"]
    assert landed(settings, "ctgov") == set()
    world.ctgov.total_of_page = {}
    assert run(settings).exit_code == DONE
    assert landed(settings, "ctgov") == set(world.ctgov.studies)
