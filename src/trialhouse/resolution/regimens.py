"""How a drug is given, as arms are told apart by it: the level of its dose in words, how often, and by which route."""

import re
from collections.abc import Iterable

from trialhouse.model.extraction import InterventionClaim
from trialhouse.text.lazy_patterns import lazy_compile

Regimen = frozenset[tuple[str, str, str | float]]
"""What is said of each drug: its name, of what it is said (LEVEL, INTERVAL, ROUTE), and what."""

LEVEL, INTERVAL, ROUTE = "level", "interval", "route"

ONCE = float("inf")
"""The interval of what is given a single time."""

TOLERANCE = 0.1
"""A month and four weeks, three months and twelve weeks are one interval; four weeks and six are two."""

_LEVEL = lazy_compile(
    r"\b(high|low|mid|middle|medium|intermediate|moderate|full|half|standard)(?:er|est)?[ -]+dos(?:e|es|age)s?\b"
    r"|\bdose[: -]+(high|low|middle|medium|intermediate)\b",
    re.I,
)
_MIDDLE = {"mid", "medium", "intermediate", "moderate"}

_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375}
_TIMES = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "thrice": 3, "four": 4}
_EVERY = lazy_compile(r"(?:once )?every (?:(\d+(?:\.\d+)?|other) )?(hour|day|week|month)s?")
_A_DAY = lazy_compile(
    r"(?:(once|twice|thrice)|(?:(one|two|three|four) times))?(?: (?:a|per|each|every))? ?"
    r"(daily|weekly|monthly|day|week|month)"
)
_UNITS = {"daily": "day", "weekly": "week", "monthly": "month"}


def without_level(name: str) -> str:
    """A name without "high dose", "low-dose" and the like."""
    return " ".join(_LEVEL.sub(" ", name).split())


def level_of(words: str) -> str | None:
    """The level of a dose that words name ("high-dose velomarib"), or None where they name none or several."""
    found = {(one[1] or one[2]).casefold() for one in _LEVEL.finditer(words)}
    found = {"middle" if level in _MIDDLE else level for level in found}
    return found.pop() if len(found) == 1 else None


def interval_of(frequency: str | None) -> float | None:
    """The days from one dose to the next; ONCE for a single one; None for words that say it in another way."""
    words = " ".join((frequency or "").casefold().split())
    if words in {"single dose", "once", "one time", "single"}:
        return ONCE
    every = _EVERY.fullmatch(words)
    if every:
        number = 2.0 if every[1] == "other" else float(every[1] or 1)
        return number * _DAYS[every[2]] or None
    a_day = _A_DAY.fullmatch(words)
    if a_day and (a_day[3] in _UNITS or a_day[1] or a_day[2]):
        return _DAYS[_UNITS.get(a_day[3], a_day[3])] / _TIMES[a_day[1] or a_day[2] or "once"]
    return None


def regimen_of(label: str, given: Iterable[tuple[tuple[str, ...], InterventionClaim]]) -> Regimen:
    """What is said of the drugs of an arm: `given` are its interventions with the names that they are compared by.

    The level that a label names is of its only drug.
    """
    found: set[tuple[str, str, str | float]] = set()
    drugs = set()
    for names, one in given:
        drugs |= set(names)
        if len(names) == 1:
            said = (LEVEL, level_of(one.name)), (INTERVAL, interval_of(one.frequency)), (ROUTE, one.route)
            found |= {(names[0], what, value) for what, value in said if value is not None}
    level = level_of(label)
    if len(drugs) == 1 and level is not None:
        found.add((drugs.pop(), LEVEL, level))
    return frozenset(found)


def contradict(one: Regimen, other: Regimen, what: str) -> bool:
    """Whether two arms' documents say another thing of one drug: another level, interval or route of all they say."""
    mine, theirs = ({(name, value) for name, of, value in said if of == what} for said in (one, other))
    shared = {name for name, _ in mine} & {name for name, _ in theirs}
    return any(
        not any(_alike(a, b) for drug, a in mine if drug == name for other_drug, b in theirs if other_drug == name)
        for name in shared
    )


def _alike(one: str | float, other: str | float) -> bool:
    if isinstance(one, str) or isinstance(other, str) or ONCE in (one, other):
        return one == other
    return abs(one - other) <= TOLERANCE * max(one, other)
