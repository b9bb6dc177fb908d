import datetime
import json
import pathlib
from collections.abc import Iterator

import pytest

from tests.replay.europepmc import SimulatedEuropePmc, error_bean, full_text, paper
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Dates, Fetched, Missing, Question, Window
from trialhouse.sources.europepmc import EuropePmc

WINDOW = Window(dates=Dates.CREATED, first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 20))
OPEN = {"isOpenAccess": "Y", "inEPMC": "Y"}


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


def source(base_url: str, folder: pathlib.Path, email: str | None = None, **config: int) -> EuropePmc:
    return EuropePmc(SourceConfig(base_url=base_url, **config), polite_session(folder, attempts=3)[0], email)


def test_a_query_is_listed_with_preprints_and_open_full_texts(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    papers = [paper("MED", f"{number}") for number in range(100, 125)]
    papers += [
        paper("PPR", "PPR7"),
        paper("MED", "900", pmcid="PMC9", **OPEN),
        paper("MED", "901", pmcid="PMC10", isOpenAccess="N", inEPMC="Y"),
    ]
    service = SimulatedEuropePmc(server, papers)
    listing = source(service.base_url, tmp_path, "reader@example.org", ids_per_page=10).list_records(
        Question(topic="t", query="psoriasis OR eczema", window=WINDOW)
    )
    expected = [
        one for name in sorted(service.papers) for one in ([name, "PMC9/fullTextXML"] if "900" in name else [name])
    ]
    assert listing.record_ids == tuple(expected)
    assert (listing.matched, listing.missing) == (29, ())
    first = service.searches()[0]
    assert first["query"] == ["(psoriasis OR eczema) AND FIRST_IDATE:[2026-11-01 TO 2026-11-20]"]
    assert (first["resultType"], first["pageSize"], first["cursorMark"]) == (["lite"], ["10"], ["*"])
    assert first["email"] == ["reader@example.org"]
    assert len(service.searches()) == 3


def test_a_later_window_is_about_the_day_of_change(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    service = SimulatedEuropePmc(server, [paper("MED", "1")])
    window = WINDOW.model_copy(update={"dates": Dates.UPDATED})
    source(service.base_url, tmp_path).list_records(Question(topic="t", query="x", window=window))
    assert service.searches()[0]["query"] == ["(x) AND UPDATE_DATE:[2026-11-01 TO 2026-11-20]"]


def test_papers_are_named_by_pmid_and_doi(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    papers = [
        paper("MED", "11", doi="10.5555/A.1"),
        paper("PPR", "PPR1", doi="10.5555/a.1"),
        paper("MED", "12"),
        paper("AGR", "12", doi="10.5555/other"),
    ]
    service = SimulatedEuropePmc(server, papers)
    # The service finds DOIs in any case of letters; the simulated one by their letters.
    service.papers["MED/11"]["doi"] = "10.5555/a.1"
    service.looks_like = {"AGR/12": "10.5555/a.1"}
    named = Question(topic="t", pmids=("12", "13"), dois=("https://doi.org/10.5555/A.1", "10.5555/none", "10,5"))
    listing = source(service.base_url, tmp_path).list_records(named)
    assert listing.record_ids == ("MED/11", "MED/12", "PPR/PPR1")
    assert {(one.record_id, one.reason, one.is_explained) for one in listing.missing} == {
        ("MED/13", "not_in_source", True),
        ("10.5555/none", "not_in_source", True),
        ("10,5", "bad_id", True),
    }
    assert listing.matched == 6


def test_a_doi_that_only_papers_of_other_dois_are_found_under_is_not_there(
    server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    service = SimulatedEuropePmc(server, [paper("MED", "11", doi="10.5555/a.10")])
    service.looks_like = {"MED/11": "10.5555/a.1"}
    named = Question(topic="t", dois=("10.5555/a.1",))
    (absent,) = source(service.base_url, tmp_path).list_records(named).missing
    assert (absent.reason, absent.is_explained) == ("not_in_source", True)
    # What is counted and not listed may be the paper itself.
    service.counted_too_many = 1
    (absent,) = source(service.base_url, tmp_path).list_records(named).missing
    assert (absent.reason, absent.is_explained) == ("not_listed", False)


def test_records_come_with_their_bytes_and_licences(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    papers = [paper("MED", f"{number}", abstractText="p < 0.05 – é", license="cc by") for number in range(1, 6)]
    service = SimulatedEuropePmc(server, [*papers, paper("PPR", "PPR1")])
    service.full_texts["PMC9"] = full_text("Whole words")
    asked = ["PMC9/fullTextXML", "PPR/PPR1", "MED/5", "MED/1", "PMC8/fullTextXML"]
    answers = {
        one.record_id: one
        for one in source(service.base_url, tmp_path, "reader@example.org", records_per_request=2).fetch(
            asked, lambda record_id: None
        )
    }
    assert sorted(answers) == sorted(asked)
    record = answers["MED/5"]
    assert isinstance(record, Fetched)
    assert record.data == json.dumps(papers[4], ensure_ascii=False).encode()
    assert (record.license, record.locator) == ("cc by", f"{service.base_url}/article/MED/5")
    text = answers["PMC9/fullTextXML"]
    assert isinstance(text, Fetched)
    assert (text.data, text.media_type) == (full_text("Whole words").body, "application/xml")
    closed = answers["PMC8/fullTextXML"]
    assert isinstance(closed, Missing)
    assert (closed.reason, closed.is_explained) == ("no_full_text", True)
    assert "reader@example.org" not in "".join(one.model_dump_json() for one in answers.values())


def test_what_the_service_does_not_have_is_explained(server: ReplayServer, tmp_path: pathlib.Path) -> None:
    service = SimulatedEuropePmc(server, [paper("MED", "1")])
    service.full_texts["PMC1"] = error_bean("Article with id PMC1 is not open access one")
    asked = ["MED/1", "MED/2", "PMC1/fullTextXML", "no id"]
    answers = {one.record_id: one for one in source(service.base_url, tmp_path).fetch(asked, lambda record_id: None)}
    assert isinstance(answers["MED/1"], Fetched)
    reasons = {name: (one.reason, one.is_explained) for name, one in answers.items() if isinstance(one, Missing)}
    assert reasons == {
        "MED/2": ("not_in_source", True),
        "PMC1/fullTextXML": ("no_full_text", True),
        "no id": ("bad_id", False),
    }


def test_recorded_answers_are_read(server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path) -> None:
    recorded = shared / "recorded" / "europepmc"
    core = (recorded / "pyeuropepmc" / "search_cancer_core.json").read_bytes()
    results = {f"{one['source']}/{one['id']}": one for one in json.loads(core)["resultList"]["result"]}
    server.route("/searchPOST", lambda request: Answer(body=core))
    answers = list(source(server.url, tmp_path).fetch(list(results), lambda record_id: None))
    assert {one.record_id: json.loads(one.data) for one in answers if isinstance(one, Fetched)} == results
    assert {one.license for one in answers if isinstance(one, Fetched)} >= {"cc by", None}


def test_a_recorded_search_without_a_cursor_is_a_whole_list(
    server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path
) -> None:
    folder = shared / "recorded" / "europepmc" / "biomcp"
    for path in sorted(folder.glob("*.json")):
        page = json.loads(path.read_bytes())
        body = path.read_bytes()
        server.route("/searchPOST", lambda request, body=body: Answer(body=body))  # type: ignore[misc]
        listing = source(server.url, tmp_path).list_records(Question(topic="t", query="x", window=WINDOW))
        papers = [one for one in listing.record_ids if "/fullTextXML" not in one]
        assert papers == [f"{one['source']}/{one['id']}" for one in page["resultList"]["result"]]
        opened = [one for one in page["resultList"]["result"] if (one["isOpenAccess"], one["inEPMC"]) == ("Y", "Y")]
        assert len(listing.record_ids) - len(papers) == len(opened)


def test_a_recorded_refusal_of_a_closed_text_is_an_explanation(
    server: ReplayServer, tmp_path: pathlib.Path, shared: pathlib.Path
) -> None:
    body = (shared / "recorded/europepmc/biomcp/pmc3040717-supplementary-not-open-access.xml").read_bytes()
    server.route("/PMC3040717/fullTextXML", lambda request: Answer(body=body))
    (answer,) = source(server.url, tmp_path).fetch(["PMC3040717/fullTextXML"], lambda record_id: None)
    assert isinstance(answer, Missing)
    assert answer.is_explained
    assert "not open access" in answer.message
