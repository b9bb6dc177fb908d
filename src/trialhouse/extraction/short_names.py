"""Abbreviations in capitals that the text itself does not spell out, as abstracts of meetings have them.

"CAV 100 mg" is cavolimab where cavolimab is the only treatment of the text whose name begins so; where two do, nobody
can tell. PBO is placebo, unless the text spells it out as something else: "piperonyl butoxide (PBO)".
"""

import itertools
import re
from collections.abc import Iterator

from trialhouse.extraction.reading import Reading
from trialhouse.extraction.terms import CONTROLS, SHORT_NAME, Mention
from trialhouse.text.lazy_patterns import lazy_compile

_AS_TREATMENT = lazy_compile(
    r"(?P<short>[A-Z](?<![\w-].)[A-Z]{2,4})(?:"
    r"\s+\d[\d,]*(?:[.·]\d+)?\s?(?:mg|mcg|[µμ]g|ug|g|IU|U)(?:/(?:kg|day|d|m2|m²))?(?![A-Za-z/])"
    r"|\s*[(,]\s?[nN]\s?=|[\s-](?:groups?|arms?|recipients|treated)\b)"
)
"""An abbreviation with a dose, with a number of people, or as the name of a group."""
_NO_TREATMENT = frozenset("ALL ALT AST CON CRP EXP INT PRO STD".split())
"""What stands so and is a disease, a thing measured or the part of a group in the trial."""
_SHORTENED_BY = 2
"""Letters that an abbreviation leaves out at least."""
_MOST_TRIED = 60
"""So many abbreviations are looked up; a text with more is no report of one trial."""
_LONGEST_FORM = 3
"""Words that an abbreviation is taken to be spelled out in."""
_WORD = lazy_compile(r"[A-Za-z]+")
_FULL_WORD = lazy_compile(r"\b(?!(?:a|an|and|by|for|in|of|on|or|the|to|with)\b)[A-Za-z]+")
"""A word that gives a letter to an abbreviation."""


def shortened(reading: Reading, found: list[Mention]) -> dict[str, Mention]:
    """The abbreviations that are the beginning of exactly one treatment which title or body name in full."""
    names: dict[str, Mention] = {}
    named = [one for one in found if reading.sentence_at(one.start) is not None]
    written = {match["short"] for match in _AS_TREATMENT.finditer(reading.text)} - _NO_TREATMENT
    for short in sorted(written)[:_MOST_TRIED]:
        fitting = {one.norm: one for one in reversed(named) if _is_beginning(reading.text, short, one)}
        if len(fitting) == 1 and not any(_spelled_out(reading.text, short)):
            names[short] = next(iter(fitting.values()))
    return names


def _is_beginning(text: str, short: str, one: Mention) -> bool:
    """Whether a name, as the text or the vocabulary has it, begins with the letters of an abbreviation."""
    for name in (text[one.start : one.end], one.norm):
        first = _WORD.match(name)
        if first and first[0].upper().startswith(short) and len(first[0]) >= len(short) + _SHORTENED_BY:
            return True
    return False


def without_other_meanings(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions without the short names of controls that the text spells out as something else."""
    short = {text[one.start : one.end] for one in found if one.norm in CONTROLS and one.end - one.start <= SHORT_NAME}
    others = {name for name in short if name.isupper() and any(_is_other(text, name, found))}
    return [one for one in found if text[one.start : one.end] not in others] if others else found


def _is_other(text: str, short: str, found: list[Mention]) -> Iterator[bool]:
    """Of each place that spells a control's short name out, whether it names no control."""
    for start, end in _spelled_out(text, short):
        yield not any(start <= one.start < end for one in found if one.norm in CONTROLS)


def _spelled_out(text: str, short: str) -> Iterator[tuple[int, int]]:
    """The places of words that an abbreviation stands for: before its bracket, or in the bracket behind it."""
    for match in re.finditer(rf"[(\[]{short}[)\]]", text):
        words = list(_FULL_WORD.finditer(text, max(0, match.start() - 80), match.start()))
        for count in range(1, min(_LONGEST_FORM, len(words)) + 1):
            if _stands_for(short, [one[0] for one in words[-count:]]):
                yield words[-count].start(), words[-1].end()
    for match in re.finditer(rf"(?<![\w]){short}\s?[(\[](?P<long>[^()\[\]\d]{{3,60}})[)\]]", text):
        if _stands_for(short, _FULL_WORD.findall(match["long"])):
            yield match.span("long")


def _stands_for(short: str, words: list[str]) -> bool:
    """Whether each of some words gives its first letter to an abbreviation, and letters behind it in order."""
    if not 0 < len(words) <= min(_LONGEST_FORM, len(short)):
        return False
    for cuts in itertools.combinations(range(1, len(short)), len(words) - 1):
        parts = [short[a:b] for a, b in itertools.pairwise((0, *cuts, len(short)))]
        if all(re.match(".*?".join(part), word, re.I) for part, word in zip(parts, words, strict=True)):
            return True
    return False
