"""Land, parse and extract a batch of records, and account for every one of them."""

import logging
from collections.abc import Sequence

from trialhouse.model.document import Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex
from trialhouse.model.record import Record
from trialhouse.model.tables import AccountingCauseRow, AccountingRow
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.derived import DerivedStore
from trialhouse.pipeline.planning import Batch
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.sources import local_files
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.local_files import LocalFile

log = logging.getLogger(__name__)


class Cause(Record):
    """Why one record is missing or was dropped."""

    record_id: str
    stage: str
    cause: str


class BatchResult(Record):
    """What became of a batch: `received + missing` is what was asked for, `parsed + dropped` what was received."""

    source: str
    topic: str
    received: int = 0
    landed: int = 0
    parsed: int = 0
    causes: tuple[Cause, ...] = ()
    asked: int = 0


def ingest_batch(settings: Settings, run_id: str, batch: Batch, clock: Clock = utc_now) -> BatchResult:
    """Land every record of a batch and read what it says. A record that fails is accounted for; the rest go on."""
    landing = LandingStore(Layout(settings.warehouse).landing)
    derived = DerivedStore(settings, landing)
    received = landed = parsed = 0
    causes: list[Cause] = []
    for file in batch.files:
        try:
            data = local_files.read_bytes(file, settings.max_document_bytes)
        except UnreadableDocument as error:
            causes.append(Cause(record_id=file.record_id, stage="fetch", cause=f"{error.reason}: {error}"))
            continue
        received += 1
        receipt = _receipt(settings, batch.source, file, data, clock)
        landed += landing.land(data, receipt)
        # What was landed before keeps its first receipt: the document is the same.
        reading = derived.read(landing.last_receipt(batch.source, file.record_id) or receipt)
        parsed += reading.document is not None
        if reading.failure:
            causes.append(Cause(record_id=file.record_id, stage=reading.stage or "parse", cause=reading.failure))
            log.warning("run %s: %s: %s", run_id, file.record_id, reading.failure)
    return BatchResult(
        source=batch.source,
        topic=batch.topic,
        asked=len(batch.files),
        received=received,
        landed=landed,
        parsed=parsed,
        causes=tuple(causes),
    )


def _receipt(settings: Settings, source: str, file: LocalFile, data: bytes, clock: Clock) -> Receipt:
    sha256 = sha256_hex(data)
    return Receipt(
        source=source,
        record_id=file.record_id,
        identity=sha256 if source == local_files.SOURCE else None,
        locator=local_files.printable(file.path),
        fetched_at=clock(),
        license=settings.terms(source).license,
        sha256=sha256,
        size_bytes=len(data),
    )


def accounting(run_id: str, results: Sequence[BatchResult]) -> tuple[list[AccountingRow], list[AccountingCauseRow]]:
    """The accounting of a run by source and topic, with every cause."""
    groups: dict[tuple[str, str], list[BatchResult]] = {}
    for result in results:
        groups.setdefault((result.source, result.topic), []).append(result)
    rows = [_account(run_id, source, topic, group) for (source, topic), group in sorted(groups.items())]
    causes = [
        AccountingCauseRow(
            run_id=run_id, source=result.source, record_id=cause.record_id, stage=cause.stage, cause=cause.cause
        )
        for result in results
        for cause in result.causes
    ]
    return rows, causes


def _account(run_id: str, source: str, topic: str, group: Sequence[BatchResult]) -> AccountingRow:
    asked, received = sum(r.asked for r in group), sum(r.received for r in group)
    landed, parsed = sum(r.landed for r in group), sum(r.parsed for r in group)
    return AccountingRow(
        run_id=run_id,
        source=source,
        topic=topic,
        matched=asked,
        asked=asked,
        received=received,
        missing=asked - received,
        landed=landed,
        unchanged=received - landed,
        parsed=parsed,
        dropped=received - parsed,
    )
