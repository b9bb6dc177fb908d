"""The units that stand behind numbers, in the words of the warehouse."""

import re

from trialhouse.text.cues import Cued, Headed
from trialhouse.text.lazy_patterns import lazy_compile

_QUOTIENT = lazy_compile(r"[A-Za-zµμ]{1,8}/[A-Za-z]{1,6}\d?")
_UNIT_WORDS = lazy_compile(r"\s?(mm Hg|percentage points?|international units|per microliter|mL/min/1\.73 m2)")
_UNIT_WORD = lazy_compile(r"\s?([A-Za-zµμ%][A-Za-zµμ0-9²/().^-]{0,14}|%)")
_FILTRATION = lazy_compile(r"\s?m[lL]\s?(?:/\s?|per )min(?:ute)?\s?(?:/|per)\s?1[.·]73\s?m(?:2|²|\^2|\(2\))")
"""The unit of a filtration rate in its many spellings; the number in it is no value."""

_LASTED = lazy_compile(
    r"\b(?:lived|survived|lasted|went)\s+(?:for\s+)?(?:about\s+)?(?:an? (?:median|average|mean) (?:of )?)?\Z", re.I
)
_MONEY = Cued(
    "£|cost|earn|econom|expen|gbp|income|paid|pay|price|salar|saved|saving|spen|sterling|wage",
    r"£|\bcost|\bearn(?:ed|ings)|\beconom|\bexpen[ds]|\bgbp\b|\bincomes?\b|\bpaid\b|\bpay(?:s|ments?)?\b|\bprices?\b"
    r"|\bsalar(?:y|ies)\b|\bsaved\b|\bsavings?\b|\bspen[dt]|\bsterling\b|\bwages?\b",
    re.I,
)
DOSE_UNIT = Headed(
    "-‐‑mµμuIUgi",
    r"\s*[-‐‑]?\s*(?P<unit>(?:mg|mcg|[µμ]g|IU|U) per (?:kg|kilogram)|mg/kg|mcg/kg|[µμ]g/kg|ug/kg|mg/m2|mg/m²"
    r"|mg/d(?:ay)?|IU/kg|U/kg|mg|mcg|[µμ]g|ug"
    r"|micrograms?|milligrams?|g|IU|U|units|international units|mL|ml)"
    r"(?:/(?P<per>d|day|wk|week)\b)?(?![A-Za-z/]|\.[SK]\b)",
)
"""The unit of a dose behind its number."""
PER_KG = lazy_compile(r" per (?:kg|kilogram)")
"""What a dose has in words where others have "/kg"."""


def units_here(
    text: str, start: int, end: int, units: dict[str, tuple[str, str | None]]
) -> dict[str, tuple[str, str | None]]:
    """The units that numbers of a sentence can have: pounds are none of weight where it speaks of money."""
    if "pounds" not in units or text.find("pounds", start, end) < 0 or not _MONEY.search(text, start, end):
        return units
    return {name: unit for name, unit in units.items() if name != "pounds"}


def is_lasting(left: str) -> bool:
    """Whether the words before a length of time measure it: "people who took it lived for 22 months"."""
    return _LASTED.search(left) is not None


def time_word(unit: str) -> str:
    """The word for a unit of time: days, weeks, months, years, hours or minutes."""
    first = unit.lower()
    if first.startswith("mi"):
        return "minutes"
    return {"h": "hours", "d": "days", "w": "weeks", "m": "months", "y": "years"}[first[0]]


def unit_of(right: str, end: int, units: dict[str, tuple[str, str | None]]) -> tuple[str | None, int]:
    """The unit that follows a number, in the warehouse's word, and where it ends."""
    found = _UNIT_WORD.match(right)
    if not found:
        return None, end
    if rate := _FILTRATION.match(right):
        return "mL/min/1.73 m2", end + rate.end()
    two = _UNIT_WORDS.match(right)
    for word, stop in (
        (two[1], two.end()) if two else ("", 0),
        (found[1], found.end()),
        (found[1].rstrip(".)"), found.start(1) + len(found[1].rstrip(".)"))),
    ):
        if word in units:
            return units[word][0], end + stop
    if _QUOTIENT.fullmatch(found[1].rstrip(".),")):
        word = found[1].rstrip(".),")
        return word, end + found.start(1) + len(word)
    return None, end
