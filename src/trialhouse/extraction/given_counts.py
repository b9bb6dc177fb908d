"""Counts of people that look like a year or an age: "1,954 to X and 1967 to Y", "aged 6 to 7: 514 received sealants".

What stands behind such a number says that people were given something, or the words before it say that they were
assigned: a year and an age have neither.
"""

import re
from collections.abc import Sequence

from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.text.lazy_patterns import lazy_compile

_RECEIVED = lazy_compile(
    r"\s+(?:received|underwent|(?:were|was)\s+(?:\w+ly\s+)?(?:given|assigned|allocated|randomi[sz]ed|treated))\b", re.I
)
_TO = lazy_compile(r"\s+to\s+(?:receive\s+)?(?:the\s+|an?\s+)?(?!now\b|present\b|date\b|(?:19|20)\d\d\b)[A-Za-z]", re.I)
_OPENS = lazy_compile(r"[:;]\s*\Z")
_NEXT = lazy_compile(r"(?:[;,]|(?<![\s(]\d\d\d\d)\s+and)\s+\Z")
_GOES_ON = lazy_compile(
    r"\d\s+(?:\w+\s+)?(?:(?:(?:were|was)\s+(?:\w+ly\s+)?(?:assigned|allocated|randomi[sz]ed)\s+)?to|received|underwent)\s"
    r"[^.;]{1,90}\Z",
    re.I,
)
"""From the number of the first group to that of the next: "1,954 were assigned to X and "."""
_FAR = 120
"""Characters before a number in which the group before it stands."""


def with_given_counts(text: str, begin: int, numbers: Sequence[Typed]) -> list[Typed]:
    """The numbers of a sentence that begins at an offset, those that count people who were given something as such."""
    return [
        one._replace(kind=Kind.COUNT, unit="participants", end=one.raw_end) if _counts(text, begin, one) else one
        for one in numbers
    ]


def _counts(text: str, begin: int, one: Typed) -> bool:
    """Whether a number that was typed as a year or an age counts people."""
    if one.kind not in (Kind.DATE, Kind.AGE) or one.unit is not None or one.value != int(one.value):
        return False
    before = text[max(begin, one.start - _FAR) : one.start]
    received = _RECEIVED.match(text, one.raw_end)
    if received and _OPENS.search(before):
        return True
    goes_on = one.kind is Kind.DATE and _NEXT.search(before) and _GOES_ON.search(before)
    return bool(goes_on and (received or _TO.match(text, one.raw_end)))
