"""`trialhouse extract`: documents to extraction records, without a warehouse."""

import contextlib
import functools
import gc
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.given_documents import (
    Given,
    Printed,
    given_documents,
    printed,
    standard_input,
    total_size,
    unread_record,
)
from trialhouse.cli.options import ProfileOption, loaded_settings
from trialhouse.cli.reading_bar import reading_bar
from trialhouse.terminal import say

if TYPE_CHECKING:
    from trialhouse.cli.worker_crew import Work

INDENT = 2


def print_extractions(
    path: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    jsonl: Annotated[bool, Parameter(negative=(), help="One record a line instead of indented.")] = False,
    workers: Annotated[int, Parameter(help="Processes that read documents; 0 for one on every core.")] = 1,
    profile: ProfileOption = None,
) -> int:
    """Print what is read from documents, one record a document; needs no warehouse.

    A document that cannot be read gives a record with `error`, the rest go on, and the exit code is 4. Records come in
    the order of the documents, the same whatever the number of workers, and each as soon as it can.

    Parameters
    ----------
    path
        A file, a folder, a .jsonl file whose lines have id and text, or - for such lines on standard input.
    """
    if workers < 0:
        raise CommandError(f"--workers {workers}: name how many, or 0 for one on every core", Exit.WRONG_USE)
    settings = loaded_settings(profile, None).settings
    indent = None if jsonl else INDENT
    make = functools.partial(_make_reader, settings.root / "seeds", settings.max_document_bytes, indent)
    given = given_documents(path, settings.max_document_bytes)
    count = workers or cores()
    readings = _read_here(make, given) if count == 1 else _read_by_workers(make, given, count, path, indent)
    unread = 0
    out = sys.stdout
    with contextlib.closing(readings), reading_bar(0 if path == "-" else total_size(path)) as advance:
        for one in readings:
            for text in one.texts:
                print(_encodable(text, out.encoding, indent), file=out)
            out.flush()
            unread += one.unread
            advance(one.size)
    if unread:
        say(f"{unread:,} of the documents could not be read: see `error` in their records")
    return Exit.INCOMPLETE if unread else Exit.DONE


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _make_reader(seeds: Path, max_bytes: int, indent: int | None) -> "Work[Given, Printed]":
    """A reader, made where it reads: what reads documents is not imported in a process that only hands them out."""
    # All that is made here stays until the process ends: to search it for garbage, now and then, takes a fifth of the
    # time of a short text.
    gc.disable()
    try:
        from trialhouse.cli.document_reader import DocumentReader  # noqa: PLC0415

        return DocumentReader(seeds, max_bytes, indent)
    finally:
        gc.freeze()
        gc.enable()


def _read_here(make: "Callable[[], Work[Given, Printed]]", given: Iterator[Given | None]) -> Generator[Printed]:
    """Read one document after the other in this process."""
    read = make()
    yield from (read(one) for one in given if one is not None)


def _read_by_workers(
    make: "Callable[[], Work[Given, Printed]]", given: Iterator[Given | None], count: int, path: str, indent: int | None
) -> Generator[Printed]:
    """Read in as many processes. Raises CommandError when they cannot be started."""
    from trialhouse.cli.worker_crew import Crew, WorkerNotStarted, in_order  # noqa: PLC0415 - one process needs none

    def lost(one: Given, how: str) -> Printed:
        problem = f"worker_died: the process that read it {how}, twice: it may want more memory than there is"
        return printed(one, [unread_record(one, problem)], indent)

    try:
        with Crew(make, count, lost=lost, told=lambda what: say(f"trialhouse: {what}")) as crew:
            yield from in_order(crew, given, standard_input() if path == "-" else None)
    except WorkerNotStarted as error:
        raise CommandError(str(error)) from error


def _encodable(text: str, encoding: str | None, indent: int | None) -> str:
    """The JSON with every character that the output cannot encode written as its number."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text), indent=indent)
    return text
