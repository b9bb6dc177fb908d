"""Does what a page of the documents says: its blocks, in their order, in a folder and a warehouse of its own.

What a block is, is said by its fence:

    ```sh                        each line is run
    ```console                   each line behind `$ ` is run, and prints what is shown (… stands for what is left out)
    ```toml config/topics/x.toml is a file, written there
    ```text seeds/x.csv, added    are lines, added to that file

`trialhouse` runs in this process, a refresh without the minute that Prefect takes. The folder has what a checkout
has beside its code, so that a page may change it.
"""

import os
import re
import shlex
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import copied_root
from tests.repo.plain_flow import Refresh, without_prefect
from tests.repo.test_readme_review import assert_shown
from trialhouse.cli.app import main
from trialhouse.pipeline import Assignment, RefreshResult, refresh
from trialhouse.pipeline.derived import code_fingerprint
from trialhouse.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
CHECKOUT = DOCS.parent

BLOCK = re.compile(r"^( *)```(\w+)(?: ([^\n,]+)(, added)?)?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^\$ ([^\n]*(?:\\\n[^\n]*)*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"\s+# .*")


class Block(NamedTuple):
    """A fenced block: its language, the file that it is, whether it is added to that file, and its text."""

    language: str
    path: str | None
    is_added: bool
    text: str


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page that are to be done, in their order."""
    found = BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))
    return [
        Block(language, path or None, bool(added), textwrap.dedent(text))
        for _, language, path, added, text in found
        if path or language in ("sh", "console")
    ]


class Walk:
    """A walk through a page. `refreshing` may do a refresh in another way than by the settings of the folder."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings
    ) -> None:
        self.folder = copied_root(settings, folder)
        self._patch, self._capsys = monkeypatch, capsys
        self.refreshing: Refresh = refresh
        self.results: list[RefreshResult] = []
        if not (folder / "seeds" / "corpus").exists():
            (folder / "seeds" / "corpus").symlink_to(CHECKOUT / "seeds" / "corpus")
        monkeypatch.setattr("trialhouse.settings.data_root", lambda: folder)
        monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", str(folder / "warehouse"))
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.chdir(folder)
        without_prefect(monkeypatch, self._refresh)

    def do(self, page: str) -> int:
        """Do all blocks of a page; how many commands were run."""
        return sum(self.step(block) for block in blocks_of(page))

    def step(self, block: Block) -> int:
        """Do one block; how many commands were run."""
        if block.path is not None:
            path = self.folder / block.path
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if block.is_added else ""
            path.write_text(before + block.text, encoding="utf-8")
            code_fingerprint.cache_clear()  # a command of a person is a process of its own
            return 0
        ran = 0
        for command, shown in self._commands(block):
            printed = self.run(command)
            for stretch in re.split(r"…\n?", shown):
                assert_shown(command, stretch, printed)
            ran += 1
        return ran

    def _commands(self, block: Block) -> Iterator[tuple[str, str]]:
        if block.language == "console":
            yield from SHOWN.findall(block.text)
        else:
            lines = block.text.replace("\\\n", " ").splitlines()
            yield from ((COMMENT.sub("", line), "") for line in lines if line.strip())

    def run(self, command: str) -> str:
        """Run one line; what it printed."""
        if command.startswith("export "):
            for name, _, value in (word.partition("=") for word in shlex.split(command)[1:]):
                self._patch.setenv(name, value.replace("$PWD", str(self.folder)).replace("$PATH", os.environ["PATH"]))
            return ""
        words = shlex.split(command)
        if words[0] in ("trialhouse", ".venv/bin/trialhouse") and "|" not in words and ">" not in words:
            code = main(words[1:])
            printed = self._capsys.readouterr()
            assert code == 0, f"{command}\n{printed.err}"
            return printed.out + printed.err
        ended = subprocess.run(["bash", "-ec", command], capture_output=True, text=True, check=False, cwd=self.folder)
        assert ended.returncode == 0, f"{command}\n{ended.stderr}"
        return ended.stdout + ended.stderr

    def _refresh(self, settings: Settings, assignment: Assignment) -> RefreshResult:
        result = self.refreshing(settings, assignment)
        self.results.append(result)
        return result
