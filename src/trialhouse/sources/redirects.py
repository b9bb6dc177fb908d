"""Where an answer sends on to, and whether one goes there.

A redirect is an address that somebody else chose. It is followed by http and https alone, never from https down to
http, and its host is checked like every other when it is connected to. Secrets, and headers that may hold one, go to
nobody but the host that they were given for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urljoin, urlsplit

from trialhouse.sources.addresses import host_of
from trialhouse.sources.manners import FetchFailed
from trialhouse.sources.redaction import Secrets

REDIRECTS = frozenset({301, 302, 303, 307, 308})

KEEPS_FORM = frozenset({307, 308})
"""The redirects after which a form is posted again (RFC 9110, 15.4); the others turn it into a question without it."""

MOST_REDIRECTS = 8

_FOR_EVERYBODY = frozenset({"accept", "accept-language", "if-modified-since", "if-none-match"})
"""Headers that go along to another host."""


@dataclass(frozen=True)
class Step:
    """One request: where, with which form and headers, and which secrets go with it. A form makes it a POST."""

    url: str
    form: Mapping[str, str] | None
    headers: Mapping[str, str]
    secrets: Secrets


def next_step(step: Step, status: int, location: str | None) -> Step:
    """The request that a redirect asks for. Raises FetchFailed where it is not followed."""
    if not location:
        raise FetchFailed("bad_redirect", f"{step.url} sends elsewhere without saying where: ask it by hand", status)
    if step.form is not None and status not in KEEPS_FORM:
        raise FetchFailed(
            "bad_redirect",
            f"{step.url} moved (status {status}), and what was posted would be lost on the way: set the new address",
            status,
        )
    # Headers arrive as Latin-1, whatever they were meant to be.
    stated = location.encode("latin-1", "replace").decode("utf-8", "replace")
    url = step.secrets.clean_url(urldefrag(_joined(step.url, stated)).url)
    host_of(url)
    if urlsplit(step.url).scheme == "https" and urlsplit(url).scheme == "http":
        raise FetchFailed(
            "bad_scheme", f"{step.url} sends on from https to {url}, which is not safe: ask that by hand", status
        )
    if _is_same_server(step.url, url):
        return replace(step, url=url)
    headers = {name: value for name, value in step.headers.items() if name.lower() in _FOR_EVERYBODY}
    return replace(step, url=url, headers=headers, secrets=Secrets())


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchFailed("bad_url", f"{url} sends on to {location[:200]!r}, which is no address ({error})") from error


def _is_same_server(one: str, other: str) -> bool:
    """Whether two addresses are at one host and port; https at its own port is the same server as http at its own."""
    return host_of(one) == host_of(other)
