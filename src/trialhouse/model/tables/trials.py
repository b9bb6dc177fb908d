"""Trials, their registrations, arms and interventions."""

import datetime
from typing import ClassVar

from pydantic import Field

from trialhouse.model.enums import (
    Allocation,
    ArmType,
    DatePrecision,
    EnrollmentType,
    EvidenceStatus,
    InterventionModel,
    Masking,
    OverallStatus,
    Phase,
    Route,
    StudyType,
)
from trialhouse.model.tables.declaration import Row


class TrialRow(Row):
    """A clinical trial or cohort: its design as its registry record, papers and other documents state it."""

    NAME: ClassVar[str] = "trials"
    KEY: ClassVar[tuple[str, ...]] = ("trial_id",)

    trial_id: str = Field(description="The trial's id in this warehouse.")
    registry_id: str | None = Field(None, description="The preferred registry id (ClinicalTrials.gov first), or null.")
    acronym: str | None = Field(None, description="The trial's acronym as written.")
    title: str | None = Field(None, description="The title of the document that is trusted first.")
    study_type: StudyType | None = Field(None, description="The kind of study.")
    phase: Phase | None = Field(None, description="The phase of the trial.")
    allocation: Allocation | None = Field(None, description="How participants were assigned to arms.")
    allocation_ratio: str | None = Field(None, description="The ratio of arm sizes as planned, '1:1:1:1'.")
    intervention_model: InterventionModel | None = Field(None, description="The general design of the interventions.")
    masking: Masking | None = Field(None, description="Who was kept from knowing the assignment; NONE is open label.")
    placebo_controlled: bool | None = Field(None, description="Whether an arm received placebo.")
    enrollment: int | None = Field(None, description="Participants in the trial.")
    enrollment_type: EnrollmentType | None = Field(None, description="Whether enrollment is actual or planned.")
    site_count: int | None = Field(None, description="Number of sites that enrolled.")
    countries: tuple[str, ...] = Field((), description="Countries, in the English names of ClinicalTrials.gov.")
    conditions: tuple[str, ...] = Field((), description="Conditions studied, as written.")
    sponsor: str | None = Field(None, description="The lead sponsor or the funder that is named.")
    start_date: datetime.date | None = Field(None, description="First day of the stated start of enrollment.")
    start_date_precision: DatePrecision | None = Field(None, description="How precisely start_date was stated.")
    enrollment_end_date: datetime.date | None = Field(None, description="First day of the stated end of enrollment.")
    enrollment_end_date_precision: DatePrecision | None = Field(
        None, description="How precisely enrollment_end_date was stated."
    )
    completion_date: datetime.date | None = Field(None, description="First day of the stated completion of the study.")
    completion_date_precision: DatePrecision | None = Field(
        None, description="How precisely completion_date was stated."
    )
    overall_status: OverallStatus | None = Field(None, description="Recruitment status as the registry states it.")
    evidence_status: EvidenceStatus = Field(
        EvidenceStatus.CURRENT, description="Whether a notice retracts, questions or corrects the trial's documents."
    )


class TrialRegistrationRow(Row):
    """One id of a trial in one registry; a trial may be registered more than once."""

    NAME: ClassVar[str] = "trial_registrations"
    KEY: ClassVar[tuple[str, ...]] = ("trial_id", "registry_id")
    REFERENCES: ClassVar[dict[str, str]] = {"trial_id": "trials.trial_id"}

    trial_id: str = Field(description="The trial.")
    registry: str = Field(description="The registry, in the words of PubMed's DataBankName where it has one.")
    registry_id: str = Field(description="The id, normalised.")
    is_primary: bool = Field(description="Whether this is the id that trials.registry_id shows.")


class TrialKeyRow(Row):
    """What a trial's id is kept by from release to release; each key names one trial.

    A trial that is gone keeps its last keys, so that it gets its id again when it comes back, and no other trial does.
    """

    NAME: ClassVar[str] = "trial_keys"
    KEY: ClassVar[tuple[str, ...]] = ("scheme", "value")

    trial_id: str = Field(description="The trial; one that is gone is not in trials.")
    scheme: str = Field(
        description=(
            "What the value is: registry, doi, pmid, pmcid, document (a document_id), or trial (an id not in trials)."
        )
    )
    value: str = Field(description="The registry id, DOI or other identifier, in lower case.")


class TrialRedirectRow(Row):
    """An id of a trial that was merged or split, and the trial to read in its place.

    After a split the id may stand, with a part of what it had; a row then names each trial that has another part.
    """

    NAME: ClassVar[str] = "trial_redirects"
    KEY: ClassVar[tuple[str, ...]] = ("old_trial_id", "trial_id")
    REFERENCES: ClassVar[dict[str, str]] = {"trial_id": "trials.trial_id"}

    old_trial_id: str = Field(description="The id that was published before.")
    trial_id: str = Field(description="The trial that now holds its rows.")
    reason: str = Field(description="Why the id changed, in a sentence.")


class ArmRow(Row):
    """An arm of a trial (a group of an observational study): who got what, and how many they were."""

    NAME: ClassVar[str] = "arms"
    KEY: ClassVar[tuple[str, ...]] = ("arm_id",)
    REFERENCES: ClassVar[dict[str, str]] = {"trial_id": "trials.trial_id"}

    arm_id: str = Field(description="The arm's id.")
    trial_id: str = Field(description="The trial.")
    label: str = Field(description="The arm's name, as the document that is trusted first writes it.")
    arm_type: ArmType | None = Field(None, description="The role of the arm.")
    factor: int | None = Field(
        None, description="In a factorial design the factor (from 1) whose arms sum to the enrollment; else null."
    )
    n_randomized: int | None = Field(None, description="Participants assigned to the arm.")
    n_analyzed: int | None = Field(None, description="Participants of the arm in the main analysis.")
    n_is_derived: bool = Field(False, description="Whether a number of participants was computed, not read.")
    is_result_group: bool = Field(
        False, description="Whether it is no arm of the design but a group that the registry gives results for."
    )


class ArmInterventionRow(Row):
    """One intervention of one arm, with dose, route, frequency and duration."""

    NAME: ClassVar[str] = "arm_interventions"
    KEY: ClassVar[tuple[str, ...]] = ("arm_intervention_id",)
    REFERENCES: ClassVar[dict[str, str]] = {"arm_id": "arms.arm_id"}

    arm_intervention_id: str = Field(description="The row's id, which evidence refers to.")
    arm_id: str = Field(description="The arm.")
    intervention_name: str = Field(description="The intervention as written.")
    intervention_id: str | None = Field(None, description="The id of the substance in the vocabulary, or null.")
    intervention_norm: str | None = Field(None, description="The preferred name in the vocabulary, or null.")
    dose_value: float | None = Field(None, description="The dose, in dose_unit.")
    dose_unit: str | None = Field(None, description="The unit as a clinician writes it: mg, mcg, mg/kg, [iU].")
    dose_unit_ucum: str | None = Field(None, description="The unit as a UCUM code.")
    dose_raw: str | None = Field(None, description="The dose as written.")
    route: Route | None = Field(None, description="The route of administration.")
    frequency: str | None = Field(
        None, description="'every N days|weeks|months', 'every other day', 'once daily', 'single dose', or as written."
    )
    duration_days: float | None = Field(None, description="For how long it was given, in days.")
    is_background: bool = Field(False, description="Whether every arm was given it.")
    is_alternative: bool = Field(False, description="Whether participants got this or another one of the arm.")
