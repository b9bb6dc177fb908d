"""Texts wholly in capitals, as some old abstracts are: read in small letters, claimed as they stand.

Rules tell a drug from an abbreviation and "or" from "OR" by their letters, which such a text does not. Its words are
read in small letters but for the signs of statistics and what holds a figure; every character stays at its place.
"""

import re

from trialhouse.model.document import Document, DocumentProse, ZoneKind
from trialhouse.model.prose import Piece
from trialhouse.text.lazy_patterns import lazy_compile

_READ = (ZoneKind.TITLE, ZoneKind.BODY)
_WORD = lazy_compile(r"(?<![A-Za-z0-9])[A-Z]{2,}(?![A-Za-z0-9]|-\d)")
_BEGINS = lazy_compile(r"[.:;!?]\s+\Z|\n\s*\Z")
_ESTIMATE = lazy_compile(r"\s*[=:,]?\s*\d")
_KEPT = frozenset("CI HR RR SD SE SEM IQR ITT BMI HIV DNA RNA IU USA UK EU ECG MRI CT".split())
_UNIT = {"HG": "Hg", "ML": "mL", "DL": "dL", "MMOL": "mmol"}
_STEP = 7
"""Of so many characters one is asked for its case."""
_FEWEST = 12
"""Capitals among those that are asked, for a text to be in capitals."""
_TIMES_MORE = 4
"""A text in capitals has so many more of them than small letters: "mg" and "vs" may stand in it."""


def in_small_letters(document: Document) -> DocumentProse | None:
    """The words of a document whose body is in capitals, in small letters at the same places; None for all others."""
    zones = [zone for zone in document.zones if zone.kind in _READ]
    body = "".join(document.text[zone.start : zone.end] for zone in zones if zone.kind is ZoneKind.BODY)[::_STEP]
    capitals = sum(map(str.isupper, body))
    if capitals < _FEWEST or capitals < _TIMES_MORE * sum(map(str.islower, body)):
        return None
    parts: list[str] = []
    done = 0
    for zone in sorted(zones, key=lambda zone: zone.start):
        start = max(done, zone.start)
        parts += document.text[done:start], _WORD.sub(_small, document.text[start : zone.end])
        done = max(start, zone.end)
    text = "".join(parts) + document.text[done:]
    whole = Piece(start=0, text_start=0, text_end=len(text))
    return DocumentProse(text=text, pieces=(whole,), zones=document.zones, registry_ids=document.registry_ids)


def _small(word: re.Match[str]) -> str:
    """A word in small letters, with a capital where a sentence begins; a sign of statistics as it is."""
    letters = word[0]
    if letters in _KEPT or (letters == "OR" and _ESTIMATE.match(word.string, word.end())):
        return letters
    if letters in _UNIT:
        return _UNIT[letters]
    begins = word.start() == 0 or _BEGINS.search(word.string[max(0, word.start() - 4) : word.start()])
    return letters.capitalize() if begins else letters.lower()
