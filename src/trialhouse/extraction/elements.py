"""What a sentence says of treatments: interventions (negated or not), doses and sizes, in order."""

import itertools
import re
from dataclasses import dataclass
from typing import NamedTuple

from trialhouse.extraction.amounts_used import amount_words, used_amounts
from trialhouse.extraction.given_counts import with_given_counts
from trialhouse.extraction.group_names import SCHEDULE_CODE
from trialhouse.extraction.lexer import Kind, Typed, typed_numbers
from trialhouse.extraction.own_names import with_own_names
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.pressure_pairs import with_pairs
from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.extraction.spelled_counts import with_spelled_counts
from trialhouse.extraction.strengths_again import strengths_said_again
from trialhouse.extraction.terms import CONTROLS, Lexicon, Mention, interventions
from trialhouse.extraction.told_amounts import told_amounts
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_NO = Cued("no|without", r"\b(?:no|without|non)[\s-]\Z", re.I)
_LIST = lazy_compile(r"\s*[-‐‑]?\s*(?:,|or|and|/|, or|, and|and/or)\s*\Z")
_CODE_NAME = lazy_compile(rf"{SCHEDULE_CODE}(?!\w)")
_RANGE = lazy_compile(r"\s*(?:[-–−]|to)\s*")
_PEOPLE_TO = lazy_compile(rf"(?:,|;|\band)\s*\Z|\b{PEOPLE}\s+\Z", re.I)
_ASSIGNED = lazy_compile(r"\b(?:randomi[sz]ed|assigned|allocated)\s+(?:\w+ly\s+)?(?:to\b|[(:]?\s*\d)", re.I)
_ASSIGNS_SO_MANY = lazy_compile(
    r"\b(?:randomi[sz]ed|assigned|allocated|randomi[sz]ation)(?:\s+\w+ly)?\s*[(:]?\s*\Z", re.I
)
_LEVEL = lazy_compile(
    r"\s*[\[(](?P<name>(?:low|mid|medium|middle|intermediate|high|lower|higher)(?:est)?)(?:[\s-]dose)?[\])]", re.I
)


STRONGEST = 5.0
"""A percentage above this beside a drug's name is a result, not the strength of a solution."""
_SALT = lazy_compile(
    r"\s+(?:(?:purite|maleate|hydrochloride|HCl|tartrate|hemihydrate|acetate|succinate|fumarate|citrate|phosphate|sodium"
    r"|propionate|valerate|furoate|ophthalmic|topical|nasal|gel|cream|ointment|solution|suspension|spray|drops|eyedrops"
    r"|eye drops)\s+){1,3}"
)
_OFTEN = lazy_compile(
    r"\s*[)\]]?\s*,?\s*(?:ophthalmic |topical )?"
    r"(?:once|twice|thrice|(?:one|two|three|four|[1-4]) times|daily|every|each (?:day|night|evening|morning)|nightly"
    r"|at (?:night|bedtime)|bid\b|tid\b|qid\b|qd\b|[bt]\.?i\.?d\b|q\.?d\b|b\.d\b|solution|suspension|gel|cream|ointment"
    r"|(?:eye ?)?drops?\b)",
    re.I,
)
_APART = lazy_compile(r"\s*[,(]\s*\Z")
_NEXT_STRENGTH = lazy_compile(
    r"(?:\s+(?:(?:once|twice|daily|nightly|cream|gel|ointment|foam|lotion|solution|drops|eye|a|day)\b\s*)+)?"
    r"(?:,|,?\s*\b(?:or|and))\s*"
)
_CONCENTRATION = lazy_compile(
    r"[\s-]*(?P<unit>(?:microg|mcg|[µμ]g|ug|mg|ng|IU|U)(?:/m[lL]|/h(?:our)?\b)?|microg/kg|mg/dose)(?![A-Za-z/])"
)
_NEXT_DOSE = lazy_compile(r"(?:\s+[a-z][a-z-]*){0,3}\s*(?:,|,?\s*\b(?:and|or|versus|vs\.?))\s*")
_PER_VOLUME = lazy_compile(r"/m[lL]\Z")
_TO_NAME = lazy_compile(r"\s*(?:\)|solution|of|\s)*\Z")


class Said(NamedTuple):
    """The treatments and numbers of one sentence."""

    sentence: Sentence
    drugs: tuple[Mention, ...]
    numbers: tuple[Typed, ...]
    doses: tuple[Typed, ...] = ()
    inner: tuple[Typed, ...] = ()
    """The doses within the name of a fixed combination: "A 1%/B 0.2%" holds one."""


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
        typed = typed_numbers(reading.text, sentence.start, sentence.end, words.units)
        typed = with_given_counts(reading.text, sentence.start, with_spelled_counts(reading.text, typed))
        typed = _identified(reading, with_pairs(reading.text, sentence.words, typed))
        typed = told_amounts(reading.text, sentence, here, typed, words.units)
        numbers = _dose_lists(reading.text, typed)
        drugs = [one for d in here for one in (d, *(c for c in d.of if d.start <= c.start and c.end <= d.end))]
        numbers = _concentrations(reading.text, drugs, _strengths(reading.text, sentence, drugs, numbers))
        within = {n.start for n in numbers if any(d.start <= n.start < d.end for d in here)}
        doses = tuple(n for n in numbers if n.kind is Kind.DOSE and n.start not in within)
        inner = tuple(n for n in numbers if n.kind is Kind.DOSE and n.start in within)
        numbers = [n for n in numbers if n.start not in within]
        said.append(Said(sentence, tuple(here), tuple(numbers), doses, inner))
    said = _strengths_again(reading.text, _said_again(reading.text, said))
    return Matter(reading, words, tuple(with_amounts(reading.text, said)))


def _identified(reading: Reading, numbers: list[Typed]) -> list[Typed]:
    """The numbers, those that are parts of registry ids, of dates and of the names of arms ("8q12") as such."""
    if not reading.registrations and not any(reading.text[one.raw_end : one.raw_end + 1] == "q" for one in numbers):
        return numbers
    return [one._replace(kind=Kind.IDENTIFIER) if _is_of_a_name(reading, one) else one for one in numbers]


def _is_of_a_name(reading: Reading, one: Typed) -> bool:
    """Whether a number is a part of a registration or of the name of an arm."""
    return reading.is_registration(one.start) or _CODE_NAME.match(reading.text, one.start) is not None


def _negated(text: str, sentence: Sentence, one: Mention) -> Mention:
    """A mention with its "no" taken in: "no IL-1 blockade" is an intervention of its own."""
    match = _NO.search(text, max(sentence.start, one.start - 8), one.start)
    if match and one.norm not in ("no treatment",):
        return one._replace(start=match.start(), norm=f"no {one.norm}", code=None, of=(one,))
    return one


def _strengths(text: str, sentence: Sentence, drugs: list[Mention], numbers: list[Typed]) -> list[Typed]:
    """Read a small percentage beside a drug's name as the strength of its solution: "timolol 0.5%", "X, 1%, daily".

    Where a control has such a percentage too, they are results: "nausea (X 3.4% and placebo 1.2%)".
    """
    small = [n for n in numbers if n.kind is Kind.PERCENT and 0 < n.value <= STRONGEST]
    if not small:
        return numbers
    beside = {n.start for n in small if any(_is_strength(text, sentence, drug, n) for drug in drugs)}
    inert = [d for d in drugs if d.norm in CONTROLS]
    if any(n.start in beside and _is_strength(text, sentence, drug, n) for n in small for drug in inert):
        return numbers
    beside |= _listed_with(text, small, beside)
    return [one._replace(kind=Kind.DOSE) if one.start in beside else one for one in numbers]


def _listed_with(text: str, small: list[Typed], beside: set[int]) -> set[int]:
    """The strengths listed with one that stands beside a drug: "0.05%, 0.025% or 0.01% X", "X 0.1% once daily, 0.5%".

    A strength is listed once with each schedule: a value said again without one is a result.
    """
    found = set(beside)
    for one, following in reversed(list(itertools.pairwise(small))):
        listed = _LIST.fullmatch(text, one.end, following.start)
        if following.start in found and one.value != following.value and listed:
            found.add(one.start)
    for one, following in itertools.pairwise(small):
        scheduled = _NEXT_STRENGTH.fullmatch(text, one.end, following.start)
        if one.start in found and scheduled and _OFTEN.match(text, following.end):
            found.add(following.start)
    return found


def _is_strength(text: str, sentence: Sentence, drug: Mention, one: Typed) -> bool:
    """Whether a small percentage stands beside a name as its strength, before it or behind."""
    if one.end <= drug.start:
        return drug.start - one.end <= 2 and text[one.end : drug.start].isspace()
    gap = text[drug.end : one.start] if drug.end < one.start <= drug.end + 40 else ""
    if len(gap) <= 2 and gap.isspace():
        return True
    behind = _OFTEN.match(text, one.end, sentence.end) is not None
    return bool(_SALT.fullmatch(gap)) or (behind and bool(_APART.fullmatch(gap)))


def _concentrations(text: str, drugs: list[Mention], numbers: list[Typed]) -> list[Typed]:
    """Read a concentration, or a dose in a rarer unit, beside a drug's name: "X 50 microg/ml", "10 microg of X"."""
    out = []
    for one in numbers:
        match = _CONCENTRATION.match(text, one.raw_end) if one.kind in (Kind.VALUE, Kind.OTHER) else None
        if match and match["unit"] == "microg":
            out.append(one._replace(kind=Kind.DOSE, unit="mcg", end=match.end()))
            continue
        listed = match and out and out[-1].unit == _unit(match["unit"]) and _goes_on(text, out[-1], one)
        near = listed or (match and any(_is_beside(text, d, one, match.end()) for d in drugs))
        out.append(one._replace(kind=Kind.DOSE, unit=_unit(match["unit"]), end=match.end()) if match and near else one)
    return out


def _is_beside(text: str, drug: Mention, one: Typed, end: int) -> bool:
    """Whether a number whose unit ends at an offset stands beside a drug's name: "X 50 microg/ml", "10 mcg of X"."""
    if 0 < one.start - drug.end <= 4:
        return not text[drug.end : one.start].strip(" (,")
    return 0 < drug.start - end <= 6 and _TO_NAME.fullmatch(text, end, drug.start) is not None


def _goes_on(text: str, last: Typed, one: Typed) -> bool:
    """Whether a dose goes on a list: "50 microg/ml once daily and 15 microg/ml twice daily"."""
    return last.kind is Kind.DOSE and bool(_NEXT_DOSE.fullmatch(text, last.end, one.start))


def _unit(words: str) -> str:
    """A unit as clinicians write it: "microg/ml" is mcg/mL."""
    return words.replace("microg", "mcg").replace("/ml", "/mL")


def _said_again(text: str, said: list[Said]) -> list[Said]:
    """The sentences with each concentration that stands beside a drug once as a dose wherever it is said again."""
    known = {(n.value, n.unit) for one in said for n in one.doses if n.unit and _PER_VOLUME.search(n.unit)}
    if not known:
        return said
    out = []
    for one in said:
        numbers = []
        for n in one.numbers:
            match = _CONCENTRATION.match(text, n.raw_end) if n.kind in (Kind.VALUE, Kind.OTHER) else None
            again = match is not None and (n.value, _unit(match["unit"])) in known
            numbers.append(
                n._replace(kind=Kind.DOSE, unit=_unit(match["unit"]), end=match.end()) if again and match else n
            )
        doses = tuple(n for n in numbers if n.kind is Kind.DOSE)
        out.append(one._replace(numbers=tuple(numbers), doses=doses) if len(doses) != len(one.doses) else one)
    return out


def _strengths_again(text: str, said: list[Said]) -> list[Said]:
    """The sentences with the strengths of solutions as doses where they alone name an arm: "the 0.05% group"."""
    known = {n.value for one in said for n in one.doses if n.unit == "%"}
    out = []
    for one in said if known else ():
        numbers = strengths_said_again(text, one.numbers, known)
        doses = tuple(n for n in numbers if n.kind is Kind.DOSE)
        out.append(one._replace(numbers=numbers, doses=doses) if len(doses) != len(one.doses) else one)
    return out or said


def with_amounts(text: str, said: list[Said]) -> list[Said]:
    """The sentences with the amounts of drugs that patients needed as values: "tramadol consumption was 74 mg"."""
    if not any(amount_words(one.sentence.words) for one in said):
        return said
    given = {(n.value, n.unit) for one in said if not amount_words(one.sentence.words) for n in one.doses}
    out = []
    for one in said:
        numbers = used_amounts(text, one.numbers, one.sentence.start, given)
        doses = tuple(n for n in numbers if n.kind is Kind.DOSE)
        out.append(one._replace(numbers=numbers, doses=doses) if len(doses) != len(one.doses) else one)
    return out


def _dose_lists(text: str, numbers: list[Typed]) -> list[Typed]:
    """Give the unit of a dose to the bare numbers listed before it: "150 or 300 mg" are two doses.

    "30-120 mg" and "10 to 20 mg" are one, which begins at the first number.
    """
    out = list(numbers)
    for i in range(len(out) - 2, -1, -1):
        one, following = out[i], out[i + 1]
        bare = one.kind in (Kind.VALUE, Kind.OTHER) and one.unit is None and not one.word
        gap = text[one.end : following.start]
        if bare and following.kind is Kind.DOSE and _RANGE.fullmatch(gap) and not _head_count(text, one, gap):
            out[i : i + 2] = [following._replace(start=one.start, value=one.value)]
        elif bare and following.kind is Kind.DOSE and _LIST.fullmatch(gap):
            out[i] = one._replace(kind=Kind.DOSE, unit=following.unit)
    return out


def _head_count(text: str, one: Typed, gap: str) -> bool:
    """Whether "N to D mg" says that N people were assigned to a dose: "17 were randomised to X, and 16 to 100 mg Y"."""
    before = text[max(0, one.start - 200) : one.start]
    listed = _PEOPLE_TO.search(before) and _ASSIGNED.search(before)
    return gap.strip() == "to" and bool(listed or _ASSIGNS_SO_MANY.search(before))
