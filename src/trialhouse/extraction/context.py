"""What a number is about: its measure, time frame and population."""

import re
from functools import lru_cache
from typing import NamedTuple

from trialhouse.extraction.clock_times import clock_times
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.measure_names import Span, known_measures, name_measure
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.subgroups import parts, subgroup_of
from trialhouse.extraction.terms import Mention
from trialhouse.extraction.times import WEEKS, lengths, points
from trialhouse.text.cues import Cued, lower_text
from trialhouse.text.lazy_patterns import lazy_compile

_BREAK = Cued(";|whereas|while|but|although", r"(?=[;wba])(?:;|\b(?:whereas|while|but|although)\b)", re.I)
POPULATIONS = (
    (
        "MITT",
        Cued("mitt|modified", r"\bmITT\b|\bmodified[\s-]+(?:full[\s-]+)?intent(?:ion)?[\s-]+to[\s-]+treat\b", re.I),
    ),
    (
        "PER_PROTOCOL",
        Cued(
            "protocol|pp",
            r"\bper[\s-]protocol\b|(?-i:\bPP\b)(?=[\s)]*(?:populations?\b|set\b|analysis\b|[\d),:]))",
            re.I,
        ),
    ),
    ("SAFETY", Cued("safety", r"\bsafety (?:population|set|analysis set)\b", re.I)),
    ("ITT", Cued("intent|itt", r"\bintent(?:ion)?[\s-]+to[\s-]+treat\b|\bITT\b", re.I)),
)
_HEADS_RESULTS = lazy_compile(
    r"(?=[•*cporskme-])(?:[•*-]\s*)?(?:(?:(?:co-?)?primary|secondary|key|main|other|efficacy)\s+){0,2}"
    r"(?:outcomes?|end[\s-]?points?|results?)\b",
    re.I,
)
_PARTED = lazy_compile(r"[,;abw](?:(?<=[,;])|(?<=\b.)(?:(?<=a)nd|(?<=b)ut|(?<=w)h(?:ile|ereas))\b)")
_OF_ALL_VALUES = lazy_compile(
    r"\d(?:[^,;:()]|\([^,;:()]*\))*\b(?:at|by|after|within|from baseline to)\s+(?:the\s+)?\Z", re.I
)
"""Behind the first of several values, the only time told: "fell by 8 (SD 2) at week 12 on A, and by 5 on B"."""
_DAY = 0.2
"""Weeks; what is shorter is stated in hours, or is one day."""
_OF_SCHEDULE = Cued(
    "+/-|<|>|after |age|each|every|is|past|than|vs|was|were|±|≤|≥",
    r"(?:\b(?:every|each|was|were|is|age[ds]?|vs\.?|past|after (?:[a-z]+ ){1,2}at|(?:long|short|few|earli|lat)er than"
    r"|(?:more|less) than)|[≥≤<>±]|\+/-)\s*\Z",
    re.I,
)
_NO_TIME = lazy_compile(
    r"\s*(?:of age|old|(?:of )?gestation\w*|post-?menstrual)\b|[\s-]*cycles?\b"
    r"|[\s-]+(?:(?:treatment|therapy|antibiotic|course|regimen|dosing)[\s-]+)?(?:groups?|arms?|regimens?|schedules?)\b"
)
_COMPARED = lazy_compile(r"\s*(?:vs|versus)\b")
_AT = lazy_compile(r"\b(?:at|by|after|within)\s+\Z", re.I)
_OF_GESTATION = lazy_compile(
    r"\b(?:gestation(?:al)?\b[^.;()]{0,30}|(?:born|(?:pre-?term )?(?:birth|delivery)|delivered|pregnan\w+)\s+"
    r"(?:at|before|after|prior to|earlier than|beyond|at or before|under|from|between|of|<|>|≥|≤)\s+"
    r"(?:\d\d\s+(?:weeks?\s+)?(?:to|and|or|-|–)\s+)?)\Z",
    re.I,
)
"""What makes weeks an age of pregnancy: "born before 32 weeks", "a gestational age of 28 to 36 weeks"."""
_DOSED_IN = lazy_compile(
    r"\)?\s*(?:(?:of|in|on|for) )?(?:(?:each|every) \d+[\s-](?:days?|weeks?)\b"
    r"|(?:(?:each|every|an?|the|\d+) )?(?:\d+[\s-](?:days?|weeks?) |[a-z]+ )?cycles?\b)",
    re.I,
)
"""What follows on the days of a schedule: "days 1-21 of a 28-day cycle", "day 1 every 3 weeks"."""
_DOSED_BEFORE = lazy_compile(
    r"(?:\d\s?(?:[mµμ]?g|mcg|IU|U)(?:/(?:m2|m²|kg|day))?|\b(?:orally|daily|intravenously|subcutaneously|given"
    r"|administered|dos(?:e[sd]?|ing)))[\s,]*\(?\s*(?:on\s+)?\Z",
    re.I,
)
_FROM_FIRST = lazy_compile(r"days\s+1\b", re.I)
_PHASE = lazy_compile(r"\b(?:phase|period|window|interval|stage|acute|early|first|induction)\s+\(\Z", re.I)
_FOLLOW_UP = lazy_compile(r"\b(?:(?:median|mean) )?follow-?up (?:\w+ )?of\s+(?:about |approximately )?\Z", re.I)
_TO_EVENT = Cued("median|surviv|time to|duration", r"\b(?:median|surviv|time to\b|duration)", re.I)
_OTHER_TIMES = lazy_compile(r"\b(?:at|after)\s+(?:\d{1,3}\s*,\s*){0,6}\d{1,3}\s*,?\s*(?:and|or)\s+\Z", re.I)
_AT_BOTH = lazy_compile(r"\bboth\s+(?:at\s+)?\Z", re.I)
_TWO_TIMES = lazy_compile(r"\d\s*(?:,|and|or)\s*(?:week\s+)?\d", re.I)
_OF_AGE = lazy_compile(r"\bage[ds]?\b[^.;]{0,50}\Z", re.I)
_OF_A_MEASURE = lazy_compile(
    r"\s+(?:(?:mean|diurnal|average|ambulatory|office|home|blood|systolic|diastolic|post\w+|urin\w+|plasma"
    r"|intraocular|free|total|dietary|cortisol|protein|albumin|sodium|potassium|calcium|oxalate|citrate|creatinine)\s+){0,4}"
    r"(?:IOP|SBP|DBP|ABPM|dietary|collections?|output|pressures?|curves?|fluctuations?|glucose|profiles?|efficacy|control|recall|monitoring|BP|values?|excretion|proteinuria|UPCR|UACR|"
    r"urine|ECG|Holter|AUC|range)\b"
)
"""What stands behind an attributive number of hours that is part of a measure's name: "24-hour IOP"."""
_BETWEEN = lazy_compile(r"\b(?:week|month|day|year)s?\b", re.I)


class About(NamedTuple):
    """What some numbers of one sentence are about, with the places it was read from."""

    measure: str
    norm: str | None
    measure_at: tuple[int, int]
    time_frame: str | None
    weeks: float | None
    time_at: tuple[int, int] | None
    population: str | None
    population_at: tuple[int, int] | None
    window: tuple[int, int]
    kind: str | None
    subgroup: str | None = None
    subgroup_at: tuple[int, int] | None = None
    key: str | None = None
    """The norm by which the text declares the measure, also where a threshold makes it another one."""
    carried: bool = False
    is_guess: bool = False


def times_in(text: str, begin: int, end: int) -> list[tuple[float, int, int]]:
    """Points and lengths of time in a stretch, in order, each place once."""
    return list(_times_in(text, begin, end))


@lru_cache(maxsize=256)
def _times_in(text: str, begin: int, end: int) -> tuple[tuple[float, int, int], ...]:
    """The same, found once: every number of a sentence asks for its times."""
    found = sorted(points(text, begin, end) + lengths(text, begin, end), key=lambda one: one[1])
    out: list[tuple[float, int, int]] = []
    for one in found:
        if not out or one[1] >= out[-1][2]:
            out.append(one)
    clocks = clock_times(text, begin, end) if out else ()
    return tuple(
        one
        for one in out
        if not _is_schedule(text, one) and not any(start < one[2] and one[1] < stop for start, stop in clocks)
    )


def about(
    matter: Matter,
    sentence: Sentence,
    span: Span,
    window: Span,
    *,
    refs: list[Span] | None = None,
    last: About | None = None,
    primary: Mention | None = None,
) -> About:
    """What the numbers at `span` are about; `window` is where the neighbouring bound numbers end and begin.

    `refs` are the places of the sentence that name arms; `last` is what the numbers before were about, which a
    sentence that says "the drop" or "corresponding figures" takes its measure from.
    """
    text = matter.reading.text
    clause = _clause(text, sentence, span)
    inner = (max(window[0], clause[0]), min(window[1], clause[1]))
    found = parts(matter, sentence, refs or [])
    part = subgroup_of(text, span, (_own_start(text, sentence, window, span), window[1]), found)
    of_them = (max(inner[0], part[1]), inner[1]) if part and part[1] <= span[0] else inner
    people = sorted([*(refs or []), *found])
    named = name_measure(matter, sentence, span, of_them, refs=people, carried=_mention_of(last), primary=primary)
    measure = named.mention
    time = _time(text, sentence, span, inner, matter.said[sentence.index].numbers)
    population = _population(text, sentence, span, clause, window)
    weeks, frame, time_at = (time[0], text[time[1] : time[2]], time[1:]) if time else (None, None, None)
    if named.carried and last:
        if weeks is None:
            weeks, frame, time_at = last.weeks, last.time_frame, last.time_at
        population = population or (
            (last.population, *last.population_at) if last.population and last.population_at else None
        )
        part = part or last.subgroup_at
    return About(
        measure=text[measure.start : measure.end],
        norm=measure.norm if measure.is_known else None,
        measure_at=(measure.start, measure.end),
        time_frame=frame,
        weeks=weeks,
        time_at=time_at,
        population=population[0] if population else None,
        population_at=population[1:] if population else None,
        window=inner,
        kind=measure.kind,
        subgroup=text[part[0] : part[1]] if part else None,
        subgroup_at=part,
        key=named.key,
        carried=named.carried,
        is_guess=named.is_guess,
    )


def heading(matter: Matter, sentence: Sentence) -> tuple[Mention, tuple[float, int, int] | None] | None:
    """The measure and time of a line that heads results: "Primary endpoint, week 24: remission", "Results: pain"."""
    text = matter.reading.text
    head = _HEADS_RESULTS.match(text, sentence.start, sentence.end)
    if not head:
        return None
    named = [m for m in known_measures(matter, sentence) if m.start >= head.end()]
    times = times_in(text, sentence.start, sentence.end)
    if not named:
        return None
    return named[0], times[0] if len(times) == 1 else None


def _mention_of(last: About | None) -> Mention | None:
    """The measure that was read last, as a mention."""
    if last is None:
        return None
    return Mention(*last.measure_at, last.norm or last.measure, last.kind, is_known=last.norm is not None)


def _clause(text: str, sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """The clause of a sentence around a span."""
    begin, end = sentence.start, sentence.end
    for match in _BREAK.finditer(text, sentence.start, sentence.end):
        if match.end() <= span[0] and text.count("(", match.end(), span[0]) <= text.count(")", match.end(), span[0]):
            begin = match.end()
        elif match.start() >= span[1]:
            end = match.start()
            break
    return begin, end


def _time(
    text: str, sentence: Sentence, span: Span, inner: Span, numbers: tuple[Typed, ...]
) -> tuple[float, int, int] | None:
    """The time of the numbers, with the words that say that it is a median; None where it is one of several."""
    time = _nearest_time(text, sentence, span, inner, numbers)
    if time is None:
        return None
    before = text[max(sentence.start, time[1] - 40) : time[1]]
    if (_TWO_TIMES.search(text, time[1], time[2]) or _OTHER_TIMES.search(before)) and not _AT_BOTH.search(before):
        return None
    followed = _FOLLOW_UP.search(before)
    return (time[0], time[1] - len(followed[0]), time[2]) if followed else time


def _nearest_time(
    text: str, sentence: Sentence, span: Span, inner: Span, numbers: tuple[Typed, ...]
) -> tuple[float, int, int] | None:
    """The time nearest the numbers: last before them in their stretch, else first behind, else the only one."""
    values = [(n.start, n.end) for n in numbers if n.kind in (Kind.VALUE, Kind.PERCENT, Kind.INTERVAL)]
    every = times_in(text, sentence.start, sentence.end)
    if any(t[0] > 1 for t in every):
        every = [t for t in every if not _is_hour(text, t)]
    found = [t for t in every if not any(a < t[2] and t[1] < b for a, b in values)]
    found = [t for t in found if not _is_no_visit(text, t, span)]
    inside = [t for t in found if span[0] <= t[1] < span[1]]
    found = [t for t in found if t not in inside]
    low = _own_start(text, sentence, inner, span)
    before = [t for t in found if low <= t[1] and t[2] <= span[0]]
    behind = [t for t in found if span[1] <= t[1] and t[2] <= inner[1]]
    if before:
        return before[-1]
    if behind:
        return behind[0]
    earlier = [t for t in found if t[2] <= span[0]]
    if low > inner[0] and earlier:
        return None if len(earlier) > 1 else earlier[0]
    if not earlier and len(inside) == 1 and len(found) == 0:
        return inside[0] if _OF_ALL_VALUES.search(text, span[0], inside[0][1]) else None
    return earlier[0] if len(earlier) == 1 else None


def _is_no_visit(text: str, time: tuple[float, int, int], span: Span) -> bool:
    """Whether a time is how long people were followed until an event, which is when none of the numbers was taken."""
    followed = _FOLLOW_UP.search(text, max(0, time[1] - 40), time[1]) is not None
    return followed and _TO_EVENT.search(text, time[2], max(time[2], span[1])) is not None


def _is_hour(text: str, time: tuple[float, int, int]) -> bool:
    """Whether a time is an hour of a visit, which tells less than the visit: "at 3 months, (hour 0)"."""
    return text[time[1] : time[1] + 4].lower() == "hour"


def _own_start(text: str, sentence: Sentence, inner: Span, span: Span) -> int:
    """Where the words of these numbers begin behind other numbers: after the comma or "and" that parts them."""
    if inner[0] <= sentence.start:
        return inner[0]
    parts = _PARTED.search(text[inner[0] : span[0]])
    return inner[0] + parts.end() if parts else inner[0]


def _is_schedule(text: str, time: tuple[float, int, int]) -> bool:
    """Whether a time is a schedule, a value or part of a name: "every 2 weeks", "12 days vs 10", "24-hour IOP"."""
    before, behind = text[max(0, time[1] - 24) : time[1]], text[time[2] : time[2] + 12]
    if time[0] < _DAY and (_OF_A_MEASURE.match(text, time[2]) or _is_hour_of_visit(text, time)):
        return True
    if text[time[1]] in "dD" and _is_dosing_day(text, time):
        return True
    if 4 < time[0] < 45 and _OF_GESTATION.search(text, max(0, time[1] - 60), time[1]):
        return True
    if time[0] > WEEKS["year"] and _OF_AGE.search(text, max(0, time[1] - 60), time[1]):
        return True
    if _COMPARED.match(behind) and not _AT.search(before):
        return True
    return bool(_OF_SCHEDULE.search(before)) or bool(_NO_TIME.match(text, time[2]))


def _is_dosing_day(text: str, time: tuple[float, int, int]) -> bool:
    """Whether days are those on which a drug was given: "X 25 mg (days 1-21)", "on day 1 of each cycle".

    Days that count from the first one in a bracket of their own are, unless the bracket says when a phase was.
    """
    if _DOSED_IN.match(text, time[2]):
        return True
    before = text[max(0, time[1] - 30) : time[1]]
    first = _FROM_FIRST.match(text, time[1], time[2]) is not None
    alone = before.endswith("(") and text[time[2] : time[2] + 1] == ")" and not _PHASE.search(before)
    return first and (alone or _DOSED_BEFORE.search(before) is not None)


def _is_hour_of_visit(text: str, time: tuple[float, int, int]) -> bool:
    """Whether a time is an hour told in a bracket of its own: "the morning trough (hour 0)"."""
    return text[time[1] - 1 : time[1]] == "(" and text[time[2] : time[2] + 1] == ")"


def populations(text: str, begin: int, end: int) -> list[tuple[str, int, int]]:
    """The analysis populations named in a stretch, in order, each place once."""
    found = sorted(
        (match.start(), rank, name, match.end())
        for rank, (name, pattern) in enumerate(POPULATIONS)
        for match in pattern.finditer(text, begin, end)
    )
    kept = [one for i, one in enumerate(found) if not any(o[0] <= one[0] < o[3] and o[1] < one[1] for o in found[:i])]
    return [(one[2], one[0], one[3]) for one in kept]


def _population(text: str, sentence: Sentence, span: Span, clause: Span, window: Span) -> tuple[str, int, int] | None:
    """The analysis population named beside the numbers, in their clause, or in the sentence before them."""
    words = lower_text(sentence.words)
    if not any(pattern.is_cued(words) for _, pattern in POPULATIONS):
        return None
    near = (max(clause[0], window[0]), min(clause[1], window[1]))
    own = (_own_start(text, sentence, near, span), near[1])
    for begin, end in (own, near, clause, (sentence.start, span[0])):
        kept = populations(text, begin, end)
        if kept:
            return min(kept, key=lambda one: min(abs(one[1] - span[0]), abs(one[1] - span[1])))
    return None
