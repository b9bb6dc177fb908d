"""Documents from which no trial was read and whose title names a registered one: "BELFRY: drug cuts heart failure".

A short page of news tells neither design nor size. It is linked to nothing, and a person is told which trial it names.
"""

from collections.abc import Iterable, Sequence

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import DoubtfulPairRow, RowSet, TrialDocumentRow
from trialhouse.model.words import PairSubject
from trialhouse.resolution.judged_documents import JudgedDocuments
from trialhouse.resolution.named_trials import UNSIZED, names_in, registered_names
from trialhouse.resolution.profiles import drugs_told
from trialhouse.resolution.trials import Cluster

METHOD = "title_names_trial"

_KINDS = frozenset({DocumentKind.NEWS, DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT})


def titled_pages(
    documents: Iterable[Document], rows: RowSet, trials: Sequence[Cluster], judged: JudgedDocuments
) -> list[DoubtfulPairRow]:
    """The pairs of a document, where `rows` link it to no trial, with the registry record of the trial in its title.

    The title or the text has to name a drug of the trial as well, and nobody judged that it is none of the trial's.
    """
    mentions = [mention for trial in trials for mention in trial.mentions]
    registered = registered_names(mentions, _members(trials))
    linked = {row.document_id for row in rows.of(TrialDocumentRow)} | {one.document.document_id for one in mentions}
    found = []
    for document in documents if registered else ():
        if document.kind not in _KINDS or document.document_id in linked or document.registry_ids:
            continue
        for name, place in names_in([document.title or ""], registered):
            trial = trials[place]
            if judged.are_apart(document.document_id, trial.trial_id):
                continue
            if drugs := drugs_told(trial.mentions, document):
                record = next(one.document for one in trial.mentions if one.document.kind is DocumentKind.REGISTRY)
                shared = f"the title names {name} and the document its drug {', '.join(sorted(drugs))}"
                found.append(_doubt(document, record, shared))
    return found


def _members(trials: Sequence[Cluster]) -> dict[int, range]:
    """The places of the mentions of each trial, one trial after the other."""
    found, end = {}, 0
    for place, trial in enumerate(trials):
        found[place] = range(end, end := end + len(trial.mentions))
    return found


def _doubt(document: Document, record: Document, shared: str) -> DoubtfulPairRow:
    left, right = sorted((document.document_id, record.document_id))
    return DoubtfulPairRow(
        subject=PairSubject.DOCUMENT,
        left_id=left,
        right_id=right,
        left_document_id=left,
        right_document_id=right,
        method=METHOD,
        score=UNSIZED,
        reason=f"{shared}, but no trial was read in it",
    )
