"""Type each number of a sentence by what stands beside it.

Numbers are found first, then each is classified by a few characters left and right. Heads that announce a number
(p, CI, hazard ratio, ±) claim theirs before the rest is looked at. Every pattern is anchored and linear.
"""

import re
from functools import lru_cache
from typing import ClassVar, NamedTuple

from trialhouse.extraction.clock_times import clock_times
from trialhouse.extraction.dates import days_of_months, find_dates
from trialhouse.extraction.number_names import is_name
from trialhouse.extraction.number_units import DOSE_UNIT, PER_KG, is_lasting, time_word, unit_of, units_here
from trialhouse.extraction.people import HEAD_COUNT, PERSONS
from trialhouse.text.cues import Cued, Headed
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.numbers import Number, find_numbers
from trialhouse.text.word_starts import at_word


class Kind(str):
    """What a number is: one of these constants, by identity. Members of an enumeration are found ten times slower."""

    __slots__ = ()
    VALUE: ClassVar["Kind"]
    PERCENT: ClassVar["Kind"]
    COUNT: ClassVar["Kind"]
    P_VALUE: ClassVar["Kind"]
    INTERVAL: ClassVar["Kind"]
    EFFECT: ClassVar["Kind"]
    SIZE: ClassVar["Kind"]
    DENOMINATOR: ClassVar["Kind"]
    DOSE: ClassVar["Kind"]
    TIME: ClassVar["Kind"]
    AGE: ClassVar["Kind"]
    RATIO: ClassVar["Kind"]
    DATE: ClassVar["Kind"]
    THRESHOLD: ClassVar["Kind"]
    DISPERSION: ClassVar["Kind"]
    LEVEL: ClassVar["Kind"]
    NAME: ClassVar["Kind"]
    IDENTIFIER: ClassVar["Kind"]
    OTHER: ClassVar["Kind"]


for _name in Kind.__annotations__:
    setattr(Kind, _name, Kind(_name.lower()))


BINDABLE = (Kind.VALUE, Kind.PERCENT, Kind.COUNT)
TELLING = (*BINDABLE, Kind.P_VALUE, Kind.INTERVAL, Kind.EFFECT, Kind.SIZE)
"""The kinds that can be said of an arm or of a comparison; times, doses and names alone are not."""


class Typed(NamedTuple):
    """A typed number: `start` and `end` take in its unit; `raw_end` ends at the digits."""

    start: int
    end: int
    raw_end: int
    value: float
    kind: Kind
    unit: str | None = None
    word: bool = False
    modifier: str | None = None


_NUM = r"[-−–+‐‑]?\s?(?:\d[\d,]*(?:[.·∙]\d+)?|[.·∙]\d+)"
_P = Cued(
    "<|>|=|≤|≥|⩽|&|less than|below|under|above|greater than",
    r"[pP](?<=\b.)(?:[\s-]*(?i:values?|interaction|trend))?\s*(?:for [\w ]{1,24}?|of|was|were|adjusted)?\s*"
    r"(?P<mod>&\s?lt;|&\s?gt;|<\s*or\s*=|[<>]\s?=|[<>=≤≥⩽]|less than|below|under|above"
    r"|greater than)\s*(?:or\s*=\s*)?(?P<num>[01]?\s?[.·∙]\s?\d+|[01](?![\d.·]|,\d))",
)
_P_BARE = lazy_compile(r"[pP](?<=[(\[;, ].) {1,2}(0?[.·]\d{2,5})(?=\s*[)\];,])")
"""A p-value without a sign, which ends a bracket or a part of one: "(2 vs 4 days; p 0.004)"."""
_P_NEXT = lazy_compile(
    r"(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+)(?:(?P<mod>[<>=≤≥⩽])\s*(?P<num>[01]?[.·∙]\d+)"
    r"|(?P<bare>0?[.·∙]\d{2,5})(?=\s*(?:[)\],]|\Z)))"
)
"""A further p-value that the head of the one before leads too: "P = .03, <.001, and <.001"."""
_P_LIST = Cued("value|Value|VALUE", r"\b[Pp][\s-]?(?i:values?)\b[^.;<>=]{0,120}?\b(?:was|were|of)\s+(?=[01]?[.·]\d)")
_P_NUMBER = lazy_compile(r"(?<![\d.·<>=-])0?[.·]\d{1,5}(?![\d%]|\s*(?:%|[a-zµ]+/))")
_CI = Cued(
    "CI|C.I.|c.i.|CrI|onfidence|ONFIDENCE|redible|REDIBLE",
    r"(?:(?P<pct>\d\d(?:[.·]\d+)?)\s*(?:%|per ?cent)?[\s-]*)?(?:C\.I\.|c\.i\.|(?:CIs?|CrI"
    r"|[cC](?i:onfidence (?:interval|limit)s?|redible intervals?))\b)"
    r"(?:\s*[\[(](?:CI|CrI)[\])])?(?:\s*\d\d\s?%)?(?:\s+(?:for|of|around)\s+(?:the\s+)?(?:\w+\s+)?(?:difference|ratio|HR|OR|RR))?"
    r"[\s,:;=]*(?:of|was|is|from|between|ranging from|ranged from)?[\s\[({]*"
    rf"(?P<low>{_NUM})\s*(?:%|(?!(?:to|and|through)\b)(?:mm |log )?[A-Za-zµμ/]{{1,8}}(?:/[A-Za-z]+)?)?\s*"
    rf"(?P<sep>to|TO|-|−|–|—|‐|‑|,|;|and|through)\s*(?P<high>{_NUM})",
)
_DATE_YEAR = lazy_compile(r"(?:19|20)\d\d\Z")
_LEFT_YEAR = lazy_compile(at_word(*"in since until from between and to of during".split()) + r"\s*\Z")
_TIME_UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?|minutes?|min|h|(?-i:d)|wk|mo|yr)"
"""A unit of time in letters of any case; a capital D is the dioptre."""
_RIGHT_TIME = Headed("-‐‑hdwmyHDWMY", rf"\s*[-‐‑]?\s*(?P<unit>{_TIME_UNIT})\b(?!/)", re.I)
_LEFT_TIME_POINT = lazy_compile(
    at_word(*"weeks? days? months? years? visits? cycles? hours?".split())
    + r"\s+(?:\d+\s*(?:,|and|or|to|through|[-–])\s*(?:and\s*)?)*\Z",
    re.I,
)
_POINT_ENDS = tuple(
    "week weeks day days month months year years visit visits cycle cycles hour hours , and or to through - –".split()
)
"""What the words before a point of time end in, but for white space."""
_LISTED = lazy_compile(r"\d\s*(?:,|and|or)\s*(?:and\s*)?\Z")
_RIGHT_UNIT = lazy_compile(rf"\s*(?:kg|points?|mm ?Hg|[A-Za-zµμ]{{1,6}}/[A-Za-z]{{1,5}}|{PERSONS})(?![A-Za-z])")
"""What makes a number behind "week 12 and" none of a time: "by week 12 and 5 kg"."""
_TIMES_OVER = lazy_compile(r"\b(?:week|day|month|year|visit|cycle|hour|and|or)\s+\d+\s*,\s*\Z", re.I)
"""Behind what a count begins, where no time can follow: "at week 24, 61 (20%)", "at weeks 12 and 24, 61 of 306"."""
_LEFT_TIME = lazy_compile(
    r"(?:\b(?:at|after|for|over|during|within|every|until|up to|through|throughout|past|first|next|last"
    r"|previous|prior|preceding|the|least|end of|baseline to"
    r"|each|following|between|additional|further|from|in|a|an|on|follow-?up (?:(?:period|time|duration) )?of"
    r"|(?:over|during) an? (?:median|mean|average) of)\s+"
    r"(?:about |approximately )?|[≥>≤<]\s*)\Z", re.I
)  # fmt: skip
_RIGHT_SETS = Headed(
    "tsdagrpfcvhTSDAGRPFCVHſ",
    r"\s+(?:(?:treatment|study|dose|active|general|primary) )?(?:groups|arms|treatments|agents|regimens|periods"
    r"|formulations|doses|cycles|tablets|capsules|visits|times|cent(?:er|re)s|sites|hospitals|countries"
    r"|practices|schools|clinics|villages|pharmacies|households|clusters)\b", re.I,
)  # fmt: skip
"""What makes a number count no participants: "the 2 groups"."""
_RIGHT_OFF = lazy_compile(r"\s+(?:off|on|apart|later|earlier|thereafter|before|after|following|period)\b")
_LEFT_LISTED_TIME = lazy_compile(
    r"\b(?:at|after|over|during|within|for|until|by|from)\s+\d{1,3}(?:\s*,\s*\d{1,3}){0,6}\s*(?:,?\s*(?:and|or|to|through)|,)\s+\Z",
    re.I,
)
_CLOCK = Headed(
    ":.apnohAPNOH",
    r"(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|noon\b|o'clock|hours?\b(?=\s*[,;)]))|:\d\d(?:\s?[ap]\.?m\b)?",
    re.I,
)
"""What makes a number a time of day: "8 am", "8:00", "12 noon"."""
_RIGHT_LISTED_TIME = Headed(
    "-,aotAOT",
    rf"-?(?:\s*,\s*\d{{1,3}}-?){{0,6}}\s*,?\s+(?:and|or|to|through)\s+\d{{1,3}}(?:\s+|-)(?:{_TIME_UNIT})\b",
    re.I,
)
"""What makes a number one of several times: "at 6 and 12 months", "1- and 3-year survival"."""
_LEFT_AGE = lazy_compile(r"\bage[ds]?\b(?! at delivery)[^.;()]{0,30}\Z|\bages\s\Z", re.I)
_RIGHT_AGE = Headed("-–toyTOY", r"\s*(?:[-–to]+\s*\d+\s*)?[-\s]*(?:years?|yrs?)[\s-]*(?:of age|old)", re.I)
_SIGNS = ("=", ":")
_SIGNS_BEHIND = ",;.)]([%±+=<>/:"
"""First signs behind a number, or none, that no unit and no word begins with: most expressions need not be tried."""
_LEFT_SIZE = lazy_compile(r"(?<![A-Za-z])[nN]s?\s*[=:]\s*\Z")
_THRESHOLD_ENDS = tuple(
    (
        "≥|≤|⩾|⩽|>|<|=|&lt;|&gt;|at least|at most|than|below|above|under|up to|target|targets|targeting|target of"
        "|targets of|targeting of|exceeding|exceed|exceeded|off|off of|goal of|over|maximum of|maximum|maximum dose"
        "|maximum dose of|maximum daily dose|maximum daily dose of|maximal dose of|max"
        "|margin|margin of|margin,|margin:|margin was|margin (|margin set at"
    ).split("|")
)
"""What the words before a threshold end in, but for a minus sign and white space."""
_LEFT_THRESHOLD = lazy_compile(
    r"(?:[≥≤⩾⩽><]|&[lg]t;|<\s*or\s*=|>\s*or\s*=|\bat least|\bat most|\b(?:more|less|greater|fewer|higher"
    r"|lower) than|\bbelow|\babove|\bunder|\bup to"
    r"|\btarget(?:s|ing)?(?: of)?|\bexceed(?:ing|ed)|\bcut-?off (?:of )?|\bgoal of|\bno more than|\bover"
    r"|\b(?:maximum|maximal|max)(?: (?:daily )?dose)?(?: of)?"
    r"|\bmargin(?: of|[,:]| was| set at| \()?)\s*[-−]?\s*\Z", re.I
)  # fmt: skip
_RIGHT_THRESHOLD = lazy_compile(
    r"\s*%?\s*(?:[-‐‑\s]?(?:percentage[-\s])?points?\s+)?(?:(?:pre-?)?(?:specified|defined)\s+)?(?:non-?inferiority\s+)?margin\b"
    r"|\s*%?\s*(?:\w+/\w+\s*)?(?:or|and) (?:more|less|higher|lower|greater|fewer|above|below|over)\b"
    r"|[-‐‑](?:points?|fold|item|step|line|letter|arm|way|year|joint|h\b)",
    re.I,
)
_RIGHT_FOLD = Headed("-ftFT", r"[-\s](?:fold|times)\b", re.I)
_RIGHT_PERCENT = Headed("%p", r"\s*(?:%|per ?cent\b)(?!\s*(?:CI|(?i:confidence|credible)|power))")
_RIGHT_SEX = lazy_compile(
    r"\s*(?:%|per ?cent)\s+(?:(?:of (?:the |all )?(?:patients|participants|subjects|them) )?were\s+)?"
    r"(?:wom[ae]n|m[ae]n|(?:fe)?males?|boys|girls)\b",
    re.I,
)
"""What makes a share one of a sex, which is no outcome: "75% were males"."""
_RIGHT_LEVEL = Headed("%-(Ccp", r"\s*%?\s*[-(]?\s*(?:CI\b|(?i:confidence|credible)|power)")
_PEOPLE = rf"(?:{PERSONS}|eyes|deaths?|events?|episodes?)"
_RIGHT_PEOPLE = lazy_compile(rf"\s+(?:(?!per\b)\w+\s+){{0,2}}?(?P<who>{_PEOPLE})\b", re.I)
_LEFT_LIST = lazy_compile(r"(?:\band|[,;:])\s*\Z", re.I)
_LEFT_GROUP = Cued("among the|of the", r"(?:\A|[.;,]|\b(?:and|while|whereas|but))\s*(?:of|among) the\s*\Z", re.I)
_RIGHT_GROUP = lazy_compile(
    rf"\s+(?:{PERSONS}\s+)?(?:who\s+(?:were\s+|had\s+)?)?(?:on|given|receiving|received|taking|took|treated with"
    r"|(?:randomly\s+)?(?:assigned|allocated|randomi[sz]ed) to)\b",
    re.I,
)
_RIGHT_GIVEN = lazy_compile(
    r"\s+(?:received|were (?:\w+ )?(?:given|assigned|allocated|randomi[sz]ed|treated)|to receive"
    rf"|to (?!{HEAD_COUNT}|baseline|week|month|day|year|age)[a-z]{{4,}})\b",
    re.I,
)
_NONE_OF = lazy_compile(rf"\s+of\s+(?:the\s+|those\s+|all\s+)?(?:\d|(?:[\w-]+\s+)?{PERSONS}\b)", re.I)
"""What "none" counts as participants; "none of the events" and "none of these" count something else, or nothing."""
_RIGHT_SHARE = lazy_compile(r"\s*[\[(]\s*\d+(?:[.·]\d+)?\s*%")
_RIGHT_OF = lazy_compile(r"\s*(?:/|of|out of|of the)\s*(?:the\s+)?\d")
_LEFT_OF = lazy_compile(r"(?:\b(?:of|out of)(?: the| all)?\s*|/\s*)\Z", re.I)
_COUNTED_OF = lazy_compile(
    r"(?:\d|%|[)\]]|\b(?:none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:\w+)teen|(?:\w+)ty(?:-\w+)?))"
    r"\s*(?:of|out of)(?: the| all)?\s*\Z|\d\s*/\s*\Z",
    re.I,
)
_SHARE_OF = lazy_compile(r"(?:\d|%|[)\]])\s*\w*\s*of\s*\Z")
_RATIO = lazy_compile(r"\s?:\s?\d")
_LEFT_RATIO = lazy_compile(r"\d\s?:\s?\Z")
_MILLION = Headed("mtMT", r"\s*(?P<word>million|thousand)\b", re.I)
_DISPERSION_MARK = lazy_compile(r"(?:±|\+\s?/\s?[-−–]|\+-|\bSD|\bSE|\bSEM|\bs\.d\.)\s*[:=,]?\s*\Z")
_DISPERSION_ENDS = ("±", "-", "−", "–", "SD", "SE", "SEM", "s.d.")
"""What a mark of dispersion ends in, but for what parts it from its number."""
_RATE = lazy_compile(
    r"\s+(?:[a-z-]+\s+){0,3}per\s+(?:10{1,6}|10[ ,]000|100[ ,]000|thousand|hundred|million)?\s?"
    r"(?:(?:person|patient|participant|subject|woman|child|infant|resident)s?['’]?|(?<=0 )[a-z]+)[\s-]"
    r"(?:years?|months?|weeks?|days?)\b(?:\s+(?:of|at) (?:exposure|follow-up|risk))?", re.I,
)  # fmt: skip
"""What makes a number a rate over time."""


def typed_numbers(text: str, start: int, end: int, units: dict[str, tuple[str, str | None]]) -> list[Typed]:
    """The numbers of a sentence, each typed once, in order. p-values and intervals carry their second part as such."""
    numbers = find_numbers(text, start, end)
    if not numbers:
        return []
    claimed = _claimed(text, start, end)
    claimed += [(day.start, day.end, Kind.DATE) for day in find_dates(text, start, end)]
    claimed += [(a, b, Kind.DATE) for a, b in days_of_months(text, start, end)]
    claimed += [(a, b, Kind.OTHER) for a, b in clock_times(text, start, end)]
    units = units_here(text, start, end, units)
    found: list[Typed] = []
    for number in numbers:
        kind = next((kind for a, b, kind in claimed if a < number.end <= b), None) if claimed else None
        if kind is None and found and found[-1].kind is Kind.AGE and text[found[-1].end : number.start] == " (":
            found.append(Typed(number.start, number.end, number.end, number.value, Kind.AGE))
        elif kind is None:
            found.append(_typed(text, start, end, number, units))
        else:
            found.append(Typed(number.start, number.end, number.end, number.value, kind))
    return _with_rates(text, found, end)


def _with_rates(text: str, found: list[Typed], end: int) -> list[Typed]:
    """The numbers with the words of a rate in the one before them: "29.1 events per 1000 person-years" is one value."""
    out: list[Typed] = []
    covered = 0
    for one in found:
        if one.start < covered:
            out.append(one._replace(kind=Kind.OTHER))
            continue
        rate = _RATE.match(text, one.raw_end, end) if one.kind is Kind.VALUE else None
        covered = rate.end() if rate else covered
        out.append(one._replace(end=rate.end()) if rate else one)
    return out


@lru_cache(maxsize=256)
def p_spans(text: str, start: int, end: int) -> tuple[tuple[int, int, str, str], ...]:
    """The p-values behind a sign: where they begin and end, the sign, and the number as written."""
    out: list[tuple[int, int, str, str]] = []
    for head in _P.finditer(text, start, end):
        out.append((*head.span(), head["mod"].lower(), head["num"]))
        at = head.end()
        while following := _P_NEXT.match(text, at, end):
            at = following.end()
            kind = "num" if following["num"] else "bare"
            begin = following.start("mod") if following["num"] else following.start("bare")
            out.append((begin, at, following["mod"] or "=", following[kind]))
    out += [(*bare.span(), "=", bare[1]) for bare in _P_BARE.finditer(text, start, end)]
    return tuple(sorted(out))


@lru_cache(maxsize=256)
def listed_p_values(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans of p-values that follow a head without a sign: "P values for X and Y were .018 and .015"."""
    heads = _P_LIST.finditer(text, start, end)
    return tuple(found.span() for head in heads for found in _P_NUMBER.finditer(text, head.end(), end))


def _claimed(text: str, start: int, end: int) -> list[tuple[int, int, Kind]]:
    """The spans of p-values and intervals, whose numbers are typed by their heads."""
    spans = [(a, b, Kind.P_VALUE) for a, b, _, _ in p_spans(text, start, end)]
    spans += [(a, b, Kind.P_VALUE) for a, b in listed_p_values(text, start, end)]
    for found in _CI.finditer(text, start, end):
        spans.append((found.start("low"), found.end("high"), Kind.INTERVAL))
        if found["pct"]:
            spans.append((found.start("pct"), found.end("pct"), Kind.LEVEL))
    return spans


def _typed(text: str, start: int, end: int, number: Number, units: dict[str, tuple[str, str | None]]) -> Typed:
    """One number typed by its neighbours."""
    left, right = text[max(start, number.start - 48) : number.start], text[number.end : min(end, number.end + 48)]
    base = Typed(number.start, number.end, number.end, number.value, Kind.OTHER, word=number.word)
    head = right.lstrip()[:1]
    if head in _MILLION.heads and (million := _MILLION.match(right)):
        base = base._replace(
            value=number.value * (1e6 if million["word"].lower() == "million" else 1e3),
            end=number.end + million.end(),
        )
        right = right[million.end() :]
        head = right.lstrip()[:1]
    kind = _context_kind(left, right, head, number)
    if kind is not None:
        return _with_time_unit(_of(base, kind=kind), right) if kind in (Kind.TIME, Kind.AGE) else _of(base, kind=kind)
    if left.rstrip().rstrip(":=,").rstrip().endswith(_DISPERSION_ENDS) and _DISPERSION_MARK.search(left):
        unit, stop = unit_of(right, base.end, units)
        return _of(base, kind=Kind.DISPERSION, unit=unit, end=stop)
    if head in _RIGHT_PERCENT.heads and (percent := _RIGHT_PERCENT.match(right)):
        kind = Kind.THRESHOLD if _is_threshold(left) or _RIGHT_THRESHOLD.match(right) else Kind.PERCENT
        kind = Kind.OTHER if _RIGHT_SEX.match(right) else kind
        return _of(base, kind=kind, unit="%", end=base.end + percent.end())
    return _measured(left, right, head, base, units)


def _of(base: Typed, kind: Kind, unit: str | None = None, end: int | None = None) -> Typed:
    """A number with what is now known of it; `dataclasses.replace` would take as long as the patterns that decide."""
    return Typed(base.start, end or base.end, base.raw_end, base.value, kind, unit, base.word, base.modifier)


def _context_kind(left: str, right: str, head: str, number: Number) -> Kind | None:
    """The kind that the neighbours alone decide, before units are looked at. `head` is the first sign behind."""
    if head in _RIGHT_LEVEL.heads and _RIGHT_LEVEL.match(right) and not number.word:
        return Kind.LEVEL
    before = left.rstrip()
    last = before[-1:]
    if last in _SIGNS and _LEFT_SIZE.search(left):
        return Kind.SIZE
    if (head == ":" and _RATIO.match(right)) or (last == ":" and _LEFT_RATIO.search(left)):
        return Kind.RATIO
    if head in _RIGHT_AGE.heads and _RIGHT_AGE.match(right):
        return Kind.AGE
    lowered = before.lower()
    if "age" in lowered and _LEFT_AGE.search(left) and not _RIGHT_PERCENT.match(right):
        return Kind.AGE
    if (head in _RIGHT_SETS.heads and _RIGHT_SETS.match(right)) or lowered.endswith(" per"):
        return Kind.OTHER
    if head in _RIGHT_TIME.heads and _RIGHT_TIME.match(right) and _LEFT_LISTED_TIME.search(left):
        return Kind.TIME
    if head in _CLOCK.heads and _CLOCK.match(right):
        return Kind.TIME
    listed = head in _RIGHT_LISTED_TIME.heads and _RIGHT_LISTED_TIME.match(right)
    if listed and (head == "-" or _LEFT_TIME.search(left) or _LEFT_LISTED_TIME.search(left)):
        return Kind.TIME
    if lowered.endswith(_POINT_ENDS) and _LEFT_TIME_POINT.search(left) and not _RIGHT_PERCENT.match(right):
        counted = _TIMES_OVER.search(left) and (_RIGHT_SHARE.match(right) or _RIGHT_OF.match(right))
        return None if counted or (_LISTED.search(left) and _RIGHT_UNIT.match(right)) else Kind.TIME
    return Kind.NAME if is_name(left, right, lowered, number.value) else None


def _is_threshold(left: str) -> bool:
    """Whether the words before a number make it a threshold: "at least", "more than", "≥"."""
    last = left.rstrip().rstrip("-−").rstrip().lower()
    return last.endswith(_THRESHOLD_ENDS) and bool(_LEFT_THRESHOLD.search(left))


def _with_time_unit(base: Typed, right: str) -> Typed:
    """A time with its unit taken in."""
    found = _RIGHT_TIME.match(right)
    return _of(base, base.kind, unit=found["unit"].lower(), end=base.end + found.end()) if found else base


def _measured(left: str, right: str, head: str, base: Typed, units: dict[str, tuple[str, str | None]]) -> Typed:
    """A number that carries a unit, counts people, or stands bare. `head` is the first sign behind it."""
    worded = head not in _SIGNS_BEHIND
    if head in _RIGHT_TIME.heads and (time := _RIGHT_TIME.match(right)):
        hyphen = right[:1] in "-‐‑"
        timed = not is_lasting(left) and (hyphen or _LEFT_TIME.search(left) or _RIGHT_OFF.match(right, time.end()))
        kind = Kind.TIME if timed else Kind.VALUE
        return _of(base, kind=kind, unit=time_word(time["unit"]), end=base.end + time.end())
    if head in _RIGHT_FOLD.heads and _RIGHT_FOLD.match(right):
        return _of(base, kind=Kind.OTHER)
    if _is_threshold(left) or ((worded or head == "%") and _RIGHT_THRESHOLD.match(right)):
        return _of(base, kind=Kind.THRESHOLD)
    if head in DOSE_UNIT.heads and (dose := DOSE_UNIT.match(right)):
        return _of(base, kind=Kind.DOSE, unit=PER_KG.sub("/kg", dose["unit"]), end=base.end + dose.end())
    whole = base.value == int(base.value) and base.value >= 0
    if whole and _LEFT_GROUP.search(left) and _RIGHT_GROUP.match(right):
        return _of(base, kind=Kind.DENOMINATOR)
    if whole and _LEFT_OF.search(left) and not base.word and _is_denominator(left, right):
        return _of(base, kind=Kind.DENOMINATOR)
    if base.word and base.value == 0:
        return _of(base, kind=Kind.COUNT, unit="participants") if _NONE_OF.match(right) else _of(base, kind=Kind.OTHER)
    if whole and (_RIGHT_SHARE.match(right) or _RIGHT_OF.match(right) or _RIGHT_PEOPLE.match(right)):
        return _of(base, kind=Kind.COUNT, unit="participants")
    if base.word:
        counted = whole and _LEFT_LIST.search(left) and _RIGHT_GIVEN.match(right)
        return _of(base, kind=Kind.COUNT, unit="participants") if counted else _of(base, kind=Kind.OTHER)
    if _LEFT_YEAR.search(left) and _DATE_YEAR.match(f"{base.value:g}"):
        return _of(base, kind=Kind.DATE)
    unit, stop = unit_of(right, base.end, units) if worded or head == "%" else (None, base.end)
    return _of(base, kind=Kind.VALUE, unit=unit, end=stop)


def _is_denominator(left: str, right: str) -> bool:
    """Whether "of N" follows a count or a share ("37 (18%) of 199"), so that N is the size of an arm."""
    return bool(_COUNTED_OF.search(left)) or bool(_RIGHT_PEOPLE.match(right) and _SHARE_OF.search(left))
