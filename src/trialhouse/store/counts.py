"""Counting rows of many places in one statement: planning thirty of them one by one takes longer than counting."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from trialhouse.store.connection import Connection

K = TypeVar("K", bound=Hashable)


def count_rows(connection: Connection, places: Mapping[K, str]) -> dict[K, int]:
    """How many rows there are in each place, a table or a table with a condition: `trials WHERE phase IS NULL`."""
    if not places:
        return {}
    parts = (f"SELECT {number}, count(*) FROM {place}" for number, place in enumerate(places.values()))
    counts = dict(connection.execute(" UNION ALL ".join(parts)).fetchall())
    return {key: int(counts[number]) for number, key in enumerate(places)}
