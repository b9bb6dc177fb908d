"""Asking a source: open a slice, fetch and land what is not landed yet, close the slice when all is accounted for."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.pipeline.clock import Clock
from trialhouse.pipeline.planning import RecordBatch
from trialhouse.sources.asking import Answer, Fetched, ListingFailed, Missing, Source, Unchanged
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.slices import Arrival, OpenedSlice, Slice, SliceAnswers, SliceStore, unanswered

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Warehouse:
    """The two stores that fetching writes to."""

    landing: LandingStore
    slices: SliceStore


def open_slice(stores: Warehouse, source: Source, one: Slice, clock: Clock) -> OpenedSlice:
    """Go on with a slice that was left open, else list what matches. Raises ListingFailed.

    After a run that came to its end it is listed anew where ids were missing from the list itself. So is what is asked
    for by name: the others of the list are not to grow old because one of them does not come.
    """
    siblings = stores.slices.opened(one.source, one.question.topic)
    for sibling in siblings:
        is_whole = one.question.window is not None and all(lost.is_explained for lost in sibling.listing.missing)
        if sibling.slice == one and (is_whole or not stores.slices.has_ended(one)):
            stores.slices.take_up(one)
            return sibling
    opened_at, receipts = clock(), stores.landing.receipts_of(one.source)
    listing = source.list_records(one.question)
    if len(set(listing.record_ids)) < len(listing.record_ids):
        raise ListingFailed("ids_twice", f"{one.source} lists ids twice for {one.name}: a fault of Trialhouse")
    opened = OpenedSlice(
        slice=one,
        opened_at=opened_at,
        receipts_before=receipts,
        holds_from=min(receipts, *(sibling.holds_from for sibling in siblings)) if siblings else receipts,
        listing=listing,
    )
    stores.slices.open(opened)
    return opened


def fetch_batch(
    stores: Warehouse, source: Source, batch: RecordBatch, at_once: int, license: str | None
) -> SliceAnswers:
    """Fetch and land the records of a batch that are not landed yet, `at_once` at a time; what became of all of them.

    Nothing that was landed since the slice was opened is fetched again, also when a death came between landing it
    and noting so.
    """
    one = batch.opened.slice
    _note_landed(stores, batch)
    waiting = _Waiting()
    for answer in source.fetch(
        unanswered(batch.record_ids, stores.slices.answers(one, batch.record_ids)),
        lambda record_id: stores.landing.last_whole_receipt(one.source, record_id),
    ):
        waiting.add(answer)
        if waiting.count >= at_once:
            _land(stores, one, waiting, license)
            waiting = _Waiting()
    _land(stores, one, waiting, license)
    return _of_batch(stores.slices.answers(one, batch.record_ids), batch.record_ids)


def close_slices(stores: Warehouse, opened: Iterable[OpenedSlice], clock: Clock) -> list[OpenedSlice]:
    """Close the slices that are landed and reconciled and move the watermarks; returns those that stay open."""
    closed, left = [], []
    for one in opened:
        done = stores.slices.close(one, clock())
        if done is None:
            left.append(one)
        else:
            closed.append(done)
    for done in closed:
        stores.slices.move_watermark(done.slice)
    return left


@dataclass
class _Waiting:
    """Answers that are not landed yet."""

    fetched: list[Fetched] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.fetched) + len(self.unchanged) + len(self.missing)

    def add(self, answer: Answer) -> None:
        match answer:
            case Fetched():
                self.fetched.append(answer)
            case Unchanged():
                self.unchanged.append(answer.record_id)
            case Missing():
                self.missing.append(answer)


def _land(stores: Warehouse, one: Slice, waiting: _Waiting, license: str | None) -> None:
    """Land what was fetched, then note what became of it."""
    if not waiting.count:
        return
    records = [(fetched.data, _receipt(one.source, fetched, license)) for fetched in waiting.fetched]
    new = stores.landing.land_batch(records)
    received = {
        fetched.record_id: Arrival.LANDED if is_new else Arrival.UNCHANGED
        for fetched, is_new in zip(waiting.fetched, new, strict=True)
    }
    received |= dict.fromkeys(waiting.unchanged, Arrival.UNCHANGED)
    for missing in waiting.missing:
        where = {"source": one.source, "topic": one.question.topic, "record_id": missing.record_id}
        log.warning("%s %s: %s: %s", one.source, missing.record_id, missing.reason, missing.message, extra=where)
    stores.slices.add_answers(one, SliceAnswers(received=received, missing=tuple(waiting.missing)))


def _note_landed(stores: Warehouse, batch: RecordBatch) -> None:
    """Note the records of a batch that were landed since its slice was opened: by a run that died before it could
    note them, or for another slice, which then counts them as new.
    """
    one, before = batch.opened.slice, batch.opened.receipts_before
    unknown = unanswered(batch.record_ids, stores.slices.answers(one, batch.record_ids))
    landed = [i for i in unknown if stores.landing.last_whole_receipt(one.source, i, after=before)]
    if landed:
        others = [other.slice for other in stores.slices.opened(one.source) if other.slice != one]
        counted = {record_id for other in others for record_id in stores.slices.answers(other).received}
        received = {i: Arrival.UNCHANGED if i in counted else Arrival.LANDED for i in landed}
        stores.slices.add_answers(one, SliceAnswers(received=received))


def _of_batch(answers: SliceAnswers, record_ids: Sequence[str]) -> SliceAnswers:
    """What is known of some ids; an id that a source left without an answer is missing, and the log says so."""
    missing = {one.record_id: one for one in answers.missing}
    for record_id in record_ids:
        if record_id not in answers.received and record_id not in missing:
            message = f"the source gave no answer for {record_id}: a fault of Trialhouse, report it"
            missing[record_id] = Missing(record_id=record_id, reason="no_answer", message=message)
    return SliceAnswers(received=answers.received, missing=tuple(missing[key] for key in sorted(missing)))


def _receipt(source: str, fetched: Fetched, license: str | None) -> Receipt:
    # All but the hash and the length was checked when it came.
    return Receipt.unchecked(
        {
            "source": source,
            "record_id": fetched.record_id,
            "identity": fetched.identity,
            "locator": fetched.locator,
            "fetched_at": fetched.fetched_at,
            "status": fetched.status,
            "headers": fetched.headers,
            "license": fetched.license or license,
            "sha256": sha256_hex(fetched.data),
            "size_bytes": len(fetched.data),
            "media_type": fetched.media_type,
        }
    )
