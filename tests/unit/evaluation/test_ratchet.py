"""The stored scores: what has fallen, what is raised."""

from bench.evaluation.ratchet import fallen, raised, reached, read_held, write_held
from bench.evaluation.scores import score

HELD = {"train": {"cells": 0.75, "rows": 0.6}, "domain": {"sign": 0.99}}


def test_a_score_may_fall_by_the_margin_and_no_more():
    now = {"train": {"cells": 0.7451, "rows": 0.594}, "domain": {"sign": 1.0}}
    assert fallen(HELD, now) == ["train rows: 0.5940 is below 0.6000 by more than 0.005"]


def test_a_score_that_is_gone_has_fallen():
    assert fallen(HELD, {"train": HELD["train"]}) == ["domain sign: 0.9900 is stored, and the run has no such score"]


def test_stored_scores_are_raised_and_never_lowered(tmp_path):
    path = tmp_path / "scores.toml"
    assert read_held(path) == {}
    write_held(raised(HELD, {"train": {"cells": 0.8, "rows": 0.1}, "domain": {"sign": 0.99}}), path)
    assert read_held(path) == {"train": {"cells": 0.8, "rows": 0.6}, "domain": {"sign": 0.99}}


def test_validation_is_never_stored():
    tables = {"train": {"cells": score([(9, 10, 10)])}, "validation": {"cells": score([(9, 10, 10)])}}
    assert reached(tables) == {"train": {"cells": 0.9}}


def test_a_field_of_few_numbers_is_not_held():
    assert reached({"domain": {"baseline": score([(2, 2, 2)]), "dose": score([(10, 10, 10)])}}) == {
        "domain": {"dose": 1.0}
    }
