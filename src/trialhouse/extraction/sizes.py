"""The sizes of arms as they are found, sentence by sentence."""

from dataclasses import dataclass, field

from trialhouse.extraction.lexer import Typed


@dataclass(slots=True)
class Sizes:
    """The sizes of arms found so far, each with the offsets it was read from; the first one said stays."""

    randomized: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    analyzed: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    derived: set[int] = field(default_factory=set)
    """The arms whose size is a part of a total that the text says to be parted equally."""
    unplaced: list[Typed] = field(default_factory=list)
    """Sizes in a row that are not as many as the arms before them, and numbers in the bracket of one arm."""
    counted: list[Typed] = field(default_factory=list)
    """Numbers of participants beside arms that are no outcomes: sizes, or counts of those whom other words describe."""
    left_from: int | None = None
    """Where the sentence being read goes on with those who were left of the groups: sizes behind are none as formed."""

    def put(self, arm: int, size: float, start: int, end: int, *, randomized: bool) -> None:
        """Keep a whole, positive size."""
        if size == int(size) and size > 0:
            randomized = randomized and (self.left_from is None or start < self.left_from)
            (self.randomized if randomized else self.analyzed).setdefault(arm, (int(size), start, end))

    def left(self) -> list[Typed]:
        """The unplaced ones that no arm has got in another way either, and counts that are the size of none."""
        placed = {start: size for sizes in (self.randomized, self.analyzed) for size, start, _ in sizes.values()}
        unplaced = [one for one in self.unplaced if one.start not in placed]
        known = {*placed.values(), *(one.value for one in unplaced)}
        return unplaced + [one for one in self.counted if one.value not in known]
