"""What a comparison of two records finds."""

from dataclasses import dataclass
from enum import StrEnum

from trialhouse.model.enums import Relation

CONTRADICTED = 4.0
"""Fewer points than a title alone is worth: something speaks against one document, though nothing forbids it."""


class Finding(StrEnum):
    """Same: one document. Doubtful: for a person. Related: two documents, and what one is to the other. Apart: two."""

    SAME = "same"
    DOUBTFUL = "doubtful"
    RELATED = "related"
    APART = "apart"


@dataclass(frozen=True)
class Verdict:
    """A finding with its reason in a sentence for a person.

    `points` weigh the evidence (rules.py); `confidence` is made of them. `method` says in a few words what decided.
    `relation` of a related pair is read from the left; `turned` says that it is the right that is so to the left.
    `veto` is what forbids a merge for certain, whatever links the two by way of others; `elsewhere` says that they
    stand on other pages, so that a record that says no pages must not bring them together.
    """

    finding: Finding
    points: float
    reason: str
    method: str = ""
    confidence: float = 0.0
    relation: Relation | None = None
    turned: bool = False
    veto: str | None = None
    elsewhere: bool = False

    @property
    def forbids_a_merge(self) -> bool:
        """Whether the two must not be in one cluster, whatever links them by way of others."""
        is_one = self.finding is Finding.SAME
        return self.veto is not None or (not is_one and (self.elsewhere or self.points < CONTRADICTED))
