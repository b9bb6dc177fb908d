"""Under which names the flows end where sources do not answer: what an automation of Prefect's server can match."""

import json
import pathlib
import subprocess
import sys

import pytest

from tests.replay.server import Answer, ReplayServer
from tests.replay.world import World
from trialhouse.releases.catalog import list_releases

pytestmark = pytest.mark.prefect

CHECKOUT = pathlib.Path(__file__).parents[2]

PROGRAM = """
import json
from prefect.flows import load_flow_from_entrypoint
nightly = load_flow_from_entrypoint("flows/nightly.py:nightly", use_placeholder_flow=False)
states = [nightly(profile="live", return_state=True) for _ in range(2)]
print(json.dumps([[state.type.value, state.name, state.message] for state in states]))
"""
"""Two nights, by the plain call of the flow."""


def test_a_night_that_lacks_something_is_told_from_a_whole_one(
    prefect_environ: dict[str, str], tmp_path: pathlib.Path
) -> None:
    with ReplayServer() as server:
        environ = prefect_environ | World(server).configuration(tmp_path / "config")
        environ |= {"TRIALHOUSE_WAREHOUSE": str(tmp_path / "warehouse")}
        # In the first night both are away, in the second one of them is back.
        server.misbehave("/entrez/eutils/esearch.fcgi", *[Answer(status=500)] * 9)
        server.misbehave("/api/v2/studies", Answer(status=500))
        command = [sys.executable, "-c", PROGRAM]
        ended = subprocess.run(command, env=environ, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    first, second = json.loads(ended.stdout.splitlines()[-1])
    assert first[:2] == ["FAILED", "Unanswered"]
    assert all(f"{source} gave no list for fruit" in first[2] for source in ("pubmed", "ctgov"))
    assert "Nothing was published" in first[2]
    assert second[:2] == ["COMPLETED", "Incomplete"]
    assert "pubmed gave no list for fruit" in second[2]
    assert "ctgov" not in second[2]
    assert len(list_releases(tmp_path / "warehouse")) == 1
