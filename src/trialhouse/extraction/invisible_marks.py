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

_MARKS = lazy_compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+|[\ufb00-\ufb06]")
_SIGNS = tuple(sign for sign in map(chr, range(0x10000)) if _MARKS.match(sign))
"""Unicode's format characters (category Cf) but for those that are drawn, such as the signs before Arabic numbers; and
the Latin ligatures of its presentation forms, which the text of a PDF has.
"""

LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0xFB00, 0xFB07))}


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
