"""A citation: what a search export, or a document, says of one publication, and where that stands."""

from trialhouse.model.record import Record


class Publication(Record):
    """Who wrote a publication and where in its journal it stands; names and meanings are those of `Citation`.

    Records of one paper are told by it to be one. No table of a release has it.
    """

    authors: tuple[str, ...] = ()
    volume: str | None = None
    number: str | None = None
    pages: str | None = None


class Citation(Record):
    """One record of a search export. Names are those of RIS and BibTeX in the field's words.

    Text is as written, without markup and white space around it; None, or an empty tuple, says that the record does
    not say it. `entry_type` is the kind of publication as written ("Conference Abstract", "JOUR"), `year` the year of
    publication, `number` the issue, `pages` the pages or the article's number, `authors` one name each, as
    "Family, Given" where it is written so. `doi`, `pmid` and `pmcid` are normalised (model/identifiers) where they can
    be read as such, else as written: who compares them must expect both. `issn` and `isbn` are as written, several
    joined by "; ". `registry_ids` are ids of trial registries that the record names in fields of its own.
    """

    record_id: str
    entry_type: str | None = None
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    issn: str | None = None
    isbn: str | None = None
    abstract: str | None = None
    url: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    registry_ids: tuple[str, ...] = ()
