"""Where a command writes: a file that gets its name when it is whole, or stdout."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole_place(out: Path | None) -> Iterator[Path | None]:
    """Where to write so that a file gets its name when it is whole; a device or a pipe is written to as it is."""
    if out is None or (out.exists() and not out.is_file()):
        yield out
        return
    out = out.resolve()
    part = out.with_name(f".{out.name}.part")
    try:
        yield part
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def opened_place(out: Path | None) -> Iterator[IO[str]]:
    """The file to write to, or stdout."""
    if out is None:
        yield sys.stdout
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        yield file
