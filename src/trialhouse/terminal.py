"""What people see: progress, tables and sentences, on a terminal or in a log."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Any

UNLIMITED_WIDTH = 100_000
"""Rows that go to a file or a pipe are not wrapped."""

STAGES = {
    "start": "Starting Prefect",
    "read": "Reading batches",
    "assemble": "Gathering documents",
    "build": "Building the release",
}
"""What the stages of a refresh are called."""

Watcher = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def say(sentence: str = "") -> None:
    """A line for people, on stderr."""
    print(sentence, file=sys.stderr, flush=True)


def print_json(value: Any) -> None:
    """One JSON document on stdout; what JSON has no type for is printed as text."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[object]], stream: IO[str] | None = None) -> None:
    """A plain table on stdout or another stream: numbers to the right, cells folded to the terminal's width."""
    from rich import box  # noqa: PLC0415 - most commands print no table
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    stream = stream or sys.stdout
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, heading in enumerate(headings):
        is_number = all(isinstance(row[number], int | float | None) for row in rows)
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console = Console(file=stream, width=terminal_width(stream), highlight=False)
    with console.capture() as printed:
        console.print(table)
    # The cells of the last column are not padded: a log or a copied line ends where its text ends.
    print("\n".join(line.rstrip() for line in printed.get().splitlines()), file=stream)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def terminal_width(stream: IO[str]) -> int:
    """The width of a terminal; no limit for a file or a pipe."""
    return shutil.get_terminal_size().columns if stream.isatty() else UNLIMITED_WIDTH


@contextmanager
def watched() -> Iterator[Watcher]:
    """Show progress on stderr while the block runs: a bar on a terminal, a line a stage elsewhere.

    Whoever does the work below the block finds the watcher by `current_watcher`.
    """
    with _bars() if sys.stderr.isatty() else _lines() as watcher:
        token = _watcher.set(watcher)
        try:
            yield watcher
        finally:
            _watcher.reset(token)


def current_watcher() -> Watcher | None:
    """The watcher of the block around, or None when nobody watches."""
    return _watcher.get()


@contextmanager
def _lines() -> Iterator[Watcher]:
    """A line when a stage begins."""
    seen: set[str] = set()

    def watch(stage: str, done: int, total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            say(STAGES.get(stage, stage) + (f": {total:,}" if total > 1 else ""))

    yield watch


@contextmanager
def _bars() -> Iterator[Watcher]:
    """One bar a stage; stages that are done stay to be read."""
    from rich.console import Console  # noqa: PLC0415 - only a refresh on a terminal draws bars
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def watch(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield watch
