"""The memory that is left to the checks of a build is enough for all of them, with room for more documents."""

import datetime
import re
import shutil
from pathlib import Path

from trialhouse.pipeline import refresh
from trialhouse.pipeline.release import CHECKS_MEMORY
from trialhouse.quality.checks import load_checks
from trialhouse.quality.run import run_checks
from trialhouse.releases.catalog import find_release
from trialhouse.settings import load_settings
from trialhouse.store.connection import attach_read_only, limit_memory, memory_for, working_database


def test_half_of_the_memory_is_enough_for_every_check_of_a_small_corpus(tmp_path: Path) -> None:
    settings = load_settings(warehouse=tmp_path / "warehouse", environ={}).settings
    refresh(settings, files=[settings.root / "seeds" / "corpus"])
    for name in ("now", "last"):
        shutil.copy(find_release(settings.warehouse, None).database, tmp_path / f"{name}.duckdb")
    checks = load_checks(settings.root / "warehouse" / "checks", settings.checks)
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    half = re.sub(r"\d+", lambda number: str(int(number[0]) // 2), CHECKS_MEMORY)
    with working_database(tmp_path / "now.duckdb") as connection:
        attach_read_only(connection, tmp_path / "last.duckdb", "last")
        limit_memory(connection, half, tmp_path / "spill")
        report = run_checks(connection, checks, run_id="run-1", now=now, has_last=True)
    assert [(run.check_id, run.why) for run in report.runs if run.why] == []


def test_what_was_allowed_before_is_allowed_again(tmp_path: Path) -> None:
    with working_database(tmp_path / "some.duckdb") as connection:
        limit_memory(connection, "150MB", tmp_path / "spill")
        asked = "SELECT current_setting('memory_limit')"
        before = connection.execute(asked).fetchall()
        with memory_for(connection, "400MB"):
            assert connection.execute(asked).fetchall() != before
        assert connection.execute(asked).fetchall() == before
