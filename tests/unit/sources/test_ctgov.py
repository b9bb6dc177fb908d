import datetime
import gzip
import json
import pathlib
from collections.abc import Iterator

import pytest

from tests.replay.ctgov import SimulatedCtgov, study
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Dates, Fetched, Missing, Question, Window
from trialhouse.sources.ctgov import ClinicalTrialsGov

WINDOW = Window(dates=Dates.UPDATED, first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 20))


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


def source(base_url: str, folder: pathlib.Path, **config: int) -> ClinicalTrialsGov:
    return ClinicalTrialsGov(SourceConfig(base_url=base_url, **config), polite_session(folder, attempts=3)[0])


def nct(number: int) -> str:
    return f"NCT{number:08}"


def test_a_query_is_listed_page_by_page_within_its_window(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry = SimulatedCtgov(server, [study(nct(number)) for number in range(1, 26)])
    listing = source(registry.base_url, tmp_path, ids_per_page=10).list_records(
        Question(topic="t", query="psoriasis OR eczema", window=WINDOW)
    )
    assert listing.record_ids == tuple(nct(number) for number in range(1, 26))
    assert (listing.matched, listing.version, listing.missing) == (25, "2026-11-20T09:00:05", ())
    first = next(request.query for request in server.requests if "fields" in request.query)
    assert first["query.term"] == ["(psoriasis OR eczema) AND AREA[LastUpdatePostDate]RANGE[2026-11-01,2026-11-20]"]
    assert (first["fields"], first["pageSize"]) == (["NCTId"], ["10"])
    assert registry.pages_asked() == 3


def test_a_first_window_is_about_the_day_of_first_posting(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry = SimulatedCtgov(server, [study(nct(1))])
    window = WINDOW.model_copy(update={"dates": Dates.CREATED})
    source(registry.base_url, tmp_path).list_records(Question(topic="t", query="x", window=window))
    asked = [request.query["query.term"][0] for request in server.requests if "fields" in request.query]
    assert asked == ["(x) AND AREA[StudyFirstPostDate]RANGE[2026-11-01,2026-11-20]"]


def test_nothing_that_matches_is_an_empty_list(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry = SimulatedCtgov(server, [])
    listing = source(registry.base_url, tmp_path).list_records(Question(topic="t", query="x", window=WINDOW))
    assert (listing.matched, listing.record_ids) == (0, ())


def test_named_numbers_are_asked_for_as_they_are(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    named = Question(topic="t", registry_ids=("nct00000002", "ISRCTN12345678", "NCT00000001", "NCT123", "NCT00000002"))
    listing = source(server.url, tmp_path).list_records(named)
    assert listing.record_ids == (nct(2), nct(1))
    assert [(one.record_id, one.reason) for one in listing.missing] == [("NCT123", "bad_id")]
    assert server.requests == []


def test_every_study_comes_with_its_bytes_as_received(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    studies = [study(nct(number), title=f"Étude n° {number}") for number in range(1, 8)]
    registry = SimulatedCtgov(server, studies)
    ids = [nct(number) for number in range(7, 0, -1)]
    answers = list(source(registry.base_url, tmp_path, records_per_request=3).fetch(ids, lambda record_id: None))
    assert [answer.record_id for answer in answers] == ids
    for answer, expected in zip(answers, reversed(studies), strict=True):
        assert isinstance(answer, Fetched)
        assert answer.data == json.dumps(expected, ensure_ascii=False).encode()
        assert answer.locator == f"{registry.base_url}/studies/{answer.record_id}"
        assert (answer.media_type, answer.status, answer.identity) == ("application/json", 200, None)
    assert registry.asked_alone() == []


def test_an_old_number_gives_the_study_that_holds_it_as_one_document(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    registry = SimulatedCtgov(server, [study(nct(1), aliases=[nct(91)]), study(nct(2), aliases=[nct(92)])])
    asked = [nct(91), nct(2), nct(92)]
    answers = {one.record_id: one for one in source(registry.base_url, tmp_path).fetch(asked, lambda record_id: None)}
    assert list(answers) == asked
    merged, old = answers[nct(92)], answers[nct(91)]
    assert isinstance(old, Fetched)
    assert (old.identity, json.loads(old.data)) == (nct(1), registry.studies[nct(1)])
    assert isinstance(merged, Missing)
    assert (merged.reason, merged.is_explained) == ("merged", True)
    assert nct(2) in merged.message


def test_an_old_number_asked_for_alone_is_followed_to_its_study(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry = SimulatedCtgov(server, [study(nct(1), aliases=[nct(91)])])
    server.misbehave("/api/v2/studies", Answer(body=b'{"studies": []}'))
    (old,) = source(registry.base_url, tmp_path).fetch([nct(91)], lambda record_id: None)
    assert isinstance(old, Fetched)
    assert (old.record_id, old.identity) == (nct(91), nct(1))


def test_another_study_than_the_one_asked_for_is_refused(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry = SimulatedCtgov(server, [])
    server.route(f"/api/v2/studies/{nct(1)}", lambda request: Answer(body=json.dumps(study(nct(2))).encode()))
    (answer,) = source(registry.base_url, tmp_path).fetch([nct(1)], lambda record_id: None)
    assert isinstance(answer, Missing)
    assert (answer.reason, answer.is_explained) == ("other_record", False)


def test_recorded_studies_are_cut_out_of_a_page(
    server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path
) -> None:
    recorded = shared / "recorded" / "ctgov"
    bodies = [path.read_bytes().strip() for path in sorted((recorded / "aact_json").glob("*.json"))]
    bodies.append(gzip.decompress((recorded / "mcode" / "NCT02513394.json.gz").read_bytes()).strip())
    studies = {json.loads(body)["protocolSection"]["identificationModule"]["nctId"]: body for body in bodies}
    page = b'{"studies":[' + b",\n".join(bodies) + b'],"nextPageToken":"ZVNj7o2Elu8o3lpo"}'
    server.route("/studies", lambda request: Answer(body=page))
    answers = list(source(server.url, tmp_path).fetch(list(studies), lambda record_id: None))
    assert {one.record_id: one.data for one in answers if isinstance(one, Fetched)} == studies


def test_a_recorded_list_is_walked(server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path) -> None:
    recorded = shared / "recorded" / "ctgov" / "biomcp"
    pages = [(recorded / f"search_phelan_{name}_20260811.json").read_bytes() for name in ("limit5", "next")]
    assert "nextPageToken" in json.loads(pages[0])
    server.route(
        "/version", lambda request: Answer(body=b'{"apiVersion":"2.0.5","dataTimestamp":"2026-08-11T09:00:04"}')
    )
    parts = [json.loads(page)["studies"] for page in pages]
    expected = [one["protocolSection"]["identificationModule"]["nctId"] for part in parts for one in part]

    def answer(body: bytes, is_last: bool) -> Answer:
        page = json.loads(body)
        page["totalCount"] = len(expected)
        if is_last:
            page.pop("nextPageToken", None)
        return Answer(body=json.dumps(page).encode())

    server.route("/studies", lambda request: answer(pages["pageToken" in request.query], "pageToken" in request.query))
    listing = source(server.url, tmp_path).list_records(Question(topic="t", query="Phelan", window=WINDOW))
    assert listing.record_ids == tuple(expected)
