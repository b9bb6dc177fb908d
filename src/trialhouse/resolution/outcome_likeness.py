"""How well two descriptions of an outcome fit: the measure, its time frame, the population and the subgroup.

A registry writes "Change from Baseline in Percent Predicted FVC, Baseline, week 48, all randomized" where an abstract
says that FVC rose by 3.1 points at week 48. What one of them leaves out rules nothing out, and joins them only where
nothing else fits; what both say and say differently keeps them apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trialhouse.model.enums import Effect, OutcomeType, Statistic
from trialhouse.model.extraction import OutcomeClaim
from trialhouse.resolution.measure_likeness import Measure, MeasureNames
from trialhouse.resolution.registered_outcomes import SAME_TIME
from trialhouse.resolution.wording import folded
from trialhouse.text.lazy_patterns import lazy_compile

EXACT, CLOSE, LEFT_OUT, TOLD, APART = 4, 3, 2, 1, 0
"""How well a part fits: the same; the same but for rounding; left out on one side; not to be told; another one."""

SHARE, LEVEL, TIME = "share", "level", "time"
"""What is counted of a measure: who has it, how much of it each has, how long it takes until it comes."""

_PEOPLE = r"(?:participants|patients|subjects|people)"
_EFFECT = lazy_compile(
    r"^(?:the )?(?:hazard|risk|rate|odds|relative|mean|absolute)(?: ratio| risk| difference)s? (?:for|of|in) ", re.I
)
_FORMS = (
    (TIME, lazy_compile(r"\btime (?:to|until|from)\b|\bsurvival\b|^(?:the )?hazard ratio", re.I)),
    (
        SHARE,
        lazy_compile(
            rf"\bproportion|\bpercent(?:age)? of (?:all )?{_PEOPLE}|\bincidence\b|\bresponders?\b|\bachiev"
            rf"|response rate|\bnumber (?:\(?%\)? )?(?:and percentage )?of {_PEOPLE}",
            re.I,
        ),
    ),
    (LEVEL, lazy_compile(r"\bchange\b|\bmean\b|\bmedian\b", re.I)),
)
_FORM_OF_STATISTIC = {
    Statistic.COUNT: SHARE, Statistic.PERCENT: SHARE, Statistic.MEAN: LEVEL, Statistic.LEAST_SQUARES_MEAN: LEVEL,
    Statistic.GEOMETRIC_MEAN: LEVEL,
}  # fmt: skip
_FORM_OF_EFFECT = {
    Effect.HAZARD_RATIO: TIME, Effect.RISK_RATIO: SHARE, Effect.ODDS_RATIO: SHARE, Effect.RISK_DIFFERENCE: SHARE,
    Effect.MEAN_DIFFERENCE: LEVEL, Effect.LS_MEAN_DIFFERENCE: LEVEL,
}  # fmt: skip

_TIMES = lazy_compile(
    r"\b(?:at|by|through|until|to|over|after|from|within|up to|during)?\s*(?:the )?"
    r"(?:(?:week|month|day|year|visit)s?\s*\d+(?:\s*(?:-|to|and|,|or)\s*\d+)*|\d+(?:\.\d+)?[\s-]*(?:week|month|day|year|hour)s?)\b",
    re.I,
)
_NUMBER = lazy_compile(r"\d+(?:\.\d+)?")
_UNITS = lazy_compile(r"\b(hour|day|week|month|year)s?\b", re.I)

_SAYS_NOTHING = frozenset(
    """
    a an the and for with of in to at by from on as is are was were than per its their who that
    change baseline mean median average number percentage percent proportion rate time first incidence occurrence
    participant patient subject people person week month day year visit disease any all each assessed measured
    least square adjusted value total difference
    """.split()
)
"""Words that say nothing of which measure is meant; plurals without their s."""

_INTENDED = "ITT"


@dataclass(frozen=True)
class OutcomeFacts:
    """What an outcome is known by in one claim; `is_effect`: it is called by an effect, "hazard ratio for death".

    `words` say what is measured; `beside` are those of them that stand in no name of the vocabulary.
    """

    key: tuple[object, ...]
    measure: Measure
    words: frozenset[str]
    beside: frozenset[str]
    numbers: frozenset[str]
    forms: frozenset[str]
    weeks: float | None
    frame: str | None
    population: str | None
    subgroup: str | None
    occurrence: int | None
    is_adverse_event: bool | None
    is_effect: bool


def facts_of(key: tuple[object, ...], claim: OutcomeClaim, names: MeasureNames) -> OutcomeFacts:
    """The facts of a claim; `key` is the one that it is grouped by within its document."""
    plain = _TIMES.sub(" ", _EFFECT.sub("", claim.measure))
    measure = names.measure(claim.measure, claim.norm)
    words = names.measure(plain).tokens
    beside = {word for word in names.beside_names(plain) if word not in _SAYS_NOTHING and not _NUMBER.fullmatch(word)}
    of_names = {number for norm in measure.norms for number in _NUMBER.findall(norm)}
    return OutcomeFacts(
        key=key,
        measure=measure,
        words=frozenset(word for word in words if word not in _SAYS_NOTHING and not _NUMBER.fullmatch(word)),
        beside=frozenset(beside),
        numbers=frozenset(_NUMBER.findall(plain)) - of_names,
        forms=frozenset(_forms(claim)),
        weeks=claim.time_frame_weeks,
        frame=folded(claim.time_frame),
        population=folded(claim.population),
        subgroup=folded(claim.subgroup),
        occurrence=claim.occurrence,
        is_adverse_event=None if claim.outcome_type is None else claim.outcome_type is OutcomeType.ADVERSE_EVENT,
        is_effect=_EFFECT.search(claim.measure) is not None,
    )


def _forms(claim: OutcomeClaim) -> Iterable[str]:
    """What the words say is counted; where they do not, the numbers."""
    said = [form for form, words in _FORMS if words.search(claim.measure)]
    if said:
        return said
    found = [_FORM_OF_STATISTIC.get(one.statistic) for one in claim.measurements if one.statistic]
    found += [_FORM_OF_EFFECT.get(one.effect) for one in claim.analyses if one.effect]
    return {form for form in found if form is not None}


def is_effect_on(one: OutcomeFacts, other: OutcomeFacts) -> bool:
    """Whether an outcome of a document is no other than one that the document gives numbers of: an effect on it."""
    says_nothing_else = one.weeks is None and one.frame is None and one.population in (None, other.population)
    is_it = one.is_effect and not other.is_effect and bool(one.words) and one.words == other.words
    return is_it and says_nothing_else and (one.subgroup, one.numbers) == (other.subgroup, other.numbers)


def fit(one: OutcomeFacts, other: OutcomeFacts) -> int:
    """How well two claims of different documents fit, as well as the part that fits least."""
    if one.key == other.key:
        return EXACT + 1
    if one.subgroup != other.subgroup or one.occurrence != other.occurrence:
        return APART
    if None not in (one.is_adverse_event, other.is_adverse_event) and one.is_adverse_event != other.is_adverse_event:
        return APART
    found = EXACT
    for part in (_fit_of_measures, _fit_of_times, _fit_of_populations):
        found = min(found, part(one, other))
        if found == APART:
            break
    return found


def _fit_of_measures(one: OutcomeFacts, other: OutcomeFacts) -> int:
    """The same words; the same name of the vocabulary, and no other; or the same words that say something."""
    if one.measure.tokens == other.measure.tokens:
        return EXACT
    if one.numbers != other.numbers or one.measure.is_composite or other.measure.is_composite:
        return APART
    if one.measure.norms != other.measure.norms or len(one.measure.norms) > 1:
        return APART
    forms = _fit_of_forms(one.forms, other.forms)
    if one.words == other.words and one.words:
        return min(CLOSE, forms)
    if not one.measure.norms:
        return APART
    if one.beside == other.beside:
        return min(CLOSE, forms)
    # "percent predicted FVC" may be the FVC of an abstract; "supine FVC" is not "home-measured FVC".
    return min(LEFT_OUT, forms) if one.beside <= other.beside or other.beside <= one.beside else APART


def _fit_of_forms(one: frozenset[str], other: frozenset[str]) -> int:
    """Who has it and how much of it are two outcomes; both are told of what comes in time."""
    if not one or not other:
        return LEFT_OUT
    if one & other:
        return CLOSE
    return LEFT_OUT if TIME in one | other and LEVEL not in one | other else APART


def _fit_of_times(one: OutcomeFacts, other: OutcomeFacts) -> int:
    if one.weeks is not None and other.weeks is not None:
        difference, longer = abs(one.weeks - other.weeks), max(one.weeks, other.weeks)
        if difference < 1 / 7 / 2:
            return EXACT
        units = [set(_UNITS.findall((facts.frame or "").casefold())) for facts in (one, other)]
        # Week 24 and week 26 are two visits; week 24 and six months may be one.
        return CLOSE if difference <= SAME_TIME * longer and not units[0] & units[1] else APART
    if one.frame == other.frame and one.weeks == other.weeks:
        return EXACT
    said = [facts.frame is not None or facts.weeks is not None for facts in (one, other)]
    return TOLD if all(said) else LEFT_OUT


def _fit_of_populations(one: OutcomeFacts, other: OutcomeFacts) -> int:
    if one.population == other.population:
        return EXACT
    if None not in (one.population, other.population):
        return APART
    return CLOSE if folded(_INTENDED) in (one.population, other.population) else LEFT_OUT
