"""What docs/bulk-pubmed.md shows is what is printed: its commands, run one after the other on files of our own."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file

DOCUMENT = Path(__file__).parents[2] / "docs" / "bulk-pubmed.md"
SHOWN = re.compile(r"^\$ (trialhouse [^\n]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)

PACE = re.compile(r"^  [0-9,]+ of [0-9,]+ files\b.*\n", re.MULTILINE)


def shown() -> list[tuple[str, str]]:
    blocks = re.findall(r"```console\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return [found for block in blocks for found in SHOWN.findall(block)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files: the second replaces a citation of the first and deletes another; and one that is cut."""
    files = tmp_path / "files"
    report = record(101, title="Ziltivekimab for looms", abstract=TRIAL, registry_id="NCT09990001")
    write_file(files, "pubmed26n0001.xml.gz", [record(100), report, record(102)], md5=True)
    write_file(files, "pubmed26n0002.xml.gz", [record(100, title="Engines weave."), record(103)], deleted=[102])
    cut = write_file(files, "pubmed26n0003.xml.gz", [record(104)])
    cut.write_bytes(cut.read_bytes()[:-20])
    return tmp_path


def test_the_commands_print_what_is_shown(folder: Path) -> None:
    commands = shown()
    assert len(commands) >= 3
    environ = os.environ | {"TRIALHOUSE_WAREHOUSE": str(folder / "warehouse"), "COLUMNS": "120", "NO_COLOR": "1"}
    for command, output in commands:
        ended = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)],
            cwd=folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # How fast it went is another number each time, and is left out of the page.
        printed = PACE.sub("", ended.stdout.replace(str(folder), "…"))
        assert printed.strip() == output.strip(), command
