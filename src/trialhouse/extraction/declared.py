"""Which outcomes a text declares as primary and secondary, and so of which type a result is."""

import re
from dataclasses import dataclass

from trialhouse.extraction.composites import is_event_of, with_composites
from trialhouse.extraction.context import POPULATIONS, About, times_in
from trialhouse.extraction.denied_events import with_denials
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.measure_names import known_measures
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention, measures
from trialhouse.model.enums import OutcomeType
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

ADVERSE = lazy_compile(
    r"\badverse(?<!\bmajor adverse)|\bmajor adverse (?:events?|effects?|reactions?)\b"
    r"|\bside[\s-]effects?\b|\bhyp(?:er|o)?gly?c(?:a)?emi|\bhyperemi|\binjection[\s-]site|\bnausea"
    r"|\binfections?\b|\btoxicit",
    re.I,
)
"""Major adverse cardiovascular events, and those of limbs and kidneys, are what a trial is about."""
_PRIMARY = Cued(
    "primary|main|chief",
    r"\bprimary (?:\w+ ){0,3}?(?:outcomes?|end[\s-]?points?|efficacy|measures?|variables?|readout)\b"
    r"|\b(?:main|chief) (?:goal|target|readout)\b",
    re.I,
)
_DECLARES = lazy_compile(
    r"(?: of the (?:trial|study))?\s*(?:,[^,.;]{1,30},)?\s*(?:was|were|is|:)\s+(?:the\s+|an?\s+)?"
    r"(?P<what>[A-Za-z][^,.;:()]{4,80}?)(?=\s+(?:at|by|from|after|during|within|over)\b|[,.;:()])",
    re.I,
)
_SECONDARY = Cued("secondary", r"\bsecondary (?:\w+ ){0,3}?(?:outcomes?|end[\s-]?points?|measures?|variables?)\b", re.I)
_PRIMARY_ANALYSIS = Cued("primary", r"\bprimary (?:\w+ ){0,2}analys[ei]s", re.I)
_POST_HOC = Cued("hoc", r"\bpost[\s-]hoc\b", re.I)
_LISTED = lazy_compile(r"\s*(?:,|and|or|to|through|/|, and)\s*")


@dataclass(frozen=True, slots=True)
class Declared:
    """The outcomes that the text declares: norms by type with their time in weeks, and the primary population."""

    types: dict[str, tuple[OutcomeType, float | None, tuple[int, int] | None]]
    population: tuple[str, int, int] | None
    primary: Mention | None
    """The measure of the primary outcome, which "the primary end point" and "that goal" mean."""


def declared_outcomes(matter: Matter) -> Declared:
    """Read which measures the text calls primary and secondary, and the population of the primary analysis."""
    types: dict[str, tuple[OutcomeType, float | None, tuple[int, int] | None]] = {}
    population = None
    primary: Mention | None = None
    text = matter.reading.text
    for said in matter.said:
        begin, end = said.sentence.start, said.sentence.end
        words = said.sentence.words
        for pattern, kind in ((_PRIMARY, OutcomeType.PRIMARY), (_SECONDARY, OutcomeType.SECONDARY)):
            head = pattern.search_words(words)
            if not head:
                continue
            other = (_SECONDARY if kind is OutcomeType.PRIMARY else _PRIMARY).search(words, head.end())
            stop = begin + other.start() if other else end
            when = times_in(text, begin, end)
            listed = with_composites(text, begin, stop, measures(text, begin, stop, matter.words), said.drugs)
            for one in with_denials(text, said.sentence, listed):
                if is_event_of(one.norm, primary):
                    continue
                behind = [t for t in when if t[1] >= one.end] or when
                clear = len(behind) == 1 or (
                    len(behind) > 1 and not _LISTED.fullmatch(text[behind[0][2] : behind[1][1]])
                )
                types.setdefault(one.norm, (kind, behind[0][0], behind[0][1:]) if clear else (kind, None, None))
            if kind is OutcomeType.PRIMARY and primary is None:
                primary = _primary(matter, said.sentence, begin + head.end(), stop)
        if population is None and _PRIMARY_ANALYSIS.search_words(words):
            for name, found in POPULATIONS:
                match = found.search(text, begin, end)
                if match:
                    population = (name, match.start(), match.end())
                    break
    return Declared(types, population, primary)


def _primary(matter: Matter, sentence: Sentence, begin: int, stop: int) -> Mention | None:
    """The measure that a sentence declares as the primary one: a known name behind the word, else the words there."""
    named = [m for m in known_measures(matter, sentence) if begin <= m.start < stop]
    if named:
        return named[0]
    match = _DECLARES.match(matter.reading.text, begin, stop)
    if not match:
        return None
    return Mention(*match.span("what"), match["what"], is_known=False)


def outcome_type(declared: Declared, what: About, words: str) -> OutcomeType | None:
    """The type of an outcome: as its sentence says, else as the text declared its measure at that time."""
    if _POST_HOC.search_words(words):
        return OutcomeType.POST_HOC
    known = declared.types.get(what.key or what.norm or "")
    if known and (known[1] is None or what.weeks is None or abs(known[1] - what.weeks) < 0.5):
        return known[0]
    if _PRIMARY.search_words(words) and not _SECONDARY.search_words(words):
        return None if is_event_of(what.norm, declared.primary) else OutcomeType.PRIMARY
    if ADVERSE.search(what.measure):
        return OutcomeType.ADVERSE_EVENT
    return None
