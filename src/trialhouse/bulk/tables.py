"""The tables of bulk citations, each declared once: a citation, and what there is several times in it.

A citation is one version of one record of PubMed. Names are those of the National Library of Medicine's DTD
(pubmed_250101) in the form that AACT gives its columns. Words are as written, without white space at their ends;
nothing said is null, never "". `position` counts from 1 in the order of the record. Flags are the DTD's Y and N.

Not kept: reference lists (up to a third of the bytes; what cites what is no question here) and ObjectList (links to
other databases of the library).
"""

import datetime
from typing import ClassVar

import pyarrow as pa
from pydantic import Field

from trialhouse.model.enums import DatePrecision
from trialhouse.model.tables import Row, Table, table_of
from trialhouse.store.insert import ARROW_TYPES

_PMID = "The PubMed id."
_VERSION = "The version of the record; nearly always 1."


class CitationPart(Row):
    """A row of a citation: of which record and version.

    `SAYS` names the columns of which a row has at least one: one without says nothing, and is set aside. `FROM_NOUGHT`
    names the places that count from 0.
    """

    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version", "position")
    REFERENCES: ClassVar[dict[str, str]] = {"pmid": "citations.pmid"}
    HAS_HISTORY: ClassVar[bool] = False
    SAYS: ClassVar[tuple[str, ...]] = ()
    FROM_NOUGHT: ClassVar[tuple[str, ...]] = ()

    pmid: int = Field(description=_PMID)
    version: int = Field(description=_VERSION)


class CitationRow(CitationPart):
    """A version of a record of PubMed: what there is at most once in it."""

    NAME: ClassVar[str] = "citations"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version")
    REFERENCES: ClassVar[dict[str, str]] = {}

    status: str | None = Field(None, description="How far the library's work on it is: MEDLINE, PubMed-not-MEDLINE …")
    owner: str | None = Field(None, description="Who made the record: NLM, NASA, PIP, KIE, HSR, HMD, NOTNLM.")
    indexing_method: str | None = Field(None, description="How MeSH was assigned: Automated, Curated, Manual.")
    version_date: str | None = Field(None, description="The date of this version, as written.")
    date_completed: datetime.date | None = Field(None, description="When the library had finished the record.")
    date_revised: datetime.date | None = Field(
        None, description="When the record was last changed; NLM asks not to rely on it."
    )
    pub_model: str | None = Field(None, description="Print, Electronic, Print-Electronic, Electronic-eCollection …")
    title: str | None = Field(None, description="The title in English, in brackets where it was translated.")
    vernacular_title: str | None = Field(None, description="The title in the language of the article.")
    journal_title: str | None = Field(None, description="The full title of the journal.")
    journal_iso_abbreviation: str | None = Field(None, description="The journal's ISO abbreviation.")
    issn: str | None = Field(None, description="The ISSN of the issue's medium.")
    issn_type: str | None = Field(None, description="Print, Electronic or Undetermined.")
    cited_medium: str | None = Field(None, description="The medium that was cited: Print or Internet.")
    volume: str | None = Field(None, description="Volume.")
    issue: str | None = Field(None, description="Issue.")
    pub_date: datetime.date | None = Field(None, description="The first day of the issue's date, as precise as stated.")
    pub_date_precision: DatePrecision | None = Field(None, description="How precisely the issue's date was stated.")
    pub_date_written: str | None = Field(
        None, description="The issue's date as written: MedlineDate, or its year, month, day and season in this order."
    )
    medline_ta: str | None = Field(None, description="The journal's title abbreviation of MEDLINE.")
    nlm_unique_id: str | None = Field(None, description="The journal's id in the library's catalogue.")
    issn_linking: str | None = Field(None, description="The ISSN that links the journal's media.")
    country: str | None = Field(None, description="The journal's country of publication.")
    article_date: datetime.date | None = Field(None, description="When the article was out electronically.")
    start_page: str | None = Field(None, description="The first page.")
    end_page: str | None = Field(None, description="The last page.")
    medline_pgn: str | None = Field(None, description="The pages in MEDLINE's short form, or an article number.")
    languages: tuple[str, ...] = Field(description="The languages of the article (three letters, MARC).")
    citation_subsets: tuple[str, ...] = Field(description="The library's subsets it belongs to: IM, N, D, …")
    gene_symbols: tuple[str, ...] = Field(description="Symbols of genes (indexed 1991-1995).")
    space_flight_missions: tuple[str, ...] = Field(description="Space missions that it reports on.")
    abstract_copyright: str | None = Field(None, description="The copyright line of the abstract.")
    coi_statement: str | None = Field(None, description="The statement of conflicts of interest.")
    is_author_list_complete: bool | None = Field(None, description="Whether the list names all authors.")
    is_databank_list_complete: bool | None = Field(None, description="Whether all registry ids of the paper are there.")
    is_grant_list_complete: bool | None = Field(None, description="Whether all grants of the paper are there.")
    number_of_references: str | None = Field(None, description="How many references the paper has, as written.")
    publication_status: str | None = Field(None, description="ppublish, epublish or aheadofprint.")


class CitationAbstractSectionRow(CitationPart):
    """A section of the abstract; an abstract without sections is one row without a label."""

    NAME: ClassVar[str] = "citation_abstract_sections"
    SAYS: ClassVar[tuple[str, ...]] = ("text", "label")

    position: int = Field(description="Which section.")
    label: str | None = Field(None, description="Its heading as printed.")
    nlm_category: str | None = Field(None, description="BACKGROUND, OBJECTIVE, METHODS, RESULTS, CONCLUSIONS …")
    text: str | None = Field(None, description="Its words; those of inline markup and formulas in their place.")


class CitationOtherAbstractRow(CitationPart):
    """A section of another abstract: in another language, or by another body than the publisher."""

    NAME: ClassVar[str] = "citation_other_abstracts"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version", "abstract_position", "position")
    SAYS: ClassVar[tuple[str, ...]] = ("text", "label", "copyright")

    abstract_position: int = Field(description="Which other abstract.")
    position: int = Field(description="Which section of it.")
    type: str | None = Field(None, description="Whose: Publisher, AAMC, AIDS, KIE, PIP, NASA, plain-language-summary.")
    language: str | None = Field(None, description="Its language (three letters).")
    label: str | None = Field(None, description="The section's heading as printed.")
    nlm_category: str | None = Field(None, description="The section's category.")
    text: str | None = Field(None, description="The section's words.")
    copyright: str | None = Field(None, description="The copyright line of the abstract.")


class CitationAuthorRow(CitationPart):
    """An author, a person or a group."""

    NAME: ClassVar[str] = "citation_authors"
    SAYS: ClassVar[tuple[str, ...]] = ("last_name", "fore_name", "initials", "collective_name")

    position: int = Field(description="Which author.")
    last_name: str | None = Field(None, description="Family name.")
    fore_name: str | None = Field(None, description="Given names.")
    initials: str | None = Field(None, description="Initials.")
    suffix: str | None = Field(None, description="Jr, 3rd, …")
    collective_name: str | None = Field(None, description="The name of a group.")
    is_valid: bool | None = Field(None, description="Whether the spelling is right; N stays where it was corrected.")
    is_equal_contributor: bool | None = Field(None, description="Whether named as contributing equally.")


class CitationAffiliationRow(CitationPart):
    """An affiliation of an author."""

    NAME: ClassVar[str] = "citation_affiliations"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version", "author_position", "position")
    SAYS: ClassVar[tuple[str, ...]] = ("affiliation",)

    author_position: int = Field(description="Which author.")
    position: int = Field(description="Which affiliation of the author.")
    affiliation: str | None = Field(None, description="The address as written.")


class CitationAuthorIdentifierRow(CitationPart):
    """An identifier of an author (ORCID), or of an author's affiliation (ROR, RINGGOLD, GRID, ISNI)."""

    NAME: ClassVar[str] = "citation_author_identifiers"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version", "author_position", "affiliation_position", "position")
    SAYS: ClassVar[tuple[str, ...]] = ("identifier",)
    FROM_NOUGHT: ClassVar[tuple[str, ...]] = ("affiliation_position",)

    author_position: int = Field(description="Which author.")
    affiliation_position: int = Field(description="Which affiliation of the author; 0 for the author's own.")
    position: int = Field(description="Which identifier of it.")
    source: str | None = Field(None, description="Whose identifier it is: ORCID, ROR …")
    identifier: str | None = Field(None, description="The identifier as written, perhaps an address of the web.")


class CitationInvestigatorRow(CitationPart):
    """A member of a group that is an author."""

    NAME: ClassVar[str] = "citation_investigators"
    SAYS: ClassVar[tuple[str, ...]] = ("last_name", "fore_name", "initials")

    position: int = Field(description="Which investigator.")
    last_name: str | None = Field(None, description="Family name.")
    fore_name: str | None = Field(None, description="Given names.")
    initials: str | None = Field(None, description="Initials.")
    suffix: str | None = Field(None, description="Jr, 3rd, …")
    is_valid: bool | None = Field(None, description="Whether the spelling is right.")
    identifiers: tuple[str, ...] = Field(description="Identifiers, each after its source and a colon.")
    affiliations: tuple[str, ...] = Field(description="Affiliations as written.")


class CitationPersonalSubjectRow(CitationPart):
    """A person that the article is about."""

    NAME: ClassVar[str] = "citation_personal_subjects"
    SAYS: ClassVar[tuple[str, ...]] = ("last_name", "fore_name", "initials")

    position: int = Field(description="Which person.")
    last_name: str | None = Field(None, description="Family name.")
    fore_name: str | None = Field(None, description="Given names.")
    initials: str | None = Field(None, description="Initials.")
    suffix: str | None = Field(None, description="Jr, 3rd, …")


class CitationDatabankRow(CitationPart):
    """An accession number that the article states: the ids of trial registries, and those of sequence databases."""

    NAME: ClassVar[str] = "citation_databanks"
    SAYS: ClassVar[tuple[str, ...]] = ("databank_name", "accession_number")

    position: int = Field(description="Which number, over all databanks.")
    databank_name: str | None = Field(None, description="ClinicalTrials.gov, ISRCTN, EudraCT, GENBANK, PDB …")
    accession_number: str | None = Field(None, description="The number as written; null when the databank alone is.")


class CitationGrantRow(CitationPart):
    """A grant that supported the work."""

    NAME: ClassVar[str] = "citation_grants"
    SAYS: ClassVar[tuple[str, ...]] = ("grant_id", "acronym", "agency", "country")

    position: int = Field(description="Which grant.")
    grant_id: str | None = Field(None, description="The grant's number.")
    acronym: str | None = Field(None, description="The short name of the institute.")
    agency: str | None = Field(None, description="Who gave it.")
    country: str | None = Field(None, description="The country.")


class CitationPublicationTypeRow(CitationPart):
    """A publication type."""

    NAME: ClassVar[str] = "citation_publication_types"
    SAYS: ClassVar[tuple[str, ...]] = ("publication_type", "ui")

    position: int = Field(description="Which type.")
    ui: str | None = Field(None, description="Its id in MeSH.")
    publication_type: str | None = Field(None, description="Journal Article, Randomized Controlled Trial, Retracted …")


class CitationChemicalRow(CitationPart):
    """A substance that the article is about."""

    NAME: ClassVar[str] = "citation_chemicals"
    SAYS: ClassVar[tuple[str, ...]] = ("name_of_substance", "ui")

    position: int = Field(description="Which substance.")
    registry_number: str | None = Field(None, description="CAS number, UNII, EC number or 0.")
    ui: str | None = Field(None, description="Its id in MeSH.")
    name_of_substance: str | None = Field(None, description="Its name in MeSH.")


class CitationSupplementalMeshRow(CitationPart):
    """A supplementary concept of MeSH: a disease, a protocol of treatment, an organism …"""

    NAME: ClassVar[str] = "citation_supplemental_mesh"
    SAYS: ClassVar[tuple[str, ...]] = ("name", "ui")

    position: int = Field(description="Which concept.")
    type: str | None = Field(None, description="Disease, Protocol, Organism, Anatomy, Population.")
    ui: str | None = Field(None, description="Its id in MeSH.")
    name: str | None = Field(None, description="Its name.")


class CitationMeshHeadingRow(CitationPart):
    """A MeSH heading: a descriptor; its qualifiers are rows of citation_mesh_qualifiers."""

    NAME: ClassVar[str] = "citation_mesh_headings"
    SAYS: ClassVar[tuple[str, ...]] = ("descriptor_name", "descriptor_ui")

    position: int = Field(description="Which heading.")
    descriptor_ui: str | None = Field(None, description="The descriptor's id in MeSH.")
    descriptor_name: str | None = Field(None, description="The descriptor.")
    is_major_topic: bool | None = Field(None, description="Whether the descriptor is a main point of the article.")
    type: str | None = Field(None, description="Geographic for a place.")
    is_auto_major: bool | None = Field(None, description="Whether the library's program marked it (AutoHM).")


class CitationMeshQualifierRow(CitationPart):
    """A qualifier of a MeSH heading."""

    NAME: ClassVar[str] = "citation_mesh_qualifiers"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version", "heading_position", "position")
    SAYS: ClassVar[tuple[str, ...]] = ("qualifier_name", "qualifier_ui")

    heading_position: int = Field(description="Which heading.")
    position: int = Field(description="Which qualifier of it.")
    qualifier_ui: str | None = Field(None, description="The qualifier's id in MeSH.")
    qualifier_name: str | None = Field(None, description="The qualifier.")
    is_major_topic: bool | None = Field(None, description="Whether descriptor and qualifier are a main point.")
    is_auto_major: bool | None = Field(None, description="Whether the library's program marked it (AutoHM).")


class CitationKeywordRow(CitationPart):
    """A keyword, mostly of the authors."""

    NAME: ClassVar[str] = "citation_keywords"
    SAYS: ClassVar[tuple[str, ...]] = ("keyword",)

    position: int = Field(description="Which keyword, over all lists.")
    owner: str | None = Field(None, description="Who gave the list: NOTNLM is authors and publishers.")
    keyword: str | None = Field(None, description="The keyword.")
    is_major_topic: bool | None = Field(None, description="Whether it is a main point.")


class CitationCommentCorrectionRow(CitationPart):
    """What the record says it is to another one: comment, erratum, retraction, update, republication, cited."""

    NAME: ClassVar[str] = "citation_comments_corrections"
    SAYS: ClassVar[tuple[str, ...]] = ("ref_pmid", "ref_source", "note")

    position: int = Field(description="Which of them.")
    ref_type: str | None = Field(None, description="CommentOn, ErratumIn, RetractionOf, UpdateOf …")
    ref_source: str | None = Field(None, description="The other one's citation.")
    ref_pmid: int | None = Field(None, description="The other one's PubMed id.")
    ref_version: int | None = Field(None, description="The other one's version.")
    note: str | None = Field(None, description="A note.")


class CitationIdRow(CitationPart):
    """An identifier of the article or of the record."""

    NAME: ClassVar[str] = "citation_ids"
    SAYS: ClassVar[tuple[str, ...]] = ("value",)

    position: int = Field(description="Which identifier.")
    element: str = Field(description="Where it stands: ELocationID, OtherID or ArticleId, in this order.")
    id_type: str | None = Field(None, description="doi, pii, pubmed, pmc, mid …; of OtherID its source.")
    value: str | None = Field(None, description="The identifier as written.")
    is_valid: bool | None = Field(None, description="Of ELocationID: whether it is right.")


class CitationHistoryRow(CitationPart):
    """A day in the history of the article: received, accepted, on PubMed, on PMC …"""

    NAME: ClassVar[str] = "citation_history"
    SAYS: ClassVar[tuple[str, ...]] = ("date",)

    position: int = Field(description="Which day.")
    pub_status: str | None = Field(None, description="received, revised, accepted, entrez, pubmed, medline …")
    date: datetime.date | None = Field(None, description="The day; the first one of what was stated.")
    date_precision: DatePrecision | None = Field(None, description="How precisely it was stated.")
    hour: int | None = Field(None, description="The hour.")
    minute: int | None = Field(None, description="The minute.")


class CitationNoteRow(CitationPart):
    """A note of the library or of a partner of it."""

    NAME: ClassVar[str] = "citation_notes"
    SAYS: ClassVar[tuple[str, ...]] = ("note",)

    position: int = Field(description="Which note.")
    owner: str | None = Field(None, description="Whose note.")
    note: str | None = Field(None, description="The note.")


class DeletedCitationRow(Row):
    """A version of a record that the library took back: deleted records are listed at the end of a file."""

    NAME: ClassVar[str] = "deleted_citations"
    KEY: ClassVar[tuple[str, ...]] = ("pmid", "version")
    HAS_HISTORY: ClassVar[bool] = False

    pmid: int = Field(description=_PMID)
    version: int = Field(description=_VERSION)


ROW_CLASSES: tuple[type[Row], ...] = (
    CitationRow,
    CitationAbstractSectionRow,
    CitationOtherAbstractRow,
    CitationAuthorRow,
    CitationAffiliationRow,
    CitationAuthorIdentifierRow,
    CitationInvestigatorRow,
    CitationPersonalSubjectRow,
    CitationDatabankRow,
    CitationGrantRow,
    CitationPublicationTypeRow,
    CitationChemicalRow,
    CitationSupplementalMeshRow,
    CitationMeshHeadingRow,
    CitationMeshQualifierRow,
    CitationKeywordRow,
    CitationCommentCorrectionRow,
    CitationIdRow,
    CitationHistoryRow,
    CitationNoteRow,
    DeletedCitationRow,
)

TABLES: tuple[Table, ...] = tuple(table_of(row_class) for row_class in ROW_CLASSES)
"""Every table; a citation's first."""

SCHEMAS: dict[str, pa.Schema] = {
    table.name: pa.schema([pa.field(c.name, ARROW_TYPES[c.sql_type], c.nullable) for c in table.columns])
    for table in TABLES
}
"""The Arrow schema of each table by its name."""
