"""PMIDs for which PubMed gives nothing: not there, or kept back by a service that fails; each is said."""

import datetime
import pathlib
from collections.abc import Iterator, Sequence

import pytest

from tests.replay.pubmed import (
    BACKEND_FAILED,
    FETCH,
    SEARCH,
    XML,
    SimulatedPubMed,
    article_set,
    client,
    generated,
)
from tests.replay.server import Answer, ReplayServer
from trialhouse.sources.asking import Fetched, Missing
from trialhouse.sources.pubmed import PubMed


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as server:
        yield server


@pytest.fixture
def service() -> SimulatedPubMed:
    return SimulatedPubMed(generated(25, first=datetime.date(2026, 3, 1), days=5))


@pytest.fixture
def pubmed(server: ReplayServer, service: SimulatedPubMed, tmp_path: pathlib.Path) -> PubMed:
    return client(service.serve(server), tmp_path, records_per_request=10)


def fetched(pubmed: PubMed, wanted: Sequence[str]) -> tuple[set[str], dict[str, Missing]]:
    """The PMIDs that came and the gaps."""
    answers = list(pubmed.fetch(wanted, lambda record_id: None))
    assert sorted(one.record_id for one in answers) == sorted(set(wanted))
    return (
        {one.record_id for one in answers if isinstance(one, Fetched)},
        {one.record_id: one for one in answers if isinstance(one, Missing)},
    )


def test_an_id_that_never_comes_is_said_after_it_was_asked_for_alone(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed
) -> None:
    lost = list(service.records)[13]
    service.never_given = {lost}
    records, missing = fetched(pubmed, list(service.records))
    assert len(records) == 24
    assert (missing[lost].reason, missing[lost].is_explained) == ("not_found", True)
    assert [request.form["id"] for request in server.requests].count([lost]) == 1


@pytest.mark.parametrize("good", [0, 1], ids=["from-the-start", "after-a-batch"])
def test_a_service_that_answers_everything_with_an_empty_set_has_deleted_nothing(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed, good: int
) -> None:
    server.misbehave(FETCH, *[None] * good, *[Answer(headers=XML, body=article_set([]))] * 200)
    records, missing = fetched(pubmed, list(service.records))
    assert len(records) == 10 * good
    assert {(one.reason, one.is_explained) for one in missing.values()} == {("empty_answer", False)}


def test_a_single_id_that_pubmed_does_not_have_is_not_there(service: SimulatedPubMed, pubmed: PubMed) -> None:
    records, missing = fetched(pubmed, ["404"])
    assert records == set()
    assert (missing["404"].reason, missing["404"].is_explained) == ("not_found", True)


def test_ids_of_which_none_comes_are_not_there_only_where_the_search_does_not_find_them(
    service: SimulatedPubMed, pubmed: PubMed
) -> None:
    kept = list(service.records)[3]
    service.never_given = {kept}
    records, missing = fetched(pubmed, ["404", kept, "405"])
    assert records == set()
    assert {pmid: (one.reason, one.is_explained) for pmid, one in missing.items()} == {
        "404": ("not_found", True),
        "405": ("not_found", True),
        kept: ("empty_answer", False),
    }
    assert "topic's file" in missing["404"].message


def test_ids_of_which_none_comes_are_in_doubt_while_the_search_fails(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed
) -> None:
    server.misbehave(SEARCH, *[BACKEND_FAILED] * 9)
    _, missing = fetched(pubmed, ["404", "405"])
    assert {(one.reason, one.is_explained) for one in missing.values()} == {("empty_answer", False)}


def test_an_id_left_out_once_when_it_is_asked_for_alone_is_had(service: SimulatedPubMed, pubmed: PubMed) -> None:
    one = next(iter(service.records))
    service.left_out_once = {one}
    records, missing = fetched(pubmed, [one])
    assert records == {one}
    assert missing == {}
