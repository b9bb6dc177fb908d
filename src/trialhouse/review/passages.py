"""Passages as people read them: parts to be marked, and the text of XML without its tags."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from trialhouse.quality.passages import Passage

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)

_INLINE = re.compile(
    r"</?(?:b|bold|em|ext-link|i|inf|italic|monospace|named-content|sc|strong|sub|sup|u|underline|xref)\b",
    re.IGNORECASE,
)

_CUT = re.compile(r"\A[^<>]*>|<[^<>]*\Z")

_BLANKS = re.compile(r"[ \t\r]*\n\s*")


@dataclass(frozen=True)
class Segment:
    """Characters of a passage; `column` names what was read from them, if anything was.

    `is_blamed` says that the alert is about it, and not only about its row.
    """

    text: str
    column: str | None = None
    is_blamed: bool = False


def segments(passage: Passage) -> list[Segment]:
    """The text of a passage in order, cut where marks begin and end."""
    is_xml = (passage.locator or "").startswith("/")
    # A passage that is cut to what is near may begin or end within a tag.
    cut = _CUT.sub(lambda part: " " * len(part[0]), passage.text) if is_xml else passage.text
    found, at = list[Segment](), 0
    for mark in passage.marks:
        found.append(Segment(cut[at : mark.start]))
        found.append(Segment(cut[mark.start : mark.end], mark.column_name, mark.is_blamed))
        at = mark.end
    found.append(Segment(cut[at:]))
    return [replace(one, text=without_tags(one.text) if is_xml else one.text) for one in found if one.text]


def kinds_of_marks(passages: Iterable[Passage]) -> frozenset[bool]:
    """Whether values are marked that the alert is about (true), and others of their rows (false)."""
    return frozenset(mark.is_blamed for passage in passages for mark in passage.marks)


def without_tags(xml: str) -> str:
    """The text of a stretch of XML: tags within a line are left out, others end one, characters stand for entities."""
    text = _TAG.sub(lambda tag: "" if tag[0].startswith("<!") or _INLINE.match(tag[0]) else "\n", xml)
    return _BLANKS.sub("\n", html.unescape(text))
