"""Which way a quantity went, by the verb right before a number: "fell 12 mg/L", "rose by 4 %".

That verb outweighs one farther off: in "fell by 45 % with A and rose by 4 % with B" the second number is a rise.
"""

import re

from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_HOW_MUCH = r"(?:by |an? |mean |median |average |of |about |some |almost |nearly |over |only |just )*"
_FELL = Cued(
    "came down|declined|decreased|diminished|dipped|dropped|fallen|fell|lowered|reduced|shrank|shrunk|went down",
    r"\b(?:reduced|decreased|declined|fell|fallen|dropped|dipped|lowered|diminished|came down|went down|shrank|shrunk)"
    rf"\s+{_HOW_MUCH}\Z",
    re.I,
)
_ROSE = Cued(
    "changed|climbed|grew|grown|increased|risen|rose|went up",
    rf"\b(?:increased|rose|risen|grew|grown|went up|climbed|changed)\s+{_HOW_MUCH}\Z",
    re.I,
)
_TO_ANOTHER = lazy_compile(r"\s*(?:to|→|-+>)\s*\d")


def movement(before: str, behind: str) -> int:
    """-1 if the words before a number make it a fall, 1 a rise or a signed change, else 0.

    What stands behind decides too: "fell 8.1 to 7.0" states levels.
    """
    if _TO_ANOTHER.match(behind):
        return 0
    return -1 if _FELL.search(before) else 1 if _ROSE.search(before) else 0
