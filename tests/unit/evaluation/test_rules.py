"""Precision and coverage by rule, and the confidence that is written from them."""

import csv
import datetime

import pytest

from bench.evaluation.confidence import smoothed, write_confidence
from bench.evaluation.rules import rule_scores
from tests.unit.evaluation.made import made_judged, said
from trialhouse.extraction.frames.bound import CONFIDENCE

DAY = datetime.date(2026, 11, 22)


def judged_twice():
    one = [
        said("right"),
        said("wrong_arm"),
        said("right", "arms.size", field="arm_n", confidence=0.8),
        said("unjudged"),
    ]
    two = [said("right"), said("extra"), said("unjudged", "enrollment.total_n", field="n_total")]
    return [made_judged(one), made_judged(two)]


def test_a_rule_has_what_it_said_and_how_much_was_right():
    versus, size = rule_scores(judged_twice())
    assert (versus.rule, versus.said, versus.right, versus.precision) == ("frame.versus", 4, 2, 0.5)
    assert (size.rule, size.said, size.right, size.precision) == ("arms.size", 1, 1, 1.0)
    assert versus.share == pytest.approx(2 / 3)
    assert size.share == pytest.approx(1 / 3)


def test_what_cannot_be_judged_counts_for_no_rule():
    assert "enrollment.total_n" not in {one.rule for one in rule_scores(judged_twice())}


def test_labels_without_numbers_of_the_whole_trial_cannot_say_that_one_is_wrong():
    whole = [said("extra", "frame.whole_trial", arm=None), said("right", "frame.whole_trial", arm=None)]
    (on_train,) = rule_scores([made_judged(whole)])
    (on_domain,) = rule_scores([made_judged(whole, split="domain")])
    assert (on_train.said, on_train.right) == (1, 1)
    assert (on_domain.said, on_domain.right) == (2, 1)


def test_nothing_right_is_no_division_by_zero():
    (one,) = rule_scores([made_judged([said("extra")])])
    assert (one.precision, one.share) == (0.0, 0.0)


def test_the_prior_counts_as_four_numbers():
    assert smoothed(0, 0, 0.9) == 0.9
    assert smoothed(2, 4, 0.9) == round((2 + 3.6) / 8, 3)
    assert smoothed(500, 1000, 0.9) == pytest.approx(0.5, abs=0.003)


def test_the_written_file_has_a_row_for_each_rule_in_order(tmp_path):
    path = tmp_path / "rule_confidence.csv"
    assert write_confidence(judged_twice(), DAY, path) == path
    size, versus = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert size["rule"] == "arms.size"
    assert float(size["confidence"]) == smoothed(1, 1, 0.8)
    assert {k: versus[k] for k in ("rule", "said", "right", "date")} == {
        "rule": "frame.versus",
        "said": "4",
        "right": "2",
        "date": "2026-11-22",
    }
    assert float(versus["confidence"]) == smoothed(2, 4, CONFIDENCE["frame.versus"])


def test_a_row_measured_on_other_abstracts_is_kept(tmp_path):
    path = tmp_path / "rule_confidence.csv"
    write_confidence(judged_twice(), DAY, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = "frame.versus,11,5,0.688,abstracts that nothing was tuned on,2026-01-01"
    path.write_text("\n".join([*(kept if one.startswith("frame.versus,") else one for one in lines), ""]))
    write_confidence(judged_twice(), DAY, path)
    assert kept in path.read_text(encoding="utf-8").splitlines()
