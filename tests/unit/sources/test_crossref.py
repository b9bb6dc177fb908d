import gzip
import json
import pathlib
from collections.abc import Iterator

import pytest
import yaml

from tests.replay.crossref import SimulatedCrossref, update, work
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.model.document import Receipt
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Answer as Answered
from trialhouse.sources.asking import Fetched, LastReceipt, Missing, Question, Unchanged
from trialhouse.sources.crossref import Crossref


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


def source(base_url: str, folder: pathlib.Path, email: str | None = None, **config: int) -> Crossref:
    return Crossref(SourceConfig(base_url=base_url, **config), polite_session(folder, attempts=3)[0], email)


def test_a_work_is_followed_by_the_notices_about_it(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    named = [update("10.5555/n.concern", "expression_of_concern"), update("10.5555/paper.v2", "new_version")]
    api = SimulatedCrossref(
        server,
        [
            work("10.5555/paper", updated_by=named),
            work("10.5555/n.concern"),
            work("10.5555/N.retraction", update_to=[update("10.5555/PAPER")]),
            work("10.5555/n.v2", update_to=[update("10.5555/paper", "new_version")]),
            work("10.5555/n.other", update_to=[update("10.5555/elsewhere")]),
            work("10.5555/plain"),
        ],
    )
    asked = Question(topic="t", dois=("https://doi.org/10.5555/Paper", "10.5555/plain", "10.5555/unknown", "no doi"))
    listing = source(api.base_url, tmp_path, "reader@example.org").list_records(asked)
    assert listing.record_ids == (
        "10.5555/paper",
        "10.5555/n.concern",
        "10.5555/n.retraction",
        "10.5555/plain",
        "10.5555/unknown",
    )
    assert [(one.record_id, one.reason, one.is_explained) for one in listing.missing] == [("no doi", "bad_id", True)]
    assert listing.matched == 6
    assert {request.query["mailto"][0] for request in server.requests} == {"reader@example.org"}
    assert {request.query["select"][0] for request in server.requests} == {"DOI,update-to,updated-by"}


def test_a_doi_with_a_comma_is_asked_for_alone(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    doi = "10.5555/1,2"
    api = SimulatedCrossref(server, [work(doi, updated_by=[update("10.5555/n")]), work("10.5555/n")])
    crossref = source(api.base_url, tmp_path)
    listing = crossref.list_records(Question(topic="t", dois=(doi,)))
    assert listing.record_ids == (doi, "10.5555/n")
    answers = list(crossref.fetch(listing.record_ids, lambda record_id: None))
    assert {one.record_id for one in answers if isinstance(one, Fetched)} == {doi, "10.5555/n"}


def test_many_notices_come_from_all_pages(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    notices = [f"10.5555/n.{number:02}" for number in range(25)]
    works = [work(doi, update_to=[update("10.5555/p", "correction")]) for doi in notices]
    api = SimulatedCrossref(server, [work("10.5555/p"), *works])
    listing = source(api.base_url, tmp_path, ids_per_page=10).list_records(Question(topic="t", dois=("10.5555/p",)))
    assert listing.record_ids == ("10.5555/p", *notices)


def test_there_is_no_search(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    listing = source(server.url, tmp_path).list_records(Question(topic="t", query="psoriasis"))
    assert (listing.matched, listing.record_ids, server.requests) == (0, (), [])


def test_works_come_with_their_bytes_as_received(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    dois = [f"10.5555/paper.{number}" for number in range(7)]
    api = SimulatedCrossref(server, [work(doi.upper(), title=["Über <i>alles</i>"]) for doi in dois])
    answers = list(source(api.base_url, tmp_path, records_per_request=3).fetch(dois, lambda record_id: None))
    assert [one.record_id for one in answers] == dois
    for answer in answers:
        assert isinstance(answer, Fetched)
        expected = json.dumps(api.works[answer.record_id], ensure_ascii=False).replace("/", "\\/")
        assert answer.data == expected.encode()
        assert (answer.media_type, answer.identity) == ("application/json", None)


def indexed(moment: str) -> dict[str, str]:
    return {"date-time": moment}


def received(answers: list[Answered]) -> LastReceipt:
    """The receipts of what was fetched."""
    receipts = {
        one.record_id: Receipt(
            source="crossref",
            record_id=one.record_id,
            locator=one.locator,
            fetched_at=one.fetched_at,
            headers=one.headers,
            sha256="0" * 64,
            size_bytes=len(one.data),
        )
        for one in answers
        if isinstance(one, Fetched)
    }
    return receipts.get


def test_a_work_that_was_not_indexed_again_is_not_fetched_again(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    first, again = "2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"
    plain, changed, silent, comma = "10.5555/a", "10.5555/b", "10.5555/silent", "10.5555/1,2"
    known = [work(doi, indexed=indexed(first)) for doi in (plain, changed, comma)]
    api = SimulatedCrossref(server, [*known, work(silent)])
    dois = [plain, changed, silent, comma]
    crossref = source(api.base_url, tmp_path)
    last = received(list(crossref.fetch(dois, lambda record_id: None)))
    api.works[changed] = work(changed, indexed=indexed(again), title=["Corrected"])
    asked = len(server.requests)
    answers = {one.record_id: one for one in crossref.fetch(dois, last)}
    assert {doi for doi, one in answers.items() if isinstance(one, Unchanged)} == {plain}
    assert {doi for doi, one in answers.items() if isinstance(one, Fetched)} == {changed, silent, comma}
    filters = [request.query["filter"][0] for request in server.requests[asked:] if "filter" in request.query]
    assert filters == [f"doi:{plain},doi:{changed}", f"doi:{changed},doi:{silent}"]


def test_where_crossref_does_not_say_what_changed_all_is_fetched(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    doi = "10.5555/a"
    api = SimulatedCrossref(server, [work(doi, indexed=indexed("2026-03-01T10:00:00Z"))])
    crossref = source(api.base_url, tmp_path)
    last = received(list(crossref.fetch([doi], lambda record_id: None)))
    server.misbehave("/works", Answer(status=400, body=b"no such field"))
    (answer,) = crossref.fetch([doi], last)
    assert isinstance(answer, Fetched)


def test_one_doi_is_answered_alike_among_many_and_alone(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    api = SimulatedCrossref(server, [work("10.5555/a", title=["x"]), work("10.5555/b")])
    api.never_listed = {"10.5555/a"}
    among = list(source(api.base_url, tmp_path).fetch(["10.5555/a", "10.5555/b"], lambda record_id: None))
    api.never_listed = set()
    alone = list(source(api.base_url, tmp_path).fetch(["10.5555/a"], lambda record_id: None))
    assert isinstance(among[0], Fetched)
    assert isinstance(alone[0], Fetched)
    assert among[0].data == alone[0].data
    assert api.asked_alone() == ["10.5555/a"]


def test_a_doi_given_up_for_another_is_the_others_document(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    api = SimulatedCrossref(server, [work("10.5555/new")])
    api.aliases = {"10.5555/old": "10.5555/new"}
    (answer,) = source(api.base_url, tmp_path).fetch(["10.5555/old"], lambda record_id: None)
    assert isinstance(answer, Fetched)
    assert (answer.record_id, answer.identity) == ("10.5555/old", "10.5555/new")


def test_what_crossref_does_not_know_is_explained(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    api = SimulatedCrossref(server, [work("10.5555/a")])
    answers = list(source(api.base_url, tmp_path).fetch(["10.5555/a", "10.5281/elsewhere"], lambda record_id: None))
    assert isinstance(answers[0], Fetched)
    assert isinstance(answers[1], Missing)
    assert (answers[1].reason, answers[1].is_explained) == ("not_in_source", True)
    assert "Resource not found." in answers[1].message


def test_a_lower_rate_that_crossref_states_is_kept(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    api = SimulatedCrossref(server, [work("10.5555/a")])
    api.rate = ("2", "1s")
    crossref = source(api.base_url, tmp_path)
    list(crossref.fetch(["10.5555/a"], lambda record_id: None))
    stated = [json.loads(path.read_text()) for path in (tmp_path / "rates").glob("*.json")]
    assert [1 / state["stated_seconds"] for state in stated] == [pytest.approx(2, rel=0.1)]


def test_recorded_works_are_read(server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path) -> None:
    paths = sorted((shared / "recorded" / "crossref" / "colrev").glob("*.json"))
    bodies = {json.loads(path.read_bytes())["message"]["DOI"]: path.read_bytes() for path in paths}
    server.route("/works", lambda request: Answer(body=bodies[request.path.removeprefix("/works/")]))
    server.misbehave(
        "/works", Answer(body=b'{"status":"ok","message-type":"work-list","message":{"total-results":0,"items":[]}}')
    )
    answers = list(source(server.url, tmp_path).fetch(list(bodies), lambda record_id: None))
    assert len(answers) == 3
    for answer in answers:
        assert isinstance(answer, Fetched)
        assert json.loads(answer.data) == json.loads(bodies[answer.record_id])["message"]
        assert answer.data in bodies[answer.record_id]


def test_a_recorded_page_and_a_recorded_refusal_are_read(
    server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path
) -> None:
    cassette = gzip.decompress((shared / "recorded/crossref/rcrossref/cr_works.yml.gz").read_bytes())
    recorded = {
        one["request"]["uri"].removeprefix("https://api.crossref.org"): one["response"]
        for one in yaml.safe_load(cassette)["http_interactions"]
    }
    page, refusal = recorded["/works?query=NSF"], recorded["/works/blblbl"]
    works = {work["DOI"]: work for work in json.loads(page["body"]["string"])["message"]["items"]}
    server.route("/works", lambda request: Answer(body=page["body"]["string"].encode()))
    server.route("/works/", lambda request: Answer(status=404, body=refusal["body"]["string"].encode()))
    *answers, unknown = source(server.url, tmp_path).fetch([*works, "10.5555/blblbl"], lambda record_id: None)
    assert {one.record_id: json.loads(one.data) for one in answers if isinstance(one, Fetched)} == works
    assert isinstance(unknown, Missing)
    assert (unknown.reason, unknown.is_explained) == ("not_in_source", True)
    body = page["body"]["string"].encode()
    assert all(one.data in body for one in answers if isinstance(one, Fetched))
