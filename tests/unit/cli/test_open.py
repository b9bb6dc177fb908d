"""What `trialhouse open` prints works where it is pasted, whatever the warehouse is called."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from trialhouse.releases.catalog import find_release


@pytest.fixture(scope="module")
def odd_place(tmp_path_factory, warehouse):
    """The warehouse in a folder whose name has all that a shell, Python and R read as something else."""
    folder = tmp_path_factory.mktemp("odd") / 'it\'s "my" $HOME `é` house'
    shutil.copytree(warehouse / "releases", folder / "releases", symlinks=True)
    return folder


@pytest.fixture
def ways(run, odd_place):
    return json.loads(run("open", "--json", "--warehouse", odd_place).out)


def test_the_path_is_that_of_the_release_and_comes_first(run, odd_place, ways):
    assert ways["path"] == str(find_release(odd_place, None).database)
    lines = run("open", "--warehouse", odd_place).out.splitlines()
    assert lines[0] == ways["path"]
    assert [line.split()[0] for line in lines[1:]] == ["duckdb", "python", "r", "dbeaver"]


def test_the_duckdb_line_opens_it(ways):
    program = shutil.which("duckdb", path=str(pathlib.Path(sys.executable).parent)) or shutil.which("duckdb")
    if program is None:
        pytest.skip("the duckdb command line is not installed")
    path = f"{pathlib.Path(program).parent}{os.pathsep}{os.environ['PATH']}"
    line = f'{ways["duckdb"]} -csv "SELECT registry_id FROM trials"'
    said = subprocess.run(line, shell=True, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["registry_id", "NCT09990931"]


def test_the_python_line_opens_it(ways):
    said = subprocess.run([sys.executable, "-c", ways["python"]], capture_output=True, text=True, check=True)
    assert "NCT09990931" in said.stdout


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_the_line_of_r_opens_it(ways):
    probe = ["Rscript", "-e", "stopifnot(requireNamespace('duckdb'), requireNamespace('DBI'))"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("R has no duckdb")
    said = subprocess.run(["Rscript", "-e", ways["r"]], capture_output=True, text=True, check=True)
    assert "NCT09990931" in said.stdout


def test_the_line_of_dbeaver_has_the_url_of_the_driver_and_opens_it_for_reading_only(ways):
    assert ways["dbeaver"].startswith(f"jdbc:duckdb:{ways['path']} ")
    assert ways["dbeaver"].endswith("duckdb.read_only = true")
