"""Find the numbers of a text with their offsets: digits in their many spellings, and number words.

A middle dot is a decimal point, "1,800" and "1 800" are thousands, U+2212 and an en dash are minus signs where nothing
stands before them. A number inside a name (IL-6, ACR20, SARS-CoV-2) is no number.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import in_lower_case

_SPACE = "[ \\u00a0\\u2007-\\u2009\\u202f]"
"""What parts thousands: a blank, a no-break, figure, punctuation, thin or narrow no-break space."""
_NOT_AT_A_TIME = "(?<!(?i:day) .)(?<!(?i:week|year) .)(?<!(?i:month|visit|cycle) .)(?<![A-Z]-.)"
"""Behind the first digit: "at week 24 300 participants" holds two numbers, and the code in "VXC-201 200 mg" is none."""
_DIGITS = lazy_compile(
    r"[\d.·](?:(?<=\d)(?:\d{0,2}(?:,\d{3}(?!\d))+(?:[.·∙]\d+)?"
    rf"|{_NOT_AT_A_TIME}\d{{0,2}}(?:{_SPACE}\d{{3}}(?!\d))+|\d*(?:[.·∙]\d+)?)|(?<=[.·])(?<![A-Za-z0-9)\]].)\s?\d+)"
)
_PARTS = lazy_compile(r"[,\s]")
_NAME_PART = lazy_compile(r"[A-Z]{2,}\d+-\Z")
_CODE = lazy_compile(r"(?<![^\W_])[A-Z]{2,}\.\Z")
"""Capitals and a full stop right before a digit: the number of a genotype or a lineage, "GII.4", "XBB.1.5", "BA.5"."""
_MINUS = "-−–‐‑"
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SPELLED = rf"\b(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(_UNITS[1:])})\b"
"""Part of an expression: a whole number from one to ninety-nine in words."""
_VALUES = {"none": 0} | {word: i for i, word in enumerate(_UNITS)} | {word: 10 * i for i, word in enumerate(_TENS, 2)}
_WORD = Cued(
    "eight|eleven|fift|five|forty|four|nine|none|one|seven|six|ten|thirt|three|twelve|twenty|two|zero",
    rf"\b(?=[efnostz])"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<unit>{'|'.join(_UNITS[1:10])}))?|(?P<small>{'|'.join(_UNITS)}|none))"
    r"(?P<hundred>[ -]hundred(?:[ -]and)?(?:[ -](?P<more>[a-z]+(?:-[a-z]+)?))?)?\b",
    re.IGNORECASE,
)


def value_in_words(words: str) -> int | None:
    """The value of a number from one to ninety-nine in words, in lower case, as "twenty-four"; None for others."""
    tens, _, unit = words.replace(" ", "-").partition("-")
    if unit and not (tens in _TENS and unit in _UNITS[1:10]):
        return None
    return _VALUES[tens] + _VALUES.get(unit, 0) if tens in _VALUES else None


class Number(NamedTuple):
    """A number of a text: `start` and `end` take in its sign; `value` has it; `word` says that it was spelled out."""

    start: int
    end: int
    value: float
    word: bool = False


@lru_cache(maxsize=256)
def find_numbers(text: str, start: int = 0, end: int | None = None) -> tuple[Number, ...]:
    """All numbers of `text[start:end]` in order. Linear in the length of the text."""
    end = len(text) if end is None else end
    found = [n for match in _DIGITS.finditer(text, start, end) if (n := _digits(text, match, start, end))]
    if _WORD.may_match(text[start:end]):
        found += [n for match in _WORD.finditer(text, start, end) if (n := _word(text, match, end))]
    found.sort(key=lambda n: (n.start, -n.end))
    return tuple(n for i, n in enumerate(found) if i == 0 or n.start >= found[i - 1].end)


def _digits(text: str, match: re.Match[str], start: int, end: int) -> Number | None:
    """The number that a run of digits is, or None inside a name or the tail of another number."""
    begin, stop = match.span()
    before = text[begin - 1] if begin > start else " "
    if before.isalpha() or before == "_" or (before in ".·∙" and begin - 1 > start and text[begin - 2].isdigit()):
        return None
    if before == "." and _CODE.search(text, max(start, begin - 8), begin):
        return None
    if before == "-" and _NAME_PART.search(text, max(start, begin - 8), begin):
        return None
    if before == "(" and text[begin - 2 : begin - 1].isalpha() and text[stop : stop + 2].lower() in ("c)", "l)"):
        return None
    raw = match.group()
    sign = 1
    if before in _MINUS and begin - 1 >= start:
        ahead = text[begin - 2] if begin - 1 > start else " "
        if ahead.isalpha() or ahead in ")]":
            return None
        if not ahead.isdigit() and ahead not in "%/" and not (ahead == " " and text[begin - 3 : begin - 2].isdigit()):
            sign, begin = -1, begin - 1
    clean = raw.replace("·", ".").replace("∙", ".")
    if not clean.replace(".", "").isdecimal():
        clean = _PARTS.sub("", clean)
    if len(clean) > 15:
        return None
    return Number(begin, stop, sign * float(clean))


def _word(text: str, match: re.Match[str], end: int) -> Number | None:
    """The number that a number word is, or None inside a compound word."""
    begin, stop = match.span()
    if (begin and text[begin - 1] in "-_") or text[stop : stop + 1] == "_":
        return None
    value = _VALUES[in_lower_case(match["tens"] or match["small"])]
    value += _VALUES.get(in_lower_case(match["unit"] or ""), 0)
    if match["hundred"]:
        more = (match["more"] or "").lower()
        added = sum(_VALUES.get(part, 0) for part in more.split("-"))
        value *= 100
        if more and not added:
            stop = match.start("more")
            stop = (
                len(text[:stop].rstrip(" -"))
                if not text[match.start("hundred") : stop].rstrip().endswith("and")
                else (match.start("hundred") + len(" hundred"))
            )
        value += added
    return Number(begin, stop, float(value), word=True)
