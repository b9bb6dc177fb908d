"""Outcomes being filled: a row for one measure, time frame, population and subgroup, and the claim it becomes."""

import re
from dataclasses import dataclass, field

from trialhouse.extraction import subgroups
from trialhouse.extraction.context import About
from trialhouse.model.enums import OutcomeType
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim, MeasurementClaim, OutcomeClaim


@dataclass(slots=True)
class Row:
    """One outcome being filled."""

    what: About
    kind: OutcomeType | None
    measurements: list[MeasurementClaim] = field(default_factory=list)
    analyses: list[AnalysisClaim] = field(default_factory=list)


def place(what: About) -> tuple[float | None, str | None, str | None]:
    """What tells rows of one measure apart: time, population and subgroup."""
    return what.weeks, what.population, what.subgroup


def claim_of(row: Row, text: str) -> OutcomeClaim:
    """A row as a claim, with its evidence by field."""
    what = row.what
    evidence = {"measure": Evidence.of(text, *what.measure_at)}
    if what.time_at and what.weeks is not None:
        evidence["time_frame"] = Evidence.of(text, *what.time_at)
    if what.population_at and what.population:
        evidence["population"] = Evidence.of(text, *what.population_at)
    if what.subgroup_at and what.subgroup:
        evidence["subgroup"] = Evidence.of(text, *what.subgroup_at, rule=subgroups.RULE)
    return OutcomeClaim(
        measure=re.sub(r"\s+", " ", what.measure).strip(),
        norm=what.norm,
        outcome_type=row.kind,
        time_frame=what.time_frame,
        time_frame_weeks=what.weeks,
        population=what.population,
        subgroup=re.sub(r"\s+", " ", what.subgroup) if what.subgroup else None,
        evidence=evidence,
        measurements=tuple(row.measurements),
        analyses=tuple(row.analyses),
    )
