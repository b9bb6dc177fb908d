"""Words of time beside a measure, which are no part of its name: "after 1 year, …", "5 min after intubation"."""

import re

from trialhouse.text.cues import Cued

_WHEN = Cued(
    "after|before|during|following|since|prior to",
    r"\b(?:after|before|during|following|since|prior to)\s+(?:the\s+|an?\s+)?\Z",
    re.I,
)
TIME_AHEAD = Cued(
    "day|week|month|year",
    r"(?:\A|(?<=[.:;]\s))(?:[Aa]t|[Aa]fter|[Bb]y|[Dd]uring|[Oo]ver|[Ww]ithin)\s+(?:an?\s+)?(?:(?:median|mean)\s+)?"
    r"(?:follow-?up\s+)?(?:of\s+)?[\w.·]+\s+(?:days?|weeks?|months?|years?)(?:\s+of\s+[a-z-]+)?,\s+(?=[a-z])",
)
"""A time at the start of a sentence."""


def says_when(text: str, begin: int, start: int) -> bool:
    """Whether the name at `start` says when another one was measured: "heart rate 5 min after intubation"."""
    return _WHEN.search(text, max(begin, start - 30), start) is not None
