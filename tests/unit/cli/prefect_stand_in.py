"""A stand-in for the API of a Prefect server: what it has is a few lists, and what it was told is kept."""

import json
from typing import Any

from tests.replay.server import Answer, ReplayServer, Request
from trialhouse.cli.prefect_api import POOL, WRITERS, PrefectApi

JSON = {"Content-Type": "application/json"}


class PrefectStandIn:
    """The lists may be changed while it answers. `told` are the paths that changed something, each with its content."""

    def __init__(self, server: ReplayServer) -> None:
        self.server = server
        self.api = PrefectApi(f"{server.url}/api")
        self.has_pool, self.is_paused = True, False
        self.queue: dict[str, Any] | None = {"name": WRITERS, "concurrency_limit": 1}
        self.deployments: list[dict[str, Any]] = []
        self.runs: list[dict[str, Any]] = []
        self.workers: list[list[dict[str, Any]]] = [[]]
        self.told: list[tuple[str, Any]] = []
        server.route("/api", self._answer)

    def _answer(self, request: Request) -> Answer:
        path = request.path.removeprefix("/api/")
        content = json.loads(request.body) if request.body else None
        if path == "health":
            return _said(True)
        if path == f"work_pools/{POOL}/workers/filter":
            # What is heard of workers goes on from asking to asking; the last answer stays.
            return _said(self.workers.pop(0) if len(self.workers) > 1 else self.workers[0])
        if path == "work_pools/filter":
            return _said([{"name": POOL, "is_paused": self.is_paused}] if self.has_pool else [])
        if path == "deployments/filter":
            return _said(self.deployments)
        if path == "flow_runs/filter":
            state = content["flow_runs"]["state"]
            return _said([run for run in self.runs if all(_fits(run, key, state[key]) for key in state)])
        if request.method == "GET":
            there = {f"work_pools/{POOL}": {"name": POOL} if self.has_pool else None}
            found_one = there.get(path) or (self.queue if path == f"work_pools/{POOL}/queues/{WRITERS}" else None)
            return _said(found_one) if found_one else Answer(status=404, headers=JSON, body=b"{}")
        self.told.append((path, content))
        return Answer(status=204, headers=JSON)


def _fits(run: dict[str, Any], key: str, wanted: dict[str, list[str]]) -> bool:
    return run[f"state_{key}"] in wanted["any_"]


def _said(content: object) -> Answer:
    return Answer(headers=JSON, body=json.dumps(content).encode())
