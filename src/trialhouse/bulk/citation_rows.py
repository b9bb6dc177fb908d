"""The rows of one citation, read from its tree: every element is looked into once, by the function of its name."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from trialhouse.bulk.batch import Rows
from trialhouse.bulk.dates import issue_date
from trialhouse.bulk.elements import Element, Found, Reader, Row, children_of, said_by
from trialhouse.bulk.words import digits, trimmed

Key = tuple[int, int]
"""PMID and version."""

Elements = Sequence[Element]

NAMES = {"LastName": 0, "ForeName": 1, "Initials": 2, "Suffix": 3}
_PUB_DATE = {"MedlineDate": 0, "Year": 1, "Month": 2, "Day": 3, "Season": 4}
_JOURNAL_ENTRY = {"Country": 0, "MedlineTA": 1, "NlmUniqueID": 2, "ISSNLinking": 3}
_PAGES = {"StartPage": 0, "EndPage": 1, "MedlinePgn": 2}
_GRANT = {"GrantID": 0, "Acronym": 1, "Agency": 2, "Country": 3}
_NO_DESCRIPTOR: Row = (None,) * 5
ID_TYPES = {"ELocationID": "EIdType", "OtherID": "Source", "ArticleId": "IdType"}
"""The attribute that says what an identifier is."""


class Opened(NamedTuple):
    """A record that was looked into: PMID and version where it has them, what is in it, and what reads it."""

    key: Key | None
    in_record: Found
    in_medline: Found
    reader: Reader


def opened(record: Element, with_blanks: Callable[[], Element] | None = None) -> Opened:
    """Look into a record; `with_blanks` reads it again where it lacks the blanks between elements."""
    reader = Reader(with_blanks)
    in_record = reader.inside(record)
    in_medline = reader.inside(in_record.get("MedlineCitation"))
    return Opened(_key_of(in_medline.get("PMID"), reader), in_record, in_medline, reader)


def _key_of(element: Element | None, reader: Reader) -> Key | None:
    pmid = digits(trimmed(reader.words(element)))
    if element is None or pmid is None:
        return None
    version = element.get("Version")
    number = digits(version)
    if number is None and version is not None:
        reader.notes.append(("bad_value", f"PMID/@Version: {version!r} is no number: 1 was taken"))
    return pmid, 1 if number is None else number


def add_rows(record: Opened, rows: Rows) -> None:
    """Add a citation's rows to those of all tables."""
    _, in_record, in_medline, reader = record
    article = in_medline.get("Article")
    in_article = reader.inside(article)
    in_abstract = reader.inside(in_article.get("Abstract"))
    in_data = reader.inside(in_record.get("PubmedData"))
    row = (
        *head(in_record["MedlineCitation"]),
        reader.day(in_medline.get("DateCompleted")),
        reader.day(in_medline.get("DateRevised")),
        said_by(article, "PubModel"),
        *_article(in_article, in_medline, reader),
        *_lists(in_article, in_medline, reader),
        in_abstract.get("CopyrightInformation"),
        in_medline.get("CoiStatement"),
        reader.flag(in_article.get("AuthorList"), "CompleteYN"),
        reader.flag(in_article.get("DataBankList"), "CompleteYN"),
        reader.flag(in_article.get("GrantList"), "CompleteYN"),
        in_medline.get("NumberOfReferences"),
        in_data.get("PublicationStatus"),
    )
    rows["citations"] += row
    for found in (in_abstract, in_article, in_medline, in_data):
        for name in filter(PARTS.__contains__, found):
            PARTS[name](found[name], rows, reader)
    others = in_medline.get("OtherID", ())
    of_data = reader.items(in_data.get("ArticleIdList"), "ArticleId")
    ids = chain(in_article.get("ELocationID", ()), others, of_data)
    add = rows["citation_ids"].extend
    for one in ids:
        element, id_type, is_valid = id_kind(one, reader)
        add((element, id_type, reader.words(one), is_valid))


def head(medline: Element) -> Row:
    """Status, owner, indexing method and date of the version."""
    return medline.get("Status"), medline.get("Owner"), medline.get("IndexingMethod"), medline.get("VersionDate")


def _article(in_article: Found, in_medline: Found, reader: Reader) -> Row:
    """From the title to the pages."""
    pages = reader.texts(in_article.get("Pagination"), _PAGES)
    return (
        in_article.get("ArticleTitle"),
        in_article.get("VernacularTitle"),
        *_journal(in_article.get("Journal"), reader),
        *journal_entry(in_medline.get("MedlineJournalInfo"), reader),
        reader.day(in_article.get("ArticleDate")),
        *pages,
    )


def _journal(journal: Element | None, reader: Reader) -> Row:
    """Title, abbreviation, ISSN and its type, medium, volume, issue, date and precision, and the date as written."""
    in_journal = reader.inside(journal)
    issn, issue = in_journal.get("ISSN"), in_journal.get("JournalIssue")
    in_issue = reader.inside(issue)
    return (
        in_journal.get("Title"),
        in_journal.get("ISOAbbreviation"),
        reader.words(issn),
        said_by(issn, "IssnType"),
        said_by(issue, "CitedMedium"),
        in_issue.get("Volume"),
        in_issue.get("Issue"),
        *pub_date(in_issue.get("PubDate"), reader),
    )


def pub_date(element: Element | None, reader: Reader) -> Row:
    """The date of an issue, its precision, and the date as written."""
    return issue_date(*reader.texts(element, _PUB_DATE))


def journal_entry(info: Element | None, reader: Reader) -> Row:
    """Abbreviation, catalogue id, linking ISSN and country."""
    country, abbreviation, catalogue_id, issn = reader.texts(info, _JOURNAL_ENTRY)
    return abbreviation, catalogue_id, issn, country


def _lists(in_article: Found, in_medline: Found, reader: Reader) -> Row:
    """Languages, subsets, symbols of genes, missions."""
    symbols = in_medline.get("GeneSymbolList")
    return (
        list_of(in_article.get("Language", ()), reader),
        list_of(in_medline.get("CitationSubset", ()), reader),
        [] if symbols is None else list_of(reader.inside(symbols).get("GeneSymbol", ()), reader),
        list_of(in_medline.get("SpaceFlightMission", ()), reader),
    )


def list_of(elements: Elements, reader: Reader) -> list[str]:
    """The words of some elements."""
    return [said for one in elements if (said := trimmed(reader.words(one))) is not None]


def _add_sections(elements: Elements, rows: Rows, reader: Reader) -> None:
    for one in elements:
        rows["citation_abstract_sections"] += (*label(one), reader.words(one))


def label(section: Element | None) -> Row:
    """Label and category of a section of an abstract."""
    return said_by(section, "Label"), said_by(section, "NlmCategory")


def _add_other_abstracts(elements: Elements, rows: Rows, reader: Reader) -> None:
    for abstract_position, abstract in enumerate(elements, start=1):
        whose = said_by(abstract, "Type"), said_by(abstract, "Language")
        found = reader.inside(abstract)
        line = found.get("CopyrightInformation")
        sections: list[Element | None] = found.get("AbstractText", [])
        for position, section in enumerate(sections or [None], 1):
            said = *label(section), reader.words(section)
            rows["citation_other_abstracts"] += (abstract_position, position, *whose, *said, line)


def _add_authors(authors: Element, rows: Rows, reader: Reader) -> None:
    add = rows["citation_authors"].extend
    for author_position, author in enumerate(reader.items(authors, "Author"), 1):
        found = reader.inside(author)
        name, fore_name, initials = found.get("LastName"), found.get("ForeName"), found.get("Initials")
        suffix, group = found.get("Suffix"), found.get("CollectiveName")
        is_valid, is_equal = reader.flags(author, "ValidYN", "EqualContrib")
        add((name, fore_name, initials, suffix, group, is_valid, is_equal))
        if "AffiliationInfo" in found or "Identifier" in found:
            addresses, identifiers = affiliations(found, reader)
            for position, address in enumerate(addresses, 1):
                rows["citation_affiliations"] += (author_position, position, address)
            for one in identifiers:
                rows["citation_author_identifiers"] += (author_position, *one)


def affiliations(person: Found, reader: Reader) -> tuple[list[str | None], list[Row]]:
    """The addresses of a person, and the identifiers: of which address (0: the person's), which, source, words."""
    addresses: list[str | None] = []
    holders = [person]
    for info in person.get("AffiliationInfo", ()):
        holders.append(reader.inside(info))
        addresses.append(trimmed(holders[-1].get("Affiliation")))
    identifiers = [
        (of_address, position, trimmed(one.get("Source")), trimmed(reader.words(one)))
        for of_address, holder in enumerate(holders)
        for position, one in enumerate(holder.get("Identifier", ()), start=1)
    ]
    return addresses, identifiers


def _add_investigators(people: Element, rows: Rows, reader: Reader) -> None:
    for person in reader.items(people, "Investigator"):
        found = reader.inside(person)
        names = [found.get(name) for name in NAMES]
        addresses, identifiers = affiliations(found, reader)
        ids = [f"{source or ''}:{said or ''}" for _, _, source, said in identifiers]
        places = [address for address in addresses if address is not None]
        rows["citation_investigators"] += (*names, reader.flag(person, "ValidYN"), ids, places)


def _add_personal_subjects(people: Element, rows: Rows, reader: Reader) -> None:
    for person in reader.items(people, "PersonalNameSubject"):
        rows["citation_personal_subjects"] += reader.texts(person, NAMES)


def _add_databanks(banks: Element, rows: Rows, reader: Reader) -> None:
    for bank in reader.items(banks, "DataBank"):
        found = reader.inside(bank)
        name = found.get("DataBankName")
        numbers: Elements = reader.items(found.get("AccessionNumberList"), "AccessionNumber")
        for number in numbers or (None,):
            rows["citation_databanks"] += (name, reader.words(number))


def _add_grants(grants: Element, rows: Rows, reader: Reader) -> None:
    for grant in reader.items(grants, "Grant"):
        rows["citation_grants"] += reader.texts(grant, _GRANT)


def _add_publication_types(types: Element, rows: Rows, reader: Reader) -> None:
    add = rows["citation_publication_types"].extend
    for one in reader.items(types, "PublicationType"):
        add(reader.named(one))


def _add_chemicals(chemicals: Element, rows: Rows, reader: Reader) -> None:
    add = rows["citation_chemicals"].extend
    for one in reader.items(chemicals, "Chemical"):
        add(chemical(one, reader))


def chemical(element: Element, reader: Reader) -> Row:
    """Registry number, id and name of a substance."""
    found = reader.inside(element)
    ui, words = reader.named(found.get("NameOfSubstance"))
    return found.get("RegistryNumber"), ui, words


def _add_supplemental_mesh(names: Element, rows: Rows, reader: Reader) -> None:
    for one in reader.items(names, "SupplMeshName"):
        rows["citation_supplemental_mesh"] += (said_by(one, "Type"), *reader.named(one))


def _add_mesh(headings: Element, rows: Rows, reader: Reader) -> None:
    """Headings, and their qualifiers: a quarter of all elements of a record, so that they are not sorted by name."""
    add_heading, add_qualifier = rows["citation_mesh_headings"].extend, rows["citation_mesh_qualifiers"].extend
    for position, heading in enumerate(reader.items(headings, "MeshHeading"), 1):
        descriptor = _NO_DESCRIPTOR
        number = 0
        for name in children_of(heading):
            tag = name.tag
            if tag == "QualifierName":
                number += 1
                ui, words, is_major_topic, _, is_auto_major = reader.heading(name)
                add_qualifier((position, number, ui, words, is_major_topic, is_auto_major))
            elif tag == "DescriptorName" and descriptor is _NO_DESCRIPTOR:
                descriptor = reader.heading(name)
            else:
                reader.leave_out(name, is_known=tag == "DescriptorName")
        add_heading(descriptor)


def _add_keywords(elements: Elements, rows: Rows, reader: Reader) -> None:
    for keywords in elements:
        owner = said_by(keywords, "Owner")
        for keyword in reader.items(keywords, "Keyword"):
            rows["citation_keywords"] += (owner, reader.words(keyword), reader.flag(keyword, "MajorTopicYN"))


def _add_comments(comments: Element, rows: Rows, reader: Reader) -> None:
    for one in reader.items(comments, "CommentsCorrections"):
        found = reader.inside(one)
        pmid = found.get("PMID")
        numbers = reader.number("PMID", reader.words(pmid)), digits(trimmed(said_by(pmid, "Version")))
        said = found.get("RefSource"), *numbers, found.get("Note")
        rows["citation_comments_corrections"] += (said_by(one, "RefType"), *said)


def id_kind(element: Element, reader: Reader) -> Row:
    """Element, type and validity of an identifier."""
    name = element.tag
    return name, element.get(ID_TYPES[name]), reader.flag(element, "ValidYN")


def _add_history(history: Element, rows: Rows, reader: Reader) -> None:
    add = rows["citation_history"].extend
    for one in reader.items(history, "PubMedPubDate"):
        add(history_day(one, reader))


def history_day(element: Element, reader: Reader) -> Row:
    """Status, day, its precision, hour and minute."""
    day, precision, hour, minute = reader.moment(element)
    return element.get("PubStatus"), day, precision, hour, minute


def _add_notes(elements: Elements, rows: Rows, reader: Reader) -> None:
    for one in elements:
        rows["citation_notes"] += (said_by(one, "Owner"), reader.words(one))


PARTS: dict[str, Callable[[Any, Rows, Reader], None]] = {
    "AbstractText": _add_sections,
    "AuthorList": _add_authors,
    "DataBankList": _add_databanks,
    "GrantList": _add_grants,
    "PublicationTypeList": _add_publication_types,
    "ChemicalList": _add_chemicals,
    "SupplMeshList": _add_supplemental_mesh,
    "CommentsCorrectionsList": _add_comments,
    "MeshHeadingList": _add_mesh,
    "PersonalNameSubjectList": _add_personal_subjects,
    "OtherAbstract": _add_other_abstracts,
    "KeywordList": _add_keywords,
    "InvestigatorList": _add_investigators,
    "GeneralNote": _add_notes,
    "History": _add_history,
}
"""What there is several times: by the name of a list, or of the elements where there is no list around them."""
