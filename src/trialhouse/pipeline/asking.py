"""Everything a run takes, in order: files, what topics name and what changed, then what became of the papers."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trialhouse.pipeline.derived import DerivedStore
from trialhouse.pipeline.fetching import close_slices, open_slice
from trialhouse.pipeline.ingest import BatchResult, Cause, SourceNamed, stores_of
from trialhouse.pipeline.network import REACH, source_named
from trialhouse.pipeline.planning import Batch, record_batches
from trialhouse.pipeline.questions import abandon_stale, asks_about_papers, planned_slices, slices_of_papers
from trialhouse.pipeline.result import Progress, silent
from trialhouse.pipeline.runs import Run
from trialhouse.pipeline.taking import dois_of
from trialhouse.settings import Settings
from trialhouse.sources.asking import ListingFailed
from trialhouse.sources.slices import OpenedSlice, Slice

log = logging.getLogger(__name__)

IngestAll = Callable[[Sequence[Batch]], list[BatchResult]]
"""Takes batches one after another, or many at once."""

PAPER_SOURCES = ("pubmed", "europepmc")
"""The sources whose papers Crossref is asked about."""


def take_all(
    settings: Settings,
    run: Run,
    ingest_all: IngestAll,
    progress: Progress = silent,
    source_of: SourceNamed = source_named,
) -> None:
    """Take all that the run was told to; what became of it is gathered in `run.results`."""
    run.results.extend(ingest_all(run.batches))
    if run.assignment.files:
        return
    REACH.forget()
    stores = stores_of(settings)
    work = _Work(settings, run, ingest_all, progress, source_of)
    planned = planned_slices(settings, run.assignment, stores.slices, run.clock().date())
    opened = work.ask(planned)
    papers: list[Slice] = []
    if planned and asks_about_papers(settings, run.assignment):
        papers = slices_of_papers(settings, run.assignment, _dois(settings))
        opened += work.ask(papers)
    # Only now, and not where the new list could not be had: the slice that takes the place of a stale one holds back
    # what that one held, and without it half a source would be published.
    found = {one.slice for one in opened}
    unlisted = {(one.source, one.question.topic) for one in (*planned, *papers) if one not in found}
    abandon_stale(settings, papers, stores.slices, unlisted)
    close_slices(stores, opened, run.clock)


@dataclass(frozen=True)
class _Work:
    """A run with what it needs to ask sources."""

    settings: Settings
    run: Run
    ingest_all: IngestAll
    progress: Progress
    source_of: SourceNamed

    def ask(self, slices: Sequence[Slice]) -> list[OpenedSlice]:
        """Open the slices, take their records, and return those that were opened."""
        opened = []
        for number, one in enumerate(slices):
            self.progress("list", number, len(slices))
            found = self._open(one)
            opened += [found] if found is not None else []
        if slices:
            self.progress("list", len(slices), len(slices))
        batches = [batch for one in opened for batch in record_batches(one, self.settings.batch_size)]
        self.run.results.extend(self.ingest_all(batches))
        return opened

    def _open(self, one: Slice) -> OpenedSlice | None:
        """Open a slice; one that cannot be listed is a cause of its own, and the others go on."""
        source = self.source_of(self.settings, one.source)
        try:
            opened = open_slice(stores_of(self.settings), source, one, self.run.clock)
        except ListingFailed as error:
            self._tell(one, Cause(record_id=one.label, stage="list", cause=f"{error.reason}: {error}"))
            return None
        missing = opened.listing.missing
        listing = f"{opened.listing.matched:,} matched, {len(opened.listing.record_ids):,} listed"
        where = {"source": one.source, "topic": one.question.topic}
        log.info("%s %s: %s", one.source, one.label, listing, extra=where)
        self._tell(one, *(Cause.of(absent) for absent in missing), matched=opened.listing.matched, asked=len(missing))
        return opened

    def _tell(self, one: Slice, *causes: Cause, matched: int = 0, asked: int = 0) -> None:
        """Gather what listing a slice came to."""
        for cause in causes:
            where = {"source": one.source, "topic": one.question.topic, "record_id": cause.record_id}
            log.warning("%s %s: %s", one.source, cause.record_id, cause.cause, extra=where)
        topic = one.question.topic
        result = BatchResult(source=one.source, topic=topic, matched=matched, asked=asked, causes=causes)
        self.run.results.append(result)


def _dois(settings: Settings) -> Iterable[str]:
    """The DOIs of every paper that was landed."""
    landing = stores_of(settings).landing
    receipts = (receipt for receipt in landing.current_receipts() if receipt.source in PAPER_SOURCES)
    return sorted(set(dois_of(DerivedStore(settings, landing), receipts)))
