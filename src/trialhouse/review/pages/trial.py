"""One trial: its design, arms, numbers with their sentences, documents and why they are linked, and how it changed."""

from collections.abc import Callable, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.enums import EvidenceStatus
from trialhouse.model.tables import DoubtfulPairRow, JudgementRow
from trialhouse.model.words import AlertState
from trialhouse.releases.catalog import NoSuchRelease, Release
from trialhouse.releases.change_words import by_cause, row_in_words, shortened, shown_and_counted
from trialhouse.releases.differences import Change, Difference
from trialhouse.releases.row_names import TrialName
from trialhouse.releases.trial_history import trial_history
from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial, find_trial_ever
from trialhouse.releases.trial_record import Cells, TrialRecord, read_trial
from trialhouse.review.deciding import Asked
from trialhouse.review.design_diagram import design_diagram
from trialhouse.review.no_trial import no_trial, sentence_of
from trialhouse.review.pages.doubts import OF_TRIAL
from trialhouse.review.pages.trials import ASKING
from trialhouse.review.reason_words import Reasons
from trialhouse.review.relations import relations_of
from trialhouse.review.render import page
from trialhouse.review.sentences import Sentences, place
from trialhouse.review.shelf import Shelf
from trialhouse.review.trial_view import (
    STATUS,
    conflict_views,
    effects_of_all,
    facts,
    intervention_said,
    outcome_groups,
    row_ids,
    with_remarks,
)
from trialhouse.store.connection import Connection, release_reader
from trialhouse.store.read import has_table

SETTLED = (AlertState.RESOLVED, AlertState.WAIVED)

STATUS_WORDS = {
    EvidenceStatus.RETRACTED.value: "Retracted: a notice withdraws a document that this trial was read from.",
    EvidenceStatus.EXPRESSION_OF_CONCERN.value: "A notice expresses concern about a document of this trial.",
    EvidenceStatus.CORRECTED.value: "A document of this trial was corrected by a notice.",
}


def show(request: Request) -> Response:
    """The page of a trial, by its id, an id of before, or a registry's number."""
    shelf: Shelf = request.app.state.shelf
    with shelf.reading(_release(shelf)) as connection:
        try:
            found = find_trial(connection, request.path_params["trial_id"])
        except NoSuchTrial as error:
            raise no_trial(connection, error) from error
        record = with_remarks(read_trial(connection, found.trial_id))
        sentences = Sentences(connection, row_ids(record))
        relations = relations_of(connection, _document_ids(record))
        doubts = _doubts(connection, found.trial_id)
        reasons = Reasons(connection, [one["reason"] for one in record.documents])
    standing = shelf.standing()
    alerts = [one for one in standing.alerts if one.trial_id == found.trial_id and one.state not in SETTLED]
    judged = shelf.decisions.judgements()
    trial = record.trial
    context = {
        "section": "/trials",
        "title": ": ".join(text for text in (trial["acronym"], trial["title"]) if text) or found.trial_id,
        "led": found.told,
        "trial": trial,
        "record": record,
        "status_words": STATUS_WORDS.get(trial["evidence_status"]),
        "facts": facts(record, sentences),
        "diagram": design_diagram(trial, record.arms),
        "arms": [arm for arm in record.arms if not arm["is_result_group"]],
        "result_groups": [arm for arm in record.arms if arm["is_result_group"]],
        "overview": effects_of_all(record, sentences),
        "groups": outcome_groups(record, sentences, request.query_params.get("outcome", "")),
        "conflicts": conflict_views(record, sentences),
        "relations": relations,
        "reason_said": reasons.said,
        "doubts": doubts,
        "status_said": STATUS,
        "names": {one["document_id"]: one["title"] or one["document_id"] for one in record.documents},
        "anchors": _anchors(record.documents),
        "alerts": alerts,
        "asking": sum(one.state in ASKING for one in alerts),
        "last": _last(judged),
        "judgements": _judgements_of(judged, {found.trial_id, *_document_ids(record)}),
        "asked": Asked.nothing(request),
        "link": sentences.link,
        "place": place,
        "intervention_said": intervention_said,
    }
    return page(request, "trial.html", context)


def show_history(request: Request) -> Response:
    """What changed of a trial from release to release, and why; newest first."""
    shelf: Shelf = request.app.state.shelf
    release = _release(shelf)
    # The history narrows the tables to one trial, for the whole database: so it has one of its own.
    with release_reader(release.database) as connection:
        try:
            found = find_trial_ever(connection, request.path_params["trial_id"])
            steps = trial_history(connection, *found.all_ids)
        except NoSuchTrial as error:
            raise no_trial(connection, error, "/history") from error
        except NoSuchRelease as error:
            raise HTTPException(404, f"{sentence_of(str(error))}.") from error
    name = _name(shelf, release, found.trial_id)
    context = {
        "section": "/trials",
        "title": f"History of {name or found.trial_id}",
        "trial_id": found.trial_id if name else None,
        "led": found.told,
        "steps": [(step, _parts(step.difference)) for step in reversed(steps)],
        "by_cause": by_cause,
        "row_in_words": row_in_words,
        "shortened": shortened,
    }
    return page(request, "trial_history.html", context)


def _release(shelf: Shelf) -> Release:
    release = shelf.current()
    if release is None:
        raise HTTPException(404, "There is no release yet.")
    return release


def _parts(difference: Difference | None) -> list[tuple[TrialName | None, Sequence[Change], str]]:
    """What changed of the trial, and of each that is one with it now; the name is left out where there is but one."""
    parts = difference.by_trial() if difference is not None else []
    return [(trial if len(parts) > 1 else None, *shown_and_counted(changes)) for trial, changes in parts]


def _name(shelf: Shelf, release: Release, trial_id: str) -> str | None:
    """What a trial of the release is called; None for one that is gone."""
    with shelf.reading(release) as connection:
        found = connection.execute(
            "SELECT coalesce(registry_id, acronym, title, trial_id) FROM trials WHERE trial_id = ?", [trial_id]
        ).fetchone()
    return str(found[0]) if found else None


def _last(judged: Sequence[JudgementRow]) -> Callable[[str, str, str], str]:
    """Gives the id of the last judgement of two things of a kind; an empty text where there is none."""
    found = {(one.subject.value, one.left_id, one.right_id): one.judgement_id for one in judged}
    return lambda subject, one, other: found.get((subject, min(one, other), max(one, other)), "")


def _doubts(connection: Connection, trial_id: str) -> int:
    """How many doubtful links there are about a trial, its documents, arms and outcomes."""
    if not has_table(connection, DoubtfulPairRow):
        return 0
    query = f"""
    WITH own AS ({OF_TRIAL}) SELECT count(*) FROM doubtful_pairs
    WHERE left_id IN (FROM own) OR right_id IN (FROM own)
    """
    return int(connection.execute(query, {"trial": trial_id}).fetchall()[0][0])


def _anchors(documents: Sequence[Cells]) -> dict[str, str]:
    """For each document the one of the trial that it is judged against: the one that is linked most surely."""
    surest = sorted(
        documents, key=lambda one: (one["kind"] != "registry", -(one["confidence"] or 0), one["document_id"])
    )
    return {
        one["document_id"]: next(other["document_id"] for other in surest if other is not one)
        for one in documents
        if len(surest) > 1
    }


def _document_ids(record: TrialRecord) -> list[str]:
    return [document["document_id"] for document in record.documents]


def _judgements_of(judged: Sequence[JudgementRow], ids: set[str]) -> list[tuple[JudgementRow, bool]]:
    """The judgements that name one of these, newest first, and whether each is the last of its pair."""
    last = {(one.subject, one.left_id, one.right_id): one.judgement_id for one in judged}
    return [
        (one, last[one.subject, one.left_id, one.right_id] == one.judgement_id)
        for one in reversed(judged)
        if one.left_id in ids or one.right_id in ids
    ]
