"""Statements of a registration: the line that publishers end an abstract with, and the words around its number."""

import re

from trialhouse.text.lazy_patterns import lazy_compile

_REGISTERED = lazy_compile(
    r"\bregist(?:ered|ration)\b|\btrial (?:number|id)\b|\bfunded\b|\bfunding\b(?!\s+(?:for|of)\b)", re.I
)
_REGISTERED_NEXT = lazy_compile(
    r"[\W_]{0,6}(?:(?:was|is|and|also|were|prospectively|retrospectively)\s){0,3}registered\b", re.I
)
_OF_A_REVIEW = lazy_compile(r"\bprospero\b|\bCRD ?42", re.I)
"""The register of systematic reviews: what is registered there is no trial."""
_REGISTRY = lazy_compile(
    r"(?:clinical\s?trials?\W{0,2}gov|eudra|\bisrctn|\bidentifiers?\b|\bnumbers?\b|\bno\b\.?|\bregist(?:er|ry)\b"
    r"|\bctis\b)"
    r"[^;()]{0,40}\Z",
    re.I,
)
"""Words right before an id that say what it is."""
_WORD = lazy_compile(r"[A-Za-z0-9]+")
_BARE = (
    r"[A-Z][A-Z0-9]*|\d+|(?i:clinical|trials?|clinicaltrials|gov|eudract|identifiers?|numbers?|study|studies|and|also|known"
    r"|www|https?|umin|chictr|jrct|japic|registry|register|database|system|org|completed|ongoing|active|id|ids|no|as|ct)"
)
_BARE_WORD = lazy_compile(_BARE)
"""The words of a sentence that gives the registration and nothing else."""
_HEAD_WORD = lazy_compile(
    rf"{_BARE}|(?i:information|identification|registrations?|registered|protocol|code|name|unique|of|the|at|in|with|on"
    r"|for|under)"
)
_HEAD = lazy_compile(
    r"\b(?:information|identification|identifiers?|regist\w+|numbers?|trn|gov|eudract|ctis|isrctn|ids?|no)\b[^:]*:[^:]*\Z",
    re.I,
)
"""The end of a line's head ("Clinical trial information: ", "Trial registration: ClinicalTrials.gov Identifier: ")."""
_LABEL = lazy_compile(r"regist|\btrial (?:number|id|information)|clinicaltrials|\bidentifiers?\b|\btrn\b", re.I)


def is_registration(label: str | None) -> bool:
    """Whether a part of a text with this label is on the registration and nothing else."""
    return bool(label and _LABEL.search(label))


def is_registered(before: str, behind: str) -> bool:
    """Whether a sentence says that something is registered, or who paid for it, with an id between these words of it.

    What is a line of its own says no more than that ("Clinical trial identification: NCT… Legal entity: …").
    """
    if _REGISTERED.search(before):
        return not _OF_A_REVIEW.search(before)
    if _REGISTERED_NEXT.match(behind) or (is_bare(before) and is_bare(behind)):
        return True
    return bool(_HEAD.search(before)) and _has_only(before, _HEAD_WORD)


def is_called_by_registry(before: str) -> bool:
    """Whether the words before an id end with what it is ("ClinicalTrials.gov number, ")."""
    return bool(_REGISTRY.search(before))


def is_bare(said: str) -> bool:
    """Whether words give registrations and say nothing else."""
    return _has_only(said, _BARE_WORD)


def _has_only(said: str, words: re.Pattern[str]) -> bool:
    return all(words.fullmatch(word) for word in _WORD.findall(said))
