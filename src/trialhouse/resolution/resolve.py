"""From what was read in all documents to the rows of a release."""

from collections.abc import Callable, Sequence
from pathlib import Path

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import CandidateRow, ConflictRow, DocumentRelationRow, DocumentRow, EvidenceRow, RowSet
from trialhouse.model.trust_config import DEFAULT_TRUST, TrustConfig
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.arms import ArmTable
from trialhouse.resolution.conference_abstracts import conference_abstracts
from trialhouse.resolution.designs import add_arm, add_trial, keep_arm_ids
from trialhouse.resolution.documents import add_document, add_texts
from trialhouse.resolution.doses import Doses
from trialhouse.resolution.duplicates.of_documents import Copies, copies_of
from trialhouse.resolution.evidence_status import Notices
from trialhouse.resolution.identities import identify
from trialhouse.resolution.judged import (
    Judgement,
    constraints_on_documents,
    constraints_on_trials,
    pairs_of,
    said_of_copies,
)
from trialhouse.resolution.languages import KIND, add_language_differences
from trialhouse.resolution.measure_likeness import MeasureNames
from trialhouse.resolution.outcomes import OutcomeTable
from trialhouse.resolution.papers import relate
from trialhouse.resolution.proof import Proof
from trialhouse.resolution.published import NOTHING_PUBLISHED, Published
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.registered_arms import add_registered_arms
from trialhouse.resolution.registered_outcomes import add_registered_outcomes
from trialhouse.resolution.reviews import Reviews
from trialhouse.resolution.trial_documents import (
    add_links,
    add_notices,
    add_records,
    add_reviews,
    doubtful_pairs,
    notices_by_document,
)
from trialhouse.resolution.trials import link
from trialhouse.resolution.trust import Trust

__all__ = ["Reading", "resolve"]


def resolve(
    readings: Sequence[Reading],
    vocabulary: Vocabulary,
    may_be_passed_on: Callable[[Document], bool],
    published: Published = NOTHING_PUBLISHED,
    *,
    trust: TrustConfig = DEFAULT_TRUST,
    judgements: Sequence[Judgement] = (),
    duplicates: Path | None = None,
) -> RowSet:
    """The rows of schema `main`. The same readings give the same rows, whatever their order.

    What was published before keeps its ids; where nothing was, an id depends on what the thing is alone. `trust` says
    whose value is kept where documents differ, `judgements` are what people said of documents and trials. `duplicates`
    is the folder warehouse/duplicates; without it no two documents are compared for being one paper. Raises
    ContradictoryJudgements.
    """
    readings = sorted(readings, key=lambda reading: reading.document.document_id)
    rows = RowSet()
    proof = Proof(rows)
    documents = [reading.document for reading in readings]
    stated = relate(documents)
    copies = _copies(documents, stated, judgements, duplicates)
    relations = [*stated, *copies.relations]
    relations += conference_abstracts(readings, relations)
    rows.extend([*relations, *copies.doubtful])
    notices = Notices.of(readings, relations)
    reviews = Reviews.of(readings)
    mentions = [mention for reading in readings for mention in _mentions(reading, reviews)]
    said = said_of_copies(judgements, documents)
    linked = link(mentions, relations, constraints_on_trials(judgements, mentions), reviews.papers, said)
    reviews = reviews.with_pages(linked.on_several, linked.beside_unknown)
    for reading in readings:
        add_document(reading, notices, reviews, rows, proof)
    over_all = Trust.of(trust, rows.of(DocumentRow), relations)
    names, doses = MeasureNames(vocabulary), Doses(vocabulary)
    trials, keys_and_redirects = identify(linked.clusters, published)
    rows.extend(keys_and_redirects)
    rows.extend(doubtful_pairs(linked.doubtful, trials))
    notices_about = notices_by_document(relations)
    for trial in trials:
        # Of a trial's own: what is proven of one trial is asked for by no other.
        proof, trusted = Proof(rows), over_all.within(trial.mentions)
        add_trial(trial, notices, trusted, rows, proof)
        arms = ArmTable(trial.trial_id, trial.mentions, doses)
        keep_arm_ids(trial.trial_id, arms.arms, published.designs_of(trial.trial_id), vocabulary, trusted)
        for arm in arms.arms:
            add_arm(trial.trial_id, arm, vocabulary, trusted, proof)
        outcomes = OutcomeTable(trial.trial_id, arms, vocabulary, trusted, proof)
        outcomes.build(trial.mentions, names, published.outcomes_of(trial.trial_id))
        rows.extend(arms.doubtful_pairs())
        add_language_differences(trial, arms, rows)
        add_registered_arms(trial, rows)
        add_registered_outcomes(trial, outcomes.outcome_id, names, rows)
        add_links(trial, rows)
        add_notices(trial, notices_about, rows)
    add_reviews(readings, reviews, trials, rows)
    add_records(readings, reviews, trials, rows)
    add_texts(documents, may_be_passed_on, rows, _quotes(rows), rows.of(ConflictRow))
    return rows


def _quotes(rows: RowSet) -> list[EvidenceRow | CandidateRow]:
    """The rows whose words are shown of texts that may not be passed on whole."""
    return [*rows.of(EvidenceRow), *(row for row in rows.of(CandidateRow) if row.kind == KIND)]


def _copies(
    documents: Sequence[Document],
    stated: Sequence[DocumentRelationRow],
    judgements: Sequence[Judgement],
    duplicates: Path | None,
) -> Copies:
    """What documents are found to be to each other, but what people judged of them."""
    if duplicates is None:
        return Copies()
    judged = constraints_on_documents(judgements, documents)
    same, different = pairs_of(judged.same), pairs_of(judged.different)
    return copies_of(documents, duplicates, stated, same=same, different=different)


def _mentions(reading: Reading, reviews: Reviews) -> list[Mention]:
    """The trials that a document reports; a notice and a review report none, they are about other documents."""
    if reading.document.kind is DocumentKind.NOTICE or reviews.get(reading.document):
        return []
    return mentions_of(reading)
