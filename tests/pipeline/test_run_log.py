"""What a run writes down for programs: JSON lines that name the run, the source, the record and the document."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.test_alert_life import ABSTRACT
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, refresh, running
from trialhouse.pipeline.run_log import log_path, run_log
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings


def lines(settings: Settings, run_id: str) -> list[dict[str, Any]]:
    text = log_path(Layout(settings.warehouse), run_id).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_run_is_told_from_its_begin_to_its_end(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text(ABSTRACT.format(n=200))
    (tmp_path / "b.txt").write_bytes(b"\0\1\2 no text")
    caplog.set_level(logging.INFO)
    result = refresh(settings, files=[tmp_path / "a.txt", tmp_path / "b.txt"])
    assert result.status is RunStatus.PUBLISHED
    told = lines(settings, result.run_id)
    assert {line["run_id"] for line in told} == {result.run_id}
    assert all(line["timestamp"].endswith("+00:00") for line in told)
    assert told[0]["message"].startswith("the run begins")
    assert told[-1]["message"].startswith("the run ended: published")
    (read,) = [line for line in told if "document_id" in line]
    assert (read["source"], read["level"]) == ("files", "INFO")
    assert read["record_id"].endswith("a.txt")
    (unread,) = [line for line in told if line["level"] == "WARNING"]
    assert unread["record_id"].endswith("b.txt")
    # People are told of what went wrong alone.
    assert [record.levelname for record in caplog.records if record.name.startswith("trialhouse")] == ["WARNING"]


def test_a_run_that_fails_leaves_its_trace(settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError), running(settings, Assignment(files=())) as run:
        _ = 1 // 0
    last = lines(settings, run.run_id)[-1]
    assert last["message"].startswith("the run failed: ZeroDivisionError")
    assert "1 // 0" in last["exc_info"]


def test_a_run_that_was_ended_from_outside_says_so_and_that_nothing_is_lost(settings: Settings) -> None:
    """So does Prefect's engine where its worker was killed: `SystemExit: 1` says nothing to anybody."""
    with pytest.raises(SystemExit), running(settings, Assignment(files=())) as run:
        raise SystemExit(1)
    told = "the run was ended from outside (SystemExit): what it landed stays, and the next run goes on"
    assert lines(settings, run.run_id)[-1]["message"] == told


def test_the_logger_is_left_as_it_was(settings: Settings) -> None:
    package = logging.getLogger("trialhouse")
    before = (package.level, package.propagate, list(package.handlers))
    layout = Layout(settings.warehouse)
    layout.runs.mkdir(parents=True)
    with run_log(layout, "run-1"), run_log(layout, "run-2"):
        logging.getLogger("trialhouse.some.room").info("half a character: \ud800")
    assert (package.level, package.propagate, list(package.handlers)) == before
    assert lines(settings, "run-2")[0]["message"].startswith("half a character: ")
