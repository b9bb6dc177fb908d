"""Prose: the words of a marked-up record in reading order, and where each of them stands in the record itself.

Spans of XML and JSON count characters of the decoded file, tags and escapes included; sentences can be read only
without them. A parser of such a format gives both, and a claim that was read from the prose is moved to the file.
"""

from bisect import bisect_right
from functools import cached_property

from trialhouse.model.record import Record


class Piece(Record):
    """A stretch of prose from `start` to the next piece's, and the stretch of the file that it stands for.

    Where both are equally long they agree character by character; else (an entity, an escape) the whole stands for
    the whole. `text_start == text_end` is a separator that the file does not have.
    """

    start: int
    text_start: int
    text_end: int
    locator: str | None = None


class Prose(Record):
    """The words of a record in `text`, and for each stretch of them what it stands for, in order."""

    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def in_file(self, start: int, end: int) -> tuple[int, int, str | None]:
        """The stretch of the file that prose from `start` to `end` stands for, and the place it begins in.

        Raises ValueError for a stretch of separators alone.
        """
        first, last = self._from(start, end), self._until(start, end)
        return self._begin(first, start), self._finish(last, end), first.locator

    def _from(self, start: int, end: int) -> Piece:
        """The first piece of a stretch that the file has."""
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self.pieces) and self.pieces[at].start < end:
            if self.pieces[at].text_start < self.pieces[at].text_end:
                return self.pieces[at]
            at += 1
        raise ValueError(f"prose from {start} to {end} stands nowhere in the file")

    def _until(self, start: int, end: int) -> Piece:
        """The last piece of a stretch that the file has."""
        at = bisect_right(self._starts, end - 1) - 1
        while self.pieces[at].text_start == self.pieces[at].text_end:
            at -= 1
        return self.pieces[at]

    def _length(self, piece: Piece) -> int:
        following = bisect_right(self._starts, piece.start)
        return (self._starts[following] if following < len(self._starts) else len(self.text)) - piece.start

    def _begin(self, piece: Piece, start: int) -> int:
        alike = self._length(piece) == piece.text_end - piece.text_start
        return piece.text_start + max(0, start - piece.start) if alike else piece.text_start

    def _finish(self, piece: Piece, end: int) -> int:
        length = self._length(piece)
        alike = length == piece.text_end - piece.text_start
        return piece.text_start + min(length, end - piece.start) if alike else piece.text_end
