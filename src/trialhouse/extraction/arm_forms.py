"""The form of one arm's treatment, by which a text speaks of it again: "a nicotine patch or varenicline", "the patch".

A word for a form means an arm only behind "the", where people are said to have it, and where one arm alone is told
with it: "X gel or placebo gel" has two gels.
"""

import re
from functools import lru_cache

from trialhouse.extraction.arm_table import ArmTable
from trialhouse.extraction.elements import Matter
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_FORM = (
    r"(?:patch(?:es)?|gels?|creams?|ointments?|foams?|lotions?|sprays?|inhalers?|tablets?|capsules?|pills?|lozenges?|gums?"
    r"|drops|syrups?|powders?|mouthwash(?:es)?|varnish(?:es)?|rings?|implants?|pumps?|stents?|valves?|grafts?|mesh(?:es)?"
    r"|devices?|catheters?|pessar(?:y|ies)|splints?|braces?|masks?|helmets?|lens(?:es)?|injections?|infusions?|vaccines?"
    r"|supplements?|bars?|drinks?|apps?|balloons?|dressings?|bandages?|stockings?)"
)
_IN_LIST = lazy_compile(rf"\b{_FORM}\b", re.I)
_BEHIND = lazy_compile(
    r"(?:\s+(?!(?:or|and|versus|vs|plus|with|for|in|to|at|than|compared|against)\b)[\w%.-]+){0,4}", re.I
)
"""What goes on an arm's name: "8% patch"."""
_LED = (
    r"\b(?:with|on|using|used|use|than|versus|vs\.?|receiving|received|given|got|had|wearing|wore|to|took|taking)\s+"
    r"the\s+(?:(?:active|new|study|topical|oral)\s+)?"
)
_ENDS = (
    r"(?=\s*(?:[,.;:()\[\]]|\Z)"
    r"|\s+(?:and|or|versus|vs|than|at|in|was|were|had|did|compared|but|while|whereas|alone|group|arm)\b)"
)
_PLACE = Cued("the", rf"{_LED}(?P<form>{_FORM}){_ENDS}", re.I)


@lru_cache(maxsize=256)
def _one_writing(word: str) -> str:
    """A form in the singular: "patches" and "patch" are one."""
    plain = word.lower()
    for ending, single in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("lenses", "lens"), ("s", "")):
        if plain.endswith(ending) and plain not in ("lens", "drops"):
            return plain[: -len(ending)] + single
    return plain


def forms_of(matter: Matter, table: ArmTable) -> dict[str, int]:
    """The forms that one arm alone is told with where the arms are listed, each with its arm."""
    text = matter.reading.text
    having: dict[str, set[int]] = {}
    for arm, draft in enumerate(table.drafts):
        behind = _BEHIND.match(text, draft.end)
        for match in _IN_LIST.finditer(text, draft.start, behind.end() if behind else draft.end):
            having.setdefault(_one_writing(match.group()), set()).add(arm)
    return {form: next(iter(arms)) for form, arms in sorted(having.items()) if len(arms) == 1}


def form_places(text: str, start: int, end: int, forms: dict[str, int]) -> list[tuple[int, int, int]]:
    """The places of a stretch where people are said to have an arm's form of treatment, as (start, end, arm)."""
    found = [(m.span("form"), _one_writing(m["form"])) for m in _PLACE.finditer(text, start, end)]
    return [(*span, forms[form]) for span, form in found if form in forms]
