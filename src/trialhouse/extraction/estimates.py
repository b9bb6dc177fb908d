"""Effect estimates: a head such as "hazard ratio" and the number that it leads to, with the interval behind it.

A head is found first; then its words are walked to the number. Words that say when, at what dose or for which measure
may stand between ("difference in mean change at week 24, -0.66 %"); another verb, a p-value or an interval may not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialhouse.extraction.group_names import SCHEDULE_CODE
from trialhouse.extraction.heads import number_of
from trialhouse.extraction.lexer import _NUM
from trialhouse.extraction.protection import EFFECTIVE, is_of_vaccine
from trialhouse.model.enums import Effect
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect estimate: what it estimates, its value, the offsets of head and number, and where its digits end.

    `effect` is None for a head that is none of the warehouse's words ("relative risk reduction"); `head` keeps it.
    """

    start: int
    end: int
    value: float
    effect: Effect | None
    unit: str | None
    head: str
    digits_end: int
    level: float | None = None
    """The level of an interval that the head declares: "mean difference (95 % CI) was 1.2 (0.3 to 2.1)"."""
    is_directed: bool = False
    """Whether the value is of the arm named first over the second, so that it turns with them."""


_HEADS: tuple[tuple[str, Effect | None], ...] = (
    (r"(?i:hazards? ration?s?|relative hazards?)|(?<![A-Za-z])(?:a|s|c)?HRs?", Effect.HAZARD_RATIO),
    (r"(?i:odds ratios?)|(?<![A-Za-z])a?ORs?", Effect.ODDS_RATIO),
    (r"(?i:(?:incidence |annuali[sz]ed )?(?:event )?rate ratios?|relative rates?)(?! reduction)|(?<![A-Za-z])a?IRRs?",
     Effect.RATE_RATIO),
    (r"(?i:relative risks?(?! reduction)|risk ratios?)|(?<![A-Za-z])a?RRs?", Effect.RISK_RATIO),
    (r"(?i:(?:ratios? of )?geometric (?:least[- ]squares )?mean (?:titer |titre )?ratios?|ratios? of geometric means?"
        r"|treatment ratios?)|ETRs?", Effect.GEOMETRIC_MEAN_RATIO),
    (r"(?<=[(\[])(?i:ratio)(?=[,;:]? [\d.]|[;,] 9\d|\s*[=:])", Effect.GEOMETRIC_MEAN_RATIO),
    (r"(?i:(?:absolute )?(?:risk|rate) differences?|percentage[- ]point differences?"
        r"|differences? in (?:the )?(?:proportions?|percentages? of)|absolute risk reductions?)",
     Effect.RISK_DIFFERENCE),
    (r"(?i:least[- ]squares?|LS)(?:(?i:(?:[ -][a-z-]+){1,3} differences?)"
        r"| means? (?:of )?[\[(][A-Za-z]{2,20}(?:-| - | minus )[A-Za-z]{2,20}[\])])|(?:LSM"
        r"|LSMD) differences?|LSMD", Effect.LS_MEAN_DIFFERENCE),
    (r"(?i:median differences?)", Effect.MEDIAN_DIFFERENCE),
    (r"(?i:(?:relative (?:risk|rate|hazard|odds) |relative |hazard |rate )reductions?"
        r"|(?:vaccine|protective) efficac(?:y|ies)"
        r"|efficac(?:y|ies)(?= (?:of|was|were|rate|estimate|against|in|at|for)\b)"
        r"|(?:risk|odds|hazard|rate|likelihood)s?(?: of [a-z -]{3,40})?(?: was| were)? (?:significantly )?"
        r"(?:reduced|lowered|decreased|cut|increased|raised) by"
        r"|(?:reduced|lowered|decreased|cut|increased|raised) (?:the )?(?:[a-z]+ )?(?:risk|odds|hazard|likelihood)s?"
        r"(?: (?:of|for) [a-z -]{3,50}?)? by)", None),
    (r"(?i:(?:mean|treatment|between-group|estimated|adjusted|overall|group|placebo-(?:adjusted|corrected|subtracted))"
        r" differences?|(?<!in )(?<!no )(?<!without )\bdifferences?|treatment effects?)|ETDs?", Effect.MEAN_DIFFERENCE),
)  # fmt: skip
_HEAD = Cued(
    "ifference|IFFERENCE|atio|ATIO|isk|RISK|elative|HR|OR|RR|LS|east|ETD|ETR|educ|EDUC|ower|ecreas|cut|ncreas|aised|fficac"
    "|ffect|azard"
    "|AZARD|DDS|ELATIV|FFECT|FFICAC|LEAST|LOWER|CREAS|CUT|RAISED",
    "(?:" + "|".join(f"(?P<h{i}>{pattern})" for i, (pattern, _) in enumerate(_HEADS)) + ")(?![A-Za-z])",
)
"""A head of an estimate, at one of the places where any can begin."""
_BEGINS = lazy_compile(
    r"[abcdeghilmoprstvA-Z](?<![a-z].)(?<=(?:(?=[acs]?HR|a?OR|a?I?RR|ET[DR]|LS|[hH](?i:az)|[rR](?i:ela|at[ei]|isk|edu|ais)"
    r"|[oO](?i:dds|ver)|[iI](?i:nc[ir])|[aA](?i:nnu|bso|dju)|[eE](?i:ven|sti)|[gG](?i:eom|rou)|[tT](?i:rea)"
    r"|[pP](?i:erc|rot|lac)|[dD](?i:iff|ecr)|[lL](?i:eas|ike|owe|s[ -])|[mM](?i:ean|edi)|[vV](?i:acc)|[cC](?i:ut)"
    r"|[bB](?i:etw)|[eE](?i:ffi))).)"
)
_UNIT = (
    r"\s*%|\s*percentage points?|\s?m[lL]/min/1[.·]73\s?m(?:2|²)"
    r"|\s?h[·.]?(?:mg/dL|mmol/L)|\s?[A-Za-zµμ]+/[A-Za-z]+(?:/[A-Za-z]+)?|\s?mm ?Hg"
    r"|\s?kg(?:/m2)?|\s?(?:points?|letters|days|weeks|months|years|hours|minutes|units|cm|mm|m|g|mL|ml|L|log10|D)(?![A-Za-z])"
)
_DECLARED = (
    r"9\d(?:[.·]\d+)?\s*(?:%|per ?cent)[\s-]*(?:CIs?|C\.I\.|(?i:confidence (?:interval|limit)s?))(?:\s*[\[(]CI[\])])?"
)
_STOP = (
    r"(?!(?:(?i:but|while|whereas|although|however|no (?:significant|evidence|differences?|change|effect)|not|who|which"
    r"|was|were|is|are|had|has|have|confidence|vs?(?=\.?\s*[-−–]?\d)(?!\.?\s\d+q)|did|does|showed"
    r"|versus(?=\s*[-−–]?\d)(?!\s\d+q)"
    r"|respectively|considered)|P|p|CIs?|SD)\b)"
)
_TO_NUMBER = lazy_compile(
    r"(?:"
    rf"\s*+[\[(](?:[A-Za-z][A-Za-z0-9 ,/&;±+-]{{0,40}}?(?:[;,]\s*{_DECLARED})?|{_DECLARED}|\d\w{{0,2}})[\])]"
    r"|(?:\s*+,)?+\s++(?:weeks?|days?|months?|years?|visit|hours?)\s++\d++(?=[\s,:;])"
    r"|\s++\d+(?:\.\d+)?[\s-]?(?:weeks?|months?|years?|days?|mg|mcg|µg|μg|h)\b(?:/(?:kg|day|d))?"
    r"|\s++(?:was|were)\s++(?:also )?(?:observed|seen|found|noted|reported|shown|detected)\b"
    rf"|(?:\s*+,)?+\s++{_STOP}[A-Za-z][\w+/'’-]*+"
    rf"|\s++{SCHEDULE_CODE}(?!\w)"
    r"){0,18}?"
    r"\s*+(?P<tail>(?i:of|was|were|is)\b|[=:,;](?:\s*+(?i:of|was|were|is)\b)?)?+\s*+"
    r"(?:about |approximately |estimated (?:at|to be) |only |~\s?)?(?P<open>[\[(])?+\s*+"
    rf"(?!{_DECLARED}|\d+(?:\.\d+)?[\s-]?(?:mg|mcg|µg|μg)\b(?!/d?L))(?P<num>{_NUM})(?![\d·])(?P<unit>{_UNIT})?(?![A-Za-z])",
)
_BEFORE = lazy_compile(
    rf"(?P<num>{_NUM})(?P<unit>{_UNIT}|-point|-kg|-mm Hg)?(?P<ci>\s*[\[(][^\[\]()]{{5,60}}[\])])?\s+"
    r"(?:(?:mean|absolute|adjusted|between-group|between-treatment|treatment|group|net|overall|significant)\s+){0,3}\Z"
)
_OTHER_BEHIND = lazy_compile(
    r"\s*(?:%\s*-?\s*(?:CI|confidence)|-?weeks?\b(?! shorter)|-?months?\b(?=\s+(?:of|after|in))|:\d|\s*CI\b"
    r"|-(?:year|day|h)\b|(?:treatment |study |dose |dosing )?(?:groups|arms|treatments|regimens|therapies|drugs|doses"
    r"|time ?points|visits)\b|mg\b|mcg\b|µg\b|of (?:the )?\d|/\s?[-−–]?\d)"
)
_INTERVAL_NAME = lazy_compile(r"\s*-?\s*(?:CI\b|(?i:confidence|credible))")
_VERSUS = lazy_compile(r"\s*(?:[\[(][^\[\]()]{1,40}[\])]\s*)?(?:vs?\.?|versus|compared (?:with|to))\s+[-−–]?[.·]?\d")
_CLOSED = lazy_compile(
    r"\s*(?:(?:±|\+\s?/\s?[-−–]|\+-)\s*[\d.·]+\s*)?(?:%\s*)?(?:[A-Za-z/]{1,10}\s*)?"
    r"(?:[\])]|[,;:]?\s*(?:[\[(]|9\d|CI\b|SE\b|SD\b|[Pp]\b|[-−–]?\d|confidence))"
)
_IMPORTANT = lazy_compile(
    r"\b(?:clinically|minimal|minimum|important|meaningful|relevant|detect|margin|expected|smallest)\b[^.;]{0,30}\Z",
    re.I,
)
_NONE = lazy_compile(r"\b(?:no|not|without|nor)\s+(?:\w+\s+){0,3}\Z", re.I)
_FROM_CONTROL = lazy_compile(
    r"\s+(?:from|to|against|over|versus|vs\.?)\s+(?:the\s+)?(?:placebo|control|sham|vehicle)\b[^:;(]+\b(?:was|were|is)\b"
)
"""Differences from a control told in a sentence of their own are read by `differences.py`, with what follows them."""
_LISTED_FOR = lazy_compile(
    r"[^.;()\[\]]{0,12}[\[(][^()\[\]]{5,90}[)\]],?\s+(?:for|with|in)\s[^.;()]{2,50}?\sand\s+[-−–]?\d"
)
"""Differences of several arms from one control, told one by one: "-0.4 (95% CI …) for 5 mg and -4.0 (…) for 10 mg"."""
_BARE_EFFICACY = lazy_compile(r"efficac(?:y|ies)", re.I)
_RATIO_MOST = 30.0
"""A ratio above this behind an abbreviation is none: HR 72 is a heart rate, RR 120 a pressure."""


def names_estimate(text: str, start: int, end: int) -> bool:
    """Whether a sentence names an effect measure, so that a number of any kind may be its estimate."""
    return next(_heads(text, start, end), None) is not None


def _heads(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The heads of estimates in `text[start:end]`, in order."""
    at = start if _HEAD.is_cued(text[start:end]) else end
    while (begins := _BEGINS.search(text, at, end)) is not None:
        head = _HEAD.pattern.match(text, begins.start(), end)
        if head is not None:
            yield head
        at = begins.end() if head is None else head.end()


_AND_ANOTHER = lazy_compile(r"\s*and\s+[-−–+]?\d")
"""Two values in a bracket behind "no difference in": "(7.2% and 7.0%; …)" are those of the arms."""


def estimates(text: str, start: int, end: int) -> list[Estimate]:
    """The effect estimates of a sentence: each head with the number that it leads to, or that it ends."""
    found: dict[int, Estimate] = {}
    for head in _heads(text, start, end):
        if _IMPORTANT.search(text, max(start, head.start() - 40), head.start()):
            continue
        one = _behind(text, head, end) or _ahead(text, head, start)
        if one is not None and (not _BARE_EFFICACY.fullmatch(head[0]) or (one.unit == "%" and is_of_vaccine(text))):
            found[one.digits_end] = one
    for match in EFFECTIVE.finditer(text, start, end):
        if match["for"].strip().lower() != "against" or is_of_vaccine(text):
            one = Estimate(*match.span("num"), number_of(match["num"]), None, "%", "effective", match.end("num"))
            found.setdefault(one.digits_end, one)
    return sorted(found.values(), key=lambda one: one.digits_end)


def _behind(text: str, head: re.Match[str], end: int) -> Estimate | None:
    """The estimate that a head leads to."""
    match = _TO_NUMBER.match(text, head.end(), end)
    if not match or _is_other(text, head, match, end):
        return None
    unit = (match["unit"] or "").strip() or None
    stop = match.end("unit") if match["unit"] else match.end("num")
    level = re.search(r"(9\d(?:[.·]\d+)?)\s*%?[\s-]*(?:CI|conf|C\.I)", text[head.end() : match.start("num")])
    declared = float(level[1].replace("·", ".")) if level else None
    value = number_of(match["num"])
    return Estimate(head.start(), stop, value, _effect(head), unit, head[0], match.end("num"), declared)


def _ahead(text: str, head: re.Match[str], start: int) -> Estimate | None:
    """The estimate that stands before its head: "a 1.4 kg difference"."""
    if "ifference" not in head[0]:
        return None
    match = _BEFORE.search(text, max(start, head.start() - 110), head.start())
    if not match or not match["unit"]:
        return None
    at = match.end("num") - len(match["num"].lstrip())
    if text[at - 1 : at].isalnum() or _VERSUS.search(text[max(start, at - 14) : match.end("num")]):
        return None
    unit = match["unit"].strip(" -") or None
    return Estimate(at, match.end("unit"), number_of(match["num"]), _effect(head), unit, head[0], match.end("num"))


def _effect(head: re.Match[str]) -> Effect | None:
    """What the head of an estimate names."""
    return next(e for i, (_, e) in enumerate(_HEADS) if head[f"h{i}"])


def _is_other(text: str, head: re.Match[str], match: re.Match[str], end: int) -> bool:
    """Whether the number after a head is an interval's level, a time, one of two values, or no estimate of its kind."""
    after = text[match.end("num") : min(end, match.end("num") + 40)]
    if (_OTHER_BEHIND.match(after) and not match["unit"]) or _INTERVAL_NAME.match(after.lstrip("% ")):
        return True
    rest = text[match.end() : min(end, match.end() + 60)]
    if _VERSUS.match(rest):
        return True
    between = text[head.end() : match.start("num")]
    if _FROM_CONTROL.match(between) and not _LISTED_FOR.match(text, match.end(), end):
        return True
    far = re.search(r"[A-Za-z]", re.sub(r"[\[(][^\[\]()]*[\])]", "", between)) is not None
    if match["open"] and far and not _CLOSED.match(rest):
        return True
    if (
        far
        and (not match["open"] or _AND_ANOTHER.match(rest))
        and _NONE.search(text, max(0, head.start() - 50), head.start())
    ):
        return True
    is_ratio = "RATIO" in str(_effect(head))
    led = (match["tail"] or match["open"]) or not far or between.rstrip().endswith((")", "]"))
    if not led and not is_ratio and not _CLOSED.match(rest):
        return True
    return head[0].isupper() and is_ratio and number_of(match["num"]) > _RATIO_MOST
