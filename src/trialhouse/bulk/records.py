"""Cutting the bytes of a file of PubMed into its records, without reading what is in them.

A record is `<PubmedArticle>` to `</PubmedArticle>`, or an empty `<PubmedArticle/>`. Its reference list, up to a third
of its bytes, is cut away where it stands last, as it always does. A broken record breaks no other: the next one begins
at its own start.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from trialhouse.bulk.batch import BrokenFile

CHUNK = 1 << 18
"""How many bytes of a file are looked at at a time: memory of larger ones is given back and taken anew each time."""

RECORD = re.compile(rb"<PubmedArticle(?=[\s>/])")
"""The start of a record."""

_EMPTY = re.compile(rb"<PubmedArticle(?:\s(?:[^<>\"'/]|\"[^\"]*\"|'[^']*')*)?/>")

_END = b"</PubmedArticle"
_SET = b"<PubmedArticleSet"
_SET_END = re.compile(rb"</PubmedArticleSet\s*>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_REFERENCES, _REFERENCES_END = b"<ReferenceList", b"</ReferenceList>"
_HIDDEN = re.compile(rb"<!--.*?(?:-->|(\Z))|<!\[CDATA\[.*?(?:\]\]>|(\Z))", re.S)


LARGEST = 16 << 20
"""Bytes of a record, or of what stands between two: the largest of PubMed's have a tenth. Larger ones are set aside,
since the tree of a record takes some ten times its bytes, and a file of a few kB can unpack to any size."""

_SHOWN = 1 << 16
"""What is kept of one that is larger."""

_GAP = re.compile(rb"\s{4096,}")
_AFTER = re.compile(rb"</PubmedArticle\s*>|(?=<PubmedArticle[\s>/]|<DeleteCitation[\s>]|</PubmedArticleSet\s*>)")
_LONGEST_TAG = 64
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class Piece(NamedTuple):
    """A record, or what stands between two of them (`is_record` False). `offset`: where it begins in the file.

    `is_too_large`: `data` is the start of something of more than `LARGEST` bytes, which is not read.
    """

    offset: int
    data: bytes
    is_record: bool
    is_too_large: bool = False


def cut(data: bytes | Iterable[bytes]) -> Iterator[list[Piece]]:
    """The pieces of a file in order, chunk by chunk; `data` is unpacked, whole or in chunks.

    Raises BrokenFile: no set of PubMed's records, another encoding than UTF-8, or an end before the set's end.
    """
    cutter = _Cutter()
    for chunk in chain.from_iterable(map(_chunks, [data] if isinstance(data, bytes) else data)):
        pieces = cutter.feed(chunk)
        if pieces:
            yield pieces
    yield cutter.end()


def _chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))


class _Cutter:
    def __init__(self) -> None:
        self._rest = b""
        self._offset = 0
        self._searched = 0
        self._is_begun = False
        self._is_skipping = False
        self._is_ended = False

    def feed(self, chunk: bytes) -> list[Piece]:
        """The pieces that are whole with these bytes."""
        data = self._rest + chunk if self._rest else chunk
        if self._offset == 0 and data.startswith(_BOM):
            data, self._offset = data[len(_BOM) :], len(_BOM)
        if self._is_skipping:
            data = self._skip(data)
        pieces: list[Piece] = []
        place, searched = 0, self._searched
        may_hide = _may_hide(data)
        while (start := _start(data, place)) >= 0:
            end = _end(data, start, max(start, searched), may_hide)
            if end < 0:
                break
            if data[place:start].strip():
                pieces.append(Piece(self._offset + place, data[place:start], False))
            pieces.append(Piece(self._offset + start, without_references(data[start:end]), True))
            place = searched = end
        self._rest = data[place:]
        self._offset += place
        # A record of many megabytes is searched once; the chunk's end may have cut its end tag in two.
        self._searched = max(0, self._rest.rfind(b"<"))
        if len(self._rest) > LARGEST:
            pieces += self._shorten()
        if pieces and not self._is_begun:
            self._check_head(pieces[0].data)
        return pieces

    def _shorten(self) -> list[Piece]:
        """Take away from what is left over: white space between records, then whatever is too large."""
        pieces = []
        begun = _start(self._rest, 0)
        if begun > 0:
            pieces.append(Piece(self._offset, self._rest[:begun], False))
            self._rest, self._offset = self._rest[begun:], self._offset + begun
        elif begun < 0:
            while gap := _GAP.search(self._rest):
                if gap.start():
                    self._is_ended = _SET_END.search(self._rest, 0, gap.start()) is not None
                    pieces.append(Piece(self._offset, self._rest[: gap.start()], False))
                self._rest, self._offset = self._rest[gap.end() :], self._offset + gap.end()
        self._searched = max(0, self._rest.rfind(b"<"))
        if len(self._rest) > LARGEST:
            pieces.append(Piece(self._offset, self._rest[:_SHOWN], False, is_too_large=True))
            self._offset += 1
            self._rest = self._skip(self._rest[1:])
        return pieces

    def _skip(self, data: bytes) -> bytes:
        """What is left of bytes behind the end of what is too large."""
        found = _AFTER.search(data)
        self._is_skipping = found is None
        passed = found.end() if found else max(0, len(data) - _LONGEST_TAG)
        self._offset += passed
        self._searched = 0
        return data[passed:]

    def end(self) -> list[Piece]:
        """What is left after the last record."""
        if not self._is_begun:
            self._check_head(self._rest)
        is_whole = self._is_ended or _SET_END.search(self._rest)
        begun = _start(self._rest, 0)
        if not is_whole or begun >= 0:
            at = self._offset + (begun if begun >= 0 else len(self._rest))
            raise BrokenFile(f"the file ends within a record or set, at byte {at}: it was cut short")
        return [Piece(self._offset, self._rest, False)]

    def _check_head(self, head: bytes) -> None:
        if head.lstrip().startswith(_UTF_16):
            raise BrokenFile("the file is in UTF-16; PubMed's files are in UTF-8")
        if _SET not in head:
            raise BrokenFile("this is no file of PubMed's citations: it has no <PubmedArticleSet>")
        said = _ENCODING.search(head)
        if said and said[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise BrokenFile(f"the file is in {said[1].decode('latin-1')}; PubMed's files are in UTF-8")
        self._is_begun = True


def _may_hide(data: bytes) -> bool:
    """Whether there are comments or CDATA sections. Looking for the rarer character alone is ten times as fast."""
    place = data.find(b"!")
    while place >= 0 and data[place - 1 : place] != b"<":
        place = data.find(b"!", place + 1)
    return place >= 0


def _start(data: bytes, place: int) -> int:
    """Where the next record begins, -1 where none does; a comment before it hides what is in it."""
    found = RECORD.search(data, place)
    if found is None:
        return -1
    start = found.start()
    comment = data.rfind(b"<!--", place, start)
    if comment >= 0 and data.find(b"-->", comment, start) < 0:
        closed = data.find(b"-->", start)
        return _start(data, closed) if closed >= 0 else -1
    return start


def _end(data: bytes, start: int, place: int, may_hide: bool) -> int:
    """The place behind the record from `start`, searched from `place` on; -1 where its end is not there yet."""
    empty = _EMPTY.match(data, start)
    if empty:
        return empty.end()
    while (found := data.find(_END, place)) >= 0:
        place = data.find(b">", found) + 1
        if place == 0 or data[found + len(_END) : place - 1].strip():
            return -1
        if not (may_hide and _ends_hidden(data[start:found])):
            return place
    return -1


def _ends_hidden(data: bytes) -> bool:
    """Whether bytes end within a comment or CDATA section."""
    return any(found[1] is not None or found[2] is not None for found in _HIDDEN.finditer(data))


def without_references(record: bytes) -> bytes:
    """A record without its reference list, where that stands last in it."""
    end = record.find(_REFERENCES_END, len(record) - 120)
    if end < 0 or _may_hide(record):
        return record
    start = record.find(_REFERENCES, record.rfind(b"<PubmedData"))
    end = record.rfind(_REFERENCES_END) + len(_REFERENCES_END)
    return record[:start] + record[end:] if 0 <= start < end else record
