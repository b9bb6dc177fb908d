"""Characters that nobody sees: left-to-right marks, soft hyphens, joiners, which may stand within a drug's name.

A text is read without them, as people read it, and what was read is moved to where it stands in the text with them.
"""

import re
from bisect import bisect_left
from itertools import accumulate

from trialhouse.model.document import Document, DocumentProse
from trialhouse.model.prose import Piece

_MARKS = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
"""Unicode's format characters (category Cf) but for those that are drawn, such as the signs before Arabic numbers."""


def without_marks(document: Document) -> DocumentProse | None:
    """The text of a document without its invisible marks, with zones and registry ids moved; None where it has none.

    None too for a text of nothing else: then there is nothing to read in either. Linear in the text's length.
    """
    text = document.text
    marks = [match.span() for match in _MARKS.finditer(text)]
    if not marks:
        return None
    ends = [0, *(end for _, end in marks)]
    begins = [*(start for start, _ in marks), len(text)]
    kept = [(begin, end) for begin, end in zip(ends, begins, strict=True) if begin < end]
    if not kept:
        return None
    starts = [start for start, _ in marks]
    before = [0, *accumulate(end - start for start, end in marks)]

    def moved(offset: int) -> int:
        """An offset of the text in the text without marks; within marks the place where they stood."""
        at = bisect_left(starts, offset)
        return offset - before[at] + (max(0, marks[at - 1][1] - offset) if at else 0)

    pieces = tuple(Piece(start=moved(begin), text_start=begin, text_end=end) for begin, end in kept)
    zones = [zone.model_copy(update={"start": moved(zone.start), "end": moved(zone.end)}) for zone in document.zones]
    return DocumentProse(
        text="".join(text[begin:end] for begin, end in kept),
        pieces=pieces,
        zones=tuple(zone for zone in zones if zone.start < zone.end),
        registry_ids=tuple(
            one.model_copy(update={"start": moved(one.start), "end": moved(one.end)}) for one in document.registry_ids
        ),
    )
