"""How a bulk load stands, and what it came to, for the flow, the command line and tests alike."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trialhouse.bulk.file_shard import FileOutcome
from trialhouse.bulk.store_tables import LoadedFileRow
from trialhouse.model.record import Record
from trialhouse.pipeline.result import DONE, FAILED, INCOMPLETE
from trialhouse.pipeline.trial_reports import LandedReports
from trialhouse.pipeline.withdrawn_reports import Withdrawn, counts_by_reason

NOT_OF_THE_FILE = frozenset({"not_written", "loader_failed", "process_died"})
"""Reasons that say nothing of the file: the same file may be loaded once the cause is mended."""


@dataclass(frozen=True)
class Stand:
    """How far a stage has come. Of the stage "files" also the bytes, and the citations that were read in this run.

    `bytes_read` are those of files that were read in this run: what was there already says nothing of the speed.
    """

    stage: Literal["files", "merge", "land"]
    done: int
    total: int
    bytes_done: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    citations: int = 0

    def after(self, size: int, citations: int, *, was_there: bool) -> "Stand":
        """How it stands after one more file."""
        return dataclasses.replace(
            self,
            done=self.done + 1,
            bytes_done=self.bytes_done + size,
            bytes_read=self.bytes_read + (0 if was_there else size),
            citations=self.citations + citations,
        )


Watch = Callable[[Stand], None]


def unwatched(stand: Stand) -> None:
    """A load that nobody watches."""


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Whoever loads below the block finds the watch by `current_watch`: a flow takes no functions."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def current_watch() -> Watch | None:
    """The watch of the block around, or None when nobody watches."""
    return _watch.get()


class FileAccount(Record):
    """What became of one file that was given. Of a file that is loaded now or was before, its books too."""

    file_name: str
    path: str
    state: Literal["loaded", "loaded_before", "same_bytes", "set_aside"]
    reason: str | None = None
    message: str | None = None
    books: LoadedFileRow | None = None

    @property
    def was_compared(self) -> bool:
        """Whether its MD5 was compared with the one that came with it."""
        return self.books is not None and self.books.is_md5_checked

    @property
    def is_set_aside(self) -> bool:
        """Whether nothing of it is in the store."""
        return self.state == "set_aside"


class BulkResult(Record):
    """The end of a load. The sums are those of the files that it loaded.

    read = new + changed + superseded + quarantined; citations_after = citations_before + new - deleted. `withdrawn`
    counts the trial reports of earlier loads that are withdrawn, by reason.
    """

    store: Path
    files: tuple[FileAccount, ...]
    citations_read: int
    citations_new: int
    citations_changed: int
    citations_superseded: int
    citations_quarantined: int
    citations_deleted: int
    citations_before: int
    citations_after: int
    trials: LandedReports | None = None
    withdrawn: dict[str, int] = {}

    def count(self, state: str) -> int:
        """How many of the files ended so."""
        return sum(file.state == state for file in self.files)

    @property
    def exit_code(self) -> int:
        """The exit code of the command that ran it."""
        set_aside = [file for file in self.files if file.is_set_aside]
        if any(file.reason in NOT_OF_THE_FILE for file in set_aside):
            return FAILED
        return INCOMPLETE if set_aside or self.citations_quarantined else DONE


def citations_of(rows: Sequence[LoadedFileRow]) -> int:
    """How many citations a store of these files holds."""
    return sum(row.citations_new - row.citations_deleted for row in rows)


def result_of(
    store: Path,
    outcomes: Sequence[FileOutcome],
    before: Sequence[LoadedFileRow],
    after: Sequence[LoadedFileRow],
    *,
    trials: LandedReports | None,
    withdrawn: Sequence[Withdrawn],
) -> BulkResult:
    """What a load came to: by the outcome of each file, and the books of the store before and after it."""
    old = {row.sha256 for row in before}
    new = [row for row in after if row.sha256 not in old]
    books = {row.sha256: row for row in after}
    seen: dict[str, str] = {}
    files = [_account(outcome, books, old, seen) for outcome in outcomes]
    return BulkResult(
        store=store,
        files=tuple(files),
        citations_read=sum(row.citations_read for row in new),
        citations_new=sum(row.citations_new for row in new),
        citations_changed=sum(row.citations_changed for row in new),
        citations_superseded=sum(row.citations_superseded for row in new),
        citations_quarantined=sum(row.citations_quarantined for row in new),
        citations_deleted=sum(row.citations_deleted for row in new),
        citations_before=citations_of(before),
        citations_after=citations_of(after),
        trials=trials,
        withdrawn=counts_by_reason(withdrawn),
    )


def _account(outcome: FileOutcome, books: dict[str, LoadedFileRow], old: set[str], seen: dict[str, str]) -> FileAccount:
    """The account of one file. `seen` holds the names of the files of this load by their bytes."""
    named = {"file_name": outcome.file.name, "path": outcome.file.path}
    if outcome.manifest is None:
        return FileAccount(**named, state="set_aside", reason=outcome.reason, message=outcome.message)
    sha256 = outcome.manifest.sha256
    book = books[sha256]
    if sha256 in seen:
        told = f"{outcome.file.name} has the same bytes as {seen[sha256]}: it is not loaded again"
        return FileAccount(**named, state="same_bytes", reason="same_bytes", message=told, books=book)
    seen[sha256] = outcome.file.path
    if sha256 not in old:
        return FileAccount(**named, state="loaded", books=book)
    if book.file_name != outcome.file.name:
        told = f"{outcome.file.name} has the same bytes as {book.file_name}, which is loaded: it is not loaded again"
        return FileAccount(**named, state="same_bytes", reason="same_bytes", message=told, books=book)
    told = f"{outcome.file.name} was loaded before: each file is loaded once"
    return FileAccount(**named, state="loaded_before", reason="loaded_before", message=told, books=book)
