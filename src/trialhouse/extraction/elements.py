"""What a sentence says of treatments: interventions (negated or not), doses and sizes, in order."""

import re
from dataclasses import dataclass, field, replace

from trialhouse.extraction.lexer import Kind, Typed, typed_numbers
from trialhouse.extraction.own_names import with_own_names
from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.extraction.terms import Lexicon, Mention, interventions

_NO = re.compile(r"\b(?:no|without|non)[\s-]\Z", re.I)
_LIST = re.compile(r"\s*[-‐‑]?\s*(?:,|or|and|/|, or|, and|to|and/or)\s*\Z")
_LEVEL = re.compile(
    r"\s*[\[(](?P<name>(?:low|mid|medium|middle|intermediate|high|lower|higher)(?:est)?)(?:[\s-]dose)?[\])]", re.I
)


STRONGEST = 5.0
"""A percentage above this beside a drug's name is a result, not the strength of a solution."""


@dataclass(frozen=True, slots=True)
class Said:
    """The treatments and numbers of one sentence."""

    sentence: Sentence
    drugs: tuple[Mention, ...]
    numbers: tuple[Typed, ...]
    doses: tuple[Typed, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Matter:
    """All that was said, by sentence, with the abbreviations that the text defines for its interventions."""

    reading: Reading
    words: Lexicon
    said: tuple[Said, ...]


def read_matter(reading: Reading, words: Lexicon) -> Matter:
    """Find every intervention, dose and number of title and body once."""
    found = with_own_names(reading, words, interventions(reading.text, words))
    said = []
    at = 0
    for sentence in reading.sentences:
        while at < len(found) and found[at].end <= sentence.start:
            at += 1
        here = []
        i = at
        while i < len(found) and found[i].start < sentence.end:
            here.append(_negated(reading.text, sentence, found[i]))
            i += 1
        numbers = _dose_lists(reading.text, typed_numbers(reading.text, sentence.start, sentence.end, words.units))
        numbers = [n for n in numbers if not any(d.start <= n.start < d.end for d in here)]
        numbers = _strengths(reading.text, here, numbers)
        doses = tuple(n for n in numbers if n.kind is Kind.DOSE)
        said.append(Said(sentence, tuple(here), tuple(numbers), doses))
    return Matter(reading, words, tuple(said))


def _negated(text: str, sentence: Sentence, one: Mention) -> Mention:
    """A mention with its "no" taken in: "no IL-1 blockade" is an intervention of its own."""
    match = _NO.search(text, max(sentence.start, one.start - 8), one.start)
    if match and one.norm not in ("no treatment",):
        return replace(one, start=match.start(), norm=f"no {one.norm}", code=None)
    return one


def _strengths(text: str, drugs: list[Mention], numbers: list[Typed]) -> list[Typed]:
    """Read a small percentage beside a drug's name as the strength of its solution: "timolol 0.5%"."""
    ends, starts = {d.end for d in drugs}, {d.start for d in drugs}
    out = []
    for one in numbers:
        small = one.kind is Kind.PERCENT and 0 < one.value <= STRONGEST
        after_name = any(text[e : one.start].isspace() and e < one.start for e in ends if 0 < one.start - e <= 2)
        before_name = any(text[one.end : s].isspace() for s in starts if 0 < s - one.end <= 2)
        out.append(replace(one, kind=Kind.DOSE) if small and (after_name or before_name) else one)
    return out


def _dose_lists(text: str, numbers: list[Typed]) -> list[Typed]:
    """Give the unit of a dose to the bare numbers listed before it: "150 or 300 mg" are two doses."""
    out = list(numbers)
    for i in range(len(out) - 2, -1, -1):
        one, following = out[i], out[i + 1]
        bare = one.kind in (Kind.VALUE, Kind.OTHER) and one.unit is None and not one.word
        if bare and following.kind is Kind.DOSE and _LIST.fullmatch(text[one.end : following.start]):
            out[i] = replace(one, kind=Kind.DOSE, unit=following.unit)
    return out
