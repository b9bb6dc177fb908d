"""The sentences that cells were read from, with the words that hold the values marked: what a reviewer looks at."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trialhouse.model.record import Record
from trialhouse.text.numbers import find_numbers
from trialhouse.text.sentences import sentences

CONTEXT = 300
"""Characters of a neighbouring sentence that are shown at most."""

WINDOW = 80
"""Characters on either side of what was read from JSON or XML, where nothing tells sentences."""

SHORT_QUOTE = 60
"""Characters of a quote that is taken for the words of the value itself, when nothing in it equals the value."""

MOST_SPLIT = 20_000
"""Characters on either side of a quote in which its sentence is looked for."""

_TAG_OR_LINE = re.compile(
    r"</?(?:b|bold|em|ext-link|i|inf|italic|sc|strong|sub|sup|u|underline|xref)\b[^<>]*>|(?P<break>[<>\n])"
)
"""What ends a stretch of JSON or XML, and the tags that stand within one."""


_ANY_TAG = re.compile(r"<[^<>]*>")

_MODIFIER = re.compile(r"([<>≤≥⩽⩾])\s*\Z")
"""What stands before a number that is a bound."""

_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Letters of scripts that put no blanks between words, or add endings to them: Thai, Japanese, Chinese, Korean."""

_LETTER = rf"[^\W_{_UNSPACED}]"
"""A letter or digit beside which a word does not end."""


class Mark(Record):
    """Characters of a passage that hold the value of a column; `is_blamed` when the alert is about it."""

    start: int
    end: int
    column_name: str
    is_blamed: bool


class Passage(Record):
    """One or two sentences of a document: `text` is its text from `start` to `end`, marks count within `text`.

    `before` and `after` are the sentences around it, where the release may hold the whole text.
    """

    document_id: str
    locator: str | None
    start: int
    end: int
    text: str
    before: str | None
    after: str | None
    marks: tuple[Mark, ...]
    columns: tuple[str, ...]


class Piece(Record):
    """A stretch of a document's text that a release holds."""

    start: int
    end: int
    text: str
    is_whole: bool


@dataclass(frozen=True)
class Reading:
    """A cell and the quote that it was read from; `raw` is the value as written, where it was kept.

    Readings of one `row_id` are of one row. A list, of which a quote has one or another entry, is kept as a tuple:
    equal readings are told by their hash.
    """

    document_id: str
    column_name: str
    value: object
    start: int
    end: int
    quote: str
    locator: str | None = None
    raw: str | None = None
    is_blamed: bool = False
    row_id: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.value, list):
            object.__setattr__(self, "value", tuple(self.value))


def passages_of(readings: Iterable[Reading], pieces: Sequence[Piece]) -> list[Passage]:
    """The passages of one document in its order; readings whose sentences overlap are in one passage."""
    placed = sorted(((_sentence_of(reading, pieces), reading) for reading in readings), key=_order)
    groups: list[tuple[tuple[int, int], list[Reading]]] = []
    for (start, end), reading in placed:
        if groups and start < groups[-1][0][1]:
            (first, last), members = groups[-1]
            groups[-1] = ((first, max(last, end)), [*members, reading])
        else:
            groups.append(((start, end), [reading]))
    return [_passage(span, members, pieces) for span, members in groups]


def _order(placed: tuple[tuple[int, int], Reading]) -> tuple[int, int, int, str]:
    (start, end), reading = placed
    return start, end, reading.start, reading.column_name


def _piece_of(start: int, end: int, pieces: Sequence[Piece]) -> Piece | None:
    return next((piece for piece in pieces if piece.start <= start and end <= piece.end), None)


def _sentence_of(reading: Reading, pieces: Sequence[Piece]) -> tuple[int, int]:
    """The span of the sentences that a quote lies in, as far as the release holds them."""
    piece = _piece_of(reading.start, reading.end, pieces)
    if piece is None:
        return reading.start, reading.end
    around = _sentences_around(piece, reading.locator is not None, reading.start, reading.end)
    return around[1] if around else (reading.start, reading.end)


Spans = tuple[tuple[int, int] | None, tuple[int, int], tuple[int, int] | None]
"""The sentence before, those of the quote, and the one after."""


@lru_cache(maxsize=256)
def _sentences_around(piece: Piece, is_structured: bool, start: int, end: int) -> Spans | None:
    """Where the sentences around a quote are in the document's text; None where the piece is only the quote."""
    text, first, last = piece.text, start - piece.start, end - piece.start
    low, high = _bounds(text, first, last) if is_structured else _near(text, first, last)
    spans = sentences(text, low, high)
    within = [number for number, span in enumerate(spans) if span[1] > first and span[0] < last]
    if not within:
        return None
    own = spans[within[0]][0], spans[within[-1]][1]
    if is_structured and own[1] - own[0] > last - first + 2 * WINDOW and last - first < WINDOW:
        own = _at_words(text, (max(own[0], first - WINDOW), min(own[1], last + WINDOW)), (first, last))
    own = min(own[0], first), max(own[1], last)
    before = spans[within[0] - 1] if within[0] else None
    after = spans[within[-1] + 1] if within[-1] + 1 < len(spans) else None
    return _moved(before, piece.start), (own[0] + piece.start, own[1] + piece.start), _moved(after, piece.start)


def _at_words(text: str, window: tuple[int, int], quote: tuple[int, int]) -> tuple[int, int]:
    """A window around a quote without the parts of words that it cuts at its ends."""
    start, end = window
    if start > 0 and text[start - 1].isalnum():
        while start < quote[0] and text[start].isalnum():
            start += 1
    if end < len(text) and text[end].isalnum():
        while end > quote[1] and text[end - 1].isalnum():
            end -= 1
    return start, end


def _near(text: str, start: int, end: int) -> tuple[int, int]:
    return max(0, start - MOST_SPLIT), min(len(text), end + MOST_SPLIT)


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of JSON or XML around a quote that no line and no tag interrupts, but for those within a line."""
    low, high = _near(text, start, end)
    befores = [match.end() for match in _TAG_OR_LINE.finditer(text, low, start) if match["break"]]
    afters = (match.start() for match in _TAG_OR_LINE.finditer(text, end, high) if match["break"])
    return befores[-1] if befores else low, next(afters, high)


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def _passage(span: tuple[int, int], readings: Sequence[Reading], pieces: Sequence[Piece]) -> Passage:
    start, end = span
    first = readings[0]
    piece = _piece_of(start, end, pieces)
    text = piece.text[start - piece.start : end - piece.start] if piece else first.quote
    before, after = _neighbours(piece, start, end) if first.locator is None else (None, None)
    return Passage(
        document_id=first.document_id,
        locator=first.locator,
        start=start,
        end=start + len(text),
        text=text,
        before=before,
        after=after,
        marks=tuple(_marks(text, start, readings)),
        columns=tuple(sorted({reading.column_name for reading in readings})),
    )


def _neighbours(piece: Piece | None, start: int, end: int) -> tuple[str | None, str | None]:
    """The sentence before a span and the one after it, of a document whose whole text the release holds."""
    around = _sentences_around(piece, False, start, end) if piece is not None and piece.is_whole else None
    if piece is None or around is None:
        return None, None
    return _cut(piece, around[0], at_end=False), _cut(piece, around[2], at_end=True)


def _cut(piece: Piece, span: tuple[int, int] | None, *, at_end: bool) -> str | None:
    """A neighbouring sentence, without what is far away from the quote."""
    if span is None:
        return None
    text = piece.text[span[0] - piece.start : span[1] - piece.start]
    if len(text) <= CONTEXT:
        return text
    return f"{text[:CONTEXT].rstrip()}…" if at_end else f"…{text[-CONTEXT:].lstrip()}"


def _marks(text: str, start: int, readings: Sequence[Reading]) -> list[Mark]:
    """What holds the values, in order and apart; where two columns have the same characters, the blamed one wins."""
    spans = [(reading, list(value_spans(text, reading, start))) for reading in readings]
    found = [
        Mark(start=first, end=last, column_name=reading.column_name, is_blamed=reading.is_blamed)
        for reading, places in spans
        for first, last in _nearest(places, _surely_of(reading, spans))
    ]
    found.sort(key=lambda mark: (not mark.is_blamed, mark.start, mark.end - mark.start, mark.column_name))
    kept: list[Mark] = []
    for mark in found:
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def _surely_of(reading: Reading, spans: Sequence[tuple[Reading, list[tuple[int, int]]]]) -> list[tuple[int, int]]:
    """Where the numbers of a row stand that are to blame and are there but once: what else is of the row is near."""
    return [
        places[0]
        for other, places in spans
        if other.is_blamed and other.row_id == reading.row_id and len(places) == 1 and _is_number(other.value)
    ]


def _nearest(places: list[tuple[int, int]], anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of several places of equal numbers the one nearest to where its row surely is; all where that is nowhere."""
    if len(places) < 2 or not anchors:
        return places
    apart = {place: min(max(low - place[1], place[0] - high) for low, high in anchors) for place in places}
    return [min(places, key=lambda place: (apart[place], place))]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def modifier_before(passage: Passage) -> str:
    """What the text says before the blamed value of a passage: "<" of P<.001; empty for an equal one, or in doubt."""
    is_xml = (passage.locator or "").startswith("/")
    return _modifier_at(passage.text, [mark.start for mark in passage.marks if mark.is_blamed], is_xml=is_xml)


def modifier_in(quote: str, value: str) -> str:
    """The same of a number, as text, in a quote; empty where it is no number, or not in the quote."""
    try:
        equal = abs(float(value))
    except ValueError:
        return ""
    return _modifier_at(quote, [n.start for n in find_numbers(quote) if abs(n.value) == equal], is_xml=False)


def _modifier_at(text: str, starts: Sequence[int], *, is_xml: bool) -> str:
    found = set()
    for start in starts:
        before = html.unescape(_ANY_TAG.sub("", text[:start])) if is_xml else text[:start]
        match = _MODIFIER.search(before)
        found.add(match[1] if match else "")
    return found.pop() if len(found) == 1 else ""


def value_spans(text: str, reading: Reading, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where a passage that begins at `start` of its document holds the value that was read from its quote.

    It is the numbers that equal it (a reduction of 77 % is -77), within the words as written if those are there; else
    the same words, of a list those of any entry; else the quote, unless that is all of the passage and says nothing
    more exact.
    """
    first, last = max(0, reading.start - start), min(len(text), reading.end - start)
    if isinstance(reading.value, bool):
        spans: list[tuple[int, int]] = []
    elif isinstance(reading.value, int | float):
        equal = abs(float(reading.value))
        spans = [(n.start, n.end) for n in find_numbers(text, first, last) if abs(n.value) == equal]
        spans = _within_raw(text, reading.raw, (first, last), spans)
    else:
        values = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        spans = [span for value in values for span in _same_words(text, str(value), first, last)]
    if not spans and 0 < last - first <= SHORT_QUOTE:
        spans = [(first, last)]
    yield from spans


def _within_raw(
    text: str, raw: str | None, span: tuple[int, int], numbers: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those of the numbers that stand in the value as written; all where it is not there."""
    if not raw:
        return numbers
    places = [match.span() for match in re.finditer(re.escape(raw), text[: span[1]]) if match.start() >= span[0]]
    within = [n for n in numbers if any(low <= n[0] and n[1] <= high for low, high in places)]
    return within or numbers


def _same_words(text: str, value: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the same words stand, as whole words; the last one may have its plural."""
    words = value.strip()
    if len(words) < 2:
        return []
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, words) else ""
    after = rf"(?:e?s)?(?!{_LETTER})" if re.match(_LETTER, words[-1]) else ""
    found = re.finditer(f"{before}{re.escape(words)}{after}", text[:end], re.IGNORECASE)
    return [match.span() for match in found if match.start() >= start]
