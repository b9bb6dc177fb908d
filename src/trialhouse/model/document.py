"""A document: what a source's bytes say, as one text with stable offsets and named zones."""

import datetime
from enum import StrEnum

from trialhouse.model.citation import Publication
from trialhouse.model.dates import PartialDate
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.ids import stable_id
from trialhouse.model.prose import Prose
from trialhouse.model.record import Record


class Receipt(Record):
    """What is recorded of bytes as they were received: where, when, how, under which licence.

    `source` and `record_id` name the record ("files" and a path, "pubmed" and a PMID); `locator` says where it
    came from; `sha256` names the bytes in the landing store. `identity` is what the document's id is made of where
    that is not the record's id: a file's path says nothing of its content and differs between machines.
    """

    source: str
    record_id: str
    identity: str | None = None
    locator: str
    fetched_at: datetime.datetime
    status: int | None = None
    headers: dict[str, str] = {}
    license: str | None = None
    sha256: str
    size_bytes: int
    media_type: str | None = None

    @property
    def document_id(self) -> str:
        """The id of the document that these bytes are a version of."""
        return stable_id("doc", self.source, self.identity or self.record_id)


class ZoneKind(StrEnum):
    """What a stretch of a document's text is. Results are read from BODY zones only."""

    TITLE = "title"
    CITATION = "citation"
    BODY = "body"
    MENU = "menu"
    ADVERTISEMENT = "advertisement"
    RELATED = "related"
    KEYWORDS = "keywords"
    AFFILIATION = "affiliation"
    OTHER_LANGUAGE = "other_language"
    REFERENCES = "references"
    FOOTER = "footer"


class Section(StrEnum):
    """The part of an abstract or article, in the categories of the National Library of Medicine (NlmCategory)."""

    BACKGROUND = "BACKGROUND"
    OBJECTIVE = "OBJECTIVE"
    METHODS = "METHODS"
    RESULTS = "RESULTS"
    CONCLUSIONS = "CONCLUSIONS"
    UNASSIGNED = "UNASSIGNED"


class Zone(Record):
    """A stretch of the text with one meaning. Zones are in order and do not overlap; white space may lie between."""

    kind: ZoneKind
    start: int
    end: int
    section: Section = Section.UNASSIGNED
    label: str | None = None
    language: str | None = None


class Identifier(Record):
    """An identifier found in a text: a DOI, PMID, PMCID or the id of a trial registry, normalised and typed."""

    scheme: str
    value: str
    registry: str | None = None
    start: int
    end: int


class DocumentRelation(Record):
    """What this document says it is to another one, which it names by an identifier ('doi' and '10.5555/…')."""

    relation: Relation
    scheme: str
    value: str
    method: str
    confidence: float = 1.0
    evidence: Evidence | None = None


class OwnNotice(Record):
    """What a document's own record says became of it: `words` name the kind of statement ("retraction in").

    The quote of the evidence is what follows them: the id of the notice, its citation, or the publication type.
    """

    status: EvidenceStatus
    words: str
    evidence: Evidence


class DocumentProse(Prose):
    """The words of a marked-up record, with the zones and registry ids that stand in them (offsets of the prose)."""

    zones: tuple[Zone, ...] = ()
    registry_ids: tuple[Identifier, ...] = ()


class Document(Record):
    """One record of one source, parsed.

    `text` is what every span counts in: of plain text, JSON and XML the decoded file with line ends as "\\n", of HTML
    the flattened page. `prose` holds the words of a marked-up record to read sentences from; then `zones` is empty.
    `kind` is None where none of its words fits. `publication` has the authors, and the place in the journal, of a paper
    whose record says them. `published` is an ISO date that may stop at its month or year.
    `publication_types` are what its source calls it, in lower case ("systematic review", "review-article"). `doi`,
    `pmid` and `pmcid` are the document's own; the papers that it cites stand in `cites`, the registry ids that only its
    list of references has in `cited_registry_ids`, and what its own record says of its retraction or correction in
    `notices`. `partial_reason` says what tells that the text is a part only.
    `text_mining_reservation` holds the words or the signal that reserve text and data mining: then the text is not
    passed on whole, whatever its licence. `unknown` holds the elements that the parser has never heard of, neither read
    nor left out on purpose. `problem` says, for people, why nothing could be read from it.
    """

    document_id: str
    receipt: Receipt
    format: str
    kind: DocumentKind | None = None
    text: str
    prose: DocumentProse | None = None
    zones: tuple[Zone, ...] = ()
    title: str | None = None
    journal: str | None = None
    publication: Publication = Publication()
    published: PartialDate | None = None
    publication_types: tuple[str, ...] = ()
    language: str | None = None
    other_languages: tuple[str, ...] = ()
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    registry_ids: tuple[Identifier, ...] = ()
    cites: tuple[Identifier, ...] = ()
    cited_registry_ids: tuple[Identifier, ...] = ()
    relations: tuple[DocumentRelation, ...] = ()
    notices: tuple[OwnNotice, ...] = ()
    is_partial: bool = False
    partial_reason: str | None = None
    license: str | None = None
    text_mining_reservation: str | None = None
    evidence: dict[str, Evidence] = {}
    unknown: tuple[Evidence, ...] = ()
    problem: str | None = None


class UnreadableDocument(Exception):
    """Bytes that are no document Trialhouse can read: `reason` is a word for counting, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
