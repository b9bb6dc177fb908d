"""Numbers with a head: p-values and intervals, read whole."""

import re
from dataclasses import dataclass

from trialhouse.extraction.lexer import _CI, listed_p_values, p_spans
from trialhouse.model.enums import PModifier
from trialhouse.text.lazy_patterns import lazy_compile


@dataclass(frozen=True, slots=True)
class PValue:
    """A p-value; `scope` is the word that widens it to several values ("all", "both", "each")."""

    start: int
    end: int
    value: float
    modifier: PModifier
    raw: str
    scope: str | None


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval and its level in percent."""

    start: int
    end: int
    low: float
    high: float
    level: float | None


_SCOPE = lazy_compile(r"\b(all|both|each)\s*,?\s*(?:[a-z]+\s+){0,2}\Z", re.I)
_SCOPE_BEHIND = lazy_compile(
    r"\s*,?\s*(?:(?:vs\.?|versus|compared with|for) (?:placebo|control|comparisons? with (?:placebo|control))\s+)?"
    r"(?:(?:for|in|at|with)\s+)?(all|both|each)\b",
    re.I,
)


def number_of(raw: str) -> float:
    """The value of a number as written: middle dots, thousands, minus signs and en dashes."""
    clean = re.sub(r"\s", "", raw).replace("·", ".").replace("∙", ".").replace(",", "")
    sign = -1 if clean[:1] in "-−–‐‑" else 1
    return sign * float(clean.lstrip("-−–‐‑+") or 0)


def p_values(text: str, start: int, end: int) -> list[PValue]:
    """The p-values of a sentence. "≤" is "<"; a bare comparison sign in HTML escape is read too."""
    found = []
    for begin, stop, mark, number in p_spans(text, start, end):
        value = number_of(number)
        less = "<" in mark or "lt" in mark or "≤" in mark or "⩽" in mark or mark in ("less than", "below", "under")
        greater = ">" in mark or "gt" in mark or "≥" in mark or mark in ("greater than", "above")
        modifier = PModifier.LESS if less else PModifier.GREATER if greater else PModifier.EQUAL
        behind = _SCOPE_BEHIND.match(text, stop, end)
        scope = _SCOPE.search(text[max(start, begin - 16) : begin]) or behind
        if 0 <= value <= 1:
            found.append(PValue(begin, stop, value, modifier, text[begin:stop], scope[1].lower() if scope else None))
    taken = {(one.start, one.end) for one in found}
    for begin, stop in listed_p_values(text, start, end):
        if not any(a < stop and begin < b for a, b in taken):
            raw = text[begin:stop]
            found.append(PValue(begin, stop, number_of(raw), PModifier.EQUAL, raw, None))
    return sorted(found, key=lambda one: one.start)


def intervals(text: str, start: int, end: int) -> list[Interval]:
    """The confidence intervals of a sentence; a hyphen between two numbers joins them and is no minus sign."""
    found = []
    for match in _CI.finditer(text, start, end):
        low, high = number_of(match["low"]), number_of(match["high"])
        if match["sep"] not in ("to", "TO", "and", "through", ",", ";") and low > 0 and high < 0:
            high = -high
        low, high = min(low, high), max(low, high)
        level = float(match["pct"].replace("·", ".")) if match["pct"] else None
        found.append(Interval(match.start(), match.end(), low, high, level))
    return found
