"""A warehouse without a fault raises nothing, though its numbers are rounded and told as papers and registries do."""

import pytest

from tests.planted.world import Warehouse, made_world, report_of, told


def test_a_warehouse_without_a_fault_raises_nothing(warehouse: Warehouse) -> None:
    assert told(warehouse.report(warehouse.world)) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20, 24))
def test_thousands_of_trials_without_a_fault_raise_nothing(seed: int) -> None:
    assert told(report_of(made_world(seed=seed, size=800))) == []
