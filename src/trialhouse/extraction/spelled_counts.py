"""Counts spelled out whose noun is said once: "five women (3%) in the A group and none in the B group"."""

import re
from collections.abc import Sequence

from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.text.lazy_patterns import lazy_compile

_FIRST = lazy_compile(r"[^.;:\d]{3,80}?\b(?:and|but|versus|vs\.?|compared with)\s+(?:by\s+|in\s+)?\Z", re.I)
"""From a count of people to a number that goes on with it."""
_BESIDE = (Kind.PERCENT, Kind.DOSE)
"""What can stand between two counts of a list: the share of the first and the dose of its arm."""
_BEHIND = lazy_compile(
    r"\s+(?:in|on|with|of|from|among)\s+(?:the\s+|those\s+|any\s+|either\s+|group\s)"
    r"|\s+(?:given|receiving|taking|assigned|undergoing)\b"
    r"|\s+(?:on|with|in)\s+[a-z]+"
)


def with_spelled_counts(text: str, numbers: Sequence[Typed]) -> list[Typed]:
    """The numbers, a word behind a spelled count of participants and before a group as a count of participants too."""
    out: list[Typed] = []
    goes_on = False
    for one in numbers:
        listed = goes_on and one.word and one.kind is Kind.OTHER and _FIRST.fullmatch(text, out[-1].raw_end, one.start)
        counted = listed and _BEHIND.match(text, one.raw_end)
        out.append(one._replace(kind=Kind.COUNT, unit="participants") if counted else one)
        is_count = out[-1].kind is Kind.COUNT and out[-1].unit == "participants"
        goes_on = is_count or (goes_on and one.kind in _BESIDE)
    return out
