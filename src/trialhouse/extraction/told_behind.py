"""What happened to those who are counted, told behind their numbers: "of 80 cured, 12 on A and 27 on B relapsed".

A name before the numbers that a comma parts from them says who was counted, and not what became of them.
"""

import re

from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_PARTED = lazy_compile(
    r"[^;:]*,\s*(?:and\s+|but\s+|a total of\s+|only\s+|of (?:whom|which|these|those)\s+)*[(]?\Z", re.I
)
_ABOUT = lazy_compile(r"\b(?:for|regarding|concerning|(?:terms|rates?) of|respect to|as to)\s+(?:the\s+)?\Z", re.I)
_TO_VERB = (
    r"\s*(?:(?:of\s+)?(?:the\s+|all\s+)?(?:patients|participants|subjects|women|men|children|those|people)\b\s*)?"
    r"(?:(?:group|arm|recipients|patients)\b\s*)?[\s),]*(?:respectively\b,?\s*)?"
)
_HAPPENED = lazy_compile(
    rf"{_TO_VERB}(?P<what>(?:had\s+)?(?:died|withdrew|discontinued|stopped|relapsed|recovered|progressed|dropped out)\b"
    r"|(?:experienced|developed|suffered|had)\s+(?P<object>(?!it\b|this\b|that\b|one\b|a response|more\b|less\b|no\b)"
    r"(?:an?\s+|the\s+)?[A-Za-z][\w-]*(?:\s+(?!at\b|by\b|in\b|on\b|during\b|within\b|after\b|compared\b)[A-Za-z][\w-]*){0,4}))",
)
_OCCURRED = lazy_compile(
    r"\s+(?P<what>(?:grade \d(?: or \d)? )?[a-z][a-z -]{3,50}?)"
    r"\s+(?:occurred|(?:was|were) (?:reported|observed|recorded))\b"
)
_OF_PEOPLE = lazy_compile(rf"\b{PEOPLE}\b")


def occurred(text: str, begin: int, end: int) -> Span | None:
    """What some counted events were, right behind their number: "one grade 4 event occurred in"."""
    match = _OCCURRED.match(text, begin, end)
    return match.span("what") if match and not _OF_PEOPLE.search(match["what"]) else None


def told_behind(text: str, sentence: Sentence, span: Span, found: Mention, refs: list[Span]) -> Span | None:
    """The words behind the numbers at `span`, where the name that was `found` before them only says who is counted."""
    if found.end > span[0] or found.start < sentence.start:
        return None
    if not _PARTED.fullmatch(text, found.end, span[0]) or _ABOUT.search(text, sentence.start, found.start):
        return None
    at = span[1]
    for start, end in sorted(refs):
        if at <= start <= at + 40 and not re.search(r"[.;\d]", text[at:start]):
            at = end
    match = _HAPPENED.match(text, at, sentence.end)
    return match and match.span("object" if match["object"] else "what")
