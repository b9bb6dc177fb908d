"""Asking for a page of JSON: what is no JSON is asked for again, and what still is none has a reason.

A session asks again when a status or a connection says so. Here the status said that all was well, and the body shows
that it was not: a page that checks for people, a body cut short, an error that a service wraps in a good status.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeGuard

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


def is_name(value: object) -> TypeGuard[str]:
    """Whether a value of a page can be an id or a token: a text that is not empty. Half of a surrogate pair, which JSON
    can spell, is no character: it can be neither sent nor written.
    """
    return isinstance(value, str) and value != "" and not any("\ud800" <= sign <= "\udfff" for sign in value)


def next_token(members: dict[str, Any], name: str) -> str | None:
    """What a page calls for to get the next one; None where none follows. Raises BadAnswer for what is no token."""
    token = members.get(name)
    if token is None or token == "":
        return None
    if not is_name(token):
        raise BadAnswer("unexpected_answer", f"a page names «{str(token)[:60]!a}» as {name}, which is no token")
    return token


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
