"""The application on one page: its addresses, and what becomes of what goes wrong."""

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trialhouse.quality.decisions import DecisionsUnreadable
from trialhouse.releases.catalog import DamagedRelease, NoSuchRelease
from trialhouse.releases.register import DamagedRegister
from trialhouse.review.guard import ACCESS, Guard, Guarded, Refused, one, read_form, tell
from trialhouse.review.no_trial import NoTrial
from trialhouse.review.pages import (
    alert,
    checks,
    dictionary,
    document,
    doubts,
    inbox,
    judged,
    judgements,
    releases,
    sources,
    trial,
    trials,
)
from trialhouse.review.redirects import is_own_path
from trialhouse.review.render import compile_all, environment, page, static
from trialhouse.review.shelf import Shelf
from trialhouse.store.connection import MISSING, DatabaseError

Fields = dict[str, list[str]]

UNREADABLE = (DamagedRelease, DamagedRegister, NoSuchRelease, DecisionsUnreadable, DatabaseError)
"""What a warehouse can have that no page can mend: it is said with what to do."""

DAMAGED = (
    "If the release is damaged, `trialhouse releases verify` says where, `trialhouse releases rollback` goes back to "
    "an earlier one, and a copy of its folder restores it."
)
"""What to do about a file of a release that cannot be read."""

LACKING = (
    "A release that an older version made may lack what this page shows: `trialhouse refresh` publishes one that has "
    "it."
)
"""What to do about a table, column or macro that is not there."""


def build_app(warehouse: Path, guard: Guard, reviewer: str) -> Guarded:
    """The application over one warehouse. `reviewer` is whom a decision is by if nobody says otherwise."""
    app = Starlette(
        routes=[
            shown("/", inbox.show),
            shown("/alerts", inbox.show_again),
            sent("/alerts", inbox.decide_many),
            shown("/alerts/{alert_id}", alert.show),
            sent("/alerts/{alert_id}", alert.decide),
            shown("/documents/{document_id}", document.show),
            shown("/trials", trials.show),
            shown("/trials/{trial_id}", trial.show),
            shown("/trials/{trial_id}/history", trial.show_history),
            shown("/doubts", doubts.show),
            shown("/judgements", judged.show),
            sent("/judgements", judgements.take),
            shown("/releases", releases.show),
            shown("/releases/difference", releases.show_difference),
            shown("/releases/{release_id}", releases.show_one),
            sent("/releases/{release_id}/verify", releases.verify_one),
            shown("/sources", sources.show),
            shown("/checks", checks.show),
            shown("/checks/{check_id:path}", checks.show_one),
            shown("/dictionary", dictionary.show),
            shown("/static/style.css", lambda _: Response(static("style.css"), media_type="text/css")),
            shown("/static/keys.js", lambda _: Response(static("keys.js"), media_type="text/javascript")),
            shown("/login", show_login),
            sent("/login", log_in),
        ],
        exception_handlers={
            HTTPException: _told,
            Refused: _told,
            **dict.fromkeys(UNREADABLE, _told),
            Exception: _unforeseen,
        },
    )
    app.state.shelf = Shelf(warehouse)
    app.state.guard = guard
    app.state.reviewer = reviewer
    app.state.templates = environment()
    return Guarded(app, guard)


def get_ready(app: Guarded) -> None:
    """Do before anybody asks what the first one would wait for: read the templates, and where the alerts stand."""
    compile_all(app.app.state.templates)
    app.app.state.shelf.look_ahead()


def shown(path: str, show: Callable[[Request], Response]) -> Route:
    """A page that is looked at."""
    return Route(path, show, methods=["GET"])


def sent(path: str, take: Callable[[Request, Fields], Response]) -> Route:
    """A form that is sent: taken only if this application drew it for this browser."""

    async def taken(request: Request) -> Response:
        fields = await read_form(request, request.app.state.guard)
        return await run_in_threadpool(take, request, fields)

    return Route(path, taken, methods=["POST"], name=f"form {path}")


def show_login(request: Request) -> Response:
    """Where a browser gives the token."""
    then = request.query_params.get("then", "")
    return page(request, "login.html", {"title": "Token", "is_wrong": False, "then": then})


def log_in(request: Request, fields: Fields) -> Response:
    """Remember a browser that gave the token, and go to the page that it asked for."""
    guard: Guard = request.app.state.guard
    then = one(fields, "then")
    if not guard.is_token(one(fields, "token")):
        return page(request, "login.html", {"title": "Token", "is_wrong": True, "then": then}, 403)
    answer = RedirectResponse(then if is_own_path(then) else "/", 303)
    answer.set_cookie(ACCESS, guard.access_cookie(), httponly=True, samesite="strict")
    return answer


def _told(request: Request, error: Exception) -> Response:
    """What went wrong, as a page."""
    status = error.status if isinstance(error, Refused) else getattr(error, "status_code", 500)
    why = error.detail if isinstance(error, HTTPException) else str(error)
    if isinstance(error, DatabaseError):
        why = f"{why.rstrip('.')}. {LACKING if isinstance(error, MISSING) else DAMAGED}"
    links = error.links if isinstance(error, NoTrial) else ()
    return page(request, "wrong.html", {"title": "That did not work", "why": why, "links": links}, status)


def _unforeseen(request: Request, error: Exception) -> Response:
    """A fault of this program: the page names it as the log does, and says nothing of what it was about."""
    tell(request, error)
    why = (
        f"That is a fault of this program; nothing was written. The log of `trialhouse ui` has it as "
        f"{request.scope['reference']}."
    )
    return page(request, "wrong.html", {"title": "That did not work", "why": why, "links": ()}, 500)
