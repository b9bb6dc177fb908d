"""A name for numbers whose sentence names no measure: its primary outcome, or its first words as a guess."""

import re

from trialhouse.extraction.empty_words import EMPTY
from trialhouse.extraction.reading import Sentence
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_PRIMARY_NAME = lazy_compile(
    r"\bthe (?P<what>(?:co-?)?primary (?:(?:efficacy|composite|safety|combined) ){0,2}(?:outcome|end[\s-]?point)s?)\b",
    re.I,
)
"""What numbers are of that a text only calls its primary outcome."""
_FIRST_WORDS = lazy_compile(r"(?:\S+\s+){0,11}\S+")


def guessed(text: str, sentence: Sentence, at: int) -> tuple[Span, bool]:
    """What a sentence calls its primary outcome ahead of its numbers at `at`, else its first words; and if these."""
    told = _PRIMARY_NAME.search(text, sentence.start, at)
    return (told.span("what"), False) if told else (_opening(text, sentence, at), True)


def _opening(text: str, sentence: Sentence, end: int) -> Span:
    """The first words of a sentence, up to its numbers, as a guess; where none stand there, the first ones behind."""
    words = _FIRST_WORDS.match(text, sentence.start, end)
    if words and len(words[0]) >= 4 and not EMPTY.fullmatch(words[0]):
        return words.start(), words.start() + len(words[0].rstrip(" ([:,="))
    behind = _FIRST_WORDS.match(text, sentence.start, sentence.end)
    return behind.span() if behind else (sentence.start, sentence.end)
