"""Documents, what links them to trials and to each other, and the evidence for every cell read from them."""

import datetime
from typing import ClassVar

from pydantic import Field

from trialhouse.model.enums import DatePrecision, DocumentKind, EvidenceStatus, Relation, TrialRole
from trialhouse.model.tables.declaration import Row
from trialhouse.model.words import PairSubject


class DocumentRow(Row):
    """One record of one source: a registry record, an abstract, a page. Documents without a trial say why."""

    NAME: ClassVar[str] = "documents"
    KEY: ClassVar[tuple[str, ...]] = ("document_id",)
    NOT_COMPARED: ClassVar[frozenset[str]] = frozenset({"fetched_at"})

    document_id: str = Field(description="The document's id.")
    source: str = Field(description="The source it was received from.")
    kind: DocumentKind | None = Field(None, description="What kind of document it is; null where no word fits.")
    url: str | None = Field(None, description="Its public address, where one is known.")
    title: str | None = Field(None, description="Its title.")
    journal: str | None = Field(None, description="The journal or outlet as written.")
    published: datetime.date | None = Field(None, description="First day of the stated date of publication.")
    published_precision: DatePrecision | None = Field(None, description="How precisely published was stated.")
    language: str | None = Field(None, description="The language of its body, as ISO 639-1.")
    other_languages: tuple[str, ...] = Field((), description="Languages of the copies of its text that it holds.")
    pmid: str | None = Field(None, description="Its own PubMed id.")
    pmcid: str | None = Field(None, description="Its own PubMed Central id.")
    doi: str | None = Field(None, description="Its own DOI, lower case apart from what the publisher capitalises.")
    is_partial: bool = Field(False, description="Whether the text is known to be a part of the document.")
    partial_reason: str | None = Field(None, description="What tells that it is a part; null where nothing was noted.")
    license: str | None = Field(None, description="The licence of the text, as SPDX id or as stated; null is unknown.")
    text_mining_reservation: str | None = Field(
        None, description="The words or the signal that reserve text and data mining; null where none were found."
    )
    fetched_at: datetime.datetime = Field(description="When these bytes were received (UTC).")
    sha256: str = Field(description="The SHA-256 of the bytes in the landing store.")
    problem: str | None = Field(None, description="Why no trial was read from it; null when one was.")
    evidence_status: EvidenceStatus = Field(
        EvidenceStatus.CURRENT,
        description="The gravest of notices. CURRENT, too, in what history holds of releases before schema version 4.",
    )
    notices: tuple[str, ...] = Field(
        (),
        description=(
            "What notices about it, and records of the same paper, say became of it, each kind once and the gravest "
            "first: RETRACTED, EXPRESSION_OF_CONCERN, CORRECTED."
        ),
    )


class DocumentRelationRow(Row):
    """What one document is to another: a preprint of it, an erratum for it."""

    NAME: ClassVar[str] = "document_relations"
    KEY: ClassVar[tuple[str, ...]] = ("from_document_id", "to_document_id", "relation")
    REFERENCES: ClassVar[dict[str, str]] = {
        "from_document_id": "documents.document_id",
        "to_document_id": "documents.document_id",
    }

    from_document_id: str = Field(description="The document that stands in the relation.")
    to_document_id: str = Field(description="The document that it stands in the relation to.")
    relation: Relation = Field(description="The relation, read from the left.")
    method: str = Field(description="How it was found.")
    confidence: float = Field(description="From 0 to 1.")


class TrialDocumentRow(Row):
    """A document about a trial, in which role, and why it was linked."""

    NAME: ClassVar[str] = "trial_documents"
    KEY: ClassVar[tuple[str, ...]] = ("trial_id", "document_id")
    REFERENCES: ClassVar[dict[str, str]] = {
        "trial_id": "trials.trial_id",
        "document_id": "documents.document_id",
    }

    trial_id: str = Field(description="The trial.")
    document_id: str = Field(description="The document.")
    role: TrialRole | None = Field(
        None, description="What the document is to the trial; null for a notice or a document of no known kind."
    )
    method: str = Field(description="How the link was found.")
    confidence: float = Field(description="From 0 to 1.")
    reason: str = Field(description="The link in a sentence.")


class EvidenceRow(Row):
    """The characters that one cell was read from: document_texts from span_start to span_end is the quote."""

    NAME: ClassVar[str] = "evidence"
    KEY: ClassVar[tuple[str, ...]] = ("table_name", "row_id", "column_name", "document_id", "span_start", "span_end")
    REFERENCES: ClassVar[dict[str, str]] = {"document_id": "documents.document_id"}

    table_name: str = Field(description="The table of the cell.")
    row_id: str = Field(description="The id of the row.")
    column_name: str = Field(description="The column.")
    document_id: str = Field(description="The document that it was read from.")
    locator: str | None = Field(None, description="The JSON or XML path; null for text.")
    span_start: int = Field(description="First character of the quote in the document's text, from 0.")
    span_end: int = Field(description="One past the last character of the quote.")
    quote: str = Field(description="The document's text from span_start to span_end.")
    extractor: str = Field(description="What read it.")
    extractor_version: str = Field(description="The version of what read it.")
    rule: str | None = Field(None, description="The rule that bound it.")
    confidence: float | None = Field(None, description="How often the rule is right, from 0 to 1; null is unmeasured.")
    is_main: bool = Field(description="Whether the cell was taken from here; other evidence agrees with it.")


class DocumentTextRow(Row):
    """A document's text, whole where its licence lets it be passed on, else the quoted sentences at their offsets."""

    NAME: ClassVar[str] = "document_texts"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "span_start")
    REFERENCES: ClassVar[dict[str, str]] = {"document_id": "documents.document_id"}

    document_id: str = Field(description="The document.")
    span_start: int = Field(description="Where in the document's text this piece begins, in characters from 0.")
    span_end: int = Field(description="One past its last character.")
    text: str = Field(description="The characters.")
    is_whole: bool = Field(description="Whether this is the document's whole text.")


class CandidateRow(Row):
    """Something that was read and is not trusted, with the reason."""

    NAME: ClassVar[str] = "candidates"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "span_start", "span_end", "kind", "reason")
    REFERENCES: ClassVar[dict[str, str]] = {"document_id": "documents.document_id"}

    document_id: str = Field(description="The document.")
    kind: str = Field(description="What it looks like.")
    span_start: int = Field(description="First character in the document's text, from 0.")
    span_end: int = Field(description="One past the last character.")
    quote: str = Field(description="The characters.")
    reason: str = Field(description="Why it was not bound.")


class ConflictRow(Row):
    """Two documents that say different things about one cell: what was kept, what was not, and by which rule."""

    NAME: ClassVar[str] = "conflicts"
    KEY: ClassVar[tuple[str, ...]] = ("table_name", "row_id", "column_name", "other_document_id", "other_value")
    REFERENCES: ClassVar[dict[str, str]] = {
        "kept_document_id": "documents.document_id",
        "other_document_id": "documents.document_id",
    }

    table_name: str = Field(description="The table of the cell.")
    row_id: str = Field(description="The id of the row.")
    column_name: str = Field(description="The column.")
    kept_value: str = Field(description="The value in the table, as text.")
    kept_document_id: str = Field(description="The document that it was read from.")
    other_value: str = Field(description="What the other document says, as text.")
    other_document_id: str = Field(description="The other document.")
    rule: str = Field(description="The rule that decided.")
    other_quote: str | None = Field(None, description="The other document's text from `other_span_start` on.")
    other_span_start: int | None = Field(None, description="Where the quote begins in the other document's text.")
    other_span_end: int | None = Field(None, description="Where it ends.")


class DoubtfulPairRow(Row):
    """Two things that may be one and were kept apart, since nothing read decides it: for a person to look at."""

    NAME: ClassVar[str] = "doubtful_pairs"
    KEY: ClassVar[tuple[str, ...]] = ("subject", "left_id", "right_id", "method")
    REFERENCES: ClassVar[dict[str, str]] = {
        "left_document_id": "documents.document_id",
        "right_document_id": "documents.document_id",
    }

    subject: PairSubject = Field(description="What both are: documents, trials, arms or outcomes.")
    left_id: str = Field(description="The id of one of them; the smaller id stands left.")
    right_id: str = Field(description="The id of the other.")
    left_document_id: str | None = Field(None, description="The document that speaks of the left one.")
    right_document_id: str | None = Field(None, description="The document that speaks of the right one.")
    method: str = Field(description="How they were compared.")
    score: float | None = Field(None, description="How alike they are, from 0 to 1; null where nothing was counted.")
    reason: str = Field(description="What they have in common and what is in doubt, in a sentence.")
