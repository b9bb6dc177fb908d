"""The commands that read a warehouse and say something about it."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from trialhouse import __version__
from trialhouse.pipeline.lock import writing
from trialhouse.releases.catalog import find_release


def test_status_is_one_screen_with_the_accounting(run, warehouse):
    ended = run("status", "--warehouse", warehouse)
    assert ended.code == 0
    assert "parsed" in ended.out
    assert "empty.txt" in ended.out
    assert find_release(warehouse, None).release_id in ended.out
    assert len(ended.out.splitlines()) <= 24


def test_status_as_json_accounts_for_every_record(run, warehouse):
    told = json.loads(run("status", "--json", "--warehouse", warehouse).out)
    (row,) = told["runs"][0]["accounting"]
    assert (row["asked"], row["received"], row["parsed"], row["dropped"]) == (3, 3, 2, 1)
    assert [cause["record_id"].endswith("empty.txt") for cause in told["runs"][0]["causes"]] == [True]


def test_status_of_an_empty_folder(run, tmp_path):
    ended = run("status", "--warehouse", tmp_path)
    assert ended.code == 0
    assert "no release yet" in ended.out


def test_status_names_who_works_and_not_a_process_that_was_killed(run, tmp_path):
    with writing(tmp_path, "refresh run-1"):
        assert (
            f"process {os.getpid()} on {os.uname().nodename} (refresh run-1, since"
            in run("status", "--warehouse", tmp_path).out
        )
        holder = (tmp_path / "refresh.lock.holder").read_bytes()
    # What a killed process leaves names it, and nobody holds the lock; its number may be another's by now.
    (tmp_path / "refresh.lock.holder").write_bytes(holder)
    assert "Working   nobody" in run("status", "--warehouse", tmp_path).out


def test_releases_are_listed_and_shown(run, warehouse):
    (listed,) = json.loads(run("releases", "list", "--json", "--warehouse", warehouse).out)
    shown = run("releases", "show", listed["release_id"], "--warehouse", warehouse)
    assert listed["is_current"]
    assert listed["release_id"] in run("releases", "list", "--warehouse", warehouse).out
    assert "trial_documents" in shown.out
    assert run("releases", "show", "never", "--warehouse", warehouse).code == 2


def test_alerts_are_filtered(run, warehouse):
    every = json.loads(run("alerts", "list", "--json", "--warehouse", warehouse).out)
    resolved = json.loads(run("alerts", "list", "--json", "--state", "resolved", "--warehouse", warehouse).out)
    assert resolved == [alert for alert in every if alert["state"] == "resolved"]
    assert run("alerts", "list", "--severity", "dreadful", "--warehouse", warehouse).code == 2


def test_doctor_finds_nothing_wrong_here(run, warehouse):
    findings = json.loads(run("doctor", "--json", "--warehouse", warehouse).out)
    assert [finding["name"] for finding in findings if not finding["is_ok"]] == []
    assert {
        "python",
        "libraries",
        "prefect",
        "settings",
        "routes",
        "warehouse",
        "disk",
        "lock",
        "release",
        "ledger",
        "decisions",
        "checks",
        "landing",
        "leftovers",
        "clock",
        "network",
    } == {finding["name"] for finding in findings}


def test_doctor_finds_a_release_whose_file_was_changed(run, warehouse, tmp_path):
    release = find_release(warehouse, None)
    copy = tmp_path / "releases" / release.release_id
    copy.mkdir(parents=True)
    for path in release.folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (copy.parent / "current").symlink_to(release.release_id)
    assert run("doctor", "--warehouse", tmp_path).code == 0
    with (copy / "quality.json").open("a") as file:
        file.write(" ")
    ended = run("doctor", "--warehouse", tmp_path)
    assert ended.code == 1
    assert "quality.json" in ended.out


@pytest.mark.parametrize(("place", "name"), [("ledger.duckdb", "ledger"), ("landing/packs", "landing")])
def test_doctor_finds_a_file_that_was_cut(run, warehouse, tmp_path, place, name):
    copy = shutil.copytree(warehouse, tmp_path / "copy", symlinks=True)
    path = copy / place
    path = path if path.is_file() else next(path.rglob("*.pack"))
    path.write_bytes(path.read_bytes()[:-3])
    ended = run("doctor", "--json", "--warehouse", copy)
    (wrong,) = [finding for finding in json.loads(ended.out) if not finding["is_ok"]]
    assert (ended.code, wrong["name"]) == (1, name)
    assert str(path) in wrong["says"]


def test_dictionary_explains_tables_and_columns(run):
    assert "outcome_measurements" in run("dictionary").out
    assert "masking" in run("dictionary", "trials").out
    (alerts,) = json.loads(run("dictionary", "dq.alerts", "--json").out)
    assert all(column["description"] for column in alerts["columns"])
    assert "quote" in run("dictionary", "results").out
    assert run("dictionary", "no_such").code == 2
    for words in ((), ("trials",), ("dq.quarantine",), ("results",)):
        assert max(map(len, run("dictionary", *words).out.splitlines())) <= 100


def test_config_says_where_each_setting_came_from(run, monkeypatch, tmp_path):
    monkeypatch.setenv("TRIALHOUSE_BATCH_SIZE", "17")
    told = json.loads(run("config", "show", "--json", "--warehouse", tmp_path).out)
    assert told["batch_size"] == {"value": 17, "origin": "environment"}
    assert told["warehouse"]["origin"] == "command line"
    assert run("config", "show", "--profile", "unheard-of").code == 2


def test_config_is_read_in_lines_of_a_page(run, tmp_path):
    out = run("config", "show", "--profile", "live", "--warehouse", tmp_path).out
    assert max(map(len, out.splitlines())) <= 100
    lines = {line.split()[0]: line for line in out.splitlines()[2:]}
    assert '["interleukin-inhibitors"]' in lines["refresh_topics"]
    assert " false " in lines["include_corpus"]
    assert '"coalesce"' in lines["missed_intervals"]
    assert not set("{'") & set(out)


def test_open_prints_a_path_that_exists(run, warehouse):
    ended = run("open", "--warehouse", warehouse)
    assert ended.out.splitlines()[0] == str(find_release(warehouse, None).database)
    assert "duckdb -readonly" in ended.out


def test_refresh_says_at_once_what_is_wrong(run, warehouse):
    assert run("refresh", "--files", "/no/such/file", "--warehouse", warehouse).code == 2
    assert run("refresh", "--profile", "unheard-of", "--warehouse", warehouse).code == 2


def test_the_package_runs_as_a_module():
    command = [sys.executable, "-m", "trialhouse", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == __version__


def test_interrupted_is_130(run, monkeypatch, warehouse):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("trialhouse.cli.commands.dictionary.print_table", interrupt)
    ended = run("dictionary")
    assert ended.code == 130
    assert "Traceback" not in ended.err
