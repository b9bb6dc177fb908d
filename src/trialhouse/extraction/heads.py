"""Numbers with a head: p-values, intervals and effect estimates, read whole."""

import re
from dataclasses import dataclass

from trialhouse.extraction.lexer import _CI, _NUM, _P, listed_p_values
from trialhouse.model.enums import Effect, PModifier
from trialhouse.text.cues import Cued


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


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect estimate: what it estimates, its value, and the offsets of head and number."""

    start: int
    end: int
    value: float
    effect: Effect
    unit: str | None
    head: str


_HEADS: tuple[tuple[str, Effect], ...] = (
    (r"hazards? ration?|(?<![A-Za-z])a?HRs?", Effect.HAZARD_RATIO),
    (r"odds ratios?|(?<![A-Za-z])a?ORs?", Effect.ODDS_RATIO),
    (r"(?:incidence |annuali[sz]ed )?(?:event )?rate ratios?|(?<![A-Za-z])IRRs?", Effect.RATE_RATIO),
    (r"relative risks?|risk ratios?|(?<![A-Za-z])a?RRs?", Effect.RISK_RATIO),
    (r"(?:ratio of )?geometric (?:least[- ]squares )?mean ratios?", Effect.GEOMETRIC_MEAN_RATIO),
    (r"(?:absolute )?(?:risk|rate) differences?|percentage[- ]point differences?"
        r"|differences? in proportions", Effect.RISK_DIFFERENCE),
    (r"(?:least[- ]squares?|LS)(?: adjusted)? mean differences?|(?:LSM"
        r"|LSMD) differences?|LSMD", Effect.LS_MEAN_DIFFERENCE),
    (r"median differences?", Effect.MEDIAN_DIFFERENCE),
    (r"(?:mean|treatment|between-group|estimated|adjusted|overall|group) differences?"
        r"|(?<!in )(?<!no )\bdifferences?", Effect.MEAN_DIFFERENCE),
)  # fmt: skip
_HEAD = Cued(
    "ifference| ratio|elative risk|HR|OR|RR|LSM",
    "(?:" + "|".join(f"(?P<h{i}>{pattern})" for i, (pattern, _) in enumerate(_HEADS)) + r")(?![A-Za-z])",
)
_TO_NUMBER = re.compile(
    r"(?:\s*[\[(][A-Za-z ,-]{1,12}[\])])?(?:\s+(?:vs\.?|versus|from|between|with|for|in|of|compared|relative"
    r"|over|placebo|the|and|to|groups?|treatments?"
    r"|death|any|cause|progression|mortality|survival|change|mean|disease|HbA1c|week|\d+(?=:)))*"
    r"(?:\s+(?:[A-Za-z][\w+/-]*\s+){0,8}?[A-Za-z][\w+/-]*(?=\s+(?:was|were|is)\s))?"
    r"[\s,:;=]*(?:of|was|were|is|=|:|,)?\s*[\[(]?\s*"
    rf"(?P<num>{_NUM})(?P<unit>\s*%|\s*percentage points?|\s?[A-Za-zµμ]+/[A-Za-z]+|\s?mm ?Hg|\s?kg(?:/m2)?"
    rf"|\s?(?:points|letters|days|weeks|months))?",
)
_LEVEL_OR_TIME = re.compile(r"\s*(?:%\s*-?\s*(?:CI|confidence)|-?weeks?|-?months?|:\d|\s*CI)")
_INTERVAL_NAME = re.compile(r"\s*-?\s*(?:CI\b|confidence|credible)")
_SCOPE = re.compile(r"\b(all|both|each)\s*(?:[a-z]+\s+){0,2}\Z", re.I)
_SCOPE_BEHIND = re.compile(r"\s*for (all|both|each)\b", re.I)
_FOLLOWS = re.compile(r"\s*(?:%\s*)?(?:[a-z][A-Za-z]*\s?/?[A-Za-z0-9]*)?\s*[\[(,;:]*\s*\Z")


def number_of(raw: str) -> float:
    """The value of a number as written: middle dots, thousands, minus signs and en dashes."""
    clean = re.sub(r"\s", "", raw).replace("·", ".").replace("∙", ".").replace(",", "")
    sign = -1 if clean[:1] in "-−–‐‑" else 1
    return sign * float(clean.lstrip("-−–‐‑+") or 0)


def p_values(text: str, start: int, end: int) -> list[PValue]:
    """The p-values of a sentence. "≤" is "<"; a bare comparison sign in HTML escape is read too."""
    found = []
    for match in _P.finditer(text, start, end):
        value = number_of(match["num"])
        mark = match["mod"].lower()
        less = "<" in mark or "lt" in mark or "≤" in mark or "⩽" in mark or mark in ("less than", "below", "under")
        greater = ">" in mark or "gt" in mark or "≥" in mark or mark in ("greater than", "above")
        modifier = PModifier.LESS if less else PModifier.GREATER if greater else PModifier.EQUAL
        scope = _SCOPE.search(text[max(start, match.start() - 16) : match.start()])
        behind = _SCOPE_BEHIND.match(text, match.end(), end)
        scope = scope or behind
        if 0 <= value <= 1:
            found.append(
                PValue(match.start(), match.end(), value, modifier, match.group(), scope[1].lower() if scope else None)
            )
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
        if match["sep"] not in ("to", "and", "through", ",", ";") and low > 0 and high < 0:
            high = -high
        low, high = min(low, high), max(low, high)
        level = float(match["pct"].replace("·", ".")) if match["pct"] else None
        found.append(Interval(match.start(), match.end(), low, high, level))
    return found


def names_estimate(text: str, start: int, end: int) -> bool:
    """Whether a sentence names an effect measure, so that a number of any kind may be its estimate."""
    return _HEAD.search(text, start, end) is not None


def estimates(text: str, start: int, end: int) -> list[Estimate]:
    """The effect estimates of a sentence: a head such as "hazard ratio", and the number that it leads to."""
    found: list[Estimate] = []
    for head in _HEAD.finditer(text, start, end):
        match = _TO_NUMBER.match(text, head.end(), end)
        if not match or _is_other(text, match, end):
            continue
        effect = next(e for i, (_, e) in enumerate(_HEADS) if head[f"h{i}"])
        unit = (match["unit"] or "").strip() or None
        if effect is Effect.MEAN_DIFFERENCE and unit in ("%", "percentage points", "percentage point"):
            unit = "percentage points" if unit != "%" else "%"
        stop = match.end("unit") if match["unit"] else match.end("num")
        found.append(Estimate(head.start(), stop, number_of(match["num"]), effect, unit, head.group()))
    return found


def _is_other(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the number after a head is an interval's level or a time, not an estimate."""
    after = text[match.end("num") : min(end, match.end("num") + 16)]
    return (bool(_LEVEL_OR_TIME.match(after)) and not match["unit"]) or bool(_INTERVAL_NAME.match(after.lstrip("% ")))
