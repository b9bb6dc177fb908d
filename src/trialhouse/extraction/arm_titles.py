"""Arms that only the title sets against each other: "Glass-ionomer versus resin-based sealants in first molars".

For trials whose text assigns nobody in words that other rules read: the two treatments of the title are the arms where
the body says of both, by words that only one of them has, what became of them.
"""

import re

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.arm_nouns import noun_places, nouns_of
from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

RULE = "arms.comparison"
_AGAINST = Cued(
    "versus|vs|compar|or",
    r"\s+(?:versus|vs\.?|compared (?:with|to)|in comparison (?:with|to)|or)\s+(?:with\s+|to\s+)?(?:an?\s+|the\s+)?",
    re.I,
)
_LEAD = lazy_compile(
    r".{0,120}?\b(?:(?:effects?|efficacy|effectiveness|comparison|outcomes?|results|safety|trial|study|benefits?|evaluation)"
    r"\s+of|comparing|between|use of|use)\s+(?:an?\s+|the\s+)?|.{0,80}:\s+(?:an?\s+|the\s+)?|(?:an?\s+|the\s+)?",
    re.I,
)
_PHRASE = lazy_compile(r"[A-Za-z][\w'’+-]*(?:\s+[A-Za-z][\w'’+-]*){0,6}")
_END = lazy_compile(
    r"[.:;,?()]|\s(?:for|in|on|after|during|to|among|before|as|at|following|against|by|from|when|using|over|into|under)\s|\s*\Z",
    re.I,
)
_PEOPLE = Cued("random|trial|compar", r"\brandom|\btrial\b|\bcompar", re.I)
FEWEST = 2
"""Sentences with numbers in which an arm is spoken of."""


def titled_arms(matter: Matter) -> ArmTable | None:
    """The two arms of the title, where the body goes on to speak of both; else None."""
    own = [s for s in matter.said if not s.sentence.is_title and is_own(matter, s)]
    if not any(_PEOPLE.search(s.sentence.words) for s in own):
        return None
    for said in matter.said:
        if said.sentence.is_title:
            table = _set_against(matter, said)
            if table and _spoken_of(matter, table, own):
                return table
    return None


def _set_against(matter: Matter, said: Said) -> ArmTable | None:
    """The two phrases beside "versus" in a title."""
    text, begin, end = matter.reading.text, said.sentence.start, said.sentence.end
    for match in _AGAINST.finditer(text, begin, end):
        before = text[begin : match.start()]
        lead = _LEAD.match(before)
        start = begin + (lead.end() if lead else 0)
        stop = _END.search(text, match.end(), end)
        finish = stop.start() if stop else end
        if _PHRASE.fullmatch(text, start, match.start()) and _PHRASE.fullmatch(text, match.end(), finish):
            places = [(start, match.start()), (match.end(), finish)]
            drafts = [Draft([Part(Mention(a, b, text[a:b].lower(), is_known=False))], None, a, b) for a, b in places]
            table = ArmTable(drafts, source=said, rule=RULE)
            table.nouns = nouns_of(matter, table)
            return table if set(table.nouns.values()) == {0, 1} else None
    return None


def _spoken_of(matter: Matter, table: ArmTable, own: list[Said]) -> bool:
    """Whether sentences with numbers speak of both arms together, twice or more."""
    both = 0
    for said in own:
        if said.numbers:
            places = noun_places(matter.reading.text, said.sentence.start, said.sentence.end, table.nouns)
            both += {arm for _, _, arm in places} == {0, 1}
    return both >= FEWEST
