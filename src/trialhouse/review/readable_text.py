"""The text of a document as far as a page may show it, and the sentences that quotes of it stand in.

A release holds whole texts only where they may be passed on; of others it holds what was quoted, be it two words. Their
sentences are read where the document was received. No more of it is shown: the page may stand behind a proxy, and to
whoever comes through it the text would be passed on.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trialhouse.model.tables import DocumentTextRow
from trialhouse.quality.passages import Piece, Reading, passages_of
from trialhouse.quality.quoted_cells import Texts
from trialhouse.review.marked_text import Marks, Spans
from trialhouse.store.connection import Connection
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted
from trialhouse.text.sentences import sentences

MOST = 2000
"""Characters of a sentence at most: what goes on for longer is none, and of it the quote alone is taken."""

LOCATOR = "SELECT min(locator) FROM evidence WHERE document_id = ?"


@dataclass(frozen=True)
class ReadableText:
    """`shown` are the stretches that a page shows; `known` is all that there is here of the text, for looking up.

    `locator` is one of those by which places in it are named: None for prose, a path of XML (`/...`) or of JSON.
    """

    document_id: str
    shown: Sequence[DocumentTextRow]
    known: Sequence[Piece]
    locator: str | None

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is shown."""
        return any(row.span_start == 0 and row.is_whole for row in self.shown)

    @property
    def is_xml(self) -> bool:
        """Whether tags stand in it."""
        return self.locator is not None and self.locator.startswith("/")

    def rows_known(self) -> list[DocumentTextRow]:
        """All that is known of the text, as rows."""
        return [_row(self.document_id, piece.start, piece.text) for piece in self.known]

    def around(self, marks: Marks) -> Marks:
        """The marks with the whole sentences of what is marked; a value of JSON stands in none."""
        if self.locator is not None and not self.is_xml:
            return marks
        return Marks(_in_passages(marks.sentences, self.known, self.locator), marks.numbers)


def readable_text(connection: Connection, document_id: str, landed: Callable[[str], str | None]) -> ReadableText:
    """What may be shown of a document's text; `landed` gives the text of a SHA-256 as it was received."""
    held = read_rows(connection, DocumentTextRow, f"document_id = {quoted(document_id)}")
    ((locator,),) = connection.execute(LOCATOR, [document_id]).fetchall()
    known = Texts(connection, landed).pieces(document_id)
    shown = held
    if held and len(known) == 1 and not known[0].is_whole:
        quotes = [(row.span_start, row.span_end) for row in held]
        first, text = known[0].start, known[0].text
        spans = _in_prose(quotes, known[0]) if locator is None else _in_passages(quotes, known, locator)
        spans = _apart(spans, lambda last, start: text[last - first : start - first].isspace())
        shown = [_row(document_id, start, text[start - first : end - first]) for start, end in spans]
    return ReadableText(document_id, shown, known, locator)


def _row(document_id: str, start: int, text: str) -> DocumentTextRow:
    return DocumentTextRow(
        document_id=document_id, span_start=start, span_end=start + len(text), text=text, is_whole=False
    )


def _in_passages(spans: Spans, known: Sequence[Piece], locator: str | None) -> list[tuple[int, int]]:
    """The sentences around a few spans, in order and apart; a span itself where nothing is known around it, or that
    is longer than any sentence.
    """
    found = []
    for span in spans:
        if span[1] - span[0] > MOST:
            found.append(span)
            continue
        (passage,) = passages_of([Reading("", "", None, *span, " " * (span[1] - span[0]), locator)], known)
        found.append(_fitting((passage.start, passage.end), span))
    return _apart(found)


def _in_prose(spans: Spans, piece: Piece) -> list[tuple[int, int]]:
    """The same of many spans of one text, which is cut into sentences once."""
    found = sentences(piece.text)
    begins, ends = [piece.start + start for start, _ in found], [piece.start + end for _, end in found]

    def around(start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(ends, start), bisect_left(begins, end) - 1
        whole = (min(start, begins[first]), max(end, ends[last])) if first <= last else (start, end)
        return _fitting(whole, (start, end))

    return _apart(itertools.starmap(around, spans))


def _fitting(sentence: tuple[int, int], quote: tuple[int, int]) -> tuple[int, int]:
    return sentence if sentence[1] - sentence[0] <= MOST else quote


def _apart(
    spans: Iterable[tuple[int, int]], is_gapless: Callable[[int, int], bool] = lambda last, start: False
) -> list[tuple[int, int]]:
    """The spans in order, with those in one that overlap or, between the end of one and the start of the next, have
    nothing.
    """
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and (start < apart[-1][1] or is_gapless(apart[-1][1], start)):
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return apart
