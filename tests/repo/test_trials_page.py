"""The page on trials: what it shows is what is printed, and the lines of its file are lines of that file."""

import re
import shlex
from pathlib import Path

import pytest

from tests.repo.plain_flow import without_prefect
from tests.repo.test_readme_review import assert_shown
from trialhouse.cli.app import main
from trialhouse.pipeline import refresh
from trialhouse.pipeline.curated_judgements import FILE, read_curated
from trialhouse.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "trials.md"
SHOWN = re.compile(r"^\$ (trialhouse [^\n]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)


def test_what_the_page_shows_is_what_is_printed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", str(settings.warehouse))
    monkeypatch.setenv("TRIALHOUSE_REVIEWER", "ada")
    without_prefect(monkeypatch, refresh)
    refresh(settings)
    ran = 0
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for command, shown in SHOWN.findall(block):
            assert main(shlex.split(command)[1:]) == (2 if "contradict" in shown else 0), command
            printed = capsys.readouterr()
            for stretch in shown.split("…"):
                assert_shown(command, stretch, printed.out + printed.err)
            ran += 1
    assert ran == 5


def test_the_lines_of_its_file_can_be_used(tmp_path: Path) -> None:
    (block,) = re.findall(r"```\n(subject,.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / FILE).write_text(block, encoding="utf-8")
    assert [line.verdict.value for line in read_curated(tmp_path / FILE)] == ["same", "different"]
