"""Write how sure each rule may be: its smoothed precision on the labelled abstracts that may be tuned on.

A row with another source was measured on abstracts that nothing was tuned on, and is kept: the rules that did worse
there than the tuned ones promise. The tuned precision counts as ten numbers of its prior.

It is rather too low than too high: the labels leave about a quarter of the texts' p-values blank, and such a p-value
counts as wrong for its rule.
"""

import csv
import datetime
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

from bench.evaluation.judging import Judged
from bench.evaluation.rules import RuleScore, rule_scores
from bench.evaluation.shared import CHECKOUT
from trialhouse.extraction.frames.bound import CONFIDENCE

FILE = CHECKOUT / "seeds" / "rule_confidence.csv"
COLUMNS = "rule", "said", "right", "confidence", "source", "date"
SOURCE = "make eval: labelled abstracts (train) and domain abstracts"
WEIGHT = 4
"""The prior counts as so many numbers: a rule seen twice keeps most of it, one seen a hundred times almost nothing."""


def smoothed(right: int, said: int, prior: float, weight: int = WEIGHT) -> float:
    """Precision with the prior counted as some numbers more, to three digits."""
    return round((right + prior * weight) / (said + weight), 3)


def priors(judged: Iterable[Judged]) -> dict[str, float]:
    """The prior of each rule that said something: its own in `frames/bound.py`, else what the records carry for it."""
    carried: dict[str, list[float]] = defaultdict(list)
    for one in judged:
        for number in one.said:
            carried[number.rule].append(number.confidence or 0.0)
    return {rule: CONFIDENCE.get(rule, fmean(values)) for rule, values in carried.items()}


def rows_of(scores: Iterable[RuleScore], prior: dict[str, float], day: datetime.date) -> list[dict[str, str]]:
    """The rows of the file, sorted by rule."""
    return [
        {
            "rule": one.rule,
            "said": str(one.said),
            "right": str(one.right),
            "confidence": f"{smoothed(one.right, one.said, prior[one.rule]):.3f}",
            "source": SOURCE,
            "date": day.isoformat(),
        }
        for one in sorted(scores, key=lambda one: one.rule)
        if one.rule
    ]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of the file as they are; none where it is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_confidence(judged: list[Judged], day: datetime.date, path: Path = FILE) -> Path:
    """Write the file anew and return it; a rule that said nothing has no row and keeps its prior."""
    kept = {row["rule"]: row for row in read_rows(path) if row["source"] != SOURCE}
    rows = [kept.get(row["rule"], row) for row in rows_of(rule_scores(judged), priors(judged), day)]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
