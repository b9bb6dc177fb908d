"""Fixtures that every test may use."""

import gc
import os
import pathlib
import shutil
import tomllib
from collections.abc import Callable

import pytest
from hypothesis import settings

from trialhouse.model.tables import TABLES
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import release_reader

CHECKOUT = pathlib.Path(__file__).parent.parent

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""No example fails because the machine is busy."""

FIRST = ("year", "flows", "faults", "browser", "pipeline")
"""The folders whose files take longest, in the order in which they are begun."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files: one that a worker begins last leaves the others idle until it ends."""
    rank = {CHECKOUT / "tests" / folder: number for number, folder in enumerate(FIRST)}

    def place(item: pytest.Item) -> int:
        return min((rank[folder] for folder in item.path.parents if folder in rank), default=len(rank))

    items.sort(key=place)


def pytest_sessionfinish() -> None:
    """Let go of what `extract` has set aside in this process, which goes on where the command's own ends."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of shared real input; a test that wants it is skipped where it is absent."""
    folder = pathlib.Path(os.environ.get("TRIALHOUSE_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("the shared folder of real input is not here (set TRIALHOUSE_SHARED)")
    return folder


@pytest.fixture(scope="session")
def corpus() -> pathlib.Path:
    """The folder of the bundled corpus."""
    return CHECKOUT / "seeds" / "corpus"


@pytest.fixture
def settings(tmp_path: pathlib.Path) -> Settings:
    """Settings of the checkout for an empty warehouse of its own."""
    return load_settings(warehouse=tmp_path / "warehouse", environ={}).settings


def copied_root(settings: Settings, folder: pathlib.Path) -> pathlib.Path:
    """A copy, in a new folder, of the files beside the code (those that a wheel carries), for a test to change."""
    build = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    for name in build["targets"]["wheel"]["force-include"]:
        if (settings.root / name).is_dir():
            shutil.copytree(settings.root / name, folder / name, ignore=shutil.ignore_patterns("corpus"))
    return folder


def main_rows(database: pathlib.Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table of `main` without the columns that differ between equal warehouses, sorted."""
    with release_reader(database) as connection:
        return {
            table.name: sorted(
                connection.execute(
                    f"SELECT {', '.join(c.name for c in table.columns if c.name != 'fetched_at')} FROM {table.name}"
                ).fetchall(),
                key=repr,
            )
            for table in TABLES
            if table.schema == "main"
        }


@pytest.fixture(scope="session")
def rows_of() -> Callable[[pathlib.Path], dict[str, list[tuple[object, ...]]]]:
    """The function that reads a release's rows for a comparison."""
    return main_rows
