"""Going on after a form, so that loading the page again does not send it twice."""

from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trialhouse.review.deciding import REVIEWER, Asked
from trialhouse.review.render import TOLD


def back(request: Request, place: str, told: str, asked: Asked) -> Response:
    """Go to a page of this application with a sentence to show there, and remember who decided."""
    parts = urlsplit(place)
    # Only a path: a form must not send a browser elsewhere.
    safe = place if not parts.scheme and not parts.netloc and place.startswith("/") and "\\" not in place else "/"
    answer = RedirectResponse(safe if not safe.startswith("//") else "/", 303)
    answer.set_cookie(TOLD, quote(told), max_age=30, httponly=True, samesite="strict")
    answer.set_cookie(REVIEWER, quote(asked.by), max_age=365 * 86400, httponly=True, samesite="strict")
    return answer
