"""Live refreshes and backfills as the command line runs them: in flows, against sources played on this machine."""

import json
import pathlib
import subprocess
import sys
from typing import Any

import pytest

from tests.replay.pubmed import FETCH
from tests.replay.server import ReplayServer
from tests.replay.world import World
from trialhouse.releases.catalog import list_releases

pytestmark = pytest.mark.prefect


def command(environ: dict[str, str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    program = [sys.executable, "-m", "trialhouse", *arguments, "--profile", "live", "--json"]
    ended = subprocess.run(program, env=environ, capture_output=True, text=True, check=False)
    return ended.returncode, json.loads(ended.stdout or "{}"), ended.stderr


def test_a_refresh_then_a_backfill_that_is_done_once(prefect_environ: dict[str, str], tmp_path: pathlib.Path) -> None:
    with ReplayServer() as server:
        world = World(server, papers=40, batch_size=10, searches=())
        environ = prefect_environ | world.configuration(tmp_path / "config")
        warehouse = tmp_path / "warehouse"
        code, result, told = command(environ, "refresh", "--topic", "fruit", "--warehouse", str(warehouse))
        assert (code, result["status"]) == (0, "published"), told
        (row,) = result["accounting"]
        assert (row["source"], row["asked"], row["received"], row["parsed"]) == ("pubmed", 40, 40, 40)
        assert "Asking the sources" in told
        interval = ["--from", "2026-10-01", "--to", "2026-11-01"]
        asked = fetched(server)
        code, result, told = command(environ, "backfill", *interval, "--warehouse", str(warehouse))
        assert (code, result["status"]) == (0, "unchanged"), told
        again = fetched(server) - asked
        assert 0 < again < 40
        (row,) = result["accounting"]
        assert (row["asked"], row["unchanged"]) == (again, again)
        code, result, told = command(environ, "backfill", *interval, "--warehouse", str(warehouse))
        assert (code, result["accounting"]) == (0, []), told
        assert fetched(server) == asked + again
        assert len(list_releases(warehouse)) == 1


def fetched(server: ReplayServer) -> int:
    forms = [request.form for request in server.requests if request.path == FETCH]
    return sum(len(form["id"][0].split(",")) for form in forms)
