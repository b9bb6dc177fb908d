"""The README's walk through a review, and the page on alerts: each line is run, and prints what is shown."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repo.plain_flow import without_prefect
from trialhouse.cli.app import main
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import list_releases

CHECKOUT = Path(__file__).parents[2]

SHOWN = re.compile(r"^\$ (trialhouse [^\n]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)

Printed = Callable[[], str]


def blocks(text: str) -> list[tuple[str, str]]:
    """The blocks of a text that are run, in their order: `sh` without its comments, `console` with what it shows."""
    found = re.findall(r"```(sh|console)\n(.*?)```", text, re.DOTALL)
    return [(kind, re.sub(r" +# .*", "", block) if kind == "sh" else block) for kind, block in found]


def section() -> str:
    """The section on the review."""
    return (CHECKOUT / "README.md").read_text(encoding="utf-8").split("## Review\n")[1].split("\n## ")[0]


def run_line(line: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shell would do with a line."""
    if line.startswith("export"):
        assert "TRIALHOUSE_WAREHOUSE=$PWD/build/review/warehouse" in line
        monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", str(warehouse))
        monkeypatch.setenv("TRIALHOUSE_REVIEWER", "ada")
    elif line.startswith("trialhouse "):
        assert main(shlex.split(line)[1:]) == 0, line
    elif line.strip():
        subprocess.run(["bash", "-ec", line], check=True)


def assert_shown(command: str, shown: str, printed: str) -> None:
    """Each stretch of what is shown is printed, in that order; … on a line of its own stands for what is left out."""
    place = 0
    for stretch in re.split(r"^…\n", shown, flags=re.MULTILINE):
        found = printed.find(stretch.strip("\n"), place)
        assert found >= 0, f"{command} does not print\n{stretch}\nbut\n{printed}"
        place = found + len(stretch.strip("\n"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "seeds").symlink_to(CHECKOUT / "seeds")
    return folder


def test_the_walk_through_a_review(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    without_prefect(monkeypatch, refresh)
    warehouse = place / "build" / "review" / "warehouse"
    printed = ""
    for text in (section(), (CHECKOUT / "docs" / "alerts.md").read_text(encoding="utf-8")):
        for kind, block in blocks(text):
            if kind == "sh":
                for line in block.splitlines():
                    run_line(line, warehouse, monkeypatch)
                    printed += capsys.readouterr().out
                continue
            for command, shown in SHOWN.findall(block):
                assert main(shlex.split(command)[1:]) == 0, command
                assert_shown(command, shown, capsys.readouterr().out)
    assert "waived by ada: The paper says it so, too." in printed, "the last list is of a release"
    assert "acknowledged by ada: I ask the authors." in printed
    assert [release.is_current for release in list_releases(warehouse)] == [False, True]
