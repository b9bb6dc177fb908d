"""The ratchet of the fresh abstracts: what extraction has reached on them does not fall again.

`python -m bench.evaluation.fresh --write-ratchet` raises the stored scores.
"""

import re

import pytest

from bench.evaluation.fresh import FOLDER, RATCHET, SPLITS, fresh_abstracts, judged_of, reached_by
from bench.evaluation.ratchet import fallen, read_held
from bench.evaluation.reading import read_here
from bench.evaluation.scores import scores
from bench.evaluation.shared import SharedMissing, json_lines

SIZES = {"dev": 38, "held": 27, "review": 34}


@pytest.fixture(scope="module")
def judged():
    try:
        return {split: judged_of(split, read_here) for split in SPLITS}
    except SharedMissing as error:
        pytest.skip(f"the scorers are not here: {error}")


def test_no_abstract_raises(judged):
    assert [one.reading.failure for split in SPLITS for one in judged[split] if one.reading.failure] == []


def test_no_score_has_fallen(judged):
    held = read_held(RATCHET)
    assert set(held) == set(SPLITS)
    assert fallen(held, reached_by({split: scores(judged[split]) for split in SPLITS})) == []


def test_the_splits_have_their_sizes():
    assert {split: len(fresh_abstracts(split)) for split in SPLITS} == SIZES
    ids = [one["id"] for one in json_lines(FOLDER / "abstracts.jsonl")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("split", SPLITS)
def test_numbers_of_the_gold_stand_in_the_text(split):
    """Every decimal number of the gold is written in its text, and every arm that it names is one of its arms."""
    for one in fresh_abstracts(split):
        written = {
            abs(float(n.replace(",", ""))) for n in re.findall(r"\d[\d,]*(?:\.\d+)?|\.\d+", one.text.replace("·", "."))
        }
        arms = {arm["key"] for arm in one.gold["arms"]} | {None}
        for outcome in one.gold["outcomes"]:
            rows = outcome["measurements"] + outcome["analyses"]
            parts = [row.get(key) for row in rows for key in ("value", "estimate", "ci_low", "ci_high", "p_value")]
            decimal = {abs(part) for part in parts if part is not None and part != int(part)}
            assert decimal <= written, f"{one.id}: {outcome['measure']}"
            assert {row.get(key) for row in rows for key in ("arm", "comparator")} <= arms, one.id
