"""Several drugs that are one arm by the words before them: "physician's choice of A or B", "a polypill of A and B"."""

import re
from typing import NamedTuple

from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_CHOICE = Cued(
    "choice",
    r"\bchoice\s+(?:of|\(|:)\s*(?:either\s+)?(?:[\w-]+\s+){0,3}\Z",
    re.I,
)
_MADE_OF = Cued(
    "pill|combination|capsule|tablet|therapy|regimen|treatment",
    r"\b(?P<name>polypill|(?:\w+ )?(?:pill|capsule|tablet)"
    r"|(?:fixed[- ]dose|single[- ]pill|triple|dual|quadruple|low-dose)\s+combination"
    r"|(?:dual|double|triple|quadruple|sequential|concomitant|hybrid)(?:[ -]drug)?\s+"
    r"(?:therapy|regimen|treatment)(?=\s*\())"
    r"(?:\s+therapy)?\s*"
    r"(?:of|\(|,|:|containing|comprising|composed of|consisting of|combining|with)\s*(?:[\w-]+\s+){0,3}\Z",
    re.I,
)
_LINK = r"(?:\s*\(?\d[\d.,]*\s?(?:mg|mcg|[µμ]g|g)(?:/[\w²]+)?\)?(?:\s+(?:once|twice)?\s*(?:daily|weekly))?)?"
_GOES_ON = lazy_compile(rf"{_LINK}\s*,\s*(?!or\b|and\b)(?:[\w-]+\s+){{0,3}}")
_OR_LAST = lazy_compile(rf"{_LINK},?\s+or\s+(?:[\w-]+\s+){{0,3}}", re.I)
_AND_LAST = lazy_compile(rf"{_LINK},?\s+(?:and|plus)\s+(?:[\w-]+\s+){{0,3}}", re.I)
_INGREDIENTS = lazy_compile(r"\(\s*\d+(?:\.\d+)?\s?%\s")
_OR_BOTH = lazy_compile(r"[^.;()]{0,30}(?:\([^()]{0,60}\))?[)\]]?\s*,?\s+or\s+(?:to\s+)?both\b")
_CHEMOTHERAPY = "chemotherapy"
"""What one of several drugs is called that somebody chose, where a text speaks of it and no arm is named so."""
_FAR = 90
"""Characters before the first drug in which the words stand that make them one arm."""


class Whole(NamedTuple):
    """The drugs of one arm, and whether its people got one of them or all."""

    drugs: tuple[Mention, ...]
    alternatives: bool


def wholes(text: str, drugs: list[Mention], start: int) -> list[Whole]:
    """The runs of drugs that are one arm, in order; none where no words before them say so."""
    found: list[Whole] = []
    at = 0
    while at < len(drugs):
        before = max(start, drugs[at - 1].end if at else start, drugs[at].start - _FAR)
        choice = _CHOICE.search(text, before, drugs[at].start) is not None
        made_of = not choice and _MADE_OF.search(text, before, drugs[at].start) is not None
        run = _run(text, drugs, at, _OR_LAST if choice else _AND_LAST) if choice or made_of else ()
        if run:
            found.append(Whole(run, choice))
        at += len(run) or 1
    return found


def _run(text: str, drugs: list[Mention], at: int, last: re.Pattern[str]) -> tuple[Mention, ...]:
    """The drugs from one on that commas join, up to the one behind the last word for "or" or "and"; () without one."""
    for one in range(at + 1, len(drugs)):
        gap = (drugs[one - 1].end, drugs[one].start)
        if last.fullmatch(text, *gap):
            return tuple(drugs[at : one + 1])
        if not _GOES_ON.fullmatch(text, *gap):
            return ()
    return ()


def is_ingredient(text: str, drugs: list[Mention], one: Mention) -> bool:
    """Whether a name stands in a bracket that says what a preparation is made of: "X (50% A and 50% B)"."""
    opened = text.rfind("(", max(0, one.start - 100), one.start)
    made_of = opened >= 0 and ")" not in text[opened : one.start] and _INGREDIENTS.match(text, opened)
    return bool(made_of) and any(d.end <= opened and not text[d.end : opened].strip() for d in drugs)


def ends_in_both(text: str, at: int, end: int) -> bool:
    """Whether a list ends with the arm that gets all: "A and B (n = 40), C (n = 41), or both" has no "A" alone."""
    return _OR_BOTH.match(text, at, end) is not None


def name_of_whole(text: str, first: int) -> str | None:
    """The word by which a text goes on to speak of an arm of several drugs, the first of which begins at an offset.

    "Polypill" or "triple combination" where that is said before them; "chemotherapy" of somebody's choice.
    """
    begin = max(0, first - _FAR)
    if _CHOICE.search(text, begin, first):
        return _CHEMOTHERAPY
    match = _MADE_OF.search(text, begin, first)
    return match["name"].lower() if match else None
