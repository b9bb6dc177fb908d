"""Counts spelled out whose noun is said once: "five women in the A group and nine in the B group"."""

import re
from collections.abc import Sequence

from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.text.lazy_patterns import lazy_compile

_FIRST = lazy_compile(r"[^.;:\d]{3,80}?\b(?:and|versus|vs\.?|compared with)\s+(?:by\s+|in\s+)?\Z", re.I)
"""From a count of people to a number that goes on with it."""
_BEHIND = lazy_compile(
    r"\s+(?:in|on|with|of|from|among)\s+(?:the\s+|those\s+|group\s)|\s+(?:given|receiving|taking|assigned)\b"
    r"|\s+(?:on|with|in)\s+[a-z]+"
)


def with_spelled_counts(text: str, numbers: Sequence[Typed]) -> list[Typed]:
    """The numbers, a word behind a spelled count of participants and before a group as a count of participants too."""
    out: list[Typed] = []
    for one in numbers:
        last = out[-1] if out else None
        goes_on = last is not None and last.kind is Kind.COUNT and last.unit == "participants"
        if (
            last is not None
            and goes_on
            and one.word
            and one.kind is Kind.OTHER
            and _FIRST.fullmatch(text, last.raw_end, one.start)
            and _BEHIND.match(text, one.raw_end)
        ):
            out.append(one._replace(kind=Kind.COUNT, unit="participants"))
        else:
            out.append(one)
    return out
