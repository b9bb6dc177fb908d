"""The fields of one record of tagged lines (PubMed's format, RIS), each with the places of its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialhouse.documents.escapes import escapes
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.several import several_records
from trialhouse.model.document import UnreadableDocument, ZoneKind
from trialhouse.model.evidence import Evidence
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.tagged_records import RecordSpan

_LINE = lazy_compile(r"[^\n]+")

STRAY = "a line without a tag"
"""The tag of what stands between the fields of a record."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its tag, where the tag stands, and the stretches of its words, one a line."""

    tag: str
    start: int
    parts: tuple[tuple[int, int], ...]


class TaggedRecord:
    """The fields of one record, by tag. A line without a tag goes on with the field before it; where the format
    indents such lines (`is_indented`) others are stray.
    """

    def __init__(self, text: str, span: RecordSpan, line: re.Pattern[str], *, is_indented: bool = False) -> None:
        self.text = text
        self.fields = list(_fields(text, span, line, is_indented))
        self._with_words: dict[str, list[Field]] = {}
        for one in self.fields:
            if one.parts:
                self._with_words.setdefault(one.tag, []).append(one)

    def all(self, *tags: str) -> list[Field]:
        """The fields with words that have one of these tags, in the order of the tags, then of the record."""
        return [one for tag in tags for one in self._with_words.get(tag, ())]

    def first(self, *tags: str) -> Field | None:
        """The first field with words of the first tag that has one."""
        return next(iter(self.all(*tags)), None)

    def words(self, field: Field | None) -> str:
        """The words of a field in one line."""
        return " ".join(self.text[start:end] for start, end in field.parts) if field else ""

    def evidence(self, field: Field) -> Evidence:
        """The words of a field, as evidence."""
        start, end = field.parts[0][0], field.parts[-1][1]
        return Evidence(start=start, end=end, quote=self.text[start:end], locator=field.tag)

    def add(self, lines: ProseLines, kind: ZoneKind, field: Field, language: str | None = None) -> tuple[int, int]:
        """Add a field as a line of the prose; gives its span."""
        return lines.add(kind, lambda words: self.fill(words, field), language=language)

    def fill(self, words: Flattening, field: Field) -> None:
        """Add the words of a field: the end of a line with what indents the next one is a space, an escape its sign."""
        last: int | None = None
        for start, end in field.parts:
            if last is not None:
                words.stand_for(" ", last, start, field.tag)
            last = start
            for begin, stop, sign in escapes(self.text, start, end):
                words.copy(last, begin, field.tag)
                words.stand_for(sign, begin, stop, field.tag)
                last = stop
            words.copy(last, end, field.tag)
            last = end

    def unknown(self, known: frozenset[str]) -> list[Evidence]:
        """The tags that are not among the known ones, each at its first place."""
        first: dict[str, Evidence] = {}
        for one in self.fields:
            if one.tag not in known and one.tag not in first:
                end = one.parts[-1][1] if one.tag == STRAY else one.start + len(one.tag)
                quote = self.text[one.start : end]
                first[one.tag] = Evidence(start=one.start, end=end, quote=quote, locator=one.tag)
        return list(first.values())


def single(spans: list[RecordSpan], where: str, what: str) -> RecordSpan:
    """The one record of a text. Raises UnreadableDocument: "several_records" or "no_record"."""
    if len(spans) > 1:
        raise several_records(where, len(spans))
    if not spans:
        raise UnreadableDocument("no_record", f"{where}: no record of {what} begins here; export it again.")
    return spans[0]


def _fields(text: str, span: RecordSpan, line: re.Pattern[str], is_indented: bool) -> Iterator[Field]:
    tags = list(line.finditer(text, span.start, span.end))
    for found, following in zip(tags, [*(one.start() for one in tags), span.end][1:], strict=True):
        parts: list[tuple[int, int]] = []
        for piece in _LINE.finditer(text, found.end(), following):
            words = piece[0].strip()
            start = piece.start() + len(piece[0]) - len(piece[0].lstrip())
            goes_on = not is_indented or not parts or piece[0][0].isspace()
            if words and goes_on:
                parts.append((start, start + len(words)))
            elif words:
                yield Field(STRAY, start, ((start, start + len(words)),))
        yield Field(found["tag"], found.start("tag"), tuple(parts))
