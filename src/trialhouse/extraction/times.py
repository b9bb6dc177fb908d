"""Spans of time in words: to weeks, and the schedule of a treatment in the words of the contract."""

import re

from trialhouse.extraction.people import PEOPLE
from trialhouse.text.cues import Cued, holds
from trialhouse.text.numbers import value_in_words
from trialhouse.text.word_starts import at_word
from trialhouse.text.words import in_lower_case

WEEKS = {"hour": 1 / 168, "day": 1 / 7, "week": 1.0, "month": 30.4375 / 7, "year": 365.25 / 7}
"""Weeks in a unit of time: a month is 30.4375 days and a year 365.25."""
_ORDINALS = {"a": 1.0, "other": 2.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "sixth": 6.0, "eighth": 8.0}
_UNIT = {
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "w": "week",
    "wk": "week",
    "mo": "month",
    "m": "month",
    "y": "year",
    "yr": "year",
}
_EVERY = Cued(
    "every|each|q",
    r"\b(?:once\s+)?(?:every|each|q)[\s-]*(?P<n>\d+|two|three|four|six|eight|twelve|other|second|third|fourth|sixth|eighth)?[\s-]*"
    r"(?P<unit>days?|weeks?|months?|wks?|mo|d|w)\b",
    re.IGNORECASE,
)
_OF_A_COUNT = (
    r"(?!\s+(?:(?!(?:for|over|in|on|to|at|or|and|during|until|with|plus|of|from|by)\b)[a-z-]+[ -]){0,3}?"
    r"(?:days?|hours?|attacks?|headaches?|migraines?|seizures?|episodes?|exacerbations?|relapses|events|rates?"
    r"|frequency|scores?|numbers?|counts?|averages?|means?|values|use|intake|consumption|pain|symptoms?|visits?"
    r"|assessments?|measurements?|questionnaires?|diar(?:y|ies)|reports?|calls?)\b)"
)
"""What does not follow on a schedule: "monthly migraine days" are counted a month, and nothing is given so often."""
_OFTEN = (
    (Cued("single|one|once",
        r"\b(?:a\s+)?single[- ](?:dose|injection|infusion|administration|intravenous|subcutaneous|oral)"
        r"|\bone (?:\w+ )?(?:dose|injection|infusion) of\b|\bonce only\b", re.I),
     "single dose"),
    (Cued("twice|times|b.i|bid|bi.d", r"\b(?:twice|two times|2 times)[\s-]+(?:daily|a day|per day|each day)"
        r"|\bb\.?i\.?d\b", re.I), "twice daily"),
    (Cued("times|thrice|t.i|tid|ti.d", r"\b(?:three times|thrice)[\s-]+(?:daily|a day|per day|each day)"
        r"|\bt\.?i\.?d\b", re.I), "three times daily"),
    (Cued("times|q.i|qid|qi.d",
        r"\b(?:four times)[\s-]+(?:daily|a day|per day)|\bq\.?i\.?d\b", re.I), "four times daily"),
    (Cued("once|one time|q.d|qd|every day", r"\b(?:once|one time)[\s-]+(?:daily|a day|per day|each day)|\bq\.?d\b(?!\.)"
        r"|\bevery day\b", re.I), "once daily"),
    (Cued("week", rf"\b(?:once[\s-]+weekly|once a week|weekly)\b{_OF_A_COUNT}", re.I), "every 1 week"),
    (Cued("week", r"\b(?:twice[\s-]+weekly|twice a week)\b", re.I), "twice weekly"),
    (Cued("month", rf"\b(?:once[\s-]+monthly|once a month|monthly)\b{_OF_A_COUNT}", re.I), "every 1 month"),
    (Cued("daily|day", rf"{at_word('daily', 'per day', 'a day', before='(?:(?<=g )|(?<=, ))')}\b", re.I), "once daily"),
)  # fmt: skip
_OFTEN_CUES = tuple(dict.fromkeys(cue for pattern, _ in _OFTEN for cue in pattern.cues))
_TY = r"ty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
_BEGINS = r"(?<![A-Za-z/\d].)(?<!\d[.·].)(?<![A-Za-z]-.)"
_LASTS = r"(?:[\s-]+(?P<unit>hours?|days?|weeks?|months?|years?)|[ -](?P<short>hrs?|h|wks?|mo|yrs?)(?!/))\b"
_LENGTH = Cued(
    "hour|day|week|month|year| h|-h|hr|wk|mo|yr",
    rf"(?P<n>\d{_BEGINS}\d*(?:[.·]\d+)?){_LASTS}",
    re.IGNORECASE,
)
_LENGTH_IN_WORDS = Cued(
    "one|two|three|ten|twelve|twent|thirt|four|five|fift|fort|six|seven|eight|eleven|nine",
    rf"(?P<n>(?-i:[otfsenOTFSEN]){_BEGINS}(?:(?<=o)ne"
    rf"|(?<=t)(?:wo|hree|en|welve|(?:wen|hir){_TY})|(?<=f)(?:our(?:teen)?|ive|ifteen|(?:or|if){_TY})"
    rf"|(?<=s)(?:ix|even)(?:teen|{_TY})?|(?<=e)(?:ight(?:een)?|leven|igh{_TY})|(?<=n)ine(?:teen|{_TY})?)){_LASTS}",
    re.IGNORECASE,
)
_NO_TIME = rf"(?!\d|[.·]\d|\s*%|[\s-]*(?:[munkµμ]?g|mcg|IU|U|m[Ll]|points?|million|{PEOPLE})\b)"
"""What keeps a number behind a time from being another: "at week 24, 900 mcg", "at week 12 and 40 patients"."""
_POINT = Cued(
    "hour|day|week|month|year",
    rf"(?P<unit>{at_word('hour', 'day', 'week', 'month', 'year')})s?\s+(?P<n>\d+(?:\.\d+)?)"
    rf"(?:\s*(?:and|or|through|to|-|–)\s*(?:week\s+)?(?P<m>\d+){_NO_TIME}"
    rf"|\s*,\s*(?P<l>\d+){_NO_TIME}(?=\s*(?:,|(?:and|or)\s+\d+{_NO_TIME}|[).;:]|\Z)))?",
    re.I,
)


def count_of(word: str) -> float | None:
    """The number that a digit string or a number word stands for: "12", "six", "ninety", "second"."""
    lower = word.lower().replace("·", ".")
    if lower[:1].isdigit():
        return float(lower)
    value = value_in_words(lower)
    return _ORDINALS.get(lower) if value is None else float(value)


def unit_of(word: str) -> str:
    """The unit of time that a word means: hour, day, week, month or year."""
    lower = in_lower_case(word)
    return _UNIT.get(lower) or _UNIT.get(lower.rstrip("s")) or lower.rstrip("s")


def to_weeks(count: float, unit: str) -> float:
    """A length of time in weeks, rounded to four places."""
    return round(count * WEEKS[unit_of(unit)], 4)


def schedule(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The first schedule in `text[start:end]` as (the contract's words, start, end), or None."""
    found: list[tuple[int, int, str]] = []
    for match in _EVERY.finditer(text, start, end):
        number = match["n"].lower() if match["n"] else None
        unit = unit_of(match["unit"])
        if number in ("other", "second") and unit == "day":
            said = "every other day"
        elif number is None:
            said = "once daily" if unit == "day" else f"every 1 {unit}"
        else:
            count = count_of(number)
            said = f"every {count:g} {unit}s"
        found.append((match.start(), match.end(), said))
    stretch = text[start:end].lower()
    for pattern, said in _OFTEN if holds(stretch, _OFTEN_CUES) else ():
        if pattern.is_cued(stretch):
            found += [(match.start(), match.end(), said) for match in pattern.pattern.finditer(text, start, end)]
    if not found:
        return None
    begin, stop, said = min(found, key=lambda one: (one[0], -one[1]))
    return said, begin, stop


def lengths(text: str, start: int, end: int) -> list[tuple[float, int, int]]:
    """All lengths of time in `text[start:end]` as (weeks, start, end): "28 days", "12-week", "two weeks"."""
    found = []
    for match in sorted(
        (*_LENGTH.finditer(text, start, end), *_LENGTH_IN_WORDS.finditer(text, start, end)), key=re.Match.start
    ):
        count = count_of(match["n"])
        if count is not None:
            found.append((to_weeks(count, match["unit"] or match["short"]), match.start(), match.end()))
    return found


def points(text: str, start: int, end: int) -> list[tuple[float, int, int]]:
    """All points in time in `text[start:end]` as (weeks, start, end): "week 24", "day 28"; of a range its later end."""
    found = []
    for match in _POINT.finditer(text, start, end):
        later = match["m"] or match["l"]
        count = float(later or match["n"])
        if not later or count > float(match["n"]):
            found.append((to_weeks(count, match["unit"]), match.start(), match.end()))
        else:
            found.append((to_weeks(float(match["n"]), match["unit"]), match.start(), match.end("n")))
    return found
