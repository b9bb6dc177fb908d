"""The extraction record: what was read from one document about one trial, every value with its evidence.

Its shape is a contract (`trialhouse extract` prints it, gold files and scorers use it). Offsets count characters of
the document's text. Times are in weeks here, as clinicians say them; tables hold days.
"""

from typing import Any, Self

from pydantic import model_validator

from trialhouse.model.dates import PartialDate
from trialhouse.model.enums import (
    Allocation,
    ArmType,
    DispersionType,
    DocumentKind,
    Effect,
    EnrollmentType,
    IntervalSides,
    InterventionModel,
    Masking,
    NonInferiorityType,
    OutcomeType,
    OverallStatus,
    Phase,
    PModifier,
    Route,
    Statistic,
    StudyType,
)
from trialhouse.model.evidence import Evidence
from trialhouse.model.record import Record


class DocumentFacts(Record):
    """The facts of the document itself, as the parser found them."""

    kind: DocumentKind | None = None
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    journal: str | None = None
    published: str | None = None
    language: str | None = None
    other_languages: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    is_partial: bool = False


class TrialClaim(Record):
    """The design facts of one trial; `evidence` maps a field's name to what it was read from."""

    acronym: str | None = None
    registry_ids: tuple[str, ...] = ()
    title: str | None = None
    study_type: StudyType | None = None
    phase: Phase | None = None
    allocation: Allocation | None = None
    allocation_ratio: str | None = None
    intervention_model: InterventionModel | None = None
    masking: Masking | None = None
    placebo_controlled: bool | None = None
    enrollment: int | None = None
    enrollment_type: EnrollmentType | None = None
    site_count: int | None = None
    countries: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    sponsor: str | None = None
    start_date: PartialDate | None = None
    enrollment_end_date: PartialDate | None = None
    completion_date: PartialDate | None = None
    overall_status: OverallStatus | None = None
    evidence: dict[str, Evidence] = {}


class InterventionClaim(Record):
    """One intervention of an arm. `background` is given to every arm; `alternative` is this or another of the arm."""

    name: str
    norm: str | None = None
    code: str | None = None
    dose_value: float | None = None
    dose_unit: str | None = None
    dose_raw: str | None = None
    route: Route | None = None
    frequency: str | None = None
    duration_weeks: float | None = None
    background: bool = False
    alternative: bool = False
    evidence: dict[str, Evidence] = {}


class ArmClaim(Record):
    """One arm; `key` names it within the record and is what measurements and analyses refer to.

    `is_result_group` says that it is no arm of the design but a group that a registry gives results for: doses taken
    together, a subset, a sequence.
    """

    key: str
    label: str
    arm_type: ArmType | None = None
    factor: int | None = None
    n_randomized: int | None = None
    n_analyzed: int | None = None
    n_is_derived: bool = False
    is_result_group: bool = False
    interventions: tuple[InterventionClaim, ...] = ()
    evidence: dict[str, Evidence] = {}


class MeasurementClaim(Record):
    """One number of one arm (or of the whole trial, when `arm` is null).

    A structured source gives the cells of a number at places of their own: `field_evidence` holds them by field, and
    under "arm" what ties the number to its arm. `evidence` is the number itself, and stands for every other field.
    """

    arm: str | None = None
    group_title: str | None = None
    classification: str | None = None
    category: str | None = None
    statistic: Statistic | None = None
    statistic_raw: str | None = None
    value: float
    value_modifier: PModifier | None = None
    unit: str | None = None
    is_baseline: bool = False
    is_change_from_baseline: bool = False
    n_analyzed: int | None = None
    dispersion_type: DispersionType | None = None
    dispersion_raw: str | None = None
    ci_pct: float | None = None
    dispersion_value: float | None = None
    dispersion_low: float | None = None
    dispersion_high: float | None = None
    value_raw: str | None = None
    rule: str
    confidence: float
    evidence: Evidence
    field_evidence: dict[str, Evidence] = {}


class AnalysisClaim(Record):
    """One comparison of an arm with a comparator: an estimate, an interval, a p-value, or some of them.

    `group_titles` are the groups that a registry compares, of which two, one or more may have no role. An effect in
    words that fit none of ours is null, with the words in `effect_raw`. `field_evidence` is as in MeasurementClaim.
    """

    arm: str | None = None
    comparator: str | None = None
    group_titles: tuple[str, ...] = ()
    groups_description: str | None = None
    non_inferiority_type: NonInferiorityType | None = None
    effect: Effect | None
    effect_raw: str | None = None
    estimate: float | None = None
    unit: str | None = None
    dispersion_type: DispersionType | None = None
    dispersion_value: float | None = None
    ci_pct: float | None = None
    ci_n_sides: IntervalSides | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p_value: float | None = None
    p_modifier: PModifier | None = None
    p_raw: str | None = None
    method: str | None = None
    rule: str
    confidence: float
    evidence: Evidence
    field_evidence: dict[str, Evidence] = {}


class OutcomeClaim(Record):
    """One outcome measure at one time frame, in one population and subgroup, with its numbers.

    `occurrence`, from 2 on, tells apart outcomes of one record that agree in all of these and are not the same.
    """

    measure: str
    norm: str | None = None
    outcome_type: OutcomeType | None = None
    time_frame: str | None = None
    time_frame_weeks: float | None = None
    population: str | None = None
    subgroup: str | None = None
    occurrence: int | None = None
    evidence: dict[str, Evidence] = {}
    measurements: tuple[MeasurementClaim, ...] = ()
    analyses: tuple[AnalysisClaim, ...] = ()


class Candidate(Record):
    """Something read and not trusted: what kind of thing, where it stands, and why it was not bound."""

    kind: str
    start: int
    end: int
    quote: str
    reason: str


class LanguageDifference(Record):
    """What a copy of the text in another language says otherwise than the main text.

    `field` is frequency, dose, n, p_value or number; `arms` are the keys of the arms that it is about, empty where it
    is about none in particular. `kept` is what the main text says and `other` what the copy says, in the words of the
    contract; null where one of them does not have the number at all.
    """

    field: str
    arms: tuple[str, ...] = ()
    language: str
    kept: str | None = None
    other: str | None = None
    evidence: Evidence | None = None
    other_evidence: Evidence | None = None


class Extraction(Record):
    """One document's claims about one trial. No trial: no arms and no outcomes."""

    id: str
    text_sha256: str
    document: DocumentFacts
    trial: TrialClaim = TrialClaim()
    arms: tuple[ArmClaim, ...] = ()
    outcomes: tuple[OutcomeClaim, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    language_differences: tuple[LanguageDifference, ...] = ()
    error: str | None = None

    @model_validator(mode="after")
    def _arms_are_known(self) -> Self:
        """Every number refers to an arm of this record, and no two arms share a key."""
        keys = [arm.key for arm in self.arms]
        if len(set(keys)) < len(keys):
            raise ValueError(f"two arms have one key: {sorted(keys)}")
        named = {number.arm for outcome in self.outcomes for number in outcome.measurements}
        for outcome in self.outcomes:
            named |= {key for number in outcome.analyses for key in (number.arm, number.comparator)}
        unknown = sorted(key for key in named if key is not None and key not in keys)
        if unknown:
            raise ValueError(f"numbers refer to arms that are not there: {unknown}")
        return self

    def to_json(self) -> dict[str, Any]:
        """The record as the contract prints it: evidence without the fields that its source does not have."""
        printed = self.model_dump(mode="json")
        _drop_empty_proof(printed)
        return printed


_OPTIONAL_PROOF = ("locator", "rule", "confidence")
_OF_REGISTRIES = (
    "group_title",
    "group_titles",
    "groups_description",
    "statistic_raw",
    "value_modifier",
    "dispersion_raw",
    "effect_raw",
    "ci_n_sides",
    "non_inferiority_type",
    "occurrence",
    "field_evidence",
)
"""Keys that only registries' results have; they are not printed where they are empty."""


def _drop_empty_proof(node: Any) -> None:
    """Remove the null optional keys of every evidence object below a printed record, in place."""
    if isinstance(node, dict):
        if "quote" in node and "start" in node and "measure" not in node:
            for key in _OPTIONAL_PROOF:
                if key in node and node[key] is None:
                    del node[key]
        for key in _OF_REGISTRIES:
            if key in node and not node[key]:
                del node[key]
        for child in node.values():
            _drop_empty_proof(child)
    elif isinstance(node, list):
        for child in node:
            _drop_empty_proof(child)
