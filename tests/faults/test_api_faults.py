"""ClinicalTrials.gov, Europe PMC and Crossref at their worst: what is received, and what people read of the rest.

Whatever happens, the answers are exactly the ids that were asked for, each once.
"""

import json
import pathlib
from collections.abc import Iterator, Sequence

import pytest

from tests.replay.answers import CHALLENGE_PAGE, ERROR_UNDER_200, cut_body, server_error, too_many
from tests.replay.apis import DOIS, NCT, PMIDS, SEARCH, crossref_at, europepmc_at, refusal, registry_at, sources
from tests.replay.crossref import update, work
from tests.replay.ctgov import SimulatedCtgov, study
from tests.replay.europepmc import error_bean, full_text
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Answer as Received
from trialhouse.sources.asking import Fetched, Missing, Question, Source
from trialhouse.sources.ctgov import ClinicalTrialsGov

LATIN_1 = Answer(headers={"Content-Type": "application/json"}, body='{"studies": "é"}'.encode("latin-1"))
PASSING = {
    "too many requests": too_many("0"),
    "a server error": server_error(500),
    "a bad gateway": server_error(502),
    "a cut body": cut_body(b'{"studies": [{"protocolSection"', 12),
    "JSON that stops": Answer(body=b'{"studies": [{"protocolSection": {"identific'),
    "a challenge page": CHALLENGE_PAGE,
    "an error under 200": ERROR_UNDER_200,
    "another charset": LATIN_1,
}
"""What goes wrong once and is right the next time."""


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


def fetch(source: Source, asked: Sequence[str]) -> dict[str, Received]:
    """The answers by their ids, which are those asked for and no others."""
    answers = list(source.fetch(asked, lambda record_id: None))
    assert sorted(one.record_id for one in answers) == sorted(set(asked))
    return {one.record_id: one for one in answers}


def missing(answers: dict[str, Received]) -> dict[str, Missing]:
    return {name: one for name, one in answers.items() if isinstance(one, Missing)}


@pytest.mark.parametrize("fault", sorted(PASSING))
def test_what_passes_loses_nothing(fault: str, server: ReplayServer, tmp_path: pathlib.Path) -> None:
    for source, ids, path in sources(server, tmp_path):
        server.misbehave(path, None, PASSING[fault])
        assert missing(fetch(source, ids)) == {}


@pytest.mark.parametrize("fault", sorted(PASSING))
def test_a_list_is_whole_after_what_passes(fault: str, server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, europepmc = registry_at(server, tmp_path)[1], europepmc_at(server, tmp_path)[1]
    server.misbehave("/api/v2/studies", None, PASSING[fault])
    server.misbehave("/europepmc", None, PASSING[fault])
    assert registry.list_records(SEARCH).record_ids == tuple(NCT)
    assert europepmc.list_records(SEARCH).record_ids == tuple(f"MED/{one}" for one in PMIDS)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (CHALLENGE_PAGE, "challenge_page"),
        (LATIN_1, "wrong_charset"),
        (ERROR_UNDER_200, "error_answer"),
        (Answer(body=b'{"studies": [{'), "cut_body"),
        (Answer(body=b"Backend fetch failed"), "not_json"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_stays_has_a_reason_and_the_service_is_left_alone(
    fault: Answer, reason: str, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    for source, ids, path in sources(server, tmp_path):
        server.route(path, lambda request: fault)
        lost = missing(fetch(source, ids))
        assert sorted(lost) == sorted(ids)
        reasons = {one.reason for one in lost.values()}
        assert reasons <= {reason, "service_down"}
        assert not any(one.is_explained for one in lost.values())
        assert "127.0.0.1" in lost[ids[0]].message


def test_a_service_that_is_down_is_not_asked_for_all(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    for source, ids, path in sources(server, tmp_path):
        server.route(path, lambda request: server_error(503))
        before = len(server.requests)
        many = [f"{one}{digit}" for digit in range(9) for one in ids]
        lost = missing(fetch(source, many))
        assert sorted(lost) == sorted(many)
        assert {one.reason for one in lost.values()} == {"server_error", "service_down"}
        assert "times in a row" in lost[many[-1]].message
        assert len(server.requests) - before <= 3 * 3 * 3


def test_a_listing_of_a_service_that_is_down_fails_with_its_reason(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    questions = [SEARCH, SEARCH, Question(topic="t", dois=tuple(DOIS))]
    for (source, _, path), question in zip(sources(server, tmp_path), questions, strict=True):
        server.route(path, lambda request: server_error(503))
        assert refusal(source, question)[0] == "server_error"


def test_a_bad_id_costs_itself_alone(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    lost = missing(fetch(source, [*NCT[:13], "NCT0000000X", *NCT[13:]]))
    assert {name: (one.reason, one.is_explained) for name, one in lost.items()} == {"NCT0000000X": ("bad_id", True)}
    assert registry.asked_alone() == ["NCT0000000X"]

    api, crossref = crossref_at(server, tmp_path)
    api.refused = {DOIS[3], DOIS[17]}
    assert missing(fetch(crossref, DOIS)) == {}
    assert sorted(api.asked_alone()) == [DOIS[3], DOIS[17]]


def test_a_refused_doi_costs_no_list(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    api, crossref = crossref_at(server, tmp_path)
    api.works[DOIS[3]] = work(DOIS[3], updated_by=[update("10.5555/notice")])
    api.works["10.5555/other"] = work("10.5555/other", update_to=[update(DOIS[20])])
    api.refused = {DOIS[3]}
    listing = crossref.list_records(Question(topic="t", dois=tuple(DOIS)))
    assert sorted(listing.record_ids) == sorted([*DOIS, "10.5555/notice", "10.5555/other"])

    service, europepmc = europepmc_at(server, tmp_path)
    service.refused = {"1003"}
    named = europepmc.list_records(Question(topic="t", pmids=tuple(PMIDS)))
    assert sorted(named.record_ids) == [f"MED/{one}" for one in PMIDS if one != "1003"]
    assert [(one.record_id, one.reason, one.is_explained) for one in named.missing] == [("MED/1003", "refused", False)]


def test_a_record_that_breaks_the_server_costs_itself_alone(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    registry.spoils_pages = {NCT[4]}
    assert missing(fetch(source, NCT)) == {}
    assert registry.asked_alone() == [NCT[4]]


def test_an_id_that_never_comes_is_asked_for_alone_and_explained(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    registry.never_given = {NCT[7]}
    lost = missing(fetch(source, NCT))
    assert {name: (one.reason, one.is_explained) for name, one in lost.items()} == {NCT[7]: ("not_in_source", True)}
    assert f"NCT number {NCT[7]} not found" in lost[NCT[7]].message


def test_a_refusal_by_a_gate_keeper_explains_nothing(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    registry, source = registry_at(server, tmp_path)
    registry.never_given = {NCT[7]}
    gate = Answer(status=404, headers={"Content-Type": "text/html"}, body=CHALLENGE_PAGE.body)
    server.route(f"/api/v2/studies/{NCT[7]}", lambda request: gate)
    (lost,) = missing(fetch(source, NCT)).values()
    assert (lost.record_id, lost.reason, lost.is_explained) == (NCT[7], "challenge_page", False)


def test_records_nobody_asked_for_and_doubles_change_nothing(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    _, source = registry_at(server, tmp_path)
    page = {"studies": [study(NCT[0], title="first"), study("NCT09999999"), study(NCT[0], title="second")]}
    server.misbehave("/api/v2/studies", Answer(body=json.dumps(page).encode()))
    answers = fetch(source, [NCT[0], NCT[1], NCT[0]])
    first = answers[NCT[0]]
    assert isinstance(first, Fetched)
    assert b"first" in first.data
    assert isinstance(answers[NCT[1]], Fetched)


def test_a_paper_the_service_counts_and_does_not_give_is_not_explained(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    service, source = europepmc_at(server, tmp_path)
    service.not_listed = {"MED/1003"}
    lost = missing(fetch(source, [f"MED/{one}" for one in PMIDS]))
    assert {name: (one.reason, one.is_explained) for name, one in lost.items()} == {"MED/1003": ("not_given", False)}
    named = source.list_records(Question(topic="t", pmids=("1003", "1004")))
    assert [(one.record_id, one.reason, one.is_explained) for one in named.missing] == [
        ("MED/1003", "not_listed", False)
    ]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (CHALLENGE_PAGE, "challenge_page"),
        (error_bean("The database is away"), "error_answer"),
        (Answer(body=full_text("Words").body[:-20]), "cut_body"),
        (Answer(body=b"Backend fetch failed"), "not_xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_full_text_that_is_none_is_not_landed(
    fault: Answer, reason: str, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    service, source = europepmc_at(server, tmp_path)
    service.full_texts = {"PMC1": full_text("Words"), "PMC2": full_text("Words"), "PMC3": fault}
    asked = [f"PMC{number}/fullTextXML" for number in (1, 2, 3)]
    server.misbehave("/europepmc/webservices/rest/PMC1", fault)
    lost = missing(fetch(source, asked))
    assert {name: (one.reason, one.is_explained) for name, one in lost.items()} == {"PMC3/fullTextXML": (reason, False)}


def test_thousands_of_ids_each_have_one_answer(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    ids = [f"NCT{number:08}" for number in range(1, 1_501)]
    registry = SimulatedCtgov(server, [study(one) for one in ids if not one.endswith("77")])
    many = SourceConfig(base_url=registry.base_url, records_per_request=250, ids_per_page=1000)
    answers = fetch(ClinicalTrialsGov(many, polite_session(tmp_path, attempts=3)[0]), ids)
    assert sorted(missing(answers)) == [one for one in ids if one.endswith("77")]
