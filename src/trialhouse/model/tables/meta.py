"""The tables of schema `meta`: releases, runs, sources, and the accounting of every record asked for."""

import datetime
from typing import ClassVar

from pydantic import Field

from trialhouse.model.tables.declaration import Row
from trialhouse.model.words import ReleaseStatus, RunStatus


class ReleaseRow(Row):
    """A release of the warehouse, up to and including this one, and what it was made with.

    Where two releases differ and no document explains it, what differs here does.
    """

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "releases"
    KEY: ClassVar[tuple[str, ...]] = ("release_no",)

    release_no: int = Field(description="From 1, in the order of publishing.")
    release_id: str = Field(description="A date and a running number: 2026.11.21.01.")
    published_at: datetime.datetime = Field(description="When (UTC).")
    tag: str | None = Field(None, description="A name that people gave it.")
    message: str | None = Field(None, description="What people said of it.")
    status: ReleaseStatus = Field(description="published or withdrawn.")
    reason: str | None = Field(None, description="Why it was withdrawn.")
    rows_are_lost: bool = Field(
        False, description="Whether its file was damaged when the ledger had to be made anew: no history has its rows."
    )
    schema_version: int | None = Field(None, description="The version of the tables, from 1.")
    content_hash: str | None = Field(None, description="One hash of the rows of main and of the checks.")
    code_version: str | None = Field(None, description="The version of the code, and a fingerprint of what reads.")
    extractor_version: str | None = Field(None, description="The version of the rules that read numbers in texts.")
    vocabulary_sha256: str | None = Field(None, description="The SHA-256 of the vocabularies.")
    judgements_sha256: str | None = Field(None, description="The SHA-256 of the judgements of people; null is none.")
    trust_sha256: str | None = Field(None, description="The SHA-256 of the orders of trust (config/trust.toml).")


class RunRow(Row):
    """A refresh run, up to and including the one that made this release."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "runs"
    KEY: ClassVar[tuple[str, ...]] = ("run_id",)

    run_id: str = Field(description="The run's id; ids sort by start.")
    started_at: datetime.datetime = Field(description="When it began (UTC).")
    finished_at: datetime.datetime | None = Field(None, description="When it ended (UTC); null while it runs.")
    profile: str = Field(description="The profile of its configuration, or 'files'.")
    status: RunStatus = Field(description="How it ended.")
    release_id: str | None = Field(None, description="The release that it published.")
    code_version: str = Field(description="The version and fingerprint of the code and vocabularies.")
    interval_first: datetime.date | None = Field(
        None, description="The first day (UTC) that it asked sources for; null where it asked none."
    )
    interval_last: datetime.date | None = Field(
        None, description="The last day (UTC) that it asked sources for; done once the day was over when it began."
    )


class SourceRow(Row):
    """A source, its publisher and the terms of its texts."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "sources"
    KEY: ClassVar[tuple[str, ...]] = ("source",)

    source: str = Field(description="The source's name.")
    publisher: str | None = Field(None, description="Who publishes it.")
    license: str | None = Field(None, description="The licence of its texts; null is unknown.")
    may_be_passed_on: bool = Field(description="Whether releases may hold its whole texts.")


class AccountingRow(Row):
    """The records of one run by source: asked = received + missing, received = landed + unchanged."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "accounting"
    KEY: ClassVar[tuple[str, ...]] = ("run_id", "source", "topic")
    REFERENCES: ClassVar[dict[str, str]] = {"run_id": "meta.runs.run_id"}

    run_id: str = Field(description="The run.")
    source: str = Field(description="The source.")
    topic: str = Field(description="The topic that was asked for.")
    matched: int = Field(description="Records that the source says match, and those asked for by name.")
    asked: int = Field(description="Records that were asked for.")
    received: int = Field(description="Records whose bytes came.")
    missing: int = Field(description="Records asked for that did not come; each has a cause.")
    landed: int = Field(description="Received records that are new or changed.")
    unchanged: int = Field(description="Received records whose bytes were landed before.")
    parsed: int = Field(description="Received records that became a document.")
    dropped: int = Field(description="Received records that did not become a document; each has a cause.")


class AccountingCauseRow(Row):
    """Why one record is missing, was dropped, or stands for another."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "accounting_causes"
    KEY: ClassVar[tuple[str, ...]] = ("run_id", "source", "record_id", "stage")
    REFERENCES: ClassVar[dict[str, str]] = {"run_id": "meta.runs.run_id"}

    run_id: str = Field(description="The run.")
    source: str = Field(description="The source.")
    record_id: str = Field(description="The record's id at the source.")
    stage: str = Field(description="Where on the way: fetch, land, parse, extract.")
    cause: str = Field(description="The cause: a word for counting, then what went wrong and what to do.")
    is_explained: bool = Field(False, description="Whether the source itself says why, so that nothing is lost.")
    times: int = Field(1, description="How often it is counted: once for each slice of the run that asked for it.")
