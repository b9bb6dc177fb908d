"""What a search for duplicates gives: clusters, why each holds together, and what was not merged."""

from dataclasses import dataclass, field

from trialhouse.model.enums import Relation


@dataclass(frozen=True)
class DuplicateLink:
    """Why two records are in one cluster. The links of a cluster join all its records."""

    left: str
    right: str
    method: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class DoubtfulPair:
    """Two records that may be one document and were not merged: for a person. `score` is in points (evidence.py)."""

    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True)
class RelatedPair:
    """Two documents, and what the left one is to the right one ("PREPRINT_OF"): a link, never a merge."""

    left: str
    right: str
    relation: Relation
    method: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Crowd:
    """A title that so many records have that not each of them was compared with each other one.

    They were compared where they share more than it (first author and year, volume and page), and with those next to
    them in the order of authors and places.
    """

    title: str
    first: str
    records: int


@dataclass(frozen=True)
class Duplicates:
    """The clusters of records, by their ids, and the pairs behind them, sorted.

    `cluster_of` has every record; a cluster is named by its first record (shorter ids first, then by alphabet), so
    that neither the order of the input nor what else is in it changes a name.
    """

    cluster_of: dict[str, str]
    links: tuple[DuplicateLink, ...] = ()
    doubtful: tuple[DoubtfulPair, ...] = ()
    related: tuple[RelatedPair, ...] = ()
    crowds: tuple[Crowd, ...] = ()
    compared: int = field(default=0, compare=False)

    @property
    def clusters(self) -> dict[str, list[str]]:
        """The records of each cluster of two and more, by its name."""
        found: dict[str, list[str]] = {}
        for record, cluster in self.cluster_of.items():
            found.setdefault(cluster, []).append(record)
        return {cluster: records for cluster, records in found.items() if len(records) > 1}
