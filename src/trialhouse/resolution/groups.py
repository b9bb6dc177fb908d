"""Groups of mentions that grow by what mentions share, unless that would make one trial of two."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from trialhouse.resolution.constraints import Constraint

Star = Sequence[int]
"""The mentions, by number and in order, that share one thing."""


class Groups:
    """A union-find over mentions. Each group knows its registry ids and who may not join it.

    Stars are joined tier by tier, the most reliable first. Within a tier all that hangs together is looked at as a
    whole: where it holds two groups with different ids of one numbering, none of it is joined. So neither the order of
    mentions nor that of keys decides which trial a mention belongs to.
    """

    def __init__(
        self, ids: Sequence[dict[str, frozenset[str]]], apart: Sequence[tuple[set[int], set[int]]] = ()
    ) -> None:
        self._parent = list(range(len(ids)))
        self._ids = [dict(own) for own in ids]
        self._marks: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for number, sides in enumerate(apart):
            for side, members in enumerate(sides):
                for member in members:
                    self._marks[member].add((number, side))

    def find(self, member: int) -> int:
        """The first mention of the group that a mention is in."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def ids(self, member: int) -> dict[str, frozenset[str]]:
        """The registry ids of a mention's group by numbering."""
        return self._ids[self.find(member)]

    def join(self, stars: Iterable[Star], deciding: Collection[str] | None = None) -> list[Star]:
        """Join the stars of one tier; gives those that were refused.

        `deciding` are the registries whose ids may speak against it; None is all of them.
        """
        refused: list[Star] = []
        for roots, together in self._connected(stars):
            if self._contradict(roots, deciding):
                refused += together
            elif self._are_apart(roots):
                refused += [star for star in together if not self._join_but_those_apart(star)]
            else:
                self._merge(roots)
        return refused

    def force(self, stars: Iterable[Star]) -> None:
        """Join stars whatever speaks against it."""
        for roots, _ in self._connected(stars):
            self._merge(roots)

    def contradict(self, one: int, other: int) -> bool:
        """Whether the groups of two mentions have different ids of one numbering."""
        return self._contradict([self.find(one), self.find(other)], None)

    def are_apart(self, one: int, other: int) -> bool:
        """Whether the groups of two mentions were judged to be different."""
        return self._are_apart([self.find(one), self.find(other)])

    def _connected(self, stars: Iterable[Star]) -> list[tuple[list[int], list[Star]]]:
        """The groups that stars connect, with the stars between them; a star within one group connects nothing."""
        parent: dict[int, int] = {}

        def top(root: int) -> int:
            while (above := parent.setdefault(root, root)) != root:
                parent[root] = parent[above]
                root = above
            return root

        open_stars: list[tuple[int, Star]] = []
        for star in stars:
            roots = sorted({self.find(member) for member in star})
            if len(roots) > 1:
                open_stars.append((roots[0], star))
                tops = sorted({top(root) for root in roots})
                for other in tops[1:]:
                    parent[other] = tops[0]
        found: dict[int, tuple[list[int], list[Star]]] = {}
        for root in sorted(parent):
            found.setdefault(top(root), ([], []))[0].append(root)
        for root, star in open_stars:
            found[top(root)][1].append(star)
        return list(found.values())

    def _contradict(self, roots: Sequence[int], deciding: Collection[str] | None) -> bool:
        by_numbering: dict[str, list[frozenset[str]]] = defaultdict(list)
        for root in roots:
            for numbering, values in self._ids[root].items():
                if deciding is None or numbering in deciding:
                    by_numbering[numbering].append(values)
        return any(_some_disjoint(sets) for sets in by_numbering.values())

    def _are_apart(self, roots: Sequence[int]) -> bool:
        if not self._marks:
            return False
        marks = set().union(*(self._marks.get(root, ()) for root in roots))
        return any((number, 1 - side) in marks for number, side in marks)

    def _join_but_those_apart(self, star: Star) -> bool:
        """Join a star around its first mention, but those that were judged apart from it; whether all joined.

        They stay together where one judgement speaks of them together.
        """
        kept = [star[0]]
        for member in star[1:]:
            for number, first in enumerate(kept):
                same_side = self._marks.get(self.find(first), set()) & self._marks.get(self.find(member), set())
                if not self._are_apart([self.find(first), self.find(member)]) and (number == 0 or same_side):
                    self._merge(sorted({self.find(first), self.find(member)}))
                    break
            else:
                kept.append(member)
        return len(kept) == 1

    def _merge(self, roots: Sequence[int]) -> None:
        first = roots[0]
        for root in roots[1:]:
            self._parent[root] = first
            for numbering, values in self._ids[root].items():
                self._ids[first][numbering] = self._ids[first].get(numbering, frozenset()) | values
            if root in self._marks:
                self._marks[first] |= self._marks.pop(root)


def sides_of(different: Iterable[Constraint], numbers: dict[str, int]) -> list[tuple[set[int], set[int]]]:
    """The mentions on both sides of judgements "different", by number."""
    return [
        (
            {numbers[name] for name in one.left if name in numbers},
            {numbers[name] for name in one.right if name in numbers},
        )
        for one in different
    ]


def _some_disjoint(sets: Sequence[frozenset[str]]) -> bool:
    """Whether two of these sets share nothing."""
    if len(sets) < 2 or frozenset.intersection(*sets):
        return False
    return any(not one & other for number, one in enumerate(sets) for other in sets[:number])
