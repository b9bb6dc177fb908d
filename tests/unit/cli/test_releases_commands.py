"""The commands about releases after they are published."""

import ast
import json
import os
import shutil

import pytest

from trialhouse.pipeline import refresh
from trialhouse.pipeline.lock import writing
from trialhouse.releases.catalog import list_releases
from trialhouse.resources import data_root
from trialhouse.settings import load_settings


@pytest.fixture(scope="module")
def grown(warehouse, given_files, tmp_path_factory):
    """The small warehouse after a second refresh, in which one more text came."""
    folder = shutil.copytree(warehouse, tmp_path_factory.mktemp("grown") / "warehouse", symlinks=True)
    more = folder.parent / "more.txt"
    text = (given_files / "harvomab.txt").read_text().replace("harvomab", "ostelumab").replace("Harvomab", "Ostelumab")
    more.write_text(text.replace("NCT09990931", "NCT09990932"))
    refresh(load_settings(warehouse=folder, environ={}).settings, files=[more])
    return folder


@pytest.fixture
def copied(grown, tmp_path):
    """A copy of it, to be changed."""
    return shutil.copytree(grown, tmp_path / "copy", symlinks=True)


@pytest.fixture
def ids(copied):
    return [release.release_id for release in list_releases(copied)]


def listed(run, folder):
    return json.loads(run("releases", "list", "--json", "--warehouse", folder).out)


def test_a_tag_is_given_shown_and_moved_only_when_asked_to(run, copied, ids):
    assert run("releases", "tag", "1", "paper", "--message", "as sent", "--warehouse", copied).code == 0
    assert [(one["tag"], one["message"]) for one in listed(run, copied)] == [("paper", "as sent"), (None, None)]
    assert "as sent" in run("releases", "show", "paper", "--warehouse", copied).out
    refused = run("releases", "tag", "current", "paper", "--warehouse", copied)
    assert (refused.code, refused.out) == (2, "")
    assert ids[0] in refused.err
    assert run("releases", "tag", ids[1], "paper", "--move", "--warehouse", copied).code == 0
    assert [one["tag"] for one in listed(run, copied)] == [None, "paper"]
    assert run("releases", "tag", ids[1], "2026-11-21", "--warehouse", copied).code == 2
    assert run("releases", "tag", "never", "name", "--warehouse", copied).code == 2


def test_a_rollback_says_what_stands_and_what_the_next_refresh_does(run, copied, ids):
    ended = run("releases", "rollback", "1", "--reason", "a wrong source", "--warehouse", copied)
    assert ended.code == 0
    assert f"Release {ids[0]} is current. Withdrawn: {ids[1]}" in ended.err
    assert "The next refresh" in ended.err
    told = listed(run, copied)
    assert [(one["is_current"], one["status"], one["reason"]) for one in told] == [
        (True, "published", None),
        (False, "withdrawn", "a wrong source"),
    ]
    assert "withdrawn" in run("releases", "list", "--warehouse", copied).out
    assert f"Withdrawn {ids[1]}: a wrong source" in run("status", "--warehouse", copied).out
    assert f"{ids[1]} was withdrawn" in run("sql", "SELECT 1", "--release", "2", "--warehouse", copied).err
    assert "a wrong source" in run("releases", "show", ids[1], "--warehouse", copied).out
    assert "already" in run("releases", "rollback", ids[0], "--reason", "again", "--warehouse", copied).err
    for release, reason, code in ((ids[1], "forward", 2), ("1", " ", 2), ("9", "why", 2)):
        assert run("releases", "rollback", release, "--reason", reason, "--warehouse", copied).code == code


def test_pruning_says_what_goes_and_how_many_bytes(run, copied, ids):
    planned = run("releases", "prune", "--keep", "1", "--dry-run", "--warehouse", copied)
    assert (planned.code, listed(run, copied)[0]["is_pruned"]) == (0, False)
    done = run("releases", "prune", "--keep", "1", "--warehouse", copied)
    assert done.out == planned.out.replace("Would remove", "Removed")
    assert ids[0] in done.out
    assert "bytes" in done.out
    assert [one["is_pruned"] for one in listed(run, copied)] == [True, False]
    assert "pruned" in run("releases", "show", "1", "--warehouse", copied).out
    refused = run("sql", "FROM trials", "--release", ids[0], "--warehouse", copied)
    assert refused.code == 2
    assert f"--as-of {ids[0]}" in refused.err
    asked = run("sql", "SELECT count(*) AS n FROM trials", "--as-of", "1", "--format", "csv", "--warehouse", copied)
    assert (asked.code, asked.out) == (0, "n\n1\n")
    assert "nothing to remove" in run("releases", "prune", "--keep", "1", "--warehouse", copied).err
    assert run("releases", "prune", "--keep", "0", "--warehouse", copied).code == 2
    assert "nothing to verify" in run("releases", "verify", "--all", "--warehouse", copied).err


def test_verify_ends_with_1_and_names_what_where_and_what_to_do(run, copied, ids):
    ended = run("releases", "verify", "--all", "--warehouse", copied)
    assert (ended.code, ended.out) == (0, "")
    assert "all is well" in ended.err
    quality = copied / "releases" / ids[0] / "quality.json"
    quality.chmod(0o644)
    quality.write_text(quality.read_text().replace(":", " :", 1))
    assert run("releases", "verify", "--warehouse", copied).code == 0
    ended = run("releases", "verify", "1", "--warehouse", copied)
    assert ended.code == 1
    (line,) = ended.out.splitlines()
    for words in (ids[0], "quality.json is not what the manifest says", str(quality), "restore it from a copy"):
        assert words in line
    told = json.loads(run("releases", "verify", "--all", "--json", "--warehouse", copied).out)
    assert (told["is_well"], told["verified"], len(told["findings"])) == (False, ids, 1)
    assert run("releases", "verify", "1", "--all", "--warehouse", copied).code == 2
    assert run("releases", "verify", "never", "--warehouse", copied).code == 2


def test_a_damaged_register_is_said_by_readers_and_found_by_verify(run, copied, ids):
    (copied / "releases" / "register.json").write_text("{}")
    for command in (["releases", "list"], ["sql", "FROM trials"], ["releases", "show", ids[0]]):
        ended = run(*command, "--warehouse", copied)
        assert (ended.code, ended.out) == (1, "")
        assert "register.json is damaged" in ended.err
    ended = run("releases", "verify", "--warehouse", copied)
    assert ended.code == 1
    assert "register_damaged" in ended.out
    assert run("releases", "verify", "never", "--warehouse", copied).code == 1
    assert "made anew" in run("releases", "tag", "2", "name", "--warehouse", copied).err
    assert run("releases", "verify", "--all", "--warehouse", copied).code == 0


@pytest.mark.parametrize(
    "command",
    [
        ["releases", "tag", "1", "name"],
        ["releases", "rollback", "1", "--reason", "why"],
        ["releases", "prune", "--keep", "1"],
        ["refresh"],
    ],
    ids=" ".join,
)
def test_the_second_writer_ends_with_5_and_names_the_first(run, grown, command):
    with writing(grown, "releases prune"):
        ended = run(*command, "--warehouse", grown)
    assert (ended.code, ended.out) == (5, "")
    assert f"process {os.getpid()} on {os.uname().nodename} (releases prune, since" in ended.err


def test_writers_of_an_empty_warehouse_say_that_there_is_nothing(run, tmp_path):
    for command in (["tag", "1", "name"], ["rollback", "1", "--reason", "why"], ["prune", "--keep", "1"]):
        ended = run("releases", *command, "--warehouse", tmp_path)
        assert ended.code == 1
        assert "no release yet" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_refresh_gives_its_flow_the_tag_and_the_message(run, grown, monkeypatch):
    given = {}

    def take(settings, flow, parameters, *, json):
        given.update(parameters)

    monkeypatch.setattr("trialhouse.cli.commands.refresh.run_and_tell", take)
    assert run("refresh", "--tag", "v1", "--message", "as sent", "--warehouse", grown).code == 0
    assert (given["tag"], given["message"]) == ("v1", "as sent")
    flow = ast.parse((data_root() / "flows" / "refresh.py").read_text())
    (function,) = [node for node in flow.body if isinstance(node, ast.FunctionDef) and node.name == "refresh"]
    assert given.keys() == {argument.arg for argument in function.args.args}


def test_a_tag_that_refresh_cannot_give_is_said_before_prefect_starts(run, grown):
    for tag in ("2026.11.21.01", "current"):
        ended = run("refresh", "--tag", tag, "--warehouse", grown)
        assert ended.code == 2
        assert "cannot be a tag" in ended.err
        assert "Prefect" not in ended.err
