"""The rows of one citation, read from its tree: one short function for each part of a record."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any

from lxml import etree

from trialhouse.bulk.batch import Rows
from trialhouse.bulk.elements import (
    Notes,
    Row,
    by_name,
    child,
    children,
    date_of,
    date_words,
    digits,
    list_of,
    said_by,
    texts,
    words,
)

NAMES = ("LastName", "ForeName", "Initials", "Suffix")
ID_TYPES = {"ELocationID": "EIdType", "OtherID": "Source", "ArticleId": "IdType"}
"""The attribute that says what an identifier is."""


class Citation:
    """A record's tree, its elements that most parts need, and what could not be read."""

    def __init__(self, article: etree._Element) -> None:
        self.notes = Notes()
        record = by_name(article)
        self.medline = record.get("MedlineCitation")
        self.in_medline = by_name(self.medline)
        self.article = self.in_medline.get("Article")
        self.in_article = by_name(self.article)
        self.in_data = by_name(record.get("PubmedData"))

    @cached_property
    def key(self) -> tuple[int, int] | None:
        """PMID and version; None where there is no number."""
        element = self.in_medline.get("PMID")
        pmid = digits(words(element))
        if pmid is None:
            return None
        version = element.get("Version") if element is not None else None
        number = digits(version)
        if number is None and version is not None:
            self.notes.append(f"PMID/@Version: {version!r} is no number: 1 was taken")
        return pmid, 1 if number is None else number


def add_rows(citation: Citation, rows: Rows) -> None:
    """Add a citation's rows to those of all tables."""
    if citation.key is None:
        raise ValueError("a citation without a key has no rows")
    _add(rows, "citations", citation.key, [_citation(citation)])
    for table, parts in PARTS.items():
        _add(rows, table, citation.key, parts(citation))


def _add(rows: Rows, table: str, key: tuple[int, int], parts: Any) -> None:
    known = rows.setdefault(table, [])
    known.extend((*key, *part) for part in parts)


def _citation(citation: Citation) -> Row:
    medline, article, notes = citation.in_medline, citation.in_article, citation.notes
    return (
        *head(citation.medline),
        notes.day(medline.get("DateCompleted")),
        notes.day(medline.get("DateRevised")),
        said_by(citation.article, "PubModel"),
        words(article.get("ArticleTitle")),
        words(article.get("VernacularTitle")),
        *journal(article.get("Journal")),
        *journal_entry(medline.get("MedlineJournalInfo")),
        notes.day(article.get("ArticleDate")),
        *texts(article.get("Pagination"), "StartPage", "EndPage", "MedlinePgn"),
        list_of(citation.article, "Language"),
        list_of(citation.medline, "CitationSubset"),
        list_of(medline.get("GeneSymbolList"), "GeneSymbol"),
        list_of(citation.medline, "SpaceFlightMission"),
        words(child(article.get("Abstract"), "CopyrightInformation")),
        words(medline.get("CoiStatement")),
        *(notes.flag(article.get(f"{name}List"), "CompleteYN") for name in ("Author", "DataBank", "Grant")),
        words(medline.get("NumberOfReferences")),
        words(citation.in_data.get("PublicationStatus")),
    )


def head(medline: etree._Element | None) -> Row:
    """Status, owner, indexing method and date of the version."""
    return tuple(said_by(medline, name) for name in ("Status", "Owner", "IndexingMethod", "VersionDate"))


def journal(element: etree._Element | None) -> Row:
    """Title, abbreviation, ISSN and its type, medium, volume, issue, date and precision, and the date as written."""
    found = by_name(element)
    issn, issue = found.get("ISSN"), found.get("JournalIssue")
    in_issue = by_name(issue)
    return (
        words(found.get("Title")),
        words(found.get("ISOAbbreviation")),
        words(issn),
        said_by(issn, "IssnType"),
        said_by(issue, "CitedMedium"),
        words(in_issue.get("Volume")),
        words(in_issue.get("Issue")),
        *pub_date(in_issue.get("PubDate")),
    )


def pub_date(element: etree._Element | None) -> Row:
    """The date of an issue, its precision, and the date as written."""
    return *date_of(element), " ".join(date_words(element)) or None


def journal_entry(info: etree._Element | None) -> Row:
    """Abbreviation, catalogue id, linking ISSN and country."""
    return tuple(texts(info, "MedlineTA", "NlmUniqueID", "ISSNLinking", "Country"))


def _abstract_sections(citation: Citation) -> Iterator[Row]:
    sections = children(citation.in_article.get("Abstract"), "AbstractText")
    return ((position, *label(one), words(one)) for position, one in enumerate(sections, start=1))


def label(section: etree._Element | None) -> Row:
    """Label and category of a section of an abstract."""
    return said_by(section, "Label"), said_by(section, "NlmCategory")


def _other_abstracts(citation: Citation) -> Iterator[Row]:
    for abstract_position, abstract in enumerate(children(citation.medline, "OtherAbstract"), start=1):
        whose = said_by(abstract, "Type"), said_by(abstract, "Language")
        line = words(child(abstract, "CopyrightInformation"))
        sections: list[etree._Element | None] = [*children(abstract, "AbstractText")]
        for position, section in enumerate(sections or [None], start=1):
            yield abstract_position, position, *whose, *label(section), words(section), line


def _authors(citation: Citation) -> Iterator[Row]:
    notes = citation.notes
    for position, author in enumerate(children(citation.in_article.get("AuthorList"), "Author"), start=1):
        names = texts(author, *NAMES, "CollectiveName")
        yield position, *names, notes.flag(author, "ValidYN"), notes.flag(author, "EqualContrib")


def _affiliations(citation: Citation) -> Iterator[Row]:
    for author_position, author in enumerate(children(citation.in_article.get("AuthorList"), "Author"), start=1):
        for position, address in enumerate(addresses(author), start=1):
            yield author_position, position, address


def addresses(author: etree._Element) -> list[str | None]:
    """The affiliations of an author."""
    return [words(child(info, "Affiliation")) for info in author.iterchildren("AffiliationInfo")]


def _author_identifiers(citation: Citation) -> Iterator[Row]:
    for author_position, author in enumerate(children(citation.in_article.get("AuthorList"), "Author"), start=1):
        for row in identifiers(author):
            yield author_position, *row


def identifiers(author: etree._Element) -> Iterator[Row]:
    """The identifiers of an author: of which affiliation (0: the author's own), which one of it, source, identifier."""
    for affiliation_position, holder in enumerate([author, *author.iterchildren("AffiliationInfo")]):
        for position, one in enumerate(holder.iterchildren("Identifier"), start=1):
            yield affiliation_position, position, said_by(one, "Source"), words(one)


def _investigators(citation: Citation) -> Iterator[Row]:
    for position, person in enumerate(children(citation.in_medline.get("InvestigatorList"), "Investigator"), start=1):
        ids = [f"{source or ''}:{said or ''}" for _, _, source, said in identifiers(person)]
        places = [address for address in addresses(person) if address is not None]
        yield position, *texts(person, *NAMES), citation.notes.flag(person, "ValidYN"), ids, places


def _personal_subjects(citation: Citation) -> Iterator[Row]:
    people = children(citation.in_medline.get("PersonalNameSubjectList"), "PersonalNameSubject")
    return ((position, *texts(person, *NAMES)) for position, person in enumerate(people, start=1))


def _databanks(citation: Citation) -> Iterator[Row]:
    position = 0
    for bank in children(citation.in_article.get("DataBankList"), "DataBank"):
        found = by_name(bank)
        numbers: list[etree._Element | None] = [*children(found.get("AccessionNumberList"), "AccessionNumber")]
        for number in numbers or [None]:
            position += 1
            yield position, words(found.get("DataBankName")), words(number)


def _grants(citation: Citation) -> Iterator[Row]:
    for position, grant in enumerate(children(citation.in_article.get("GrantList"), "Grant"), start=1):
        yield position, *texts(grant, "GrantID", "Acronym", "Agency", "Country")


def _publication_types(citation: Citation) -> Iterator[Row]:
    types = children(citation.in_article.get("PublicationTypeList"), "PublicationType")
    return ((position, *named(one)) for position, one in enumerate(types, start=1))


def named(element: etree._Element | None) -> Row:
    """Id and name of a term of MeSH."""
    return said_by(element, "UI"), words(element)


def _chemicals(citation: Citation) -> Iterator[Row]:
    return (
        (position, *chemical(one))
        for position, one in enumerate(children(citation.in_medline.get("ChemicalList"), "Chemical"), start=1)
    )


def chemical(element: etree._Element) -> Row:
    """Registry number, id and name of a substance."""
    found = by_name(element)
    return words(found.get("RegistryNumber")), *named(found.get("NameOfSubstance"))


def _supplemental_mesh(citation: Citation) -> Iterator[Row]:
    for position, one in enumerate(children(citation.in_medline.get("SupplMeshList"), "SupplMeshName"), start=1):
        yield position, said_by(one, "Type"), *named(one)


def _mesh_headings(citation: Citation) -> Iterator[Row]:
    for position, heading in enumerate(children(citation.in_medline.get("MeshHeadingList"), "MeshHeading"), start=1):
        yield position, *descriptor(child(heading, "DescriptorName"), citation.notes)


def descriptor(name: etree._Element | None, notes: Notes) -> Row:
    """Id, name, flag, type and mark of a heading's descriptor."""
    return *named(name), notes.flag(name, "MajorTopicYN"), said_by(name, "Type"), notes.flag(name, "AutoHM")


def _mesh_qualifiers(citation: Citation) -> Iterator[Row]:
    for heading_position, heading in enumerate(
        children(citation.in_medline.get("MeshHeadingList"), "MeshHeading"), start=1
    ):
        for position, name in enumerate(heading.iterchildren("QualifierName"), start=1):
            yield heading_position, position, *qualifier(name, citation.notes)


def qualifier(name: etree._Element, notes: Notes) -> Row:
    """Id, name, flag and mark of a qualifier."""
    return *named(name), notes.flag(name, "MajorTopicYN"), notes.flag(name, "AutoHM")


def _keywords(citation: Citation) -> Iterator[Row]:
    position = 0
    for keywords in children(citation.medline, "KeywordList"):
        owner = said_by(keywords, "Owner")
        for keyword in keywords.iterchildren("Keyword"):
            position += 1
            yield position, owner, words(keyword), citation.notes.flag(keyword, "MajorTopicYN")


def _comments_corrections(citation: Citation) -> Iterator[Row]:
    for position, one in enumerate(
        children(citation.in_medline.get("CommentsCorrectionsList"), "CommentsCorrections"), start=1
    ):
        found = by_name(one)
        pmid = found.get("PMID")
        numbers = citation.notes.number(pmid), digits(said_by(pmid, "Version"))
        yield position, said_by(one, "RefType"), words(found.get("RefSource")), *numbers, words(found.get("Note"))


def _ids(citation: Citation) -> Iterator[Row]:
    places = (
        children(citation.article, "ELocationID"),
        children(citation.medline, "OtherID"),
        children(citation.in_data.get("ArticleIdList"), "ArticleId"),
    )
    for position, one in enumerate(chain.from_iterable(places), start=1):
        element, id_type, is_valid = id_kind(one, citation.notes)
        yield position, element, id_type, words(one), is_valid


def id_kind(element: etree._Element, notes: Notes) -> Row:
    """Element, type and validity of an identifier."""
    name = str(element.tag)
    return name, said_by(element, ID_TYPES.get(name, "")), notes.flag(element, "ValidYN")


def _history(citation: Citation) -> Iterator[Row]:
    days = children(citation.in_data.get("History"), "PubMedPubDate")
    return ((position, *history_day(one, citation.notes)) for position, one in enumerate(days, start=1))


def history_day(element: etree._Element, notes: Notes) -> Row:
    """Status, day, its precision, hour and minute."""
    found = by_name(element)
    clock = (notes.number(found.get(name)) for name in ("Hour", "Minute"))
    return said_by(element, "PubStatus"), *notes.date(element), *clock


def _notes(citation: Citation) -> Iterator[Row]:
    notes = children(citation.medline, "GeneralNote")
    return ((position, said_by(one, "Owner"), words(one)) for position, one in enumerate(notes, start=1))


PARTS = {
    "citation_abstract_sections": _abstract_sections,
    "citation_other_abstracts": _other_abstracts,
    "citation_authors": _authors,
    "citation_affiliations": _affiliations,
    "citation_author_identifiers": _author_identifiers,
    "citation_investigators": _investigators,
    "citation_personal_subjects": _personal_subjects,
    "citation_databanks": _databanks,
    "citation_grants": _grants,
    "citation_publication_types": _publication_types,
    "citation_chemicals": _chemicals,
    "citation_supplemental_mesh": _supplemental_mesh,
    "citation_mesh_headings": _mesh_headings,
    "citation_mesh_qualifiers": _mesh_qualifiers,
    "citation_keywords": _keywords,
    "citation_comments_corrections": _comments_corrections,
    "citation_ids": _ids,
    "citation_history": _history,
    "citation_notes": _notes,
}
"""The rows of each table, without pmid and version."""
