"""The ratchet: what extraction has reached on train and domain abstracts, field by field, does not fall again.

`make eval ARGS=--write-ratchet` raises the stored scores. Validation is never among them.
"""

import pytest

from bench.evaluation.ratchet import FILE, SETS, fallen, reached, read_held
from bench.evaluation.reading import read_here
from bench.evaluation.run import Run, run
from bench.evaluation.shared import SharedMissing


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
