"""`trialhouse extract` on lines: what a bad one gives, and that quotes count in the line's own text."""

import json

import pytest

from tests.unit.cli.conftest import TRIAL_TEXT
from trialhouse.cli.document_reader import DocumentReader
from trialhouse.cli.given_documents import LONGER_AS_JSON, Given, given_documents
from trialhouse.resources import data_root

MAX_BYTES = 1_000_000

GOOD = json.dumps({"id": "good", "text": TRIAL_TEXT}).encode()
BAD = [
    (b"{broken", "line 2", "not_json:"),
    (b"\xff\xfe{}", "line 2", "not_json:"),
    (b'{"id": "x", "text": "caf\xe9"}', "line 2", "not_json:"),
    (b"[" * 200_000, "line 2", "not_json:"),
    (b'{"id": ' + b"1" * 5000 + b', "text": "A page."}', "line 2", "not_json:"),
    (b"[1, 2]", "line 2", "no_id:"),
    (b"7", "line 2", "no_id:"),
    (b'{"text": "A page."}', "line 2", "no_id:"),
    (b'{"id": null, "text": "A page."}', "line 2", "no_id:"),
    (b'{"id": [1], "text": "A page."}', "line 2", "no_id:"),
    (b'{"id": "x"}', "x", "no_text:"),
    (b'{"id": "x", "text": 5}', "x", "no_text:"),
    (b'{"id": 8, "text": null}', "8", "no_text:"),
    (b'{"id": "x", "text": ""}', "x", "empty:"),
    (b'{"id": "x", "text": " \\n\\ufeff"}', "x", "empty:"),
    (b'{"id": "x", "text": "' + b"7" * (MAX_BYTES + 1) + b'"}', "x", "too_large:"),
    (b'{"id": "x", "text": "' + b"7" * (LONGER_AS_JSON * MAX_BYTES) + b'"}', "line 2", "too_large:"),
]


@pytest.fixture(scope="module")
def read():
    """The records of one given document."""
    reader = DocumentReader(data_root() / "seeds", MAX_BYTES, None)

    def records(given):
        return [json.loads(text) for text in reader(given).texts]

    return records


def line(text, name="x"):
    data = json.dumps({"id": name, "text": text}).encode()
    return Given(name="line 1", size=len(data), line=data)


def proofs(node):
    """All that has a start, an end and a quote below a record."""
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node
        for child in node.values():
            yield from proofs(child)
    elif isinstance(node, list):
        for child in node:
            yield from proofs(child)


@pytest.mark.parametrize(("bad", "name", "reason"), BAD, ids=[f"{reason}{n}" for n, (_, _, reason) in enumerate(BAD)])
def test_a_bad_line_gives_a_record_at_its_place_that_says_why(read, tmp_path, bad, name, reason):
    (tmp_path / "lines.jsonl").write_bytes(b"\n".join([GOOD, bad, GOOD]))
    first, wrong, last = (read(given)[0] for given in given_documents(str(tmp_path / "lines.jsonl"), MAX_BYTES))
    assert wrong["id"] == name
    assert wrong["error"].startswith(reason)
    assert (wrong["arms"], wrong["outcomes"]) == ([], [])
    assert first == last
    assert first["error"] is None
    assert first["arms"]
    assert first.keys() == wrong.keys()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_within_a_text_keep_their_places(read, end):
    text = TRIAL_TEXT.replace("\n", end)
    (record,) = read(line(text))
    (other,) = read(line(TRIAL_TEXT))
    found = list(proofs(record))
    assert len(found) > 20
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in found)
    assert [one["label"] for one in record["arms"]] == [one["label"] for one in other["arms"]]
    assert (record["text_sha256"] == other["text_sha256"]) == (end == "\n")


def test_quotes_with_half_a_pair_are_the_lines_own(read):
    text = TRIAL_TEXT.replace("Cough ended", "Cough \ud800 ended")
    found = list(proofs(read(line(text))[0]))
    assert any("\ud800" in one["quote"] for one in found)
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in found)


def test_lines_of_a_folder_are_named_with_their_file(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(b"\n\n7\n" + GOOD)
    names = [given.name for given in given_documents(str(tmp_path), MAX_BYTES)]
    assert names == ["a.jsonl line 3", "a.jsonl line 4", "b.jsonl line 3", "b.jsonl line 4"]


def test_a_line_that_is_too_long_is_never_held(tmp_path, monkeypatch):
    """What is held of it stays below the limit however long it is."""
    monkeypatch.setattr("trialhouse.cli.given_documents.READ_AT_ONCE", 1000)
    (tmp_path / "lines.jsonl").write_bytes(b"x" * 50_000 + b"\n" + GOOD + b"\r\n")
    first, second = given_documents(str(tmp_path / "lines.jsonl"), 3000)
    assert (first.line, first.size) == (None, 50_000)
    assert second.line == GOOD
