"""The long lists of a PubMed record that are not read as elements: people, index terms, grants, the record's history.

The names of authors are read from the characters of the file (see `pubmed_publication`).
They are half of what is left of a record without its references, and a tree of their elements costs more than all that
is read of it. A list that consists of nothing but known elements in the order in which the library writes them is well
formed by that, so its content is left out of the tree. Any other is parsed like the rest, and what is odd in it told.
"""

from trialhouse.text.lazy_patterns import lazy_compile

_S = r"[ \t\r\n]*+"
_CHARACTERS = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
"""Without those that XML forbids."""
_ENTITY = r"&(?:amp|lt|gt|quot|apos|#x[1-9A-Ca-c][0-9A-Fa-f]{3}|#x[2-9A-Fa-f][0-9A-Fa-f]|#[1-9][0-9]{2,3});"
"""One that XML has, or the number of a character that it allows."""
_WORDS = rf"{_CHARACTERS}(?:{_ENTITY}{_CHARACTERS})*+"
_VALUE = r"\"[^<>&\"\x00-\x1f\ufffe\uffff]*+\""


def _leaf(name: str, attributes: str = "") -> str:
    return rf"<{name}{attributes}>{_WORDS}</{name}>{_S}"


def _maybe(*names: str) -> str:
    return "".join(f"(?:{_leaf(name)})?+" for name in names)


def _several(pattern: str) -> str:
    return f"(?:{pattern})*+"


def _element(name: str, content: str, attributes: str = "") -> str:
    return rf"<{name}{attributes}>{_S}{content}</{name}>{_S}"


_IDENTIFIERS = _several(_leaf("Identifier", f" Source={_VALUE}"))
_PERSON = (
    _maybe("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")
    + _IDENTIFIERS
    + _several(_element("AffiliationInfo", _leaf("Affiliation") + _IDENTIFIERS))
)
_FLAGS = r"(?: ValidYN=\"[YN]\")?(?: EqualContrib=\"[YN]\")?"
_TERM = rf"(?: UI={_VALUE})?(?: MajorTopicYN=\"[YN]\")?(?: Type={_VALUE})?"
_COMPLETE = r"(?: CompleteYN=\"[YN]\")?"
_DAY = _maybe("Year", "Month", "Day", "Hour", "Minute", "Second")

_LISTS = {
    f"AuthorList{_COMPLETE}(?: Type={_VALUE})?": _element("Author", _PERSON, _FLAGS),
    f"GrantList{_COMPLETE}": _element("Grant", _maybe("GrantID", "Acronym", "Agency", "Country")),
    "ChemicalList": _element("Chemical", _maybe("RegistryNumber") + _leaf("NameOfSubstance", _TERM)),
    "MeshHeadingList": _element(
        "MeshHeading", _leaf("DescriptorName", _TERM) + _several(_leaf("QualifierName", _TERM))
    ),
    f"KeywordList(?: Owner={_VALUE})?": _leaf("Keyword", _TERM),
    "InvestigatorList": _element("Investigator", _PERSON, _FLAGS),
    "MedlineJournalInfo": _maybe("Country", "MedlineTA", "NlmUniqueID", "ISSNLinking"),
    "DateCompleted": _DAY,
    "DateRevised": _DAY,
    "History": _element("PubMedPubDate", _DAY, f" PubStatus={_VALUE}"),
}
"""The start tag of each list, and what it is a row of."""

_LIST = lazy_compile("<(?:" + "|".join(f"{tag}>{_S}({_several(row)})</" for tag, row in _LISTS.items()) + ")")


def unread_lists(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the contents of such lists between two places, in order; comments may not stand in the text."""
    return [found.span(found.lastindex or 0) for found in _LIST.finditer(text, start, end)]
