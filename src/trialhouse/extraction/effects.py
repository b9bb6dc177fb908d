"""Which effect a number that is a difference measures: of risks, of means, of medians, of least-squares means."""

import re

from trialhouse.extraction.context import About
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.people import PEOPLE
from trialhouse.model.enums import Effect
from trialhouse.text.lazy_patterns import lazy_compile

_PEOPLE = lazy_compile(rf"\s*of (?:the )?{PEOPLE}\b")
_SHARES = lazy_compile(r"\b(?:share|proportion|responders?|response)\b", re.I)
_OF_SHARES = lazy_compile(r"\b(?:proportions?|percentages? of|response|responders?|rates?|risk)\b", re.I)
_POINTS = ("percentage points", "percentage point")


def gap_effect(before: str, behind: str, number: Typed, what: About) -> Effect:
    """Which difference a stated gap is: of risks where it is of shares of participants, else of means."""
    of_points = number.kind is Kind.PERCENT or number.unit in _POINTS
    share = what.kind != "continuous" or _PEOPLE.match(behind) is not None or _SHARES.search(before) is not None
    return Effect.RISK_DIFFERENCE if of_points and share else Effect.MEAN_DIFFERENCE


def difference_effect(before: str, number: Typed) -> Effect:
    """Which difference a list of differences holds, by the words before it."""
    if re.search(r"\bmedian\b", before, re.I):
        return Effect.MEDIAN_DIFFERENCE
    if re.search(r"\b(?:least[\s-]squares?|LS)\b", before, re.I):
        return Effect.LS_MEAN_DIFFERENCE
    share = number.kind is Kind.PERCENT and _OF_SHARES.search(before)
    return Effect.RISK_DIFFERENCE if share else Effect.MEAN_DIFFERENCE
