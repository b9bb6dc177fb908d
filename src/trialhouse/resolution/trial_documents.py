"""The rows of trial_documents: what each document is to a trial, and why it was linked; and the pairs left in doubt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.tables import DocumentRelationRow, DoubtfulPairRow, RowSet, TrialDocumentRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE
from trialhouse.resolution.link_reasons import Link, by_citation, by_citation_of_several, by_paper
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.reviews import PAGE_BESIDE_UNKNOWN, PAGE_ON_SEVERAL, Reviews
from trialhouse.resolution.roles import roles_of
from trialhouse.resolution.ties import Key, cited_papers, own_papers
from trialhouse.resolution.titles import are_alike, letters
from trialhouse.resolution.trials import Cluster


def add_links(cluster: Cluster, rows: RowSet) -> None:
    """Add what each document of a trial is to it, and why it was linked; one that reports it twice is linked once."""
    linked: set[str] = set()
    for mention, link, role in zip(cluster.mentions, cluster.links, roles_of(cluster.mentions), strict=True):
        if mention.document.document_id not in linked:
            linked.add(mention.document.document_id)
            rows.add(_row(cluster.trial_id, mention.document, role, link))


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
            reason=f"{row.relation} {row.to_document_id}, a document of the trial",
        )
        for row in gravest.values()
    )


def add_reviews(readings: Iterable[Reading], reviews: Reviews, trials: Sequence[Cluster], rows: RowSet) -> None:
    """Link each document on several trials to those that it names by registry id, that list it, and whose papers a
    page cites.

    An id that two trials have (one protocol that is registered as two studies) names neither of them.
    """
    having: dict[Key, set[str]] = defaultdict(set)
    for trial in trials:
        named = [key for key in trial.keys if key[0] == "registry"]
        papers = (mention.document for mention in trial.mentions if mention.document.kind is not DocumentKind.NEWS)
        for key in (*named, *(key for document in papers for key in own_papers(document))):
            having[key].add(trial.trial_id)
    for reading in readings:
        review = reviews.get(reading.document)
        linked: set[str] = set()
        for key, link in review.links(reading.document) if review else ():
            found = having.get(key, set())
            if review and len(found) == 1 and not found & linked:
                linked |= found
                rows.add(_row(min(found), reading.document, review.role_of(reading.document), link))


def add_records(readings: Iterable[Reading], reviews: Reviews, trials: Sequence[Cluster], rows: RowSet) -> None:
    """Link the records of a trial's papers from which no trial was read, as an entry of an index without an abstract,
    and news pages that tell nothing of a trial but which papers they are about.
    """
    owners: dict[Key, list[tuple[Cluster, Mention]]] = defaultdict(list)
    reporting: set[str] = set()
    for trial in trials:
        for mention in trial.mentions:
            reporting.add(mention.document.document_id)
            for key in own_papers(mention.document) if mention.name == mention.document.document_id else ():
                owners[key].append((trial, mention))
    for reading in readings:
        document = reading.document
        if document.kind is DocumentKind.NOTICE or document.document_id in reporting or reviews.get(document):
            continue
        if document.kind is DocumentKind.NEWS:
            rows.extend(_news(document, owners))
            continue
        found = [(key, *owner) for key in own_papers(document) for owner in owners.get(key, ())]
        found = [one for one in found if one[0][0] != "doi" or _may_be_one_paper(document, one[2].document)]
        if len({trial.trial_id for _, trial, _ in found}) == 1:
            key, trial, mention = found[0]
            role = roles_of(trial.mentions)[trial.mentions.index(mention)] if document.kind else None
            rows.add(_row(trial.trial_id, document, role, by_paper(key, mention)))


def _news(page: Document, owners: Mapping[Key, Sequence[tuple[Cluster, Mention]]]) -> Iterator[TrialDocumentRow]:
    """The links of a page from which no trial was read to each trial of the papers that it cites."""
    cited = {
        key: {
            trial.trial_id for trial, mention in owners.get(key, ()) if mention.document.kind is not DocumentKind.NEWS
        }
        for key in cited_papers(page)
    }
    trials = sorted(set().union(*cited.values()))
    words = PAGE_ON_SEVERAL if len(trials) > 1 else PAGE_BESIDE_UNKNOWN
    for trial_id in trials:
        if len(trials) == 1 and all(cited.values()):
            link = by_citation(tuple(cited))
        else:
            link = by_citation_of_several(words, next(key for key, known in cited.items() if trial_id in known))
        yield _row(trial_id, page, TrialRole.NEWS, link)


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


def _may_be_one_paper(one: Document, other: Document) -> bool:
    """Whether no title speaks against two records of one DOI being of one paper."""
    titles = [letters(document.title or "") for document in (one, other)]
    return not all(titles) or one.language != other.language or are_alike(*titles)


def _row(trial_id: str, document: Document, role: TrialRole | None, link: Link) -> TrialDocumentRow:
    return TrialDocumentRow(
        trial_id=trial_id,
        document_id=document.document_id,
        role=role,
        method=link.method,
        confidence=link.confidence,
        reason=link.reason,
    )
