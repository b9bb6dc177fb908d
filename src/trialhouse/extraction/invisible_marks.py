"""Characters that are not read as they stand: invisible marks, and ligatures, either of which hides a drug's name.

Left-to-right marks, soft hyphens and joiners are seen by nobody; "ﬁ" is seen as two letters. A text is read without the
ones and with the letters of the others, as people read it, and what was read is moved to where it stands in the text.
"""

import unicodedata
from bisect import bisect_right

from trialhouse.model.document import Document, DocumentProse
from trialhouse.model.prose import Piece
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile

_FORMAT_RANGES = ((0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064),
                  (0x2066, 0x206F), (0xFEFF, 0xFEFF))  # fmt: skip
_FORMATS = "".join(chr(code) for first, last in _FORMAT_RANGES for code in range(first, last + 1))
"""Unicode's format characters (category Cf) but for those that are drawn, such as the signs before Arabic numbers."""

LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0xFB00, 0xFB07))}
"""The letters of the Latin ligatures of Unicode's presentation forms, which the text of a PDF has."""

_SIGNS = (*_FORMATS, *LIGATURES)
_MARKS = lazy_compile(f"[{_FORMATS}]+|[{''.join(LIGATURES)}]")


def without_marks(document: Document) -> DocumentProse | None:
    """The text of a document without invisible marks and ligatures, with zones and registry ids moved; None where it
    has none.

    None too for a text of nothing else: then there is nothing to read in either. Linear in the text's length.
    """
    text = document.text
    if not any(mark in text for mark in _SIGNS):
        return None
    words, begins, shifts = Flattening(text), [0], [0]
    at = 0
    for match in _MARKS.finditer(text):
        words.copy(at, match.start())
        words.stand_for(LIGATURES.get(match.group(), ""), *match.span())
        at = match.end()
        begins.append(at)
        shifts.append(words.length - at)
    if at == 0 or not (words.length or text[at:]):
        return None
    words.copy(at, len(text))

    def moved(offset: int) -> int:
        """An offset of the text in the text as it is read; within marks the place where they stood."""
        number = bisect_right(begins, offset) - 1
        following = begins[number + 1] + shifts[number + 1] if number + 1 < len(begins) else words.length
        return min(offset + shifts[number], following)

    pieces = tuple(Piece(start=start, text_start=begin, text_end=end) for start, begin, end, _ in words.stretches)
    zones = [zone.model_copy(update={"start": moved(zone.start), "end": moved(zone.end)}) for zone in document.zones]
    return DocumentProse(
        text=words.text,
        pieces=pieces,
        zones=tuple(zone for zone in zones if zone.start < zone.end),
        registry_ids=tuple(
            one.model_copy(update={"start": moved(one.start), "end": moved(one.end)}) for one in document.registry_ids
        ),
    )
