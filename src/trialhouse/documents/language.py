"""The language of a stretch of text: by its script, and for Latin script by its commonest words."""

import re
from collections import Counter
from collections.abc import Iterable

from trialhouse.text.lazy_patterns import lazy_compile

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", lazy_compile(r"[\u3040-\u30ff]")),
    ("ko", lazy_compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", lazy_compile(r"[\u3400-\u9fff]")),
    ("ru", lazy_compile(r"[\u0400-\u04ff]")),
    ("ar", lazy_compile(r"[\u0600-\u06ff]")),
    ("el", lazy_compile(r"[\u0370-\u03ff]")),
    ("he", lazy_compile(r"[\u0590-\u05ff]")),
    ("th", lazy_compile(r"[\u0e00-\u0e7f]")),
    ("hi", lazy_compile(r"[\u0900-\u097f]")),
)
_OTHER_SCRIPT = lazy_compile(
    r"[\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""A letter of any of the scripts: most texts that are not ASCII have none, only dashes and accents."""
_LATIN = lazy_compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" or code >= ord("ß") else 32 for code in range(256))
"""Turns all of Latin-1 but lower-case letters (and ÷, which stands beside none) into spaces."""

_STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset("the of and to in was were with for that by is are this from which we had not".split()),
    "es": frozenset("el los las del y una con por que fue fueron para se al como más entre pacientes".split()),
    "fr": frozenset("le les des et une dans avec pour par est ont été du au aux sur que nous ou".split()),
    "de": frozenset("der die das und den mit von wurde wurden ist bei im zu auf nicht eine einer dem".split()),
    "pt": frozenset("os das dos e uma com por que foi foram para não ao em no na pacientes entre mais".split()),
    "it": frozenset("il gli della delle e una con per che sono stato nel nei dei di alla non tra".split()),
}
_LANGUAGES_OF = {
    word.encode("latin-1"): [code for code, words in _STOP_WORDS.items() if word in words]
    for word in sorted(frozenset().union(*_STOP_WORDS.values()))
}
LATIN_LANGUAGES = frozenset(_STOP_WORDS)
"""The languages that are told apart by their words rather than their script."""

_ENOUGH_LETTERS = 12
_ENOUGH_STOP_WORDS = 3


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where its words do not tell.

    Scripts decide from a third of the letters on (a Chinese sentence keeps its Latin abbreviations); in Latin script
    the language whose commonest words are most frequent wins, if it wins clearly.
    """
    sample = text[:1500]
    if not sample.isascii() and (script := _by_script(sample)):
        return script
    # As bytes: to turn and to split them takes a third of the time of a pattern of words.
    letters = sample.lower().encode("latin-1", "replace").translate(_LETTERS)
    if len(letters) - letters.count(b" ") < _ENOUGH_LETTERS and _latin_letters(sample) < _ENOUGH_LETTERS:
        return None
    return _by_words(letters.split())


def _by_script(sample: str) -> str | None:
    """The language of the script of a third of the letters, where that is not the Latin one."""
    others = "".join(_OTHER_SCRIPT.findall(sample))
    if not others:
        return None
    counts = {code: len(pattern.findall(others)) for code, pattern in _SCRIPTS}
    other = sum(counts.values())
    if other < 2 or other * 2 < _latin_letters(sample):
        return None
    # Japanese is written with Chinese characters too: kana among them decide.
    if counts["ja"] * 10 >= counts["zh"] and counts["ja"] > 0:
        return "ja"
    return max(counts, key=lambda code: counts[code])


def _latin_letters(sample: str) -> int:
    return sum(map(len, _LATIN.findall(sample)))


def _by_words(words: list[bytes]) -> str | None:
    """The language whose commonest words are most frequent among some words in Latin-1, if it wins clearly."""
    hits = dict.fromkeys(_STOP_WORDS, 0)
    for word, count in Counter(filter(_LANGUAGES_OF.__contains__, words)).items():
        for code in _LANGUAGES_OF[word]:
            hits[code] += count
    first, second = sorted(hits, key=hits.__getitem__, reverse=True)[:2]
    if hits[first] < _ENOUGH_STOP_WORDS or hits[first] * 10 < len(words) or hits[first] * 3 < hits[second] * 4:
        return None
    return first


def main_language(paragraphs: Iterable[tuple[str | None, int]]) -> str | None:
    """The language that a document is read in: English where there is a paragraph of it, else what most letters are in.

    Each paragraph is given by its own language and its length.
    A paper in another language with an English abstract is read in English: its numbers are the same.
    """
    weights: dict[str, int] = {}
    for code, length in paragraphs:
        if code:
            weights[code] = weights.get(code, 0) + length
    if weights.get("en", 0) >= 80:
        return "en"
    return max(sorted(weights), key=lambda code: weights[code]) if weights else None
