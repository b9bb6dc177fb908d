"""What people see: progress, tables and sentences, on a terminal or in a log."""

import itertools
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Any

GAP = "  "
LEAST_WIDTH = 8

UNLIMITED_WIDTH = 100_000
"""Rows that go to a file or a pipe are not wrapped."""

STAGES = {
    "list": "Asking the sources",
    "start": "Starting Prefect",
    "read": "Reading batches",
    "assemble": "Gathering documents",
    "build": "Building the release",
    "verify": "Verifying parts",
    "landing": "Verifying packs of landed records",
    "exports": "Reading exports, characters",
    "reading records": "Preparing records, steps",
    "comparing pairs": "Comparing pairs",
}
"""What the stages of long work are called."""

Watcher = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def say(sentence: str = "") -> None:
    """A line for people, on stderr. If nobody listens there any more, the work goes on in silence."""
    try:
        print(sentence, file=sys.stderr, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def print_json(value: Any) -> None:
    """One JSON document on stdout; what JSON has no type for is printed as text."""
    print(json_text(value, indent=2))


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON that stdout can print: escaped where it cannot encode a character, such as half a pair."""
    text = json.dumps(value, indent=indent, ensure_ascii=False, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, default=str)
    return text


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    stream: IO[str] | None = None,
    *,
    elsewhere: int = UNLIMITED_WIDTH,
) -> None:
    """A plain table on stdout or another stream: numbers to the right, wide cells folded to the terminal's width.

    `elsewhere` is the width where there is no terminal: rows for a script are not folded, sentences for people are.
    """
    stream = stream or sys.stdout
    lines = [[str(heading) for heading in headings], *([_cell(value) for value in row] for row in rows)]
    is_number = [
        bool(rows) and all(isinstance(row[n], int | float | None) for row in rows) for n in range(len(headings))
    ]
    widths = _fitting(list(zip(*lines, strict=True)), terminal_width(stream, elsewhere))
    folded = [_folded(line, widths, is_number) for line in lines]
    rule = "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    print("\n".join([*folded[0], rule, *(part for line in folded[1:] for part in line)]), file=stream)


def _fitting(columns: Sequence[Sequence[str]], whole: int) -> list[int]:
    """Column widths that fit: the widest column gives way first, and words are broken only when all else is used up."""
    widths = [max(map(len, column)) for column in columns]
    words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in columns]
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - whole
    for least in (words, [LEAST_WIDTH] * len(widths)):
        while excess > 0:
            spare = [width - floor for width, floor in zip(widths, least, strict=True)]
            if max(spare) <= 0:
                break
            widths[spare.index(max(spare))] -= 1
            excess -= 1
    return widths


def _folded(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> list[str]:
    """One row of a table as the lines that it takes."""
    columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for parts in itertools.zip_longest(*columns, fillvalue=""):
        padded = [
            part.rjust(width) if right else part.ljust(width)
            for part, width, right in zip(parts, widths, is_number, strict=True)
        ]
        lines.append(GAP.join(padded).rstrip())
    return lines


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def terminal_width(stream: IO[str], elsewhere: int = UNLIMITED_WIDTH) -> int:
    """The width of a terminal; no limit for a file or a pipe unless another is given."""
    return shutil.get_terminal_size().columns if stream.isatty() else elsewhere


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
