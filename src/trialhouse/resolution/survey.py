"""What all documents say only together: what they are to each other, and which of them report one trial.

Everything here looks at every document, since one that is new may bear on any other. The rest is made trial by trial
and document by document (`units.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import DocumentRelationRow, RowSet
from trialhouse.model.trust_config import DEFAULT_TRUST, TrustConfig
from trialhouse.resolution.between_trials import between_trials
from trialhouse.resolution.conference_abstracts import conference_abstracts
from trialhouse.resolution.duplicates.of_documents import Copies, copies_of
from trialhouse.resolution.evidence_status import Notices
from trialhouse.resolution.identities import identify
from trialhouse.resolution.judged import (
    Judgement,
    as_of_trials,
    constraints_on_documents,
    constraints_on_trials,
    members_of,
    pairs_of,
    said_of_copies,
)
from trialhouse.resolution.judged_documents import JudgedDocuments, without_effect
from trialhouse.resolution.papers import relate
from trialhouse.resolution.published import NOTHING_PUBLISHED, Published
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.reviews import Reviews
from trialhouse.resolution.silent_documents import add_records
from trialhouse.resolution.titled_notices import tie_by_title
from trialhouse.resolution.titled_pages import titled_pages
from trialhouse.resolution.trial_documents import (
    NoticesAbout,
    add_reviews,
    doubtful_pairs,
    notices_by_document,
)
from trialhouse.resolution.trials import Cluster, Key, link
from trialhouse.resolution.trust import Trust


@dataclass(frozen=True)
class Survey:
    """The documents by their ids, and all that is known of them from looking at the others.

    `rows` are those that are made of all of them: relations, redirects between trials, pairs in doubt, and the links of
    documents that report no trial of their own. `keys` are those of trial_keys: each names the trial of that id. They
    are no rows yet, since there are some for each document. `reporting` are the names of the mentions that are of a
    trial. `told` are sentences on judgements that nothing came of.
    """

    readings: Mapping[str, Reading]
    trials: Sequence[Cluster]
    notices: Notices
    notices_about: NoticesAbout
    reviews: Reviews
    trust: Trust
    reporting: frozenset[str]
    rows: RowSet
    keys: Mapping[Key, str]
    told: tuple[str, ...] = ()


def survey(
    readings: Sequence[Reading],
    published: Published = NOTHING_PUBLISHED,
    *,
    trust: TrustConfig = DEFAULT_TRUST,
    judgements: Sequence[Judgement] = (),
    duplicates: Path | None = None,
    citations: Path | None = None,
) -> Survey:
    """Look at all documents. It is the same whatever their order.

    What was published before keeps its ids. `trust` says whose value is kept where documents differ, `judgements` are
    what people said of documents and trials. `duplicates` is the folder warehouse/duplicates; without it no two
    documents are compared for being one paper. `citations` is a file of the papers among them, where there is
    one. Raises ContradictoryJudgements.
    """
    readings = sorted(readings, key=lambda reading: reading.document.document_id)
    documents = [reading.document for reading in readings]
    judgements = as_of_trials(judgements, documents)
    stated = relate(documents)
    titled, unclear = tie_by_title(documents, stated)
    stated += titled
    copies = _copies(documents, stated, judgements, duplicates, citations)
    relations = [*stated, *copies.relations]
    relations += conference_abstracts(readings, relations)
    notices = Notices.of(readings, relations)
    reviews = Reviews.of(readings)
    notifying = {row.from_document_id for row in titled}
    reporting = [reading for reading in readings if reading.document.document_id not in notifying]
    mentions = [mention for reading in reporting for mention in _mentions(reading, reviews)]
    said = said_of_copies(judgements, documents)
    members = members_of(judgements, mentions, documents)
    judged = constraints_on_trials(judgements, members)
    between = between_trials(mentions, {name for one in judged.same for name in one.left | one.right})
    reviews = reviews.with_texts(between, documents)
    mentions = [mention for mention in mentions if mention.name not in between]
    linked = link(mentions, relations, judged, reviews.papers, said)
    reviews = reviews.with_pages(linked.on_several, linked.beside_unknown)
    trials, keys, redirects = identify(linked.clusters, published)
    rows = RowSet([*relations, *unclear, *copies.doubtful, *redirects, *doubtful_pairs(linked.doubtful, trials)])
    _link_the_rest(readings, reviews, trials, JudgedDocuments.of(judged, trials, said), rows)
    became = {one.document_id: status for one in documents for status in notices.statuses(one)[:1]}
    return Survey(
        readings={reading.document.document_id: reading for reading in readings},
        trials=trials,
        notices=notices,
        notices_about=notices_by_document(relations),
        reviews=reviews,
        trust=Trust.of(trust, documents, became, relations),
        reporting=frozenset(mention.name for trial in trials for mention in trial.mentions),
        rows=rows,
        keys=keys,
        told=tuple(without_effect(judgements, members, trials, rows)),
    )


def _link_the_rest(
    readings: Sequence[Reading], reviews: Reviews, trials: Sequence[Cluster], judged: JudgedDocuments, rows: RowSet
) -> None:
    """Add to rows, which have the relations between documents, the links of those that report no trial of their own."""
    add_reviews(readings, reviews, trials, rows, judged)
    add_records(readings, reviews, trials, rows, judged)
    rows.extend(titled_pages(readings, reviews, trials, rows, judged))


def _copies(
    documents: Sequence[Document],
    stated: Sequence[DocumentRelationRow],
    judgements: Sequence[Judgement],
    duplicates: Path | None,
    citations: Path | None,
) -> Copies:
    """What documents are found to be to each other, but what people judged of them."""
    if duplicates is None:
        return Copies()
    judged = constraints_on_documents(judgements, documents)
    same, different = pairs_of(judged.same), pairs_of(judged.different)
    return copies_of(documents, duplicates, stated, citations, same=same, different=different)


def _mentions(reading: Reading, reviews: Reviews) -> list[Mention]:
    """The trials that a document reports; a notice and a review report none, they are about other documents."""
    if reading.document.kind is DocumentKind.NOTICE or reviews.get(reading.document):
        return []
    return mentions_of(reading)
