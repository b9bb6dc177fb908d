"""Columns of thousands of values at a time, made from the bytes that the fast parser cut out of records."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from trialhouse.bulk.elements import Element, Reader
from trialhouse.bulk.plain_parser import read_trees
from trialhouse.bulk.words import column_of, trimmed_column

_REFERENCE = re.compile(rb"&(?:(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));)?")
_NAMED = {b"lt": b"<", b"gt": b">", b"amp": b"&", b"quot": b'"', b"apos": b"'"}
_BLANK, _AMPERSAND = b" &"
# A carriage return too, which XML reads as a line's end.
_CONTROLS = bytes(code for code in range(_BLANK) if chr(code) not in "\t\n")
_FORBIDDEN = ((0x3E, b"]]>"), (0xEF, b"\xef\xbf\xbe"), (0xEF, b"\xef\xbf\xbf"))
"""What XML forbids in words, behind its rarest byte: a search for one byte is many times as fast as one for three."""
_ALLOWED_CONTROLS = (0x9, 0xA, 0xD)


class Odd(Exception):
    """Bytes that the fast parser does not understand: they are left to the plain one."""


def unescaped(value: bytes) -> bytes:
    """Bytes with their character references resolved. Raises Odd for one that XML does not know."""
    return _REFERENCE.sub(_character, value)


def _character(reference: re.Match[bytes]) -> bytes:
    if reference[1]:
        return _NAMED[reference[1]]
    digits = reference[2] or reference[3]
    if digits is None:
        raise Odd
    code = int(digits, 10 if reference[2] else 16)
    if code in (0xFFFE, 0xFFFF) or (code < 0x20 and code not in _ALLOWED_CONTROLS):
        raise Odd
    try:
        return chr(code).encode()
    except (ValueError, UnicodeEncodeError) as error:
        raise Odd from error


def text_column(values: Sequence[bytes]) -> pa.Array:
    """Many values as text; what is empty is null. Raises Odd where any of them is not for this parser."""
    whole = b"".join(values)
    if not whole:
        return pa.nulls(len(values), pa.string())
    if _has_controls(whole) or any(byte in whole and sequence in whole for byte, sequence in _FORBIDDEN):
        raise Odd
    if _AMPERSAND in whole:
        values = [unescaped(value) if _AMPERSAND in value else value for value in values]
    try:
        text = pa.array(values, pa.binary()).cast(pa.string())
    except pa.ArrowInvalid as error:
        raise Odd from error
    return trimmed_column(text)


def _has_controls(content: bytes) -> bool:
    """Whether there is a control character that XML forbids; Arrow finds at once that there is none at all."""
    numbers = pa.Array.from_buffers(pa.uint8(), len(content), [None, pa.py_buffer(content)])
    if pc.min_max(numbers)["min"].as_py() >= _BLANK:
        return False
    return len(content.translate(None, _CONTROLS)) < len(content)


class Interned(dict[bytes, int]):
    """Blocks of bytes that come again and again: a number for every different one, and each read once, by lxml.

    `form` makes an element `<B>` of a block (%b), `read` gives its values, one for each of `types`.
    """

    def __init__(self, form: bytes, read: Callable[[Element, Reader], tuple[Any, ...]], *types: pa.DataType) -> None:
        super().__init__()
        self._form = form
        self._read = read
        self._types = types
        self._new: list[bytes] = []
        self._columns = [pa.array([], kind) for kind in types]

    def __missing__(self, block: bytes) -> int:
        self._new.append(block)
        number = self[block] = len(self)
        return number

    def columns(self, numbers: Sequence[int] | pa.Array) -> list[pa.Array]:
        """The values of these blocks, a column for each type. Raises Odd where a new block is odd in any way."""
        if self._new:
            fresh = zip(*self._values(), strict=True)
            self._columns = [
                pa.concat_arrays([old, column_of(values, kind)])
                for old, values, kind in zip(self._columns, fresh, self._types, strict=True)
            ]
            self._new = []
        wanted = numbers if isinstance(numbers, pa.Array) else pa.array(numbers, pa.int32())
        return [column.take(wanted) for column in self._columns]

    def _values(self) -> list[tuple[Any, ...]]:
        blocks = read_trees(*[self._form % block for block in self._new])
        if isinstance(blocks, str) or len(blocks) != len(self._new):
            raise Odd
        reader = Reader()
        values = [self._read(block, reader) for block in blocks]
        if reader.notes:
            raise Odd
        return values

    def forget(self) -> None:
        """Forget all blocks. Numbers that were given before mean nothing any more."""
        self.clear()
        self._new = []
        self._columns = [pa.array([], kind) for kind in self._types]
