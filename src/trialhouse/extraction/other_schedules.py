"""Schedules of a treatment in another language, in the words of the contract, and when two schedules are the same."""

from trialhouse.extraction.language_words import SCHEDULES, Schedules
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.sentences import sentences

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375}
ALMOST = 0.1
"""Intervals that differ by less are the same: four weeks are called a month."""
LONGEST_CLAUSE = 200
"""Characters on either side of a schedule that are looked at for what it is a schedule of."""
_TIMES = {2: "twice", 3: "three times", 4: "four times"}
_CLAUSE = lazy_compile(r"[,，;；、:：。\n]|\.\s")
_WORDS = lazy_compile(r"every (?:(?P<n>\d+)|(?P<other>other)) (?P<unit>day|week|month)s?\Z")
_OFTEN = lazy_compile(r"(?P<times>once|twice|three times|four times) (?P<unit>daily|weekly)\Z")

Said = tuple[str, int, int]
"""A schedule in the words of the contract, and where it stands."""


def schedules_in(text: str, start: int, end: int, language: str) -> list[Said]:
    """The schedules of treatment that `text[start:end]` states in a language, in order; none of an unknown language.

    How often patients are seen or tested is no schedule of treatment, and neither is how long it lasts. A schedule
    that can be read in two ways is none.
    """
    words = SCHEDULES.get(language)
    if words is None:
        return []
    found: list[Said] = []
    for begin, stop in sentences(text, start, end):
        if not words.given.search(text, begin, stop):
            continue
        said = _every(words, text, begin, stop) + _phrases(words, text, begin, stop)
        found += [one for one in said if not words.seen.search(_clause(text, one, begin, stop))]
    return sorted(set(found), key=lambda one: one[1:])


def _every(words: Schedules, text: str, start: int, end: int) -> list[Said]:
    found = []
    for match in words.every.finditer(text, start, end):
        groups = match.groupdict()
        number = _count(words, groups["n"])
        times = _count(words, groups.get("times"))
        if number is None or times is None:
            continue
        if "times" in groups and not groups["n"] and not groups["times"] and words.units[match["unit"]] == "day":
            continue  # "a day" without a number of times is an amount as often as a schedule
        if groups.get("gap"):
            if number != 1:
                continue  # "leaving out two weeks" is every second or every third week
            number = 2
        said = in_words(times, number, words.units[match["unit"].lower()])
        if said:
            found.append((said, match.start(), match.end()))
    return found


def _phrases(words: Schedules, text: str, start: int, end: int) -> list[Said]:
    return [
        (said, match.start(), match.end())
        for pattern, meaning in words.fixed
        if (said := in_words(*meaning))
        for match in pattern.finditer(text, start, end)
    ]


def _count(words: Schedules, word: str | None) -> int | None:
    """The number that a word is; 1 where none is said."""
    if word is None:
        return 1
    return int(word) if word.isdigit() else words.counts.get(word.lower())


def _clause(text: str, said: Said, start: int, end: int) -> str:
    """The clause that holds a schedule."""
    start, end = max(start, said[1] - LONGEST_CLAUSE), min(end, said[2] + LONGEST_CLAUSE)
    before = [match.end() for match in _CLAUSE.finditer(text, start, said[1])]
    after = _CLAUSE.search(text, said[2], end)
    return text[before[-1] if before else start : after.start() if after else end]


def in_words(times: int, number: int, unit: str) -> str | None:
    """A schedule in the words of the contract, or None where they have none for it."""
    if number < 1:
        return None
    if times == 1:
        if unit == "day" and number <= 2:
            return "once daily" if number == 1 else "every other day"
        return f"every {number} {unit}{'s' * (number > 1)}"
    adverb = {"day": "daily", "week": "weekly"}.get(unit)
    return f"{_TIMES[times]} {adverb}" if times in _TIMES and number == 1 and adverb else None


def same_schedule(one: str, other: str) -> bool:
    """Whether two schedules in the contract's words are the same in effect; in other words they are compared as text.

    One dose every two days is one every other day, and one every month is one every four weeks.
    """
    days = days_between(one), days_between(other)
    if days[0] is None or days[1] is None:
        return one.casefold() == other.casefold()
    return abs(days[0] - days[1]) <= ALMOST * max(days[0], days[1])


def days_between(schedule: str) -> float | None:
    """The days from one dose to the next on average, or None where the words do not say."""
    if match := _WORDS.match(schedule):
        return (2 if match["other"] else int(match["n"])) * DAYS[match["unit"]]
    if match := _OFTEN.match(schedule):
        times = {"once": 1, **{word: count for count, word in _TIMES.items()}}[match["times"]]
        return (1.0 if match["unit"] == "daily" else 7.0) / times
    return None
