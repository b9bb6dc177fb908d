"""A small warehouse that the commands are tried on, and a way to run them."""

import dataclasses
import pathlib
import shutil
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

REPORT_TEXT = """{title}: a randomized, double-blind, placebo-controlled trial

Ex J Cough. 2026 Feb 3;12(2):1-9. doi: 10.5555/exjc.2026.{number:04}

Methods: We randomly assigned 80 adults to receive harvomab 20 mg (n=40) or placebo (n=40) once daily for 12 weeks.
Results: Cough ended in {cured} of 40 patients ({percent}%) with harvomab and 12 of 40 (30%) with placebo (P=0.007).
Trial registration: NCT0999{number:04}.
"""


SUM_TEXT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

METHODS: We randomly assigned 200 adults to quenosartan 40 mg once daily (n = 100) or placebo (n = 90) for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the quenosartan group and 40.0% of the placebo group.
The trial is registered at ClinicalTrials.gov, NCT09990001.
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


@pytest.fixture(scope="session")
def three_releases(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A warehouse of three releases: of a file, of the file edited, and of another file with it."""
    folder, given = tmp_path_factory.mktemp("differing"), tmp_path_factory.mktemp("differing_files")
    settings = load_settings(warehouse=folder, environ={}).settings
    for name, number, cured, title in (
        ("a", 1, 24, "Harvomab for <b>winter</b> cough"),
        ("a", 1, 26, "Harvomab for <b>winter</b> cough"),
        ("b", 2, 20, "Harvomab again"),
    ):
        said = {"number": number, "cured": cured, "percent": cured * 100 // 40, "title": title}
        (given / f"{name}.txt").write_text(REPORT_TEXT.format(**said), encoding="utf-8")
        refresh(settings, files=[given])
    return folder


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory, corpus: pathlib.Path) -> pathlib.Path:
    """A warehouse with three alerts: arms that do not add up, an interval against its p-value, and a schedule that two
    languages tell otherwise. It is read by many: what writes takes a copy.
    """
    folder, given = tmp_path_factory.mktemp("reviewed"), tmp_path_factory.mktemp("reviewed_files")
    (given / "sum.txt").write_text(SUM_TEXT, encoding="utf-8")
    (given / "cohort.txt").write_bytes((corpus / "anti-il6r-cohort-portal.txt").read_bytes())
    two_languages = (corpus / "low-dose-il2-abstract.txt").read_text(encoding="utf-8")
    schedule = two_languages.replace("药物隔日皮下注射", "药物每两周皮下注射一次")
    (given / "schedule.txt").write_text(schedule, encoding="utf-8")
    refresh(load_settings(warehouse=folder, environ={}).settings, files=[given])
    return folder


@pytest.fixture
def mine(reviewed: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """A copy of the reviewed warehouse to write to."""
    shutil.copytree(reviewed, tmp_path / "warehouse", symlinks=True)
    return tmp_path / "warehouse"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs a command in this process; the folder it would find by itself is none of ours."""
    monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", "/nowhere/at/all")

    def run_command(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run_command
