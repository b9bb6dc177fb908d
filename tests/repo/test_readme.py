"""The README's answers are real: its queries, asked of a warehouse of the bundled corpus, print what it shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings

README = Path(__file__).parents[2] / "README.md"
SHOWN = re.compile(
    r"^\$ (trialhouse [a-z]+ \"[^\"]*\"[^\n]*|trialhouse [^\n\"]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL
)


def shown() -> list[tuple[str, str]]:
    """Each command of a console block with the output printed below it; those of the review have a warehouse of their
    own, and `test_readme_review.py`.
    """
    before, _, rest = README.read_text(encoding="utf-8").partition("## Review\n")
    blocks = re.findall(r"```console\n(.*?)```", before + rest.partition("\n## ")[2], re.DOTALL)
    return [(command, output) for block in blocks for command, output in SHOWN.findall(block)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    refresh(load_settings(warehouse=folder, environ={}).settings)
    return folder


def test_the_readme_shows_a_query_with_its_answer() -> None:
    assert [command for command, output in shown() if command.startswith("trialhouse sql") and "mg" in output]


@pytest.mark.parametrize(("command", "output"), shown())
def test_what_the_readme_shows_is_what_is_printed(warehouse: Path, command: str, output: str) -> None:
    words = shlex.split(command)
    ended = subprocess.run(
        [sys.executable, "-m", *words, "--warehouse", str(warehouse)],
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "120", "NO_COLOR": "1"},
        check=True,
    )
    assert ended.stdout.strip() == output.strip()
