"""One page asked for: robots.txt first, redirects one by one, and nothing taken for a page that is none."""

import re
from collections.abc import Mapping

from trialhouse.sources.challenge_pages import challenge_of
from trialhouse.sources.manners import FetchFailed, Reply
from trialhouse.sources.page_view import PageView, normal_address
from trialhouse.sources.redaction import Secrets
from trialhouse.sources.redirects import REDIRECTS, Step, next_step
from trialhouse.sources.robots import Robots
from trialhouse.sources.session import PoliteSession

MOST_REDIRECTS = 10
MOST_BYTES = 32 * 1024 * 1024
"""The largest page that is looked at; a larger one is landed as it is, and is not read either."""

_FOR_GOOD = frozenset((301, 308))
_REFUSALS = frozenset((401, 403))
_GONE = frozenset((404, 410, 451))
_EXPECTED = frozenset((200, 304)) | REDIRECTS | _REFUSALS | _GONE
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_TEXTS = _HTML | {"text/plain", "text/xml", "application/xml"}
_OPENS_HTML = re.compile(rb"\A[\xef\xbb\xbf\s]*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


class NoPage(Exception):
    """An address that gave no page: `reason` is a word for counting, the message is for people."""

    def __init__(self, reason: str, message: str, *, is_explained: bool = False) -> None:
        super().__init__(message)
        self.reason = reason
        self.is_explained = is_explained


class GotPage:
    """A page that came: where from in the end, and for HTML a view of it. `lasting` is the address to ask for from
    now on: the one asked, or the one that it was moved to for good. `reply.status` 304 is a page that did not change.
    """

    def __init__(self, reply: Reply, address: str, lasting: str) -> None:
        self.reply = reply
        self.address = address
        self.lasting = lasting
        is_html = reply.media_type in _HTML or bool(_OPENS_HTML.match(reply.body[:4096]))
        is_looked_at = is_html and reply.status != 304 and len(reply.body) <= MOST_BYTES
        self.view = PageView(address, reply.body, reply.headers) if is_looked_at else None


class PageRequests:
    """Pages asked for by one session under the rules of their sites."""

    def __init__(self, session: PoliteSession, robots: Robots) -> None:
        self._session = session
        self._robots = robots

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> GotPage:
        """The page at an address. Raises NoPage, for every way in which none is had."""
        try:
            return self._get(url, headers or {})
        except FetchFailed as error:
            raise NoPage(error.reason, f"{url}: {error}") from error

    def _get(self, url: str, headers: Mapping[str, str]) -> GotPage:
        address, lasting, moves_for_good = url, url, True
        for _ in range(MOST_REDIRECTS + 1):
            self._ask_robots(address)
            reply = self._session.get(address, headers=headers, expected=_EXPECTED)
            if reply.status not in REDIRECTS:
                return self._checked(GotPage(reply, address, lasting), url)
            moves_for_good = moves_for_good and reply.status in _FOR_GOOD
            address = _target(address, reply)
            lasting = address if moves_for_good else lasting
        raise NoPage(
            "redirect_loop",
            f"{url} sends on more than {MOST_REDIRECTS} times, in the end to {address}; open it in a browser and list "
            "the address that it ends at",
        )

    def _ask_robots(self, address: str) -> None:
        refusal = self._robots.refusal(address)
        if refusal is not None:
            raise NoPage(refusal.reason, f"{address}: {refusal.message}", is_explained=refusal.is_explained)

    def _checked(self, got: GotPage, url: str) -> GotPage:
        """The page itself, unless it is none."""
        status, view = got.reply.status, got.view
        wall = challenge_of(view, status) if view is not None else None
        if wall is not None:
            raise NoPage(
                "challenge_page",
                f"{url} answers with {wall} in place of its page (status {status}); save the page from a browser and "
                "give it as a file, or ask the publisher for access",
            )
        if status in _GONE:
            raise NoPage(
                "not_found",
                f"{url} answers {status}: there is no page, or it is withheld; correct the address or take it out",
                is_explained=True,
            )
        if status in _REFUSALS:
            raise NoPage(
                "refused",
                f"{url} answers {status}: it is not open to everyone; save the page from a browser and give it as a "
                "file, or take the address out",
            )
        if status == 200:
            _check_content(got.reply, url)
        return got


def _target(address: str, reply: Reply) -> str:
    """Where a redirect sends to. Raises FetchFailed where it is not followed."""
    step = next_step(Step(address, None, {}, Secrets()), reply.status, reply.headers.get("location"))
    try:
        return normal_address(step.url)
    except ValueError as error:
        raise FetchFailed("bad_redirect", f"{address} sends on to {step.url[:200]}: {error}", reply.status) from error


def _check_content(reply: Reply, url: str) -> None:
    """Raise NoPage for what is no text or holds nothing."""
    kind = reply.media_type
    is_text = kind in _TEXTS or kind.endswith("+xml") if kind is not None else b"\x00" not in reply.body[:4096]
    if not is_text:
        raise NoPage(
            "not_a_page",
            f"{url} is {kind or 'no text'}, not a page; list the address of the page itself, or give the text of the "
            "file as a file",
            is_explained=True,
        )
    if not reply.body.strip():
        raise NoPage("empty_page", f"{url} answers with nothing at all; open it in a browser, and run again later")
