"""What doctor and refresh say before anything starts: a setting that is wrong in a profile, a disk without room."""

import json
import shutil
from collections import namedtuple

import pytest

from trialhouse.cli import disk
from trialhouse.cli.disk import why_no_room
from trialhouse.resources import data_root

Usage = namedtuple("Usage", ["total", "used", "free"])


def test_a_setting_that_is_none_in_a_profile_is_to_be_corrected(run, tmp_path, monkeypatch):
    shutil.copytree(data_root() / "config", tmp_path / "config")
    path = tmp_path / "config" / "trialhouse.toml"
    path.write_text(path.read_text().replace("[profiles.live]", "[profiles.live]\nbatch_sise = 7"))
    monkeypatch.setenv("TRIALHOUSE_CONFIG", str(tmp_path / "config"))
    ended = run("doctor", "--json", "--profile", "live", "--warehouse", tmp_path / "w")
    assert ended.code == 1
    (wrong,) = (one for one in json.loads(ended.out) if not one["is_ok"])
    assert wrong["name"] == "settings"
    assert "batch_sise" in wrong["says"]
    assert wrong["advice"].startswith("correct it")


@pytest.mark.parametrize(("free", "fits"), [(3_000_000, False), (disk.BESIDE_BYTES, True)])
def test_a_disk_without_room_is_said_before_prefect_starts(run, tmp_path, monkeypatch, free, fits):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: Usage(free, 0, free))
    assert (why_no_room(tmp_path / "w") is None) == fits
    if not fits:
        ended = run("refresh", "--warehouse", tmp_path / "w")
        assert ended.code == 1
        assert "has 3 MB free, and a refresh needs 60 MB: make room" in ended.err
        assert list(tmp_path.iterdir()) == []


def test_room_is_needed_for_another_release_as_large_as_the_current_one(tmp_path, monkeypatch):
    current = tmp_path / "releases" / "current"
    current.mkdir(parents=True)
    with (current / "trialhouse.duckdb").open("wb") as file:
        file.truncate(500_000_000)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: Usage(0, 0, 400_000_000))
    assert "needs 560 MB" in str(why_no_room(tmp_path))


def test_pruning_is_the_hint_only_where_there_are_old_releases(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: Usage(0, 0, 0))
    hinted = []
    for number in range(1, 4):
        hinted.append("releases prune" in str(why_no_room(tmp_path)))
        release = tmp_path / "releases" / f"2026.11.2{number}.01"
        release.mkdir(parents=True)
        (release / "manifest.json").write_text("{}")
    assert hinted == [False, False, True]
