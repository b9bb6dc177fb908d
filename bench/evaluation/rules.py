"""How often each rule is right, and how much of all that is right comes from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bench.evaluation.judging import Judged


@dataclass(frozen=True)
class RuleScore:
    """What one rule said of numbers that the gold can judge, and how many of them were right.

    `share` is its part of all right numbers: what the record would lose without it.
    """

    rule: str
    said: int
    right: int
    share: float

    @property
    def precision(self) -> float:
        """The share of what it said that is right."""
        return self.right / self.said if self.said else 0.0


def rule_scores(judged: Iterable[Judged]) -> list[RuleScore]:
    """The rules that said a number, most numbers first; an analysis counts each of its estimate, interval and p-value.

    A number in a field that the annotators left blank for the whole abstract is not counted, as in the scorers.
    """
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in judged:
        for number in one.said:
            if number.verdict != "unjudged":
                said[number.rule] += 1
                right[number.rule] += number.verdict == "right"
    all_right = right.total() or 1
    table = [RuleScore(rule, count, right[rule], right[rule] / all_right) for rule, count in said.items()]
    return sorted(table, key=lambda one: (-one.said, one.rule))
