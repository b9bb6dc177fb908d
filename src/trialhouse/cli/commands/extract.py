"""`trialhouse extract`: documents to extraction records, without a warehouse."""

import datetime
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import ProfileOption, loaded_settings
from trialhouse.model.document import Receipt, UnreadableDocument
from trialhouse.model.extraction import Extraction
from trialhouse.model.ids import sha256_hex
from trialhouse.model.record import Record
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.pipeline.derived import read_document
from trialhouse.resources import read_vocabulary
from trialhouse.sources import local_files
from trialhouse.terminal import json_text, say

NOT_NAMED = "line"
"""What a line that cannot be read as JSON with an id is called, with its number."""


class Input(Record):
    """One document to read: its name, its bytes, or why it has none."""

    name: str
    data: bytes = b""
    media_type: str | None = None
    problem: str | None = None


def print_extractions(
    path: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    jsonl: Annotated[bool, Parameter(negative=(), help="One record a line instead of indented.")] = False,
    profile: ProfileOption = None,
) -> int:
    """Print what is read from documents, one record a document; needs no warehouse.

    A document that cannot be read gives a record with `error`, the rest go on, and the exit code is 4.

    Parameters
    ----------
    path
        A file, a folder, a .jsonl file whose lines have id and text, or - for such lines on standard input.
    """
    settings = loaded_settings(profile, None).settings
    vocabulary = read_vocabulary(settings.root / "seeds")
    unread = 0
    for number, given in enumerate(_inputs(path, settings.max_document_bytes)):
        for record in _records(given, vocabulary, settings.max_document_bytes):
            unread += bool(record.get("error"))
            print(json_text(record, indent=None if jsonl else 2), flush=number == 0)
    if unread:
        say(f"{unread:,} of the documents could not be read: see `error` in their records")
    return Exit.INCOMPLETE if unread else Exit.DONE


def _inputs(path: str, max_bytes: int) -> Iterator[Input]:
    """The documents that were named, in order. Raises CommandError when there is no such file."""
    if path == "-":
        yield from _lines(sys.stdin.buffer)
        return
    try:
        files = local_files.find_files([Path(path)])
    except FileNotFoundError as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error
    folder = Path(path).absolute() if Path(path).is_dir() else Path(path).absolute().parent
    for file in files:
        name = local_files.printable(file.path.relative_to(folder))
        # A pipe would be waited for without end: it is refused below, as any file that is none.
        if file.path.suffix == ".jsonl" and file.path.is_file():
            with file.path.open("rb") as lines:
                yield from _lines(lines)
            continue
        try:
            yield Input(name=name, data=local_files.read_bytes(file, max_bytes))
        except UnreadableDocument as error:
            yield Input(name=name, problem=f"{error.reason}: {error}")


def _lines(lines: Iterable[bytes]) -> Iterator[Input]:
    """Documents of JSON lines; blank lines are passed over, a line that is not one keeps its number as its name."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _line(line, f"{NOT_NAMED} {number}")


def _line(line: bytes, place: str) -> Input:
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        return Input(name=place, problem=f"not_json: {error}")
    if not isinstance(content, dict) or "id" not in content or not isinstance(content.get("text"), str):
        name = str(content["id"]) if isinstance(content, dict) and "id" in content else place
        return Input(name=name, problem="no_text: a line is a JSON object with an id and a text")
    # Half of a surrogate pair has no UTF-8: it becomes one question mark, so that offsets stay what they are.
    data = content["text"].encode("utf-8", "replace")
    return Input(name=str(content["id"]), data=data, media_type="text/plain; charset=utf-8")


def _records(given: Input, vocabulary: Vocabulary, max_bytes: int) -> list[dict[str, Any]]:
    """The records of one document: one a trial, or one that says why there is none."""
    if given.problem:
        return [_unread(given, given.problem)]
    derived = read_document(given.data, _receipt(given), vocabulary, max_bytes)
    if derived.failure:
        return [_unread(given, derived.failure)]
    several = len(derived.extractions) > 1
    return [
        record.to_json() | {"id": f"{given.name}#{number}" if several else given.name}
        for number, record in enumerate(derived.extractions, start=1)
    ]


def _receipt(given: Input) -> Receipt:
    # What is read can be stored, so its name has no half of a pair; the printed record has the name as it was given.
    name = given.name.encode("utf-8", "backslashreplace").decode()
    return Receipt(
        source=local_files.SOURCE,
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime.now(datetime.UTC),
        sha256=sha256_hex(given.data),
        size_bytes=len(given.data),
        media_type=given.media_type,
    )


def _unread(given: Input, problem: str) -> dict[str, Any]:
    """The record of a document that could not be read: every key, and nothing in them but the reason.

    No text was read, so it has no hash, unless the document is there and empty.
    """
    nothing = sha256_hex(b"")
    record = Extraction.model_validate({"id": given.name, "text_sha256": nothing, "document": {}, "error": problem})
    is_empty = problem.startswith("empty:") and not given.data
    return record.to_json() | {"text_sha256": nothing if is_empty else None}
