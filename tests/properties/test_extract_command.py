"""`trialhouse extract` gives the same records whatever the hash seed, the order of the documents and the workers."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

CORPUS = pathlib.Path(__file__).parents[2] / "seeds" / "corpus"
BAD = [b"{broken", b'{"id": "no text"}', b'{"id": "not UTF-8", "text": "\xe9"}', b"7"]


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    """Every text of the corpus as a line, and lines that are none."""
    paths = sorted(path for path in CORPUS.iterdir() if not path.name.endswith(".expected.json"))
    good = [json.dumps({"id": path.name, "text": path.read_text(encoding="utf-8")}).encode() for path in paths]
    return [*good[:5], *BAD, *good[5:]]


def records(lines: list[bytes], seed: str, workers: str) -> list[bytes]:
    """What the command prints for the lines, in a process with that hash seed."""
    ended = subprocess.run(
        [sys.executable, "-m", "trialhouse", "extract", "-", "--jsonl", "--workers", workers],
        input=b"\n".join(lines),
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 4
    return ended.stdout.splitlines()


def without_places(records: list[bytes]) -> list[bytes]:
    """Records but those of lines without an id, which are named by their number."""
    return sorted(one for one in records if not one.startswith(b'{"id": "line '))


def test_seed_order_and_workers_change_nothing(lines: list[bytes]) -> None:
    first = records(lines, "0", "1")
    assert len(first) == len(lines)
    assert sum(b'"value": ' in one for one in first) >= 5
    assert records(lines, "77", "2") == first
    backwards = records(lines[::-1], "1", "1")
    assert len(backwards) == len(lines)
    assert without_places(backwards) == without_places(first)
