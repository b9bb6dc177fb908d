"""The places of parts in their wholes, for thousands at a time: sections in abstracts, authors in citations."""

from collections.abc import Iterable
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc


def parents_and_positions(counts: Iterable[int]) -> tuple[pa.Array, pa.Array]:
    """For so many parts of each whole: the index of the whole of every part, and the part's position in it from 1."""
    return places(pa.array([0, *accumulate(counts)], pa.int32()))


def flattened(lists: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """The items of a column of lists, with the index of each one's list and its position in it from 1."""
    counts = pc.fill_null(pc.list_value_length(lists), 0)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(counts).cast(pa.int32())])
    return (lists.flatten(), *places(offsets))


def places(offsets: pa.Array) -> tuple[pa.Array, pa.Array]:
    """`parents_and_positions` of parts that stand one after the other, those of a whole from its offset to the next."""
    total = offsets[len(offsets) - 1].as_py()
    numbers = pa.arange(0, total, 1)
    parents = pc.list_parent_indices(pa.ListArray.from_arrays(offsets, numbers))
    return parents, pc.add(pc.subtract(numbers, offsets.take(parents)), 1)
