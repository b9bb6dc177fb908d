"""Through Prefect, too, each route is told once."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.replay.server import Answer, ReplayServer

pytestmark = pytest.mark.prefect

CHECKOUT = Path(__file__).parents[2]

TEXT = """Quenosartan for high blood pressure: a randomised trial

METHODS: We randomly assigned 200 adults to quenosartan 40 mg once daily (n = 100) or placebo (n = 90) for 12 weeks.
The trial is registered at ClinicalTrials.gov, NCT09990001.
"""


def test_a_refresh_by_prefect_tells_each_route_once(prefect_environ: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "config", tmp_path / "config")
    (tmp_path / "config" / "notifications.toml").write_text('[routes.team]\nurl_from = "NOTIFY_TEAM"\n')
    (tmp_path / "a.txt").write_text(TEXT)
    with ReplayServer() as web:
        web.route("/", lambda request: Answer())
        environ = prefect_environ | {
            "TRIALHOUSE_CONFIG": str(tmp_path / "config"),
            "NOTIFY_TEAM": f"json://robot:secret-word@127.0.0.1:{web.port}/hook",
        }
        program = "import sys; from trialhouse.cli.app import main; sys.exit(main(sys.argv[1:]))"
        arguments = ["refresh", "--warehouse", str(tmp_path / "w"), "--json", "--files", str(tmp_path / "a.txt")]
        ended = subprocess.run(
            [sys.executable, "-c", program, *arguments], env=environ, capture_output=True, text=True, check=False
        )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["sentences"][-1] == "Route team was told (1 message)."
    assert [json.loads(request.body)["title"].partition(",")[0] for request in web.requests] == [
        f"Trialhouse {json.loads(ended.stdout)['release_id']}: baseline"
    ]
    assert "secret-word" not in ended.stdout + ended.stderr
