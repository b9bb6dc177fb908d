"""Search exports of tagged lines, cut into records: RIS, PubMed's nbib and Web of Science's ciw."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trialhouse.documents.search_exports.export_text import ExportText
from trialhouse.documents.search_exports.record import ExportRecord, Value
from trialhouse.documents.tagged_lines import TaggedRecord
from trialhouse.text.tagged_records import RecordSpan

Said = tuple[str | None, dict[str, Value]]
"""The key of a record and what it says."""


@dataclass(frozen=True, slots=True)
class TaggedFormat:
    """How the records of a format are told apart and read.

    `first_tag` begins a record, `last_tag` ends it. `is_indented`: a line that goes on with the field before it is
    indented.
    """

    name: str
    line: re.Pattern[str]
    spans: Callable[[str], list[RecordSpan]]
    read: Callable[[TaggedRecord], Said]
    first_tag: str
    last_tag: str
    header_tags: frozenset[str] = frozenset()
    is_indented: bool = False


def tagged_records(text: ExportText, format: TaggedFormat) -> Iterator[ExportRecord]:
    """The records of a file in order. One without its first line is damaged, and so is the last one where it does not
    end as all before it do.
    """
    number, all_end, has_end = 0, True, True
    held: ExportRecord | None = None
    for first_line, piece in text.pieces(lambda line: line.startswith(format.first_tag)):
        line, counted = first_line, 0
        for span, is_headless in _with_gaps(piece, format):
            record = TaggedRecord(piece, span, format.line, is_indented=format.is_indented)
            tags = {one.tag for one in record.fields}
            if is_headless and tags <= {format.last_tag, *format.header_tags}:
                continue
            if held is not None:
                yield held
                all_end = all_end and has_end
            number += 1
            line, counted = line + piece.count("\n", counted, span.start), span.start
            has_end = format.last_tag in tags
            held = ExportRecord(number, line, *format.read(record))
            if is_headless:
                held.problem = f"it does not begin with {format.first_tag}: a part of it may be missing"
    if held is not None:
        if number > 1 and all_end and not has_end and held.problem is None:
            held.problem = f"it breaks off before its {format.last_tag} line: the file was cut"
        yield held


def _with_gaps(piece: str, format: TaggedFormat) -> Iterator[tuple[RecordSpan, bool]]:
    """The records of a piece, and what stands between them with tags as a record has them."""
    at = 0
    for span in [*format.spans(piece), RecordSpan(len(piece), len(piece), None)]:
        if format.line.search(piece, at, span.start):
            yield RecordSpan(at, span.start, None), True
        if span.start < span.end:
            yield span, False
        at = span.end
