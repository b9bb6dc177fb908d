"""What people judged of two documents or two trials, and judgements that contradict each other.

Which mentions a judgement is about is found by keys: what was a trial when a person judged it is known by the keys that
it had then, whatever trial has them now.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass

from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.trials import Key

DOCUMENT = "document"
"""The scheme of a key that is the id of a document."""


@dataclass(frozen=True)
class Side:
    """One of the two things that were judged: the name that a person gave, and the keys that it is known by."""

    name: str
    keys: frozenset[Key]


@dataclass(frozen=True)
class Judgement:
    """Two documents or trials that are the same or different; `said` is by whom, when, where it is written, and why."""

    subject: JudgementSubject
    left: Side
    right: Side
    verdict: Verdict
    said: str

    def __str__(self) -> str:
        return f"{self.left.name} and {self.right.name} are {self.verdict.value} ({self.said})"


class ContradictoryJudgements(ValueError):
    """Judgements that cannot all be true; the message names them and says what to do."""


Members = Callable[[Side], Collection[Hashable]]
"""What stands for a side: its keys, or the mentions that have them."""


def refuse_contradictions(judgements: Sequence[Judgement], members: Members = lambda side: side.keys) -> None:
    """Two things that were judged different must not be the same by other judgements, one or a chain of them.

    Raises ContradictoryJudgements for the first that are.
    """
    for subject in JudgementSubject:
        about = [judgement for judgement in judgements if judgement.subject is subject]
        same = [judgement for judgement in about if judgement.verdict is Verdict.SAME]
        for judgement in about:
            if judgement.verdict is Verdict.DIFFERENT:
                chain = _chain(judgement, same, members)
                if chain:
                    raise ContradictoryJudgements(_told(judgement, chain))


def _chain(judgement: Judgement, same: Sequence[Judgement], members: Members) -> list[Judgement]:
    """The shortest chain of judgements by which the two sides of one are the same; none when there is no such chain."""
    left, right = exclusive(judgement, members)
    chains = [([], left)] if left and right else []
    left_over = list(same)
    while chains:
        longer = []
        for chain, reached in chains:
            if chain and reached & right:
                return chain
            for other in [one for one in left_over if reached & _both(one, members)]:
                left_over.remove(other)
                longer.append(([*chain, other], reached | _both(other, members)))
        chains = longer
    return []


def exclusive(judgement: Judgement, members: Members) -> tuple[frozenset[Hashable], frozenset[Hashable]]:
    """What stands for each side alone: what stands for both says nothing of how they differ."""
    left, right = frozenset(members(judgement.left)), frozenset(members(judgement.right))
    return left - right, right - left


def _both(judgement: Judgement, members: Members) -> frozenset[Hashable]:
    return frozenset(members(judgement.left)) | frozenset(members(judgement.right))


def _told(judgement: Judgement, chain: Sequence[Judgement]) -> str:
    others = "; ".join(str(other) for other in chain)
    return (
        f"two judgements contradict each other: {judgement}; but {others}. Withdraw one of them: "
        "`trialhouse decisions judge … withdrawn`, or take its line out of trial_judgements.csv"
    )
