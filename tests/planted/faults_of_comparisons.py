"""Faults in comparisons: signs, limits, p-values and arms that were misread or changed places."""

import math
from collections.abc import Callable

from tests.planted.planting import Planting, fault
from trialhouse.model.tables import EvidenceRow, OutcomeAnalysisRow, OutcomeMeasurementRow, OutcomeRow

MEANS = ("MEAN_DIFFERENCE", "LS_MEAN_DIFFERENCE")


def comparison(
    at: Planting, effects: tuple[str, ...], condition: Callable[[OutcomeAnalysisRow], bool] = lambda row: True
) -> OutcomeAnalysisRow:
    """A comparison of one of these kinds with estimate, interval and p-value; none of non-inferiority."""
    at.need(at.trial.plan.design not in ("non-inferiority", "cluster", "crossover"))
    return at.one(
        OutcomeAnalysisRow,
        lambda row: (
            row.effect in effects
            and None not in (row.estimate, row.ci_low, row.ci_high, row.p_value)
            and (row.ci_low or 0) < (row.ci_high or 0)
            and condition(row)
        ),
    )


def z(row: OutcomeAnalysisRow) -> float:
    """How many standard errors the estimate is from none, by its interval; negative where it points down."""
    low, middle, high = row.ci_low or 0.0, row.estimate or 0.0, row.ci_high or 0.0
    if (row.effect or "").endswith("_RATIO"):
        if low <= 0:
            return 0.0
        low, middle, high = math.log(low), math.log(middle), math.log(high)
    return middle / ((high - low) / 2 / 1.96)


def is_posted(at: Planting, row: OutcomeAnalysisRow) -> bool:
    """Whether a registry gives the comparison, whose differences have signs; a paper may write them without."""
    quotes = at.all(EvidenceRow, lambda one: one.row_id == row.analysis_id and one.is_main)
    return any(one.locator for one in quotes)


def of_arms(at: Planting, row: OutcomeAnalysisRow, statistic: str) -> list[float]:
    """The one number of each arm that is compared."""
    found = []
    for arm in (row.arm_id, row.comparator_arm_id):
        numbers = at.all(
            OutcomeMeasurementRow,
            lambda one, arm=arm: (one.outcome_id, one.arm_id, one.statistic) == (row.outcome_id, arm, statistic),
        )
        at.need(len(numbers) == 1)
        found.append(numbers[0].value)
    return found


@fault
def the_sign_of_an_estimate_was_lost(at: Planting) -> None:
    row = comparison(at, MEANS, lambda row: (row.ci_high or 0) < 0 and z(row) < -3)
    at.change(row, estimate=-(row.estimate or 0))


@fault
def all_signs_of_a_difference_were_lost(at: Planting) -> None:
    row = comparison(at, ("MEAN_DIFFERENCE",), lambda row: z(row) < -3 and is_posted(at, row))
    of_arms(at, row, "MEAN")
    at.change(row, estimate=-(row.estimate or 0), ci_low=-(row.ci_high or 0), ci_high=-(row.ci_low or 0))


@fault
def the_arms_of_a_difference_changed_places(at: Planting) -> None:
    row = comparison(at, ("MEAN_DIFFERENCE",), lambda row: abs(z(row)) > 3 and is_posted(at, row))
    of_arms(at, row, "MEAN")
    at.change(row, arm_id=row.comparator_arm_id, comparator_arm_id=row.arm_id)


@fault
def the_arms_of_a_ratio_changed_places(at: Planting) -> None:
    row = comparison(at, ("RISK_RATIO", "ODDS_RATIO"), lambda row: abs(z(row)) > 2.5)
    of_arms(at, row, "PERCENT")
    at.change(row, arm_id=row.comparator_arm_id, comparator_arm_id=row.arm_id)


@fault
def a_ratio_was_turned_round(at: Planting) -> None:
    row = comparison(at, ("RATE_RATIO",), lambda row: abs(z(row)) > 2.5 and (row.ci_low or 0) > 0)
    of_arms(at, row, "RATE")
    at.change(
        row,
        estimate=round(1 / (row.estimate or 1), 3),
        ci_low=round(1 / (row.ci_high or 1), 3),
        ci_high=round(1 / (row.ci_low or 1), 3),
    )


@fault
def a_p_value_lost_its_zeros(at: Planting) -> None:
    at.need(at.trial.plan.enrollment > 60 * len(at.trial.plan.arms))
    row = comparison(at, (*MEANS, "HAZARD_RATIO", "RATE_RATIO"), lambda row: abs(z(row)) > 4)
    at.change(row, p_value=0.1, p_modifier="=", p_raw="P=0.1")


@fault
def a_p_value_is_that_of_another_outcome(at: Planting) -> None:
    at.need(at.trial.plan.enrollment > 60 * len(at.trial.plan.arms))
    row = comparison(at, (*MEANS, "HAZARD_RATIO"), lambda row: abs(z(row)) < 0.8)
    at.change(row, p_value=0.001, p_modifier="<", p_raw="P<0.001")


@fault
def less_than_was_read_as_more_than(at: Planting) -> None:
    at.need(at.trial.plan.enrollment > 60 * len(at.trial.plan.arms))
    row = comparison(at, (*MEANS, "HAZARD_RATIO", "RATE_RATIO"), lambda row: row.p_modifier == "<" and abs(z(row)) > 5)
    at.change(row, p_modifier=">")


@fault
def the_sign_of_the_lower_limit_was_lost(at: Planting) -> None:
    row = comparison(
        at,
        MEANS,
        lambda row: 0 < -(row.ci_low or 0) < (row.estimate or 0) < (row.ci_high or 0) and z(row) > 1.1,
    )
    at.need((row.estimate or 0) - -(row.ci_low or 0) < 0.28 * ((row.ci_high or 0) - -(row.ci_low or 0)))
    at.change(row, ci_low=-(row.ci_low or 0))


@fault
def the_dash_between_two_limits_was_read_as_a_minus(at: Planting) -> None:
    row = comparison(at, ("HAZARD_RATIO", "RISK_RATIO", "ODDS_RATIO", "RATE_RATIO"), lambda row: (row.ci_low or 0) > 0)
    at.change(row, ci_high=-(row.ci_high or 0))


@fault
def the_interval_stands_upside_down(at: Planting) -> None:
    row = comparison(at, MEANS)
    at.change(row, ci_low=row.ci_high, ci_high=row.ci_low)


@fault
def the_upper_limit_of_a_ratio_has_its_decimal_mark_a_place_too_far_right(at: Planting) -> None:
    row = comparison(at, ("HAZARD_RATIO", "ODDS_RATIO", "RATE_RATIO"), lambda row: (row.ci_low or 0) > 0.05)
    at.need((row.ci_high or 0) < 3 * (row.estimate or 0))
    at.change(row, ci_high=(row.ci_high or 0) * 10)


@fault
def the_limits_of_a_ratio_were_set_beside_the_arithmetic_middle(at: Planting) -> None:
    # As if the estimate were the mean of its limits, which a ratio's is not.
    row = comparison(at, ("HAZARD_RATIO", "ODDS_RATIO", "RATE_RATIO"), lambda row: (row.ci_low or 0) > 0.02)
    low, high = row.ci_low or 0.0, row.ci_high or 0.0
    at.need(high > 6 * low)
    at.change(row, estimate=round((low + high) / 2, 2))


@fault
def an_estimate_is_that_of_another_comparison(at: Planting) -> None:
    row = comparison(at, ("HAZARD_RATIO", "ODDS_RATIO", "RATE_RATIO"))
    at.change(row, estimate=round((row.ci_high or 0) * 1.8 + 0.2, 2))


@fault
def a_digit_of_an_estimate_was_misread(at: Planting) -> None:
    row = comparison(at, MEANS)
    at.change(row, estimate=round((row.ci_high or 0) + 10, 1))


@fault
def a_p_value_lost_its_decimal_mark(at: Planting) -> None:
    row = comparison(at, MEANS, lambda row: row.p_modifier == "=" and (row.p_value or 0) > 0.05)
    at.change(row, p_value=(row.p_value or 0) * 100)


@fault
def the_level_of_an_interval_was_read_in_thousandths(at: Planting) -> None:
    row = comparison(at, MEANS)
    at.change(row, ci_pct=950.0)


@fault
def the_level_of_an_interval_was_read_as_a_share_of_one(at: Planting) -> None:
    at.change(comparison(at, MEANS), ci_pct=0.95)


@fault
def a_p_value_is_far_from_the_counts_beside_it(at: Planting) -> None:
    at.need(at.trial.plan.design in ("parallel", "unequal"))
    row = at.one(
        OutcomeAnalysisRow,
        lambda row: row.effect == "P_VALUE_ONLY" and row.arm_id is not None and 0.2 < (row.p_value or 0) <= 1,
    )
    of_arms(at, row, "COUNT")
    at.need(at.one(OutcomeMeasurementRow, lambda one: one.outcome_id == row.outcome_id).unit in ("participants", "%"))
    at.change(row, p_value=0.0001, p_modifier="<", p_raw="P<0.0001")


@fault
def a_significant_p_value_lost_its_zeros_beside_the_counts(at: Planting) -> None:
    at.need(at.trial.plan.design in ("parallel", "unequal"))

    def is_clear(row: OutcomeAnalysisRow) -> bool:
        numbers = at.all(
            OutcomeMeasurementRow, lambda one: one.outcome_id == row.outcome_id and one.unit == "participants"
        )
        found = {one.arm_id: (one.value, one.n_analyzed or 0) for one in numbers}
        if row.effect != "P_VALUE_ONLY" or not {row.arm_id, row.comparator_arm_id} <= found.keys():
            return False
        (k1, n1), (k2, n2) = found[row.arm_id], found[row.comparator_arm_id]
        share = (k1 + k2) / (n1 + n2)
        apart = abs(k1 / n1 - k2 / n2) - (1 / n1 + 1 / n2) / 2
        return 0 < share < 1 and apart / math.sqrt(share * (1 - share) * (1 / n1 + 1 / n2)) > 3.2

    row = at.one(OutcomeAnalysisRow, is_clear)
    at.change(row, p_value=0.6, p_modifier="=", p_raw="P=0.6")


@fault
def the_words_lower_than_were_lost(at: Planting) -> None:
    at.change(comparison(at, MEANS), p_modifier=None)


@fault
def nobody_knows_what_the_estimate_is_of(at: Planting) -> None:
    at.change(comparison(at, MEANS), effect=None, effect_raw=None)


@fault
def a_comparison_lost_its_numbers(at: Planting) -> None:
    row = at.one(OutcomeAnalysisRow)
    at.change(row, estimate=None, ci_low=None, ci_high=None, p_value=None, p_modifier=None)


@fault
def an_effect_is_no_word_of_the_registries(at: Planting) -> None:
    at.change(at.one(OutcomeAnalysisRow, lambda row: row.effect == "RISK_RATIO"), effect="RELATIVE_RISK")


@fault
def one_comparison_was_written_twice(at: Planting) -> None:
    row = at.one(OutcomeAnalysisRow, lambda row: row.effect == "MEDIAN_DIFFERENCE" and row.p_value)
    at.add(row.model_copy(update={"p_raw": "as it was"}))


@fault
def a_comparison_is_with_an_arm_that_is_not_there(at: Planting) -> None:
    at.change(at.one(OutcomeAnalysisRow), comparator_arm_id="arm-of-nobody")


@fault
def a_comparison_is_of_an_outcome_that_is_not_there(at: Planting) -> None:
    at.need(at.all(OutcomeRow))
    at.change(at.one(OutcomeAnalysisRow), outcome_id="outcome-of-nobody")
