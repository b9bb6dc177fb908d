"""What a build takes of all that was landed: each document once, in brief, and opened only where it is asked for.

The briefs lie in one file beside the cached readings, in the columns of Parquet, with what is compared of a citation in
columns of its own. It may be deleted at any time, and is replaced as a whole where anything changed.
"""

import functools
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from trialhouse.extraction import EXTRACTOR, EXTRACTOR_VERSION
from trialhouse.model.citation_table import CITATION_SCHEMA
from trialhouse.model.document import Document, Receipt
from trialhouse.model.extraction import Extraction
from trialhouse.model.tables import QuarantineRow
from trialhouse.pipeline.derived import Derived, DerivedStore
from trialhouse.pipeline.result import Progress
from trialhouse.resolution.brief import Brief
from trialhouse.resolution.duplicates.of_documents import citation_of, is_paper
from trialhouse.resolution.reading import Reading
from trialhouse.sources.landing import LandingStore

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
    """The documents that a release is made of, in brief. `doubles` are records that are the same document as another
    one, with the id of that record; `failed` are the records that gave no document, or less than they should.
    """

    readings: list[Reading] = field(default_factory=list)
    failed: list[QuarantineRow] = field(default_factory=list)
    doubles: list[tuple[str, Receipt]] = field(default_factory=list)
    sha256s: list[str] = field(default_factory=list)
    citations: pa.Table = field(default_factory=CITATION_SCHEMA.empty_table)


class Taking:
    """Takes the newest records of all that was landed; of the `held` sources none that came later than that."""

    def __init__(self, store: DerivedStore, landing: LandingStore, held: Mapping[str, int]) -> None:
        self._store, self._landing, self._held = store, landing, held
        self._names: dict[str, str] = {}
        self._read = functools.lru_cache(maxsize=OPEN)(self._read_whole)

    def take(self, progress: Progress) -> Taken:
        """What every current record says, each document once."""
        taken = Taken()
        receipts: dict[str, Receipt] = {}
        for receipt in sorted(self._landing.current_receipts(self._held), key=_newest_content_first):
            first = receipts.setdefault(receipt.document_id, receipt)
            if first is not receipt:
                taken.doubles.append((first.record_id, receipt))
        self._names = {document_id: self._store.name_of(receipt) for document_id, receipt in receipts.items()}
        taken.sha256s = [receipt.sha256 for receipt in receipts.values()]
        by_name = {self._names[document_id]: receipt for document_id, receipt in receipts.items()}
        try:
            self._fill(taken, by_name, progress)
        except (pa.ArrowException, OSError, ValidationError):
            log.warning("%s is damaged: it is made anew", self._store.briefs, exc_info=True)
            self._store.briefs.unlink(missing_ok=True)
            self._fill(taken, by_name, progress)
        return taken

    def _fill(self, taken: Taken, receipts: Mapping[str, Receipt], progress: Progress) -> None:
        """Take the readings of these names from the file, after it was brought up to date."""
        _bring_up_to_date(self._store, receipts, progress)
        taken.readings, taken.failed = [], []
        for name, brief, stage, failure in _rows(self._store.briefs, ("name", "brief", "stage", "failure")):
            if brief is not None:
                document, claims = Brief.model_validate_json(brief).opened(self._whole)
                taken.readings.append(Reading(document, claims, EXTRACTOR, EXTRACTOR_VERSION, str(name)))
            if failure is not None:
                taken.failed.append(_quarantined(receipts[str(name)], stage, failure))
        taken.citations = _citations(self._store.briefs)

    def whole(self, reading: Reading) -> Reading:
        """A reading with all that was read from its document."""
        document, claims = self._read(reading.document.document_id)
        return Reading(document, claims, reading.extractor, reading.extractor_version, reading.name)

    def _whole(self, document_id: str) -> tuple[Document, tuple[Extraction, ...]]:
        return self._read(document_id)

    def _read_whole(self, document_id: str) -> tuple[Document, tuple[Extraction, ...]]:
        read = self._store.kept(self._names[document_id])
        if read is None:
            receipts = self._landing.current_receipts(self._held)
            named = self._names[document_id]
            read = self._store.read(next(one for one in receipts if self._store.name_of(one) == named))
        if read.document is None:
            raise LookupError(f"{document_id} had a document when it was taken, and has none now")
        return read.document, read.extractions


def _newest_content_first(receipt: Receipt) -> tuple[float, str, str]:
    """The order in which records of one document are taken: two addresses of one page may hold two states of it, of
    which the newest counts. Records of the same bytes are one state: there the one that came first stands for all.
    """
    received = receipt.fetched_at.timestamp()
    return (received if receipt.identity == receipt.sha256 else -received, receipt.source, receipt.record_id)


def _bring_up_to_date(store: DerivedStore, receipts: Mapping[str, Receipt], progress: Progress) -> None:
    """Let the file hold the readings of these names, and no others."""
    known = {str(name) for (name,) in _rows(store.briefs, ("name",))}
    missing = [(name, receipt) for name, receipt in receipts.items() if name not in known]
    progress("assemble", 0, len(missing))
    if missing or len(known) > len(receipts):
        store.briefs.parent.mkdir(parents=True, exist_ok=True)
        fresh = store.briefs.with_name(f".{store.briefs.name}.{os.getpid()}")
        with pq.ParquetWriter(fresh, SCHEMA, compression="zstd", write_page_checksum=True) as writer:
            for batch in _batches(store.briefs):
                writer.write_batch(batch.filter(pc.is_in(batch["name"], pa.array(receipts.keys(), pa.string()))))
            for begin in range(0, len(missing), BATCH):
                rows = [_row(name, store.read(receipt)) for name, receipt in missing[begin : begin + BATCH]]
                writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
                progress("assemble", begin + len(rows), len(missing))
        fresh.replace(store.briefs)


def _row(name: str, read: Derived) -> dict[str, object]:
    row: dict[str, object] = {"name": name, "stage": read.stage, "failure": read.failure}
    if read.document is not None:
        row["brief"] = Brief.of(read.document, read.extractions).model_dump_json(exclude_defaults=True)
        if is_paper(read.document):
            row |= citation_of(read.document).model_dump()
    return row


def _batches(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of the file, some hundreds at a time; none where it is not there."""
    if path.exists():
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            yield from file.iter_batches(batch_size=BATCH, columns=columns)


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    for batch in _batches(path, columns):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _citations(path: Path) -> pa.Table:
    """The documents that are publications, as citations."""
    papers = (batch.filter(batch["record_id"].is_valid()) for batch in _batches(path, CITATION_SCHEMA.names))
    return pa.Table.from_batches(papers, schema=CITATION_SCHEMA)


def _quarantined(receipt: Receipt, stage: str | None, failure: str) -> QuarantineRow:
    return QuarantineRow(
        source=receipt.source,
        record_id=receipt.record_id,
        sha256=receipt.sha256,
        stage=stage or "parse",
        cause=failure.partition(":")[0],
        message=failure,
    )
