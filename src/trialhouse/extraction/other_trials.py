"""Sentences about other trials: named by their own names, or gone on about in the next sentence."""

import re

from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.people import HEAD_COUNT
from trialhouse.extraction.refusals import is_elsewhere
from trialhouse.extraction.terms import measures
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_NAME = r"[A-Z][A-Z0-9]{2}[A-Z0-9-]*|[A-Z]+-[A-Z0-9]+(?:-[A-Z0-9]+)*"
_IN_CAPITALS = lazy_compile(r"[A-Z](?:[A-Z0-9]{2}|-[A-Z0-9])")
"""What every name holds."""
_CAPITALS = lazy_compile(rf"\b(?:{_NAME})\b")
_OTHER_TRIAL = lazy_compile(
    rf"(?=[A-Zifu])(?:\b(?:[Ii]n|[Ff]rom|[Uu]nlike)\s+(?:the\s+)?(?P<name>{_NAME})(?=\s*[,.:;]\s|\s*[,.:;]?\Z|\s+(?:trial|study)\b)"
    rf"|(?<![\w(-])(?P<found>{_NAME})\s+(?:found|showed|reported|had \d|enrolled|randomi[sz]ed|included \d)"
    rf"|\b(?P<trial>{_NAME})\s+(?:trial|study)\b)"
)
_OWN_TRIAL = lazy_compile(
    rf"\b(?=[TtOop])(?:[Tt]he|[Oo]ur|[Tt]his|phase \w+)\s+(?:\w+[ -]){{0,3}}?(?P<name>{_NAME})\s+(?:[\w-]+\s+){{0,3}}?"
    r"(?:trial|study)\b(?=\s*(?:was|is|,\s*run|\(|took|included|enrolled|randomi|recruited|,? published|in\b))"
)
_DEFINED = lazy_compile(r"[a-z]\)?\s*\((?P<short>[A-Z][A-Z0-9-]*s?)\)")
_NO_TRIALS = frozenset(
    "ITT MITT PP USA US UK EU WHO FDA EMA NIH AND THE FOR WITH RESULTS METHODS BACKGROUND CONCLUSIONS CONCLUSION"
    " SD SE SEM CI HR OR RR"
    " COVID-19 SARS-COV-2 HIV ICU NYHA ECOG ASA BMI DNA RNA MRI CT ECG QALY QALYS".split()
)
_GOES_ON = lazy_compile(
    r"(?:There|In (?:it|that (?:trial|study)|this earlier \w+)|That (?:trial|study)|Its (?:results"
    r"|authors))\b[, ]",
    re.I,
)
_TRIED_BEFORE = Cued(
    "already|previously|earlier|same|ago|last|before",
    r"\b(?:had|has|have) (?:already|previously|earlier) (?:been )?(?:tried|tested|studied|shown|reported|run)\b"
    r"|\bsame (?:group|team|researchers|investigators|authors|doctors|hospital|company) (?:had |have )?"
    r"(?:saw|seen|found|show(?:n|ed)|observed|published|reported)\b"
    rf"|\A\W*(?:(?:only|just|about|some|more than)\s+)?(?:an?|some|several|few|{HEAD_COUNT})"
    r"\s+(?:years?|months?|decades?)\s+(?:ago|earlier|before)\s*,"
    r"|\A\W*last (?:year|month|spring|summer|autumn|fall|winter),",
    re.I,
)
_TELLS_OF_PEOPLE = Cued(
    "random|assigned|enrol|recruited|included|took part|participated",
    r"\b(?:random(?:ly|i[sz]ed)|assigned|enroll?ed|recruited|included|took part|participated)\b",
    re.I,
)
_EARLIER = lazy_compile(r"\b(?:previous|prior|earlier|other|another)\b", re.I)


def other_trials(matter: Matter) -> dict[int, str]:
    """The sentences that tell of another trial by its name, or go on about it ("There, 60 patients …"), each refused.

    A trial of another name is a word in capitals that the title does not have, of which the text says that it found,
    enrolled or had something, or in which something was so.
    """
    text = matter.reading.text
    own = {w.upper() for said in matter.said if said.sentence.is_title for w in _CAPITALS.findall(said.sentence.words)}
    names = [_names(said.sentence.words) for said in matter.said]
    defined: set[str] = set()
    if any(names):
        own |= {match["name"].upper() for match in _OWN_TRIAL.finditer(text)}
        defined = {match["short"].removesuffix("s") for match in _DEFINED.finditer(text)}
    own |= _only_one(matter, names, own | defined)
    out: dict[int, str] = {}
    elsewhere = False
    for said, called in zip(matter.said, names, strict=True):
        words = said.sentence.words
        unknown = [name for name in called if name.upper() not in own and name not in defined]
        named = [name for name in unknown if not _known_word(matter, said, name)]
        goes_on = elsewhere and _GOES_ON.match(words)
        if named or goes_on or _TRIED_BEFORE.search_words(words):
            out[said.sentence.index] = "previous_study"
        elsewhere = said.sentence.index in out or bool(is_elsewhere(words) and _EARLIER.search(words))
    return out


def _only_one(matter: Matter, names: list[list[str]], known: set[str]) -> set[str]:
    """The only trial that a text calls by its name, where it tells of its people and of nobody else's.

    News goes on from what a company says to "In REMIX-1, which enrolled 470 patients, …".
    """
    called = {name for here in names for name in here if name.upper() not in known and name not in known}
    if len(called) != 1:
        return set()
    own = [_TELLS_OF_PEOPLE.search_words(s.sentence.words) for s, here in zip(matter.said, names, strict=True) if here]
    others = [s for s, here in zip(matter.said, names, strict=True) if not here and not s.sentence.is_title]
    alone = not any(_TELLS_OF_PEOPLE.search_words(s.sentence.words) for s in others)
    return {name.upper() for name in called} if alone and any(own) else set()


def _names(words: str) -> list[str]:
    """The words in capitals of a sentence of which it says what is said of trials."""
    matches = _OTHER_TRIAL.finditer(words) if _IN_CAPITALS.search(words) else ()
    return [name for m in matches if (name := m["name"] or m["found"] or m["trial"])]


def _known_word(matter: Matter, said: Said, name: str) -> bool:
    """Whether a word in capitals is a measure, a drug or a population."""
    if name.upper() in _NO_TRIALS:
        return True
    begin = said.sentence.start
    at = matter.reading.text.find(name, begin, said.sentence.end)
    known = measures(matter.reading.text, begin, said.sentence.end, matter.words)
    inside = any(m.start <= at < m.end for m in known)
    return inside or any(d.start <= at < d.end for d in said.drugs)
