"""What stands in what in a record of PubMed: what is read, and what is left out on purpose. All else is an alarm.

From the National Library of Medicine's DTD (pubmed_250101). A star is for elements that may stand there several times.
"""

from enum import Enum

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

CHILDREN: dict[str, dict[str, bool]] = {
    name: {child.rstrip("*"): child.endswith("*") for child in said.split()} for name, said in _PUBMED_ARTICLE.items()
}
"""The children of each element that has some, and whether there may be several of a name."""

_WITH_ATTRIBUTES = frozenset({"ISSN", "PMID", "NameOfSubstance", "DescriptorName"})
"""Elements of words of which attributes are read as well."""


class As(Enum):
    """What is read of an element: its words at once, the element to be looked into, or a list of such elements."""

    WORDS = 1
    ELEMENT = 2
    ELEMENTS = 3


def _read_as(child: str, is_several: bool) -> As:
    if is_several:
        return As.ELEMENTS
    return As.ELEMENT if child in CHILDREN.keys() | LEFT_OUT | _WITH_ATTRIBUTES else As.WORDS


READ_AS: dict[str, dict[str, As]] = {
    name: {child: _read_as(child, is_several) for child, is_several in children.items()}
    for name, children in CHILDREN.items()
}
"""How each child of an element is read."""

_INLINE = frozenset({"b", "i", "sub", "sup", "u", "DispFormula"})
"""Elements within words, and all of MathML: their text is read in its place."""

MATHML = "http://www.w3.org/1998/Math/MathML"


def is_markup(node: etree._Element) -> bool:
    """Whether an element within words is known markup."""
    return node.tag in _INLINE or str(node.tag).startswith(f"{{{MATHML}}}")


def path_of(node: etree._Element) -> str:
    """Where an element stands in its record."""
    names = [str(one.tag) for one in (node, *node.iterancestors())]
    return "/" + "/".join(reversed(names[:-1]))
