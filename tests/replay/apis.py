"""The three sources that answer JSON, each at its simulated service with thirty records, and what tests ask of them."""

import datetime
import pathlib
from collections.abc import Iterator

import pytest

from tests.replay.crossref import SimulatedCrossref, work
from tests.replay.ctgov import SimulatedCtgov, study
from tests.replay.europepmc import SimulatedEuropePmc, paper
from tests.replay.polite import polite_session
from tests.replay.server import ReplayServer
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Dates, ListingFailed, Question, Source, Window
from trialhouse.sources.crossref import Crossref
from trialhouse.sources.ctgov import ClinicalTrialsGov
from trialhouse.sources.europepmc import EuropePmc

WINDOW = Window(dates=Dates.UPDATED, first=datetime.date(2026, 11, 1), last=datetime.date(2026, 11, 20))
SEARCH = Question(topic="t", query="psoriasis", window=WINDOW)
NCT = [f"NCT{number:08}" for number in range(1, 31)]
PMIDS = [f"{number}" for number in range(1001, 1031)]
DOIS = [f"10.5555/paper.{number:02}" for number in range(30)]


def config(base_url: str) -> SourceConfig:
    return SourceConfig(base_url=base_url, records_per_request=10, ids_per_page=10)


def registry_at(server: ReplayServer, folder: pathlib.Path) -> tuple[SimulatedCtgov, ClinicalTrialsGov]:
    simulated = SimulatedCtgov(server, [study(one) for one in NCT])
    return simulated, ClinicalTrialsGov(config(simulated.base_url), polite_session(folder, attempts=3)[0])


def europepmc_at(server: ReplayServer, folder: pathlib.Path) -> tuple[SimulatedEuropePmc, EuropePmc]:
    simulated = SimulatedEuropePmc(server, [paper("MED", one) for one in PMIDS])
    return simulated, EuropePmc(config(simulated.base_url), polite_session(folder, attempts=3)[0])


def crossref_at(server: ReplayServer, folder: pathlib.Path) -> tuple[SimulatedCrossref, Crossref]:
    simulated = SimulatedCrossref(server, [work(one) for one in DOIS])
    return simulated, Crossref(config(simulated.base_url), polite_session(folder, attempts=3)[0])


def sources(server: ReplayServer, folder: pathlib.Path) -> Iterator[tuple[Source, list[str], str]]:
    """Each source with ids it has and the path it is asked at."""
    yield registry_at(server, folder)[1], NCT, "/api/v2/studies"
    yield europepmc_at(server, folder)[1], [f"MED/{one}" for one in PMIDS], "/europepmc/webservices/rest"
    yield crossref_at(server, folder)[1], DOIS, "/works"


def refusal(source: Source, question: Question = SEARCH) -> tuple[str, str]:
    """The reason and the words of a listing that failed."""
    with pytest.raises(ListingFailed) as failure:
        source.list_records(question)
    return failure.value.reason, str(failure.value)
