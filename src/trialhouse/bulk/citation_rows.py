"""The rows of one citation, read from its tree: one short function for each part of a record."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from trialhouse.bulk.batch import Rows
from trialhouse.bulk.dates import NO_DATE, StatedDate, medline_date, stated_date

SPACE = " \t\r\n"
"""White space of XML. Other spaces (no-break, thin) are words."""

_LARGEST = 12
"""Digits of the largest number that is read as one."""

_YES_NO = {"Y": True, "N": False}
_ALL_TEXT = etree.XPath("string()")

Row = tuple[Any, ...]


class Citation:
    """A record's tree and its elements that most parts need; `bad_values` collects what could not be read."""

    def __init__(self, article: etree._Element) -> None:
        self.bad_values: list[str] = []
        self.medline = _child(article, "MedlineCitation")
        self.article = _child(self.medline, "Article")
        self.data = _child(article, "PubmedData")

    @cached_property
    def key(self) -> tuple[int, int] | None:
        """PMID and version; None where there is no number."""
        element = _child(self.medline, "PMID")
        pmid = _digits(words(element))
        if pmid is None:
            return None
        version = element.get("Version") if element is not None else None
        number = _digits(version)
        if number is None and version is not None:
            self.bad_values.append(f"PMID/@Version: {version!r} is no number: 1 was taken")
        return pmid, 1 if number is None else number

    def number(self, element: etree._Element | None) -> int | None:
        """An element's number; what is none is noted."""
        said = words(element)
        number = _digits(said)
        if said is not None and number is None:
            self._note(element, said, "number")
        return number

    def flag(self, element: etree._Element | None, name: str) -> bool | None:
        """An attribute of Y or N; what is neither is noted."""
        said = element.get(name) if element is not None else None
        if element is None or said is None:
            return None
        if said not in _YES_NO:
            self._note(element, f"@{name} {said}", "Y or N")
        return _YES_NO.get(said)

    def day(self, element: etree._Element | None) -> Any:
        """A date that must be a day; what is none is noted."""
        if element is None:
            return None
        day, precision = date_of(element)
        if precision != "day":
            self._note(element, " ".join(_date_words(element)), "day")
            return None
        return day

    def _note(self, element: etree._Element | None, said: str, wanted: str) -> None:
        name = element.tag if element is not None else ""
        self.bad_values.append(f"{name}: {said[:80]!r} is no {wanted}: it was left out")


def words(element: etree._Element | None) -> str | None:
    """The words of an element and of all markup in it, without white space at their ends; None where there are none."""
    if element is None:
        return None
    text = _ALL_TEXT(element) if len(element) else element.text
    return str(text).strip(SPACE) or None if text else None


def said_by(element: etree._Element | None, name: str) -> str | None:
    """An attribute's words; None where there are none."""
    value = element.get(name) if element is not None else None
    return value.strip(SPACE) or None if value else None


def date_of(element: etree._Element | None) -> StatedDate:
    """The date of an element's Year, Month and Day, or of its MedlineDate."""
    if element is None:
        return NO_DATE
    written = _words_of(element, "MedlineDate")
    year = _words_of(element, "Year")
    if year is None and written is not None:
        return medline_date(written)
    return stated_date(year, _words_of(element, "Month"), _words_of(element, "Day"))


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


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return element.find(name) if element is not None else None


def _children(element: etree._Element | None, path: str) -> list[etree._Element]:
    return element.findall(path) if element is not None else []


def _words_of(element: etree._Element | None, path: str) -> str | None:
    return words(_child(element, path))


def _list_of(element: etree._Element | None, path: str) -> list[str]:
    return [said for one in _children(element, path) if (said := words(one)) is not None]


def _date_words(element: etree._Element | None) -> list[str]:
    names = ("MedlineDate", "Year", "Month", "Day", "Season")
    return [said for name in names if (said := _words_of(element, name)) is not None]


def _digits(said: str | None) -> int | None:
    return int(said) if said and len(said) <= _LARGEST and said.isascii() and said.isdecimal() else None


def _citation(citation: Citation) -> Row:
    medline, article = citation.medline, citation.article
    abstract = _child(article, "Abstract")
    return (
        said_by(medline, "Status"),
        said_by(medline, "Owner"),
        said_by(medline, "IndexingMethod"),
        said_by(medline, "VersionDate"),
        citation.day(_child(medline, "DateCompleted")),
        citation.day(_child(medline, "DateRevised")),
        said_by(article, "PubModel"),
        _words_of(article, "ArticleTitle"),
        _words_of(article, "VernacularTitle"),
        *_journal(citation),
        citation.day(_child(article, "ArticleDate")),
        _words_of(article, "Pagination/StartPage"),
        _words_of(article, "Pagination/EndPage"),
        _words_of(article, "Pagination/MedlinePgn"),
        _list_of(article, "Language"),
        _list_of(medline, "CitationSubset"),
        _list_of(medline, "GeneSymbolList/GeneSymbol"),
        _list_of(medline, "SpaceFlightMission"),
        _words_of(abstract, "CopyrightInformation"),
        _words_of(medline, "CoiStatement"),
        citation.flag(_child(article, "AuthorList"), "CompleteYN"),
        citation.flag(_child(article, "DataBankList"), "CompleteYN"),
        citation.flag(_child(article, "GrantList"), "CompleteYN"),
        _words_of(medline, "NumberOfReferences"),
        _words_of(citation.data, "PublicationStatus"),
    )


def _journal(citation: Citation) -> Row:
    journal = _child(citation.article, "Journal")
    info = _child(citation.medline, "MedlineJournalInfo")
    issue = _child(journal, "JournalIssue")
    issn = _child(journal, "ISSN")
    date = _child(issue, "PubDate")
    return (
        _words_of(journal, "Title"),
        _words_of(journal, "ISOAbbreviation"),
        _words_of(info, "MedlineTA"),
        _words_of(info, "NlmUniqueID"),
        words(issn),
        said_by(issn, "IssnType"),
        _words_of(info, "ISSNLinking"),
        _words_of(info, "Country"),
        said_by(issue, "CitedMedium"),
        _words_of(issue, "Volume"),
        _words_of(issue, "Issue"),
        *date_of(date),
        " ".join(_date_words(date)) or None,
    )


def _abstract_sections(citation: Citation) -> Iterator[Row]:
    for position, section in enumerate(_children(citation.article, "Abstract/AbstractText"), start=1):
        yield position, said_by(section, "Label"), said_by(section, "NlmCategory"), words(section)


def _other_abstracts(citation: Citation) -> Iterator[Row]:
    for abstract_position, abstract in enumerate(_children(citation.medline, "OtherAbstract"), start=1):
        whose = said_by(abstract, "Type"), said_by(abstract, "Language")
        line = _words_of(abstract, "CopyrightInformation")
        sections: list[etree._Element | None] = [*abstract.findall("AbstractText")]
        for position, section in enumerate(sections or [None], start=1):
            label = said_by(section, "Label"), said_by(section, "NlmCategory")
            yield abstract_position, position, *whose, *label, words(section), line


def _authors(citation: Citation) -> Iterator[Row]:
    for position, author in enumerate(_children(citation.article, "AuthorList/Author"), start=1):
        flags = citation.flag(author, "ValidYN"), citation.flag(author, "EqualContrib")
        yield position, *_person(author), _words_of(author, "CollectiveName"), *flags


def _person(person: etree._Element) -> Row:
    return tuple(_words_of(person, name) for name in ("LastName", "ForeName", "Initials", "Suffix"))


def _affiliations(citation: Citation) -> Iterator[Row]:
    for author_position, author in enumerate(_children(citation.article, "AuthorList/Author"), start=1):
        for position, info in enumerate(author.findall("AffiliationInfo"), start=1):
            yield author_position, position, _words_of(info, "Affiliation")


def _author_identifiers(citation: Citation) -> Iterator[Row]:
    for author_position, author in enumerate(_children(citation.article, "AuthorList/Author"), start=1):
        for affiliation_position, holder in enumerate([author, *author.findall("AffiliationInfo")]):
            for position, one in enumerate(holder.findall("Identifier"), start=1):
                yield author_position, affiliation_position, position, said_by(one, "Source"), words(one)


def _investigators(citation: Citation) -> Iterator[Row]:
    for position, person in enumerate(_children(citation.medline, "InvestigatorList/Investigator"), start=1):
        identifiers = [f"{one.get('Source')}:{words(one)}" for one in person.iterfind(".//Identifier")]
        affiliations = _list_of(person, "AffiliationInfo/Affiliation")
        yield position, *_person(person), citation.flag(person, "ValidYN"), identifiers, affiliations


def _personal_subjects(citation: Citation) -> Iterator[Row]:
    people = _children(citation.medline, "PersonalNameSubjectList/PersonalNameSubject")
    return ((position, *_person(person)) for position, person in enumerate(people, start=1))


def _databanks(citation: Citation) -> Iterator[Row]:
    position = 0
    for bank in _children(citation.article, "DataBankList/DataBank"):
        numbers: list[etree._Element | None] = [*bank.findall("AccessionNumberList/AccessionNumber")]
        for number in numbers or [None]:
            position += 1
            yield position, _words_of(bank, "DataBankName"), words(number)


def _grants(citation: Citation) -> Iterator[Row]:
    for position, grant in enumerate(_children(citation.article, "GrantList/Grant"), start=1):
        yield position, *(_words_of(grant, name) for name in ("GrantID", "Acronym", "Agency", "Country"))


def _publication_types(citation: Citation) -> Iterator[Row]:
    types = _children(citation.article, "PublicationTypeList/PublicationType")
    return ((position, said_by(one, "UI"), words(one)) for position, one in enumerate(types, start=1))


def _chemicals(citation: Citation) -> Iterator[Row]:
    for position, chemical in enumerate(_children(citation.medline, "ChemicalList/Chemical"), start=1):
        name = chemical.find("NameOfSubstance")
        yield position, _words_of(chemical, "RegistryNumber"), said_by(name, "UI"), words(name)


def _supplemental_mesh(citation: Citation) -> Iterator[Row]:
    for position, one in enumerate(_children(citation.medline, "SupplMeshList/SupplMeshName"), start=1):
        yield position, said_by(one, "Type"), said_by(one, "UI"), words(one)


def _mesh_headings(citation: Citation) -> Iterator[Row]:
    for position, heading in enumerate(_children(citation.medline, "MeshHeadingList/MeshHeading"), start=1):
        name = heading.find("DescriptorName")
        major, auto = citation.flag(name, "MajorTopicYN"), citation.flag(name, "AutoHM")
        yield position, said_by(name, "UI"), words(name), major, said_by(name, "Type"), auto


def _mesh_qualifiers(citation: Citation) -> Iterator[Row]:
    for heading_position, heading in enumerate(_children(citation.medline, "MeshHeadingList/MeshHeading"), start=1):
        for position, name in enumerate(heading.findall("QualifierName"), start=1):
            major, auto = citation.flag(name, "MajorTopicYN"), citation.flag(name, "AutoHM")
            yield heading_position, position, said_by(name, "UI"), words(name), major, auto


def _keywords(citation: Citation) -> Iterator[Row]:
    position = 0
    for keywords in _children(citation.medline, "KeywordList"):
        owner = said_by(keywords, "Owner")
        for keyword in keywords.findall("Keyword"):
            position += 1
            yield position, owner, words(keyword), citation.flag(keyword, "MajorTopicYN")


def _comments_corrections(citation: Citation) -> Iterator[Row]:
    notes = _children(citation.medline, "CommentsCorrectionsList/CommentsCorrections")
    for position, one in enumerate(notes, start=1):
        pmid = one.find("PMID")
        version = _digits(pmid.get("Version")) if pmid is not None else None
        source, note = _words_of(one, "RefSource"), _words_of(one, "Note")
        yield position, said_by(one, "RefType"), source, citation.number(pmid), version, note


def _ids(citation: Citation) -> Iterator[Row]:
    position = 0
    places = (
        (citation.article, "ELocationID", "EIdType"),
        (citation.medline, "OtherID", "Source"),
        (citation.data, "ArticleIdList/ArticleId", "IdType"),
    )
    for element, path, kind in places:
        for one in _children(element, path):
            position += 1
            yield position, one.tag, said_by(one, kind), words(one), citation.flag(one, "ValidYN")


def _history(citation: Citation) -> Iterator[Row]:
    for position, one in enumerate(_children(citation.data, "History/PubMedPubDate"), start=1):
        date = date_of(one)
        if date is NO_DATE:
            citation.day(one)
        hour, minute = citation.number(one.find("Hour")), citation.number(one.find("Minute"))
        yield position, said_by(one, "PubStatus"), *date, hour, minute


def _notes(citation: Citation) -> Iterator[Row]:
    notes = _children(citation.medline, "GeneralNote")
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
