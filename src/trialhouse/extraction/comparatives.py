"""Differences that a comparative states: "20 mg/dL lower with A than with placebo", "-0.56% vs placebo".

By how much a value is above or below another one is an estimate of the arm named first over the second. In percent of a
quantity, or as so many times, it is an effect of none of the warehouse's words, which keeps its own ("40% lower").
"""

import re

from trialhouse.extraction.arm_refs import Ref
from trialhouse.extraction.estimates import _UNIT, Estimate
from trialhouse.extraction.heads import number_of
from trialhouse.extraction.lexer import _NUM
from trialhouse.model.enums import Effect
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_BY_HOW_MUCH = Cued(
    "lower|higher|greater|less|more|longer|shorter|fewer|larger|smaller|earlier|later|sooner",
    rf"(?P<num>{_NUM})(?P<unit>{_UNIT}|\s*times|-fold)\s+(?P<word>lower|higher|greater|less|more|longer|shorter|fewer"
    r"|larger|smaller|earlier|later|sooner)\b",
)
_MORE_OF = Cued(
    "more|fewer",
    rf"(?P<num>{_NUM})(?P<unit>{_UNIT})?\s+(?P<word>more|fewer)\s+(?P<what>[a-z][a-z -]{{2,50}}?)\s*"
    r"(?=[\[(]\s*9\d(?:[.·]\d)?\s*(?:%|per ?cent)[\s-]*(?:CI|[cC]onfidence))",
)
"""How many more of something one arm had, with its interval: "performed 1.9 more chair stands (95% CI …)"."""
_RATIO_OF = Cued(
    "times",
    r"\b(?P<what>odds|risk|hazard|rate|incidence)\s+(?:of|for)\s+[^.;:()\d]{3,80}?\b(?:was|were)\s+"
    rf"(?P<num>{_NUM})\s+times\s+(?:higher|greater|as (?:high|great|likely))\b",
    re.I,
)
"""A ratio in words: "the odds of remission were 1.7 times higher"; "times lower" does not say which."""
_RATIOS = {
    "odds": Effect.ODDS_RATIO,
    "risk": Effect.RISK_RATIO,
    "hazard": Effect.HAZARD_RATIO,
    "rate": Effect.RATE_RATIO,
    "incidence": Effect.RATE_RATIO,
}
_FEWER = ("lower", "less", "shorter", "fewer", "smaller", "earlier", "sooner")
_THAN = lazy_compile(r"[^.;\d]{0,90}?\bthan\b(?!\s+(?:at\s+)?(?:(?:the|their|corresponding)\s+)*baseline)", re.I)
_FALL = lazy_compile(r"\b(?:reduc|decreas|lower|fell|fall|drop|declin)\w*[^.;]{0,50}\Z", re.I)
_SET_AGAINST = Cued(
    "compared to|compared with|relative to|versus|vs",
    rf"[\[(,]\s*(?P<num>{_NUM})(?P<unit>{_UNIT})\s+(?:vs\.?|versus|compared (?:with|to)|relative to)\s+(?:the\s+)?",
)
_MOVED_BY = Cued(
    "by",
    r"\b(?P<moved>reduc|decreas|lower|increas|rais)(?:es|ed|s|e|d|ing)\b[^.;\d]{1,90}?\bby\s+"
    r"(?:an? )?(?:(?:mean|average|additional) )*(?:of )?"
    rf"(?P<num>{_NUM})(?P<unit>{_UNIT})(?:\s*[\[(](?:[Pp][^()]{{1,16}}|9\d[^()\[\]]{{6,60}})[)\]])?,?\s+(?:as )?"
    r"(?:relative to|compared (?:with|to)|versus|vs\.?|over)\s+(?:the\s+|that (?:of|with)\s+)?",
    re.I,
)
"""How much something was moved against another arm: "reduced glucose by 20 mg/dL relative to placebo"."""
_POINTS = ("percentage points", "percentage point")
"""By how many a share is above or below another is read by `differences.py`."""
_VALUE_BEHIND = lazy_compile(r"[\s,]*[\[(]?\s*(?:by\s+)?[-−–+]?\d")
_NO_VALUE = lazy_compile(r"\s*(?:[\])]|[;,]\s*(?:[Pp]\b|9\d|CI\b|\Z))")


def comparatives(text: str, start: int, end: int, refs: list[Ref]) -> list[Estimate]:
    """The estimates that comparatives state in a sentence; `refs` are the places that name arms."""
    out = []
    for match in _RATIO_OF.finditer(text, start, end):
        stop = match.end("num")
        effect = _RATIOS[match["what"].lower()]
        out.append(Estimate(match.start(), stop, number_of(match["num"]), effect, None, match["what"], stop))
    ratios = {one.digits_end for one in out}
    for match in _BY_HOW_MUCH.finditer(text, start, end):
        than = _THAN.match(text, match.end(), end) if match["unit"].strip() not in _POINTS else None
        near = than is not None and any(than.end() <= ref.start < than.end() + 40 for ref in refs)
        if near and match.end("num") not in ratios and _is_apart(text, start, match):
            out.append(_estimate(match, sign=_sign(text, start, match)))
    for match in _MORE_OF.finditer(text, start, end):
        if any(ref.single and ref.end <= match.start() for ref in refs) and _is_apart(text, start, match):
            out.append(_estimate(match, sign=_sign(text, start, match)))
    for match in _SET_AGAINST.finditer(text, start, end):
        behind = next((ref for ref in refs if ref.single and ref.start - match.end() in (0, 1)), None)
        if behind and _NO_VALUE.match(text, behind.end, end):
            out.append(_estimate(match, sign=1))
    for match in _MOVED_BY.finditer(text, start, end):
        behind = next((ref for ref in refs if ref.single and ref.start - match.end() in (0, 1)), None)
        if behind and not _VALUE_BEHIND.match(text, behind.end, end):
            out.append(_estimate(match, sign=1 if match["moved"].lower() in ("increas", "rais") else -1))
    return out


def _is_apart(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a number is no part of a list or range, and no threshold: "1 to 2 kg more", "at least 5 points lower"."""
    before = text[max(start, match.start() - 14) : match.start()]
    return not re.search(r"(?:\b(?:to|and|or|than|least|most|vs\.?|versus)|[≥≤<>–-]|\d)\s*\Z", before)


def _sign(text: str, start: int, match: re.Match[str]) -> int:
    """Whether the arm named first has more or less: "reduced pain by 2 points more" is less pain."""
    falls = match["word"] in ("more", "greater", "less", "smaller") and _FALL.search(text[start : match.start()])
    return (-1 if match["word"] in _FEWER else 1) * (-1 if falls else 1)


def _estimate(match: re.Match[str], *, sign: int) -> Estimate:
    """A comparative as an estimate, which its number and unit end."""
    unit = (match["unit"] or "").strip(" -")
    multiple = unit in ("times", "fold")
    relative = multiple or (match.re.groupindex.keys() & {"word", "moved"} and unit == "%")
    return Estimate(
        start=match.end("num") - len(match["num"].lstrip()),
        end=match.end("unit") if match["unit"] else match.end("num"),
        value=number_of(match["num"]) * (1 if multiple else sign),
        effect=None if relative else Effect.MEAN_DIFFERENCE,
        unit=None if multiple else unit or None,
        head=_head(match, unit) if relative else match[0].strip("[(, "),
        digits_end=match.end("num"),
        is_directed="word" in match.groupdict() and not multiple,
    )


def _head(match: re.Match[str], unit: str) -> str:
    """The words for an effect that has none of the warehouse's: "% lower", "reduced by %"."""
    if "word" in match.groupdict():
        return f"{unit} {match['word']}"
    return f"{match['moved'].lower()}ed by {unit}"
