"""Why each mention is of its trial: the first of all ties that lead from what names the trial to it.

Two records of one paper are tied to each other, which says nothing of why either of them is of the trial. So the ties
are followed from the mentions that have the trial's registry id, else from the most trusted one, the most reliable tie
first; each mention has the reason of the tie by which it was reached.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from trialhouse.resolution.link_reasons import OWN, Link

LinkBy = Callable[[int, int], Link]
"""The link of a mention by another one that it shares something with."""


class Tie(NamedTuple):
    """Mentions, by number and in order, that one thing joined, and how one of them is linked by another."""

    members: tuple[int, ...]
    link: LinkBy


class LinkTree:
    """The ties of a build in the order in which they were found, which is that of their reliability."""

    def __init__(self) -> None:
        self._ties: list[Tie] = []
        self._of: dict[int, list[int]] = defaultdict(list)

    def add(self, members: Sequence[int], link: LinkBy) -> None:
        """Remember what joined some mentions; one alone is joined with nothing."""
        if len(members) > 1:
            for member in members:
                self._of[member].append(len(self._ties))
            self._ties.append(Tie(tuple(members), link))

    def links(self, members: Sequence[int], named: Mapping[int, Link]) -> dict[int, Link]:
        """The link of each mention of a trial; `named` are those of the mentions that name it by its registry id."""
        within = frozenset(members)
        found = dict(named) or {members[0]: self._of_first(members[0], within)}
        waiting = sorted({tie for member in found for tie in self._of.get(member, ())})
        while waiting and len(found) < len(members):
            tie = self._ties[heapq.heappop(waiting)]
            by = next(member for member in tie.members if member in found)
            reached = [member for member in tie.members if member in within and member not in found]
            for member in reached:
                found[member] = tie.link(member, by)
                for further in self._of[member]:
                    heapq.heappush(waiting, further)
        return found | {member: OWN for member in members if member not in found}

    def _of_first(self, first: int, within: Collection[int]) -> Link:
        """The link of the most trusted mention: by the first tie that it has with another one of the trial."""
        for number in self._of.get(first, ()):
            tie = self._ties[number]
            other = next((member for member in tie.members if member != first and member in within), None)
            if other is not None:
                return tie.link(first, other)
        return OWN
