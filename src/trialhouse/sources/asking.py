"""What a source is asked and what it answers: the contract between the sources and the pipeline.

A source lists the ids that match a question, then gives the records of those ids. Every id asked for comes back as
exactly one answer, so that nothing can be lost without a cause.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from trialhouse.model.document import Receipt
from trialhouse.model.record import Record


class Dates(StrEnum):
    """Which of a record's dates a window is about: when the source first had it, or when it last changed it."""

    CREATED = "created"
    UPDATED = "updated"


class Window(Record):
    """Records dated from `first` to `last`, both days included (UTC)."""

    dates: Dates
    first: datetime.date
    last: datetime.date


class Question(Record):
    """What one source is asked for one topic: a query within a window, or records named by their ids.

    `query` is in the source's own language. With a window only what the query matches is asked for; without one only
    the named ids are (papers by `pmids` and `dois`, trials by `registry_ids`, pages by their addresses).
    """

    topic: str
    query: str | None = None
    window: Window | None = None
    pmids: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    registry_ids: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


class Missing(Record):
    """An id that gave no record. `is_explained` where the source itself says why (deleted, merged into another), or
    where nobody can be asked for it, since it is no id.

    `reason` is a word for counting; `message` says to people what happened and what to do.
    """

    record_id: str
    reason: str
    message: str
    is_explained: bool = False


class Listing(Record):
    """The ids that match a question, each once, in the source's order.

    `matched` is what the source counts for a query, and every id that was asked for by name, known to it or not. Each
    is among `record_ids` or `missing`, so that a list that is whole has as many of both together. `missing` holds named
    ids that the source does not know, and matches that it counts and does not name. `version` names the state of the
    source's data where it has one.
    """

    matched: int
    record_ids: tuple[str, ...]
    missing: tuple[Missing, ...] = ()
    version: str | None = None


class Fetched(Record):
    """The bytes of one record as they were received; `identity` as in a receipt. `headers` without secrets."""

    record_id: str
    data: bytes
    locator: str
    fetched_at: datetime.datetime
    identity: str | None = None
    status: int | None = None
    headers: dict[str, str] = {}
    media_type: str | None = None
    license: str | None = None


class Unchanged(Record):
    """A record of which the source says that it is as it was received last (HTTP 304)."""

    record_id: str


Answer = Fetched | Unchanged | Missing

LastReceipt = Callable[[str], Receipt | None]
"""The newest receipt of a record id of the source that asks."""


class ListingFailed(Exception):
    """A source that could not say what matches: `reason` is a word for counting, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Source(Protocol):
    """A source on the network."""

    name: str

    def list_records(self, question: Question) -> Listing:
        """The ids that match. Raises ListingFailed when the list cannot be had whole."""
        ...

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[Answer]:
        """The records of these ids, one answer for each. Never raises on what a server answers or fails to answer."""
        ...
