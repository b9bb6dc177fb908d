"""The one way in: files that databases and screening tools export, to one table of citations.

To add a format: write one file with a reader of ExportText, and a line in `_recognised`.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from trialhouse.documents.search_exports.bibtex import bibtex_records
from trialhouse.documents.search_exports.ciw import CIW
from trialhouse.documents.search_exports.delimited import delimited_records, layout_of
from trialhouse.documents.search_exports.endnote_xml import endnote_records, is_endnote_xml
from trialhouse.documents.search_exports.export_text import ExportText
from trialhouse.documents.search_exports.naming import Named, file_names, named_once
from trialhouse.documents.search_exports.nbib import NBIB
from trialhouse.documents.search_exports.record import FIELDS, Batch, ExportRecord, Value, batch_of
from trialhouse.documents.search_exports.ris import RIS
from trialhouse.documents.search_exports.tagged import tagged_records
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.model.document import UnreadableDocument
from trialhouse.text.bibtex import is_bibtex
from trialhouse.text.tagged_records import is_ciw, is_nbib, is_ris

FORMATS = "csv, RIS, nbib, ciw, BibTeX, EndNote XML"
RECORDS_AT_ONCE = 5_000

Records = Iterator[Batch | ExportRecord]
Progress = Callable[[int], None]
"""Told how many characters more were read."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A record that could not be wholly read: where it stands, why, and what could be read of it."""

    record_id: str
    file: str
    number: int
    line: int
    problem: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file: its name, its format, how many records it holds, and what there is to tell of it.

    `problem` says why it could not be read, or not to its end.
    """

    name: str
    format: str | None
    records: int
    notes: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Exports:
    """What some files hold: whole records as a table (CITATION_SCHEMA) in the order of the files, and damaged ones."""

    table: pa.Table
    damaged: tuple[Damaged, ...]
    files: tuple[ReadFile, ...]


def read_exports(paths: Sequence[Path], progress: Progress = lambda characters: None) -> Exports:
    """All records of some files. A file that cannot be read says so in its ReadFile, and the others go on.

    An id is that of the record itself where no other record of the files has it, else FILE:NUMBER. Takes time
    proportional to the files, and memory for what is kept of them.
    """
    once = list({path.resolve(): path for path in reversed(paths)}.values())[::-1]
    names = file_names(once)
    read = [_read_file(path, name, progress) for path, name in zip(once, names, strict=True)]
    named = named_once((one.name, one.keys, one.numbers) for one in read)
    tables = [_table(one, ids.ids) for one, ids in zip(read, named, strict=True)]
    damaged = [
        Damaged(ids.ids[at], one.name, record.number, record.line, record.problem or "", record.said)
        for one, ids in zip(read, named, strict=True)
        for at, record in one.damaged
    ]
    again = {path.resolve() for number, path in enumerate(paths) if path.resolve() in map(Path.resolve, paths[:number])}
    files = [
        ReadFile(one.name, one.format, len(one.keys), _notes(one, ids, is_twice=path.resolve() in again), one.problem)
        for path, one, ids in zip(once, read, named, strict=True)
    ]
    return Exports(pa.concat_tables([CITATION_SCHEMA.empty_table(), *tables]), tuple(damaged), tuple(files))


@dataclass(slots=True)
class _File:
    """One file while it is read: keys, numbers and lines are those of all its records, `whole` the places among them
    of those that are in `parts`.
    """

    name: str
    format: str | None = None
    problem: str | None = None
    notes: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    whole: "array[int]" = field(default_factory=lambda: array("q"))
    parts: list[pa.RecordBatch] = field(default_factory=list)
    damaged: list[tuple[int, ExportRecord]] = field(default_factory=list)
    empty: int = 0

    def add(self, batch: Batch) -> None:
        """Take in whole records, without those that say nothing at all."""
        if not all(batch.keys) and not all(batch.columns.get("title", [None])):
            told = [values for name, values in batch.columns.items() if name not in _SAYS_NOTHING]
            kept = [bool(key) or any(row) for key, *row in zip(batch.keys, *told, strict=True)]
            self.empty += len(kept) - sum(kept)
            batch = _only(batch, kept)
        self.whole.extend(range(len(self.keys), len(self.keys) + len(batch.keys)))
        self.keys += batch.keys
        self.numbers.extend(batch.numbers)
        self.lines.extend(batch.lines)
        if batch.keys:
            self.parts.append(_arrow(batch))

    def add_damaged(self, record: ExportRecord) -> None:
        """Take in a record that could not be wholly read."""
        self.damaged.append((len(self.keys), record))
        self.keys.append(record.key)
        self.numbers.append(record.number)
        self.lines.append(record.line)


_SAYS_NOTHING = frozenset(["entry_type", "language"])
"""What exporters write into a record that has nothing to say."""


def _only(batch: Batch, kept: Sequence[bool]) -> Batch:
    return Batch(
        list(compress(batch.numbers, kept)),
        list(compress(batch.lines, kept)),
        list(compress(batch.keys, kept)),
        {name: list(compress(values, kept)) for name, values in batch.columns.items()},
    )


def _arrow(batch: Batch) -> pa.RecordBatch:
    """A batch as columns of Arrow, without ids."""
    schema = pa.schema([CITATION_SCHEMA.field(name) for name in FIELDS])
    nothing: list[Value] = [None] * len(batch.keys)
    columns = []
    for one in schema:
        values = batch.columns.get(one.name, nothing)
        is_list = pa.types.is_list(one.type)
        columns.append(pa.array([value or [] for value in values] if is_list else values, type=one.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _table(file: _File, ids: Sequence[str]) -> pa.Table:
    """The whole records of a file with their ids."""
    if not file.parts:
        return CITATION_SCHEMA.empty_table()
    column = pa.array([ids[at] for at in file.whole], type=pa.string())
    return pa.Table.from_batches(file.parts).add_column(0, CITATION_SCHEMA.field(0), column)


def _read_file(path: Path, name: str, progress: Progress) -> _File:
    """Read one file. Whatever cannot be read is said in it; nothing is raised."""
    file = _File(name)
    try:
        text = ExportText(path, name)
        file.format, records = _recognised(text, file.notes)
        _take_in(records, text, file, progress)
        _tell_odd_lines(text, file)
    except UnreadableDocument as error:
        file.problem = str(error)
    except OSError as error:
        file.problem = (
            f"{name} cannot be read on ({error.strerror or error}), {len(file.keys):,} records were: check it."
        )
    return file


def _recognised(text: ExportText, notes: list[str]) -> tuple[str, Records]:
    """The format of a file and its records. Raises UnreadableDocument, "unsupported", for a file of another kind."""
    head = text.head
    if is_endnote_xml(head):
        return "EndNote XML", endnote_records(text)
    for recognise, format in ((is_nbib, NBIB), (is_ris, RIS), (is_ciw, CIW)):
        if recognise(head):
            return format.name, tagged_records(text, format)
    if is_bibtex(head):
        return "BibTeX", bibtex_records(text)
    if not head.lstrip().startswith("<") and (layout := layout_of(head)) is not None:
        return "csv", delimited_records(text, layout, notes)
    shown = " ".join(head.split())[:60]
    raise UnreadableDocument(
        "unsupported",
        f"{text.name} is no export that is read here ({FORMATS}); it begins: {shown!r}. A csv file has a header with "
        "names such as title, authors, year, journal, doi.",
    )


def _take_in(records: Records, text: ExportText, file: _File, progress: Progress) -> None:
    told = 0
    waiting: list[ExportRecord] = []
    for one in records:
        if isinstance(one, Batch):
            file.add(one)
        elif one.problem is not None:
            file.add_damaged(one)
        else:
            waiting.append(one)
        if len(waiting) >= RECORDS_AT_ONCE:
            file.add(batch_of(waiting))
            waiting = []
        progress(text.consumed - told)
        told = text.consumed
    if waiting:
        file.add(batch_of(waiting))


def _tell_odd_lines(text: ExportText, file: _File) -> None:
    """Say of each kind of odd line where the first stands, and how many there are."""
    places: dict[str, list[int]] = {}
    for line, what in text.odd_lines:
        places.setdefault(what, []).append(line)
    unseen = text.odd_count - len(text.odd_lines)
    begun = sorted(zip(file.lines, file.numbers, strict=True)) if places else []
    for what, lines in places.items():
        record = bisect_right(begun, lines[0], key=itemgetter(0)) - 1
        within = f" (record {begun[record][1]:,})" if record >= 0 else ""
        more = len(lines) - 1
        others = f", and {more:,} more {_lines(more)}" if more else ""
        file.notes.append(f"line {lines[0]:,}{within}{others}: {what}")
    if unseen:
        file.notes.append(f"{unseen:,} more {_lines(unseen)} like these")


def _notes(file: _File, named: Named, *, is_twice: bool) -> tuple[str, ...]:
    """All that is to be told of a file."""
    notes = list(file.notes)
    if is_twice:
        notes.append("given twice: read once")
    if file.empty:
        notes.append(f"{_records(file.empty)} without any content left out")
    if named.shared:
        notes.append(f"{_records(named.shared)} with an id that another record has, too: named {file.name}:NUMBER")
    if named.without:
        notes.append(f"{_records(named.without)} without an id of its own: named {file.name}:NUMBER")
    untitled = sum(part.column("title").null_count for part in file.parts)
    if untitled:
        notes.append(f"{_records(untitled)} without a title")
    return tuple(notes)


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"


def _lines(number: int) -> str:
    return "line" if number == 1 else "lines"
