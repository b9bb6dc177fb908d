"""The ratchet: what extraction has reached on train and domain abstracts, field by field, does not fall again.

`make eval ARGS=--write-ratchet` raises the stored scores. Validation is never among them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.evaluation.ratchet import FILE, SETS, fallen, reached, read_held
from bench.evaluation.reading import read_here
from bench.evaluation.run import Run, run
from bench.evaluation.shared import DOMAIN, LABELLED, SharedMissing, eval_folder


@pytest.fixture(scope="module")
def done() -> Run:
    try:
        return run(SETS, read=read_here)
    except SharedMissing as error:
        pytest.skip(f"the labelled abstracts are not here: {error}")


def test_no_abstract_raises(done):
    assert done.failures == []


def test_no_score_has_fallen(done):
    held = read_held()
    assert set(held) == set(SETS), f"{FILE.name} has no scores: make eval ARGS=--write-ratchet"
    assert fallen(held, reached(done.tables)) == []


def test_numbers_judged_one_by_one_are_counted_as_the_scorers_count_them(done):
    for one in (judged for name in SETS for judged in done.judged[name]):
        fields = [field for field in one.tally if field != "rows"]
        assert {field: one.hits(field) for field in fields} == {field: one.tally[field][0] for field in fields}


def scored(script: str, gold: str, records: list[dict[str, Any]], folder: Path, *options: str) -> str:
    """What a scorer itself prints of records."""
    said = folder / "said.jsonl"
    said.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    there = eval_folder()
    command = [sys.executable, there / script, there / gold, said, *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def records_of(done: Run, name: str) -> list[dict[str, Any]]:
    return [one.reading.record for one in done.judged[name] if one.reading.record]


def test_the_table_of_train_is_what_its_scorer_prints(done, tmp_path):
    printed = json.loads(
        scored("score_extraction.py", LABELLED, records_of(done, "train"), tmp_path, "--split", "train", "--json")
    )
    assert printed.pop("documents") == len(done.judged["train"])
    ours = {
        field: {key: getattr(one, key) for key in ("precision", "recall", "f1", "gold", "said")}
        for field, one in done.tables["train"].items()
    }
    assert printed == {field: pytest.approx(row) for field, row in ours.items()}


def test_the_tables_of_domain_are_what_its_scorer_prints(done, tmp_path):
    printed = scored("score_records.py", DOMAIN, records_of(done, "domain"), tmp_path)
    rows = {
        name: figures.split() for name, figures in re.findall(r"^ {0,2}([a-z]\w*) +((?:[\d.]+ *)+)$", printed, re.M)
    }
    ours = {
        field: [f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", str(one.gold), str(one.said)]
        for field, one in done.tables["domain"].items()
    }
    ours |= {name: [f"{one.f1:.3f}", str(one.gold)] for name, one in (done.context | done.facts).items()}
    assert {name: rows[name] for name in ours} == ours
