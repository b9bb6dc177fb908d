"""What `trialhouse extract` is given: files, folders, and lines of JSON, as a stream that holds one line at a time."""

import json
import os
import re
import select
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.model.extraction import Extraction
from trialhouse.model.ids import sha256_hex
from trialhouse.sources import local_files

READ_AT_ONCE = 1 << 16

LONGER_AS_JSON = 3
"""How much longer than its text a line may be: JSON may write a letter of two bytes in six characters."""

Records = list[dict[str, Any]]

HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class NotADocument(Exception):
    """A line that holds no document: `name` is its id, where it has one, and the message says what is wrong."""

    def __init__(self, name: str | None, problem: str) -> None:
        super().__init__(problem)
        self.name = name


@dataclass(frozen=True)
class Given:
    """One document as it was given: a file or a line, not looked into yet, or the reason why there is none.

    `name` is a file's name or a line's place; `size` is its bytes, for the progress shown.
    """

    name: str
    size: int
    file: local_files.LocalFile | None = None
    line: bytes | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Printed:
    """The records of one document as JSON, how many of them say why nothing could be read, and the document's size."""

    texts: tuple[str, ...]
    unread: int
    size: int


def given_documents(path: str, max_bytes: int) -> Iterator[Given | None]:
    """The documents of a file, a folder, a .jsonl file, or of standard input for `-`, in order.

    None comes before each read of standard input, which may wait: whoever cannot wait asks first whether it can be
    read. A line that is too long for a document of `max_bytes` is never held whole. Raises CommandError when there is
    no such file.
    """
    longest = LONGER_AS_JSON * max_bytes
    if path == "-":
        yield from _lines(standard_input(), longest, "")
        return
    for name, file in _files(path):
        # A pipe would be waited for without end: it is refused when it is read, as any file that is none.
        if file.path.suffix == ".jsonl" and file.path.is_file() and os.access(file.path, os.R_OK):
            descriptor = os.open(file.path, os.O_RDONLY)
            try:
                place = f"{name} " if Path(path).is_dir() else ""
                yield from (one for one in _lines(descriptor, longest, place) if one is not None)
            finally:
                os.close(descriptor)
        else:
            yield Given(name=name, size=_size(file.path), file=file)


def standard_input() -> int:
    """The file descriptor that `-` stands for. Raises CommandError where there is none."""
    if sys.stdin is None:
        raise CommandError("standard input is closed: give lines on it, or name a file", Exit.WRONG_USE)
    return sys.stdin.fileno()


def total_size(path: str) -> int:
    """The bytes of all files that are named."""
    return sum(_size(file.path) for _, file in _files(path))


def line_content(line: bytes) -> tuple[str, str]:
    """The id and the text of a line; other keys are passed over. Raises NotADocument."""
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotADocument(None, f"not_json: {error}: a line is one JSON object in UTF-8") from error
    name = content.get("id") if isinstance(content, dict) else None
    if not isinstance(name, str | int | float) or isinstance(name, bool):
        raise NotADocument(None, "no_id: a line is a JSON object with an id (text or a number) and a text")
    if not isinstance(content.get("text"), str):
        raise NotADocument(str(name), "no_text: a line is a JSON object with an id and a text")
    return str(name), content["text"]


def unread_record(given: Given, problem: str) -> dict[str, Any]:
    """The record of a document that could not be read: every key, and nothing in them but the reason.

    No text was read, so it has no hash; one that is there and empty has that of no text.
    """
    name = given.name
    if given.line is not None:
        try:
            name = line_content(given.line)[0]
        except NotADocument as error:
            name = error.name or given.name
    nothing = sha256_hex(b"")
    record = Extraction.model_validate({"id": name, "text_sha256": nothing, "document": {}, "error": problem})
    is_empty = problem.startswith("empty:") and (given.line is not None or given.size == 0)
    return record.to_json() | {"text_sha256": nothing if is_empty else None}


def printed(given: Given, records: Records, indent: int | None) -> Printed:
    """The records of a document as JSON, each on one line unless there is an indent."""
    texts = tuple(json.dumps(record, indent=indent, ensure_ascii=False) for record in records)
    return Printed(texts, sum(bool(record["error"]) for record in records), given.size)


def _files(path: str) -> list[tuple[str, local_files.LocalFile]]:
    """The files that are named, each with its name within the folder. Raises CommandError when there is none."""
    try:
        files = local_files.find_files([Path(path)])
    except FileNotFoundError as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    folder = Path(path).absolute() if Path(path).is_dir() else Path(path).absolute().parent
    return [(local_files.printable(file.path.relative_to(folder)), file) for file in files]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _lines(descriptor: int, longest: int, place: str) -> Iterator[Given | None]:
    """The lines of an open file that are not blank, each named by its number; None before each read."""
    number, size = 1, 0
    pieces: list[bytes] = []
    while True:
        yield None
        chunk = _read(descriptor)
        for at, piece in enumerate(chunk.split(b"\n")):
            if at:
                yield from _line(f"{place}line {number}", pieces, size, longest)
                number, size, pieces = number + 1, 0, []
            size += len(piece)
            # Of a line that is too long only its length is kept.
            if size <= longest:
                pieces.append(piece)
            else:
                pieces.clear()
        if not chunk:
            yield from _line(f"{place}line {number}", pieces, size, longest)
            return


def _read(descriptor: int) -> bytes:
    """The next bytes of an open file, none at its end; waited for even where another holder set it not to wait."""
    while True:
        try:
            return os.read(descriptor, READ_AT_ONCE)
        except BlockingIOError:
            select.select([descriptor], [], [])


def _line(name: str, pieces: list[bytes], size: int, longest: int) -> Iterator[Given]:
    """One line, unless it is blank; without its content when it is too long."""
    if size > longest:
        problem = f"too_large: {name} has {size:,} bytes, more than the {longest:,} that a line may have: cut its text"
        yield Given(name=name, size=size, problem=problem)
    elif line := b"".join(pieces).strip():
        yield Given(name=name, size=size, line=line)
