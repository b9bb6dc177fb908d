"""Weight told by a verb alone: "men lost 3.1 kg on A", "those on 6 mg lost 7.5%", "infants gained 210 g"."""

import re

from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

NORM = "body weight"
_VERB = Cued(
    "lost|gained",
    r"\b(?:(?P<lost>lost)|gained)\s+(?:(?:an?|some|about|almost|nearly|only|just|over|up to|the|more|less)\s+){0,2}"
    r"(?:(?:mean|median|average)\s+)?(?:of\s+)?\Z",
    re.I,
)
_MASS = lazy_compile(r"[-−–]?\d[\d.,]*\s?(?:kg|kilograms?|g|lbs?|pounds|stone)\b")
_SHARE = lazy_compile(r"[-−–]?\d[\d.,]*\s?(?:%|per ?cent)")
_OF_ELSE = lazy_compile(r"[^.;:,\d]{0,24}?\bof\s+(?!(?:their|its|the|initial|baseline|body|weight)\b)", re.I)
"""Behind what is no weight of a body: "lost 400 g of blood"."""


def lost_weight(text: str, sentence: Sentence, start: int, carried: Mention | None) -> Mention | None:
    """The measure of a number that begins at `start` where it says by a verb how much weight was lost or gained.

    A share is one of weight only where the numbers before were (`carried`), which the weight is then taken from.
    """
    verb = _VERB.search(text, max(sentence.start, start - 40), start)
    if verb is None:
        return None
    mass = _MASS.match(text, start, sentence.end)
    if mass and _OF_ELSE.match(text, mass.end(), sentence.end):
        return None
    if carried is not None and carried.norm == NORM:
        return carried if mass or _SHARE.match(text, start, sentence.end) else None
    return Mention(*verb.span("lost") if verb["lost"] else verb.span(), NORM, "continuous") if mass else None


def lost_or_gained(text: str, begin: int, start: int, unit: str | None) -> int:
    """-1 if a weight or share at `start` is said to be lost, 1 if gained, else 0."""
    if unit not in ("kg", "g", "lb", "%"):
        return 0
    verb = _VERB.search(text, max(begin, start - 40), start)
    return 0 if verb is None else -1 if verb["lost"] else 1
