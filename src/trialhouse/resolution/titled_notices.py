"""Notices that name their paper by its title alone: "Erratum: <title> (Lancet Ex (2023) 10:2 (100-110))".

Some have a citation for it: "Notice of Retraction: Olsen E, et al. <title>. Ex J. 2020;10(2):1450", or the same in the
text below "Department of Error".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.tables import DocumentRelationRow, DoubtfulPairRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.duplicates.kinds import RELATION_OF, kind_of
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE
from trialhouse.resolution.titles import LONG_ENOUGH, letters
from trialhouse.text.lazy_patterns import lazy_compile

CONFIDENCE = 0.9
"""A notice whose whole title is that of one paper, behind the word for it; nothing else of the two was compared."""

METHOD = "named by its title"

_PAPERS = (DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, None)
"""What a notice is about: a preprint, a page of news or a registration may have the title of the paper too."""

_WORD = (
    r"(?:(?:author|publisher|editorial)(?:[’'`]?s)? )?(?:erratum|errata|corrigend(?:um|a)|corrections?|addendum|"
    r"(?:notice of )?retraction(?: note| notice)?|(?:editorial )?expression of (?:editorial )?concern)"
    r"(?: (?:to|of|for|on|about))?"
)
_BEFORE_TITLE = lazy_compile(rf"\W{{0,3}}{_WORD}(?:\s?[:.‐–—-]|(?=\s?[“\"‘']))\s*", re.I)
_HYPHENED = lazy_compile(rf"\W{{0,3}}{_WORD}\s?[‐–—-]", re.I)
"""A word that a hyphen, put for a dash, sets off from the paper's title: it may also be a part of a word, as in
"Retraction-induced injury". What stands behind it tells."""
_PLACE = lazy_compile(r"\s*[\[(](?:[^()\[\]]|[\[(][^()\[\]]*[\])])*[\])]\W*\Z")
"""Where the paper stands, in brackets behind its title."""
_OF_VOLUME = lazy_compile(
    r"\s*[\[(](?:(?:[a-z]+ ){1,3}(?:of|to|for|in|about) )?vol(?:ume|\.)?\s?\d[^()\[\]]*[\])]\W*\Z", re.I
)
"""What the Web of Science puts behind it instead of a word before it: "(Retraction of vol 123, pg 775, 2013)"."""

_MARK = lazy_compile(
    r"\A\W{0,3}(?:retracted|withdrawn)(?: (?:article|paper|manuscript|preprint))?\W{0,2}?(?:[:.\])]|\s?[–—-]\s)\s*",
    re.I,
)
"""What a publisher puts before the title of a paper that it retracted; the notice has the title as it was."""

_NAMED_IN_ITS_JOURNAL = 12
"""Letters of a title that is too short to name one paper among all, and long enough within one journal."""


_SENTENCE = lazy_compile(r"(?<=[.?!])[\s\"”]+|\n+|\s[-–—]\s")
"""What parts the authors, the title and the journal of a citation."""
_CITATION = 1_500
"""Characters of a notice's text within which it cites its paper."""
_IN_PARTS = 4
"""Into so many sentences a title falls at most ("Safety of X vs. Y. A trial")."""


def tie_by_title(
    documents: Sequence[Document], stated: Iterable[DocumentRelationRow]
) -> tuple[list[DocumentRelationRow], list[DoubtfulPairRow]]:
    """What each notice does to the paper whose title it has, where it names none by an identifier and one paper has it.

    Records of one paper share its DOI or its PMID; titles of two papers tie nothing and are pairs in doubt. A document
    that its record calls no notice is one where a word for notices and a dash stand before the title of another.
    """
    said = {row.from_document_id for row in stated if row.relation in STATUS_OF_NOTICE}
    notices = [(one, relation) for one in documents if one.document_id not in said and (relation := _does(one))]
    ties: list[DocumentRelationRow] = []
    doubtful: list[DoubtfulPairRow] = []
    papers = _by_title(documents) if notices else {}
    for notice, relation in notices:
        records = _papers_of(papers, notice)
        if _are_one(records):
            ties += (_tie(notice, paper, relation) for paper in records)
        else:
            doubtful += (_doubt(notice, paper) for paper in records)
    return ties, doubtful


def _does(document: Document) -> Relation | None:
    """What a notice does that names its paper by no identifier, which may be that of a paper that is not there."""
    title = document.title or ""
    is_notice = document.kind is DocumentKind.NOTICE or (document.kind in _PAPERS and _HYPHENED.match(title))
    if not is_notice or any(one.relation in STATUS_OF_NOTICE for one in document.relations):
        return None
    relation = RELATION_OF.get(kind_of(title, "; ".join(document.publication_types), "", "", ""))
    return relation if relation in STATUS_OF_NOTICE else None


def _tie(notice: Document, paper: Document, relation: Relation) -> DocumentRelationRow:
    return DocumentRelationRow(
        from_document_id=notice.document_id,
        to_document_id=paper.document_id,
        relation=relation,
        method=METHOD,
        confidence=CONFIDENCE,
    )


def _doubt(notice: Document, paper: Document) -> DoubtfulPairRow:
    left, right = sorted((notice.document_id, paper.document_id))
    return DoubtfulPairRow(
        subject=PairSubject.DOCUMENT,
        left_id=left,
        right_id=right,
        left_document_id=left,
        right_document_id=right,
        method="notice_title",
        score=None,
        reason="a notice, and one of several papers that have the title which it names: which one is meant is not said",
    )


def _by_title(documents: Sequence[Document]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.kind in _PAPERS and document.title:
            for title in {letters(document.title), letters(_MARK.sub("", document.title))}:
                found[title].append(document)
    return found


def _papers_of(papers: dict[str, list[Document]], notice: Document) -> Sequence[Document]:
    """The records with the title that a notice names, behind its word or in a citation of its title or its text.

    A short title is looked for in the notice's own journal alone.
    """
    title = notice.title or ""
    before, behind = _BEFORE_TITLE.match(title), _OF_VOLUME.search(title)
    named = title[before.end() if before else 0 : behind.start() if behind else len(title)]
    for words in dict.fromkeys((letters(named), letters(_PLACE.sub("", named)))) if before or behind else ():
        records: Sequence[Document] = papers.get(words, ())
        if len(words) < LONG_ENOUGH:
            journal = letters(notice.journal or "") if len(words) >= _NAMED_IN_ITS_JOURNAL else ""
            records = [one for one in records if journal and letters(one.journal or "") == journal]
        if records:
            return records
    if notice.kind is not DocumentKind.NOTICE:
        return ()
    return list(_cited(papers, named)) or list(_cited(papers, _words_of(notice)[:_CITATION]))


def _words_of(document: Document) -> str:
    return document.text if document.prose is None else document.prose.text


def _cited(papers: dict[str, list[Document]], words: str) -> Iterator[Document]:
    """The records whose whole long title stands in a citation, with the journal or the year of the paper behind it."""
    ends = [0, *(found.end() for found in _SENTENCE.finditer(words)), len(words)]
    for (first, start), (last, end) in combinations(enumerate(ends), 2):
        if last - first > _IN_PARTS:
            continue
        title, rest = letters(words[start:end].rstrip(" -–—\n")), letters(words[end:])
        for paper in papers.get(title, ()) if len(title) >= LONG_ENOUGH else ():
            known = (letters(paper.journal or ""), (paper.published or "")[:4])
            if any(one and f" {one} " in f" {rest} " for one in known):
                yield paper


def _are_one(records: Sequence[Document]) -> bool:
    """Whether records are of one paper: one, or all with the same DOI, or the same PMID."""
    same = [{(one.doi or "").lower() for one in records}, {one.pmid or "" for one in records}]
    return len(records) == 1 or any(len(values) == 1 and "" not in values for values in same)
