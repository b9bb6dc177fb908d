"""Crossref is asked about every paper each night, and no paper is opened for that which is known in brief."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay.pubmed import Simulated, article
from tests.replay.refreshes import later, run
from tests.replay.server import ReplayServer
from tests.replay.world import TODAY, World
from trialhouse.model.document import Receipt
from trialhouse.pipeline.derived import DerivedStore
from trialhouse.pipeline.document_reading import Derived
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings


@pytest.fixture
def world() -> Iterator[World]:
    with ReplayServer() as server:
        yield World(server, papers=0, searches=())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that are read whole."""
    found: list[str] = []
    read = DerivedStore.read

    def noted(store: DerivedStore, receipt: Receipt) -> Derived:
        found.append(receipt.record_id)
        return read(store, receipt)

    monkeypatch.setattr(DerivedStore, "read", noted)
    return found


def add_paper(world: World, pmid: int, day: datetime.date = TODAY - datetime.timedelta(days=30)) -> None:
    own = b'<ArticleId IdType="doi">10.5555/%d</ArticleId></ArticleIdList>' % pmid
    data = article(pmid).replace(b"</ArticleIdList>", own)
    world.pubmed.records[str(pmid)] = Simulated(data, day, day, frozenset({"apple"}))


def asked_of_crossref(world: World) -> set[str]:
    """The DOIs that were asked for since the last time, together or one by one."""
    filters = (one for request in world.server.requests for one in request.query.get("filter", ()))
    found = {term.removeprefix("doi:") for one in filters for term in one.split(",") if term.startswith("doi:")}
    found.update(world.crossref.asked_alone())
    world.server.requests.clear()
    return found


@pytest.fixture
def settings(world: World, tmp_path: Path) -> Settings:
    """The settings of a warehouse with two papers."""
    add_paper(world, 1)
    add_paper(world, 2)
    settings = world.settings(tmp_path)
    run(settings)
    assert asked_of_crossref(world) == {"10.5555/1", "10.5555/2"}
    return settings


def test_only_new_papers_are_opened(world: World, settings: Settings, opened: list[str]) -> None:
    opened.clear()
    run(settings, later(1))
    assert asked_of_crossref(world) == {"10.5555/1", "10.5555/2"}
    assert opened == []
    add_paper(world, 3, later(2).date())
    run(settings, later(2))
    assert asked_of_crossref(world) == {"10.5555/1", "10.5555/2", "10.5555/3"}
    assert set(opened) == {"3"}


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[: len(data) // 2] + b"?" * 40])
def test_damaged_briefs_leave_no_paper_out(world: World, settings: Settings, damage) -> None:
    (path,) = Layout(settings.warehouse).derived.rglob("briefs.parquet")
    path.write_bytes(damage(path.read_bytes()))
    run(settings, later(1))
    assert asked_of_crossref(world) == {"10.5555/1", "10.5555/2"}
