"""Faults in single numbers of arms: digits, decimal marks, arms and denominators that were misread."""

import math

from tests.planted.planting import Planting, fault
from trialhouse.model.tables import OutcomeMeasurementRow, OutcomeRow


def beside(at: Planting, row: OutcomeMeasurementRow, statistic: str) -> list[OutcomeMeasurementRow]:
    """The other kind of number of the same arm and outcome."""
    return at.all(
        OutcomeMeasurementRow,
        lambda one: (one.outcome_id, one.arm_id, one.statistic) == (row.outcome_id, row.arm_id, statistic),
    )


def percent(at: Planting, *, counted: bool, most: int = 3000) -> OutcomeMeasurementRow:
    """A percentage with a decimal of an arm of known size, with its count beside it or not; none that is estimated."""
    counted_measures = {row.outcome_id for row in at.all(OutcomeRow) if "kaplan" not in row.measure.lower()}
    return at.one(
        OutcomeMeasurementRow,
        lambda row: (
            row.statistic == "PERCENT"
            and row.outcome_id in counted_measures
            and row.n_analyzed
            and row.n_analyzed <= most
            and "." in (row.value_raw or "")
            and 1 < row.value < 85
            and bool(beside(at, row, "COUNT")) == counted
        ),
    )


def count(at: Planting) -> OutcomeMeasurementRow:
    """A count of participants with its percentage beside it."""
    return at.one(
        OutcomeMeasurementRow,
        lambda row: (
            row.statistic == "COUNT" and row.unit == "participants" and row.value >= 5 and beside(at, row, "PERCENT")
        ),
    )


def spread(at: Planting, statistic: str, kind: str) -> OutcomeMeasurementRow:
    """A number with a spread of a kind."""
    return at.one(OutcomeMeasurementRow, lambda row: row.statistic == statistic and row.dispersion_type == kind)


@fault
def the_last_digit_of_a_percentage_of_few_participants_was_misread(at: Planting) -> None:
    row = percent(at, counted=False, most=60)
    step = 10 ** -len((row.value_raw or "").partition(".")[2])
    at.need(step >= 0.1 and row.dispersion_type is None)
    value = round(row.value + (4 * step if row.value * 10 % 10 < 5 else -4 * step), 2)
    at.change(row, value=value, value_raw=str(value))


@fault
def a_percentage_is_of_those_who_finished_and_the_n_of_those_who_began(at: Planting) -> None:
    row = percent(at, counted=False, most=60)
    n = (row.n_analyzed or 0) + 7
    # As it happens, some percentages are of both numbers.
    people = round(row.value * n / 100)
    at.need(abs(100 * people / n - row.value) > 0.1)
    at.change(row, n_analyzed=n)


@fault
def a_digit_of_a_percentage_was_misread_beside_its_count(at: Planting) -> None:
    row = percent(at, counted=True)
    value = round(row.value + 10, 2)
    at.change(row, value=value, value_raw=str(value))


@fault
def a_percentage_is_that_of_the_other_arm(at: Planting) -> None:
    row = percent(at, counted=True)
    other = at.one(
        OutcomeMeasurementRow,
        lambda one: one.outcome_id == row.outcome_id and one.statistic == "PERCENT" and abs(one.value - row.value) > 3,
    )
    at.change(row, value=other.value, value_raw=other.value_raw)


@fault
def a_decimal_comma_was_lost(at: Planting) -> None:
    row = percent(at, counted=True)
    at.need(row.value > 11)
    digits = (row.value_raw or "").replace(".", "")
    at.change(row, value=float(digits), value_raw=digits)


@fault
def a_percentage_was_read_as_a_share_of_one(at: Planting) -> None:
    row = percent(at, counted=True)
    at.change(row, value=row.value / 100, value_raw=f"{row.value / 100:.3f}")


@fault
def a_digit_of_a_count_was_read_twice(at: Planting) -> None:
    row = count(at)
    value = row.value * 10 + row.value % 10
    at.need(value > (row.n_analyzed or 0))
    at.change(row, value=value, value_raw=f"{value:g}")


@fault
def the_digits_of_a_count_changed_places(at: Planting) -> None:
    row = count(at)
    swapped = float(f"{row.value:g}"[::-1])
    at.need(abs(swapped - row.value) > 2 and swapped <= (row.n_analyzed or 0))
    at.change(row, value=swapped, value_raw=f"{swapped:g}")
    at.where["percent"] = beside(at, row, "PERCENT")[0].measurement_id


@fault
def the_comma_of_a_thousand_was_read_as_a_decimal_mark(at: Planting) -> None:
    row = at.one(OutcomeMeasurementRow, lambda row: row.statistic == "COUNT" and row.unit == "participants")
    at.need(not beside(at, row, "PERCENT"))
    at.change(row, value=1.234, value_raw="1,234")


@fault
def a_digit_of_the_n_was_lost(at: Planting) -> None:
    row = count(at)
    n = int(str(row.n_analyzed)[1:] or 0)
    at.need(0 < n < row.value)
    at.change(row, n_analyzed=n)


@fault
def a_count_was_read_with_the_dash_before_it(at: Planting) -> None:
    row = at.one(OutcomeMeasurementRow, lambda row: row.statistic == "COUNT" and row.unit == "events" and row.value)
    at.change(row, value=-row.value)


@fault
def a_standard_deviation_lost_its_decimal_mark(at: Planting) -> None:
    row = at.one(
        OutcomeMeasurementRow,
        lambda row: (
            row.statistic == "MEAN"
            and row.dispersion_type == "SD"
            and row.unit == "days"
            and (row.dispersion_value or 0) * 10 > row.value * math.sqrt(row.n_analyzed or 0) * 1.1
        ),
    )
    at.change(row, dispersion_value=(row.dispersion_value or 0) * 10)


@fault
def a_standard_deviation_was_taken_for_a_standard_error(at: Planting) -> None:
    # Of days, where the deviation is larger than the mean: the error of a mean cannot be.
    row = at.one(
        OutcomeMeasurementRow,
        lambda row: (
            row.statistic == "MEAN"
            and row.dispersion_type == "SD"
            and (row.dispersion_value or 0) > row.value + 0.5 > 1
        ),
    )
    at.need(row.unit == "days")
    at.change(row, dispersion_type="SE")


@fault
def a_share_of_days_has_the_spread_of_something_else(at: Planting) -> None:
    row = at.one(
        OutcomeMeasurementRow,
        lambda row: row.statistic == "MEAN" and row.unit == "% of days" and row.dispersion_type == "SD",
    )
    at.change(row, dispersion_value=118.0)


@fault
def the_quartiles_changed_places(at: Planting) -> None:
    row = spread(at, "MEDIAN", "IQR")
    at.change(row, dispersion_low=row.dispersion_high, dispersion_high=row.dispersion_low)


@fault
def the_median_is_that_of_another_row_of_the_table(at: Planting) -> None:
    row = spread(at, "MEDIAN", "IQR")
    value = round((row.dispersion_high or 0) * 2 + 1, 1)
    at.change(row, value=value, value_raw=str(value))


@fault
def a_limit_of_an_interval_lost_its_decimal_mark(at: Planting) -> None:
    row = at.one(
        OutcomeMeasurementRow,
        lambda row: row.statistic == "MEAN" and row.dispersion_type == "CI" and (row.dispersion_low or 0) > 5,
    )
    at.change(row, dispersion_low=(row.dispersion_low or 0) / 10, dispersion_high=(row.dispersion_high or 0) / 10)


@fault
def a_range_is_that_of_another_row(at: Planting) -> None:
    row = spread(at, "MEAN", "RANGE")
    width = (row.dispersion_high or 0) - (row.dispersion_low or 0)
    at.change(row, dispersion_low=row.value + width, dispersion_high=row.value + 2 * width)


@fault
def the_plus_minus_sign_was_read_as_a_minus(at: Planting) -> None:
    row = spread(at, "MEAN", "SD")
    at.change(row, dispersion_value=-(row.dispersion_value or 0))


@fault
def nobody_knows_what_the_spread_is(at: Planting) -> None:
    row = spread(at, "MEAN", "SD")
    at.change(row, dispersion_type=None)


@fault
def a_number_is_of_an_arm_that_is_not_there(at: Planting) -> None:
    at.change(at.one(OutcomeMeasurementRow), arm_id="arm-of-nobody")


@fault
def a_number_is_of_an_outcome_that_is_not_there(at: Planting) -> None:
    at.change(at.one(OutcomeMeasurementRow), outcome_id="outcome-of-nobody")


@fault
def a_statistic_is_no_word_of_the_registries(at: Planting) -> None:
    at.change(at.one(OutcomeMeasurementRow, lambda row: row.statistic == "MEDIAN"), statistic="AVERAGE")


@fault
def one_number_was_written_twice(at: Planting) -> None:
    row = at.one(OutcomeMeasurementRow, lambda row: row.statistic == "RATE")
    at.add(row.model_copy(update={"value": row.value * 2}))


@fault
def the_place_of_an_outcome_is_no_word(at: Planting) -> None:
    at.change(at.one(OutcomeRow, lambda row: row.outcome_type == "SECONDARY"), outcome_type="Additional")


@fault
def an_outcome_lost_its_measure(at: Planting) -> None:
    at.change(at.one(OutcomeRow), measure="")


@fault
def an_outcome_belongs_to_a_trial_that_is_not_there(at: Planting) -> None:
    at.change(at.one(OutcomeRow), trial_id="trial-of-nobody")


@fault
def the_primary_result_is_of_those_who_kept_to_the_protocol(at: Planting) -> None:
    at.need(at.trial.plan.design in ("parallel", "unequal") and at.row.allocation == "RANDOMIZED")
    primary = at.all(OutcomeRow, lambda row: row.outcome_type == "PRIMARY")
    at.need(len(primary) == 1)
    at.change(primary[0], population="PER_PROTOCOL")
