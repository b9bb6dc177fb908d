"""The elements of a PubMed record: those that are read, and those that are left out on purpose, with the reason.

Names are those of the National Library of Medicine's DTD (pubmed_250101), which declares an element once, wherever it
stands. An element that is in neither table was added to the format later: it is reported as unknown.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

LOCATED = frozenset(
    "AbstractText AccessionNumber ArticleDate ArticleId ArticleTitle BookTitle ContributionDate "
    "CopyrightInformation ELocationID PMID PubDate RefSource Title VernacularTitle".split()
)
"""Elements whose words are read: their place in the text is kept."""

LISTED = frozenset("Language PublicationType".split())
"""Elements whose words are read without a place."""

STRUCTURE = frozenset(
    "Abstract Article ArticleIdList Book BookDocument CommentsCorrections CommentsCorrectionsList DataBank "
    "DataBankList DataBankName Day Journal JournalIssue MedlineCitation MedlineDate Month OtherAbstract "
    "PublicationTypeList PubmedArticle PubmedArticleSet PubmedBookArticle PubmedBookArticleSet "
    "PubmedBookData PubmedData Reference ReferenceList Season Year AccessionNumberList Author AuthorList ForeName "
    "Initials LastName CollectiveName Volume Issue Pagination StartPage EndPage MedlinePgn".split()
)
"""Elements that say what stands in them, or are read as part of the one around them."""

INLINE = frozenset("b i sub sup u DispFormula".split())
"""Elements within words, and all of MathML: their text is read, they themselves are not."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "people beside the authors, and addresses": frozenset(
        "Affiliation AffiliationInfo Suffix Identifier PersonalNameSubject PersonalNameSubjectList "
        "Investigator InvestigatorList".split()
    ),
    "index terms: given by indexers or authors to be found by, they report nothing": frozenset(
        "MeshHeading MeshHeadingList DescriptorName QualifierName SupplMeshList SupplMeshName KeywordList Keyword "
        "Chemical ChemicalList NameOfSubstance RegistryNumber GeneSymbol GeneSymbolList CitationSubset "
        "SpaceFlightMission".split()
    ),
    "where it stands in its journal or book: a document is named by its identifiers": frozenset(
        "ISSN ISSNLinking ISOAbbreviation MedlineJournalInfo "
        "MedlineTA NlmUniqueID NLMUniqueID Country Publisher PublisherName PublisherLocation CollectionTitle "
        "VolumeTitle Edition Isbn Medium ReportNumber BeginningDate EndingDate LocationLabel Section SectionTitle "
        "Sections".split()
    ),
    "the record's own history at the library: a changed record is told by its bytes": frozenset(
        "DateCompleted DateRevised DateCreated History PubMedPubDate Hour Minute Second PublicationStatus "
        "NumberOfReferences OtherID".split()
    ),
    "money and interests: about the authors' means, not about the trial's": frozenset(
        "Grant GrantID GrantList Acronym Agency ContractNumber CoiStatement".split()
    ),
    "notes in free words, and links to other data": frozenset(
        "GeneralNote Note Object ObjectList Param URL Item ItemList".split()
    ),
    "the words of a reference: its identifiers are read": frozenset(["Citation"]),
    "deletions: they are applied by what reads a file of many records": frozenset(
        "DeleteCitation DeleteDocument BookDocumentSet".split()
    ),
}
"""Elements that are not read, by the reason."""

PASSED = STRUCTURE | INLINE | frozenset().union(*LEFT_OUT.values())
"""Elements that are passed by in the walk through a record."""

KNOWN = LOCATED | LISTED | PASSED
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def unknown_elements(nodes: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    """The first element of each path that nobody has heard of, with that path ("/PubmedArticle/…/New").

    `nodes` are those of a record that are not passed by, in the order of the file; comments may be among them.
    """
    seen: set[str] = set()
    for node in nodes:
        if node.tag in KNOWN or not isinstance(node.tag, str) or node.tag.startswith(MATHML):
            continue
        path = "/" + "/".join(reversed([local_name(node), *(local_name(one) for one in node.iterancestors())]))
        if path not in seen:
            seen.add(path)
            yield node, path


def local_name(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname
