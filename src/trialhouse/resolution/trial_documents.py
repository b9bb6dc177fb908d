"""The rows of trial_documents: what each document is to a trial, and why it was linked; and the pairs left in doubt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.relation_words import verb_of
from trialhouse.model.tables import DocumentRelationRow, DoubtfulPairRow, RowSet, TrialDocumentRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE
from trialhouse.resolution.judged_documents import JudgedDocuments
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.reviews import Reviews
from trialhouse.resolution.roles import roles_of
from trialhouse.resolution.ties import Key, own_papers
from trialhouse.resolution.trials import Cluster


def add_links(cluster: Cluster, rows: RowSet) -> None:
    """Add what each document of a trial is to it, and why it was linked; one that reports it twice is linked once."""
    linked: set[str] = set()
    for mention, link, role in zip(cluster.mentions, cluster.links, roles_of(cluster.mentions), strict=True):
        if mention.document.document_id not in linked:
            linked.add(mention.document.document_id)
            rows.add(link_row(cluster.trial_id, mention.document, role, link))


NoticesAbout = Mapping[str, Sequence[DocumentRelationRow]]
"""What notices say, by the id of the document that they are about."""


def notices_by_document(relations: Iterable[DocumentRelationRow]) -> NoticesAbout:
    """The relations that are those of a notice to what it is about."""
    about: dict[str, list[DocumentRelationRow]] = defaultdict(list)
    for row in relations:
        if row.relation in STATUS_OF_NOTICE:
            about[row.to_document_id].append(row)
    return about


def add_notices(cluster: Cluster, notices: NoticesAbout, rows: RowSet) -> None:
    """Add the notices about a trial's documents, as links without a role.

    A notice names a paper, which a trial may have as an abstract and as a full text: it is one link, by the gravest
    thing that it says.
    """
    own = {mention.document.document_id for mention in cluster.mentions}
    gravity = {relation: place for place, relation in enumerate(STATUS_OF_NOTICE)}
    about = [row for document_id in sorted(own) for row in notices.get(document_id, ())]
    gravest: dict[str, DocumentRelationRow] = {}
    for row in sorted(about, key=lambda row: (gravity[row.relation], row.to_document_id)):
        gravest.setdefault(row.from_document_id, row)
    rows.extend(
        TrialDocumentRow(
            trial_id=cluster.trial_id,
            document_id=row.from_document_id,
            role=None,
            method=row.relation,
            confidence=row.confidence,
            reason=f"{verb_of(row.relation)} {row.to_document_id}, a document of the trial",
        )
        for row in gravest.values()
    )


def add_reviews(
    readings: Iterable[Reading], reviews: Reviews, trials: Sequence[Cluster], rows: RowSet, judged: JudgedDocuments
) -> None:
    """Link each document on several trials, and each comment, to the trials that it names by registry id, that list
    it, or whose papers it cites or comments on; and to that which a person said, of which it reports nothing either. A
    page that cites one paper on several trials is news of each.

    An id that two trials have (one protocol that is registered as two studies) names neither of them.
    """
    having: dict[Key, set[str]] = defaultdict(set)
    for trial in trials:
        named = [key for key in trial.keys if key[0] == "registry"]
        papers = (mention.document for mention in trial.mentions if mention.document.kind is not DocumentKind.NEWS)
        for key in (*named, *(key for document in papers for key in own_papers(document))):
            having[key].add(trial.trial_id)
    of_several: dict[Key, set[str]] = defaultdict(set)
    for reading in sorted(readings, key=lambda reading: reading.document.kind is DocumentKind.NEWS):
        document = reading.document
        review = reviews.get(document)
        if review is None:
            continue
        links = [(having.get(key, set()), link) for key, link in review.links(document)]
        if document.kind is DocumentKind.NEWS:
            cited = ((key, link) for key, link in review.links(document) if key in of_several)
            links += [({trial_id}, link) for key, link in cited for trial_id in sorted(of_several[key])]
        if document.document_id in judged.same:
            trial_id, said = judged.same[document.document_id]
            links = [({trial_id}, said), *links]
        linked: set[str] = set()
        for found, link in links:
            if len(found) == 1 and not found & linked and not judged.are_apart(document.document_id, min(found)):
                linked |= found
                rows.add(link_row(min(found), document, review.role_of(document), link))
        for key in own_papers(document) if review.is_of_each else ():
            of_several[key] |= linked


def doubtful_pairs(doubts: Iterable[Doubt], trials: Iterable[Cluster]) -> Iterator[DoubtfulPairRow]:
    """The pairs of trials that may be one, each once by each method: the most likely reason is kept."""
    of = {mention.name: trial.trial_id for trial in trials for mention in trial.mentions}
    seen: set[tuple[str, str, str]] = set()
    for doubt in sorted(doubts, key=lambda one: (-one.score, one.method, one.reason, one.left, one.right)):
        ends = [(of[doubt.left], doubt.left_document_id), (of[doubt.right], doubt.right_document_id)]
        (left, left_document), (right, right_document) = sorted(ends)
        if left != right and (left, right, doubt.method) not in seen:
            seen.add((left, right, doubt.method))
            yield DoubtfulPairRow(
                subject=PairSubject.TRIAL,
                left_id=left,
                right_id=right,
                left_document_id=left_document,
                right_document_id=right_document,
                method=doubt.method,
                score=doubt.score,
                reason=doubt.reason,
            )


def link_row(trial_id: str, document: Document, role: TrialRole | None, link: Link) -> TrialDocumentRow:
    """The row of a document that is linked to a trial."""
    return TrialDocumentRow(
        trial_id=trial_id,
        document_id=document.document_id,
        role=role,
        method=link.method,
        confidence=link.confidence,
        reason=link.reason,
    )
