"""Pages of a list that cannot be read: asked for again, and where they stay so there is no list. Nothing is dropped."""

import contextlib
import json
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.replay.answers import CHALLENGE_PAGE
from tests.replay.apis import DOIS, NCT, PMIDS, SEARCH, WINDOW, crossref_at, europepmc_at, registry_at
from tests.replay.crossref import update, work
from tests.replay.pubmed import SEARCH as ESEARCH
from tests.replay.pubmed import SimulatedPubMed, client, generated
from tests.replay.server import Answer, ReplayServer, Request
from trialhouse.sources.asking import ListingFailed, Question, Source

Handler = Callable[[Request], Answer]


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


class Asked:
    """A source, what it is asked, the path of its lists, and who answers there."""

    def __init__(self, name: str, server: ReplayServer, folder: pathlib.Path) -> None:
        self.server, self.question = server, SEARCH
        source: Source
        if name == "pubmed":
            pubmed = SimulatedPubMed(generated(25, first=WINDOW.first, days=5, word="psoriasis"))
            source = client(pubmed.serve(server), folder, ids_per_page=10)
            self.path, self.answer = ESEARCH, pubmed.search
            self.ids = set(pubmed.records)
        elif name == "ctgov":
            registry, source = registry_at(server, folder)
            self.path, self.answer, self.ids = "/api/v2/studies", registry._answer, set(NCT)
        elif name == "europepmc":
            service, source = europepmc_at(server, folder)
            self.path, self.answer = "/europepmc/webservices/rest", service._answer
            self.ids = {f"MED/{one}" for one in PMIDS}
        else:
            api, source = crossref_at(server, folder)
            api.works["10.5555/notice"] = work("10.5555/notice", update_to=[update(DOIS[0])])
            self.question = Question(topic="t", dois=tuple(DOIS))
            self.path, self.answer, self.ids = "/works", api._answer, {*DOIS, "10.5555/notice"}
        self.source = source

    def spoil(self, spoilt: Callable[[bytes], bytes], times: int) -> None:
        """Spoil the answers to the lists, so many of them."""
        left = [times]

        def answer(request: Request) -> Answer:
            given = self.answer(request)
            left[0] -= 1
            return Answer(headers=given.headers, body=spoilt(given.body)) if left[0] >= 0 else given

        self.server.route(self.path, answer)


NAMES = ["pubmed", "ctgov", "europepmc", "crossref"]

UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda body: body[: len(body) // 2],
    "broken syntax": lambda body: body.replace(b":", b";", 2),
    "a missing comma": lambda body: body.replace(b", ", b" ").replace(b",", b" "),
    "more than one value": lambda body: body + b"{}",
    "nothing": lambda body: b"",
    "no object": lambda body: b"[1]",
    "another charset": lambda body: body.replace(b"{", b'{"a": "\xe9",', 1),
    "a web page": lambda body: CHALLENGE_PAGE.body,
}


@pytest.mark.parametrize("fault", UNREADABLE)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_cannot_be_read_is_asked_for_again_or_there_is_no_list(
    name: str, fault: str, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    asked = Asked(name, server, tmp_path)
    asked.spoil(UNREADABLE[fault], 1)
    listing = asked.source.list_records(asked.question)
    assert (set(listing.record_ids), listing.missing) == (asked.ids, ())
    asked.spoil(UNREADABLE[fault], 1000)
    with pytest.raises(ListingFailed) as failure:
        asked.source.list_records(asked.question)
    assert failure.value.reason
    assert "listed" in str(failure.value) or "searched" in str(failure.value)


ODD: list[object] = [None, 5, True, ["x"], {"a": 1}, "\ud800"]

MEMBERS: list[tuple[str, tuple[str | int, ...]]] = [
    ("pubmed", ("esearchresult", "count")),
    ("pubmed", ("esearchresult", "idlist", 0)),
    ("ctgov", ("nextPageToken",)),
    ("ctgov", ("studies", 0, "protocolSection", "identificationModule", "nctId")),
    ("europepmc", ("hitCount",)),
    ("europepmc", ("nextCursorMark",)),
    ("europepmc", ("resultList", "result", 0, "id")),
    ("europepmc", ("resultList", "result", 0, "source")),
    ("crossref", ("message", "items", 0, "DOI")),
    ("crossref", ("message", "total-results")),
    ("crossref", ("message", "next-cursor")),
]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize(("name", "path"), MEMBERS, ids=lambda one: one if isinstance(one, str) else str(one[-1]))
def test_members_of_another_kind_give_no_ids_that_nobody_has(
    name: str, path: tuple[str | int, ...], odd: object, server: ReplayServer, tmp_path: pathlib.Path
) -> None:
    asked = Asked(name, server, tmp_path)

    def spoilt(body: bytes) -> bytes:
        page: Any = json.loads(body)
        try:
            inner = page
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = odd
        except LookupError:
            return body
        return json.dumps(page).encode()

    asked.spoil(spoilt, 1000)
    with contextlib.suppress(ListingFailed):
        listing = asked.source.list_records(asked.question)
        # Where a list came, it is the whole one: the cursor was odd that nobody needs.
        assert (set(listing.record_ids), listing.missing) == (asked.ids, ())
