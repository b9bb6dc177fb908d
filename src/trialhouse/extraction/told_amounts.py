"""Amounts that were measured and share their unit with doses: "birth weight was 3393 g", "blood loss fell by 420 mL".

A number with a unit of dose is a result where the words tell it of a subject that is neither a drug nor its dose, and
so are the numbers that go on from it ("vs 3506 g with placebo"). All others are doses, as "X 5 mg" and "5 mg of X" are.
"""

import re
from collections.abc import Sequence

from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.number_units import unit_of
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.model.document import Section
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_ABOUT = r"(?:(?:only|about|approximately|around|nearly|just|still|an?|the|mean|median|average|total|of)\s+){0,4}"
_MOVED = (
    r"(?:fell|rose|dropped|decreased?|increased?|declined?|reduced|lower|higher|less|more|greater|smaller|larger|changed?"
    r"|differed|difference|differences|gain|loss|reduction|rise|fall|drop|volume|weight|output)"
)
_TOLD = Cued(
    "was|were|been|averag|remain|total|measured|weighed|lost|gained|excret|drained|by|to|from|of",
    r"(?<![\w-])(?:was|were|been|averaged|averaging|remained|totall?ed|measured|weighed|lost|gained|excreted|drained"
    rf"|{_MOVED}(?:\s+\w+ly)?\s+(?:by|to|from|of))\s+{_ABOUT}\Z",
    re.I,
)
"""The words right before an amount that tell it of something."""
_QUANTITY = lazy_compile(
    r"\b(?:weights?|loss|volumes?|outputs?|intake|excretion|drainage|mass|gain|bleeding|consumption|proteinuria"
    r"|albuminuria|secretion)\b",
    re.I,
)
"""What has its amount in grams or millilitres."""
_OF_A_DRUG = lazy_compile(
    r"\b(?:dos(?:es?|ages?|ing)|titrat\w+|strengths?|tablets?|capsules?|administered|given|injected|infused|prescribed"
    r"|(?:treatments?|therapy|regimens?|drugs?|medications?|medicines?|comparators?|controls?|supplements?)\W*\Z)",
    re.I,
)
"""A subject that is a dose, or what is given."""
_SCHEDULE = lazy_compile(
    r"\s*[)\]]?\s*,?\s*(?:once|twice|thrice|(?:one|two|three|four|[1-4]) times|daily|every|nightly|at (?:night|bedtime)"
    r"|bid\b|tid\b|qid\b|qd\b|[bt]\.?i\.?d\b|q\.?d\b|b\.d\b)",
    re.I,
)
_NAMES_ARM = lazy_compile(
    r"[\s-]*(?:(?:\w+\s+)?(?:groups?|arms?|cohorts?|doses?|tablets?|capsules?|recipients)\b|of\s)", re.I
)
_GOES_ON = lazy_compile(
    r"(?:[(\[,;:=–−-]|\b(?:and|vs\.?|versus|than|to|by|was|were|but|from|against|ranged?|IQR|(?:compared|relative)\s+(?:with|to)))"
    rf"\s*(?:by\s+|to\s+|from\s+)?{_ABOUT}\Z",
    re.I,
)
_LOWER = Cued(
    "lower|higher|great|less|more|small|larg|reduc|increas|decreas|differ|similar",
    r"(?<!\w)(?:lower|higher|greater|less|more|smaller|larger|reduced|increased|decreased|differed|different|similar)\b",
    re.I,
)
_OPENED = lazy_compile(r"[(\[]\s*(?:mean|median|average)?,?\s*\Z", re.I)
_LISTED = lazy_compile(r"\s*(?:,|,?\s*and|,?\s*or|to|[-–−])\s*")
_PER = lazy_compile(r"\s*(?:per|each|a)\s+(day|week|hour|year)\b", re.I)
_AUXILIARY = lazy_compile(r"\s*(?:(?:was|were|is|are|had been|could be)\s+)?")
_CLAUSE = lazy_compile(r"[,;:(](?=\s*[A-Za-z][^,;:(]*[A-Za-z]{3})")
_FARTHEST = 300
"""Characters before an amount in which its subject is looked for."""
_READ = (Section.RESULTS, Section.UNASSIGNED, Section.CONCLUSIONS)


def told_amounts(
    text: str,
    sentence: Sentence,
    drugs: Sequence[Mention],
    numbers: list[Typed],
    units: dict[str, tuple[str, str | None]],
) -> list[Typed]:
    """The numbers of a sentence, doses that the words tell as results as values with their unit."""
    if sentence.section not in _READ or all(one.kind is not Kind.DOSE for one in numbers):
        return numbers
    out: list[Typed] = []
    told: Typed | None = None
    for at, one in enumerate(numbers):
        if one.kind is Kind.DOSE and (
            _is_told(text, sentence, drugs, numbers, at) or (told and _goes_on(text, drugs, told, out, one))
        ):
            told = one
            value = _as_value(text, one, units)
            if out and _same_list(text, out[-1], value):
                out[-1] = out[-1]._replace(unit=value.unit)
            out.append(value)
        else:
            out.append(one)
    return out


def _same_list(text: str, before: Typed, one: Typed) -> bool:
    """Whether a value shares the time told behind the next one: "1.2 g and 1.9 g per day"."""
    shared = before.kind is Kind.VALUE and before.unit is not None and f"{before.unit}/day" == one.unit
    return shared and bool(_LISTED.fullmatch(text, before.end, one.start))


def _is_told(text: str, sentence: Sentence, drugs: Sequence[Mention], numbers: list[Typed], at: int) -> bool:
    """Whether an amount, or the list that ends with it, is told of what is no drug and no dose."""
    first = at
    while first and _bare(numbers[first - 1]) and _LISTED.fullmatch(text, numbers[first - 1].end, numbers[first].start):
        first -= 1
    one, start = numbers[at], numbers[first].start
    begin = max(sentence.start, start - _FARTHEST)
    verb = _TOLD.search(text, max(begin, start - 60), start)
    stop = verb.start() if verb else start
    subject = _subject(text, begin, stop)
    if _OF_A_DRUG.search(subject) or _NAMES_ARM.match(text, one.end):
        return False
    quantity = _QUANTITY.search(text, begin, start)
    if verb is None:
        opened = _OPENED.search(text, max(begin, start - 12), start)
        return bool(opened and quantity and _LOWER.search(text, begin, start))
    if not quantity and (_SCHEDULE.match(text, one.end) or any(_AUXILIARY.fullmatch(text, d.end, stop) for d in drugs)):
        return False
    return any(c.isalpha() for c in subject) or quantity is not None


def _bare(one: Typed) -> bool:
    """Whether a number has no unit of its own, and can have that of the next one of its list."""
    return one.kind in (Kind.VALUE, Kind.OTHER) and one.unit is None and not one.word


def _subject(text: str, begin: int, stop: int) -> str:
    """The words of a clause before its verb; the whole of them where a comma parts the verb from its subject."""
    cuts = [cut.end() for cut in _CLAUSE.finditer(text, begin, stop)]
    return text[cuts[-1] if cuts else begin : stop]


def _goes_on(text: str, drugs: Sequence[Mention], told: Typed, before: list[Typed], one: Typed) -> bool:
    """Whether an amount goes on from one that was told: "vs 3506 g", "(IQR 300 to 500 mL)"; not "and X 5 mg"."""
    doses = [n for n in before if n.kind is Kind.DOSE and n.start > told.start and n.unit == one.unit]
    if doses or one.unit != told.unit or _NAMES_ARM.match(text, one.end):
        return False
    beside = any(0 <= one.start - d.end <= 3 and not text[d.end : one.start].strip(" (,") for d in drugs)
    if beside and text[told.start - 1] not in "([":
        return False
    linked = _GOES_ON.search(text, max(told.end, one.start - 60), one.start)
    listed = bool(before) and _bare(before[-1]) and _LISTED.fullmatch(text, before[-1].end, one.start)
    return bool(linked or listed)


def _as_value(text: str, one: Typed, units: dict[str, tuple[str, str | None]]) -> Typed:
    """An amount as a value, "18 g per day" with its time."""
    unit, stop = unit_of(text[one.raw_end : one.raw_end + 48], one.raw_end, units)
    per = _PER.match(text, one.end)
    if per and one.unit and "/" not in one.unit:
        unit, stop = f"{one.unit}/{per[1].lower()}", per.end()
    return one._replace(kind=Kind.VALUE, unit=unit or one.unit, end=max(stop, one.end))
