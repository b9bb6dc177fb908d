"""Warehouses that cannot be read or written: a sentence, an exit code, and never a trace."""

import json
import os
import shlex
import shutil
import subprocess
import sys

import pytest

from trialhouse.cli.refreshing import _summarize, _warehouse_words
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import RefreshResult
from trialhouse.releases.catalog import find_release
from trialhouse.resources import data_root
from trialhouse.settings import load_settings

READING = (["status"], ["releases", "list"], ["alerts", "list"], ["open"], ["sql", "SELECT 1"])

AS_NOBODY = """
import os, sys
from trialhouse.cli.app import main
import trialhouse.cli.commands.refresh
main(["refresh", "--files", "/no/such/file"])
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
if not (os.access(sys.argv[2], os.R_OK) and os.access(sys.argv[1], os.R_OK)):
    sys.exit(77)
sys.exit(main(["refresh", "--warehouse", sys.argv[1]]))
"""
"""A refresh by somebody whom modes bind; all that it needs is imported before."""


@pytest.fixture
def copied(warehouse, tmp_path):
    """A copy of the small warehouse, to be broken."""
    return shutil.copytree(warehouse, tmp_path / "copy", symlinks=True)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_file_in_place_of_the_folder_is_said_by_readers(run, tmp_path, command):
    (tmp_path / "file").write_text("")
    ended = run(*command, "--warehouse", tmp_path / "file")
    assert (ended.code, ended.out) == (2, "")
    assert "is a file" in ended.err


@pytest.mark.parametrize("below", ["", "runs", "releases"])
def test_a_file_where_a_refresh_needs_a_folder_is_said_before_prefect_starts(run, tmp_path, below):
    place = tmp_path / "warehouse" / below
    place.parent.mkdir(exist_ok=True)
    place.write_text("")
    ended = run("refresh", "--warehouse", tmp_path / "warehouse")
    assert ended.code == 1
    assert f"{place} is a file" in ended.err
    assert "Prefect" not in ended.err


def test_decisions_that_cannot_be_read_are_said_before_anything_is_fetched(run, tmp_path):
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "decisions.sqlite").write_bytes(b"no database" * 100)
    ended = run("refresh", "--warehouse", tmp_path / "warehouse")
    assert ended.code == 1
    assert "decisions.sqlite: file is not a database" in ended.err
    assert "restore it from a copy" in ended.err
    assert "Prefect" not in ended.err


def test_a_severity_of_a_check_that_is_none_is_said_before_anything_is_fetched(run, tmp_path, monkeypatch):
    (tmp_path / "config").mkdir()
    shutil.copytree(data_root() / "config", tmp_path / "config", dirs_exist_ok=True)
    path = tmp_path / "config" / "checks.toml"
    path.write_text(path.read_text().replace("[severity]", '[severity]\n"trials/no_such_check" = "info"'))
    monkeypatch.setenv("TRIALHOUSE_CONFIG", str(tmp_path / "config"))
    ended = run("refresh", "--warehouse", tmp_path / "warehouse")
    assert ended.code == 2
    assert "names 'trials/no_such_check', and there is no such check" in ended.err
    told = json.loads(run("doctor", "--json", "--warehouse", tmp_path / "warehouse").out)
    (finding,) = (finding for finding in told if not finding["is_ok"])
    assert finding["name"] == "checks"
    assert "'trials/no_such_check'" in finding["says"]


def test_doctor_tells_of_a_file_in_place_of_the_folder(run, tmp_path):
    (tmp_path / "file").write_text("")
    ended = run("doctor", "--json", "--warehouse", tmp_path / "file")
    assert ended.code == 1
    assert [finding["name"] for finding in json.loads(ended.out) if not finding["is_ok"]] == ["warehouse"]


def test_a_folder_without_permission_is_said_before_prefect_starts(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    for above in (tmp_path, *tmp_path.parents):
        if above.owner() == tmp_path.owner() and above.name.startswith(("pytest", "popen", tmp_path.name)):
            above.chmod(0o755)
    ended = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(folder), str(data_root() / "config" / "trialhouse.toml")],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )
    if ended.returncode == 77:
        pytest.skip("the checkout lies in a folder that only its owner may read")
    assert ended.returncode == 1
    assert f"{folder} cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Prefect" not in ended.stderr


def test_what_the_system_refuses_is_one_line(run, copied):
    release = find_release(copied, None)
    (release.folder / "changes.json").unlink()
    ended = run("releases", "show", release.release_id, "--warehouse", copied)
    assert (ended.code, ended.out) == (1, "")
    assert "changes.json: No such file" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_status_and_doctor_survive_a_cut_run_and_a_stray_folder(run, copied):
    (run_file,) = (copied / "runs").glob("run-*.json")
    run_file.write_bytes(run_file.read_bytes()[:50])
    stray = copied / "releases" / "2001.01.01.01"
    stray.mkdir()
    told = json.loads(run("status", "--json", "--warehouse", copied).out)
    assert told["current"]["release_id"] == find_release(copied, None).release_id
    assert [str(run_file) in told["problems"][0], str(stray) in told["problems"][1]] == [True, True]
    assert "delete it" in run("status", "--warehouse", copied).out
    ended = run("doctor", "--json", "--warehouse", copied)
    assert [finding["name"] for finding in json.loads(ended.out) if not finding["is_ok"]] == ["leftovers"]


def test_a_damaged_manifest_is_said_by_every_reader(run, copied):
    manifest = find_release(copied, None).folder / "manifest.json"
    manifest.write_text(manifest.read_text()[:40])
    for command in READING[2:]:
        ended = run(*command, "--warehouse", copied)
        assert (ended.code, ended.out) == (1, "")
        assert "manifest.json" in ended.err
    ended = run("releases", "list", "--warehouse", copied)
    assert ended.code == 1
    assert "manifest.json is not what the register says" in ended.err
    ended = run("status", "--warehouse", copied)
    assert ended.code == 0
    assert "Current   unknown" in ended.out
    assert "manifest.json" in ended.out
    assert run("doctor", "--warehouse", copied).code == 1


def test_a_damaged_database_is_said_by_every_reader(run, copied):
    database = find_release(copied, None).database
    database.write_bytes(b"no database at all" * 1000)
    for command in (["alerts", "list"], ["sql", "SELECT 1"]):
        ended = run(*command, "--warehouse", copied)
        assert (ended.code, ended.out) == (1, "")
    assert "Alerts    unknown" in run("status", "--warehouse", copied).out


def test_files_without_a_path_are_wrong_use_and_not_the_corpus(run, tmp_path):
    for arguments in (["--files"], ["--files", "--json"]):
        assert run("refresh", "--warehouse", tmp_path / "new", *arguments).code == 2
    assert not (tmp_path / "new").exists()


def test_printed_commands_can_be_pasted(run, warehouse, tmp_path):
    spaced = tmp_path / "my $HOME's place"
    words = shlex.split(_warehouse_words(load_settings(warehouse=spaced, environ={}).settings))
    assert words == ["--warehouse", str(spaced)]
    shutil.copytree(warehouse, spaced, symlinks=True)
    ways = json.loads(run("open", "--json", "--warehouse", spaced).out)
    assert shlex.split(ways["duckdb"]) == ["duckdb", "-readonly", ways["path"]]
    assert os.path.exists(ways["path"])


def test_a_build_that_was_stopped_says_where_to_look_and_what_to_do(capsys, tmp_path):
    settings = load_settings(warehouse=tmp_path, environ={}).settings
    _summarize(RefreshResult(run_id="run-1", status=RunStatus.BLOCKED), settings)
    told = capsys.readouterr().err
    assert f"Look: trialhouse alerts list --severity block --warehouse {tmp_path};" in told
    assert f"trialhouse alerts waive ID --reason … --comment … --until … --warehouse {tmp_path}, then" in told
