"""Outcomes and their numbers: measurements of arms, and comparisons between them."""

from typing import ClassVar

from pydantic import Field

from trialhouse.model.enums import (
    DispersionType,
    Effect,
    IntervalSides,
    NonInferiorityType,
    OutcomeType,
    PModifier,
    Statistic,
)
from trialhouse.model.tables.declaration import Row


class OutcomeRow(Row):
    """One outcome measure of a trial at one time frame, in one population and subgroup."""

    NAME: ClassVar[str] = "outcomes"
    KEY: ClassVar[tuple[str, ...]] = ("outcome_id",)
    REFERENCES: ClassVar[dict[str, str]] = {"trial_id": "trials.trial_id"}

    outcome_id: str = Field(description="The outcome's id.")
    trial_id: str = Field(description="The trial.")
    measure: str = Field(description="The outcome measure as written.")
    measure_norm: str | None = Field(None, description="The measure's preferred name in the vocabulary, or null.")
    outcome_type: OutcomeType | None = Field(None, description="Its place among the trial's outcomes, where stated.")
    time_frame: str | None = Field(None, description="The time frame as written.")
    time_frame_days: float | None = Field(
        None, description="The time frame in days; a month is 30.4375 days, a year 365.25."
    )
    population: str | None = Field(
        None, description="The analysis population: ITT, MITT, PER_PROTOCOL, SAFETY, else as written."
    )
    subgroup: str | None = Field(
        None,
        description="The subgroup as written, where the whole report is on one as its title says it, or how many "
        "participants a further paper on fewer than half of them counts; null for all participants.",
    )


class OutcomeMeasurementRow(Row):
    """One number of one arm. '51 of 119 (43 %)' is two rows; a reduction of 77 % is a change of -77."""

    NAME: ClassVar[str] = "outcome_measurements"
    KEY: ClassVar[tuple[str, ...]] = ("measurement_id",)
    REFERENCES: ClassVar[dict[str, str]] = {"outcome_id": "outcomes.outcome_id", "arm_id": "arms.arm_id"}

    measurement_id: str = Field(description="The row's id, which evidence refers to.")
    outcome_id: str = Field(description="The outcome.")
    arm_id: str | None = Field(None, description="The arm; null for the whole trial.")
    group_title: str | None = Field(None, description="The title of the registry's result group, as written.")
    classification: str | None = Field(None, description="The row of a table within the outcome, as the registry has.")
    category: str | None = Field(None, description="The category within the classification.")
    statistic: Statistic | None = Field(None, description="What kind of number it is.")
    statistic_raw: str | None = Field(None, description="The kind of number in the registry's word.")
    is_change_from_baseline: bool = Field(False, description="Whether the number is a change from baseline.")
    is_baseline: bool = Field(False, description="Whether the number was measured at baseline.")
    value: float = Field(description="The number, in unit.")
    value_modifier: PModifier | None = Field(
        None, description="'<' (also for ≤) or '>' where the number is a bound; null where it is the value."
    )
    unit: str | None = Field(None, description="The unit in words: days, %, participants, mg/L.")
    unit_ucum: str | None = Field(None, description="The unit as a UCUM code.")
    n_analyzed: int | None = Field(None, description="Participants that the number is of.")
    dispersion_type: DispersionType | None = Field(None, description="What kind of spread is given.")
    dispersion_raw: str | None = Field(None, description="The kind of spread in the registry's words.")
    ci_pct: float | None = Field(None, description="The level in percent, where the spread is a confidence interval.")
    dispersion_value: float | None = Field(None, description="The spread, where it is one number, in unit.")
    dispersion_low: float | None = Field(None, description="The lower end of the spread, in unit.")
    dispersion_high: float | None = Field(None, description="The upper end of the spread, in unit.")
    value_raw: str | None = Field(None, description="The number as written.")


class OutcomeAnalysisRow(Row):
    """One comparison of an arm with a comparator: estimate, interval, p-value, or some of them."""

    NAME: ClassVar[str] = "outcome_analyses"
    KEY: ClassVar[tuple[str, ...]] = ("analysis_id",)
    REFERENCES: ClassVar[dict[str, str]] = {
        "outcome_id": "outcomes.outcome_id",
        "arm_id": "arms.arm_id",
        "comparator_arm_id": "arms.arm_id",
    }

    analysis_id: str = Field(description="The row's id, which evidence refers to.")
    outcome_id: str = Field(description="The outcome.")
    arm_id: str | None = Field(None, description="The arm that is compared.")
    comparator_arm_id: str | None = Field(None, description="The arm that it is compared with.")
    group_titles: tuple[str, ...] = Field(
        (), description="The titles of the registry's result groups that are compared, in its order, as written."
    )
    groups_description: str | None = Field(None, description="What the registry says of the groups compared.")
    non_inferiority_type: NonInferiorityType | None = Field(None, description="The kind of hypothesis tested.")
    effect: Effect | None = Field(
        None, description="What kind of effect the estimate is; null where effect_raw fits none of the words."
    )
    effect_raw: str | None = Field(None, description="The kind of effect in the registry's words.")
    estimate: float | None = Field(None, description="The estimate, in unit.")
    unit: str | None = Field(None, description="The unit in words; 'percentage points' for differences of percentages.")
    dispersion_type: DispersionType | None = Field(None, description="What kind of spread the estimate has.")
    dispersion_value: float | None = Field(None, description="The spread of the estimate, in unit.")
    ci_pct: float | None = Field(None, description="The level of the confidence interval in percent.")
    ci_n_sides: IntervalSides | None = Field(None, description="Whether the interval has one end or two.")
    ci_low: float | None = Field(None, description="The lower end of the confidence interval.")
    ci_high: float | None = Field(None, description="The upper end of the confidence interval.")
    p_value: float | None = Field(None, description="The p-value, as p_modifier says.")
    p_modifier: PModifier | None = Field(None, description="'=' or '<' (also for ≤) or '>'.")
    p_raw: str | None = Field(None, description="The p-value as written.")
    method: str | None = Field(None, description="The statistical method as written.")
