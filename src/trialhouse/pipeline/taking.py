"""What a build takes of all that was landed: each document once, in brief, and opened only where it is asked for.

The briefs lie in one file beside the cached readings, in the columns of Parquet, with what is compared of a citation in
columns of its own. It may be deleted at any time, and is replaced as a whole where anything changed.
"""

import functools
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from trialhouse.extraction import EXTRACTOR, EXTRACTOR_VERSION
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.model.document import Document, Receipt
from trialhouse.model.extraction import Extraction
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import QuarantineRow
from trialhouse.pipeline.derived import DerivedStore
from trialhouse.pipeline.result import Progress
from trialhouse.resolution.brief import Brief, doi_in_brief, open_brief
from trialhouse.resolution.duplicates.of_documents import citation_of, is_paper
from trialhouse.resolution.reading import Reading
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.landing_index import LandedLine

log = logging.getLogger(__name__)

SCHEMA = pa.schema(
    [("name", pa.string()), ("brief", pa.string()), ("stage", pa.string()), ("failure", pa.string()), *CITATION_SCHEMA]
)
"""The name of a reading, its document in brief (null where there is none), what went wrong, and its citation."""

OPEN = 100
"""Whole documents that are held, for whoever asks for one again."""

BATCH = 500
"""Readings that are in memory together."""


@dataclass
class Taken:
    """What is told of the records that a release is made of. `doubles` are those that are the same document as another
    one, with the id of that record; `failed` are those that gave no document, or less than they should. `inputs` names
    the bytes of all the records that were taken.
    """

    failed: list[QuarantineRow] = field(default_factory=list)
    doubles: list[tuple[str, Receipt]] = field(default_factory=list)
    records: int = 0
    inputs: str = ""


class _Landed(NamedTuple):
    """A record as documents are taken: where it stands in their order, its document, its reading, and its line."""

    order: tuple[float, str, str]
    document_id: str
    name: str
    line: LandedLine


class Taking:
    """Takes the newest records of all that was landed; of the `held` sources none that came later than that."""

    def __init__(self, store: DerivedStore, landing: LandingStore, held: Mapping[str, int]) -> None:
        self._store, self._landing, self._held = store, landing, held
        self._read = functools.lru_cache(maxsize=OPEN)(self._read_whole)

    def take(self, progress: Progress) -> Taken:
        """Take every current record, each document once; what they say is then to be had from `readings`."""
        taken = Taken()
        lines: dict[str, LandedLine] = {}
        first: dict[str, str] = {}
        for one in sorted(self._landed()):
            if one.document_id in first:
                taken.doubles.append((first[one.document_id], self._landing.of_line(one.line)))
            else:
                first[one.document_id] = one.line.record_id
                lines[one.name] = one.line
        taken.records = len(lines)
        taken.inputs = stable_id("inputs", *sorted(line.sha256 for line in lines.values()))
        try:
            taken.failed = self._fill(lines, progress)
        except (pa.ArrowException, OSError):
            log.warning("%s is damaged: it is made anew", self._store.briefs, exc_info=True)
            self._store.briefs.unlink(missing_ok=True)
            taken.failed = self._fill(lines, progress)
        self._landing.forget()
        return taken

    def readings(self) -> list[Reading]:
        """What every record says that was taken, in brief."""
        readings = []
        for name, brief in _rows(self._store.briefs, ("name", "brief")):
            if brief is not None:
                document, claims = open_brief(brief, str(name), self._read)
                readings.append(Reading(document, claims, EXTRACTOR, EXTRACTOR_VERSION, document.reading))
        return readings

    def _landed(self) -> Iterator[_Landed]:
        for line in self._landing.current_lines(self._held):
            receipt = self._landing.of_line(line)
            yield _Landed(_newest_content_first(receipt), receipt.document_id, self._store.name_of(receipt), line)

    def _fill(self, lines: Mapping[str, LandedLine], progress: Progress) -> list[QuarantineRow]:
        """Let the file hold the readings of these names; returns those of them that failed."""
        self._bring_up_to_date(lines, progress)
        for _ in _batches(self._store.briefs):
            pass  # whoever reads it from now on need not expect damage; DuckDB does not look at its checksums
        rows = _rows(self._store.briefs, ("name", "stage", "failure"))
        return [_quarantined(lines[str(name)], stage, failure) for name, stage, failure in rows if failure is not None]

    def whole(self, reading: Reading) -> Reading:
        """A reading with all that was read from its document."""
        document, claims = self._read(reading.name)
        return Reading(document, claims, reading.extractor, reading.extractor_version, reading.name)

    def _read_whole(self, name: str) -> tuple[Document, tuple[Extraction, ...]]:
        read = self._store.kept(name)
        if read is None:
            receipts = map(self._landing.of_line, self._landing.current_lines(self._held))
            read = self._store.read(next(one for one in receipts if self._store.name_of(one) == name))
        if read.document is None:
            raise LookupError(f"the reading {name} had a document when it was taken, and has none now")
        return read.document, read.extractions

    def _bring_up_to_date(self, lines: Mapping[str, LandedLine], progress: Progress) -> None:
        """Let the file hold the readings of these names, and no others."""
        path = self._store.briefs
        known = {str(name) for (name,) in _rows(path, ("name",))}
        missing = [(name, line) for name, line in lines.items() if name not in known]
        progress("assemble", 0, len(missing))
        if missing or len(known) > len(lines):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{os.getpid()}")
            with pq.ParquetWriter(fresh, SCHEMA, compression="zstd", write_page_checksum=True) as writer:
                for batch in _batches(path):
                    stays = [name in lines for name in batch["name"].to_pylist()]
                    writer.write_batch(batch.filter(pa.array(stays, pa.bool_())))
                for begin in range(0, len(missing), BATCH):
                    rows = [self._row(name, line) for name, line in missing[begin : begin + BATCH]]
                    writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
                    progress("assemble", begin + len(rows), len(missing))
            fresh.replace(path)

    def _row(self, name: str, line: LandedLine) -> dict[str, object]:
        """The row of a reading in the file."""
        read = self._store.read(self._landing.of_line(line))
        row: dict[str, object] = {"name": name, "stage": read.stage, "failure": read.failure}
        if read.document is not None:
            row["brief"] = Brief.of(read.document, read.extractions).written()
            if is_paper(read.document):
                row |= citation_of(read.document).model_dump()
        return row


def dois_of(store: DerivedStore, receipts: Iterable[Receipt]) -> Iterator[str]:
    """The DOIs that documents state as their own: from their briefs; only one that has none yet is read whole."""
    known = _dois_in_brief(store.briefs)
    for receipt in receipts:
        name = store.name_of(receipt)
        if name not in known:
            document = store.read(receipt).document
            known[name] = document.doi if document is not None else None
        doi = known[name]
        if doi:
            yield doi


def _dois_in_brief(path: Path) -> dict[str, str | None]:
    """The DOI of each reading in the file, by its name; of none where the file is damaged, which the build mends."""
    try:
        return {str(name): brief and doi_in_brief(brief) for name, brief in _rows(path, ("name", "brief"))}
    except (pa.ArrowException, OSError):
        log.warning("%s is damaged: the DOIs of papers are read from these", path, exc_info=True)
        return {}


def _newest_content_first(receipt: Receipt) -> tuple[float, str, str]:
    """The order in which records of one document are taken: two addresses of one page may hold two states of it, of
    which the newest counts. Records of the same bytes are one state: there the one that came first stands for all.
    """
    received = receipt.fetched_at.timestamp()
    return (received if receipt.identity == receipt.sha256 else -received, receipt.source, receipt.record_id)


def _batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of the file, some hundreds at a time; none where it is not there."""
    if path.exists():
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            yield from file.iter_batches(batch_size=BATCH, columns=columns, use_threads=False)
        pa.default_memory_pool().release_unused()  # Arrow keeps fifty megabytes to read on with


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    for batch in _batches(path, columns):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _quarantined(line: LandedLine, stage: str | None, failure: str) -> QuarantineRow:
    return QuarantineRow(
        source=line.source,
        record_id=line.record_id,
        sha256=line.sha256,
        stage=stage or "parse",
        cause=failure.partition(":")[0],
        message=failure,
    )
