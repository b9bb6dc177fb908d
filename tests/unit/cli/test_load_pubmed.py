"""`trialhouse load-pubmed`: what it says, how it ends, and the same tables whatever the number of processes."""

import json
from pathlib import Path

import pytest

from tests.unit.bulk.pubmed_files import record, write_file
from tests.unit.bulk.test_merge import tables_of
from trialhouse.cli.app import main
from trialhouse.cli.bulk_bar import Pace
from trialhouse.pipeline.bulk_result import Stand
from trialhouse.pipeline.lock import writing
from trialhouse.settings import load_settings


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for number in (1, 2, 3):
        write_file(folder, f"pubmed26n000{number}.xml.gz", [record(number * 10 + n) for n in range(3)], deleted=[11])
    return folder


def load(warehouse: Path, *words: object) -> int:
    return main(["load-pubmed", *map(str, words), "--warehouse", str(warehouse)])


def test_the_sums_add_up_and_a_damaged_file_ends_with_4(files, tmp_path, capsys):
    (files / "pubmed26n0002.xml.gz").write_bytes(b"\x1f\x8b")
    assert load(tmp_path / "w", files, "--workers", "1", "--json") == 4
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["exit_code"] == 4
    assert (told["citations_read"], told["citations_new"], told["citations_superseded"]) == (6, 5, 1)
    assert [file["state"] for file in told["files"]] == ["loaded", "set_aside", "loaded"]
    assert "Files: 2 loaded, 1 set aside.\n  pubmed26n0002.xml.gz is no whole gzip archive" in printed.err
    assert "Citations: 6 read = 5 new + 0 changed + 1 superseded or deleted + 0 quarantined.\n" in printed.err
    assert "Store: 5 citations = 0 before + 5 new - 0 deleted.\n" in printed.err


def test_status_says_what_is_loaded(files, tmp_path, capsys):
    assert load(tmp_path / "w", files, "--workers", "1") == 0
    capsys.readouterr()
    assert main(["status", "--warehouse", str(tmp_path / "w")]) == 0
    assert "\nPubMed    8 citations of 3 files of bulk loads\n" in capsys.readouterr().out
    (tmp_path / "w" / "pubmed" / "pubmed.duckdb").write_bytes(b"none")
    assert main(["status", "--warehouse", str(tmp_path / "w")]) == 0
    assert "pubmed.duckdb cannot be read" in capsys.readouterr().out


def test_processes_give_the_tables_of_one(files, tmp_path):
    stores = []
    for workers in (1, 2):
        warehouse = tmp_path / f"by-{workers}"
        assert load(warehouse, files, "--workers", workers) == 0
        stores.append(tables_of(load_settings(warehouse=warehouse, environ={}).settings))
    assert stores[0] == stores[1]


def test_a_second_load_ends_with_5_and_names_the_first(files, tmp_path, capsys):
    with writing(tmp_path / "w" / "pubmed", "load-pubmed"):
        assert load(tmp_path / "w", files, "--workers", "1") == 5
    assert "(load-pubmed, since " in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["nothing-here"], ["FILES", "--workers", "-1"]])
def test_wrong_use_ends_with_2(files, tmp_path, words):
    assert load(tmp_path / "w", *[files if word == "FILES" else word for word in words]) == 2
    assert not (tmp_path / "w").exists()


def test_a_folder_without_files_ends_with_2_and_says_what_is_missing(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert load(tmp_path / "w", tmp_path / "empty") == 2
    assert f"there is no .xml.gz or .xml in {tmp_path / 'empty'}" in capsys.readouterr().err


def test_an_address_is_told_to_be_downloaded(tmp_path, capsys):
    assert load(tmp_path / "w", "https://files.example/pubmed26n0001.xml.gz") == 2
    told = capsys.readouterr().err
    assert "https://files.example/pubmed26n0001.xml.gz is an address" in told
    assert "curl -O https://files.example/pubmed26n0001.xml.gz -O https://" in told


def test_files_without_an_md5_are_named(files, tmp_path, capsys):
    write_file(files, "pubmed26n0004.xml.gz", [record(90)], md5=True)
    assert load(tmp_path / "w", files, "--workers", "1") == 0
    said = "  3 without a .md5 beside it, not compared with what was sent: pubmed26n0001.xml.gz, pubmed26n0002.xml.gz, "
    assert said in capsys.readouterr().err


def test_the_time_left_goes_by_the_bytes_that_were_read_in_this_run():
    seconds = iter([0.0, 10.0])
    pace = Pace(lambda: next(seconds))
    stand = Stand("files", 1, 4, bytes_done=1000, bytes_total=4000).after(1000, 50_000, was_there=False)
    assert pace.told(stand) == "5,000 citations/s, 0:00:20 left"
