"""Going on after a form, so that loading the page again does not send it twice."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trialhouse.review.deciding import REVIEWER, Asked
from trialhouse.review.render import TOLD


def back(request: Request, place: str, told: str, asked: Asked) -> Response:
    """Go to a page of this application with a sentence to show there, and remember who decided."""
    answer = RedirectResponse(place if is_own_path(place) else "/", 303)
    answer.set_cookie(TOLD, quote(told), max_age=30, httponly=True, samesite="strict")
    answer.set_cookie(REVIEWER, quote(asked.by), max_age=365 * 86400, httponly=True, samesite="strict")
    return answer


def is_own_path(place: str) -> bool:
    """Whether an address leads to this application: a form must not send a browser elsewhere.

    Browsers take \\ for / and leave out tabs and line ends, so that `/<tab>/name` is another host.
    """
    return place.startswith("/") and not place.startswith("//") and "\\" not in place and place.isprintable()
