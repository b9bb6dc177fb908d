"""Europe PMC's REST service as far as Trialhouse asks it, on a ReplayServer: cursors that echo, counts too high.

Queries are understood as far as they name papers (`EXT_ID:`, `DOI:`); any other query matches every paper.
"""

import json
import re
from collections.abc import Iterable

from tests.replay.server import Answer, ReplayServer, Request

_BASE = "/europepmc/webservices/rest"
_LITE = ("id", "source", "pmid", "pmcid", "doi", "title", "isOpenAccess", "inEPMC")

Paper = dict[str, object]


def paper(source: str, number: str, **more: object) -> Paper:
    """A record with little in it, closed unless `more` says otherwise."""
    own = {"pmid": number} if source == "MED" else {}
    closed = {"isOpenAccess": "N", "inEPMC": "N"}
    return {"id": number, "source": source, **own, "title": f"Paper {number}", **closed, **more}


class SimulatedEuropePmc:
    """The service: what it holds, and what it was told to do wrong."""

    def __init__(self, server: ReplayServer, papers: Iterable[Paper]) -> None:
        self.server = server
        self.base_url = server.url + _BASE
        self.papers = {f"{one['source']}/{one['id']}": one for one in papers}
        self.full_texts: dict[str, Answer] = {}
        self.counted_too_many = 0
        self.counts: list[int] = []
        self.not_listed: set[str] = set()
        self.hidden_once: set[str] = set()
        self.refused: set[str] = set()
        self.looks_like: dict[str, str] = {}
        self.cursors: list[str] | None = None
        self.last_page_leaves_cursor_out = False
        server.route(_BASE, self._answer)

    def searches(self) -> list[dict[str, list[str]]]:
        """The forms of the searches that were asked."""
        return [request.form for request in self.server.requests if request.path.endswith("/searchPOST")]

    def _answer(self, request: Request) -> Answer:
        path = request.path.removeprefix(_BASE)
        if path == "/searchPOST":
            return self._search({name: values[0] for name, values in request.form.items()})
        if path.endswith("/fullTextXML"):
            missing = Answer(status=404, headers={"Content-Type": "text/plain"}, body=b"Not Found")
            return self.full_texts.get(path.removeprefix("/").removesuffix("/fullTextXML"), missing)
        return Answer(status=405, body=b"Method Not Allowed")

    def _search(self, form: dict[str, str]) -> Answer:
        size, query = int(form["pageSize"]), form["query"]
        if not 1 <= size <= 1000:
            return _json({"errCode": 404, "errMsg": "Invalid page size provided. Valid size is between 1 and 1000"})
        if any(name in query for name in self.refused):
            return _json({"version": "6.9", "errCode": 404, "errMsg": "The query could not be parsed"})
        matching = self._matching(query)
        listed = [name for name in matching if name not in self.not_listed]
        start = 0 if form["cursorMark"] == "*" else int(form["cursorMark"].removeprefix("at-"))
        names = listed[start : start + size]
        shown = [name for name in names if name not in self.hidden_once]
        self.hidden_once.difference_update(names)
        page: dict[str, object] = {
            "version": "6.9",
            "hitCount": self.counts.pop(0) if self.counts else len(matching) + self.counted_too_many,
            "request": {"queryString": query, "resultType": form["resultType"], "cursorMark": form["cursorMark"]},
            "resultList": {"result": [self._shown(name, form["resultType"]) for name in shown]},
        }
        following = f"at-{start + len(names)}" if names else form["cursorMark"]
        if self.cursors:
            following = self.cursors.pop(0)
        if not (self.last_page_leaves_cursor_out and start + size >= len(listed)):
            page["nextCursorMark"] = following
        return _json(page)

    def _matching(self, query: str) -> list[str]:
        names = {f"{source}/{number}" for number, source in re.findall(r'EXT_ID:"?([^" ]+)"? AND SRC:(\w+)', query)}
        dois = set(re.findall(r'DOI:"([^"]+)"', query))
        names |= {name for name, doi in self.looks_like.items() if doi in dois}
        if not names and not dois:
            return sorted(self.papers)
        return [name for name, one in sorted(self.papers.items()) if name in names or one.get("doi") in dois]

    def _shown(self, name: str, result_type: str) -> Paper:
        one = self.papers[name]
        return one if result_type == "core" else {field: one[field] for field in _LITE if field in one}


def error_bean(words: str) -> Answer:
    """How the service says in XML, under HTTP 200, that it has an answer but not the one asked for."""
    body = f'<?xml version="1.0"?><errorBean><errCode>0</errCode><errMsg>{words}</errMsg></errorBean>'
    return Answer(headers={"Content-Type": "application/xml"}, body=body.encode())


def full_text(words: str) -> Answer:
    """A small article in JATS."""
    body = (
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.4//EN" "j.dtd">'
        f"<article><body><p>{words}</p></body></article>\n"
    )
    return Answer(headers={"Content-Type": "application/xml"}, body=body.encode())


def _json(value: object) -> Answer:
    return Answer(headers={"Content-Type": "application/json"}, body=json.dumps(value, ensure_ascii=False).encode())
