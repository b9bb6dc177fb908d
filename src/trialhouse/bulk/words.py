"""Words as they are kept: without white space at their ends, and null where nothing is said."""

from array import array
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

SPACE = " \t\r\n"
"""White space of XML. Other spaces (no-break, thin) are words."""

_WORDS, _NUMBER = pa.string(), pa.int64()
_LARGEST = 12
"""Digits of the largest number that is read as one."""


def trimmed(words: str | None) -> str | None:
    """Words without white space at their ends; None where nothing is said."""
    return words.strip(SPACE) or None if words else None


def digits(said: str | None) -> int | None:
    """A number of ASCII digits, not too long; None for anything else."""
    return int(said) if said and said.isdecimal() and said.isascii() and len(said) <= _LARGEST else None


def column_of(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values as a column; words are trimmed here, since that takes a tenth of the time of one after the other."""
    if kind == _NUMBER:
        return _number_column(values)
    column = pa.array(values, kind)
    return trimmed_column(column) if kind == _WORDS else column


def _number_column(values: Sequence[Any]) -> pa.Array:
    """Numbers as a column; where none is missing (places, PubMed ids) in less than half the time that Arrow takes."""
    try:
        numbers = array("q", values)
    except TypeError:  # one is None
        return pa.array(values, _NUMBER)
    return pa.Array.from_buffers(_NUMBER, len(numbers), [None, pa.py_buffer(numbers)])


def trimmed_column(words: pa.Array) -> pa.Array:
    """A column of words as `trimmed` makes each of them."""
    column = pc.ascii_trim(words, characters=SPACE)
    lengths = pc.binary_length(column)
    if pc.min(lengths).as_py() != 0:
        return column
    is_said = pc.fill_null(pc.not_equal(lengths, 0), False)
    _, offsets, content = column.buffers()
    return pa.Array.from_buffers(column.type, len(column), [is_said.buffers()[1], offsets, content])
