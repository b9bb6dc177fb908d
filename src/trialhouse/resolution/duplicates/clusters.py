"""From pairs that are one document to clusters that no veto divides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Edge:
    """A pair of records (numbers, the smaller first) to be merged; edges sort with the strongest first."""

    weakness: float
    left: int
    right: int

    @property
    def pair(self) -> tuple[int, int]:
        """The two records."""
        return self.left, self.right


@dataclass
class Forest:
    """Records in trees, each tree one cluster: two trees are joined unless a pair across them is forbidden.

    Edges come strongest first, and among equals in the order of their records, so that the same set of edges gives the
    same clusters in whatever order it was found. `between` answers for a pair across two trees why it must not be one
    document, or None; it is asked only where both trees would meet.
    """

    between: Callable[[int, int], str | None]
    parent: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def root(self, record: int) -> int:
        """The smallest record of the tree that a record is in."""
        at = record
        while self.parent.get(at, at) != at:
            at = self.parent[at]
        while self.parent.get(record, record) != at:
            self.parent[record], record = at, self.parent[record]
        return at

    def join(self, edge: Edge) -> "Refusal | None":
        """Join the trees of two records. Returns the pair across them that is forbidden and why, where one is."""
        a, b = sorted((self.root(edge.left), self.root(edge.right)))
        if a == b:
            return None
        for x in self.members.get(a, [a]):
            for y in self.members.get(b, [b]):
                reason = self.between(x, y)
                if reason is not None:
                    return (x, y), reason
        self.force(a, b)
        return None

    def force(self, left: int, right: int) -> None:
        """Join the trees of two records, whatever speaks against it: people said so."""
        a, b = sorted((self.root(left), self.root(right)))
        if a != b:
            self.parent[b] = a
            self.members[a] = sorted(self.members.pop(a, [a]) + self.members.pop(b, [b]))


Refusal = tuple[tuple[int, int], str]
"""The pair that keeps two trees apart, and why."""


def joined(edges: Iterable[Edge], forest: Forest) -> tuple[list[Edge], list[tuple[Edge, tuple[int, int], str]]]:
    """Join the records of edges in a forest. Returns the edges that joined trees, and those that a veto left out."""
    used, refused = [], []
    for edge in sorted(edges):
        if forest.root(edge.left) == forest.root(edge.right):
            continue
        refusal = forest.join(edge)
        if refusal is None:
            used.append(edge)
        else:
            refused.append((edge, *refusal))
    return used, refused
