"""PubMed lists every match once, however many there are, and gives each record as the bytes that were received."""

import datetime
import pathlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.replay.pubmed import (
    BASE,
    FETCH,
    SEARCH,
    TODAY,
    Simulated,
    SimulatedPubMed,
    article,
    client,
    generated,
)
from tests.replay.server import Answer, ReplayServer, Request
from trialhouse.sources.asking import Dates, Fetched, ListingFailed, Missing, Question, Window
from trialhouse.sources.pubmed_search import Part

DAY = datetime.date(2026, 3, 1)
MARCH = Window(dates=Dates.CREATED, first=DAY, last=datetime.date(2026, 3, 31))


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as server:
        yield server


def asked(server: ReplayServer, path: str) -> list[dict[str, str]]:
    return [_form(request) for request in server.requests if request.path == path]


def _form(request: Request) -> dict[str, str]:
    assert request.method == "POST"
    assert request.query == {}
    return {name: value for name, (value,) in request.form.items()}


def no_receipt(record_id: str) -> None:
    return None


def test_a_window_is_asked_for_by_its_dates(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    day = datetime.timedelta(days=1)
    records = {
        "1": Simulated(article(1), created=DAY, updated=DAY + 90 * day, words=frozenset({"apple"})),
        "2": Simulated(article(2), created=DAY - day, updated=DAY, words=frozenset({"apple"})),
        "3": Simulated(article(3), created=DAY, updated=DAY, words=frozenset({"pear"})),
    }
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, key="sesame")
    created = pubmed.list_records(Question(topic="t", query="apple", window=MARCH))
    updated = pubmed.list_records(
        Question(topic="t", query="apple", window=MARCH.model_copy(update={"dates": Dates.UPDATED}))
    )
    assert (created.record_ids, created.matched, created.missing) == (("1",), 1, ())
    assert updated.record_ids == ("2",)
    first, second = asked(server, SEARCH)
    assert first == {
        "db": "pubmed",
        "term": "apple",
        "datetype": "crdt",
        "mindate": "2026/03/01",
        "maxdate": "2026/03/31",
        "retmode": "json",
        "usehistory": "y",
        "retstart": "0",
        "retmax": "1000",
        "tool": "trialhouse",
        "email": "who@example.org",
        "api_key": "sesame",
    }
    assert second["datetype"] == "mdat"


def test_without_a_window_a_query_is_asked_for_from_the_first_day_to_today(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    pubmed = client(SimulatedPubMed(generated(3, first=TODAY, days=1)).serve(server), tmp_path)
    assert len(pubmed.list_records(Question(topic="t", query="apple")).record_ids) == 3
    assert [(form["mindate"], form["maxdate"]) for form in asked(server, SEARCH)] == [("2026/01/01", "2026/11/20")]


def test_pages_come_from_the_history_server(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    records = generated(25, first=DAY, days=5)
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, ids_per_page=10)
    listing = pubmed.list_records(Question(topic="t", query="apple", window=MARCH))
    assert listing.record_ids == tuple(records)
    forms = asked(server, SEARCH)
    assert [form["retstart"] for form in forms] == ["0", "10", "20"]
    assert [form.get("WebEnv") for form in forms] == [None, "MCID_0", "MCID_0"]
    assert [form.get("query_key") for form in forms] == [None, "1", "1"]


def test_more_matches_than_pubmed_lists_are_split_by_days(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    records = generated(21_000, first=DAY, days=31)
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, ids_per_page=5_000)
    listing = pubmed.list_records(Question(topic="t", query="apple", window=MARCH))
    assert listing.matched == 21_000
    assert set(listing.record_ids) == set(records)
    assert len(listing.record_ids) == 21_000
    assert max(int(form["retstart"]) + int(form["retmax"]) for form in asked(server, SEARCH)) <= 9_999


def test_a_single_day_with_more_is_split_by_pmids(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    records = generated(12_000, first=DAY, days=1)
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, ids_per_page=9_999)
    window = Window(dates=Dates.UPDATED, first=DAY, last=DAY)
    listing = pubmed.list_records(Question(topic="t", query="apple", window=window))
    assert set(listing.record_ids) == set(records)
    assert any(form["term"].endswith("[uid]") for form in asked(server, SEARCH))


def test_the_largest_list_that_needs_no_split(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    pubmed = client(SimulatedPubMed(generated(9_999, first=DAY, days=2)).serve(server), tmp_path, ids_per_page=1_000)
    assert len(pubmed.list_records(Question(topic="t", query="apple", window=MARCH)).record_ids) == 9_999
    assert len(asked(server, SEARCH)) == 10


def test_one_match_more_than_pubmed_lists_is_not_lost(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    pubmed = client(SimulatedPubMed(generated(10_000, first=DAY, days=2)).serve(server), tmp_path, ids_per_page=1_000)
    assert len(pubmed.list_records(Question(topic="t", query="apple", window=MARCH)).record_ids) == 10_000


@given(st.dates(), st.integers(0, 50_000), st.integers(1, 99_999_998))
def test_halves_are_the_whole_without_overlap(first: datetime.date, days: int, low: int) -> None:
    last = first + min(datetime.timedelta(days=days), datetime.date.max - first)
    part = Part("apple", Window(dates=Dates.CREATED, first=first, last=last))
    if first < last:
        earlier, later = (half.window for half in part.halves() or ())
        assert earlier is not None
        assert later is not None
        assert (earlier.first, later.last) == (first, last)
        assert first <= earlier.last == later.first - datetime.timedelta(days=1) < last
    lower, upper = (half.pmids for half in Part("apple", pmids=(low, 99_999_999)).halves() or ())
    assert lower is not None
    assert upper is not None
    assert (lower[0], upper[1]) == (low, 99_999_999)
    assert low <= lower[1] == upper[0] - 1 < 99_999_999
    assert Part("apple", pmids=(low, low)).halves() is None


def test_named_ids_are_looked_up_and_what_pubmed_lacks_is_said(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    doi, absent, trial = "10.5555/apple(21)00520-1", "10.5555/none", "NCT01234567"
    records = generated(4, first=DAY, days=1)
    one, two, three, _ = records
    records[one].dois = frozenset({doi})
    records[two].registry_ids = records[three].registry_ids = frozenset({trial})
    question = Question(topic="t", pmids=("77", three), dois=(doi, absent), registry_ids=(trial, "ISRCTN00000000"))
    listing = client(SimulatedPubMed(records).serve(server), tmp_path).list_records(question)
    assert listing.record_ids == ("77", three, one, two)
    assert listing.matched == 6
    assert [(one.record_id, one.reason, one.is_explained) for one in listing.missing] == [
        (absent, "not_in_source", True),
        ("ISRCTN00000000", "not_in_source", True),
    ]
    assert [form["term"] for form in asked(server, SEARCH)] == [
        f'"{doi}"[doi]',
        f'"{absent}"[doi]',
        f"{trial}[si]",
        "ISRCTN00000000[si]",
    ]


def test_a_trial_with_more_papers_than_a_page_holds(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    records = generated(5, first=DAY, days=1)
    for record in records.values():
        record.registry_ids = frozenset({"NCT01234567"})
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, ids_per_page=2)
    listing = pubmed.list_records(Question(topic="t", registry_ids=("NCT01234567",)))
    assert listing.record_ids == tuple(records)


def test_what_is_found_under_parts_of_a_doi_is_not_taken(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    body = (
        b'{"esearchresult":{"count":"2","idlist":["7","8"],"querytranslation":"10.5555[doi] AND x[doi]",'
        b'"warninglist":{"quotedphrasesnotfound":["\\"10.5555/x\\"[doi]"],"phrasesignored":[],"outputmessages":[]}}}'
    )
    server.route(SEARCH, lambda request: Answer(body=body))
    listing = client(server.url + BASE, tmp_path).list_records(Question(topic="t", dois=("10.5555/x",)))
    assert listing.record_ids == ()
    assert [(one.record_id, one.reason) for one in listing.missing] == [("10.5555/x", "not_in_source")]


def test_a_doi_that_pubmed_cannot_read_is_missing_without_explanation(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    body = b'{"esearchresult":{"count":"1","idlist":["7"],"warninglist":{"outputmessages":["<",">"]}}}'
    server.route(SEARCH, lambda request: Answer(body=body))
    listing = client(server.url + BASE, tmp_path).list_records(Question(topic="t", dois=("10.1002/a<b>c",)))
    assert listing.record_ids == ()
    assert [(one.reason, one.is_explained) for one in listing.missing] == [("query_altered", False)]


def test_a_window_asks_for_the_query_alone(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    pubmed = client(SimulatedPubMed(generated(2, first=DAY, days=1)).serve(server), tmp_path)
    question = Question(topic="t", query="apple", window=MARCH, pmids=("77",), dois=("10.5555/none",))
    listing = pubmed.list_records(question)
    assert len(listing.record_ids) == 2
    assert listing.missing == ()


def test_what_is_no_identifier_is_missing_and_not_asked_for(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    pubmed = client(SimulatedPubMed({}).serve(server), tmp_path)
    listing = pubmed.list_records(Question(topic="t", pmids=("PMC7", "0"), dois=('10.1/"x" OR cancer[ti]',)))
    assert listing.record_ids == ()
    assert [(one.reason, one.is_explained) for one in listing.missing] == [("not_an_id", True)] * 3
    answers = list(pubmed.fetch(["PMC7"], no_receipt))
    assert [(one.record_id, type(one)) for one in answers] == [("PMC7", Missing)]
    assert server.requests == []


def test_records_are_given_as_the_bytes_that_came(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    records = generated(25, first=DAY, days=1)
    wanted = [*records, *list(records)[:3]]
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, records_per_request=10, key="sesame")
    answers = list(pubmed.fetch(wanted, no_receipt))
    assert [one.record_id for one in answers] == list(records)
    for one in answers:
        assert isinstance(one, Fetched)
        assert one.data == records[one.record_id].data
        assert (one.status, one.media_type) == (200, "text/xml")
        assert one.locator == f"{server.url}/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id={one.record_id}"
    assert [len(form["id"].split(",")) for form in asked(server, FETCH)] == [10, 10, 5]
    assert "sesame" not in repr(answers)


def test_of_several_versions_the_highest_is_given(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    newer = article(5, "Two apples", version=2)
    records = {"5": Simulated(newer + b"\n" + article(5), created=DAY, updated=DAY)}
    (answer,) = client(SimulatedPubMed(records).serve(server), tmp_path).fetch(["5"], no_receipt)
    assert isinstance(answer, Fetched)
    assert answer.data == newer


def test_deleted_and_merged_pmids_are_explained(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    records = generated(6, first=DAY, days=1)
    gone, moved, *others, target = records
    service = SimulatedPubMed(records, deleted={gone}, merged={moved: target})
    answers = {
        one.record_id: one for one in client(service.serve(server), tmp_path).fetch([gone, moved, *others], no_receipt)
    }
    assert set(answers) == {gone, moved, *others}
    assert all(isinstance(answers[one], Fetched) for one in others)
    deleted, merged = answers[gone], answers[moved]
    assert isinstance(deleted, Missing)
    assert (deleted.reason, deleted.is_explained) == ("not_found", True)
    assert isinstance(merged, Missing)
    assert (merged.reason, merged.is_explained) == ("merged", True)
    assert target in merged.message


def test_a_query_that_pubmed_does_not_search_for_as_written_is_refused(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    pubmed = client(SimulatedPubMed(generated(2, first=DAY, days=1)).serve(server), tmp_path)
    with pytest.raises(ListingFailed, match='"sour apple"') as caught:
        pubmed.list_records(Question(topic="t", query='"sour apple"', window=MARCH))
    assert caught.value.reason == "query_altered"


def test_a_word_that_matches_nothing_is_told_once_and_stops_nothing(
    server: ReplayServer, tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    records = generated(12_000, first=DAY, days=31)
    pubmed = client(SimulatedPubMed(records).serve(server), tmp_path, ids_per_page=9_999)
    listing = pubmed.list_records(Question(topic="t", query="apple OR zzqxjv", window=MARCH))
    assert len(listing.record_ids) == 12_000
    assert [record.getMessage() for record in caplog.records if record.name.endswith("pubmed_search")] == [
        "PubMed has nothing under “zzqxjv”, which the query “apple OR zzqxjv” names"
    ]


def test_a_query_without_matches_is_an_empty_list(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    pubmed = client(SimulatedPubMed(generated(2, first=TODAY, days=1)).serve(server), tmp_path)
    listing = pubmed.list_records(Question(topic="t", query="apple", window=MARCH))
    assert (listing.matched, listing.record_ids) == (0, ())
