"""The log of a run: one JSON object a line in `runs/RUN_ID.jsonl`, for programs that watch and for looking back.

Every line has `timestamp` (UTC), `level`, `logger`, `message` and `run_id`; where it is about one of them, `source`,
`topic`, `record_id` (as the source names it) and `document_id` (as the warehouse does), too. What the package logs from
INFO up is in it, with the trace of an error. What people see on stderr stays as it is: warnings and errors.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pythonjsonlogger.json import JsonFormatter

from trialhouse.releases.layout import Layout

PACKAGE = "trialhouse"


def log_path(layout: Layout, run_id: str) -> Path:
    """Where the log of a run lies."""
    return layout.runs / f"{run_id}.jsonl"


@contextmanager
def run_log(layout: Layout, run_id: str) -> Iterator[None]:
    """Write what the package logs meanwhile, in all threads, to the run's log. Raises OSError."""
    package = logging.getLogger(PACKAGE)
    file = _RunFile(log_path(layout, run_id), encoding="utf-8", errors="backslashreplace")
    names = {"levelname": "level", "name": "logger"}
    file.setFormatter(
        JsonFormatter(
            ["timestamp", "levelname", "name", "message"],
            rename_fields=names,
            static_fields={"run_id": run_id},
            timestamp=True,
            json_ensure_ascii=False,
        )
    )
    passing_on = _ToOthers(logging.WARNING)
    before = package.level, package.propagate
    package.setLevel(logging.INFO)
    package.propagate = False
    handlers = [file, passing_on]
    for handler in handlers:
        package.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            package.removeHandler(handler)
        with suppress(OSError):
            file.close()
        package.setLevel(before[0])
        package.propagate = before[1]


class _RunFile(logging.FileHandler):
    """The file of a log. A line that cannot be written is left out: a full disk is said by what needs the disk."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing on stderr."""


class _ToOthers(logging.Handler):
    """Hands warnings on to the handlers of the program, as if the package logged nothing below them."""

    def emit(self, record: logging.LogRecord) -> None:
        parent = logging.getLogger(PACKAGE).parent
        if parent is not None:
            parent.handle(record)
