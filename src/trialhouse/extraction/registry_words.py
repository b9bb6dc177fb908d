"""What a registry's results section writes, in our words: numbers, statistics, spreads, effects, populations.

Closed lists are those of ClinicalTrials.gov's API v2 and of its form for results. Where the registry lets people write
what they like (the kind of an estimate), only wordings that mean one thing are taken; any other is null, with the words
beside it.
"""

import math
import re
from enum import StrEnum
from typing import TypeVar

from trialhouse.model.enums import DispersionType, Effect, PModifier, Statistic
from trialhouse.text.lazy_patterns import lazy_compile

Word = TypeVar("Word", bound=StrEnum)

_NUMBER = lazy_compile(
    r"(?:p(?:[\s-]?values?)?\s*)?(?P<sign><=|>=|[=<>≤≥⩽⩾])?\s*"
    r"(?P<number>[-+−]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?)\s*%?",
    re.I,
)
_MODIFIERS = {"<": PModifier.LESS, "≤": PModifier.LESS, "⩽": PModifier.LESS, "<=": PModifier.LESS}
_MODIFIERS |= {">": PModifier.GREATER, "≥": PModifier.GREATER, "⩾": PModifier.GREATER, ">=": PModifier.GREATER}

_STATISTICS = {
    "COUNT_OF_PARTICIPANTS": Statistic.COUNT,
    "COUNT_OF_UNITS": Statistic.COUNT,
    "NUMBER": Statistic.NUMBER,
    "MEAN": Statistic.MEAN,
    "MEDIAN": Statistic.MEDIAN,
    "LEAST_SQUARES_MEAN": Statistic.LEAST_SQUARES_MEAN,
    "GEOMETRIC_MEAN": Statistic.GEOMETRIC_MEAN,
    "GEOMETRIC_LEAST_SQUARES_MEAN": Statistic.GEOMETRIC_LEAST_SQUARES_MEAN,
    "LOG_MEAN": Statistic.LOG_MEAN,
}
_PEOPLE_PERCENT = lazy_compile(
    r"(?:percent(?:age)?s?|%|per cent)(?: of)?(?: all)? \(?(?:participants?|patients?|subjects?)\)?", re.I
)
_DISPERSIONS = {
    "standard deviation": DispersionType.SD,
    "standard error": DispersionType.SE,
    "standard error of mean": DispersionType.SE,
    "standard error of the mean": DispersionType.SE,
    "inter quartile range": DispersionType.IQR,
    "interquartile range": DispersionType.IQR,
    "full range": DispersionType.RANGE,
    "geometric coefficient": DispersionType.GEOMETRIC_COEFFICIENT,
    "geometric coefficient of variation": DispersionType.GEOMETRIC_COEFFICIENT,
}
_INTERVAL = lazy_compile(r"(?:confidence )?(?P<level>\d{2,3}(?:\.\d+)?|other)?\s?%?(?: confidence interval)?", re.I)
_EFFECTS = {
    Effect.HAZARD_RATIO: ("hazard ratio", "hazard ratio hr", "hr", "cox proportional hazard"),
    Effect.HAZARD_RATIO_LOG: ("hazard ratio log", "log hazard ratio"),
    Effect.ODDS_RATIO: ("odds ratio", "odds ratio or", "or"),
    Effect.ODDS_RATIO_LOG: ("odds ratio log", "log odds ratio"),
    Effect.RISK_RATIO: ("risk ratio", "risk ratio rr", "rr", "relative risk", "relative risk rr"),
    Effect.RISK_RATIO_LOG: ("risk ratio log", "log risk ratio"),
    Effect.RATE_RATIO: ("rate ratio", "incidence rate ratio", "incidence rate ratio irr", "event rate ratio"),
    Effect.GEOMETRIC_MEAN_RATIO: ("geometric mean ratio", "ratio of geometric means", "geometric mean ratio gmr"),
    Effect.RISK_DIFFERENCE: (
        "risk difference", "risk difference rd", "difference in proportions", "difference in proportion",
        "difference in percentages", "difference in percentage of participants", "difference in response rates",
        "percentage difference in participants", "difference in percentages of participants", "proportion difference",
    ),
    Effect.RATE_DIFFERENCE: ("rate difference", "incidence rate difference"),
    Effect.MEAN_DIFFERENCE: (
        "mean difference final values", "mean difference net", "mean difference", "difference in means",
        "difference of means", "treatment difference in means",
    ),
    Effect.MEDIAN_DIFFERENCE: (
        "median difference final values", "median difference net", "median difference", "difference in medians",
    ),
    Effect.LS_MEAN_DIFFERENCE: (
        "ls mean difference", "least squares mean difference", "least square mean difference", "lsm difference",
        "difference in ls means", "difference in least squares means", "difference in lsm", "difference of ls means",
        "ls means difference", "difference in ls mean", "difference in least squares mean",
        "least squares means difference", "least squares mean difference final values",
        "ls mean difference final values",
    ),
    Effect.SLOPE: ("slope",),
}  # fmt: skip
_EFFECT_OF = {wording: effect for effect, wordings in _EFFECTS.items() for wording in wordings}
_POPULATIONS = {
    "MITT": lazy_compile(
        r"\bm-?ITT\b|\bmodified[\s-]+(?:full[\s-]+)?(?:intent(?:ion)?[\s-]+to[\s-]+treat\b|ITT\b)", re.I
    ),
    "PER_PROTOCOL": lazy_compile(r"\bper[\s-]+protocol\b|\bPPS?\b(?= (?:population|set|analysis))", re.I),
    "SAFETY": lazy_compile(r"\bsafety (?:analysis )?(?:population|set)\b", re.I),
    "ITT": lazy_compile(r"\bintent(?:ion)?[\s-]+to[\s-]+treat\b|\bITT\b", re.I),
}


def read_number(words: str) -> tuple[float, PModifier | None] | None:
    """A posted number and whether it is a bound: "1,234", "-0.7", ".33", "<0.1", "P = 0.03", "5.2E-5", "45%".

    None where the words are more or other than one number ("NA", "0,05", "12 (3)").
    """
    found = _NUMBER.fullmatch(words.replace("\\", "").strip())
    if not found:
        return None
    value = float(found["number"].replace(",", "").replace("−", "-"))
    return (value, _MODIFIERS.get(found["sign"] or "")) if math.isfinite(value) else None


def member(vocabulary: type[Word], word: str | None) -> Word | None:
    """The member of an enumeration, or None for a word that it does not have."""
    return vocabulary(word) if word in {one.value for one in vocabulary} else None


def statistic_of(param_type: str | None, unit: str | None) -> Statistic | None:
    """The statistic of a measure. A NUMBER whose unit is a percentage of participants is a PERCENT."""
    statistic = _STATISTICS.get(param_type or "")
    if statistic is Statistic.NUMBER and unit and _PEOPLE_PERCENT.fullmatch(" ".join(unit.split())):
        return Statistic.PERCENT
    return statistic


def dispersion_of(words: str | None) -> tuple[DispersionType | None, float | None]:
    """The kind of spread and, of a confidence interval, its level in percent.

    The words are those of the form ("95% Confidence Interval") or of the enumeration (CONFIDENCE_95, CONFIDENCE_975).
    """
    plain = _plain(words or "", keep=".%")
    if plain in _DISPERSIONS:
        return _DISPERSIONS[plain], None
    found = _INTERVAL.fullmatch(plain)
    if not found or "confidence" not in plain:
        return None, None
    level = found["level"]
    if not level or level == "other":
        return DispersionType.CI, None
    return DispersionType.CI, float(level) / 10 if len(level) == 3 and level.isdigit() else float(level)


def effect_of(words: str | None) -> Effect | None:
    """The kind of an estimate, where its wording means one thing."""
    return _EFFECT_OF.get(_plain(words or ""))


def population_of(words: str | None) -> str | None:
    """The analysis population that a description names, where it names just one; else the description as written."""
    if not words:
        return None
    rest, named = words, []
    for name, pattern in _POPULATIONS.items():
        if pattern.search(rest):
            named.append(name)
            rest = pattern.sub(" ", rest)
    return named[0] if len(named) == 1 else words


def _plain(words: str, keep: str = "") -> str:
    """Words in lower case with single spaces and without signs."""
    return " ".join(re.sub(rf"[^a-z0-9{re.escape(keep)}]+", " ", words.lower()).split())
