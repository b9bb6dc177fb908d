"""The memory that is left to the checks of a build is enough for all of them, with room for more documents."""

import datetime
import shutil
from pathlib import Path

import pytest

from trialhouse.pipeline import refresh
from trialhouse.quality import run
from trialhouse.quality.checks import load_checks
from trialhouse.releases.catalog import find_release
from trialhouse.settings import load_settings
from trialhouse.store.connection import attach_read_only, limit_memory, working_database


def test_half_of_the_memory_is_enough_for_every_check_of_a_small_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = load_settings(warehouse=tmp_path / "warehouse", environ={}).settings
    refresh(settings, files=[settings.root / "seeds" / "corpus"])
    for name in ("now", "last"):
        shutil.copy(find_release(settings.warehouse, None).database, tmp_path / f"{name}.duckdb")
    caplog.clear()
    monkeypatch.setattr(run, "MEGABYTES", run.MEGABYTES // 2)
    checks = load_checks(settings.root / "warehouse" / "checks", settings.checks)
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    with working_database(tmp_path / "now.duckdb") as connection:
        attach_read_only(connection, tmp_path / "last.duckdb", "last")
        limit_memory(connection, 150, tmp_path / "spill")
        report = run.run_checks(connection, checks, run_id="run-1", now=now, has_last=True)
    assert [(one.check_id, one.why) for one in report.runs if one.why] == []
    assert not [told for told in caplog.messages if "again in more" in told]
