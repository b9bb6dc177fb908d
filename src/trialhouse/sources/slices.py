"""Slices: what a source is asked for in one go, so that a killed fetch goes on where it stopped.

    slices/<source>/<topic>/<slice>.open/slice.json      the question, the ids that match, what was landed before
    slices/<source>/<topic>/<slice>.open/batch-….json    what became of a batch of its ids, once that is landed
    slices/<source>/<topic>/<slice>.open/ended.json      a run came to its end, and the slice is not reconciled
    slices/<source>/<topic>/<slice>.json                 a slice that is landed and reconciled, in figures
    slices/<source>/<topic>/watermark.json               the days of which the topic is landed and reconciled

A slice is reconciled when every id that matched was received, or is missing for a reason that the source gives.
"""

import datetime
import re
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from trialhouse.model.ids import stable_id
from trialhouse.model.record import Record
from trialhouse.model.whole_file import write_whole
from trialhouse.sources.asking import Dates, Listing, Question
from trialhouse.sources.slice_answers import Arrival, SliceAnswers, answered_in

__all__ = ["Arrival", "ClosedSlice", "OpenedSlice", "Slice", "SliceAnswers", "SliceStore", "TopicState", "Watermark"]

_OPEN = ".open"
_ENDED = "ended.json"


class Slice(Record):
    """One question to one source. A slice of a backfill moves no watermark."""

    source: str
    question: Question
    is_backfill: bool = False

    @property
    def name(self) -> str:
        """A name that says what it covers: "updated_2026-11-18_2026-11-21", or "named" with a hash of the ids."""
        asked = self.question
        if asked.window is not None:
            kind = "backfill" if self.is_backfill else asked.window.dates.value
            return f"{kind}_{asked.window.first}_{asked.window.last}"
        return f"named_{stable_id('q', asked.model_dump_json(exclude={'topic'}))[2:10]}"

    @property
    def label(self) -> str:
        """The slice in a few words, for people."""
        return f"{self.question.topic} {self.name}"


class OpenedSlice(Record):
    """A slice under way. `receipts_before` counts the files of receipts that its source had when it was opened.

    `holds_from` is the number of those that a release may take of the source while the slice is open: fewer where
    another slice of the topic was open before it, since what that one landed is not whole either.
    """

    slice: Slice
    opened_at: datetime.datetime
    receipts_before: int
    holds_from: int
    listing: Listing

    def without_ids(self) -> "OpenedSlice":
        """The slice for a task that is told its ids apart: a list of thousands is not handed to each."""
        return self.model_copy(update={"listing": self.listing.model_copy(update={"record_ids": ()})})


class ClosedSlice(Record):
    """A slice that is landed and reconciled."""

    slice: Slice
    opened_at: datetime.datetime
    closed_at: datetime.datetime
    matched: int
    received: int
    landed: int
    missing: int


class _Ended(Record):
    at: datetime.datetime


class Watermark(Record):
    """The days of which all that a query matches is landed and reconciled: from `since` on records that the source
    first had then, up to `through` what it changed of them.
    """

    since: datetime.date
    through: datetime.date
    query: str


class TopicState(Record):
    """How far a topic of a source is landed and reconciled, and how many of its slices are not."""

    source: str
    topic: str
    through: datetime.date | None
    open_slices: int


class SliceStore:
    """The slices below one folder. One run works on them at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, opened: OpenedSlice) -> None:
        """Keep a slice that was listed, before anything of it is fetched."""
        # What a death left here, amid the removal of a slice of this name, says nothing of this one.
        shutil.rmtree(self._open_folder(opened.slice), ignore_errors=True)
        self._write(self._open_folder(opened.slice) / "slice.json", opened)

    def opened(self, source: str | None = None, topic: str | None = None) -> list[OpenedSlice]:
        """The slices that are not reconciled yet, of a source and topic or of all, in the order of opening."""
        folders = self._folder.glob(f"{source or '*'}/{topic or '*'}/*{_OPEN}/slice.json")
        found = [OpenedSlice.model_validate_json(path.read_bytes()) for path in folders]
        return sorted(found, key=lambda one: (one.opened_at, one.slice.source, one.slice.question.topic))

    def add_answers(self, of: Slice, answers: SliceAnswers) -> None:
        """Keep what became of ids of an open slice; their records are landed."""
        name = stable_id("b", *sorted(answers.received), *(missing.record_id for missing in answers.missing))
        self._write(self._open_folder(of) / f"batch-{name[2:]}.json", answers)

    def answers(self, of: Slice, record_ids: Collection[str] | None = None) -> SliceAnswers:
        """What is known of the ids of an open slice, or of some of them. A record that came after it was missing is
        received. Each file is read once in this process: a slice has a file for each batch, and each batch asks.
        """
        return answered_in(self._open_folder(of)).answers(record_ids)

    def close(self, opened: OpenedSlice, now: datetime.datetime) -> ClosedSlice | None:
        """Close a slice whose every id is accounted for, else None: it stays open, and the next run goes on with it."""
        answers = self.answers(opened.slice)
        if unreconciled(opened.listing, answers):
            self._write(self._open_folder(opened.slice) / _ENDED, _Ended(at=now))
            return None
        closed = ClosedSlice(
            slice=opened.slice,
            opened_at=opened.opened_at,
            closed_at=now,
            matched=opened.listing.matched,
            received=len(answers.received),
            landed=sum(arrival is Arrival.LANDED for arrival in answers.received.values()),
            missing=len(answers.missing) + len(opened.listing.missing),
        )
        self._write(self._topic_folder(opened.slice) / f"{opened.slice.name}.json", closed)
        shutil.rmtree(self._open_folder(opened.slice))
        return closed

    def has_ended(self, of: Slice) -> bool:
        """Whether a run came to its end and left the slice open; else one died in the middle of it."""
        return (self._open_folder(of) / _ENDED).is_file()

    def take_up(self, of: Slice) -> None:
        """Go on with an open slice: what is missing without a reason is asked for again.

        What a run that ended had landed is new no longer; of one that died this run does the books.
        """
        has_ended = self.has_ended(of)
        for path in sorted(self._open_folder(of).glob("batch-*.json")):
            answers = SliceAnswers.model_validate_json(path.read_bytes())
            missing = tuple(one for one in answers.missing if one.is_explained)
            received = dict.fromkeys(answers.received, Arrival.UNCHANGED) if has_ended else answers.received
            taken = SliceAnswers(received=received, missing=missing)
            if taken != answers:
                self._write(path, taken)
        (self._open_folder(of) / _ENDED).unlink(missing_ok=True)

    def abandon(self, of: Slice) -> None:
        """Give up an open slice. What it landed stays landed; it holds nothing back any more."""
        shutil.rmtree(self._open_folder(of))

    def closed_backfills(self, source: str, topic: str) -> list[ClosedSlice]:
        """The slices of backfills of a topic that are reconciled, by their days."""
        folder = self._folder / source / _folder_name(topic)
        return [ClosedSlice.model_validate_json(path.read_bytes()) for path in sorted(folder.glob("backfill_*.json"))]

    def watermark(self, source: str, topic: str, query: str) -> Watermark | None:
        """The days of which a query is landed and reconciled, or None; another query begins anew."""
        mark = _read_mark(self._folder / source / _folder_name(topic) / "watermark.json")
        return mark if mark is not None and mark.query == query else None

    def knows_another_query(self, source: str, topic: str, query: str) -> bool:
        """Whether what is landed of a topic is by another query than this one."""
        mark = _read_mark(self._folder / source / _folder_name(topic) / "watermark.json")
        return mark is not None and mark.query != query

    def move_watermark(self, one: Slice) -> None:
        """Move the watermark to the end of a closed window; while a slice of the topic is open it stays.

        Its beginning moves back to that of a window that led up to it. Its end moves back only when a topic began anew,
        since a clock that was ahead had set it.
        """
        source, topic, query = one.source, one.question.topic, one.question.query
        window = one.question.window
        if window is None or query is None or one.is_backfill or self._open_windows(source, topic):
            return
        since, through = window.first, window.last
        last = self.watermark(source, topic, query)
        if last is not None and window.dates is not Dates.CREATED:
            since, through = last.since, max(through, last.through)
        elif last is not None and through < last.since:
            through = last.through
        mark = Watermark(since=since, through=through, query=query)
        self._write(self._folder / source / _folder_name(topic) / "watermark.json", mark)

    def states(self) -> list[TopicState]:
        """Every topic that was asked for, in the order of source and topic."""
        folders = sorted(path for path in self._folder.glob("*/*") if path.is_dir())
        return [
            TopicState(
                source=folder.parent.name,
                topic=folder.name,
                through=mark.through if (mark := _read_mark(folder / "watermark.json")) else None,
                open_slices=len(list(folder.glob(f"*{_OPEN}"))),
            )
            for folder in folders
        ]

    def _open_windows(self, source: str, topic: str) -> bool:
        """Whether a window of the topic is open that a refresh opened."""
        opened = [one.slice for one in self.opened(source, topic)]
        return any(one.question.window is not None and not one.is_backfill for one in opened)

    def _topic_folder(self, one: Slice) -> Path:
        return self._folder / one.source / _folder_name(one.question.topic)

    def _open_folder(self, one: Slice) -> Path:
        return self._topic_folder(one) / f"{one.name}{_OPEN}"

    @staticmethod
    def _write(path: Path, record: Record) -> None:
        write_whole(path, record.model_dump_json(indent=1).encode())


def unreconciled(listing: Listing, answers: SliceAnswers) -> list[str]:
    """The ids of a listing that were neither received nor are missing for a reason that the source gives, sorted; those
    among them that the source did not list, too.
    """
    explained = {one.record_id for one in answers.missing if one.is_explained}
    not_listed = {one.record_id for one in listing.missing if not one.is_explained}
    return sorted(not_listed | (set(listing.record_ids) - set(answers.received) - explained))


def unanswered(record_ids: Sequence[str], answers: SliceAnswers) -> list[str]:
    """The ids that nothing is known of yet, in their order."""
    known = {*answers.received, *(one.record_id for one in answers.missing)}
    return [record_id for record_id in record_ids if record_id not in known]


def held_sources(opened: Iterable[OpenedSlice]) -> dict[str, int]:
    """The sources that have a slice open, each with the files of receipts that a release may take of it."""
    held: dict[str, int] = {}
    for one in opened:
        source = one.slice.source
        held[source] = min(held.get(source, one.holds_from), one.holds_from)
    return held


def _read_mark(path: Path) -> Watermark | None:
    """The watermark of a file. One written before `since` was kept says nothing of it, and its topic begins anew."""
    try:
        return Watermark.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _folder_name(topic: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}", topic):
        raise ValueError(f"a topic is named by letters, digits, '-', '_' and '.', not {topic!r}")
    return topic
