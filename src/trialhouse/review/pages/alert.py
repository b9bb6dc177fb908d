"""One alert: the sentence with the number, both sides of a disagreement, the values, the check, the history; decide."""

import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import AlertRow
from trialhouse.pipeline.reviewing import view_from
from trialhouse.quality.alert_view import AlertView
from trialhouse.review.deciding import Asked, NotDecided, asked_in, decide_alerts
from trialhouse.review.guard import one
from trialhouse.review.pages.inbox import Wanted, alerts_in
from trialhouse.review.redirects import back
from trialhouse.review.render import address, page
from trialhouse.review.shelf import Shelf, Standing

ACTIONS = {"acknowledge": "Acknowledge", "waive": "Waive", "resolve": "Resolve", "reopen": "Reopen"}


def show(request: Request) -> Response:
    """The page of an alert."""
    return _shown(request, None, Asked.nothing(request), 200)


def decide(request: Request, fields: dict[str, list[str]]) -> Response:
    """Decide one alert and show it with what came of it; with the next one, if that was asked for."""
    shelf: Shelf = request.app.state.shelf
    asked = asked_in(fields)
    try:
        told = decide_alerts(shelf, [request.path_params["alert_id"]], asked)
    except NotDecided as problem:
        return _shown(request, problem, asked, problem.status)
    return back(request, one(fields, "back") or request.url.path, told, asked)


def _shown(request: Request, problem: NotDecided | None, asked: Asked, status: int) -> Response:
    shelf: Shelf = request.app.state.shelf
    standing = shelf.standing()
    alert = standing.by_id.get(request.path_params["alert_id"])
    if alert is None:
        raise HTTPException(404, "There is no such alert in the current release.")
    release = shelf.current()
    if release is None:
        view = view_from(None, shelf.layout, None, standing.live, alert)
    else:
        with shelf.reading(release) as connection:
            view = view_from(connection, shelf.layout, release, standing.live, alert)
    wanted = Wanted.of(request)
    before, after = _neighbours(standing, wanted, alert)
    query = wanted.query()
    context = {
        "title": alert.message,
        "view": view,
        "documents": {document.document_id: document for document in view.evidence.documents},
        "actions": [(action.value, ACTIONS[action.value]) for action in view.may],
        "asked": asked,
        "problem": problem,
        "version": standing.last_decision.get(alert.alert_id, ""),
        "previous": f"/alerts/{before.alert_id}?{query}" if before else None,
        "next": f"/alerts/{after.alert_id}?{query}" if after else None,
        "up": wanted.address(),
        "judged": _pair(view),
        "address": address,
    }
    return page(request, "alert.html", context, status)


def _neighbours(standing: Standing, wanted: Wanted, alert: AlertRow) -> tuple[AlertRow | None, AlertRow | None]:
    """The alerts before and after this one in the inbox that it was opened from."""
    found = alerts_in(standing, wanted, datetime.datetime.now(datetime.UTC).date())
    at = next((place for place, other in enumerate(found) if other.alert_id == alert.alert_id), None)
    if at is None:
        return None, found[0] if found else None
    return (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)


def _pair(view: AlertView) -> tuple[str, str] | None:
    """The two documents that disagree, which a person may judge to be of one trial or not."""
    for one_of_them in view.evidence.disagreements:
        kept, other = one_of_them.kept.document_id, one_of_them.other.document_id
        if kept != other:
            return kept, other
    return None
