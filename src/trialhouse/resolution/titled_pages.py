"""Documents from which no trial was read and that name a known one: "BELFRY: drug cuts heart failure".

A short page of news tells neither design nor size. It is linked to nothing, and a person is told which trial it names.
"""

from collections.abc import Iterable, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import DoubtfulPairRow, RowSet, TrialDocumentRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.judged_documents import JudgedDocuments
from trialhouse.resolution.known_names import known_names
from trialhouse.resolution.named_trials import UNSIZED, namings, same_subject
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.reviews import Reviews
from trialhouse.resolution.silent_documents import as_mention
from trialhouse.resolution.trials import Cluster

METHODS = {"title": "title_names_trial", "text": "text_names_trial"}

_KINDS = frozenset({DocumentKind.NEWS, DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT})


def titled_pages(
    readings: Iterable[Reading], reviews: Reviews, trials: Sequence[Cluster], rows: RowSet, judged: JudgedDocuments
) -> list[DoubtfulPairRow]:
    """The pairs of a document, where `rows` link it to no trial, with the first document of the trial that it names.

    It has to be about the same thing too, and nobody judged that it is none of the trial's.
    """
    mentions = [mention for trial in trials for mention in trial.mentions]
    known = known_names(mentions, _members(trials))
    linked = {row.document_id for row in rows.of(TrialDocumentRow)} | {one.document.document_id for one in mentions}
    found = []
    for reading in readings if known else ():
        document = reading.document
        if document.kind not in _KINDS or document.document_id in linked or document.registry_ids:
            continue
        own = [one] if (one := as_mention(reading)) else []
        for naming in namings(own, known):
            trial = trials[naming.known.trial]
            is_review = naming.place == "text" and reviews.get(document) is not None  # which names many trials there
            if is_review or judged.are_apart(document.document_id, trial.trial_id):
                continue
            if about := same_subject(own, trial.mentions, naming.known.name):
                said = f"the {naming.place} names {naming.known.name}, {about}, but no trial was read in it"
                found.append(_doubt(document, _first(trial).document, METHODS[naming.place], said))
    return found


def _members(trials: Sequence[Cluster]) -> dict[int, range]:
    """The places of the mentions of each trial, one trial after the other."""
    found, end = {}, 0
    for place, trial in enumerate(trials):
        found[place] = range(end, end := end + len(trial.mentions))
    return found


def _first(trial: Cluster) -> Mention:
    """The registry record of a trial, else its most trusted document."""
    records = (one for one in trial.mentions if one.document.kind is DocumentKind.REGISTRY)
    return next(records, trial.mentions[0])


def _doubt(document: Document, other: Document, method: str, reason: str) -> DoubtfulPairRow:
    left, right = sorted((document.document_id, other.document_id))
    return DoubtfulPairRow(
        subject=PairSubject.DOCUMENT,
        left_id=left,
        right_id=right,
        left_document_id=left,
        right_document_id=right,
        method=method,
        score=UNSIZED,
        reason=reason,
    )
