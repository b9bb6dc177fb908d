"""The tables of the store that are not read from a file of PubMed: which files there are, and what became of them."""

import datetime
from typing import ClassVar

from pydantic import Field

from trialhouse.bulk.tables import TABLES
from trialhouse.model.tables import Row, Table, table_of


class LoadedFileRow(Row):
    """A file of the baseline or the updates that is in the store, and what became of its citations.

    citations_read = citations_new + citations_changed + citations_superseded + citations_quarantined.
    """

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "files"
    KEY: ClassVar[tuple[str, ...]] = ("file_id",)

    file_id: int = Field(description="A number from 1 in the order in which files were loaded.")
    file_name: str = Field(description="The file's name.")
    year: int = Field(description="The year in the file's name, 26 in pubmed26n1335.xml.gz; 0 where it has none.")
    number: int = Field(description="The number in the file's name: newer files of a year have higher ones.")
    sha256: str = Field(description="The SHA-256 of the file as it was given.")
    size_bytes: int = Field(description="The size of the file as it was given, in bytes.")
    is_md5_checked: bool = Field(description="Whether its MD5 was compared with a .md5 beside it.")
    parser_version: str = Field(description="The version of the parser that read it.")
    taken_at: datetime.datetime = Field(description="When the load that read it began, UTC.")
    citations_read: int = Field(description="The records of the file.")
    citations_new: int = Field(description="Citations that the store did not have.")
    citations_changed: int = Field(description="Citations that stand in the place of those of an older file.")
    citations_superseded: int = Field(
        description="Records that a newer file, or a later place of this one, replaces or deletes: not in the store."
    )
    citations_quarantined: int = Field(description="Records that are in dq.quarantine and not in the store.")
    citations_deleted: int = Field(description="Citations of the store that this file deleted.")
    deletions: int = Field(description="The records that the file says were deleted, had by the store or not.")


class CitationFileRow(Row):
    """Which file a citation of the store is from."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "citation_files"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version")
    REFERENCES: ClassVar[dict[str, str]] = {"file_id": "meta.files"}

    pmid: int = Field(description="The PMID.")
    version: int = Field(description="The version of the PMID.")
    file_id: int = Field(description="The file.")


class DeletionRow(Row):
    """A version of a record that a file says was deleted. A newer file may have it again."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "deletions"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version", "file_id")
    REFERENCES: ClassVar[dict[str, str]] = {"file_id": "meta.files"}

    pmid: int = Field(description="The PMID.")
    version: int = Field(description="The version of the PMID.")
    file_id: int = Field(description="The file that says so.")


class TrialReportRow(Row):
    """A citation that may report a trial: recall comes first, so that many do not."""

    NAME: ClassVar[str] = "trial_reports"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version")
    REFERENCES: ClassVar[dict[str, str]] = {"pmid": "citations.pmid"}

    pmid: int = Field(description="The PMID.")
    version: int = Field(description="The version of the PMID.")
    reasons: tuple[str, ...] = Field(
        description="Why it passed the filter: publication_type, registry_id, mesh_heading, words; sorted."
    )


class ReadReportRow(Row):
    """What a load with --trials read from a trial report: whether it names a trial, or why nobody could read it.

    One that names none is not landed, whatever its publication type. A trial report without a row was not read yet.
    """

    NAME: ClassVar[str] = "trial_report_readings"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version")
    REFERENCES: ClassVar[dict[str, str]] = {"pmid": "citations.pmid", "file_id": "meta.files"}

    pmid: int = Field(description="The PMID.")
    version: int = Field(description="The version of the PMID.")
    file_id: int = Field(description="The file that it was read from.")
    names_trial: bool = Field(
        description="Whether it says anything of one trial: a registration, a design, arms, numbers of people, results."
    )
    failure: str | None = Field(
        None, description="Why it could not be read: a word, and a sentence; null where it could."
    )


class FileReadingsRow(Row):
    """By which code the trial reports of a file were read last."""

    SCHEMA: ClassVar[str] = "meta"
    NAME: ClassVar[str] = "file_readings"
    KEY: ClassVar[tuple[str, ...]] = ("file_id",)
    REFERENCES: ClassVar[dict[str, str]] = {"file_id": "meta.files"}

    file_id: int = Field(description="The file.")
    readings: str = Field(description="The file of its shard that holds what was read; its name says by which code.")


class QuarantinedRow(Row):
    """What was set aside of a file: a record that could not be read, or a row that the gate refused."""

    SCHEMA: ClassVar[str] = "dq"
    NAME: ClassVar[str] = "quarantine"
    KEY: ClassVar[tuple[str, ...]] = ("file_id", "number")
    REFERENCES: ClassVar[dict[str, str]] = {"file_id": "meta.files"}

    file_id: int = Field(description="The file.")
    number: int = Field(description="A number from 1 within the file.")
    place: str | None = Field(None, description="Where: the byte of the unpacked file, or the table and key of a row.")
    pmid: int | None = Field(None, description="The PMID, where there is one.")
    version: int | None = Field(None, description="The version of the PMID.")
    table_name: str = Field(description="The table of the row; citations where the whole record was set aside.")
    position: int | None = Field(None, description="The position of the row within its citation.")
    cause: str = Field(description="The cause, a word for counting.")
    message: str = Field(description="What is wrong.")
    content: str | None = Field(
        None, description="The record as it stands in the file, its first 65,536 bytes at most; the row as JSON."
    )


STORE_ROW_CLASSES: tuple[type[Row], ...] = (
    LoadedFileRow,
    CitationFileRow,
    DeletionRow,
    TrialReportRow,
    ReadReportRow,
    FileReadingsRow,
    QuarantinedRow,
)

STORE_TABLES: tuple[Table, ...] = (*TABLES, *(table_of(row_class) for row_class in STORE_ROW_CLASSES))
"""Every table of the store: those of the citations first."""
