"""Every planted fault is found by the check that is there for it, where it is, and nothing else is found."""

import functools
import inspect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.planted import (
    faults_of_comparisons,
    faults_of_design,
    faults_of_documents,
    faults_of_numbers,
    faults_of_releases,
    faults_of_reports,
)
from tests.planted.expected import ANY, OF_ANY_MISREADING, OF_BUILDS, OF_TRIALS, Caught, Place
from tests.planted.faults_of_releases import WORLD_FAULTS
from tests.planted.planting import FAULTS, Planting, all_planted
from tests.planted.world import Warehouse, World, made_world, told, with_trials, written
from trialhouse.model.tables import FailingRow
from trialhouse.quality.run import CheckReport
from trialhouse.resources import data_root

EXPECTED = {name: caught for faults in OF_TRIALS.values() for name, caught in faults.items()}
LOADED = (faults_of_design, faults_of_numbers, faults_of_comparisons, faults_of_documents, faults_of_reports)


@dataclass(frozen=True)
class Harvest:
    """The faults of single trials, planted in one world, and the rows that failed by the fault that they are of."""

    plantings: dict[str, Planting]
    failing: dict[str, list[FailingRow]]
    of_no_fault: list[FailingRow]


def harvest(warehouse: Warehouse) -> Harvest:
    """Plant every fault in a trial of its own and see what fails."""
    plantings = all_planted(warehouse.world.trials)
    report = warehouse.report(with_trials(warehouse.world, [planting.spoilt() for planting in plantings.values()]))
    assert not [run for run in report.runs if run.why], told(report)
    owners = owned(warehouse.world, plantings)
    failing, of_no_fault = defaultdict(list), []
    for row in report.failing:
        named = [owners[name] for name in names_in(row) if name in owners]
        if named:
            failing[named[0]].append(row)
        else:
            of_no_fault.append(row)
    return Harvest(plantings, failing, of_no_fault)


def owned(world: World, plantings: dict[str, Planting]) -> dict[str, str]:
    """Which fault's trial an id belongs to."""
    clean = {trial.plan.number: trial for trial in world.trials}
    owners = {}
    for name, planting in plantings.items():
        for row in [*planting.rows, *clean[planting.trial.plan.number].rows]:
            ids = [getattr(row, column) for column in type(row).KEY if column.endswith("_id")]
            owners |= {i: name for i in ids if not i.endswith("-of-nobody")}
        owners[planting.where.get("unknown", planting.where["trial"])] = name
        owners[planting.where["trial"]] = name
    return owners


def names_in(row: FailingRow) -> list[str]:
    """The ids by which a failing row says what it is about."""
    return [name for name in (row.trial_id, row.document_id, row.row_id, *(row.row_id or "").split("/")) if name]


def is_at(row: FailingRow, place: Place, where: dict[str, str]) -> bool:
    """Whether a row failed the check at this place."""
    check_id, named, column = place
    entity = row.row_id or row.document_id or row.trial_id
    return (
        row.check_id == check_id
        and (named == ANY or entity == where.get(named, named))
        and column in (ANY, row.column_name)
    )


def missed(caught: Caught, failing: Sequence[FailingRow], where: dict[str, str]) -> list[Place]:
    """What should have failed and did not."""
    return [place for place in caught.by if not any(is_at(row, place, where) for row in failing)]


def unasked(caught: Caught, failing: Sequence[FailingRow], where: dict[str, str]) -> list[str]:
    """What failed and has nothing to do with the fault."""
    allowed = (*caught.also, OF_ANY_MISREADING)
    rows = [row for row in failing if row.check_id not in allowed and not any(is_at(row, p, where) for p in caught.by)]
    return [f"{row.check_id}: {row.message}" for row in rows]


@pytest.fixture(scope="session")
def of_trials(warehouse: Warehouse) -> Harvest:
    return harvest(warehouse)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_of_a_trial_is_found_where_it_is_and_nothing_else_is(name: str, of_trials: Harvest) -> None:
    where, failing = of_trials.plantings[name].where, of_trials.failing.get(name, [])
    assert missed(EXPECTED[name], failing, where) == [], [f"{row.check_id}: {row.message}" for row in failing]
    assert unasked(EXPECTED[name], failing, where) == []


def test_every_fault_has_a_check_that_is_to_find_it() -> None:
    assert EXPECTED.keys() == FAULTS.keys()
    assert {name for group in OF_BUILDS for name in group} == WORLD_FAULTS.keys()


def test_those_who_plant_do_not_know_the_checks() -> None:
    folder = data_root() / "warehouse" / "checks"
    names = [file.relative_to(folder).with_suffix("").as_posix() for file in folder.glob("*/*.sql")]
    assert names
    for module in (*LOADED, faults_of_releases):
        text = inspect.getsource(module)
        assert "trialhouse.quality" not in text
        assert "tests.planted.expected" not in text
        assert [name for name in names if name in text] == []


def test_trials_without_a_fault_stay_silent_beside_those_with_one(of_trials: Harvest) -> None:
    """A trial that is gone takes its documents with it, which is a note of its source."""
    left = [row for row in of_trials.of_no_fault if row.check_id != "documents/lost_since_last"]
    assert [f"{row.check_id}: {row.message}" for row in left] == []


@pytest.fixture(scope="session")
def of_builds(warehouse: Warehouse) -> list[CheckReport]:
    """For each group what fails when all its faults are planted."""
    return [
        warehouse.report(functools.reduce(lambda world, name: WORLD_FAULTS[name](world), group, warehouse.world))
        for group in OF_BUILDS
    ]


@pytest.mark.parametrize(("group", "name"), [(i, name) for i, group in enumerate(OF_BUILDS) for name in group])
def test_a_fault_of_a_whole_build_is_found(group: int, name: str, of_builds: list[CheckReport]) -> None:
    assert missed(OF_BUILDS[group][name], of_builds[group].failing, {}) == [], told(of_builds[group])


@pytest.mark.parametrize("group", range(len(OF_BUILDS)))
def test_nothing_else_is_found_in_a_build_with_faults(group: int, of_builds: list[CheckReport]) -> None:
    faults = OF_BUILDS[group].values()
    everything = Caught(tuple(p for one in faults for p in one.by), tuple(c for one in faults for c in one.also))
    assert unasked(everything, of_builds[group].failing, {}) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(11, 14))
def test_the_faults_are_found_in_other_trials_too(seed: int) -> None:
    world = made_world(seed=seed, size=400)
    with written(world) as connection:
        found = harvest(Warehouse(connection, world))
    for name, caught in EXPECTED.items():
        where, failing = found.plantings[name].where, found.failing.get(name, [])
        assert missed(caught, failing, where) == [], f"{name}: {failing}"
        assert unasked(caught, failing, where) == [], name
