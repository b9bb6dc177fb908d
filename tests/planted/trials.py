"""Made-up trials as a warehouse meets them: their documents, what was read from each, and the rows of it."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from tests.planted import counted, followed, measured
from tests.planted.designs import Plan, made_plan
from tests.planted.reports import notice, paper, registry_record
from tests.planted.results import Groups, Result, left_over
from tests.planted.writing import journal_style
from trialhouse.config_files import read_trust_config
from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import Row, RowSet, TrialRedirectRow, TrialRow
from trialhouse.model.vocabulary import MeasureTerm, Vocabulary
from trialhouse.resolution.resolve import Reading, resolve
from trialhouse.resources import data_root

Made = Callable[[random.Random, Groups], Result]

MEASURES: dict[str, Callable[..., Result]] = {
    "clinical remission": counted.responders,
    "ACR20 response": counted.responders,
    "relapse": counted.responders,
    "serious adverse events": counted.responders,
    "HbA1c": partial(measured.changes, unit="%"),
    "body weight": partial(measured.changes, unit="kg"),
    "pain score": partial(measured.changes, unit="points"),
    "systolic blood pressure": partial(measured.scores, unit="mmHg"),
    "quality of life": partial(measured.scores, unit="points"),
    "length of hospital stay": measured.stays,
    "time on ventilator": measured.stays,
    "days without oxygen": measured.shares_of_days,
    "worst toxicity": counted.grades,
    "overall survival": followed.survivals,
    "progression-free survival": followed.survivals,
    "Kaplan-Meier estimate of staying without relapse": followed.event_free,
    "exacerbations": counted.rates,
    "peak concentration": measured.concentrations,
}


PAPERS = [DocumentKind.ABSTRACT, DocumentKind.FULLTEXT]
OTHER_MEASURES = ("ACR50 response",)
"""Measures that only faults put into a trial."""
TRUST = read_trust_config(data_root() / "config" / "trust.toml")
VOCABULARY = Vocabulary(
    measures=tuple(MeasureTerm(name=name, norm=name.lower()) for name in (*MEASURES, *OTHER_MEASURES))
)


@dataclass
class MadeTrial:
    """One trial with its readings; `rows` are those that resolution makes of them."""

    plan: Plan
    results: tuple[Result, ...]
    readings: tuple[Reading, ...]
    rows: list[Row] = field(default_factory=list)

    @property
    def trial_id(self) -> str:
        return next(row.trial_id for row in self.rows if isinstance(row, TrialRow))


def made_trial(rng: random.Random, number: int) -> MadeTrial:
    """A trial with what was written of it, and the rows of all that."""
    plan = made_plan(rng, number)
    results = _results(rng, plan) if plan.has_results else ()
    known = rng.choice(["both", "both", "both", "registry", "paper", "stale"]) if results else "stale"
    if plan.design == "withdrawn":
        known = "registry"
    readings = []
    if known != "paper":
        readings.append(
            registry_record(plan, _planned(results) if known == "stale" else results, is_stale=known == "stale")
        )
    if known != "registry" and results:
        # A paper does not tell all that the registry has.
        told = results[: rng.randint(1, len(results))] if known == "both" else results
        readings += _papers(rng, _treated(rng, plan) if known == "both" else plan, told)
    return read_again(MadeTrial(plan, results, tuple(readings)))


def _papers(rng: random.Random, plan: Plan, told: tuple[Result, ...]) -> list[Reading]:
    """The abstract or the full text, or both in the roundings of two databases; now and then a notice or a sequel."""
    kinds = rng.choice([[DocumentKind.ABSTRACT], [DocumentKind.ABSTRACT], [DocumentKind.FULLTEXT], PAPERS])
    papers = [paper(rng, plan, told, journal_style(rng), kind) for kind in kinds]
    if rng.random() < 0.05:
        papers.append(notice(plan, rng.choice(["COMMENT_ON", "CITES"])))
    if rng.random() < 0.08 and plan.design in ("parallel", "unequal"):
        later = [replace(one, weeks=one.weeks * 4, is_primary=not i) for i, one in enumerate(reversed(told))]
        title = f"{plan.title}: {rng.choice(['long-term follow-up', 'a post hoc analysis', 'an extension study'])}"
        papers.append(paper(rng, replace(plan, title=title), later, journal_style(rng), DocumentKind.PREPRINT))
    return papers


def _planned(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """Outcomes as they were planned: without numbers, and for no population in particular."""
    mains = [one for one in results if one.subgroup is None and not one.is_baseline]
    plans = {one.norm: replace(one, numbers=(), comparisons=(), population=None) for one in reversed(mains)}
    return tuple(plans[norm] for norm in dict.fromkeys(one.norm for one in mains))


def _treated(rng: random.Random, plan: Plan) -> Plan:
    """The plan as some papers tell it: of those who were treated, who are one or two less in a large arm."""
    if plan.design not in ("parallel", "unequal") or rng.random() < 0.8:
        return plan
    arms = tuple(replace(a, n=max(a.analysed or 0, (a.n or 0) - (a.n or 0) // 60)) for a in plan.arms)
    return replace(plan, arms=arms, enrollment=sum(arm.n or 0 for arm in arms))


def _results(rng: random.Random, plan: Plan) -> tuple[Result, ...]:
    """Two to five outcomes of the trial, the first one primary; a measure that its numbers do not allow is left out."""
    made: list[Result] = []
    for measure in rng.sample(sorted(MEASURES), rng.randint(2, 5)):
        sizes = plan.groups.sizes
        if not plan.groups.is_paired and rng.random() < 0.4:
            sizes = left_over(rng, sizes, 0.06)
        groups = replace(plan.groups, sizes=sizes)
        try:
            result = MEASURES[measure](rng, groups, weeks=float(plan.weeks), measure=measure)
        except ValueError:
            continue
        population = rng.choice(["ITT", "ITT", "MITT", None])
        is_change = any(number.is_change for number in result.numbers)
        words = rng.choice(
            [measure, f"{measure[0].upper()}{measure[1:]} at week {plan.weeks}", f"{measure}, all visits"]
        )
        words = f"Change in {measure}" if is_change else words
        result = replace(result, measure=words, norm=measure.lower(), is_primary=not made, population=population)
        made.append(result)
        if plan.groups.is_non_inferiority and result.is_primary:
            made.append(replace(result, population="PER_PROTOCOL"))
        if rng.random() < 0.1 and not plan.groups.is_paired and not result.is_primary:
            few = replace(groups, sizes=left_over(rng, groups.sizes, 0.5))
            made.append(_in_subgroup(rng, measure, few, result))
    if rng.random() < 0.4:
        made.append(replace(counted.people(rng, plan.groups, measure="women"), norm="women"))
    return tuple(made) if any(one.is_primary for one in made) else _results(rng, plan)


def _in_subgroup(rng: random.Random, measure: str, groups: Groups, whole: Result) -> Result:
    """The same measure in some of the participants, where their number allows it."""
    try:
        part = MEASURES[measure](rng, groups, weeks=whole.weeks, measure=measure)
    except ValueError:
        return replace(whole, comparisons=(), subgroup="all sites but one")
    return replace(part, measure=whole.measure, norm=whole.norm, population=whole.population, subgroup="women")


def read_again(trial: MadeTrial) -> MadeTrial:
    """The trial with the rows of its readings; what it was merged from in earlier releases stays."""
    merged = [row for row in trial.rows if isinstance(row, TrialRedirectRow)]
    return replace(trial, rows=[*rows_of(trial.readings), *merged])


def rows_of(readings: Iterable[Reading]) -> RowSet:
    """The rows of `main` that resolution makes of these readings."""
    return resolve(list(readings), VOCABULARY, _may_be_passed_on, trust=TRUST)


def _may_be_passed_on(document: Document) -> bool:
    return document.receipt.license is not None and document.text_mining_reservation is None
