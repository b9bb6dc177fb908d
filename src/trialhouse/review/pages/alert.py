"""One alert: the sentence with the number, both sides of a disagreement, the values, the check, the history; decide."""

import datetime
from collections.abc import Iterator
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.pipeline.reviewing import view_from
from trialhouse.quality.alert_view import AlertView
from trialhouse.quality.passages import Passage
from trialhouse.review.deciding import Asked, NotDecided, asked_in, decide_alerts
from trialhouse.review.guard import one
from trialhouse.review.listed import Listed
from trialhouse.review.no_trial import address_of
from trialhouse.review.pages.inbox import Wanted, alerts_in
from trialhouse.review.passages import kinds_of_marks, segments
from trialhouse.review.redirects import back
from trialhouse.review.relations import Related, relations_of
from trialhouse.review.render import page, rule_said
from trialhouse.review.sentences import numbers_of, place
from trialhouse.review.shelf import Shelf, Standing
from trialhouse.review.sql_parts import parts_of
from trialhouse.review.values import value_tables
from trialhouse.store.connection import Connection

ACTIONS = {"acknowledge": "Acknowledge", "waive": "Waive", "resolve": "Resolve", "reopen": "Reopen"}

TRIALS = """
SELECT trial_id, concat_ws(' · ', registry_id, acronym, title) FROM trial_documents JOIN trials USING (trial_id)
WHERE document_id = ? ORDER BY trial_id LIMIT 20
"""

WITH_A_PAGE = "SELECT document_id FROM documents WHERE document_id IN (SELECT unnest(?))"


def show(request: Request) -> Response:
    """The page of an alert."""
    return _shown(request, None, Asked.nothing(request), 200)


def decide(request: Request, fields: dict[str, list[str]]) -> Response:
    """Decide one alert and show it with what came of it; or the next one, if that was asked for.

    The address says of which inbox the alert was opened, so that the next one is known.
    """
    shelf: Shelf = request.app.state.shelf
    asked, wanted, alert_id = asked_in(fields), Wanted.of(request), request.path_params["alert_id"]
    try:
        told = decide_alerts(shelf, [alert_id], asked)
    except NotDecided as problem:
        return _shown(request, problem, asked, problem.status)
    if one(fields, "then") != "next":
        return back(request, wanted.alert_address(alert_id), told, asked)
    standing = shelf.standing()
    _, after = _neighbours(standing, wanted, standing.by_id[alert_id])
    return back(request, wanted.alert_address(after.alert_id) if after else wanted.address(), told, asked)


def _shown(request: Request, problem: NotDecided | None, asked: Asked, status: int) -> Response:
    shelf: Shelf = request.app.state.shelf
    standing = shelf.standing()
    alert_id = request.path_params["alert_id"]
    alert = shelf.rows(standing, [alert_id]).get(alert_id) if alert_id in standing.by_id else None
    if alert is None:
        raise HTTPException(404, "There is no such alert in the current release.")
    release, related, trials, here = shelf.current(), list[Related](), list[tuple[str, str]](), frozenset[str]()
    trial_link: str | None = None
    if release is None:
        view = view_from(None, shelf.layout, None, standing.live, alert)
    else:
        with shelf.reading(release) as connection:
            view = view_from(connection, shelf.layout, release, standing.live, alert)
            here = _with_a_page(connection, view)
            trial_link = address_of(connection, alert.trial_id) if alert.trial_id else None
            if alert.document_id:
                related = [one for one in relations_of(connection, [alert.document_id]) if one.is_notice]
                trials = connection.execute(TRIALS, [alert.document_id]).fetchall()
    wanted = Wanted.of(request)
    before, after = _neighbours(standing, wanted, standing.by_id[alert_id])
    context = {
        "title": alert.message,
        "view": view,
        "documents": {document.document_id: document for document in view.evidence.documents},
        "sources": [list(group) for _, group in groupby(view.evidence.passages, key=lambda one: one.document_id)],
        "segments": segments,
        "marked": kinds_of_marks(_passages(view)),
        "tables": value_tables(view.evidence.rows),
        "sql": parts_of(view.check.sql) if view.check else None,
        "related": related,
        "trials": [] if view.evidence.trial else trials,
        "actions": [(action.value, ACTIONS[action.value]) for action in view.may],
        "asked": asked,
        "problem": problem,
        "version": standing.last_decision.get(alert.alert_id, ""),
        "own": wanted.alert_address(alert.alert_id),
        "previous": wanted.alert_address(before.alert_id) if before else None,
        "next": wanted.alert_address(after.alert_id) if after else None,
        "up": wanted.address(),
        "judged": _pair(view, here),
        "rule_said": rule_said,
        "place": place,
        "numbers_of": numbers_of,
        "place_here": lambda document_id, *at: place(document_id, *at) if document_id in here else None,
        "trial_link": trial_link,
    }
    return page(request, "alert.html", context, status)


def _with_a_page(connection: Connection, view: AlertView) -> frozenset[str]:
    """Those of the documents that the release has: a build that was stopped may have others."""
    ids = [one.document_id for one in view.evidence.documents]
    return frozenset(row[0] for row in connection.execute(WITH_A_PAGE, [ids]).fetchall())


def _neighbours(standing: Standing, wanted: Wanted, alert: Listed) -> tuple[Listed | None, Listed | None]:
    """The alerts before and after this one in the inbox that it was opened from, also when it is there no more."""
    own = wanted.order(alert)
    found = alerts_in(standing, wanted, datetime.datetime.now(datetime.UTC).date())
    before = next((other for other in reversed(found) if wanted.order(other) < own), None)
    return before, next((other for other in found if wanted.order(other) > own), None)


def _passages(view: AlertView) -> Iterator[Passage]:
    """Every passage of the page."""
    yield from view.evidence.passages
    for disagreement in view.evidence.disagreements:
        yield from disagreement.kept.passages
        yield from disagreement.other.passages


def _pair(view: AlertView, here: frozenset[str]) -> tuple[str, str] | None:
    """The two documents of the release that disagree, which a person may judge to be of one trial or not."""
    for one_of_them in view.evidence.disagreements:
        kept, other = one_of_them.kept.document_id, one_of_them.other.document_id
        if kept != other and {kept, other} <= here:
            return kept, other
    return None
