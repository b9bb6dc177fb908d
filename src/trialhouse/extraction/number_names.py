"""Numbers that are part of a name: "group 2", "grade 3 or 4", "IGA 0/1"."""

import re

from trialhouse.text.cues import holds
from trialhouse.text.lazy_patterns import lazy_compile

_LEFT_NAME = lazy_compile(
    r"\b(?:(?:groups|arms|cohorts)\s+(?:(?:\d|[IV]{1,3}|[A-Z])\s*(?:,|and|or|vs\.?)\s*(?:and\s*)?)*"
    r"|phases?|grades?|types?|stages?|figure|table|page|version|class|part|levels?|step|group|arm|cohort|panel"
    r"|scores? of|tier|item|PASI|ACR|EASI|ASAS|HiSCR|SRI|index|study|trial|criteri(?:a|on)|no\.|number|line"
    r"|scores? (?:of )?\d or|(?:grades?|stages?) \d\s?(?:or|to|/|-|–)"
    r"|(?-i:[A-Za-z]{0,4}GA(?:-AD)?)\s(?:scores?\s)?(?:of\s)?"
    r"(?:0\s?(?:/|or))?)\s*\Z", re.I
)  # fmt: skip
_NAME_ENDS = tuple(
    """
    groups arms cohorts , and or vs vs. phase phases grade grades type types stage stages figure table page version
    class part level levels step group arm cohort panel of tier item index study trial criteria criterion no. number
    line score scores pasi acr easi asas hiscr sri ga -ad to / - –
    """.split()
)
"""What the words before the number of a name end in, but for white space."""
_LIST_ENDS = (",", "and", "or", "vs", "vs.", "to", "/", "-", "–")
_LISTED_NAMES = ("groups", "arms", "cohorts", "score", "grade", "stage", "ga ", "-ad ")
"""What goes before where they end as a list does: "groups 1, 2 and", "a score of 0 or", "grade 3 or", "IGA 0/"."""


_POWER = lazy_compile(r"[a-zµμ]\(\Z")
"""Ahead of the power of a unit as databases print it: "180 mm(3)"."""


def is_name(left: str, right: str, lowered: str, value: float) -> bool:
    """Whether a number is part of a name, by the words on its left, which are `lowered` without the spaces behind them.

    A name is a whole number: "in the placebo group -6.3 kg" holds a value.
    """
    if value in (2, 3) and right.startswith(")") and _POWER.search(left):
        return True
    named = value == int(value) >= 0 and lowered.endswith(_NAME_ENDS)
    named = named and (not lowered.endswith(_LIST_ENDS) or holds(lowered, _LISTED_NAMES))
    return named and not right.startswith("%") and _LEFT_NAME.search(left) is not None
