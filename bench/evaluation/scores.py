"""Precision, recall and F1 by field over a set, with the standard error that a bootstrap over documents gives."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from bench.evaluation.context_checks import NAMES as CONTEXT
from bench.evaluation.judging import Judged

RESAMPLES = 1000
SEED = 20_261_122
Counts = tuple[int, int, int]
"""Right, in gold, said: what the scorer counts of one document and field."""


@dataclass(frozen=True)
class Score:
    """One line of a table. Of a share (context and facts) precision, recall and F1 are that share, `said` is `gold`."""

    precision: float
    recall: float
    f1: float
    gold: int
    said: int
    error: float
    """The bootstrap standard error of F1."""


def f1_of(right: int, gold: int, said: int) -> float:
    """F1 from counts; nothing in gold and nothing said is 0, as in the scorers."""
    return 2 * right / (gold + said) if gold + said else 0.0


def scores(judged: Sequence[Judged]) -> dict[str, Score]:
    """The score of every field of the scorer of labelled abstracts, and of rows."""
    fields = list(judged[0].tally) if judged else []
    return {field: score([_three(one.tally[field]) for one in judged]) for field in fields}


def context_scores(judged: Sequence[Judged]) -> dict[str, Score]:
    """Of numbers on the right arm, the share whose sign, statistic, measure, time frame, baseline flag are right."""
    return {
        name: score([_share([c.right for c in one.checks if c.name == name]) for one in judged]) for name in CONTEXT
    }


def fact_scores(judged: Sequence[Judged]) -> dict[str, Score]:
    """The share of trial facts of the gold that were said rightly, by fact."""
    names = sorted({name for one in judged for name in one.facts})
    return {
        name: score([_share([a == b for n, (a, b) in one.facts.items() if n == name]) for one in judged])
        for name in names
    }


def _three(counts: tuple[int, ...]) -> Counts:
    right, gold, said = counts
    return right, gold, said


def _share(checks: list[bool]) -> Counts:
    return sum(checks), len(checks), len(checks)


def score(counts: Sequence[Counts]) -> Score:
    """The score of one field from its counts by document."""
    right, gold, said = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return Score(
        precision=right / said if said else 0.0,
        recall=right / gold if gold else 0.0,
        f1=f1_of(right, gold, said),
        gold=gold,
        said=said,
        error=bootstrap_error(counts, f1_of),
    )


def bootstrap_error(
    counts: Sequence[Counts], statistic: Callable[[int, int, int], float], resamples: int = RESAMPLES
) -> float:
    """The standard deviation of a statistic of summed counts over resamples of the documents, with a fixed seed.

    Counts are taken once a document; a resample only sums them.
    """
    if len(counts) < 2:
        return 0.0
    right, gold, said = zip(*counts, strict=True)
    values = [statistic(sum(pick(right)), sum(pick(gold)), sum(pick(said))) for pick in _picks(len(counts), resamples)]
    mean = sum(values) / resamples
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (resamples - 1))


@lru_cache(maxsize=4)
def _picks(documents: int, resamples: int) -> list[Callable[[Sequence[int]], tuple[int, ...]]]:
    """The resamples, each as what picks its documents from a column; the same ones for every field of a set."""
    draw = random.Random(SEED)
    return [itemgetter(*draw.choices(range(documents), k=documents)) for _ in range(resamples)]
