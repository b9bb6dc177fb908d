"""`trialhouse releases diff`, on a warehouse of three releases: a file, the file edited, and another file with it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from bs4 import BeautifulSoup

from tests.unit.notification.made import an_alert
from tests.unit.releases.made_releases import publish_all
from trialhouse.model.words import AlertState
from trialhouse.releases.catalog import list_releases
from trialhouse.releases.change_words import COUNTED
from trialhouse.resources import data_root

DUCKDB = shutil.which("duckdb", path=str(Path(sys.executable).parent)) or shutil.which("duckdb")


def test_a_cell_of_an_edited_file_is_told_with_its_cause(run, three_releases):
    ended = run("releases", "diff", "1", "2", "--warehouse", three_releases)
    assert ended.code == 0
    assert "SOURCE_CHANGED" in ended.out
    assert "outcome_measurements Cough, 12 weeks | harvomab 20 mg | PERCENT: value 60.0 → 65.0" in ended.out
    assert "NCT09990001" in ended.out
    assert "Not listed here: " in ended.out


def test_a_new_file_is_the_cause_of_its_trial(run, three_releases):
    told = json.loads(run("releases", "diff", "2", "current", "--json", "--warehouse", three_releases).out)
    assert {change["cause"] for change in told["changes"]} == {"NEW_DOCUMENT"}
    assert [trial["registry_id"] for trial in told["trials"]] == ["NCT09990002"]
    assert {change["change"] for change in told["changes"]} == {"added"}
    assert sum(count["rows"] for count in told["counts"]) == len(told["changes"])


def test_one_trial_and_one_table(run, three_releases):
    every = json.loads(run("releases", "diff", "1", "3", "--json", "--warehouse", three_releases).out)["changes"]
    trial = every[0]["trial_id"]
    arguments = ("releases", "diff", "1", "3", "--json", "--trial", trial, "--table", "documents")
    narrowed = json.loads(run(*arguments, "--warehouse", three_releases).out)["changes"]
    assert narrowed == [c for c in every if c["trial_id"] == trial and c["table_name"] == "documents"] != []
    assert run("releases", "diff", "1", "3", "--table", "dq.alerts", "--warehouse", three_releases).code == 2


def test_a_trial_is_named_by_its_registration_too_and_one_that_is_none_is_said(run, three_releases):
    named = run("releases", "diff", "2", "3", "--trial", "nct09990002", "--json", "--warehouse", three_releases)
    assert {trial["registry_id"] for trial in json.loads(named.out)["trials"]} == {"NCT09990002"}
    unknown = run("releases", "diff", "2", "3", "--trial", "nope", "--warehouse", three_releases)
    assert (unknown.code, "there is no trial 'nope'" in unknown.err) == (2, True)


def test_what_is_cut_is_said(run, three_releases):
    cut = run("releases", "diff", "1", "3", "--limit", "1", "--warehouse", three_releases)
    assert "Only the first 1 of 2 trials are listed" in cut.err
    assert "Only" not in run("releases", "diff", "1", "3", "--limit", "0", "--warehouse", three_releases).err
    assert run("releases", "diff", "1", "3", "--limit", "-1", "--warehouse", three_releases).code == 2


def test_the_report_is_a_page_that_shows_titles_as_they_are_written(run, three_releases, tmp_path):
    ended = run("releases", "diff", "1", "3", "--html", tmp_path / "r.html", "--warehouse", three_releases)
    assert (ended.code, ended.out) == (0, "")
    page = BeautifulSoup((tmp_path / "r.html").read_text(encoding="utf-8"), "html.parser")
    assert "Harvomab for <b>winter</b> cough" in page.find("summary").get_text()
    assert page.find_all(["b", "script"]) == []
    nowhere = run("releases", "diff", "1", "3", "--html", tmp_path / "no" / "r.html", "--warehouse", three_releases)
    assert (nowhere.code, "cannot be written" in nowhere.err) == (1, True)


def test_nothing_differs_between_a_release_and_itself(run, three_releases):
    assert "Nothing differs" in run("releases", "diff", "2", "2", "--warehouse", three_releases).out


def test_a_filter_that_leaves_nothing_is_said(run, three_releases):
    compared = ("releases", "diff", "1", "2", "--warehouse", three_releases)
    table = run(*compared, "--table", "trial_redirects")
    assert re.match(r"Nothing differs in table trial_redirects between [\d.]+ and [\d.]+\.", table.out)
    assert "Nothing else was compared" in table.err
    later = ("releases", "diff", "2", "3", "--warehouse", three_releases)
    trial = run(*later, "--trial", "NCT09990001")
    assert re.match(r"Nothing differs of trial trial-\w+ between", trial.out)
    assert "Nothing else was compared" not in run(*compared, "--table", "documents").err


def test_headings_have_the_tags_and_the_filter(run, three_releases, tmp_path):
    warehouse = tmp_path / "warehouse"
    shutil.copytree(three_releases, warehouse, symlinks=True)
    run("releases", "tag", "1", "draft", "--warehouse", warehouse)
    compared = ("releases", "diff", "draft", "2", "--table", "documents", "--warehouse", warehouse)
    heading = run(*compared).out.splitlines()[0]
    assert re.fullmatch(r"From [\d.]+ \(draft\) to [\d.]+, in table documents", heading)
    run(*compared, "--html", tmp_path / "r.html")
    page = BeautifulSoup((tmp_path / "r.html").read_text(encoding="utf-8"), "html.parser")
    assert re.fullmatch(r"What changed in table documents from [\d.]+ \(draft\) to [\d.]+", page.h1.get_text())


def test_a_waiver_is_told_although_nothing_of_a_trial_differs(run, tmp_path):
    alert = an_alert()
    waived = alert.model_copy(update={"state": AlertState.WAIVED, "decided_by": "ada"})
    publish_all(tmp_path, [alert], [waived])
    compared = ("releases", "diff", "1", "2", "--warehouse", tmp_path)
    ended = run(*compared)
    assert ended.out.startswith("Nothing differs in what was read of trials between 2026.11.01.01 and 2026.11.02.01.")
    counted = "Alerts that came, changed or were decided on: 1 (`trialhouse alerts list --all`)."
    assert counted in ended.err
    assert json.loads(run(*compared, "--json").out)["reviewed"] == {"alerts": 1, "judgements": 0}
    run(*compared, "--html", tmp_path / "r.html")
    assert counted in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_filter_of_the_page_leaves_what_is_no_echo_of_an_edited_file(run, three_releases):
    page = (data_root() / "docs" / "differences.md").read_text(encoding="utf-8")
    (condition,) = re.findall(r"^    (WHERE table_name NOT IN .*)$", page, re.MULTILINE)
    first, second, _ = (release.release_id for release in list_releases(three_releases))

    def asked(query):
        return json.loads(run("sql", query, "--format", "json", "--warehouse", three_releases).out)

    changes = f"FROM changes('{first}', '{second}')"
    assert asked(f"SELECT count(*) AS n {changes} WHERE table_name = 'evidence'")[0]["n"] > 50
    left = asked(f"SELECT DISTINCT table_name AS t {changes} {condition} ORDER BY ALL")
    assert [row["t"] for row in left] == ["documents", "outcome_measurements", "trial_documents"]
    (comment,) = asked("SELECT comment FROM duckdb_functions() WHERE function_name = 'changes'")
    assert condition in comment["comment"]
    assert set(re.findall(r"'(\w+)'", condition)) == set(COUNTED)


def test_a_moment_that_names_nothing_is_wrong_use(run, three_releases):
    ended = run("releases", "diff", "1", "1999-01-01", "--warehouse", three_releases)
    assert ended.code == 2
    assert "no release was published by the end of 1999-01-01" in ended.err


@pytest.mark.skipif(DUCKDB is None, reason="the duckdb command line is not here (the extra dev has it)")
def test_plain_duckdb_runs_the_macro(three_releases):
    database = three_releases / "releases" / "current" / "trialhouse.duckdb"
    first, *_, last = (release.release_id for release in list_releases(three_releases))
    query = f"SELECT DISTINCT cause FROM changes('{first}', '{last}') ORDER BY cause"
    ended = subprocess.run(
        [DUCKDB, "-readonly", "-csv", "-noheader", str(database), query], capture_output=True, text=True, check=True
    )
    assert ended.stdout.split() == ["NEW_DOCUMENT", "SOURCE_CHANGED"]


def test_a_release_whose_files_are_gone_is_compared_in_the_newest(run, three_releases, tmp_path):
    arguments = ("releases", "diff", "1", "2", "--json", "--warehouse")
    copy = shutil.copytree(three_releases, tmp_path / "copy", symlinks=True)
    shutil.rmtree(copy / "releases" / list_releases(copy)[1].release_id)
    assert json.loads(run(*arguments, copy).out) == json.loads(run(*arguments, three_releases).out)


def test_two_older_releases_are_compared_by_the_newest_macro(run, three_releases, tmp_path):
    """What an older version of the code said of causes is in the files that it published."""
    arguments = ("releases", "diff", "1", "2", "--json", "--warehouse")
    copy = shutil.copytree(three_releases, tmp_path / "copy", symlinks=True)
    database = list_releases(copy)[1].database
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("DROP MACRO TABLE changes")
    assert json.loads(run(*arguments, copy).out) == json.loads(run(*arguments, three_releases).out)


def test_json_says_what_it_was_asked_for(run, three_releases):
    said = json.loads(
        run("releases", "diff", "1", "2", "--table", "trials", "--json", "--warehouse", three_releases).out
    )
    assert (said["of_table"], said["of_trials"]) == ("trials", [])
