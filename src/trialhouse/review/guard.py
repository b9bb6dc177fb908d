"""Who may ask, and what a browser may do with the answer: hosts, origins, form tokens, headers, an optional token.

The page shows texts of strangers and takes decisions of people. So nothing is loaded from elsewhere and no script runs
but ours; a form counts only if this application drew it for this browser; and a name that somebody let point to this
machine (DNS rebinding) is no name of ours.
"""

import hashlib
import hmac
import logging
import secrets
import traceback
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote_plus, urlencode

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

SESSION, ACCESS = "trialhouse_session", "trialhouse_access"
"""Cookies: the browser for which forms are drawn, and that it gave the token."""

FORM_TOKEN = "form_token"

MOST_PLACES = 12
"""Of a fault so many places of the code are told, the innermost ones."""

log = logging.getLogger("trialhouse.review")

MOST_FORM_BYTES, MOST_FIELDS = 1_000_000, 2000
"""A form of a page of alerts has a hundred fields."""

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # With no-referrer browsers send forms with `Origin: null`, which is what another page would send.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Refused(Exception):
    """A request that is not answered; the message says why, for whoever sent it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Guard:
    """What is asked of a request. `hosts` are the names by which this server may be called, with their ports where
    they have one; `token` is what a browser or proxy must show, if anything.
    """

    hosts: frozenset[str]
    token: str | None = field(default=None, repr=False)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def refusal(self, request: Request) -> Refused | None:
        """Why the request is not answered; None when it is."""
        if request.headers.get("host", "").lower() not in self.hosts:
            return Refused(421, "This server answers to its own name only.")
        if request.method not in ("GET", "HEAD") and not self._is_own_origin(request):
            return Refused(403, "This form was sent from another page.")
        if self.token is not None and request.url.path not in OPEN_PATHS and not self.has_access(request):
            return Refused(401, "This page asks for its token.")
        return None

    def _is_own_origin(self, request: Request) -> bool:
        """Browsers say where a form comes from; whoever says nothing is no browser, and needs the form's token anyhow.

        A page without an address (`null`), such as a file, is another page.
        """
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = request.headers.get("origin")
        host = request.headers.get("host", "").lower()
        return origin is None or origin.lower() in (f"http://{host}", f"https://{host}")

    def has_access(self, request: Request) -> bool:
        """Whether the request shows the token: as a proxy does, in a header, or as a browser that gave it before."""
        # Headers are read as latin-1, and what is beyond ASCII is sent as UTF-8.
        sent = request.headers.get("authorization", "").encode("latin-1").decode("utf-8", "replace")
        shown = sent.removeprefix("Bearer ")
        given = request.cookies.get(ACCESS, "")
        return self.is_token(shown) or hmac.compare_digest(given.encode(), self.access_cookie().encode())

    def is_token(self, shown: str) -> bool:
        """Whether this is the token, compared in constant time."""
        return self.token is not None and hmac.compare_digest(shown.encode(), self.token.encode())

    def access_cookie(self) -> str:
        """What a browser keeps that gave the token: not the token itself."""
        return self._signed("access")

    def form_token(self, session: str) -> str:
        """What a form drawn for a browser carries."""
        return self._signed(f"form {session}")

    def _signed(self, words: str) -> str:
        return hmac.new(self.secret, words.encode(), hashlib.sha256).hexdigest()


OPEN_PATHS = frozenset({"/login", "/static/style.css", "/static/keys.js"})
"""What is answered without the token."""


class Guarded:
    """The application behind its guard: refuses what it must not answer, and gives every answer its headers."""

    def __init__(self, app: Starlette, guard: Guard) -> None:
        self.app, self.guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        session = request.cookies.get(SESSION) or secrets.token_hex(16)
        scope["session"] = session
        scope["reference"] = f"fault-{secrets.token_hex(4)}"
        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if request.cookies.get(SESSION) != session:
                    headers.append("set-cookie", f"{SESSION}={session}; HttpOnly; SameSite=Strict; Path=/")
            await send(message)

        refused = self.guard.refusal(request)
        if refused is None:
            try:
                await self.app(scope, receive, send_with_headers)
            except ClientDisconnect:
                return
            except Exception as error:
                tell(request, error)
                if not has_begun:
                    response = PlainTextResponse(f"That did not work: {scope['reference']}.\n", status_code=500)
                    await response(scope, receive, send_with_headers)
            return
        if refused.status == 401 and request.method == "GET":
            response = PlainTextResponse("", status_code=303, headers={"location": self._login(request)})
        else:
            response = PlainTextResponse(f"{refused}\n", status_code=refused.status)
        await response(scope, receive, send_with_headers)

    def _login(self, request: Request) -> str:
        """Where the token is asked for, with the page that was; not where somebody wrote the token into its address."""
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        is_told = wanted == "/" or (self.guard.token or "") in unquote_plus(wanted)
        return "/login" if is_told else f"/login?{urlencode({'then': wanted})}"


def tell(request: Request, error: BaseException) -> None:
    """Write a fault to the log, once: what kind it is, and where in the code. Messages are left out, as is what stands
    in the address after the `?`: they hold what strangers wrote and people typed.
    """
    if request.scope.get("is_told"):
        return
    request.scope["is_told"] = True
    path = "".join(letter if letter.isprintable() else "?" for letter in request.url.path[:200])
    said = [f"{request.scope['reference']}: {type(error).__name__} at {request.method} {path}"]
    for place in traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]:
        said.append(f"  {place.filename}:{place.lineno} in {place.name}")
    log.error("%s", "\n".join(said))


async def read_form(request: Request, guard: Guard) -> dict[str, list[str]]:
    """The fields of a form that this application drew for this browser. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "Forms are sent as application/x-www-form-urlencoded.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM_BYTES:
            raise Refused(413, "The form is too long.")
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, "The form is not UTF-8.") from error
    except ValueError as error:
        raise Refused(413, "The form has too many fields.") from error
    wanted = guard.form_token(request.scope["session"])
    if not hmac.compare_digest(one(fields, FORM_TOKEN).encode(), wanted.encode()):
        raise Refused(403, "This form was drawn before the server started, or for another browser: load the page anew.")
    return fields


def one(fields: dict[str, list[str]], name: str) -> str:
    """The only value of a field; an empty text when it was not sent."""
    return (fields.get(name) or [""])[0].strip()


def own_hosts(port: int, more: Collection[str] = ()) -> frozenset[str]:
    """The names of a server on this machine, and those by which a proxy calls it."""
    names = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    return frozenset(names | {name.lower() for name in more})
