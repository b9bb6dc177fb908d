"""The README's walk through versions: each line is run, and does what its comment says."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.repo.plain_flow import without_prefect
from trialhouse.cli.app import main
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import list_releases

CHECKOUT = Path(__file__).parents[2]


def walk() -> list[str]:
    """The commands of the section on versions, without their comments."""
    section = (CHECKOUT / "README.md").read_text(encoding="utf-8").split("## Versions")[1]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block
    return [re.sub(r"\s+# .*", "", line) for line in block[1].splitlines()]


def test_the_walk_through_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "build" / "walk" / "warehouse"
    (tmp_path / "seeds").symlink_to(CHECKOUT / "seeds")
    monkeypatch.chdir(tmp_path)
    without_prefect(monkeypatch, refresh)
    said: dict[str, str] = {}
    for line in walk():
        if line.startswith("export"):
            assert "TRIALHOUSE_WAREHOUSE=$PWD/build/walk/warehouse" in line
            monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", str(warehouse))
        elif line.startswith("trialhouse"):
            command = shlex.split(line)[1:]
            assert main(command) == 0, line
            said[" ".join(word for word in command[:2] if not word.startswith("-"))] = capsys.readouterr().out
        else:
            subprocess.run(["bash", "-ec", line], check=True)
    assert re.search(r"trials .*enrollment 264 → 265", said["releases diff"])
    assert "SOURCE_CHANGED" in said["releases diff"]
    assert "enrollment 264 → 265" in said["trial history"]
    assert "264" in said["sql"]
    assert [(r.release_no, r.is_current) for r in list_releases(warehouse)] == [(1, True), (2, False)]
