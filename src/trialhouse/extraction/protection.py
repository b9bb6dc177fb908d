"""What a vaccine protects against: the measure of an efficacy is the illness, and no result of an arm.

"Vaccine efficacy against shingles was 91%" and "it was 91% effective at preventing shingles" compare two groups by
their cases of shingles.
"""

import re

from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_AGAINST = (
    r"\s+(?:against|(?:in|at|for)\s+(?:preventing|(?:the\s+)?prevention\s+of))\s+(?:any\s+|the\s+|all\s+)?"
    r"(?P<what>(?!(?:placebo|control)\b)[A-Za-z][^.,;:()\[\]\d]{2,80}?)"
    r"(?=\s+(?:was|were|is|of|in|at|over|through|during|among|with|for|by|after|from|caused|due|and|compared|when)\b"
    r"|\s+[-−–]?\d|\s*[.,;:()\[\]]|\s*\Z)"
)
_AHEAD = Cued("efficac", rf"\befficac(?:y|ies)(?:\s+(?:rates?|estimates?))?{_AGAINST}", re.I)
_BEHIND = lazy_compile(rf"[\d.·]+\s?(?:%|per ?cent)\s+effective{_AGAINST}", re.I)
_RISK_CUT = Cued(
    "by",
    r"\b(?:risks?|odds|hazards?|likelihood|chances?)\s+(?:of|for)\s+(?:an?\s+|the\s+|any\s+)?"
    r"(?P<what>[A-Za-z][^.,;:()\[\]\d]{2,80}?)\s+(?:(?:was|were)\s+(?:[a-z]+ly\s+)?[a-z]+(?:ed|t)\s+)?by\s+"
    r"(?:about\s+|almost\s+|nearly\s+|some\s+|an?\s+)?\Z",
    re.I,
)
"""Before the number by which a risk was cut."""
_OF_EFFICACY = lazy_compile(r"\befficac", re.I)
_VACCINE = Cued("vaccin|immuni", r"\bvaccin|\bimmuni[sz]", re.I)
EFFECTIVE = Cued(
    "effective",
    r"(?P<num>\d{1,3}(?:[.·]\d+)?)\s?(?:%|per ?cent)\s+effective"
    r"(?P<for>\s+(?:in|at|for)\s+(?:preventing|the\s+prevention)"
    r"|\s+against)\b",
    re.I,
)
"""A number of percent by which fewer fell ill."""


def is_of_vaccine(text: str) -> bool:
    """Whether a text is of a vaccine, so that an efficacy in percent compares two groups."""
    return _VACCINE.search(text) is not None


def protected_from(text: str, sentence: Sentence, span: Span, named: Mention) -> Span | None:
    """The illness that numbers at `span` tell the protection from, where they are `named` so, or by no name."""
    risk = None if named.is_known else _RISK_CUT.search(text, max(sentence.start, span[0] - 140), span[0])
    if risk:
        return risk.span("what")
    behind = _BEHIND.match(text, span[0], sentence.end)
    if behind:
        return behind.span("what")
    ahead = [*_AHEAD.finditer(text, sentence.start, span[0])]
    if not ahead:
        return None
    start, end = ahead[-1].span("what")
    is_meant = start <= named.start < end or _OF_EFFICACY.search(text, named.start, named.end)
    return (start, end) if is_meant else None
