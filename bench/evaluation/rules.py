"""How often each rule is right, and how much of all that is right comes from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bench.evaluation.judging import BY_ARM, Judged
from bench.evaluation.numbers import Said


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

    A number that the gold cannot judge is not counted (`is_judged`).
    """
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in judged:
        for number in one.said:
            if is_judged(number, one.abstract.set):
                said[number.rule] += 1
                right[number.rule] += number.verdict == "right"
    all_right = right.total() or 1
    table = [RuleScore(rule, count, right[rule], right[rule] / all_right) for rule, count in said.items()]
    return sorted(table, key=lambda one: (-one.said, one.rule))


def is_judged(number: Said, name: str) -> bool:
    """Whether the gold of a set can tell if a number is right.

    It cannot in a field that the annotators left blank for the whole abstract; nor, on the labelled abstracts, of a
    number of the whole trial: their annotators gave numbers to arms.
    """
    of_no_arm = name != "domain" and number.field in BY_ARM and number.arm is None and number.verdict != "right"
    return number.verdict != "unjudged" and not of_no_arm
