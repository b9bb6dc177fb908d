"""The units of config/systemd, as systemd itself reads them, and the variables that they need."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "config" / "systemd"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_finds_no_fault_in_them(tmp_path: Path) -> None:
    for unit in UNITS.glob("*.service"):
        # The installation that they name is on the server; here stand programs, a folder and a user that are here.
        text = re.sub(r"/opt/trialhouse/\.venv/bin/\w+", "/bin/true", unit.read_text())
        text = text.replace("/opt/trialhouse", "/tmp")
        (tmp_path / unit.name).write_text(re.sub(r"(User|Group)=trialhouse", r"\1=root", text))
    command = ["systemd-analyze", "verify", *map(str, sorted(tmp_path.glob("*.service")))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_server_answers_on_loopback_where_the_worker_asks_it() -> None:
    lines = (UNITS / "trialhouse.env").read_text().splitlines()
    environ = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    address = f"http://{environ['PREFECT_SERVER_API_HOST']}:{environ['PREFECT_SERVER_API_PORT']}/api"
    assert environ["PREFECT_API_URL"] == address
    assert environ["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
