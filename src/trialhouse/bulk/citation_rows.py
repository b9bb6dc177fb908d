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
    child,
    children,
    date_of,
    date_words,
    digits,
    list_of,
    said_by,
    words,
    words_of,
)


class Citation:
    """A record's tree, its elements that most parts need, and what could not be read."""

    def __init__(self, article: etree._Element) -> None:
        self.notes = Notes()
        self.medline = child(article, "MedlineCitation")
        self.article = child(self.medline, "Article")
        self.data = child(article, "PubmedData")

    @cached_property
    def key(self) -> tuple[int, int] | None:
        """PMID and version; None where there is no number."""
        element = child(self.medline, "PMID")
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
    medline, article, notes = citation.medline, citation.article, citation.notes
    return (
        *head(medline),
        notes.day(child(medline, "DateCompleted")),
        notes.day(child(medline, "DateRevised")),
        said_by(article, "PubModel"),
        words_of(article, "ArticleTitle"),
        words_of(article, "VernacularTitle"),
        *journal(child(article, "Journal")),
        *journal_entry(child(medline, "MedlineJournalInfo")),
        notes.day(child(article, "ArticleDate")),
        *(words_of(article, f"Pagination/{name}") for name in ("StartPage", "EndPage", "MedlinePgn")),
        list_of(article, "Language"),
        list_of(medline, "CitationSubset"),
        list_of(medline, "GeneSymbolList/GeneSymbol"),
        list_of(medline, "SpaceFlightMission"),
        words_of(article, "Abstract/CopyrightInformation"),
        words_of(medline, "CoiStatement"),
        *(notes.flag(child(article, f"{name}List"), "CompleteYN") for name in ("Author", "DataBank", "Grant")),
        words_of(medline, "NumberOfReferences"),
        words_of(citation.data, "PublicationStatus"),
    )


def head(medline: etree._Element | None) -> Row:
    """Status, owner, indexing method and date of the version."""
    return tuple(said_by(medline, name) for name in ("Status", "Owner", "IndexingMethod", "VersionDate"))


def journal(element: etree._Element | None) -> Row:
    """Title, abbreviation, ISSN and its type, medium, volume, issue, date and precision, and the date as written."""
    issue, issn = child(element, "JournalIssue"), child(element, "ISSN")
    date = child(issue, "PubDate")
    return (
        words_of(element, "Title"),
        words_of(element, "ISOAbbreviation"),
        words(issn),
        said_by(issn, "IssnType"),
        said_by(issue, "CitedMedium"),
        words_of(issue, "Volume"),
        words_of(issue, "Issue"),
        *date_of(date),
        " ".join(date_words(date)) or None,
    )


def journal_entry(info: etree._Element | None) -> Row:
    """Abbreviation, catalogue id, linking ISSN and country."""
    return tuple(words_of(info, name) for name in ("MedlineTA", "NlmUniqueID", "ISSNLinking", "Country"))


def _abstract_sections(citation: Citation) -> Iterator[Row]:
    for position, section in enumerate(children(citation.article, "Abstract/AbstractText"), start=1):
        yield position, *label(section), words(section)


def label(section: etree._Element | None) -> Row:
    """Label and category of a section of an abstract."""
    return said_by(section, "Label"), said_by(section, "NlmCategory")


def _other_abstracts(citation: Citation) -> Iterator[Row]:
    for abstract_position, abstract in enumerate(children(citation.medline, "OtherAbstract"), start=1):
        whose = said_by(abstract, "Type"), said_by(abstract, "Language")
        line = words_of(abstract, "CopyrightInformation")
        sections: list[etree._Element | None] = [*abstract.findall("AbstractText")]
        for position, section in enumerate(sections or [None], start=1):
            yield abstract_position, position, *whose, *label(section), words(section), line


def _authors(citation: Citation) -> Iterator[Row]:
    for position, author in enumerate(children(citation.article, "AuthorList/Author"), start=1):
        flags = (citation.notes.flag(author, name) for name in ("ValidYN", "EqualContrib"))
        yield position, *_person(author), words_of(author, "CollectiveName"), *flags


def _person(person: etree._Element) -> Row:
    return tuple(words_of(person, name) for name in ("LastName", "ForeName", "Initials", "Suffix"))


def _affiliations(citation: Citation) -> Iterator[Row]:
    for author_position, author in enumerate(children(citation.article, "AuthorList/Author"), start=1):
        for position, address in enumerate(addresses(author), start=1):
            yield author_position, position, address


def addresses(author: etree._Element) -> list[str | None]:
    """The affiliations of an author."""
    return [words_of(info, "Affiliation") for info in author.iterfind("AffiliationInfo")]


def _author_identifiers(citation: Citation) -> Iterator[Row]:
    for author_position, author in enumerate(children(citation.article, "AuthorList/Author"), start=1):
        for row in identifiers(author):
            yield author_position, *row


def identifiers(author: etree._Element) -> Iterator[Row]:
    """The identifiers of an author: of which affiliation (0: the author's own), which one of it, source, identifier."""
    for affiliation_position, holder in enumerate([author, *author.findall("AffiliationInfo")]):
        for position, one in enumerate(holder.iterfind("Identifier"), start=1):
            yield affiliation_position, position, said_by(one, "Source"), words(one)


def _investigators(citation: Citation) -> Iterator[Row]:
    for position, person in enumerate(children(citation.medline, "InvestigatorList/Investigator"), start=1):
        ids = [f"{one.get('Source')}:{words(one)}" for one in person.iterfind(".//Identifier")]
        yield (
            position,
            *_person(person),
            citation.notes.flag(person, "ValidYN"),
            ids,
            list_of(person, "AffiliationInfo/Affiliation"),
        )


def _personal_subjects(citation: Citation) -> Iterator[Row]:
    people = children(citation.medline, "PersonalNameSubjectList/PersonalNameSubject")
    return ((position, *_person(person)) for position, person in enumerate(people, start=1))


def _databanks(citation: Citation) -> Iterator[Row]:
    position = 0
    for bank in children(citation.article, "DataBankList/DataBank"):
        numbers: list[etree._Element | None] = [*bank.findall("AccessionNumberList/AccessionNumber")]
        for number in numbers or [None]:
            position += 1
            yield position, words_of(bank, "DataBankName"), words(number)


def _grants(citation: Citation) -> Iterator[Row]:
    for position, grant in enumerate(children(citation.article, "GrantList/Grant"), start=1):
        yield position, *(words_of(grant, name) for name in ("GrantID", "Acronym", "Agency", "Country"))


def _publication_types(citation: Citation) -> Iterator[Row]:
    types = children(citation.article, "PublicationTypeList/PublicationType")
    return ((position, *named(one)) for position, one in enumerate(types, start=1))


def named(element: etree._Element | None) -> Row:
    """Id and name of a term of MeSH."""
    return said_by(element, "UI"), words(element)


def _chemicals(citation: Citation) -> Iterator[Row]:
    chemicals = children(citation.medline, "ChemicalList/Chemical")
    return ((position, *chemical(one)) for position, one in enumerate(chemicals, start=1))


def chemical(element: etree._Element) -> Row:
    """Registry number, id and name of a substance."""
    return words_of(element, "RegistryNumber"), *named(child(element, "NameOfSubstance"))


def _supplemental_mesh(citation: Citation) -> Iterator[Row]:
    for position, one in enumerate(children(citation.medline, "SupplMeshList/SupplMeshName"), start=1):
        yield position, said_by(one, "Type"), *named(one)


def _mesh_headings(citation: Citation) -> Iterator[Row]:
    for position, heading in enumerate(children(citation.medline, "MeshHeadingList/MeshHeading"), start=1):
        yield position, *descriptor(heading, citation.notes)


def descriptor(heading: etree._Element, notes: Notes) -> Row:
    """Id, name, flag, type and mark of a heading's descriptor."""
    name = child(heading, "DescriptorName")
    return *named(name), notes.flag(name, "MajorTopicYN"), said_by(name, "Type"), notes.flag(name, "AutoHM")


def _mesh_qualifiers(citation: Citation) -> Iterator[Row]:
    for heading_position, heading in enumerate(children(citation.medline, "MeshHeadingList/MeshHeading"), start=1):
        for position, qualifier in enumerate(qualifiers(heading, citation.notes), start=1):
            yield heading_position, position, *qualifier


def qualifiers(heading: etree._Element, notes: Notes) -> list[Row]:
    """Id, name, flag and mark of each of a heading's qualifiers."""
    names = heading.iterfind("QualifierName")
    return [(*named(one), notes.flag(one, "MajorTopicYN"), notes.flag(one, "AutoHM")) for one in names]


def _keywords(citation: Citation) -> Iterator[Row]:
    position = 0
    for keywords in children(citation.medline, "KeywordList"):
        for keyword in keywords.iterfind("Keyword"):
            position += 1
            flag = citation.notes.flag(keyword, "MajorTopicYN")
            yield position, said_by(keywords, "Owner"), words(keyword), flag


def _comments_corrections(citation: Citation) -> Iterator[Row]:
    notes = children(citation.medline, "CommentsCorrectionsList/CommentsCorrections")
    for position, one in enumerate(notes, start=1):
        pmid = child(one, "PMID")
        version = digits(said_by(pmid, "Version"))
        numbers = citation.notes.number(pmid), version
        yield position, said_by(one, "RefType"), words_of(one, "RefSource"), *numbers, words_of(one, "Note")


def _ids(citation: Citation) -> Iterator[Row]:
    places = (
        children(citation.article, "ELocationID"),
        children(citation.medline, "OtherID"),
        children(citation.data, "ArticleIdList/ArticleId"),
    )
    for position, one in enumerate(chain.from_iterable(places), start=1):
        element, id_type, is_valid = id_kind(one, citation.notes)
        yield position, element, id_type, words(one), is_valid


def id_kind(element: etree._Element, notes: Notes) -> Row:
    """Element, type and validity of an identifier."""
    kind = {"ELocationID": "EIdType", "OtherID": "Source", "ArticleId": "IdType"}[element.tag]
    return element.tag, said_by(element, kind), notes.flag(element, "ValidYN")


def _history(citation: Citation) -> Iterator[Row]:
    days = children(citation.data, "History/PubMedPubDate")
    return ((position, *history_day(one, citation.notes)) for position, one in enumerate(days, start=1))


def history_day(element: etree._Element, notes: Notes) -> Row:
    """Status, day, its precision, hour and minute."""
    clock = (notes.number(child(element, name)) for name in ("Hour", "Minute"))
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
