"""What people judged of documents and trials, as the builder of clusters needs it: stronger than any key or score."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Constraint:
    """Two sets of mentions (by their names) of which a person said that they are one trial, or that they are not.

    Names that no mention of the build has are of documents that are gone: they say nothing until they come back.
    `reason` is the judgement in words: of what, by whom, when, and why. `part` is the side that was taken out of the
    trial which the other one is, if either was.
    """

    left: frozenset[str]
    right: frozenset[str]
    judgement_id: str
    reason: str
    part: frozenset[str] = frozenset()


class ContradictoryJudgements(ValueError):
    """A judgement says that two things differ which others make one: `judgement_ids` names all of them."""

    def __init__(self, judgement_ids: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.judgement_ids = judgement_ids


@dataclass(frozen=True)
class Constraints:
    """All that people judged: `same` joins whatever speaks against it, `different` parts whatever is shared."""

    same: tuple[Constraint, ...] = ()
    different: tuple[Constraint, ...] = ()

    def check(self, names: Iterable[str]) -> None:
        """Raise ContradictoryJudgements where a judgement "different" is of mentions that judgements "same" join.

        `names` are the mentions of the build. The judgements named first are those by which the two are one.
        """
        present = frozenset(names)
        joining = sorted(self.same, key=lambda one: one.judgement_id)
        steps: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(joining):
            for name in (one.left | one.right) & present:
                steps[name].append(number)
        for apart in sorted(self.different, key=lambda one: one.judgement_id):
            path = _path(joining, steps, apart.left & present, apart.right & present)
            if path is not None:
                others = "; ".join(one.reason for one in path) or "what it is about is the same on both sides"
                raise ContradictoryJudgements(
                    (*(one.judgement_id for one in path), apart.judgement_id),
                    f"judgements contradict each other: {apart.reason}; but {others}. Take one of them back: "
                    "`trialhouse decisions judge … withdrawn`, or take its line out of trial_judgements.csv",
                )


NO_CONSTRAINTS = Constraints()


def _path(
    joining: list[Constraint], steps: dict[str, list[int]], start: frozenset[str], end: frozenset[str]
) -> list[Constraint] | None:
    """The fewest judgements "same" that lead from one set of mentions to another; None where none do."""
    if start & end:
        return []
    came_by: dict[int, int | None] = {}
    waiting: deque[int] = deque()
    for number in sorted({number for name in start for number in steps.get(name, ())}):
        came_by[number] = None
        waiting.append(number)
    while waiting:
        number = waiting.popleft()
        reached = joining[number].left | joining[number].right
        if reached & end:
            path, at = [joining[number]], came_by[number]
            while at is not None:
                path.append(joining[at])
                at = came_by[at]
            return path[::-1]
        for following in sorted({other for name in reached for other in steps.get(name, ())}):
            if following not in came_by:
                came_by[following] = number
                waiting.append(following)
    return None
