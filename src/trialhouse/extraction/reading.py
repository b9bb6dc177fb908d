"""A document as the extractor reads it: the sentences of its title and body, with section and place."""

from bisect import bisect_right
from dataclasses import dataclass

from trialhouse.extraction.registrations import registrations
from trialhouse.model.document import Document, Section, Zone, ZoneKind
from trialhouse.text.sentences import sentences

LONGEST_SENTENCE = 2500
"""Characters; what has no full stop for longer is a table or rubbish, and is read in pieces of this length."""
_READ = (ZoneKind.TITLE, ZoneKind.BODY)
_NAMED = (ZoneKind.TITLE, ZoneKind.BODY, ZoneKind.CITATION, ZoneKind.REFERENCES)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `index` in the reading, offsets in the text, its section, and whether it stands in the title.

    `words` are its characters, cut out once: every rule asks for them.
    """

    index: int
    start: int
    end: int
    section: Section
    is_title: bool
    paragraph: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The text and its sentences in order; `named` are spans where names of trials may stand, citations too.

    `registrations` are the spans, in order, whose figures are parts of registry ids and of dates.
    """

    text: str
    sentences: tuple[Sentence, ...]
    named: tuple[tuple[int, int], ...]
    registrations: tuple[tuple[int, int], ...] = ()

    def is_registration(self, offset: int) -> bool:
        """Whether a figure at an offset is part of a registry id or of a date."""
        before = bisect_right(self.registrations, (offset, len(self.text)))
        return before > 0 and offset < self.registrations[before - 1][1]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, or None outside title and body."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        found = self.sentences[low] if low < len(self.sentences) else None
        return found if found and found.start <= offset else None


def _bounded(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those that are too long for a sentence cut at white space."""
    out = []
    for start, end in spans:
        at = start
        while end - at > LONGEST_SENTENCE:
            cut = text.rfind(" ", at + LONGEST_SENTENCE // 2, at + LONGEST_SENTENCE)
            stop = cut if cut > 0 else at + LONGEST_SENTENCE
            out.append((at, stop))
            at = stop + (cut > 0)
        out.append((at, end))
    return [(a, b) for a, b in out if text[a:b].strip()]


def read(document: Document) -> Reading:
    """The reading of a document: title and body zones, or the whole text as body where no zones are known."""
    zones = document.zones or (Zone(kind=ZoneKind.BODY, start=0, end=len(document.text)),)
    found: list[Sentence] = []
    paragraph = 0
    for zone in zones:
        if zone.kind not in _READ:
            continue
        paragraph += 1
        last = zone.start
        for start, end in _bounded(document.text, sentences(document.text, zone.start, zone.end)):
            paragraph += "\n" in document.text[last:start]
            last = end
            words, is_title = document.text[start:end], zone.kind == ZoneKind.TITLE
            found.append(Sentence(len(found), start, end, zone.section, is_title, paragraph, words))
    named = tuple((zone.start, zone.end) for zone in zones if zone.kind in _NAMED)
    return Reading(document.text, tuple(found), named, registrations(document))
