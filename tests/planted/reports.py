"""The documents of made-up trials and what is read from them: registry records and papers, claims with evidence."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.planted.designs import Arm, Plan
from tests.planted.results import Comparison, Number, Result
from tests.planted.writing import REGISTRY, Page, Style, round_half_up
from trialhouse.model.document import Document, OwnNotice, Receipt, Zone
from trialhouse.model.enums import DocumentKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import (
    AnalysisClaim,
    ArmClaim,
    DocumentFacts,
    Extraction,
    InterventionClaim,
    MeasurementClaim,
    OutcomeClaim,
    TrialClaim,
)
from trialhouse.model.ids import text_sha256
from trialhouse.resolution.reading import Reading

FETCHED = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
SOURCE_OF_KIND = {
    DocumentKind.REGISTRY: "ctgov",
    DocumentKind.ABSTRACT: "pubmed",
    DocumentKind.FULLTEXT: "europepmc",
    DocumentKind.PREPRINT: "europepmc",
    DocumentKind.NOTICE: "pubmed",
}


def reading(plan: Plan, kind: DocumentKind, page: Page, claims: dict[str, Any], **facts: Any) -> Reading:
    """A document and what was read from it."""
    source, record_id = SOURCE_OF_KIND[kind], f"{plan.registry_id}-{kind.value}"
    text = page.text
    receipt = Receipt(
        source=source,
        record_id=record_id,
        locator=f"https://example.org/{record_id}",
        fetched_at=FETCHED,
        sha256=text_sha256(text),
        size_bytes=len(text.encode()),
        license="CC0-1.0" if plan.number % 3 else None,
    )
    document = Document(document_id=record_id, receipt=receipt, format="text", kind=kind, text=text, **facts)
    extraction = Extraction(id=record_id, text_sha256=text_sha256(text), document=DocumentFacts(kind=kind), **claims)
    return Reading(document, (extraction,), "made", "1")


def registry_record(plan: Plan, results: Sequence[Result], *, is_stale: bool = False) -> Reading:
    """A registry record, with results where there are some; a stale one is as it was when the trial began."""
    page = Page()
    said: dict[str, Any] = {
        "registry_ids": (plan.registry_id,),
        "title": plan.title,
        "study_type": "OBSERVATIONAL" if plan.design == "cohort" else "INTERVENTIONAL",
        "phase": plan.phase,
        "allocation": _allocation(plan),
        "intervention_model": _model(plan),
        "masking": plan.masking,
        "enrollment": plan.enrollment + 40 if is_stale else plan.enrollment,
        "enrollment_type": "ESTIMATED" if is_stale else "ACTUAL",
        "countries": plan.countries,
        "conditions": (plan.condition,),
        "sponsor": plan.sponsor,
        "start_date": plan.start.isoformat(),
        "completion_date": plan.completed.isoformat()[:7],
        "overall_status": "WITHDRAWN" if plan.design == "withdrawn" else "RECRUITING" if is_stale else "COMPLETED",
    }
    evidence = {field: page.cell(f"protocolSection.{field}", value) for field, value in said.items()}
    groups = [replace(arm, n=None, analysed=None) if is_stale else arm for arm in plan.arms]
    arms = tuple(_arm_claim(arm, key, page, is_registry=True) for key, arm in enumerate(groups))
    outcomes = tuple(_outcome(result, plan, page, REGISTRY, is_registry=True) for result in results)
    claims = {"trial": TrialClaim(**said, evidence=evidence), "arms": arms, "outcomes": outcomes}
    return reading(plan, DocumentKind.REGISTRY, page, claims, title=plan.title, language="en")


def paper(rng: random.Random, plan: Plan, results: Sequence[Result], style: Style, kind: DocumentKind) -> Reading:
    """A paper in the style of its journal; its dates are less precise than those of the registry."""
    page = Page()
    page.say(plan.title + ".", end="\n")
    body = len(page.text)
    said: dict[str, Any] = {
        "registry_ids": (plan.registry_id,),
        "acronym": plan.acronym,
        "allocation": _allocation(plan),
        "allocation_ratio": _ratio(plan) if rng.random() < 0.7 else None,
        "intervention_model": _model(plan),
        "placebo_controlled": any(arm.drug == "placebo" for arm in plan.arms) or None,
        "enrollment": plan.enrollment,
        "site_count": plan.sites,
        "countries": plan.countries,
        "conditions": (plan.condition,),
        "start_date": plan.start.isoformat()[: rng.choice([4, 7, 10])],
        "enrollment_end_date": plan.enrolled.isoformat()[: rng.choice([4, 7, 10])],
    }
    said = {field: value for field, value in said.items() if value is not None}
    people = f"{plan.enrollment:,}" if plan.enrollment >= 1000 else str(plan.enrollment)
    opening = page.say(
        f"{plan.acronym} ({plan.registry_id}) assigned {people} patients with {plan.condition} at {plan.sites} sites "
        f"in {', '.join(plan.countries)} from {said['start_date']} to {said['enrollment_end_date']}"
        + (f", in a ratio of {said['allocation_ratio']}." if "allocation_ratio" in said else ".")
    )
    arms = tuple(_arm_claim(arm, key, page, is_registry=False) for key, arm in enumerate(plan.arms))
    outcomes = tuple(_outcome(result, plan, page, style, is_registry=False) for result in results)
    trial = TrialClaim(**said, evidence={field: opening for field in said if field != "placebo_controlled"})
    published = (plan.completed + datetime.timedelta(days=300)).isoformat()[: rng.choice([4, 7, 10])]
    facts = {"title": plan.title, "published": published, "doi": _doi(plan, kind), "journal": "J Made Up"}
    claims = {"trial": trial, "arms": arms, "outcomes": outcomes}
    zones = Zone(kind="title", start=0, end=body), Zone(kind="body", start=body, end=len(page.text))
    return reading(plan, kind, page, claims, language="en", zones=zones, **facts)


def _doi(plan: Plan, kind: DocumentKind) -> str:
    """The DOI of the paper, in abstract and full text; a preprint here is another paper."""
    return f"10.5555/made.{plan.number}" + (".sequel" if kind is DocumentKind.PREPRINT else "")


def notice(plan: Plan, relation: str) -> Reading:
    """A notice about the paper: that it is retracted, corrected or in doubt."""
    page = Page()
    page.say(f"Notice about: {plan.title}.")
    said = {"relation": relation, "scheme": "doi", "value": f"10.5555/made.{plan.number}", "method": "PubMed"}
    return reading(plan, DocumentKind.NOTICE, page, {}, relations=(said,), title="Notice", language="en")


def told_of_itself(told: Reading, status: str, words: str, name: str) -> Reading:
    """A paper whose own record says, at its end, what became of it: the words, and the name of what says so."""
    text = f"{told.document.text}\n{words}: {name}"
    said = OwnNotice(status=status, words=words, evidence=Evidence.of(text, len(text) - len(name), len(text)))
    return replace(told, document=told.document.model_copy(update={"text": text, "notices": (said,)}))


def _allocation(plan: Plan) -> str:
    return {"cohort": "NON_RANDOMIZED", "single": "NA"}.get(plan.design, "RANDOMIZED")


def _model(plan: Plan) -> str:
    return {"single": "SINGLE_GROUP", "factorial": "FACTORIAL", "crossover": "CROSSOVER"}.get(plan.design, "PARALLEL")


def _ratio(plan: Plan) -> str | None:
    return ":".join(map(str, plan.ratio)) if plan.design not in ("single", "cohort") else None


def _arm_claim(arm: Arm, key: int, page: Page, *, is_registry: bool) -> ArmClaim:
    """One arm, in cells of a registry or in a sentence of a paper."""
    size = "" if arm.n is None else f" (n={arm.n}, of whom {arm.analysed} were analysed)"
    dose = "" if arm.dose is None else f" {arm.dose:g} mg"
    words = f"{arm.label}{size}: {arm.drug}{dose} {arm.frequency} ({(arm.route or '').lower()})."
    if is_registry:
        said: Evidence = page.cell(f"protocolSection.armsInterventionsModule.armGroups[{key}]", words)
    else:
        said = page.say(words)
    proof = dict.fromkeys(("label", "arm_type", "n_randomized", "n_analyzed"), said)
    given = InterventionClaim(
        name=arm.drug or "",
        norm=arm.drug,
        dose_value=arm.dose,
        dose_unit=None if arm.dose is None else "mg",
        dose_raw=None if arm.dose is None else f"{arm.dose:g} mg",
        route=arm.route,
        frequency=arm.frequency,
        evidence=dict.fromkeys(("name", "route", "frequency") + ("dose_value",) * (arm.dose is not None), said),
    )
    return ArmClaim(
        key=str(key),
        label=arm.label,
        arm_type=arm.kind,
        factor=arm.factor,
        n_randomized=arm.n,
        n_analyzed=arm.analysed,
        interventions=(given,),
        evidence=proof if arm.n is not None else dict.fromkeys(("label", "arm_type"), said),
    )


def _outcome(result: Result, plan: Plan, page: Page, style: Style, *, is_registry: bool) -> OutcomeClaim:
    """One outcome: a registry gives each number its own cell, a paper says all of them in a sentence."""
    frame, weeks = (plan.registered_time if is_registry else None) or (f"week {result.weeks:g}", result.weeks)
    numbers = [(one, number_words(one, style)) for one in result.numbers]
    comparisons = [(one, comparison_words(one, style)) for one in result.comparisons]
    if is_registry:
        cells = [page.cell("resultsSection.outcomeMeasuresModule", words) for _, (words, _) in numbers]
        tests = [page.cell("resultsSection.analyses", words) for _, (words, _) in comparisons]
        said = page.cell("resultsSection.title", result.measure)
    else:
        parts = [f"{words} {_of(one, plan)}" for one, (words, _) in numbers]
        if result.is_primary:
            page.say(f"The primary outcome was {result.measure} at {frame}.")
        said = page.say(f"For {result.measure} at {frame}, {'; '.join(parts)}.")
        cells = [said] * len(numbers)
        # Each comparison is a sentence of its own, so that its numbers are those of its evidence.
        tests = [page.say(f"The comparison of {result.measure}: {words}.") for _, (words, _) in comparisons]
    return OutcomeClaim(
        measure=result.measure,
        norm=result.norm,
        outcome_type="PRIMARY" if result.is_primary else None if result.is_baseline else "SECONDARY",
        time_frame=None if result.is_baseline else frame,
        time_frame_weeks=None if result.is_baseline else weeks,
        population=result.population,
        subgroup=result.subgroup,
        evidence={"measure": said} if is_registry else {"measure": said, "time_frame": said},
        measurements=tuple(
            _measurement(one, fields, cell, is_baseline=result.is_baseline)
            for (one, (_, fields)), cell in zip(numbers, cells, strict=True)
        ),
        analyses=tuple(
            _analysis(one, fields, cell, is_registry=is_registry)
            for (one, (_, fields)), cell in zip(comparisons, tests, strict=True)
        ),
    )


def _of(one: Number, plan: Plan) -> str:
    """Of whom a number is, in words."""
    return f"{one.category or ''} " + ("in all" if one.arm is None else f"with {plan.arms[one.arm].label}")


def _measurement(one: Number, fields: dict[str, Any], said: Evidence, *, is_baseline: bool) -> MeasurementClaim:
    return MeasurementClaim(
        arm=None if one.arm is None else str(one.arm),
        category=one.category,
        statistic=one.statistic,
        unit=one.unit,
        n_analyzed=one.n,
        is_change_from_baseline=one.is_change,
        is_baseline=is_baseline,
        rule="made",
        confidence=0.9,
        evidence=said,
        **fields,
    )


def _analysis(one: Comparison, fields: dict[str, Any], said: Evidence, *, is_registry: bool) -> AnalysisClaim:
    return AnalysisClaim(
        arm=None if one.arm is None else str(one.arm),
        comparator=None if one.comparator is None else str(one.comparator),
        effect=one.effect,
        method=one.method if is_registry else None,
        non_inferiority_type=one.hypothesis if is_registry else None,
        rule="made",
        confidence=0.9,
        evidence=said,
        **fields,
    )


def _digits(wanted: int, style: Style) -> int:
    """Decimals: -1 stands for those of percentages, -2 for those of ratios."""
    if wanted < 0:
        return {-1: style.percent_digits, -2: style.ratio_digits}[wanted]
    return wanted + style.extra_digits if wanted else 0


def number_words(one: Number, style: Style) -> tuple[str, dict[str, Any]]:
    """A number of an arm in words, and the fields that are read from them."""
    digits = _digits(one.digits, style)
    raw = style.number(one.value, digits)
    fields: dict[str, Any] = {"value": round_half_up(one.value, digits), "value_raw": raw}
    words = f"{raw} {one.unit} of {one.n}" if one.n else f"{raw} {one.unit}"
    if one.spread:
        ends = {
            "dispersion_value": one.spread.value,
            "dispersion_low": one.spread.low,
            "dispersion_high": one.spread.high,
        }
        given = {name: value for name, value in ends.items() if value is not None}
        fields |= {name: round_half_up(value, digits) for name, value in given.items()}
        fields["dispersion_type"] = one.spread.kind
        if one.spread.kind == "CI":
            fields["ci_pct"] = 95.0
        words += f" ({one.spread.kind} {' to '.join(style.number(value, digits) for value in given.values())})"
    return words, fields


def comparison_words(one: Comparison, style: Style) -> tuple[str, dict[str, Any]]:
    """A comparison in words, and the fields that are read from them."""
    digits, found = _digits(one.digits, style), one.found
    raw, modifier, p = style.p_value(found.p)
    fields: dict[str, Any] = {"p_value": p, "p_modifier": modifier, "p_raw": raw, "unit": one.unit}
    hypothesis = " for non-inferiority" if one.hypothesis else ""
    hypothesis += " (Bonferroni-adjusted)" if "adjusted" in (one.method or "") else ""
    if found.estimate is None or found.low is None:
        return raw + hypothesis, fields
    kind = one.effect.lower().replace("_", " ")
    if style.is_unsigned and found.high is not None and found.high < 0 and one.effect.endswith("_DIFFERENCE"):
        # "The difference was 10.2 mmHg": the sentence says in words which arm has less.
        found = replace(found, estimate=-found.estimate, low=-found.high, high=-found.low)
    estimate, low = found.estimate or 0.0, found.low or 0.0
    fields |= {"estimate": round_half_up(estimate, digits), "ci_pct": one.level, "ci_low": round_half_up(low, digits)}
    opening = f"{kind} {style.number(estimate, digits)}"
    if found.high is None:
        fields["ci_n_sides"] = "ONE_SIDED"
        limit = f"lower limit of the one-sided {one.level:g}% CI {style.number(low, digits)}"
        return f"{opening}, {limit}, {raw}{hypothesis}", fields
    fields["ci_high"] = round_half_up(found.high, digits)
    ends = f"{style.number(low, digits)} to {style.number(found.high, digits)}"
    return f"{opening}, {one.level:g}% CI {ends}, {raw}{hypothesis}", fields
