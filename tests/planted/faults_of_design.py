"""Faults in what was read of a trial's design: sizes of arms, ratio, dates, names and words."""

import datetime

from tests.planted.planting import Planting, fault
from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    TrialKeyRow,
)


def sizes(at: Planting) -> list[ArmRow]:
    """The arms of a trial in which everyone is in one arm and each arm says how many."""
    arms = at.all(ArmRow)
    at.need(at.trial.plan.design in ("parallel", "unequal", "non-inferiority", "cluster"))
    at.need(len(arms) > 1 and all(arm.n_randomized for arm in arms) and at.row.enrollment)
    at.need(at.row.enrollment_type != "ESTIMATED")
    return arms


def other_last_digit(number: int) -> int:
    """The number with its last digit misread as a larger one, or with a digit read twice."""
    return number + 3 if number % 10 < 7 else number * 10 + number % 10


@fault
def the_size_of_an_arm_was_misread_by_a_digit(at: Planting) -> None:
    arm = sizes(at)[0]
    at.change(arm, n_randomized=other_last_digit(arm.n_randomized or 0))


@fault
def the_size_of_an_arm_is_that_of_the_arm_beside_it(at: Planting) -> None:
    one, two, *_ = sizes(at)
    at.need((one.n_analyzed or 0) <= (two.n_randomized or 0) != one.n_randomized)
    at.change(one, n_randomized=two.n_randomized)


@fault
def those_screened_were_taken_for_those_enrolled(at: Planting) -> None:
    sizes(at)
    at.change(at.row, enrollment=round((at.row.enrollment or 0) * 1.6))


@fault
def a_thousands_comma_was_read_as_the_end_of_the_number(at: Planting) -> None:
    sizes(at)
    at.need((at.row.enrollment or 0) >= 1000)
    at.change(at.row, enrollment=(at.row.enrollment or 0) // 1000)


@fault
def an_arm_was_missed(at: Planting) -> None:
    arms = sizes(at)
    at.need(len(arms) > 2)
    lost = arms[0]
    at.drop(at.all(OutcomeAnalysisRow, lambda row: lost.arm_id in (row.arm_id, row.comparator_arm_id)))
    at.drop(at.all(OutcomeMeasurementRow, lambda row: row.arm_id == lost.arm_id))
    at.drop(at.all(ArmInterventionRow, lambda row: row.arm_id == lost.arm_id))
    at.drop([lost])


@fault
def two_arms_were_taken_for_one(at: Planting) -> None:
    arms = sizes(at)
    at.need(len(arms) == 2)
    kept, lost = arms
    at.drop(at.all(OutcomeAnalysisRow))
    at.drop(at.all(OutcomeMeasurementRow, lambda row: row.arm_id == lost.arm_id))
    at.drop(at.all(ArmInterventionRow, lambda row: row.arm_id == lost.arm_id))
    at.drop([lost])
    at.change(kept, n_randomized=(kept.n_randomized or 0) + (lost.n_randomized or 0))


@fault
def an_arm_of_one_factor_was_misread(at: Planting) -> None:
    arm = at.one(ArmRow, lambda row: row.factor == 2 and row.n_randomized)
    at.change(arm, n_randomized=other_last_digit(arm.n_randomized or 0))


@fault
def the_arms_of_two_factors_were_taken_for_those_of_one(at: Planting) -> None:
    arms = at.all(ArmRow, lambda row: row.factor)
    at.need(arms)
    for arm in arms:
        at.change(arm, factor=None)


@fault
def the_allocation_ratio_is_that_of_another_trial(at: Planting) -> None:
    arms = sizes(at)
    at.need(len(arms) == 2 and at.row.allocation_ratio in ("1:1", "2:1") and (at.row.enrollment or 0) > 150)
    at.change(at.row, allocation_ratio="5:1" if at.row.allocation_ratio == "1:1" else "1:1")


@fault
def the_allocation_ratio_is_that_of_a_trial_with_more_arms(at: Planting) -> None:
    arms = sizes(at)
    at.need(len(arms) == 2 and at.row.allocation_ratio)
    at.change(at.row, allocation_ratio=f"{at.row.allocation_ratio}:1")


@fault
def the_sizes_of_the_arms_are_those_of_another_table(at: Planting) -> None:
    one, two, *others = sizes(at)
    at.need(not others and at.row.allocation_ratio == "1:1" and (at.row.enrollment or 0) > 150)
    moved = (two.n_randomized or 0) * 2 // 3
    at.need((one.n_analyzed or 0) and (two.n_randomized or 0) > moved)
    at.change(two, n_randomized=(two.n_randomized or 0) - moved, n_analyzed=None)
    at.change(one, n_randomized=(one.n_randomized or 0) + moved)


@fault
def those_analysed_and_those_randomized_changed_places(at: Planting) -> None:
    arm = at.one(ArmRow, lambda row: row.n_analyzed and row.n_analyzed < (row.n_randomized or 0))
    at.need(at.trial.plan.design in ("parallel", "unequal"))
    at.change(arm, n_randomized=arm.n_analyzed, n_analyzed=arm.n_randomized)


@fault
def a_dash_before_the_enrollment_was_read_as_a_minus(at: Planting) -> None:
    at.need(at.row.enrollment and at.trial.plan.design == "single")
    at.change(at.row, enrollment=-(at.row.enrollment or 0))


@fault
def a_dash_before_the_number_of_sites_was_read_as_a_minus(at: Planting) -> None:
    at.need(at.row.site_count)
    at.change(at.row, site_count=-(at.row.site_count or 0))


@fault
def the_start_and_the_completion_changed_places(at: Planting) -> None:
    at.need(at.row.start_date and at.row.completion_date and at.row.enrollment_end_date is None)
    # Stated as months, so that the shorter trials are in one year and are not in one month.
    at.need((at.row.completion_date - at.row.start_date).days > 62)
    at.change(
        at.row,
        start_date=at.row.completion_date,
        start_date_precision=at.row.completion_date_precision,
        completion_date=at.row.start_date,
        completion_date_precision=at.row.start_date_precision,
    )


@fault
def the_year_of_the_start_was_misread(at: Planting) -> None:
    at.need(at.row.start_date and at.row.completion_date and at.row.enrollment_end_date is None)
    at.change(at.row, start_date=at.row.start_date.replace(year=at.row.start_date.year + 70, day=1))


@fault
def the_end_of_enrollment_is_that_of_an_earlier_trial(at: Planting) -> None:
    at.need(at.row.start_date and at.row.enrollment_end_date)
    end = at.row.start_date - datetime.timedelta(days=900)
    at.change(at.row, enrollment_end_date=end, enrollment_end_date_precision="day")


@fault
def an_arm_lost_its_name(at: Planting) -> None:
    at.change(at.one(ArmRow), label=" ")


@fault
def the_unit_of_a_dose_was_lost(at: Planting) -> None:
    at.change(at.one(ArmInterventionRow, lambda row: row.dose_value), dose_unit=None)


@fault
def an_intervention_lost_its_name(at: Planting) -> None:
    at.change(at.one(ArmInterventionRow), intervention_name="")


@fault
def nothing_names_the_trial_any_more(at: Planting) -> None:
    at.change(at.row, registry_id=None, acronym=None, title="")


@fault
def a_phase_was_kept_in_the_words_of_the_paper(at: Planting) -> None:
    at.change(at.row, phase="Phase III")


@fault
def the_kind_of_an_arm_is_no_word_of_the_registries(at: Planting) -> None:
    at.change(at.one(ArmRow), arm_type="CONTROL")


@fault
def a_route_was_kept_as_it_was_written(at: Planting) -> None:
    at.change(at.one(ArmInterventionRow), route="by mouth")


@fault
def an_arm_belongs_to_a_trial_that_is_not_there(at: Planting) -> None:
    at.need(at.trial.plan.design in ("recruiting", "withdrawn"))
    at.change(at.one(ArmRow), trial_id="trial-of-nobody")


@fault
def an_intervention_belongs_to_an_arm_that_is_not_there(at: Planting) -> None:
    at.change(at.one(ArmInterventionRow), arm_id="arm-of-nobody")


@fault
def one_id_was_given_to_two_arms(at: Planting) -> None:
    at.need(at.trial.plan.design in ("recruiting", "withdrawn"))
    arm = at.one(ArmRow)
    at.add(arm.model_copy(update={"label": arm.label + ", again"}))


@fault
def the_keys_of_a_trial_were_lost(at: Planting) -> None:
    at.drop(at.all(TrialKeyRow))
