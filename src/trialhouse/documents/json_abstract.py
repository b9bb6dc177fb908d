"""The lines of an abstract that stands as marked-up text in a string of JSON: headings are labels of what follows."""

import re

from trialhouse.documents.json_markup import Block, read_blocks
from trialhouse.documents.json_record import JsonRecord
from trialhouse.documents.language import language_of
from trialhouse.documents.prose_lines import Fill, ProseLines
from trialhouse.documents.record_document import ENOUGH_WORDS
from trialhouse.documents.section_labels import section_of
from trialhouse.model.document import Section, ZoneKind
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile

_NO_LABEL = lazy_compile(r"(?:structured |unstructured )?(?:abstract|summary)\W*\Z", re.I)


def add_string(lines: ProseLines, record: JsonRecord, kind: ZoneKind, *names: str | int, language: str | None) -> str:
    """Add a marked-up string as one line; gives its words, "" where the record has none."""
    blocks = _blocks(record, *names)
    fills = [fill for block in blocks for fill in (_space, block.fill)][1:]
    lines.add(kind, *fills, language=language)
    return " ".join(block.words for block in blocks)


def add_abstract(lines: ProseLines, record: JsonRecord, *names: str | int, stated: str | None) -> bool:
    """Add the paragraphs of an abstract, each behind its heading; whether there are any.

    `stated` is the language that the record gives; a paragraph in another one than the first is a copy.
    """
    blocks = _blocks(record, *names)
    paragraphs = [block.words for block in blocks if not block.is_label]
    main = language_of(" ".join(paragraphs)[:ENOUGH_WORDS]) or stated
    heading: Block | None = None
    section = Section.UNASSIGNED
    for block in blocks:
        label = block.words.rstrip(" :.")
        if block.is_label and not _NO_LABEL.match(label):
            heading, section = block, section_of(label) or Section.UNASSIGNED
        elif not block.is_label:
            own = language_of(block.words) or main
            kind = ZoneKind.BODY if own == main else ZoneKind.OTHER_LANGUAGE
            fills = [heading.fill, _after_label(lines.words_of(heading.fill))] if heading else []
            label_words = heading.words.rstrip(" :.") if heading else None
            lines.add(kind, *fills, block.fill, section=section, label=label_words, language=own)
            heading = None
    return bool(paragraphs)


def _space(words: Flattening) -> None:
    words.separate(" ")


def _after_label(label: str) -> Fill:
    """Adds what parts a label from its paragraph: its colon may be its own."""
    return lambda words: words.separate(" " if label.endswith(":") else ": ")


def _blocks(record: JsonRecord, *names: str | int) -> list[Block]:
    span = record.span(*names)
    if span is None or not isinstance(record.get(*names), str):
        return []
    return read_blocks(record.text, *span, locator=record.path(*names))
