"""The other arm told by a denial: "12 days if they were given X, and 14 days if they were not".

"Those who did not", "without it" and "if not" mean the only other arm of the comparison (of the factor, in a factorial
design), when what is denied is the giving of the arm named last: the words before that arm say that it was given, the
auxiliary fits them, and nothing between tells of something else that could be denied ("those who were cured").
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from trialhouse.extraction.people import PEOPLE
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_THEM = r"(?:they|the (?:others|rest))"
_AGAIN = r"(?:\s+(?:it|one|any|this|that|the (?:drug|medicine|treatment)|so treated))?"
_PASSIVE = r"(?:given|treated(?: with)?|assigned|allocated|exposed)"
_ACTIVE = r"(?:receive|get|take|have|use)"
_DENIAL = lazy_compile(
    rf"\b(?:(?P<if>if|when|where)\s+(?:{_THEM}|{PEOPLE}|he|she)|(?:those|{PEOPLE})\s+(?:who|that))\s+"
    rf"(?:(?P<were>were|was|are|is)\s+not(?:\s+{_PASSIVE}{_AGAIN})?|(?P<did>did|had|do)\s+not(?P<verb>\s+{_ACTIVE}{_AGAIN})?)"
    rf"|\b(?:(?P<if_not>if)\s+not|(?P<without>without)(?:\s+(?:it|them))?"
    rf"|(?:those|{PEOPLE})\s+not\s+{_PASSIVE}{_AGAIN})",
    re.I,
)
_NOT = Cued("not|without", r"\bnot\b|\bwithout\b", re.I)
_ENDS = lazy_compile(r"\s*(?:[.,;:()]|\Z|(?:and|but|at)\b)", re.I)
_GIVEN = lazy_compile(
    r"\b(?:(?P<were>given|treated with|assigned to|allocated to|randomi[sz]ed to|exposed to|on|put on)"
    r"|(?P<did>received|got|took|had|used)|receiving|taking|getting|using|under|with)\s+(?:the\s+|an?\s+)?\Z",
    re.I,
)
_CONDITION = lazy_compile(r"\b(?:if|when|where)\b[^.,;:]{0,40}\Z", re.I)
_SET_AGAINST = lazy_compile(r"\b(?:compared|versus|vs|against|than|as opposed|whereas)\b", re.I)
_OTHER_CLAUSE = lazy_compile(r"\b(?:who|that|which|if|when|where|because|unless)\b", re.I)
_NEUTRAL = lazy_compile(
    r"(?:[\s,;:()\d.·%±–−/-]|\b(?:and|but|or|while|the|same|an?|only|just|still|also|again|about|mean|median|average|of"
    r"|in|for|with|among|at|after|by|was|were|it|took|to|days?|weeks?|months?|years?|hours?|minutes?|points?|mg|kg|mm"
    rf"|Hg|g|dL|mL|mmol|L|IQR|SD|CI|range|{PEOPLE})\b)*",
    re.I,
)
LONGEST_GAP = 110
"""Characters between an arm and its denial; what stands further off is denied of something else."""


class Denied(NamedTuple):
    """A place that denies the giving of an arm: its offsets, and the arm that is meant."""

    start: int
    end: int
    arm: int


def find_denied(
    text: str, span: tuple[int, int], named: Sequence[tuple[int, int, int]], factors: dict[int, int], arm_count: int
) -> list[Denied]:
    """The denials of a sentence, given its places that name one arm each as (start, end, arm), in order."""
    begin, end = span
    if not named or not _NOT.search(text, begin, end):
        return []
    out = []
    for match in _DENIAL.finditer(text, begin, end):
        before = [one for one in named if one[1] <= match.start()]
        if before and _ENDS.match(text, match.end(), end) and _denies(text, begin, before[-1], match):
            arm = before[-1][2]
            others = [i for i in range(arm_count) if i != arm and factors.get(i) == factors.get(arm)]
            if len(others) == 1:
                out.append(Denied(*match.span(), others[0]))
    return out


def _denies(text: str, begin: int, place: tuple[int, int, int], match: re.Match[str]) -> bool:
    """Whether a denial is of the giving of the arm named before it, and of nothing else."""
    given = _GIVEN.search(text, max(begin, place[0] - 40), place[0])
    gap = text[place[1] : match.start()]
    if given is None or len(gap) > LONGEST_GAP or _OTHER_CLAUSE.search(gap):
        return False
    bare = match["did"] and match["did"].lower() != "had" and not match["verb"]
    if (given["were"] and bare) or (given["did"] and match["were"]):
        return False
    conditional = (match["if"] or match["if_not"]) and _CONDITION.search(text, begin, place[0])
    return bool(conditional or _SET_AGAINST.search(gap) or _NEUTRAL.fullmatch(gap))
