"""A warehouse of one refresh for all tests of the review page, copies of it, and the page served over them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.review.serving import Served, refreshed, serving
from trialhouse.model.words import RunStatus


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with four alerts, one of them on a hostile paper. Only ever read: it is shared."""
    warehouse = tmp_path_factory.mktemp("reviewed") / "warehouse"
    assert refreshed(warehouse) is RunStatus.PUBLISHED
    return warehouse


@pytest.fixture
def own_warehouse(reviewed: Path, tmp_path: Path) -> Path:
    """A copy of it that may be written to."""
    return Path(shutil.copytree(reviewed, tmp_path / "warehouse", symlinks=True))


@pytest.fixture(scope="module")
def page(reviewed: Path) -> Iterator[Served]:
    """The page over the shared warehouse, for requests that change nothing."""
    with serving(reviewed) as served:
        yield served


@pytest.fixture
def own_page(own_warehouse: Path) -> Iterator[Served]:
    """The page over a warehouse of this test."""
    with serving(own_warehouse) as served:
        yield served


@pytest.fixture(scope="module")
def refusing(reviewed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over a copy to which nothing must be written, for forms that are refused."""
    copied = shutil.copytree(reviewed, tmp_path_factory.mktemp("refusing") / "warehouse", symlinks=True)
    with serving(Path(copied)) as served:
        yield served
