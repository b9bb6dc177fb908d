"""What documents of one drug and one size share besides: the sizes of their arms, the primary measure, their titles."""

import difflib
import itertools
from collections.abc import Sequence

from trialhouse.model.enums import OutcomeType
from trialhouse.resolution.in_brief import arm_sizes
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.title_words import in_words, words_about
from trialhouse.resolution.titles import letters

ALIKE = 0.6
"""Titles this alike (difflib's ratio of their words, in any order) are on one subject."""


WORDS = 3
"""So many words that say what is reported, of both titles, are of one subject too."""


def shared_fact(one: Sequence[Mention], other: Sequence[Mention]) -> str | None:
    """The first fact that two groups of documents share, in words; None where they share none."""
    for left, right in itertools.product(one, other):
        sizes = arm_sizes(left.claims.arms)
        if sizes and sizes == arm_sizes(right.claims.arms):
            return f"same arms of {' and '.join(map(str, sizes))}"
        if measures := sorted(_primary_measures(left) & _primary_measures(right)):
            return f"same primary measure {measures[0]}"
        if _titles_alike(left, right):
            return "titles alike"
        both = words_about([left.document.title]) & words_about([right.document.title])
        if len(both) >= WORDS:
            return f"both titles have {in_words(both)}"
    return None


def _primary_measures(mention: Mention) -> set[str]:
    return {letters(one.measure) for one in mention.claims.outcomes if one.outcome_type is OutcomeType.PRIMARY} - {""}


def _titles_alike(one: Mention, other: Mention) -> bool:
    left, right = (sorted(letters(mention.document.title or "").split()) for mention in (one, other))
    return bool(left and right) and difflib.SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE
