"""What tests of sudden deaths share."""

from collections.abc import Iterator

import pytest

from tests.faults.copies import Copies


@pytest.fixture(scope="session")
def copies() -> Iterator[Copies]:
    """Runs programs that are killed."""
    made = Copies()
    yield made
    made.close()
