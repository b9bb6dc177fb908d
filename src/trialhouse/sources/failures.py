"""What it is called when an answer is not had: the errors of connections and the statuses of servers, in words."""

import ssl
from http import HTTPStatus

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)

from trialhouse.sources.addresses import AddressRefused
from trialhouse.sources.manners import FetchFailed

CONNECTION_ERRORS = (requests.exceptions.RequestException, HTTPError, OSError, AddressRefused)
"""Everything that sending a request and reading its answer may raise, beside FetchFailed."""

_LONGEST_WHERE = 160
_LONGEST_QUOTE = 200

_BAD_URL = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    UnicodeError,
)


def shortened(url: str) -> str:
    """An address as people read it in a message: hundreds of ids in its query help nobody."""
    return url if len(url) <= _LONGEST_WHERE else f"{url[:_LONGEST_WHERE]}…"


def failure_of(error: Exception, where: str) -> FetchFailed:
    """What an error of a connection means."""
    causes = _causes(error)
    if isinstance(error, AddressRefused):
        return FetchFailed(
            "private_address",
            f"{where} is not asked: its host is at {error}, which is no public address of the internet; correct the "
            "address, or fetch it by hand and give it as a file",
        )
    if _has(causes, _BAD_URL):
        return FetchFailed("bad_url", f"{where} is no address that can be asked: correct it")
    if _has(causes, NameResolutionError):
        return FetchFailed(
            "unreachable",
            f"the host of {where} has no address: check its name, and that this machine has a network",
            may_pass=True,
        )
    if _has(causes, ssl.SSLCertVerificationError):
        return FetchFailed(
            "bad_certificate",
            f"the certificate of {where} is not valid for it: nothing is asked there until it is; if a proxy of your "
            "network is in between, ask from outside",
        )
    if _has(causes, (TimeoutError, ReadTimeoutError, requests.exceptions.Timeout)):
        return FetchFailed("timeout", f"{where} did not answer in time: try again later", may_pass=True)
    return FetchFailed(
        "unreachable",
        f"the connection to {where} failed ({type(causes[-1]).__name__}): try again later; check the network of this "
        "machine if other hosts fail too",
        may_pass=True,
    )


def is_without_connection(error: Exception) -> bool:
    """Whether a host has no address, refuses connections or takes none in time: then it was not asked at all."""
    return _has(_causes(error), (NewConnectionError, ConnectTimeoutError))


def over_time(where: str, total_seconds: float) -> FetchFailed:
    """An answer that was not whole when its time was over."""
    return FetchFailed(
        "timeout",
        f"{where} had not answered whole after {total_seconds:g} s: ask for fewer records at once, or later",
        may_pass=True,
    )


def cut_body(where: str) -> FetchFailed:
    """A connection that ended before the body did."""
    return FetchFailed(
        "cut_body", f"the body of {where} was cut off before its end: ask for fewer records at once", may_pass=True
    )


def failure_of_status(status: int, where: str, quote: str) -> FetchFailed:
    """What a status that nobody expected means; `quote` is what the server says of it, if anything."""
    said = f"{where} answered {status} {_phrase(status)}".rstrip() + (f" («{quote}»)" if quote else "")
    if status == 429:
        return FetchFailed("rate_limited", f"{said}: it was asked too often; lower its rate", status, may_pass=True)
    if status in (500, 502, 503, 504):
        return FetchFailed("server_error", f"{said}: the server failed; try again later", status, may_pass=True)
    if status in (401, 403, 407, 451):
        return FetchFailed(
            "refused", f"{said}: it does not give this to us; check the key, or fetch it by hand", status
        )
    if status in (404, 410):
        return FetchFailed("not_found", f"{said}: it is not there; check the address", status)
    if 400 <= status < 500:
        return FetchFailed("bad_request", f"{said}: it does not understand what is asked; check query and ids", status)
    return FetchFailed("unexpected_status", f"{said}, which is no answer to what was asked", status)


def quoted(body: bytes, media_type: str | None) -> str:
    """The words of a server on its error, in one line; nothing of a web page, which is for people with a browser."""
    if media_type not in ("text/plain", "application/json", "application/xml", "text/xml"):
        return ""
    return " ".join(body[:_LONGEST_QUOTE].decode("utf-8", "replace").split())


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _causes(error: BaseException) -> list[BaseException]:
    """An error and what caused it, outermost first: requests and urllib3 wrap each other's as arguments and reasons."""
    found: list[BaseException] = []
    waiting: list[BaseException] = [error]
    while waiting:
        one = waiting.pop(0)
        if any(one is known for known in found):
            continue
        found.append(one)
        inner = [getattr(one, "reason", None), one.__cause__, *one.args]
        waiting += [each for each in inner if isinstance(each, BaseException)]
    return found


def _has(causes: list[BaseException], kinds: type[BaseException] | tuple[type[BaseException], ...]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)
