"""A release that was withdrawn never goes out as if it stood."""

import datetime
import json
import shutil

import pytest

from trialhouse.releases.catalog import list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.rollback import roll_back


@pytest.fixture(scope="module")
def withdrawn(three_releases, tmp_path_factory):
    """A copy of the warehouse of three releases, of which the last was withdrawn; and its id."""
    folder = shutil.copytree(three_releases, tmp_path_factory.mktemp("withdrawn") / "warehouse", symlinks=True)
    _, second, third = list_releases(folder)
    now = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    roll_back(Layout(folder), second.release_id, "a wrong export", "ada", now)
    return folder, third.release_id


@pytest.mark.parametrize("option", ["--release", "--as-of"])
@pytest.mark.parametrize("command", [("sql", "SELECT 1"), ("trial", "show", "NCT09990002")])
def test_whoever_reads_it_is_told(run, withdrawn, command, option):
    folder, name = withdrawn
    ended = run(*command, option, name, "--warehouse", folder)
    assert ended.code == 0
    assert f"Release {name} was withdrawn: a wrong export" in ended.err
    assert "withdrawn" not in run("sql", "SELECT 1", option, "2", "--warehouse", folder).err


@pytest.mark.parametrize("option", ["--release", "--as-of"])
def test_an_export_says_so_in_its_note_and_where_it_is_cited(run, withdrawn, tmp_path, option):
    folder, name = withdrawn
    ended = run("export", tmp_path / "a.csv", "--table", "arms", option, name, "--warehouse", folder)
    note = json.loads((tmp_path / "a.csv.export.json").read_text(encoding="utf-8"))
    assert (note["status"], note["reason"]) == ("withdrawn", "a wrong export")
    assert note["withdrawn_at"].startswith("2026-12-01")
    assert "; withdrawn on 2026-12-01 (a wrong export); exported" in note["cite"]
    assert note["cite"] in ended.err
    run("export", tmp_path / "b.csv", "--table", "arms", option, "2", "--warehouse", folder)
    note = json.loads((tmp_path / "b.csv.export.json").read_text(encoding="utf-8"))
    assert (note["status"], note["reason"], note["withdrawn_at"]) == ("published", None, None)
    assert "withdrawn" not in note["cite"]


def test_an_export_from_before_the_note_told_that_is_replaced_too(run, withdrawn, tmp_path):
    folder, _ = withdrawn
    command = ("export", tmp_path / "a.csv", "--table", "arms", "--warehouse", folder)
    assert run(*command).code == 0
    place = tmp_path / "a.csv.export.json"
    note = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps({k: v for k, v in note.items() if k not in ("status", "reason", "withdrawn_at")}))
    assert run(*command, "--force").code == 0


def test_a_difference_and_the_list_of_releases_tell_it(run, withdrawn):
    folder, name = withdrawn
    assert f"{name} was withdrawn: a wrong export" in run("releases", "diff", "2", name, "--warehouse", folder).err
    assert "withdrawn: a wrong export" in run("releases", "list", "--warehouse", folder).out
