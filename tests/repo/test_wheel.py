"""The wheel works in an empty environment, away from the checkout, without network."""

import json
import os
import pathlib
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest

CHECKOUT = pathlib.Path(__file__).parents[2]

KINDS_OF_SQL = ("schema", "views", "macros", "checks", "queries")

TEXT = """Brostelimab in dry eye: a randomized, double-blind trial

Methods: We randomly assigned 60 adults to brostelimab 5 mg or placebo. Trial registration: NCT09990955.
"""

REFRESH = """
import sys, pathlib
from trialhouse.pipeline import refresh
from trialhouse.settings import load_settings
print(refresh(load_settings(warehouse=pathlib.Path(sys.argv[1])).settings).status.value)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The wheel, built without isolation: what builds it is in the lock."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: pathlib.Path) -> pathlib.Path:
    """The `bin` of a fresh environment with the wheel, which sees the libraries of this one but not the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, but the .pth files within it, such as the checkout's, are not read.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--no-deps"]
    subprocess.run(
        [*command, "--no-index", "--disable-pip-version-check", "--quiet", str(wheel)], check=True, capture_output=True
    )
    return folder / "bin"


@pytest.fixture
def run(installed, tmp_path):
    """Runs a program of the environment in an empty folder."""

    def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRIALHOUSE"))}
        environ |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
        command = [str(installed / arguments[0]), *arguments[1:]]
        return subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)

    return run_program


def test_the_wheel_holds_what_lies_beside_the_code_and_nothing_that_refreshes_wrote(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    data = {name.removeprefix("trialhouse/_data/") for name in names if name.startswith("trialhouse/_data/")}
    expected = {
        path.relative_to(CHECKOUT).as_posix()
        for folder in ("config", "seeds", "flows", *(f"warehouse/{kind}" for kind in KINDS_OF_SQL))
        for path in (CHECKOUT / folder).rglob("*")
        if path.suffix in {".toml", ".csv", ".sql", ".py", ".txt", ".html"}
    }
    assert expected <= data
    assert {name.split("/")[0] for name in data} == {"config", "seeds", "flows", "warehouse"}
    assert [name for name in names if name.endswith((".duckdb", ".pyc", ".zst", ".lock"))] == []


def test_the_package_that_runs_is_the_wheels(run):
    ended = run(
        "python", "-c", "import trialhouse, trialhouse.resources as r; print(trialhouse.__file__, r.data_root())"
    )
    code, root = ended.stdout.split()
    assert "site-packages" in code
    assert root == str(pathlib.Path(code).parent / "_data")


def test_commands_without_a_warehouse(run, tmp_path):
    (tmp_path / "trial.txt").write_text(TEXT, encoding="utf-8")
    assert "refresh" in run("trialhouse", "--help").stdout
    assert "masking" in run("trialhouse", "dictionary", "trials").stdout
    ended = run("trialhouse", "extract", "trial.txt", "--jsonl")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["trial"]["registry_ids"] == ["NCT09990955"]


# .ci/run refreshes with the wheel, too, in an environment of its own.
@pytest.mark.long
def test_the_bundled_corpus_is_refreshed_and_read(run, tmp_path):
    """By the plain function; the flow is loaded from the wheel by `.ci/run`."""
    folder = tmp_path / "warehouse"
    made = run("python", "-c", REFRESH, str(folder))
    assert made.stdout.strip() == "published", made.stderr
    asked = run("trialhouse", "sql", "SELECT count(*) AS n FROM trials", "--format", "json", "--warehouse", str(folder))
    assert json.loads(asked.stdout)[0]["n"] > 3
    asked = run("trialhouse", "sql", "--example", "dose_response", "--format", "jsonl", "--warehouse", str(folder))
    assert len(asked.stdout.splitlines()) >= 4, asked.stderr
    found = run("trialhouse", "doctor", "--warehouse", str(folder))
    assert found.returncode == 0, found.stdout
