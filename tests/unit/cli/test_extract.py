"""`trialhouse extract`: files, folders and lines to records."""

import hashlib
import json
import os
import subprocess
import sys

import pytest


def records(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_file_gives_its_record_under_its_name(run, given_files):
    ended = run("extract", given_files / "harvomab.txt", "--jsonl")
    (record,) = records(ended.out)
    assert ended.code == 0
    assert record["id"] == "harvomab.txt"
    assert record["error"] is None
    assert "NCT09990931" in record["trial"]["registry_ids"]


def test_without_jsonl_the_record_is_indented(run, given_files):
    ended = run("extract", given_files / "harvomab.txt")
    assert json.loads(ended.out)["id"] == "harvomab.txt"
    assert ended.out.startswith('{\n  "id"')


def test_a_folder_goes_on_after_a_document_that_cannot_be_read(run, given_files):
    ended = run("extract", given_files, "--jsonl")
    by_name = {record["id"]: record for record in records(ended.out)}
    assert ended.code == 4
    assert sorted(by_name) == ["empty.txt", "harvomab.txt", "menu.txt"]
    assert by_name["empty.txt"]["error"].startswith("empty:")
    assert by_name["menu.txt"]["error"] is None
    assert by_name["menu.txt"]["arms"] == []
    assert by_name["menu.txt"].keys() == by_name["empty.txt"].keys()


def test_lines_keep_their_own_ids_and_bad_lines_say_why(run, monkeypatch, tmp_path):
    lines = '{"id": "10.5555/a/b", "text": "A page."}\n\n{broken\n{"id": 7}\n{"id": 8, "text": "Another."}\n'
    (tmp_path / "lines").write_text(lines)
    with (tmp_path / "lines").open() as given:
        monkeypatch.setattr("sys.stdin", given)
        ended = run("extract", "-", "--jsonl")
    found = records(ended.out)
    assert ended.code == 4
    assert [record["id"] for record in found] == ["10.5555/a/b", "line 3", "7", "8"]
    assert [record["error"] is None for record in found] == [True, False, False, True]


def test_quotes_count_in_the_text_of_the_line(run, tmp_path):
    text = "Half a pair: \ud800. We randomly assigned 80 adults. It was a randomized, double-blind trial."
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "x", "text": text}) + "\n", encoding="utf-8")
    (record,) = records(run("extract", tmp_path / "lines.jsonl", "--jsonl").out)
    proofs = record["trial"]["evidence"]
    assert proofs
    assert all(text[proof["start"] : proof["end"]] == proof["quote"] for proof in proofs.values())


def test_a_path_that_is_not_there_is_wrong_use(run, tmp_path):
    ended = run("extract", tmp_path / "absent.txt")
    assert ended.code == 2
    assert "absent.txt" in ended.err


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl"])
def test_a_pipe_is_refused_and_not_waited_for(run, tmp_path, name):
    os.mkfifo(tmp_path / name)
    ended = run("extract", tmp_path / name, "--jsonl")
    (record,) = records(ended.out)
    assert ended.code == 4
    assert record["error"].startswith("not_a_file:")


def test_only_an_empty_document_has_the_hash_of_no_text(run, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n")
    hashes = {record["id"]: record["text_sha256"] for record in records(run("extract", tmp_path, "--jsonl").out)}
    assert hashes == {"empty.txt": hashlib.sha256(b"").hexdigest(), "picture.txt": None}


def test_half_a_pair_in_an_id_is_printed_escaped(run, tmp_path):
    (tmp_path / "lines.jsonl").write_text('{"id": "odd \\ud800", "text": "A page."}\n')
    ended = run("extract", tmp_path / "lines.jsonl", "--jsonl")
    assert ended.code == 0
    assert [record["id"] for record in records(ended.out)] == ["odd \ud800"]


def test_an_output_that_cannot_encode_a_character_gets_json_all_the_same(tmp_path):
    (tmp_path / "lines.jsonl").write_text('{"id": "é – 😀", "text": "A page."}\n', encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "trialhouse", "extract", str(tmp_path / "lines.jsonl"), "--jsonl"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert json.loads(ended.stdout)["id"] == "é – 😀"


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes no such name")
def test_a_name_that_is_no_utf8_is_printed(run, tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("A page.")
    ended = run("extract", tmp_path, "--jsonl")
    assert [record["id"] for record in records(ended.out)] == ["caf\\xe9.txt"]
