"""Names that stand where a trial's acronym stands and are none: conditions, words of notices, numbers of registries.

"Metformel in PCOS: a randomised trial" has the shape of "Abatacept in ATTEST: a randomised trial". What the text spells
out as an abbreviation, or gives people as their condition, is no trial; and a name that stands behind "in" alone is one
where the text calls it a trial, or where it can be spoken as a word, as names that are chosen can be.
"""

import re

from trialhouse.extraction.people import PERSONS
from trialhouse.model.identifiers import REGISTRY_FORMS, normalise_registry_id
from trialhouse.text.lazy_patterns import lazy_compile

_WORDS = frozenset(
    """
    WITHDRAWN WITHDRAWAL RETRACTED RETRACTION REMOVED REMOVAL CORRECTED CORRECTION CORRECTIONS CORRIGENDUM ERRATUM
    ERRATA ADDENDUM EXPRESSION CONCERN NOTICE REPLY RESPONSE COMMENT COMMENTARY PREPRINT PROTOCOL ABSTRACT REPUBLISHED
    SUPERSEDED NEWS REVIEW CORR EDITORIAL LETTER UPDATE VIDEO PODCAST PERSPECTIVE
    ASCO ESMO ACC AHA ESC EULAR ACR AAD EASD ADA ERS ATS ECCMID IDWEEK AAN ARVO ASH EHA AACR NEJM JAMA BMJ
    FDA EMA MHRA NIH NHS NHLBI NIAID NCI WHO CDC
    """.split()
)
"""What heads a title in capitals, and names no trial; congresses, journals and agencies."""
_SEVERAL = lazy_compile(
    r"(?:COVID|SARS|RCT|HIV|RA|SLE|COPD|T2DM|DM2|USA|UK|CRP|IL|HbA1c|ARDS|AD|UC|NPH|IOP|OAG)(?:[-\d]|\Z)",
    re.I,
)
_LITERALS = sorted({form.literal for form in REGISTRY_FORMS if form.literal.isalpha() and len(form.literal) > 2})
_REGISTRY_ID = lazy_compile(rf"(?:{'|'.join(_LITERALS)}|euctr|eudract)(?:[-\s]?[A-Z]{{2,4}})?[-\s]?(?:\d|\Z)", re.I)
_TRIAL = r"(?:trial|study|studies|program(?:me)?|investigators|extension|ClinicalTrials\.gov|randomi[sz]ed|phase)\b"
_IS_TRIAL = lazy_compile(rf"\)?\s+(?:(?:clinical|controlled|pilot|main)\s+)?{_TRIAL}")
_TRIAL_BEFORE = lazy_compile(r"\b(?:trial|study)(?:\s+(?:called|named|known as))?,?\s+\(?\Z")
_PEOPLE_WITH = lazy_compile(
    rf"(?:\b{PERSONS}\s+"
    r"(?:with|having|who (?:have|had)|diagnosed with|suffering from|affected by|at (?:\w+ )?risk (?:of|for))"
    r"|\b(?:symptoms|severity|diagnosis|treatment|management|prevention|prevalence|risk) (?:of|for))\s+"
    r"(?:(?!(?:in|of|from|and|on|at|by|to|for|who|were|was|the)\b)[\w-]+\s+){0,3}\Z",
    re.I,
)
_IN = lazy_compile(r"\b(?:in|with|for|against|having)\s+(?:[a-z-]+\s+){0,2}\Z", re.I)
_BEFORE, _BEHIND = 120, 40
_LETTERS = lazy_compile(r"[A-Za-z]+")
_STOPS = lazy_compile(r"[.:;]")
_SMALL = frozenset("of and the in with for to a an or".split())
_CONSONANTS = lazy_compile(r"[^aeiouy]{3}")
_VOWELS = lazy_compile(r"[aeiouy]")
LONGEST = 12
"""Letters of an abbreviation of a condition."""
SPOKEN = 5
"""Letters of a name that is taken for a word."""


def is_no_acronym(name: str, text: str) -> bool:
    """Whether a name is no trial's, by itself or by what else the text says of it."""
    if name.upper() in _WORDS or _SEVERAL.match(name) or _REGISTRY_ID.match(name) or normalise_registry_id(name):
        return True
    return any(_is_condition(text, name, *place) for place in _places(name, text))


def is_named_a_trial(name: str, text: str) -> bool:
    """Whether a name that only its place gives is a trial's: the text calls it one, or it can be spoken as a word."""
    called = any(
        _IS_TRIAL.match(text, end) or _TRIAL_BEFORE.search(text[max(0, start - _BEHIND) : start])
        for start, end in _places(name, text)
    )
    return called or _is_spoken(name)


def _places(name: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def _is_condition(text: str, name: str, start: int, end: int) -> bool:
    """Whether a name stands as what people have: "patients with PCOS", "in polycystic ovary syndrome (PCOS)"."""
    before = text[max(0, start - _BEFORE) : start]
    if _IS_TRIAL.match(text, end):
        return False
    if not (before.endswith("(") and text[end : end + 1] == ")"):
        return bool(_PEOPLE_WITH.search(before))
    words = before[:-1].rstrip()
    begin = spelled_out(name, words)
    if begin is None:
        return False
    spelled = words[begin:]
    starts = spelled[1:].islower() and not text.startswith(":", end + 1)  # "Polycystic ovary syndrome (PCOS) is …"
    return spelled.islower() or starts or bool(_IN.search(words[:begin]))


def spelled_out(name: str, words: str) -> int | None:
    """Where the words that a name abbreviates begin, at the end of a stretch; None where they spell another name.

    The name has the first letter of each of the words but for "of" and its like, and may have more letters of a word
    in their order: "polycystic ovary syndrome" is PCOS. So all its letters are told, and all words too.
    """
    letters = "".join(letter for letter in name.lower() if letter.isalpha())
    if len(letters) > LONGEST:
        return None
    found = [match for match in _LETTERS.finditer(words) if match[0].lower() not in _SMALL][-len(letters) :]
    for number in reversed(range(len(found))):
        begin = found[number].start()
        if _are_told(letters, [match[0].lower() for match in found[number:]]) and not _STOPS.search(words, begin):
            return begin
    return None


def _are_told(letters: str, words: list[str]) -> bool:
    """Whether the letters are the first ones of all words, in order, each with further letters of its word or none."""
    if not words or not letters:
        return not words and not letters
    if letters[0] != words[0][0]:
        return False
    rest, inner = letters[1:], words[0][1:]
    while not _are_told(rest, words[1:]):
        at = inner.find(rest[0]) if rest else -1
        if at < 0:
            return False
        rest, inner = rest[1:], inner[at + 1 :]
    return True


def _is_spoken(name: str) -> bool:
    """Whether a name's first part can be said as a word: it has vowels, and no three consonants in a row."""
    found = _LETTERS.match(name)
    word = found[0].lower() if found else ""
    return len(word) >= SPOKEN and len(_VOWELS.findall(word)) >= 2 and not _CONSONANTS.search(word)
