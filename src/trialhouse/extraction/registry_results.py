"""The posted numbers of a registry's study: outcome measures and baseline characteristics to measurements.

A measure has groups, denominators, classes (rows of its table) and categories within them. A value that is no number
("NA", with the registry's comment) is a candidate with its reason, and so is a limit that is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trialhouse.extraction.registry_analyses import read_analyses
from trialhouse.extraction.registry_groups import Group, ResultGroups
from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_study import RULE, Place, Study
from trialhouse.extraction.registry_times import frame_proofs, time_frame_weeks
from trialhouse.extraction.registry_words import dispersion_of, member, population_of, read_number, statistic_of
from trialhouse.model.enums import OutcomeType, PModifier, Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import MeasurementClaim, OutcomeClaim
from trialhouse.text.lazy_patterns import lazy_compile

_PARTICIPANTS = lazy_compile(r"participants?|patients?|subjects?", re.I)
_CHANGE = lazy_compile(r"\bchanges?\b[^.;]*\bfrom\b[^.;]{0,30}\bbaseline\b|\bchange-from-baseline\b", re.I)
_AT_BASELINE = lazy_compile(r"(?:at )?baseline\b(?!.*\b(?:to|through|change|minus)\b)", re.I)
_OF_CHANGE = frozenset(
    {
        Statistic.MEAN,
        Statistic.MEDIAN,
        Statistic.LEAST_SQUARES_MEAN,
        Statistic.GEOMETRIC_MEAN,
        Statistic.GEOMETRIC_LEAST_SQUARES_MEAN,
        Statistic.LOG_MEAN,
    }
)
"""Statistics that are a change where their measure is one; a count of people whose value changed is none."""


def read_outcome_measures(study: Study, groups: ResultGroups, ledger: Ledger) -> list[OutcomeClaim]:
    """An outcome for each outcome measure of the results section, in its order, with measurements and analyses."""
    outcomes = []
    for measure in study.results.part("outcomeMeasuresModule").each("outcomeMeasures"):
        tied = groups.tie(list(measure.each("groups")))
        described = "populationDescription"
        outcomes.append(
            OutcomeClaim(
                measure=measure.words("title") or "",
                outcome_type=member(OutcomeType, measure.words("type")),
                time_frame=measure.words("timeFrame"),
                time_frame_weeks=time_frame_weeks(measure.words("timeFrame")),
                population=population_of(measure.words(described)),
                evidence=measure.proofs(measure="title", outcome_type="type", population=described)
                | frame_proofs(measure, "timeFrame"),
                measurements=tuple(_measurements(measure, tied, [measure], ledger, is_baseline=False)),
                analyses=tuple(read_analyses(measure, tied, groups, ledger)),
            )
        )
    return outcomes


def read_baseline(study: Study, groups: ResultGroups, ledger: Ledger) -> list[OutcomeClaim]:
    """An outcome without type and time frame for each baseline characteristic, with baseline measurements."""
    module = study.results.part("baselineCharacteristicsModule")
    tied = groups.tie(list(module.each("groups")))
    outcomes = []
    for measure in module.each("measures"):
        describing = measure if measure.words("populationDescription") else module
        proofs = measure.proofs(measure="title") | describing.proofs(population="populationDescription")
        outcomes.append(
            OutcomeClaim(
                measure=measure.words("title") or "",
                population=population_of(describing.words("populationDescription")),
                evidence=proofs,
                measurements=tuple(_measurements(measure, tied, [measure, module], ledger, is_baseline=True)),
            )
        )
    return outcomes


@dataclass(frozen=True)
class _Cell:
    """One number of a measure: its row, its category, itself."""

    row: Place
    category: Place
    own: Place

    def titles(self) -> list[str]:
        """The titles of row and category, where they have any."""
        return [title for place in (self.row, self.category) if (title := place.words("title"))]


@dataclass(frozen=True)
class _Table:
    """What the numbers of one measure share."""

    measure: Place
    groups: Mapping[str, Group]
    statistic: Statistic | None
    shared: dict[str, Any]
    proofs: dict[str, Evidence]
    is_baseline: bool


def _measurements(
    measure: Place, groups: Mapping[str, Group], counted: list[Place], ledger: Ledger, *, is_baseline: bool
) -> list[MeasurementClaim]:
    """The numbers of a measure. `counted` are the objects whose denominators hold for it, the nearest first."""
    table = _table(measure, groups, is_baseline)
    found = []
    for row in measure.each("classes"):
        sizes = _sizes([row, *counted])
        for category in row.each("categories"):
            for cell in category.each("measurements"):
                claim = _measurement(table, _Cell(row, category, cell), sizes, ledger)
                if claim is not None:
                    found.append(claim)
    return found


def _table(measure: Place, groups: Mapping[str, Group], is_baseline: bool) -> _Table:
    unit, param_type, spread = (measure.words(name) for name in ("unitOfMeasure", "paramType", "dispersionType"))
    statistic = statistic_of(param_type, unit)
    kind, level = dispersion_of(spread)
    proofs = measure.proofs(
        unit="unitOfMeasure",
        statistic="unitOfMeasure" if statistic is Statistic.PERCENT else "paramType",
        statistic_raw="paramType",
        dispersion_type="dispersionType",
        dispersion_raw="dispersionType",
        ci_pct="dispersionType",
        is_change_from_baseline="title",
    )
    shared = {
        "unit": unit,
        "statistic": statistic,
        "statistic_raw": param_type,
        "dispersion_type": kind,
        "dispersion_raw": spread,
        "ci_pct": level,
        "is_baseline": is_baseline,
    }
    return _Table(measure, groups, statistic, shared, proofs, is_baseline)


def _measurement(table: _Table, cell: _Cell, sizes: dict[str, Place], ledger: Ledger) -> MeasurementClaim | None:
    """The claim of one cell, or None and a candidate."""
    own = cell.own
    group_id = own.words("groupId") or ""
    group = table.groups.get(group_id)
    posted, read = _value(table, cell, group, ledger)
    if read is None or group is None or posted is None:
        return None
    value, modifier = read
    size = sizes.get(group_id)
    spread = {
        field: _spread(own, name, ledger)
        for field, name in (
            ("dispersion_value", "spread"), ("dispersion_low", "lowerLimit"), ("dispersion_high", "upperLimit")
        )
    }  # fmt: skip
    proofs = own.proofs(dispersion_value="spread", dispersion_low="lowerLimit", dispersion_high="upperLimit")
    proofs |= cell.row.proofs(classification="title") | cell.category.proofs(category="title")
    proofs |= group_proofs(group) | (size.proofs(n_analyzed="value") if size else {})
    values: dict[str, Any] = table.shared | {
        "arm": group.arm,
        "group_title": group.title,
        "classification": cell.row.words("title"),
        "category": cell.category.words("title"),
        "value": value,
        "value_modifier": modifier,
        "value_raw": own.words("value"),
        "n_analyzed": size.count("value") if size else None,
        **spread,
        **_of_time(table, cell),
    }
    said = {field for field, value in values.items() if value is not None and value is not False}
    proofs = {field: proof for field, proof in (table.proofs | proofs).items() if field in said}
    return MeasurementClaim(rule=RULE, confidence=1.0, evidence=posted, field_evidence=proofs, **values)


def group_proofs(group: Group) -> dict[str, Evidence]:
    """What ties a number to its arm, and the title of its group."""
    if group.proof is None:
        return {}
    return {"arm": group.proof, "group_title": group.proof.model_copy(update={"rule": RULE, "confidence": 1.0})}


def _value(
    table: _Table, cell: _Cell, group: Group | None, ledger: Ledger
) -> tuple[Evidence | None, tuple[float, PModifier | None] | None]:
    """The proof and the number of a cell; where there is none, the reason goes to the ledger."""
    own = cell.own
    written, proof = own.words("value"), own.evidence("value")
    read = read_number(written) if written else None
    if read is not None and group is not None:
        return proof, read
    titles = [table.measure.words("title"), *cell.titles(), group.title if group else None]
    of = ", ".join(title for title in titles if title)
    limits = [f"{name} {own.words(name)}" for name in ("spread", "lowerLimit", "upperLimit") if own.words(name)]
    reason = "no value is posted" if written is None else f"the posted value {written!r} is no number"
    if read is not None:
        reason = f"its group {own.words('groupId')!r} is none of the groups of the measure"
    said = "; ".join(part for part in (f"{reason} ({of})", *limits, own.words("comment")) if part)
    ledger.add("measurement", proof or own.evidence("groupId"), said)
    return proof, None


def _spread(cell: Place, name: str, ledger: Ledger) -> float | None:
    """The number of a spread or limit; one that is none, or only a bound, goes to the ledger."""
    written = cell.words(name)
    if written is None:
        return None
    read = read_number(written)
    if read is not None and read[1] is None:
        return read[0]
    reason = f"the posted {name} {written!r} is no number that a spread or limit can have"
    ledger.add("dispersion", cell.evidence(name), "; ".join(filter(None, (reason, cell.words("comment")))))
    return None


def _of_time(table: _Table, cell: _Cell) -> dict[str, bool]:
    """Whether the cell holds a value at baseline, or a change from it."""
    titles = cell.titles()
    at_baseline = table.is_baseline or any(_AT_BASELINE.match(title) for title in titles)
    said = [title for title in (table.measure.words("title"), table.measure.words("unitOfMeasure"), *titles) if title]
    changes = table.statistic in _OF_CHANGE and any(_CHANGE.search(title) for title in said)
    return {"is_baseline": at_baseline, "is_change_from_baseline": changes and not at_baseline}


def _sizes(places: list[Place]) -> dict[str, Place]:
    """The denominators in participants by group, from the first of these objects that has any for the group."""
    found: dict[str, Place] = {}
    for place in places:
        for denominator in place.each("denoms"):
            if _PARTICIPANTS.fullmatch(denominator.words("units") or "participants"):
                for count in denominator.each("counts"):
                    found.setdefault(count.words("groupId") or "", count)
    return found
