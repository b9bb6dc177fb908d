"""The posted analyses of an outcome measure: which groups are compared, the estimate, its interval, and the p-value.

The registry lists the groups of an analysis without roles. Of two groups the control is the comparator; where their
types leave it open, the registry's own words may say it ("A versus B"). Otherwise, and with one group or more than two,
neither arm is named and `group_titles` says which groups they are.
"""

import re
from collections.abc import Mapping
from typing import Any

from trialhouse.extraction.registry_groups import Group, ResultGroups
from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_study import RULE, Place
from trialhouse.extraction.registry_words import effect_of, member, read_number
from trialhouse.model.enums import ArmType, DispersionType, Effect, IntervalSides, NonInferiorityType, PModifier
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim, ArmClaim
from trialhouse.text.lazy_patterns import lazy_compile

_DISPERSIONS = {"STANDARD_DEVIATION": DispersionType.SD, "STANDARD_ERROR_OF_MEAN": DispersionType.SE}
_RANKS = {
    ArmType.PLACEBO_COMPARATOR: 0,
    ArmType.SHAM_COMPARATOR: 0,
    ArmType.NO_INTERVENTION: 0,
    ArmType.ACTIVE_COMPARATOR: 1,
    ArmType.OTHER: 2,
    ArmType.EXPERIMENTAL: 3,
}
"""Who is compared with whom: the arm of the lower rank is the comparator, of one rank neither is."""
_CONTROL = lazy_compile(r"\b(?:placebo|sham|no (?:treatment|intervention)|untreated)\b", re.I)
_AGAINST = r"\W{0,3}\s*(?:vs\.?|versus|minus|compared (?:to|with)|relative to|over|[-–−/])\s*\W{0,3}(?:the )?"
_POINTS = "percentage points"
_OF_UNIT = (Effect.MEAN_DIFFERENCE, Effect.MEDIAN_DIFFERENCE, Effect.LS_MEAN_DIFFERENCE)
_NUMBERS = (
    ("estimate", "paramValue"),
    ("dispersion_value", "dispersionValue"),
    ("ci_pct", "ciPctValue"),
    ("ci_low", "ciLowerLimit"),
    ("ci_high", "ciUpperLimit"),
)
_WORDS_OF_ROLES = ("groupDescription", "estimateComment", "otherAnalysisDescription")


def read_analyses(
    measure: Place, groups: Mapping[str, Group], arms: ResultGroups, ledger: Ledger
) -> list[AnalysisClaim]:
    """The analyses of one measure; those without any number become candidates."""
    found = []
    for analysis in measure.each("analyses"):
        compared = [groups[one] for one in analysis.strings("groupIds") if one in groups]
        claim = _analysis(measure, analysis, compared, arms, ledger)
        if claim is not None:
            found.append(claim)
    return found


def _analysis(
    measure: Place, analysis: Place, compared: list[Group], arms: ResultGroups, ledger: Ledger
) -> AnalysisClaim | None:
    numbers = {field: _number(analysis, name, ledger) for field, name in _NUMBERS}
    p_value, modifier = _p_value(analysis, ledger)
    read = numbers | {"p_value": p_value}
    places = (
        ("estimate", "paramValue"),
        ("p_value", "pValue"),
        ("ci_low", "ciLowerLimit"),
        ("ci_high", "ciUpperLimit"),
    )
    main = next((analysis.evidence(name) for field, name in places if read[field] is not None), None)
    if main is None:
        _report_empty(measure, analysis, ledger)
        return None
    effect = effect_of(analysis.words("paramType"))
    if numbers["estimate"] is None and analysis.words("paramType") is None:
        effect = Effect.P_VALUE_ONLY if p_value is not None else None
    arm, comparator = _roles(analysis, compared, {claim.key: claim for claim in arms.arms})
    values: dict[str, Any] = {
        "arm": arm.arm if arm else None,
        "comparator": comparator.arm if comparator else None,
        "group_titles": tuple(group.title for group in compared),
        "groups_description": analysis.words("groupDescription"),
        "non_inferiority_type": member(NonInferiorityType, analysis.words("nonInferiorityType")),
        "effect": effect,
        "effect_raw": analysis.words("paramType"),
        "unit": _unit(effect, measure.words("unitOfMeasure")),
        "dispersion_type": _DISPERSIONS.get(analysis.words("dispersionType") or ""),
        "ci_n_sides": member(IntervalSides, analysis.words("ciNumSides")),
        "p_value": p_value,
        "p_modifier": modifier,
        "p_raw": analysis.words("pValue"),
        "method": analysis.words("statisticalMethod"),
        **numbers,
    }
    proofs = _proofs(measure, analysis) | _group_proofs(compared, arm, comparator)
    kept = {field: proof for field, proof in proofs.items() if values.get(field) not in (None, ())}
    return AnalysisClaim(rule=RULE, confidence=1.0, evidence=main, field_evidence=kept, **values)


def _proofs(measure: Place, analysis: Place) -> dict[str, Evidence]:
    """The places of an analysis's cells; its unit is the measure's."""
    own = analysis.proofs(
        groups_description="groupDescription",
        non_inferiority_type="nonInferiorityType",
        effect="paramType",
        effect_raw="paramType",
        dispersion_type="dispersionType",
        ci_n_sides="ciNumSides",
        p_value="pValue",
        p_modifier="pValue",
        p_raw="pValue",
        method="statisticalMethod",
        **dict(_NUMBERS),
    )
    return own | measure.proofs(unit="unitOfMeasure")


def _group_proofs(compared: list[Group], arm: Group | None, comparator: Group | None) -> dict[str, Evidence]:
    """The titles of the groups: the first for all of them, and that of each role with the rule that ties it."""
    proofs = {
        field: group.proof
        for field, group in (("arm", arm), ("comparator", comparator))
        if group is not None and group.proof is not None
    }
    if compared and compared[0].proof is not None:
        proofs["group_titles"] = compared[0].proof.model_copy(update={"rule": RULE, "confidence": 1.0})
    return proofs


def _number(analysis: Place, name: str, ledger: Ledger) -> float | None:
    """A number of an analysis; one that cannot be read, or is only a bound, goes to the ledger."""
    written = analysis.words(name)
    if written is None:
        return None
    read = read_number(written)
    if read is not None and read[1] is None:
        return read[0]
    limit = name.removesuffix("Value")
    reason = f"the posted {limit} {written!r} is no number that an analysis can hold"
    ledger.add("analysis", analysis.evidence(name), "; ".join(filter(None, (reason, analysis.words(f"{name}Comment")))))
    return None


def _p_value(analysis: Place, ledger: Ledger) -> tuple[float | None, PModifier | None]:
    """The p-value and how it stands to the stated number; words without a number go to the ledger."""
    written = analysis.words("pValue")
    if written is None:
        return None, None
    read = read_number(written)
    if read is None:
        reason = f"the posted p-value {written!r} is no number"
        said = "; ".join(filter(None, (reason, analysis.words("pValueComment"))))
        ledger.add("p_value", analysis.evidence("pValue"), said)
        return None, None
    return read[0], read[1] or PModifier.EQUAL


def _report_empty(measure: Place, analysis: Place, ledger: Ledger) -> None:
    """Keep an analysis without a number as a candidate, at the first of its words."""
    name = next((one for one, value in analysis.node.items() if isinstance(value, str) and value), None)
    groups = analysis.study.evidence_at(f"{analysis.path}.groupIds[0]")
    proof = analysis.evidence(name) if name else groups
    ledger.add("analysis", proof, f"the analysis has no number that can be read ({measure.words('title')})")


def _unit(effect: Effect | None, unit: str | None) -> str | None:
    """The unit of an estimate: the measure's of a difference of its values, points of a difference of percentages."""
    if effect in _OF_UNIT:
        return unit
    percent = unit is not None and re.match(r"%|percent", unit, re.I) is not None
    return _POINTS if effect is Effect.RISK_DIFFERENCE and percent else None


def _roles(analysis: Place, compared: list[Group], arms: Mapping[str, ArmClaim]) -> tuple[Group | None, Group | None]:
    """The group that is compared and the one that it is compared with; neither where they have no roles."""
    if len(compared) != 2 or None in (compared[0].arm, compared[1].arm) or compared[0].arm == compared[1].arm:
        return None, None
    one, other = compared
    first, second = (_rank(arms[group.arm]) for group in compared if group.arm is not None)
    controls = [rank == 0 for rank in (first, second)]
    if None not in (first, second) or controls.count(True) == 1:
        if controls == [True, False] or (first is not None and second is not None and first < second):
            return other, one
        if controls == [False, True] or (first is not None and second is not None and second < first):
            return one, other
    said = " ; ".join(words for name in _WORDS_OF_ROLES if (words := analysis.words(name)))
    stated = [(a, b) for a, b in ((one, other), (other, one)) if _says(said, a, b, arms)]
    return stated[0] if len(stated) == 1 else (None, None)


def _rank(claim: ArmClaim) -> int | None:
    """Where an arm stands between control and experiment; None for a group without a type that names no control."""
    if claim.arm_type is not None:
        return _RANKS[claim.arm_type]
    return 0 if _CONTROL.search(claim.label) else None


def _says(said: str, one: Group, other: Group, arms: Mapping[str, ArmClaim]) -> bool:
    """Whether words set one group against the other in this order, by title or by the arm's label."""

    def names(group: Group) -> str:
        own = {group.title, arms[group.arm].label} if group.arm is not None else {group.title}
        return "|".join(re.escape(name) for name in sorted(own, key=lambda name: (-len(name), name)))

    return re.search(rf"(?<!\w)(?:{names(one)}){_AGAINST}(?:{names(other)})(?!\w)", said, re.I) is not None
