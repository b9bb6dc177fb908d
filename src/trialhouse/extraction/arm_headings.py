"""Sentences that a heading makes a list of arms: "Interventions: a polypill (n = 349) or usual care (n = 351)"."""

import re

from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.reading import Sentence
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_HEADED = Cued(
    "intervention|randomi|arms|groups|treatment",
    r"\A\W*(?:(?:study |trial |treatment )?(?:interventions?|arms|groups|treatments?)(?: and comparators?)?"
    r"|randomi[sz]ation)\s*(?::|[—–-]\s|\s(?=(?:[A-Z]|\d+[:-])))\s*",
    re.I,
)
_LABEL = lazy_compile(r"\W*(?:[A-Z]+|[A-Z][a-z]+)\b")
SIZED = lazy_compile(
    rf"\s*[(\[][^()\[\]]{{0,50}}?(?:\b[nN]\s*=\s*\d|\b\d[\d,]*\s+{PEOPLE})[^()\[\]]{{0,40}}[)\]]", re.I
)
"""A bracket behind an arm that says how many were in it: "(n = 62)", "(20 schools, 2,947 students)"."""
_ASSIGNS = lazy_compile(
    r"\b(?:(?:random|assign|allocat|compris|consist|includ|involv)\w*|were|was|had|is|are|received|underwent)\b", re.I
)


def behind_heading(text: str, sentence: Sentence) -> int | None:
    """Where the list of a sentence begins that is headed as one of arms; None for sentences with a verb of their own.

    Those say who got what in other words, which are read by what they are.
    """
    match = _HEADED.search_words(sentence.words) if _LABEL.match(sentence.words) else None
    if match is None or _ASSIGNS.search(sentence.words, match.end()):
        return None
    return sentence.start + match.end()
