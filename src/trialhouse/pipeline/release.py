"""From everything landed to a published release: resolve, build, check, decide, publish."""

import contextlib
import dataclasses
import functools
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trialhouse.extraction import EXTRACTOR_VERSION
from trialhouse.model.document import Document, Receipt
from trialhouse.model.tables import (
    SCHEMA_VERSION,
    AccountingCauseRow,
    QuarantineRow,
    ReleaseRow,
    RowSet,
    RunRow,
    SourceRow,
)
from trialhouse.model.words import ReleaseStatus, RunStatus
from trialhouse.pipeline.alert_books import held_books
from trialhouse.pipeline.assembly import write_units
from trialhouse.pipeline.books import accounting
from trialhouse.pipeline.checking import Build, Found, check_build
from trialhouse.pipeline.conclusion import Built, Checked, conclude
from trialhouse.pipeline.derived import DerivedStore, making_fingerprint, vocabulary_sha256
from trialhouse.pipeline.incomplete import NO_FIRST_RELEASE, is_first_and_empty, told_incomplete
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.judgements import judgements_in_force, judgements_sha256
from trialhouse.pipeline.notifying import deliver_messages, prepare_messages
from trialhouse.pipeline.published import published_of
from trialhouse.pipeline.result import Progress, RefreshResult, silent
from trialhouse.pipeline.runs import Run
from trialhouse.pipeline.taking import Taking
from trialhouse.quality.checks import load_checks
from trialhouse.releases.blank import hold_since, write_blank
from trialhouse.releases.build import date_early, date_rows, row_counts, write_rows
from trialhouse.releases.catalog import Release, list_releases
from trialhouse.releases.changes import changes_since
from trialhouse.releases.content import content_hash_of, content_sums, content_sums_after, sums_of_ledger
from trialhouse.releases.layout import DATABASE, Layout
from trialhouse.releases.ledger import ensure_ledger, last_release_no
from trialhouse.releases.publish import recover, start_building
from trialhouse.releases.register import next_release_id, release_rows
from trialhouse.releases.restored import forget_restored, restored_release
from trialhouse.releases.run_files import RunFile, read_runs, write_run
from trialhouse.resolution.garbage import no_search_for_garbage
from trialhouse.resolution.judged import Judgement
from trialhouse.resolution.survey import survey
from trialhouse.resolution.units import Units
from trialhouse.settings import Settings
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.local_files import printable
from trialhouse.sources.slices import held_sources
from trialhouse.store.connection import Connection, limit_memory, new_database, with_enough_memory

log = logging.getLogger(__name__)

MEGABYTES = 150
"""What DuckDB may take while a release is built and dated; it spills beyond that. A build that does not fit all the
same is made anew with more: its file is thrown away, and what was made of documents is kept.
"""


def make_release(settings: Settings, run: Run, progress: Progress = silent) -> RefreshResult:
    """Build a release from all that was landed, check it, and publish it if it passed and is not the current one.

    Of a source that is incomplete (it has a slice open) only what was landed before that is taken: its rows stay as
    they were in the last release.
    """
    layout = Layout(settings.warehouse)
    recovery = recover(layout)
    sql = settings.root / "warehouse"
    about_ledger = ensure_ledger(layout, sql / "migrations")
    landing = LandingStore(layout.landing)
    store = DerivedStore(settings, landing)
    held = held_sources(stores_of(settings).slices.opened())
    taking = Taking(store, landing, held)
    taken = taking.take(progress)
    accounted, causes = accounting(run.run_id, run.results)
    causes += _double_causes(run, taken.doubles)
    last = next((release for release in list_releases(settings.warehouse) if release.is_current), None)
    if recovery.must_publish:
        last = restored_release(layout) or last
    ending = _Ending(settings, run, held, [*recovery.sentences, *about_ledger])
    if is_first_and_empty(has_release=last is not None, documents=taken.records, held=held, causes=causes):
        file = RunFile(row=run.row, covers=run.covers, accounting=tuple(accounted), causes=tuple(causes))
        nothing = RefreshResult(run_id=run.run_id, status=RunStatus.UNCHANGED, sentences=(NO_FIRST_RELEASE,))
        return ending.of(nothing, file)
    progress("build", 0, 3)
    books = held_books(layout)
    judgements = judgements_in_force(layout, settings.root / "seeds", held=books)
    release = _release_row(settings, last, run, judgements_sha256(judgements))
    file = RunFile(row=_run_row(run, release), covers=run.covers, accounting=tuple(accounted), causes=tuple(causes))
    progress("build", 1, 3)
    told: dict[str, None] = {}  # documents are surveyed again where what was made is damaged
    surveyed = functools.partial(_units, settings, store, taking, last, judgements=judgements, told=told)

    def build(megabytes: int | None) -> Checked:
        with _blank(settings, release, store.spill, megabytes) as connection:
            rows = write_units(connection, surveyed, store.made_rows, last)
            rows.extend(_bookkeeping(settings, taken.failed, file))
            return _build(connection, settings, rows, last, release, held=books)

    checked = with_enough_memory(MEGABYTES, build)
    ending.told.extend(told)
    progress("build", 2, 3)
    built = Built(run.row, release, last, taken.inputs, checked, sql, recovery.must_publish)
    about_messages = prepare_messages(settings, run, release, last, checked.found)
    result = conclude(layout, built)
    forget_restored(layout)
    store.drop_older()
    progress("build", 3, 3)
    return ending.of(result, file, about_messages)


@contextlib.contextmanager
def _blank(settings: Settings, release: ReleaseRow, spill: Path, megabytes: int | None) -> Iterator[Connection]:
    """The file of a release to be, begun anew and without rows, in so much memory; checkpointed at the end."""
    layout, sql = Layout(settings.warehouse), settings.root / "warehouse"
    start_building(layout)
    write_blank(layout.building / DATABASE, sql / "views", sql / "macros")
    with new_database(layout.building / DATABASE) as connection:
        limit_memory(connection, megabytes, spill)
        hold_since(connection, release.release_no)
        yield connection


def _units(
    settings: Settings,
    store: DerivedStore,
    taking: Taking,
    last: Release | None,
    *,
    judgements: Sequence[Judgement],
    told: dict[str, None],
) -> Units:
    """All documents surveyed together, and what makes the rows of each of them and of each trial. What there is to
    tell of judgements is added to `told`.
    """
    with no_search_for_garbage():
        surveyed = survey(
            taking.readings(),
            published_of(last),
            trust=settings.trust,
            judgements=judgements,
            duplicates=settings.root / "warehouse" / "duplicates",
            citations=store.briefs,
        )
    told |= dict.fromkeys(surveyed.told)
    may_be_passed_on = functools.partial(_may_be_passed_on, settings)
    made_by = f"{making_fingerprint()} {settings.trust.sha256}"
    return Units(surveyed, store.vocabulary, may_be_passed_on, made_by, taking.whole)


@dataclasses.dataclass(frozen=True)
class _Ending:
    """What the end of a run needs beside its result; `told` are the sentences that come before those of the result."""

    settings: Settings
    run: Run
    held: Mapping[str, int]
    told: list[str]

    def of(self, result: RefreshResult, file: RunFile, about_messages: Sequence[str] = ()) -> RefreshResult:
        """Keep how the run ended, send the messages that wait, and return the result with all that there is to say."""
        ended = {"status": result.status, "release_id": result.release_id, "finished_at": self.run.clock()}
        row = file.row.model_copy(update=ended)
        write_run(Layout(self.settings.warehouse), file.model_copy(update={"row": row}))
        about_messages = [*about_messages, *deliver_messages(self.settings, self.run.clock())]
        about_sources = told_incomplete(self.held, file.causes)
        told = (*self.told, *result.sentences, *about_sources, *about_messages)
        log.info("the run ended: %s: %s", result.status.value, " ".join(told))
        words = {"accounting": file.accounting, "causes": file.causes, "sentences": told}
        return result.model_copy(update=words | {"held_sources": tuple(sorted(self.held))})


def _double_causes(run: Run, doubles: Sequence[tuple[str, Receipt]]) -> list[AccountingCauseRow]:
    """A record that is the same document as another gives none of its own: of the sources of this run, it says so."""
    named = ((batch.source, file) for batch in run.batches for file in batch.files)
    # A record in a file has an id of its own, and the file's path as its locator.
    files = {(source, name) for source, file in named for name in (file.record_id, printable(file.path))}
    asked = {result.source for result in run.results} - {batch.source for batch in run.batches}
    return [
        AccountingCauseRow(
            run_id=run.run_id,
            source=receipt.source,
            record_id=receipt.record_id,
            stage="resolve",
            cause=f"same_document: it is the same document as {other}",
            is_explained=True,
        )
        for other, receipt in doubles
        if receipt.source in asked
        or not files.isdisjoint((receipt.source, name) for name in (receipt.record_id, receipt.locator))
    ]


def _may_be_passed_on(settings: Settings, document: Document) -> bool:
    """Whether releases may hold a document's whole text: its source's terms say so, it claims no other licence, and
    nobody reserves text and data mining.
    """
    terms = settings.terms(document.receipt.source)
    reserved = document.text_mining_reservation is not None
    return terms.may_be_passed_on and not reserved and document.license in (None, terms.license)


def _release_row(settings: Settings, last: Release | None, run: Run, judgements: str | None) -> ReleaseRow:
    """The release to be, made with the judgements of that name.

    It is never published before the one it follows, even if the clock was moved back.
    """
    layout = Layout(settings.warehouse)
    now = max(run.clock(), last.published_at) if last is not None else run.clock()
    known = [release.release_no for release in list_releases(layout.warehouse)]
    return ReleaseRow(
        release_no=max([last_release_no(layout), *known]) + 1,
        release_id=next_release_id(layout, now),
        published_at=now,
        tag=run.assignment.tag,
        message=run.assignment.message,
        status=ReleaseStatus.PUBLISHED,
        schema_version=SCHEMA_VERSION,
        code_version=run.row.code_version,
        extractor_version=EXTRACTOR_VERSION,
        vocabulary_sha256=vocabulary_sha256(settings.root / "seeds"),
        judgements_sha256=judgements,
        trust_sha256=settings.trust.sha256,
    )


def _run_row(run: Run, release: ReleaseRow) -> RunRow:
    """The run as the release shows it: it ended by publishing."""
    ended = {"status": RunStatus.PUBLISHED, "finished_at": release.published_at, "release_id": release.release_id}
    return run.row.model_copy(update=ended)


def _bookkeeping(settings: Settings, failed: Sequence[QuarantineRow], file: RunFile) -> RowSet:
    """The rows of `meta` and of quarantine: this run and those before it, sources, records that gave no document."""
    rows = RowSet()
    for other in [*(f for f in read_runs(settings.warehouse) if f.row.run_id != file.row.run_id), file]:
        rows.add(other.row)
        rows.extend(other.accounting)
        rows.extend(other.causes)
    for source, terms in settings.sources.items():
        rows.add(
            SourceRow(
                source=source,
                publisher=terms.publisher,
                license=terms.license,
                may_be_passed_on=terms.may_be_passed_on,
            )
        )
    rows.extend(failed)
    return rows


def _build(
    connection: Connection,
    settings: Settings,
    rows: RowSet,
    last: Release | None,
    release: ReleaseRow,
    *,
    held: RowSet,
) -> Checked:
    """Write the rows beside those of the units, check them all, and write what was found."""
    layout = Layout(settings.warehouse)
    rows.extend(release_rows(layout))
    write_rows(connection, rows)
    about_ledger = date_early(connection, layout, settings.root / "warehouse" / "migrations", release.release_no)
    checks = load_checks(settings.root / "warehouse" / "checks", settings.checks)
    run_id = next(row.run_id for row in rows.of(RunRow) if row.release_id == release.release_id)
    found = check_build(connection, settings, checks, last, Build(run_id, release.published_at, held))
    checked = _complete(connection, settings, release, last, found)
    return dataclasses.replace(checked, ledger_sentences=[*about_ledger, *checked.ledger_sentences])


def _complete(
    connection: Connection, settings: Settings, release: ReleaseRow, last: Release | None, found: Found
) -> Checked:
    """Date the rows, and say what changed since the current release."""
    layout, sql = Layout(settings.warehouse), settings.root / "warehouse"
    about_ledger = date_rows(connection, layout, sql / "migrations", release.release_no)
    before = sums_of_ledger(connection, layout)
    sums = content_sums_after(connection, before, release.release_no) if before else content_sums(connection)
    content = content_hash_of(sums)
    write_rows(connection, RowSet([release.model_copy(update={"content_hash": content})]))
    changes = changes_since(connection, last.release_no if last is not None else None)
    return Checked(found, row_counts(connection), content, sums, changes, about_ledger)
