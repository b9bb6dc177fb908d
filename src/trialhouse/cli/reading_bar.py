"""The progress of reading documents, for whoever waits at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def reading_bar(total: int) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told the bytes of each document read, of `total` bytes in all.

    Draws a bar on stderr when that is a terminal that the records do not go to as well, and when the total is known
    (not 0); else draws nothing.
    """
    if not total or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda size: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("Reading documents"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[read]:,} read"),
        TimeRemainingColumn(),
    )
    # Records go to stdout: the bar must not take it over.
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=False, transient=True) as bars:
        task = bars.add_task("", total=total, read=0)
        read = 0

        def advance(size: int) -> None:
            nonlocal read
            read += 1
            bars.update(task, advance=size, read=read)

        yield advance
