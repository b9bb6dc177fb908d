"""A small warehouse that the commands are tried on, and a way to run them."""

import dataclasses
import pathlib
from collections.abc import Callable

import pytest

from trialhouse.cli.app import main
from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings

TRIAL_TEXT = """Harvomab for winter cough: a randomized, double-blind, placebo-controlled phase 2 trial

Methods: We randomly assigned 80 adults to receive harvomab 20 mg (n=40) or placebo (n=40) once daily for 12 weeks.
Results: Cough ended in 24 of 40 patients (60%) with harvomab and 12 of 40 (30%) with placebo (P=0.007).
Trial registration: NCT09990931.
"""


@dataclasses.dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def given_files(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Two documents, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "harvomab.txt").write_text(TRIAL_TEXT, encoding="utf-8")
    (folder / "menu.txt").write_text("Today in the canteen: soup, bread and an apple.\n", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory, given_files: pathlib.Path) -> pathlib.Path:
    """A warehouse with one release, made by the plain function."""
    folder = tmp_path_factory.mktemp("warehouse")
    refresh(load_settings(warehouse=folder, environ={}).settings, files=[given_files])
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs a command in this process; the folder it would find by itself is none of ours."""
    monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", "/nowhere/at/all")

    def run_command(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run_command
