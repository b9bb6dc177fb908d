"""Scores from counts by document, and their standard errors."""

import math

import pytest

from bench.evaluation.bounds import Bound, read_bounds
from bench.evaluation.scores import Score, bootstrap_error, f1_of, score

COUNTS = [(1, 2, 1), (0, 1, 3), (4, 4, 4), (2, 5, 2), (0, 0, 1), (3, 3, 6)]


def test_a_score_is_that_of_the_summed_counts():
    one = score(COUNTS)
    assert (one.gold, one.said) == (15, 17)
    assert one.precision == pytest.approx(10 / 17)
    assert one.recall == pytest.approx(10 / 15)
    assert one.f1 == pytest.approx(2 * one.precision * one.recall / (one.precision + one.recall))


def test_nothing_to_find_and_nothing_said_is_no_error():
    assert score([]) == Score(0.0, 0.0, 0.0, 0, 0, 0.0)
    assert score([(0, 0, 0), (0, 0, 0)]).f1 == 0.0


def test_the_bootstrap_gives_the_same_error_each_time():
    assert bootstrap_error(COUNTS, f1_of) == bootstrap_error(list(COUNTS), f1_of) > 0


def test_documents_that_agree_have_no_error():
    assert bootstrap_error([(1, 2, 2)] * 30, f1_of) == pytest.approx(0)


def test_the_bootstrap_of_a_share_is_near_its_known_standard_error():
    counts = [(1, 1, 1)] * 140 + [(0, 1, 1)] * 60
    assert bootstrap_error(counts, f1_of) == pytest.approx(math.sqrt(0.7 * 0.3 / 200), rel=0.1)


@pytest.mark.parametrize(
    ("f1", "error", "standing"),
    [(0.90, 0, "goal"), (0.85, 0.2, "floor"), (0.75, 0.06, "within"), (0.75, 0.04, "missed")],
)
def test_a_score_stands_to_its_bound(f1, error, standing):
    assert Bound(floor=0.80, goal=0.90).standing(Score(f1, f1, f1, 10, 10, error)) == standing


def test_every_floor_lies_below_its_goal():
    bounds = read_bounds()
    assert set(bounds) == {"labelled", "domain", "context"}
    assert all(0 < bound.floor < bound.goal < 1 for kind in bounds.values() for bound in kind.values())
