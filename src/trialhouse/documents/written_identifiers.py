"""Identifiers of papers that stand by themselves: in an element, a field or a list of ids that says which they are."""

from trialhouse.model.document import Identifier
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.xml_stretches import character

_ENTITY = lazy_compile(r"&([^;&<]{1,32});")
_PMID = lazy_compile(r"0*([1-9][0-9]{0,7})")
_PMCID = lazy_compile(r"PMC[0-9]{1,9}")
_DOI = lazy_compile(r"10\.[0-9]{4,9}[0-9.]{0,20}/\S{1,250}")


def identifier(kind: str, written: str, start: int, end: int) -> Identifier | None:
    """An identifier of a paper ("pubmed", "doi" or "pmc") that is written by itself; None for what is none."""
    named = scheme_and_value(kind, written)
    return Identifier(scheme=named[0], value=named[1], start=start, end=end) if named else None


def scheme_and_value(kind: str, written: str) -> tuple[str, str] | None:
    """The scheme and the value of an identifier as `identifier` gives it."""
    bare = _ENTITY.sub(lambda found: character(found[1]), written) if "&" in written else written
    if kind == "pubmed":
        number = _PMID.fullmatch(bare)
        return ("pmid", number[1]) if number else None
    if kind == "pmc":
        named = _PMCID.match(bare)
        return ("pmcid", named[0]) if named else None
    return ("doi", bare) if _DOI.fullmatch(bare) else None
