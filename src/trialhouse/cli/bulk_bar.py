"""The progress of a bulk load: a bar on a terminal, some lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from trialhouse.pipeline.bulk_result import Stand, Watch
from trialhouse.terminal import say

STAGES = {"files": "Reading files", "merge": "Merging files", "land": "Landing trial reports"}
TENTHS = 10


@contextmanager
def bulk_bar() -> Iterator[Watch]:
    """Show on stderr how a load stands: files, citations a second, time left."""
    if not sys.stderr.isatty():
        yield _lines(say)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
    )
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=False) as bars:
        tasks: dict[str, Any] = {}
        pace = Pace(time.monotonic)

        def watch(stand: Stand) -> None:
            if stand.stage not in tasks:
                tasks[stand.stage] = bars.add_task(STAGES[stand.stage], total=stand.total, told="")
            bars.update(tasks[stand.stage], completed=stand.done, total=stand.total, told=pace.told(stand))

        yield watch


class Pace:
    """How fast files are read, in words. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()

    def told(self, stand: Stand) -> str:
        """Citations a second since the start, and the time left by the bytes; nothing before anything was read."""
        seconds = self._clock() - self._began
        if not stand.citations or seconds <= 0:
            return ""
        left = (stand.bytes_total - stand.bytes_done) * seconds / stand.bytes_read
        return f"{stand.citations / seconds:,.0f} citations/s, {_hours(left)} left"


def _lines(tell: Callable[[str], None]) -> Watch:
    """A line when a stage begins, and of the files one at each tenth of their bytes."""
    pace = Pace(time.monotonic)
    seen: dict[str, int] = {}

    def watch(stand: Stand) -> None:
        tenth = TENTHS * stand.bytes_done // stand.bytes_total if stand.bytes_total else 0
        if stand.stage not in seen:
            tell(STAGES[stand.stage] + (f": {stand.total:,}" if stand.total > 1 else ""))
        elif stand.stage == "files" and tenth > seen[stand.stage] and stand.done < stand.total:
            told = pace.told(stand)
            tell(f"  {stand.done:,} of {stand.total:,} files" + (f", {told}" if told else ""))
        seen[stand.stage] = tenth

    return watch


def _hours(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
