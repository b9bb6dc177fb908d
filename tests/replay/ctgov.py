"""ClinicalTrials.gov's API v2 as far as Trialhouse asks it, on a ReplayServer: pages, tokens, aliases, refusals.

Tokens carry the state of the data as the real ones do: after `publish` those given before are refused.
"""

import datetime
import json
import re
from collections.abc import Iterable

from tests.replay.server import Answer, ReplayServer, Request

_BASE = "/api/v2"
_ID = re.compile(r"[Nn][Cc][Tt]0*[1-9]\d{0,7}")
_WINDOW = re.compile(r"AREA\[(\w+)\]RANGE\[([\d-]+),([\d-]+)\]")


def study(nct_id: str, aliases: Iterable[str] = (), title: str = "A trial") -> dict[str, object]:
    """A study with little in it."""
    identification: dict[str, object] = {"nctId": nct_id, "briefTitle": title}
    if aliases:
        identification["nctIdAliases"] = list(aliases)
    return {"protocolSection": {"identificationModule": identification}, "hasResults": False}


class SimulatedCtgov:
    """The registry: what it holds, and what it was told to do wrong.

    `posted` has the days on which studies were first posted and last updated; one without days is in every window.
    """

    def __init__(self, server: ReplayServer, studies: Iterable[dict[str, object]]) -> None:
        self.server = server
        self.base_url = server.url + _BASE
        self.studies = {_number(one): one for one in studies}
        self.posted: dict[str, dict[str, datetime.date]] = {}
        self.timestamp = "2026-11-20T09:00:05"
        self.never_given: set[str] = set()
        self.spoils_pages: set[str] = set()
        self.total_of_page: dict[int, int] = {}
        self.pages: list[list[str]] | None = None
        self.echoes_token = False
        server.route(_BASE, self._answer)

    def publish(self, timestamp: str) -> None:
        """A new state of the data: tokens of the one before are refused from now on."""
        self.timestamp = timestamp

    def pages_asked(self) -> int:
        """How many pages of the list were asked for."""
        return sum("fields" in request.query for request in self.server.requests)

    def asked_alone(self) -> list[str]:
        """The numbers of the studies that were asked for one by one."""
        asked = [request.path.removeprefix(f"{_BASE}/studies/") for request in self.server.requests]
        return [one for one in asked if "/" not in one]

    def _answer(self, request: Request) -> Answer:
        path = request.path.removeprefix(_BASE)
        if path == "/version":
            return _json({"apiVersion": "2.0.5", "dataTimestamp": self.timestamp})
        if path.startswith("/studies/"):
            return self._one(path.removeprefix("/studies/"))
        if "filter.ids" in request.query:
            return self._by_ids(request.query["filter.ids"][0].split("|"))
        return self._page(request)

    def _one(self, nct_id: str) -> Answer:
        if not _ID.fullmatch(nct_id):
            return _text(400, f"`nctId` has incorrect format {nct_id}")
        main = next((number for number, one in self.studies.items() if nct_id in _aliases(one)), None)
        if main is not None:
            return Answer(status=301, headers={"Location": f"{_BASE}/studies/{main}"})
        if nct_id not in self.studies or nct_id in self.never_given:
            return _text(404, f"NCT number {nct_id} not found")
        return _json(self.studies[nct_id])

    def _by_ids(self, ids: list[str]) -> Answer:
        bad = [one for one in ids if not _ID.fullmatch(one)]
        if bad:
            return _text(400, f"`filter.ids` has incorrect format {bad[0]}")
        if self.spoils_pages.intersection(ids):
            return Answer(status=500, headers={"Content-Type": "text/plain"}, body=b"Internal Server Error")
        given = [
            one
            for number, one in self.studies.items()
            if (number in ids or _aliases(one).intersection(ids)) and number not in self.never_given
        ]
        # The registry writes each study on a line of its own, and a full page names a next one.
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in given)
        return Answer(
            headers={"Content-Type": "application/json"},
            body=f'{{"studies":[\n{lines}\n],"nextPageToken":"NF0g5JGBlPMuwQY7"}}'.encode(),
        )

    def _page(self, request: Request) -> Answer:
        if "RANGE[" not in request.query.get("query.term", [""])[0]:
            return _text(400, "a list without a window")
        token = request.query.get("pageToken", [""])[0]
        number, _, state = token.partition("@")
        if token and state != self.timestamp:
            return _text(400, "Invalid page token")
        at = int(number or 0)
        pages = self.pages if self.pages is not None else self._pages(request)
        page: dict[str, object] = {"studies": [study(one) for one in pages[at]]}
        if at == 0 or at in self.total_of_page:
            page["totalCount"] = self.total_of_page.get(at, len({one for ids in pages for one in ids}))
        if self.echoes_token:
            page["nextPageToken"] = token or f"0@{self.timestamp}"
        elif at + 1 < len(pages):
            page["nextPageToken"] = f"{at + 1}@{self.timestamp}"
        return _json(page)

    def _pages(self, request: Request) -> list[list[str]]:
        size = int(request.query["pageSize"][0])
        window = _WINDOW.search(request.query["query.term"][0])
        ids = [one for one in sorted(self.studies) if window is None or self._is_within(one, *window.groups())]
        return [ids[start : start + size] for start in range(0, len(ids), size)] or [[]]

    def _is_within(self, nct_id: str, area: str, first: str, last: str) -> bool:
        day = self.posted.get(nct_id, {}).get(area)
        return day is None or datetime.date.fromisoformat(first) <= day <= datetime.date.fromisoformat(last)


def _number(one: dict[str, object]) -> str:
    return str(one["protocolSection"]["identificationModule"]["nctId"])  # type: ignore[index]


def _aliases(one: dict[str, object]) -> set[str]:
    return set(one["protocolSection"]["identificationModule"].get("nctIdAliases", ()))  # type: ignore[index]


def _json(value: object) -> Answer:
    return Answer(headers={"Content-Type": "application/json"}, body=json.dumps(value, ensure_ascii=False).encode())


def _text(status: int, words: str) -> Answer:
    return Answer(status=status, headers={"Content-Type": "text/plain"}, body=words.encode())
