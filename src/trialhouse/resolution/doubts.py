"""Pairs that may be of one trial and were not joined: a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import Key

MOST_PARTS = 6
"""What so many trials share is a supplement, a pooled paper or a default value: no pair of them is worth a look."""


@dataclass(frozen=True)
class Doubt:
    """Two mentions, by their names in their order, with the documents that they stand in.

    `score` says from 0 to 1 how likely they are of one trial, `method` what they share, `reason` all that speaks for
    and against it.
    """

    left: str
    right: str
    left_document_id: str
    right_document_id: str
    method: str
    score: float
    reason: str

    @classmethod
    def of(cls, one: Mention, other: Mention, method: str, score: float, reason: str) -> Self:
        """The doubt about two mentions, whatever their order."""
        left, right = sorted((one, other), key=lambda mention: mention.name)
        return cls(left.name, right.name, left.document.document_id, right.document.document_id, method, score, reason)


def refused(key: Key, parts: Sequence[Sequence[int]], mentions: Sequence[Mention], against: str) -> Iterator[Doubt]:
    """The pairs that an identifier would have joined, each part by its first mention with the first part."""
    if len(parts) <= MOST_PARTS:
        first = mentions[parts[0][0]]
        for part in parts[1:]:
            said = f"share {key[0]} {key[1]}, but {against}"
            yield Doubt.of(first, mentions[part[0]], f"shared_{key[0]}", 0.5, said)
