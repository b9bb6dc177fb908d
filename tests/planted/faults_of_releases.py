"""Faults of a whole build: what was lost since the last release, what is read less often, what the books hide."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace

from tests.planted.books import RUNS, TOPIC, run_id, started
from tests.planted.planting import Planting, fault
from tests.planted.trials import MadeTrial, read_again
from tests.planted.world import World
from trialhouse.model.tables import (
    AccountingCauseRow,
    AccountingRow,
    ArmInterventionRow,
    ArmRow,
    DocumentRow,
    OutcomeAnalysisRow,
    OutcomeMeasurementRow,
    OutcomeRow,
    Row,
    TrialKeyRow,
    TrialRow,
)

WorldFault = Callable[[World], World]

WORLD_FAULTS: dict[str, WorldFault] = {}


def world_fault(function: WorldFault) -> WorldFault:
    """Add a function to the faults of whole builds, under its name in words."""
    WORLD_FAULTS[function.__name__.replace("_", " ")] = function
    return function


def was_published(at: Planting) -> None:
    """Go on only with a trial of the last release."""
    at.need(at.trial.plan.number % 10)


@fault
def a_trial_is_gone(at: Planting) -> None:
    was_published(at)
    at.need(len(at.trial.readings) == 1)
    at.rows = [row for row in at.rows if isinstance(row, TrialKeyRow)]


@fault
def a_trial_came_back_under_another_id(at: Planting) -> None:
    was_published(at)
    old, new = at.trial.trial_id, f"{at.trial.trial_id}-new"
    moved: list[Row] = []
    for row in at.rows:
        values = {name: new for name in ("trial_id", "row_id") if getattr(row, name, None) == old}
        moved.append(row.model_copy(update=values) if values else row)
    at.rows = moved


@fault
def an_arm_with_all_it_has_is_no_longer_read(at: Planting) -> None:
    was_published(at)
    at.need(at.trial.plan.design == "cohort")
    lost = at.one(ArmRow)
    at.drop(at.all(OutcomeAnalysisRow))
    at.drop(at.all(OutcomeMeasurementRow, lambda row: row.arm_id == lost.arm_id))
    at.drop(at.all(ArmInterventionRow, lambda row: row.arm_id == lost.arm_id))
    at.drop([lost])


@fault
def a_number_is_no_longer_read(at: Planting) -> None:
    was_published(at)
    at.drop([at.one(OutcomeMeasurementRow)])


@fault
def the_comparisons_of_a_trial_are_no_longer_read(at: Planting) -> None:
    was_published(at)
    at.need(at.all(OutcomeAnalysisRow))
    at.drop(at.all(OutcomeAnalysisRow))


@fault
def an_outcome_is_no_longer_read(at: Planting) -> None:
    was_published(at)
    lost = at.all(OutcomeRow)
    at.need(len(lost) > 2 and lost[-1].outcome_type == "SECONDARY")
    at.drop(at.all(OutcomeMeasurementRow, lambda row: row.outcome_id == lost[-1].outcome_id))
    at.drop(at.all(OutcomeAnalysisRow, lambda row: row.outcome_id == lost[-1].outcome_id))
    at.drop([lost[-1]])


def changed(world: World, row_class: type[Row], change: Callable[[int, Row], Row]) -> World:
    """The world with every row of a table changed; the number counts them from 0."""
    place = 0
    trials: list[MadeTrial] = []
    for trial in world.trials:
        rows = []
        for row in trial.rows:
            if isinstance(row, row_class):
                rows.append(change(place, row))
                place += 1
            else:
                rows.append(row)
        trials.append(replace(trial, rows=rows))
    return replace(world, trials=tuple(trials))


@world_fault
def sponsors_are_no_longer_read_in_every_third_record(world: World) -> World:
    return changed(world, TrialRow, lambda i, row: row.model_copy(update={"sponsor": None}) if i % 3 == 0 else row)


@world_fault
def doses_are_no_longer_read_in_every_second_arm(world: World) -> World:
    lost = {"dose_value": None, "dose_unit": None, "dose_unit_ucum": None, "dose_raw": None}
    return changed(world, ArmInterventionRow, lambda i, row: row.model_copy(update=lost) if i % 2 else row)


@world_fault
def every_phase_is_read_as_the_fourth(world: World) -> World:
    return changed(world, TrialRow, lambda i, row: row.model_copy(update={"phase": "PHASE4"}))


@world_fault
def secondary_outcomes_are_read_as_others(world: World) -> World:
    def other(i: int, row: Row) -> Row:
        is_secondary = isinstance(row, OutcomeRow) and row.outcome_type == "SECONDARY"
        return row.model_copy(update={"outcome_type": "OTHER_PRE_SPECIFIED"}) if is_secondary else row

    return changed(world, OutcomeRow, other)


@world_fault
def the_vocabulary_lost_half_of_its_measures(world: World) -> World:
    def unnamed(i: int, row: Row) -> Row:
        lost = isinstance(row, OutcomeRow) and (row.measure_norm or "") < "m"
        return row.model_copy(update={"measure_norm": None}) if lost else row

    return changed(world, OutcomeRow, unnamed)


@world_fault
def the_vocabulary_lost_half_of_its_drugs(world: World) -> World:
    def unnamed(i: int, row: Row) -> Row:
        lost = isinstance(row, ArmInterventionRow) and row.intervention_name < "n"
        return row.model_copy(update={"intervention_norm": None, "intervention_id": None}) if lost else row

    return changed(world, ArmInterventionRow, unnamed)


@world_fault
def the_papers_of_two_trials_have_one_doi(world: World) -> World:
    dois = [row.doi for trial in world.trials for row in trial.rows if isinstance(row, DocumentRow) and row.doi]
    first, other = dois[0], next(doi for doi in dois if doi != dois[0])

    def shared(i: int, row: Row) -> Row:
        is_other = isinstance(row, DocumentRow) and row.doi == other
        return row.model_copy(update={"doi": first}) if is_other else row

    return changed(world, DocumentRow, shared)


@world_fault
def milligrams_are_read_as_micrograms(world: World) -> World:
    def larger(i: int, row: Row) -> Row:
        has_dose = isinstance(row, ArmInterventionRow) and row.dose_value
        return row.model_copy(update={"dose_value": row.dose_value * 1000}) if has_dose else row

    return changed(world, ArmInterventionRow, larger)


@world_fault
def falls_from_baseline_are_read_as_rises(world: World) -> World:
    def risen(i: int, row: Row) -> Row:
        is_change = isinstance(row, OutcomeMeasurementRow) and row.is_change_from_baseline
        return row.model_copy(update={"value": abs(row.value)}) if is_change else row

    return changed(world, OutcomeMeasurementRow, risen)


@world_fault
def weeks_are_read_as_days(world: World) -> World:
    def shorter(i: int, row: Row) -> Row:
        has_time = isinstance(row, OutcomeRow) and row.time_frame_days
        return row.model_copy(update={"time_frame_days": row.time_frame_days / 7}) if has_time else row

    return changed(world, OutcomeRow, shorter)


@world_fault
def the_ids_of_numbers_in_some_trials_are_made_of_something_else(world: World) -> World:
    trials = []
    for trial in world.trials:
        if trial.plan.number % 4:
            trials.append(trial)
            continue
        rows: list[Row] = []
        for row in trial.rows:
            name = "measurement_id" if isinstance(row, OutcomeMeasurementRow) else "row_id"
            is_named = getattr(row, "table_name", "outcome_measurements") == "outcome_measurements"
            values = {name: getattr(row, name) + "x"} if is_named and hasattr(row, name) else {}
            rows.append(row.model_copy(update=values))
        trials.append(replace(trial, rows=rows))
    return replace(world, trials=tuple(trials))


def books(world: World, change: Callable[[Row], Iterable[Row]]) -> World:
    """The world with other books."""
    return replace(world, books=tuple(one for row in world.books for one in change(row)))


def last_slice(row: Row, source: str) -> bool:
    """Whether these are the books of a source in the newest run."""
    return isinstance(row, AccountingRow) and row.run_id == run_id(RUNS) and row.source == source


@world_fault
def a_batch_of_records_vanished_between_asking_and_landing(world: World) -> World:
    def lost(row: Row) -> list[Row]:
        return [row.model_copy(update={"asked": row.asked + 20, "matched": row.matched + 20})] if (
            isinstance(row, AccountingRow) and last_slice(row, "ctgov")
        ) else [row]  # fmt: skip

    return books(world, lost)


@world_fault
def records_were_received_and_never_parsed(world: World) -> World:
    def lost(row: Row) -> list[Row]:
        is_ours = isinstance(row, AccountingRow) and last_slice(row, "pubmed")
        return (
            [row.model_copy(update={"parsed": row.parsed - 3})] if isinstance(row, AccountingRow) and is_ours else [row]
        )

    return books(world, lost)


@world_fault
def records_are_missing_without_a_cause(world: World) -> World:
    def lost(row: Row) -> list[Row]:
        if isinstance(row, AccountingRow) and last_slice(row, "europepmc"):
            moved = min(4, row.landed)
            received = row.received - moved
            values = {"missing": row.missing + moved, "received": received, "landed": row.landed - moved}
            return [row.model_copy(update=values | {"parsed": received - row.dropped})]
        return [row]

    return books(world, lost)


@world_fault
def a_source_names_more_records_than_it_lists(world: World) -> World:
    def more(row: Row) -> list[Row]:
        if isinstance(row, AccountingRow) and last_slice(row, "ctgov"):
            return [row.model_copy(update={"matched": row.matched + 500})]
        return [row]

    return books(world, more)


@world_fault
def a_source_has_been_down_for_ten_days(world: World) -> World:
    nights = {run_id(number) for number in range(1, RUNS + 1) if started(RUNS) - started(number) < _days(10)}

    def down(row: Row) -> list[Row]:
        if isinstance(row, AccountingCauseRow) and row.source == "pubmed" and row.run_id in nights:
            return []
        if isinstance(row, AccountingRow) and row.source == "pubmed" and row.run_id in nights:
            nothing = {"received": 0, "landed": 0, "unchanged": 0, "parsed": 0, "dropped": 0, "missing": row.asked}
            cause = AccountingCauseRow(
                run_id=row.run_id, source="pubmed", record_id=TOPIC, stage="fetch", cause="unreachable", times=row.asked
            )
            return [row.model_copy(update=nothing), cause]
        return [row]

    return books(world, down)


def _days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@world_fault
def a_folder_of_papers_was_taken_away(world: World) -> World:
    """The papers of trials that their registry records tell of as well."""
    trials = []
    for trial in world.trials:
        left = tuple(r for r in trial.readings if r.document.receipt.source != "europepmc")
        is_known = 0 < len(left) < len(trial.readings) and all(r.document.receipt.source == "ctgov" for r in left)
        trials.append(read_again(replace(trial, readings=left)) if is_known else trial)
    return replace(world, trials=tuple(trials))
