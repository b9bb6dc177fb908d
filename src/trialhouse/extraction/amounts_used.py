"""Amounts of a drug that patients came to need, which are results and not doses: "morphine consumption was 24 mg".

A number with a unit of dose is one where the words before it speak of consumption, requirement or a daily, total or
cumulative dose, and where no sentence without such words gives that dose.
"""

import re
from collections.abc import Collection

from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.text.cues import Cued
from trialhouse.text.word_starts import at_word

_DRUGS = (
    *("opioid", "analgesic", "morphine", "insulin", "steroid", "diuretic", "sedative", "tramadol", "fentanyl"),
    *("propofol", r"rescue[\w -]{0,20}"),
)
_SUMS = ("cumulative", "total", "overall", "daily", "end-of-study", "final", "average")
_WORDS = Cued(
    "consum|require|dose|use|intake|need",
    at_word(
        *("consumption", "requirements?", "intake", "doses? required", "doses? needed"),
        *(f"{drug} use" for drug in _DRUGS),
        *(rf"{often}\s+(?:[a-z-]+\s+){{0,3}}doses?" for often in _SUMS),
    )
    + r"\b"
    r"(?=[^.;]{0,90}?(?:\b(?:was|were|averaged|increased|decreased|rose|fell|reduced|lower|higher|greater|less|more|smaller"
    r"|differ\w*|declined|at|by|to)\b|[:(]))",
    re.I,
)


def amount_words(words: str) -> bool:
    """Whether a sentence speaks of how much of a drug was used."""
    return _WORDS.search_words(words) is not None


def used_amounts(
    text: str, numbers: tuple[Typed, ...], begin: int, given: Collection[tuple[float, str | None]]
) -> tuple[Typed, ...]:
    """The numbers of a sentence that begins at an offset; doses behind words of use that were not given are values."""
    found = _WORDS.search(text, begin, numbers[-1].start) if numbers else None
    if found is None:
        return numbers
    return tuple(
        n._replace(kind=Kind.VALUE)
        if n.kind is Kind.DOSE and n.start > found.end() and (n.value, n.unit) not in given
        else n
        for n in numbers
    )
