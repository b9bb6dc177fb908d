"""What people judged of two documents or two trials, as constraints on what may be joined.

What a judgement is about is found by keys: what was a trial when a person judged it is known by the keys that it had
then, whatever trial has them now.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.trials import Key


@dataclass(frozen=True)
class Side:
    """One of the two things that were judged: the name that a person gave, and the keys that it is known by."""

    name: str
    keys: frozenset[Key]


@dataclass(frozen=True)
class Judgement:
    """Two documents or trials that are the same or different; `said` is by whom, when, where it is written, and why."""

    judgement_id: str
    subject: JudgementSubject
    left: Side
    right: Side
    verdict: Verdict
    said: str

    def __str__(self) -> str:
        return f"{self.left.name} and {self.right.name} are {self.verdict.value} ({self.said})"


Members = Callable[[Side], Collection[str]]
"""The names of what stands for a side: its keys, or the mentions of a build that have them."""


def key_names(side: Side) -> frozenset[str]:
    """The keys of a side, each as a name: what is known of it without any build."""
    return frozenset(f"{scheme} {value}" for scheme, value in side.keys)


def constraints_of(
    judgements: Iterable[Judgement], subject: JudgementSubject, members: Members = key_names
) -> Constraints:
    """The judgements on documents, or on trials, as constraints on the members of their sides.

    What stands for both sides says nothing of how they differ, and one without members nothing at all.
    """
    same, different = [], []
    for judgement in judgements:
        if judgement.subject is not subject:
            continue
        left, right = frozenset(members(judgement.left)), frozenset(members(judgement.right))
        if judgement.verdict is Verdict.SAME and left and right:
            same.append(Constraint(left, right, judgement.judgement_id, str(judgement)))
        elif judgement.verdict is Verdict.DIFFERENT and left - right and right - left:
            different.append(Constraint(left - right, right - left, judgement.judgement_id, str(judgement)))
    return Constraints(tuple(same), tuple(different))


def refuse_contradictions(judgements: Collection[Judgement]) -> None:
    """Two things that were judged different must not be the same by other judgements, one or a chain of them.

    Raises ContradictoryJudgements, as far as the keys of the judgements show it: two keys of one trial are told apart
    in a build only.
    """
    for subject in JudgementSubject:
        constraints = constraints_of(judgements, subject)
        every = (*constraints.same, *constraints.different)
        constraints.check({name for one in every for name in one.left | one.right})
