"""Notices that name their paper by its title alone: "Erratum: <title> (Lancet Ex (2023) 10:2 (100-110))"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.duplicates.kinds import RELATION_OF, kind_of
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE
from trialhouse.resolution.titles import LONG_ENOUGH, letters

CONFIDENCE = 0.9
"""A notice whose whole title is that of one paper, behind the word for it; nothing else of the two was compared."""

_PAPERS = (DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, None)
"""What a notice is about: a preprint, a page of news or a registration may have the title of the paper too."""

_BEFORE_TITLE = re.compile(
    r"\W{0,3}(?:(?:author|publisher|editorial)(?:[’'`]?s)? )?(?:erratum|errata|corrigend(?:um|a)|corrections?|addendum|"
    r"(?:notice of )?retraction(?: note| notice)?|(?:editorial )?expression of (?:editorial )?concern)"
    r"(?: (?:to|of|for|on|about))?(?:\s?[:.–—]|(?=\s?[“\"‘']))\s*",
    re.I,
)
_PLACE = re.compile(r"\s*[\[(](?:[^()\[\]]|[\[(][^()\[\]]*[\])])*[\])]\W*\Z")
"""Where the paper stands, in brackets behind its title."""
_OF_VOLUME = re.compile(
    r"\s*[\[(](?:(?:[a-z]+ ){1,3}(?:of|to|for|in|about) )?vol(?:ume|\.)?\s?\d[^()\[\]]*[\])]\W*\Z", re.I
)
"""What the Web of Science puts behind it instead of a word before it: "(Retraction of vol 123, pg 775, 2013)"."""

_NAMED_IN_ITS_JOURNAL = 12
"""Letters of a title that is too short to name one paper among all, and long enough within one journal."""


def tie_by_title(documents: Sequence[Document], stated: Iterable[DocumentRelationRow]) -> Iterator[DocumentRelationRow]:
    """What each notice does to the paper whose title it has, where it names none by an identifier and one paper has it.

    Records of one paper share its DOI or its PMID; titles of two papers tie nothing.
    """
    said = {row.from_document_id for row in stated if row.relation in STATUS_OF_NOTICE}
    papers: dict[str, list[Document]] | None = None
    for notice in documents:
        if notice.kind is not DocumentKind.NOTICE or notice.document_id in said or _names_paper(notice):
            continue
        relation = RELATION_OF.get(kind_of(notice.title or "", "", "", "", ""))
        if relation not in STATUS_OF_NOTICE:
            continue
        if papers is None:  # most sets of documents have no such notice
            papers = _by_title(documents)
        for paper in _one_paper(papers, notice):
            yield DocumentRelationRow(
                from_document_id=notice.document_id,
                to_document_id=paper.document_id,
                relation=relation,
                method="named by its title",
                confidence=CONFIDENCE,
            )


def _names_paper(notice: Document) -> bool:
    """Whether a notice names its paper by an identifier, which may be that of a paper that is not there."""
    return any(one.relation in STATUS_OF_NOTICE for one in notice.relations)


def _by_title(documents: Sequence[Document]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.kind in _PAPERS and document.title:
            found[letters(document.title)].append(document)
    return found


def _one_paper(papers: dict[str, list[Document]], notice: Document) -> Sequence[Document]:
    """The records of the only paper with the title that a notice names; none where there is none or are several.

    A short title is looked for in the notice's own journal alone.
    """
    title = notice.title or ""
    before, behind = _BEFORE_TITLE.match(title), _OF_VOLUME.search(title)
    if before is None and behind is None:
        return ()
    named = title[before.end() if before else 0 : behind.start() if behind else len(title)]
    for words in dict.fromkeys((letters(named), letters(_PLACE.sub("", named)))):
        records: Sequence[Document] = papers.get(words, ())
        if len(words) < LONG_ENOUGH:
            journal = letters(notice.journal or "") if len(words) >= _NAMED_IN_ITS_JOURNAL else ""
            records = [one for one in records if journal and letters(one.journal or "") == journal]
        if records:
            return records if _are_one(records) else ()
    return ()


def _are_one(records: Sequence[Document]) -> bool:
    """Whether records are of one paper: there is one of them, or all have the same DOI, or the same PMID."""
    same = [{(one.doi or "").lower() for one in records}, {one.pmid or "" for one in records}]
    return len(records) == 1 or any(len(values) == 1 and "" not in values for values in same)
