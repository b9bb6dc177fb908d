"""Take a batch of records, read what they say, and account for every one of them."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from trialhouse.bulk.garbage import made_without_search
from trialhouse.model.document import Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex
from trialhouse.model.record import Record
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.derived import DerivedStore
from trialhouse.pipeline.fetching import Warehouse, fetch_batch
from trialhouse.pipeline.network import source_named
from trialhouse.pipeline.planning import Batch, FileBatch, RecordBatch
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.sources import local_files
from trialhouse.sources.asking import Missing, Source
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.local_files import LocalFile
from trialhouse.sources.records_in_file import FileRecord, records_in
from trialhouse.sources.slices import Arrival, SliceStore
from trialhouse.sources.unpacking import unpacked

log = logging.getLogger(__name__)

SourceNamed = Callable[[Settings, str], Source]
"""Makes the source of that name."""


class Cause(Record):
    """Why one record is missing or was dropped; `is_explained` where the source says so itself."""

    record_id: str
    stage: str
    cause: str
    is_explained: bool = False

    @classmethod
    def of(cls, missing: Missing) -> "Cause":
        """The cause of a record that a source did not give."""
        told = f"{missing.reason}: {missing.message}"
        return cls(record_id=missing.record_id, stage="fetch", cause=told, is_explained=missing.is_explained)


class BatchResult(Record):
    """What became of a batch: `received + missing` is what was asked for, `parsed + dropped` what was received."""

    source: str
    topic: str
    matched: int = 0
    asked: int = 0
    received: int = 0
    landed: int = 0
    parsed: int = 0
    causes: tuple[Cause, ...] = ()


def stores_of(settings: Settings) -> Warehouse:
    """The landing store and the slices of a warehouse."""
    layout = Layout(settings.warehouse)
    return Warehouse(LandingStore(layout.landing), SliceStore(layout.slices))


def ingest_batch(
    settings: Settings, run_id: str, batch: Batch, clock: Clock = utc_now, source_of: SourceNamed = source_named
) -> BatchResult:
    """Take every record of a batch and read what it says. A record that fails is accounted for; the rest go on."""
    if isinstance(batch, FileBatch):
        return _ingest_files(settings, run_id, batch, clock)
    return _ingest_records(settings, run_id, batch, source_of)


def _ingest_records(settings: Settings, run_id: str, batch: RecordBatch, source_of: SourceNamed) -> BatchResult:
    config = settings.terms(batch.source)
    stores = stores_of(settings)
    source = source_of(settings, batch.source)
    answers = fetch_batch(stores, source, batch, config.records_per_request, config.license)
    receipts = [stores.landing.last_receipt(batch.source, record_id) for record_id in sorted(answers.received)]
    reading = _read(settings, run_id, stores.landing, (receipt for receipt in receipts if receipt is not None))
    return _told(
        batch.label,
        BatchResult(
            source=batch.source,
            topic=batch.topic,
            asked=len(batch.record_ids),
            received=len(answers.received),
            landed=sum(arrival is Arrival.LANDED for arrival in answers.received.values()),
            parsed=reading.parsed,
            causes=(*(Cause.of(missing) for missing in answers.missing), *reading.causes),
        ),
    )


def _ingest_files(settings: Settings, run_id: str, batch: FileBatch, clock: Clock) -> BatchResult:
    landing = stores_of(settings).landing
    causes: list[Cause] = []
    records: list[tuple[bytes, Receipt]] = []
    for file in batch.files:
        for one in _records_of(file, settings.max_document_bytes):
            if one.problem is None:
                records.append((one.data, _receipt(settings, batch.source, file, one, clock)))
            else:
                record_id = one.record_id(file.record_id)
                cause = Cause(record_id=record_id, stage="fetch", cause=one.problem, is_explained=one.is_explained)
                causes.append(cause)
    landed = sum(landing.land_batch(records))
    # What was landed before keeps its first receipt: the document is the same.
    kept = [landing.last_receipt(batch.source, receipt.record_id) or receipt for _, receipt in records]
    reading = _read(settings, run_id, landing, kept)
    return _told(
        batch.label,
        BatchResult(
            source=batch.source,
            topic=batch.topic,
            matched=len(records) + len(causes),
            asked=len(records) + len(causes),
            received=len(records),
            landed=landed,
            parsed=reading.parsed,
            causes=(*causes, *reading.causes),
        ),
    )


def _told(label: str, result: BatchResult) -> BatchResult:
    """The result, told to the log."""
    counts = f"{result.asked:,} asked, {result.received:,} received, {result.landed:,} new, {result.parsed:,} read"
    log.info("%s: %s", label, counts, extra={"source": result.source, "topic": result.topic})
    return result


def _records_of(file: LocalFile, max_bytes: int) -> list[FileRecord]:
    """The records of a file; of one that cannot be had, why."""
    try:
        data = unpacked(local_files.read_bytes(file, max_bytes), file.record_id, max_bytes)
    except UnreadableDocument as error:
        return [FileRecord(None, b"", f"{error.reason}: {error}")]
    return records_in(data, file.record_id)


@dataclass
class _ReadCount:
    """How many records became a document, and why others did not."""

    parsed: int = 0
    causes: list[Cause] = field(default_factory=list)


def _read(settings: Settings, run_id: str, landing: LandingStore, receipts: Iterable[Receipt]) -> _ReadCount:
    """Read landed records through the cache; `landing` is the store that landed them."""
    derived = DerivedStore(settings, landing)
    count = _ReadCount()
    asked = list(receipts)
    for receipt, reading in zip(asked, made_without_search(map(derived.read, asked)), strict=True):
        count.parsed += reading.document is not None
        if reading.failure:
            stage = reading.stage or "parse"
            count.causes.append(Cause(record_id=receipt.record_id, stage=stage, cause=reading.failure))
            where = {"source": receipt.source, "record_id": receipt.record_id}
            log.warning("run %s: %s: %s", run_id, receipt.record_id, reading.failure, extra=where)
    return count


def _receipt(settings: Settings, source: str, file: LocalFile, one: FileRecord, clock: Clock) -> Receipt:
    sha256 = sha256_hex(one.data)
    return Receipt(
        source=source,
        record_id=one.record_id(file.record_id),
        identity=sha256 if source == local_files.SOURCE else None,
        locator=local_files.printable(file.path),
        fetched_at=clock(),
        license=settings.terms(source).license,
        sha256=sha256,
        size_bytes=len(one.data),
    )
