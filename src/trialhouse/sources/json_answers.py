"""Asking for a page of JSON: what is no JSON is asked for again, and what still is none has a reason.

A session asks again when a status or a connection says so. Here the status said that all was well, and the body shows
that it was not: a page that checks for people, a body cut short, an error that a service wraps in a good status.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from trialhouse.sources.json_records import BadAnswer, JsonRecord, is_html, read_json_page
from trialhouse.sources.manners import FetchFailed, Reply

TROUBLES = (FetchFailed, BadAnswer)
"""What may come in place of an answer; each has a `reason`."""

ATTEMPTS = 3
"""How often a page is asked for whose body cannot be read."""


_QUOTED = 200


class Page(NamedTuple):
    """A page that could be read, and the reply that brought it."""

    reply: Reply
    members: dict[str, Any]
    records: list[JsonRecord]


ErrorOf = Callable[[dict[str, Any]], str | None]
"""What a page says of an error in place of records, or None."""


def ask_page(
    ask: Callable[[], Reply],
    *path: str,
    error_of: ErrorOf,
    is_empty: Callable[[dict[str, Any]], bool] = lambda members: False,
    first: Reply | None = None,
) -> Page:
    """Ask until the body is a page with records at `path` (see read_json_page), three times at most.

    `is_empty` says of a page without the path that it has no records to show. `first` is a reply that is here already.
    Raises FetchFailed, or BadAnswer:
    "error_answer" (the service's own words are in the message), "unexpected_answer" (JSON without a place for
    records) and what read_json_page raises.
    """
    for attempt in range(1, ATTEMPTS + 1):
        reply = first if first is not None and attempt == 1 else ask()
        try:
            return _read(reply, path, error_of, is_empty)
        except BadAnswer:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def words_of(reply: Reply) -> str:
    """What a server says with a status that is an error, short enough for a message.

    Raises BadAnswer "challenge_page" where a web page speaks for the service.
    """
    if is_html(reply.body):
        raise BadAnswer(
            "challenge_page",
            f"{without_query(reply.url)} answered with a web page (HTTP {reply.status}): try again later",
        )
    return f"HTTP {reply.status}, «{' '.join(reply.body[:_QUOTED].decode('utf-8', 'replace').split())}»"


def without_query(url: str) -> str:
    """An address as people read it in a message: a hundred ids in its query help nobody."""
    return url.partition("?")[0]


def _read(reply: Reply, path: tuple[str, ...], error_of: ErrorOf, is_empty: Callable[[dict[str, Any]], bool]) -> Page:
    where = without_query(reply.url)
    page = read_json_page(reply.body, where, *path)
    error = error_of(page.members)
    if error is not None:
        raise BadAnswer("error_answer", f"{where} answered with an error: {error}")
    if page.records is None and not is_empty(page.members):
        raise BadAnswer(
            "unexpected_answer",
            f"{where} answered JSON without “{'.'.join(path)}”: the service may have changed, look for a newer version",
        )
    return Page(reply, page.members, page.records or [])
