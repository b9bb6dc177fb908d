"""Abstracts of meetings and their papers: a document that is typed as one, and the only paper with its title.

An abstract often counts fewer participants than the paper does, since the trial went on: that parts them no further.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.presentations import type_of_meeting
from trialhouse.resolution.profiles import against, profile_of
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.ties import own_papers
from trialhouse.resolution.titles import LONG_ENOUGH, are_alike, letters

METHOD = "abstract of a meeting by its type, the only paper with its title"
CONFIDENCE = 0.9

_PAPERS = frozenset({DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PORTAL})
_MOST_YEARS = 5
"""So many years after the meeting its paper may be out; one that was out before is another one."""


def conference_abstracts(
    readings: Iterable[Reading], relations: Sequence[DocumentRelationRow]
) -> Iterator[DocumentRelationRow]:
    """The relation of each abstract of a meeting to the records of its paper, but for those that are known.

    The paper is the only one with that title, and nothing but its size speaks against it: two papers with one title
    are of two trials, and nobody knows which of them was presented.
    """
    titled: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        title = letters(reading.document.title or "")
        if reading.document.kind in _PAPERS and len(title) >= LONG_ENOUGH:
            titled[title[:LONG_ENOUGH]].append(reading)
    copies = _copies(relations)
    known = {(row.from_document_id, row.to_document_id) for row in relations}
    for alike in titled.values():
        presented = [one for one in alike if type_of_meeting(one.document)]
        papers = [one for one in alike if not type_of_meeting(one.document)] if presented else []
        for abstract in presented:
            fitting = [paper for paper in papers if _fit(abstract, paper)]
            if len({_paper(one.document, fitting, copies) for one in fitting}) == 1:
                yield from (
                    DocumentRelationRow(
                        from_document_id=abstract.document.document_id,
                        to_document_id=paper.document.document_id,
                        relation=Relation.CONFERENCE_ABSTRACT_OF,
                        method=METHOD,
                        confidence=CONFIDENCE,
                    )
                    for paper in fitting
                    if (abstract.document.document_id, paper.document.document_id) not in known
                )


def _fit(abstract: Reading, paper: Reading) -> bool:
    """Whether a paper may be what was presented: by title, years, registry ids, and what both tell of their trials."""
    one, other = abstract.document, paper.document
    if not are_alike(letters(one.title or ""), letters(other.title or "")):
        return False
    if one.published and other.published and not 0 <= int(other.published[:4]) - int(one.published[:4]) <= _MOST_YEARS:
        return False
    told = [_told(mentions_of(reading)) for reading in (abstract, paper)]
    return not all(told) or not against(*(profile_of(mentions) for mentions in told))


def _told(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without the number of participants: more of them took part when the paper was written."""
    return [
        Mention(
            one.document,
            one.claims.model_copy(update={"trial": one.claims.trial.model_copy(update={"enrollment": None})}),
            one.extractor,
            one.extractor_version,
            one.number,
        )
        for one in mentions
    ]


def _paper(document: Document, among: Sequence[Reading], copies: Mapping[str, str]) -> str:
    """The first of these documents that is a record of the same paper: by an identifier, or found to be a copy."""
    own = set(own_papers(document))
    first = copies.get(document.document_id, document.document_id)
    return min(
        one.document.document_id
        for one in among
        if copies.get(one.document.document_id, one.document.document_id) == first or own & {*own_papers(one.document)}
    )


def _copies(relations: Iterable[DocumentRelationRow]) -> dict[str, str]:
    """What each copy is a copy of."""
    return {row.from_document_id: row.to_document_id for row in relations if row.relation is Relation.DUPLICATE_OF}
