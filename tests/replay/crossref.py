"""Crossref's REST API as far as Trialhouse asks it, on a ReplayServer: filters, cursors, rate headers, refusals."""

import json
import re
from collections.abc import Iterable

from tests.replay.server import Answer, ReplayServer, Request

_DOI = re.compile(r"10\.\d{4,9}/\S+")

Work = dict[str, object]


def work(doi: str, **more: object) -> Work:
    """A work with little in it; names with an underscore stand for fields with a hyphen."""
    return {"DOI": doi, "type": "journal-article", **{name.replace("_", "-"): value for name, value in more.items()}}


def update(doi: str, kind: str = "retraction", source: str = "publisher") -> dict[str, object]:
    """An entry of `updated-by` or `update-to`."""
    return {"DOI": doi, "type": kind, "source": source, "label": kind.capitalize()}


class SimulatedCrossref:
    """The API: what it holds, and what it was told to do wrong."""

    def __init__(self, server: ReplayServer, works: Iterable[Work]) -> None:
        self.server = server
        self.base_url = server.url
        self.works = {str(one["DOI"]).lower(): one for one in works}
        self.aliases: dict[str, str] = {}
        self.refused: set[str] = set()
        self.never_listed: set[str] = set()
        self.counted_too_many = 0
        self.rate = ("50", "1s")
        server.route("/works", self._answer)

    def asked_alone(self) -> list[str]:
        """The DOIs that were asked for one by one."""
        paths = [request.path for request in self.server.requests]
        return [path.removeprefix("/works/") for path in paths if path.startswith("/works/")]

    def _answer(self, request: Request) -> Answer:
        doi = request.path.removeprefix("/works").removeprefix("/")
        if doi:
            return self._one(doi.lower())
        terms = [term.partition(":")[::2] for term in request.query["filter"][0].split(",")]
        wrong = [value for name, value in terms if name not in ("doi", "updates") or not _DOI.fullmatch(value)]
        refused = [value for _, value in terms if value in self.refused]
        if wrong or refused:
            return self._failed(400, f"Filter specified as {(wrong or refused)[0]} but it must be a DOI")
        return self._list(request, {name: {v for n, v in terms if n == name} for name, _ in terms})

    def _one(self, doi: str) -> Answer:
        found = self.works.get(self.aliases.get(doi, doi))
        if found is None:
            return self._answered(404, b"Resource not found.")
        return self._said("work", found)

    def _list(self, request: Request, filters: dict[str, set[str]]) -> Answer:
        found = [
            one
            for doi, one in self.works.items()
            if doi in filters.get("doi", ()) or filters.get("updates", set()).intersection(_updated(one))
        ]
        listed = [one for one in found if str(one["DOI"]).lower() not in self.never_listed]
        start = int(request.query.get("cursor", ["*"])[0].replace("*", "0"))
        items = listed[start : start + int(request.query["rows"][0])]
        if "select" in request.query:
            fields = request.query["select"][0].split(",")
            items = [{field: one[field] for field in fields if field in one} for one in items]
        message = {"facets": {}, "total-results": len(found) + self.counted_too_many, "items": items}
        if "cursor" in request.query:
            message["next-cursor"] = str(start + len(items))
        return self._said("work-list", message)

    def _said(self, kind: str, message: object) -> Answer:
        said = {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}
        # Crossref writes a slash as \/.
        return self._answered(200, json.dumps(said, ensure_ascii=False).replace("/", "\\/").encode())

    def _failed(self, status: int, words: str) -> Answer:
        said = {
            "status": "failed",
            "message-type": "validation-failure",
            "message": [{"type": "parameter-not-allowed", "message": words}],
        }
        return self._answered(status, json.dumps(said).encode())

    def _answered(self, status: int, body: bytes) -> Answer:
        headers = {
            "Content-Type": "application/json;charset=utf-8",
            "x-rate-limit-limit": self.rate[0],
            "x-rate-limit-interval": self.rate[1],
            "x-api-pool": "polite",
        }
        return Answer(status=status, headers=headers, body=body)


def _updated(one: Work) -> set[str]:
    updates = one.get("update-to")
    return {str(entry["DOI"]).lower() for entry in updates} if isinstance(updates, list) else set()
