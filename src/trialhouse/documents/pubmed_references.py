"""The reference list of a PubMed record: where it stands, and one identifier of each reference.

It is most of a modern record, and nothing but its identifiers is read: as long as only references stand in it, it is
left out of the tree and looked through as text. References of the usual form are read in one pass, which ends at the
first of another form. Registry ids may stand in the words of a reference.
"""

import re
from itertools import chain
from typing import Any

from trialhouse.documents.pubmed_elements import INLINE
from trialhouse.documents.written_identifiers import scheme_and_value
from trialhouse.model.document import Identifier
from trialhouse.model.identifiers import find_registry_ids
from trialhouse.text.lazy_patterns import lazy_compile

_FOREIGN = lazy_compile(
    rf"<(?!/|ArticleId[\s>]|Reference[\s>]|Citation[\s/>]|ArticleIdList[\s/>]|ReferenceList[\s>]|Title[\s/>]"
    rf"|(?:{'|'.join(sorted(INLINE))})[\s/>]|mml:)"
)
"""A tag in a reference list that is none of those that belong there, a comment too."""

_ARTICLE_IDS = r"(?:<ArticleId IdType=\"[a-z]++\">[^<]*+</ArticleId>\s*+)*+"
_OTHER_IDS = _ARTICLE_IDS.replace("[a-z]", '(?!pubmed\\")[a-z]')
_OPENING = lazy_compile(r"<ReferenceList>(?:\s*+<Title>[^<]*+</Title>)?+(?:\s*+<ReferenceList>)?+")
_REFERENCE = lazy_compile(
    r"\s*+<Reference>\s*+<Citation>[^<]*+(?:</?(?:i|b|u|sub|sup)>[^<]*+)*+</Citation>\s*+"
    rf"(?:(<ArticleIdList>\s*+{_OTHER_IDS}"
    r"(?:<ArticleId IdType=\"pubmed\">\s*+0*+([1-9][0-9]{0,7})\s*+</ArticleId>\s*+)?+"
    rf"{_ARTICLE_IDS}</ArticleIdList>)\s*+)?+</Reference>|.+",
    re.S,
)
"""A reference of the usual form: its list of ids, and the PMID in that. Or, at once, all that is left behind the last
such one, so that the references of a search follow each other without a look at where each begins.
"""

# Nearly every list has a PMID, as the only id or behind others: group 2 takes it in passing. Any other is looked into.
_ID_LIST = lazy_compile(
    r"(<ArticleIdList>(?:\s*<ArticleId IdType=\"(?!pubmed\")[a-z]+\">[^<]*</ArticleId>)*+"
    r"\s*<ArticleId IdType=\"pubmed\">\s*0*([1-9][0-9]{0,7})\s*</ArticleId>"
    r"|<ArticleIdList[^<>]*>[^<]*(?:</?ArticleId\b[^<>]*>[^<]*)*)"
)
# PubMed writes 0 for a reference that it does not know.
_CITED_PMID = lazy_compile(r"IdType\s*=\s*[\"']pubmed[\"'][^<>]*>\s*0*([1-9][0-9]{0,7})\s*<")
_CITED_DOI = lazy_compile(r"IdType\s*=\s*[\"']doi[\"'][^<>]*>\s*(10\.[^<]+?)\s*<")

# Nearly every registry id has one of these, as references write it (ISRCTN, EudraCT, ChiCTR and jRCT too). A pattern
# that begins with its letters takes no time on the lists without them; all forms of ids would take as long as all else.
_REGISTERED = (
    lazy_compile(r"CT[A-Z]{0,3}[^<>]{0,8}?[0-9]"),
    lazy_compile(r"DRKS[^<>]{0,4}[0-9]"),
    lazy_compile(r"UMIN0"),
)
_AROUND = 80
"""Characters around such a sign that hold the whole id, and what it may be a part of."""

_END = "</ReferenceList>"


class ReferenceList:
    """The reference list of a record; `span` is empty and at the end of the text where there is none."""

    def __init__(self, text: str, bare: str, start: int) -> None:
        """`bare` is the text without what is hidden; the record begins at `start`."""
        self._text = text
        self.span = self.left_out = (len(text), len(text))
        self._usual: list[re.Match[str]] = []
        opened = bare.find("<ReferenceList", start)
        closed = bare.rfind(_END, opened) if opened >= 0 else -1
        if closed >= 0:
            self.span = opened, closed + len(_END)
        self._unusual = [self.span]
        """The stretches that hold no reference of the usual form: before the first, and behind the last."""
        if closed >= 0 and (bare is text or bare[slice(*self.span)] == text[slice(*self.span)]):
            self._take_usual()
            if not any(_FOREIGN.search(text, *stretch) for stretch in self._unusual):
                self.left_out = self.span

    def _take_usual(self) -> None:
        """Read the references up to the first that has not the usual form."""
        left, right = self.span
        opening = _OPENING.match(self._text, left, right)
        first = opening.end() if opening else left
        *self._usual, rest = _REFERENCE.finditer(self._text, first, right)
        self._unusual = [(left, first), (rest.start(), right)]

    def identifiers(self) -> list[Identifier]:
        """One identifier of each reference: its PMID, else its DOI; each document once."""
        once: dict[str, dict[str, Any]] = {}
        unusual = (found for stretch in self._unusual for found in _ID_LIST.finditer(self._text, *stretch))
        for found in chain(self._usual, unusual):
            ids, pmid = found.groups()
            if pmid is None:
                named = _named_in(ids, found.start(1)) if ids else None
                if named is not None:
                    once.setdefault(named["value"], named)
            elif pmid not in once:
                start, end = found.span(2)
                once[pmid] = {"scheme": "pmid", "value": pmid, "registry": None, "start": start, "end": end}
        return Identifier.unchecked_all(list(once.values()))

    def registry_ids(self) -> list[Identifier]:
        """The registry ids in the words of the references: of other trials, or the paper's own by its record's page."""
        left, right = self.span
        once: dict[int, Identifier] = {}
        for sign in (sign for pattern in _REGISTERED for sign in pattern.finditer(self._text, left, right)):
            start, end = max(left, sign.start() - _AROUND), min(right, sign.end() + _AROUND)
            for one in find_registry_ids(self._text[start:end]):
                at = one.start + start
                if at not in once or once[at].end < one.end + start:  # not one that its window cut
                    once[at] = one.model_copy(update={"start": at, "end": one.end + start})
        return [one for _, one in sorted(once.items())]


def _named_in(ids: str, at: int) -> dict[str, Any] | None:
    """The fields of what a reference's list of ids names, its PMID before its DOI; the list begins at a place of the
    text.
    """
    found = _CITED_PMID.search(ids) if "pubmed" in ids else None
    named = ("pmid", found[1]) if found else None
    if found is None and "doi" in ids and (found := _CITED_DOI.search(ids)):
        named = scheme_and_value("doi", found[1])
    if found is None or named is None:
        return None
    start, end = found.span(1)
    return {"scheme": named[0], "value": named[1], "registry": None, "start": at + start, "end": at + end}
