"""Which records of publications are one document (find_duplicates), with a reason for each link."""

from trialhouse.resolution.duplicates.engine import find_duplicates, find_duplicates_in
from trialhouse.resolution.duplicates.result import Crowd, DoubtfulPair, DuplicateLink, Duplicates, RelatedPair

__all__ = [
    "Crowd",
    "DoubtfulPair",
    "DuplicateLink",
    "Duplicates",
    "RelatedPair",
    "find_duplicates",
    "find_duplicates_in",
]
