"""What PubMed does wrong is seen or mended, and nothing is lost: each id asked for has exactly one answer.

Every test names a fault that users of other clients met, makes the service commit it over a real socket, and says
what the user sees.
"""

import datetime
import pathlib
from collections.abc import Iterator, Sequence

import pytest

from tests.replay.answers import CHALLENGE_PAGE, cut_body, server_error, too_many
from tests.replay.pubmed import (
    BACKEND_FAILED,
    FETCH,
    FETCH_FAILED,
    SEARCH,
    TAIL,
    TIMEOUT_400,
    XML,
    SimulatedPubMed,
    article,
    article_set,
    client,
    generated,
)
from tests.replay.server import Answer, ReplayServer, Request
from trialhouse.sources.asking import Dates, Fetched, Listing, ListingFailed, Missing, Question, Window
from trialhouse.sources.pubmed import PubMed
from trialhouse.sources.pubmed_fetch import FAILURES_TO_GIVE_UP

DAY = datetime.date(2026, 3, 1)
MARCH = Window(dates=Dates.CREATED, first=DAY, last=datetime.date(2026, 3, 31))
APPLES = Question(topic="t", query="apple", window=MARCH)

RATE_LIMITED = Answer(body=b'{"error":"API rate limit exceeded","api-key":"203.0.113.7","count":"4","limit":"3"}')
CUT_JSON = Answer(body=b'{"header":{"type":"esearch"},"esearchresult":{"count":"3","idlist":["30000001",')


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as server:
        yield server


@pytest.fixture
def service() -> SimulatedPubMed:
    return SimulatedPubMed(generated(25, first=DAY, days=5))


@pytest.fixture
def pubmed(server: ReplayServer, service: SimulatedPubMed, tmp_path: pathlib.Path) -> PubMed:
    return client(service.serve(server), tmp_path, ids_per_page=10, records_per_request=10)


def fetched(pubmed: PubMed, wanted: Sequence[str]) -> tuple[dict[str, bytes], dict[str, Missing]]:
    """The records and the gaps; the contract is checked on the way."""
    answers = list(pubmed.fetch(wanted, lambda record_id: None))
    assert sorted(one.record_id for one in answers) == sorted(set(wanted))
    return (
        {one.record_id: one.data for one in answers if isinstance(one, Fetched)},
        {one.record_id: one for one in answers if isinstance(one, Missing)},
    )


def whole(service: SimulatedPubMed, listing: Listing) -> bool:
    return sorted(listing.record_ids) == sorted(service.records) and listing.matched == len(service.records)


def calls(server: ReplayServer, path: str) -> int:
    return len([request for request in server.requests if request.path == path])


@pytest.mark.parametrize(
    "fault",
    [
        too_many("1"),
        server_error(500),
        server_error(502),
        BACKEND_FAILED,
        RATE_LIMITED,
        CHALLENGE_PAGE,
        CUT_JSON,
        TIMEOUT_400,
    ],
    ids=["429", "500", "502", "backend", "rate-limit-under-200", "html-under-200", "cut-json", "timeout-under-400"],
)
@pytest.mark.parametrize("before", [0, 1, 2], ids=["first-page", "second-page", "last-page"])
def test_a_search_that_fails_once_is_asked_again(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed, fault: Answer, before: int
) -> None:
    server.misbehave(SEARCH, *[None] * before, fault)
    assert whole(service, pubmed.list_records(APPLES))
    assert calls(server, SEARCH) == 4


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (server_error(500), "server_error"),
        (too_many("1"), "rate_limited"),
        (BACKEND_FAILED, "backend_failed"),
        (RATE_LIMITED, "rate_limited"),
        (CHALLENGE_PAGE, "html_page"),
        (CUT_JSON, "cut_answer"),
    ],
)
def test_a_search_that_keeps_failing_is_no_empty_list(
    server: ReplayServer, pubmed: PubMed, fault: Answer, reason: str
) -> None:
    server.misbehave(SEARCH, *[fault] * 20)
    with pytest.raises(ListingFailed, match="apple") as caught:
        pubmed.list_records(APPLES)
    assert caught.value.reason == reason
    with pytest.raises(ListingFailed, match=r"10\.5555/x"):
        pubmed.list_records(Question(topic="t", dois=("10.5555/x",)))


def test_a_key_that_ncbi_refuses_is_named_as_such_and_not_shown(
    server: ReplayServer, service: SimulatedPubMed, tmp_path: pathlib.Path
) -> None:
    pubmed = client(service.serve(server), tmp_path, key="sesame")
    body = b'{"error":"API key invalid: sesame","api-key":"sesame","type":"api-key","status":"unknown"}'
    server.misbehave(SEARCH, Answer(status=400, body=body))
    with pytest.raises(ListingFailed, match="does not know the API key") as caught:
        pubmed.list_records(APPLES)
    assert caught.value.reason == "bad_key"
    assert "sesame" not in str(caught.value)


def test_a_list_that_expires_while_it_is_read_is_searched_for_again(service: SimulatedPubMed, pubmed: PubMed) -> None:
    service.expiries = 2
    assert whole(service, pubmed.list_records(APPLES))


def test_a_history_that_is_always_gone_fails(service: SimulatedPubMed, pubmed: PubMed) -> None:
    service.expiries = 1_000
    with pytest.raises(ListingFailed) as caught:
        pubmed.list_records(APPLES)
    assert caught.value.reason == "history_expired"


class Once:
    """A distortion of the pages of the first list only, or of every list."""

    def __init__(self, distort: object, *, always: bool) -> None:
        self._distort = distort
        self._always = always
        self._lists = 0

    def __call__(self, start: int, ids: list[str], count: int) -> tuple[list[str], int]:
        self._lists += start == 0
        return self._distort(start, ids, count) if self._always or self._lists == 1 else (ids, count)  # type: ignore[operator]


def _changing_total(start: int, ids: list[str], count: int) -> tuple[list[str], int]:
    return ids, count + (start >= 10)


def _id_again(start: int, ids: list[str], count: int) -> tuple[list[str], int]:
    return (["30000001", *ids[1:]] if start >= 10 else ids), count


def _false_empty(start: int, ids: list[str], count: int) -> tuple[list[str], int]:
    return ([] if start >= 10 else ids), count


def _count_too_high(start: int, ids: list[str], count: int) -> tuple[list[str], int]:
    return ids, count + 2


DISTORTIONS = pytest.mark.parametrize(
    "distort", [_changing_total, _id_again, _false_empty, _count_too_high], ids=lambda function: function.__name__[1:]
)


@DISTORTIONS
def test_a_list_whose_count_differs_once_is_asked_for_again(
    service: SimulatedPubMed, pubmed: PubMed, distort: object
) -> None:
    service.distort = Once(distort, always=False)
    assert whole(service, pubmed.list_records(APPLES))


@DISTORTIONS
def test_a_list_whose_count_always_differs_fails_with_both_numbers(
    service: SimulatedPubMed, pubmed: PubMed, distort: object
) -> None:
    service.distort = Once(distort, always=True)
    with pytest.raises(ListingFailed, match=r"2[5-7]") as caught:
        pubmed.list_records(APPLES)
    assert caught.value.reason == "count_differs"


def test_pages_that_are_shorter_than_asked_for_are_read_to_the_end(service: SimulatedPubMed, pubmed: PubMed) -> None:
    service.distort = lambda start, ids, count: (ids[:3], count)
    assert whole(service, pubmed.list_records(APPLES))


def test_parts_that_are_not_the_whole_together_fail(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    service = SimulatedPubMed(generated(10_500, first=DAY, days=31))
    service.distort = lambda start, ids, count: (ids, count + 5 if count > 9_999 else count)
    pubmed = client(service.serve(server), tmp_path, ids_per_page=9_999)
    with pytest.raises(ListingFailed, match="10505 matches said, 10500 different ids given"):
        pubmed.list_records(APPLES)


def test_eighty_of_a_thousand_records_are_not_taken_for_all(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    service = SimulatedPubMed(generated(1_000, first=DAY, days=5))
    service.left_out_once = set(list(service.records)[80:])
    pubmed = client(service.serve(server), tmp_path, records_per_request=1_000)
    records, missing = fetched(pubmed, list(service.records))
    assert len(records) == 1_000
    assert missing == {}
    assert calls(server, FETCH) == 2


@pytest.mark.parametrize(
    "fault",
    [
        too_many("1"),
        server_error(503),
        FETCH_FAILED,
        RATE_LIMITED,
        CHALLENGE_PAGE,
        TIMEOUT_400,
        cut_body(article_set([article(30_000_001)]), 300),
        Answer(body=b""),
    ],
    ids=["429", "503", "error-element", "rate-limit-under-200", "html", "timeout-under-400", "cut-body", "empty-body"],
)
def test_a_fetch_that_fails_once_loses_nothing(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed, fault: Answer
) -> None:
    server.misbehave(FETCH, None, fault)
    records, missing = fetched(pubmed, list(service.records))
    assert records == {pmid: record.data for pmid, record in service.records.items()}
    assert missing == {}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(server_error(500), "server_error"), (FETCH_FAILED, "backend_failed"), (RATE_LIMITED, "rate_limited")],
)
def test_a_service_that_is_down_leaves_every_id_missing_without_explanation(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed, fault: Answer, reason: str
) -> None:
    server.misbehave(FETCH, *[fault] * 1_000)
    records, missing = fetched(pubmed, list(service.records))
    assert records == {}
    assert {(one.reason, one.is_explained) for one in missing.values()} == {(reason, False)}
    assert calls(server, FETCH) <= 3 * FAILURES_TO_GIVE_UP


def test_ids_on_which_the_server_fails_cost_themselves_alone(service: SimulatedPubMed, pubmed: PubMed) -> None:
    names = list(service.records)
    service.poisonous = {names[0], names[5], names[9], names[24]}
    records, missing = fetched(pubmed, names)
    assert set(records) == set(names) - service.poisonous
    assert {pmid: (one.reason, one.is_explained) for pmid, one in missing.items()} == dict.fromkeys(
        service.poisonous, ("server_error", False)
    )


def test_xml_that_stops_under_a_good_status_is_asked_for_again(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed
) -> None:
    ten = list(service.records)[:10]
    body = article_set(service.records[pmid].data for pmid in ten)
    server.misbehave(FETCH, Answer(headers=XML, body=body[: len(body) // 2]))
    records, missing = fetched(pubmed, ten)
    assert records == {pmid: service.records[pmid].data for pmid in ten}
    assert missing == {}
    assert [len(request.form["id"][0].split(",")) for request in server.requests] == [10, 6]


def test_xml_that_always_stops_gives_what_comes_and_says_the_rest(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed
) -> None:
    def stopping(request: Request) -> Answer:
        answer = service.fetch(request)
        return Answer(headers=XML, body=answer.body.removesuffix(b"</PubmedArticle>\n" + TAIL))

    server.route(FETCH, stopping)
    ten = list(service.records)[:10]
    records, missing = fetched(pubmed, ten)
    assert set(records) == set(ten[:9])
    assert [(one.reason, one.is_explained) for one in missing.values()] == [("truncated_xml", False)]


@pytest.mark.parametrize(
    "torn",
    [
        lambda data: data.replace(b"</ArticleTitle>", b""),
        lambda data: data.replace(b"</PubmedArticle>", b""),
        lambda data: data.replace(b"apple", b"&nbsp;apple"),
        lambda data: data.replace(b"apple", b"app\xffle"),
        lambda data: data.replace(b"<PMID", b"<NoPMID").replace(b"</PMID", b"</NoPMID"),
    ],
    ids=["mismatched", "unclosed", "unknown-entity", "not-utf8", "no-pmid"],
)
def test_a_bad_record_in_the_middle_costs_itself_alone(service: SimulatedPubMed, pubmed: PubMed, torn: object) -> None:
    bad = list(service.records)[4]
    service.records[bad].data = torn(service.records[bad].data)  # type: ignore[operator]
    records, missing = fetched(pubmed, list(service.records))
    assert len(records) == 24
    assert set(missing) == {bad}
    assert (missing[bad].reason, missing[bad].is_explained) == ("malformed_record", False)


def test_entities_are_refused(server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed) -> None:
    bomb = b'<!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaa">]><PubmedArticleSet>&a;</PubmedArticleSet>'
    server.route(FETCH, lambda request: Answer(headers=XML, body=bomb))
    records, missing = fetched(pubmed, list(service.records)[:3])
    assert records == {}
    assert {one.reason for one in missing.values()} == {"unsafe_xml"}


def test_records_that_nobody_asked_for_are_no_answers(
    server: ReplayServer, service: SimulatedPubMed, pubmed: PubMed
) -> None:
    server.route(FETCH, lambda request: Answer(headers=XML, body=article_set([article(1), article(2), article(1)])))
    records, missing = fetched(pubmed, ["1"])
    assert (records, missing) == ({"1": article(1)}, {})


def test_twenty_thousand_records_with_faults_on_the_way_come_whole(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    service = SimulatedPubMed(generated(20_000, first=DAY, days=31))
    names = list(service.records)
    service.left_out_once = set(names[5:20_000:997])
    service.deleted = {names[7], names[19_999]}
    service.expiries = 1
    pubmed = client(service.serve(server), tmp_path, ids_per_page=5_000, records_per_request=500)
    server.misbehave(SEARCH, None, None, server_error(500), BACKEND_FAILED)
    server.misbehave(FETCH, None, cut_body(article_set([]), 50), FETCH_FAILED, None, too_many("1"))
    listing = pubmed.list_records(APPLES)
    assert whole(service, listing)
    records, missing = fetched(pubmed, listing.record_ids)
    assert set(missing) == service.deleted
    assert records == {pmid: one.data for pmid, one in service.records.items() if pmid not in service.deleted}
