"""What stands in what in a record of PubMed: what is read, and what is left out on purpose. All else is an alarm.

From the National Library of Medicine's DTD (pubmed_250101). A star is for elements that may stand there several times.
"""

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


def oddities(node: etree._Element, path: str = "") -> list[tuple[str, str]]:
    """The elements of a record that are not read: "unknown_element" or "repeated_element", with the path of each."""
    found: list[tuple[str, str]] = []
    name = str(node.tag)
    path = f"{path}/{name}"
    children = CHILDREN.get(name)
    if children is None:
        _inline(node, path, found)
        return found
    seen: set[str] = set()
    once = ONCE[name]
    for child in node:
        tag = str(child.tag)
        if tag not in children:
            found.append(("unknown_element", f"{path}/{tag}"))
        elif tag in seen:
            found.append(("repeated_element", f"{path}/{tag}"))
        elif len(child) and tag not in LEFT_OUT:
            found += oddities(child, path)
        if tag in once:
            seen.add(tag)
    return found


def _inline(node: etree._Element, path: str, found: list[tuple[str, str]]) -> None:
    """Note the elements within words that are no markup of words. Their text is read all the same."""
    for child in node.iterdescendants():
        tag = str(child.tag)
        if tag not in INLINE and not tag.startswith(f"{{{MATHML}}}"):
            found.append(("unknown_element", f"{path}/{tag}"))
