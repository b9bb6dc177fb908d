"""What is kept of records that are one document: one value a field, with the record that it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialhouse.model.citation import Citation

FIELDS = tuple(name for name in Citation.model_fields if name != "record_id")
"""The fields of a survivor, in the order of a citation."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """One document: its records in the order in which they are trusted, its values, and for each its record's id.

    A field that none of the records says is in neither `values` nor `sources`.
    """

    cluster_id: str
    records: tuple[str, ...]
    values: dict[str, Any]
    sources: dict[str, str]


def survivor(cluster_id: str, records: Sequence[Mapping[str, Any]]) -> Survivor:
    """The survivor of the records of a cluster, each the fields of a Citation.

    The record that says most is trusted first, then the one that says next most; among equals the one with the
    shorter id, then the first by alphabet. Each field is from the first record that says it: no value is made of two,
    and the order of the records changes nothing.
    """
    trusted = sorted(records, key=_rank)
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for field in FIELDS:
        best = next((one for one in trusted if one.get(field)), None)
        if best is not None:
            values[field] = best[field]
            sources[field] = best["record_id"]
    return Survivor(cluster_id, tuple(one["record_id"] for one in trusted), values, sources)


def _rank(record: Mapping[str, Any]) -> tuple[int, int, str]:
    name = record["record_id"]
    return -sum(bool(record.get(field)) for field in FIELDS), len(name), name
