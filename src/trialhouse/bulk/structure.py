"""What stands in what in a record of PubMed: what is read, and what is left out on purpose. All else is an alarm.

From the National Library of Medicine's DTD (pubmed_250101). A star is for elements that may stand there several times.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

_NAME = "LastName ForeName Initials Suffix"
_DAY = "Year Month Day"
_PUBMED_ARTICLE: dict[str, str] = {
    "PubmedArticle": "MedlineCitation PubmedData",
    "MedlineCitation": "PMID DateCompleted DateRevised Article MedlineJournalInfo ChemicalList SupplMeshList "
    "CitationSubset* CommentsCorrectionsList GeneSymbolList MeshHeadingList NumberOfReferences "
    "PersonalNameSubjectList OtherID* OtherAbstract* KeywordList* CoiStatement SpaceFlightMission* InvestigatorList "
    "GeneralNote*",
    "DateCompleted": _DAY,
    "DateRevised": _DAY,
    "Article": "Journal ArticleTitle Pagination ELocationID* Abstract AuthorList Language* DataBankList GrantList "
    "PublicationTypeList VernacularTitle ArticleDate",
    "Journal": "ISSN JournalIssue Title ISOAbbreviation",
    "JournalIssue": "Volume Issue PubDate",
    "PubDate": f"{_DAY} Season MedlineDate",
    "Pagination": "StartPage EndPage MedlinePgn",
    "Abstract": "AbstractText* CopyrightInformation",
    "AuthorList": "Author*",
    "Author": f"{_NAME} CollectiveName Identifier* AffiliationInfo*",
    "AffiliationInfo": "Affiliation Identifier*",
    "DataBankList": "DataBank*",
    "DataBank": "DataBankName AccessionNumberList",
    "AccessionNumberList": "AccessionNumber*",
    "GrantList": "Grant*",
    "Grant": "GrantID Acronym Agency Country",
    "PublicationTypeList": "PublicationType*",
    "ArticleDate": _DAY,
    "MedlineJournalInfo": "Country MedlineTA NlmUniqueID ISSNLinking",
    "ChemicalList": "Chemical*",
    "Chemical": "RegistryNumber NameOfSubstance",
    "SupplMeshList": "SupplMeshName*",
    "CommentsCorrectionsList": "CommentsCorrections*",
    "CommentsCorrections": "RefSource PMID Note",
    "GeneSymbolList": "GeneSymbol*",
    "MeshHeadingList": "MeshHeading*",
    "MeshHeading": "DescriptorName QualifierName*",
    "PersonalNameSubjectList": "PersonalNameSubject*",
    "PersonalNameSubject": _NAME,
    "OtherAbstract": "AbstractText* CopyrightInformation",
    "KeywordList": "Keyword*",
    "InvestigatorList": "Investigator*",
    "Investigator": f"{_NAME} Identifier* AffiliationInfo*",
    "PubmedData": "History PublicationStatus ArticleIdList ReferenceList* ObjectList",
    "History": "PubMedPubDate*",
    "PubMedPubDate": f"{_DAY} Hour Minute Second",
    "ArticleIdList": "ArticleId*",
}

LEFT_OUT = frozenset({"ReferenceList", "ObjectList", "Second"})
"""Elements that are known, and not looked into."""

INLINE = frozenset({"b", "i", "sub", "sup", "u", "DispFormula"})
"""Elements within words, and all of MathML: their text is read in its place."""

MATHML = "http://www.w3.org/1998/Math/MathML"

CHILDREN: dict[str, frozenset[str]] = {
    name: frozenset(said.replace("*", "").split()) for name, said in _PUBMED_ARTICLE.items()
}
ONCE: dict[str, frozenset[str]] = {
    name: frozenset(child for child in said.split() if not child.endswith("*"))
    for name, said in _PUBMED_ARTICLE.items()
}


def oddities(node: etree._Element) -> list[tuple[str, str]]:
    """The elements of a record that are not read: "unknown_element" or "repeated_element", with the path of each."""
    known = CHILDREN.get(str(node.tag))
    if known is None:
        return _not_markup(node)
    children = [*node]
    tags = [child.tag for child in children]
    names = set(tags)
    found: list[tuple[str, str]] = []
    if not names <= known or (len(names) < len(tags) and any(tags.count(name) > 1 for name in names & ONCE[node.tag])):
        found += _wrong(children, known, ONCE[str(node.tag)])
    for child in children:
        if len(child) and child.tag in known and child.tag not in LEFT_OUT:
            found += oddities(child)
    return found


def _wrong(
    children: Iterable[etree._Element], known: frozenset[str], once: frozenset[str]
) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for child in children:
        if child.tag not in known:
            yield "unknown_element", _path(child)
        elif child.tag in seen:
            yield "repeated_element", _path(child)
        if child.tag in once:
            seen.add(str(child.tag))


def _not_markup(node: etree._Element) -> list[tuple[str, str]]:
    """The elements within words that are no markup of words. Their text is read all the same."""
    return [
        ("unknown_element", _path(one))
        for one in node.iterdescendants()
        if one.tag not in INLINE and not str(one.tag).startswith(f"{{{MATHML}}}")
    ]


def _path(node: etree._Element) -> str:
    names = [str(one.tag) for one in (node, *node.iterancestors())]
    return "/" + "/".join(reversed(names[:-1]))
