"""A limit of memory holds down what a night takes; it never ends one, and it changes nothing of what is published."""

import datetime
from pathlib import Path

import pytest

from trialhouse.pipeline import refresh, release
from trialhouse.quality import run
from trialhouse.releases import ledger
from trialhouse.releases.catalog import Release, find_release
from trialhouse.resolution import made_rows
from trialhouse.resolution.duplicates import of_documents
from trialhouse.settings import load_settings
from trialhouse.store.connection import release_reader

NIGHT = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
TOO_FEW = {release: 1, ledger: 1, of_documents: 1, run: 4}
"""Where it is said how many megabytes DuckDB may take, and so many that nothing or little of it fits."""


def published(warehouse: Path) -> Release:
    """The release of the documents that come with the project."""
    settings = load_settings(warehouse=warehouse, environ={}).settings
    refresh(settings, files=[settings.root / "seeds" / "corpus"], clock=lambda: NIGHT)
    return find_release(settings.warehouse, None)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return published(tmp_path_factory.mktemp("usual") / "warehouse")


def test_with_far_too_little_memory_the_same_rows_are_published(
    usual: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for module, megabytes in TOO_FEW.items():
        monkeypatch.setattr(module, "MEGABYTES", megabytes)
    found = published(tmp_path / "warehouse")
    assert found.content_hash == usual.content_hash
    again = {f"{megabytes} MB of memory were too little: it is done again in more" for megabytes in (1, 4)}
    assert again <= set(caplog.messages)


@pytest.mark.parametrize("stretch", [1, 7, 100])
def test_rows_that_are_copied_stretch_by_stretch_are_the_same_in_the_same_order(
    usual: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(made_rows, "STRETCH", stretch)
    monkeypatch.setattr(made_rows, "_ONE_OF", 1)
    found = published(tmp_path / "warehouse")
    assert found.content_hash == usual.content_hash
    with release_reader(found.database) as connection:
        for table in made_rows.TABLES.values():
            keys = f"SELECT {', '.join(table.key)} FROM {table.name}"
            assert connection.execute(keys).fetchall() == connection.execute(f"{keys} ORDER BY ALL").fetchall()


def test_the_columns_by_which_stretches_are_told_apart_are_never_null() -> None:
    for table in made_rows.TABLES.values():
        nullable = {column.name for column in table.columns if column.nullable}
        assert nullable.isdisjoint(table.key[:2])
