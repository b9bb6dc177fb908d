"""The made-up warehouse that the tests of this folder look at, made once."""

from collections.abc import Iterator

import pytest

from tests.planted.world import Warehouse, made_world, written


@pytest.fixture(scope="session")
def warehouse() -> Iterator[Warehouse]:
    """A warehouse without a fault, written to a database."""
    world = made_world(seed=1, size=170)
    with written(world) as connection:
        yield Warehouse(connection, world)
