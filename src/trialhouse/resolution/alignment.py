"""Which of a document's arms or outcomes is which of those known of its trial: pairs that nothing else rivals.

Two things are one where they fit each other and neither fits anything else as well. Where several fit, what they say
beside it (how an arm's drug is given, how many are in it) may tell them apart; where it does not, they stay apart.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from trialhouse.model.tables import DoubtfulPairRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.reading import Mention

Known = TypeVar("Known", bound=Hashable)
New = TypeVar("New", bound=Hashable)


@dataclass(frozen=True)
class Aligned(Generic[Known, New]):
    """The known thing that each new one is, and pairs that may be one and were not joined, in the order given."""

    joined: Mapping[New, Known]
    doubtful: tuple[tuple[Known, New], ...]


def align(
    known: Sequence[Known],
    new: Sequence[New],
    rank: Callable[[Known, New], int],
    tell_apart: Sequence[Callable[[Known, New], bool]] = (),
) -> Aligned[Known, New]:
    """Pair what is known with what is new.

    `rank` says how well a pair fits: 0 not at all, and from 2 on so well that it is joined when nothing rivals it, the
    highest rank first; 1 is only told. A rival is whatever fits at least as well, also where it is joined with another
    one: a drug without a dose is none of its two doses. `tell_apart` are asked, in turn, of pairs with rivals.
    """
    ranks = {(a, b): found for a in known for b in new if (found := rank(a, b)) > 0}
    joined: dict[New, Known] = {}
    for level in sorted({found for found in ranks.values() if found > 1}, reverse=True):
        pairs = [pair for pair, found in ranks.items() if found >= level]
        for tells in (None, *tell_apart):
            told = pairs if tells is None else [pair for pair in pairs if tells(*pair)]
            for a, b in _unrivalled(told):
                if ranks[a, b] == level and b not in joined and a not in joined.values():
                    joined[b] = a
    taken = set(joined.values())
    doubtful = [(a, b) for a, b in ranks if b not in joined and a not in taken]
    return Aligned(joined, tuple(doubtful))


def doubtful_pair(
    subject: PairSubject, one: tuple[str, Mention, str], other: tuple[str, Mention, str], method: str, why: str
) -> DoubtfulPairRow:
    """The row of two things that may be one, each given as its id, a document that speaks of it, and its name there."""
    left, right = sorted((one, other), key=lambda side: side[0])
    return DoubtfulPairRow(
        subject=subject,
        left_id=left[0],
        right_id=right[0],
        left_document_id=left[1].document.document_id,
        right_document_id=right[1].document.document_id,
        method=method,
        reason=f"“{left[2]}” and “{right[2]}”: {why}.",
    )


def _unrivalled(pairs: Iterable[tuple[Known, New]]) -> list[tuple[Known, New]]:
    """The pairs whose sides stand in no other pair."""
    pairs = list(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return [(a, b) for a, b in pairs if first[a] == 1 and second[b] == 1]
