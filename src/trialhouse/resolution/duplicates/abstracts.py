"""Whether two abstracts are one text, cut or labelled differently."""

import re
from functools import lru_cache

from trialhouse.resolution.duplicates.pages import Sameness
from trialhouse.resolution.duplicates.titles import PEOPLE

LEAST = 150
"""Letters: of a shorter text nothing is said."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d+(?:\.\d+)?")


def compare_abstracts(left: str, right: str) -> Sameness:
    """Compare two abstracts by the words and numbers of the shorter one that the other has, too.

    A copy may be cut or have other headings, so the longer one is read as far as the shorter reaches and a bit more.
    An abstract of a meeting and of the paper after it share a topic, and not their words and numbers.
    """
    reach = int(1.15 * min(len(left), len(right))) + 40
    if min(len(left), len(right)) < LEAST:
        return Sameness.MISSING
    a, b = _words(left[:reach]), _words(right[:reach])
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if not short:
        return Sameness.MISSING
    if people_in(left) and people_in(right) and people_in(left).isdisjoint(people_in(right)):
        return Sameness.OTHER
    share = len(short & long) / len(short)
    if share >= 0.88:
        return Sameness.SAME
    return Sameness.OTHER if share < 0.7 else Sameness.MISSING


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


@lru_cache(maxsize=4096)
def people_in(text: str) -> frozenset[str]:
    """The ages that a text speaks of: adolescents, adults, children … (not its sexes)."""
    ages = {PEOPLE[word] for word in _words(text) if word in PEOPLE}
    return frozenset(ages & {"children", "adolescents", "adults", "infants"})
