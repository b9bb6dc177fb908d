"""The form that nearly all records of PubMed have, as patterns: elements in the DTD's order, nothing between them.

A record that has another form is not wrong; the fast parser leaves it to the plain one. A record is matched by one
pattern after the other; between them lie its long lists, whose ends are looked for. Repeats are possessive, so that
a record costs no more than its length.
"""

import re

_S = r"\n?+ *+"
"""What stands between two elements: nothing, or an end of line and blanks. A single class for all white space takes
longer; elsewhere a record with other white space is left to the plain parser."""

_CUT = r"\s*+"
"""What stands where the reference list was cut away: white space of before it and of behind it."""

_ATTRIBUTES = r"((?:\s[^<>]*+)?+)(?<!/)"
_DAY = rf"({_S}<Year>[^<]*+</Year>{_S}<Month>[^<]*+</Month>{_S}<Day>[^<]*+</Day>{_S})"


def _pattern(*parts: str) -> re.Pattern[bytes]:
    return re.compile("".join(parts).encode())


def _maybe(pattern: str) -> str:
    """A choice between it and nothing: a repeat, which `?` is, is prepared for longer than a choice takes."""
    return f"(?:{pattern}|)"


def _leaf(name: str) -> str:
    """An element of words without attributes and markup, perhaps empty; one group."""
    return rf"<{name}(?:>([^<]*+)</{name}>|/>){_S}"


def _inner(name: str) -> str:
    """Whatever is in an element of this name; no group."""
    return rf"[^<]*+(?:<(?!/{name}>)[^<]*+)*+"


def _whole(name: str, attributes: str = "") -> str:
    """An element, whatever is in it; one group for what it holds, behind those of its attributes."""
    return rf"<{name}{attributes}>({_inner(name)})</{name}>{_S}"


def _kept(name: str) -> str:
    """Elements of one name, whatever is in them: none, one or several; no group."""
    return rf"(?:<{name}[ >]{_inner(name)}</{name}>{_S})*+"


_COMPLETE = r"(?: CompleteYN=\"([YN])\")?"

HEAD = _pattern(
    rf"<PubmedArticle>{_S}<MedlineCitation{_ATTRIBUTES}>{_S}",
    rf"<PMID Version=\"([0-9]{{1,9}})\">([0-9]{{1,12}})</PMID>{_S}",
    _maybe(rf"<DateCompleted>{_DAY}</DateCompleted>{_S}"),
    _maybe(rf"<DateRevised>{_DAY}</DateRevised>{_S}"),
    rf"<Article{_ATTRIBUTES}>{_S}",
    rf"<Journal>{_S}({_maybe(rf'<ISSN[^<]*+</ISSN>{_S}')})<JournalIssue{_ATTRIBUTES}>{_S}",
    rf"{_maybe(_leaf('Volume'))}{_maybe(_leaf('Issue'))}{_whole('PubDate')}</JournalIssue>{_S}",
    rf"({_maybe(rf'<Title>[^<]*+</Title>{_S}')}{_maybe(rf'<ISOAbbreviation>[^<]*+</ISOAbbreviation>{_S}')})",
    rf"</Journal>{_S}{_whole('ArticleTitle')}",
    _maybe(
        rf"<Pagination>{_S}{_maybe(_leaf('StartPage'))}{_maybe(_leaf('EndPage'))}"
        rf"{_maybe(_leaf('MedlinePgn'))}</Pagination>{_S}"
    ),
    rf"((?:<ELocationID [^<>]*+>[^<]*+</ELocationID>{_S})*+)",
    _maybe(rf"(<Abstract>){_S}"),
)
"""Attributes, version, PMID, days of completion and revision, attributes of the article; the ISSN, attributes of the
issue, volume, issue, date, the journal's names; the title, three pages, identifiers, whether there is an abstract."""

AUTHORS = _pattern(_maybe(rf"</Abstract>{_S}"), _maybe(rf"(<AuthorList){_COMPLETE}>{_S}"))
"""Whether there are authors, and whether they are all."""

ARTICLE = _pattern(
    _maybe(rf"</AuthorList>{_S}"),
    rf"((?:<Language>[^<]*+</Language>{_S})*+)",
    _maybe(rf"(<DataBankList{_COMPLETE}>{_inner('DataBankList')}</DataBankList>){_S}"),
    _maybe(_whole("GrantList", _COMPLETE)),
    _maybe(_whole("PublicationTypeList")),
    _maybe(_whole("VernacularTitle")),
    _maybe(rf"<ArticleDate DateType=\"Electronic\">{_DAY}</ArticleDate>{_S}"),
    rf"</Article>{_S}",
    _maybe(_whole("MedlineJournalInfo")),
    "(<ChemicalList>)?",
)
"""Languages, databanks with their flag, the flag of grants and they, publication types, the vernacular title, the day
it was out, the journal's entry, whether there are chemicals."""

INDEXING = _pattern(
    _maybe(rf"{_S}</ChemicalList>{_S}"),
    f"({_kept('SupplMeshList')})",
    rf"((?:<CitationSubset>[^<]*+</CitationSubset>{_S})*+)",
    _maybe(_whole("CommentsCorrectionsList")),
    f"({_kept('GeneSymbolList')})",
    "(<MeshHeadingList>)?",
)
"""Supplementary MeSH, subsets, comments and corrections, symbols of genes, whether there are MeSH headings."""

NOTES = _pattern(
    _maybe(rf"{_S}</MeshHeadingList>{_S}"),
    _maybe(_leaf("NumberOfReferences")),
    f"({_kept('PersonalNameSubjectList')})",
    f"({_kept('OtherID')})({_kept('OtherAbstract')})({_kept('KeywordList')})",
    _maybe(_whole("CoiStatement")),
    f"({_kept('SpaceFlightMission')}{_kept('InvestigatorList')}{_kept('GeneralNote')})",
    rf"</MedlineCitation>{_S}<PubmedData>{_S}(<History>)?",
)
"""The number of references, personal subjects, other ids, other abstracts, keywords, the statement of interests,
missions with investigators and notes, whether there is a history."""

END = _pattern(
    _maybe(rf"{_S}</History>{_S}"),
    _maybe(_leaf("PublicationStatus")),
    _maybe(rf"<ArticleIdList>{_S}((?:<ArticleId [^<>]*+>[^<]*+</ArticleId>{_S})*+)</ArticleIdList>{_CUT}"),
    rf"</PubmedData>{_S}</PubmedArticle>{_S}\Z",
)
"""The state of publication, and the article's ids."""


def _items(*parts: str) -> re.Pattern[bytes]:
    """One item after the other of a list; where something else stands, a single byte of it, and no group says more."""
    return _pattern(*parts, r"|[\s\S]")


SECTION = _items(rf"<AbstractText{_ATTRIBUTES}>({_inner('AbstractText')})</AbstractText>{_S}")
"""A section of an abstract: attributes, words."""

COPYRIGHT = _pattern(_whole("CopyrightInformation"), r"\Z")

AUTHOR = _items(
    r"<Author(?: ValidYN=\"([YN])\")?(?: EqualContrib=\"([YN])\")?>",
    _S,
    rf"(?:{_leaf('LastName')}{_maybe(_leaf('ForeName'))}{_maybe(_leaf('Initials'))}{_maybe(_leaf('Suffix'))}"
    rf"|{_leaf('CollectiveName')})",
    rf"((?:<Identifier[ >][^<]*+</Identifier>{_S})*+)",
    f"({_kept('AffiliationInfo')})",
    rf"</Author>{_S}",
)
"""Two flags, four names, a group's name, identifiers, affiliations."""

GRANT = _items(
    rf"<Grant>{_S}",
    *(_maybe(_leaf(name)) for name in ("GrantID", "Acronym", "Agency", "Country")),
    rf"</Grant>{_S}",
)

COMMENT = _items(
    rf"<CommentsCorrections RefType=\"([^\"<\t\r\n]*+)\">{_S}",
    _leaf("RefSource"),
    _maybe(rf"<PMID Version=\"([0-9]{{1,9}})\">([0-9]{{1,12}})</PMID>{_S}"),
    _maybe(_leaf("Note")),
    rf"</CommentsCorrections>{_S}",
)
"""Kind, citation, version and PMID, note."""

KEYWORDS = _pattern(_whole("KeywordList", _ATTRIBUTES), r"\Z")
"""A single list of keywords: attributes, keywords."""

KEYWORD = _items(rf"<Keyword{_ATTRIBUTES}>({_inner('Keyword')})</Keyword>{_S}")

IDENTIFIER = _items(
    r"<((ELocationID|OtherID|ArticleId)(?:\s[^<>]*+)?+)(?<!/)>([^<]*+)",
    rf"</\2>{_S}",
)
"""Name with attributes, name, words."""

MARKUP = _pattern(
    r"<(/?)(i|b|u|sub|sup|DispFormula|mml:[A-Za-z]++)"
    r"((?:\s++(?!xmlns)[A-Za-z]++=\"[^\"<>]*+\"|\s++xmlns:mml=\"http://www\.w3\.org/1998/Math/MathML\")*+)\s*+(/?)>"
)
"""A tag of markup in words: whether it ends, name, attributes, whether it is empty."""
