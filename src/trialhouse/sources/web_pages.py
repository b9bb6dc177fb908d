"""Web pages as a source: the addresses that a topic lists, each one record, an article on several pages too.

Nothing is searched and nothing crawled: only listed addresses are asked for, what they are moved to, and the further
pages of the same article. A page that gives another address as its own (canonical) is the document of that address,
so that two listed addresses of one article give one document.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from trialhouse.model.document import Receipt
from trialhouse.model.joined_pages import MEDIA_TYPE, ArticlePage, pack_pages
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.article_pages import MOST_PAGES, belongs, first_address, further_pages, page_number
from trialhouse.sources.asking import Answer, Fetched, LastReceipt, Listing, Missing, Question, Unchanged
from trialhouse.sources.page_requests import GotPage, NoPage, PageRequests
from trialhouse.sources.page_view import PageView, normal_address
from trialhouse.sources.robots import Clock, Robots, utc_now
from trialhouse.sources.session import PoliteSession

SOURCE = "web"

_KEPT_HEADERS = frozenset(
    "content-type etag last-modified link x-robots-tag tdm-reservation tdm-policy content-language".split()
)


class WebPages:
    """Listed pages. `folder` is where all processes keep what they know of hosts: their turns and their rules."""

    name = SOURCE

    def __init__(self, config: SourceConfig, session: PoliteSession, folder: Path, *, clock: Clock = utc_now) -> None:
        self.config = config
        self._pages = PageRequests(session, Robots(session, folder, clock=clock))

    def list_records(self, question: Question) -> Listing:
        """The listed addresses, each once in its normal spelling, without asking anybody."""
        ids: dict[str, None] = {}
        missing: dict[str, Missing] = {}
        for listed in question.pages:
            try:
                ids.setdefault(normal_address(listed))
            except ValueError as error:
                missing[listed] = _bad_address(listed, error)
        return Listing(matched=len(ids) + len(missing), record_ids=tuple(ids), missing=tuple(missing.values()))

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[Answer]:
        """The pages at these addresses, one answer for each."""
        for record_id in record_ids:
            try:
                yield self._fetch(record_id, last(record_id))
            except NoPage as error:
                yield Missing(
                    record_id=record_id, reason=error.reason, message=str(error), is_explained=error.is_explained
                )
            except ValueError as error:
                yield _bad_address(record_id, error)

    def _fetch(self, record_id: str, last: Receipt | None) -> Answer:
        conditions = _conditions(last)
        got = self._pages.get(normal_address(record_id), conditions)
        if got.reply.status == 304:
            if not conditions:
                raise NoPage("bad_answer", f"{record_id} answers 304 to a first request; run again later")
            return Unchanged(record_id=record_id)
        if got.view is None:
            return _fetched(record_id, got, None)
        got = self._from_the_start(got, got.view)
        return _fetched(record_id, got, self._joined(got, got.view) if got.view is not None else None)

    def _from_the_start(self, got: GotPage, view: PageView) -> GotPage:
        """The first page of the article, where a later one was listed and gives the first as its own."""
        first = first_address(view)
        number = page_number(view.address, first, by_ending=True)
        if number is None or number == 1:
            return got
        try:
            return self._pages.get(first)
        except NoPage:
            return got  # the listed page is had, and says itself that it is one of several

    def _joined(self, got: GotPage, view: PageView) -> bytes | None:
        """The pages of an article that has several, in one container; None for an article of one page."""
        base = first_address(view)
        known = further_pages(view, base)
        pages = [ArticlePage(address=got.address, content_type=_content_type(got), body=got.reply.body)]
        number = (page_number(view.address, base, by_ending=True) or 1) + 1
        while number in known:
            address = known[number]
            if len(pages) == MOST_PAGES:
                pages.append(ArticlePage(address=address, missing="more_pages_than_are_followed"))
                break
            try:
                came = self._pages.get(address)
            except NoPage as error:
                pages.append(ArticlePage(address=address, missing=error.reason))
            else:
                if came.view is None or not belongs(came.view, number, view, base):
                    break
                pages.append(ArticlePage(address=came.address, content_type=_content_type(came), body=came.reply.body))
                known = {**further_pages(came.view, base), **known}
            number += 1
        return pack_pages(tuple(pages)) if len(pages) > 1 else None


def _bad_address(listed: str, error: ValueError) -> Missing:
    message = f"{listed[:200]!r} is no address of a page: {error}; mend it in the topic's file"
    return Missing(record_id=listed, reason="bad_address", message=message, is_explained=True)


def _conditions(last: Receipt | None) -> dict[str, str]:
    """What asks for a page only if it changed. An article of several pages may change on any of them: it is asked for
    whole, and the landing store sees that nothing changed.
    """
    if last is None or last.media_type == MEDIA_TYPE:
        return {}
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {condition: last.headers[name] for name, condition in names.items() if last.headers.get(name)}


def _fetched(record_id: str, got: GotPage, joined: bytes | None) -> Fetched:
    headers = {name: value for name, value in sorted(got.reply.headers.items()) if name in _KEPT_HEADERS}
    if joined is not None:
        headers.pop("content-type", None)  # that of each page stands in the container
    identity = _identity(got)
    return Fetched(
        record_id=record_id,
        data=got.reply.body if joined is None else joined,
        locator=got.address,
        fetched_at=got.reply.received_at,
        identity=identity if identity != record_id else None,
        status=got.reply.status,
        headers=headers,
        media_type=got.reply.media_type if joined is None else MEDIA_TYPE,
    )


def _identity(got: GotPage) -> str:
    """The address that a document is known by: its canonical one, else the one it was moved to for good.

    Some sites give their home page as the canonical address of every page: then it says nothing.
    """
    canonical = got.view.canonical if got.view is not None else None
    is_home = canonical is not None and urlsplit(canonical).path == "/" and not urlsplit(canonical).query
    if canonical is None or (is_home and urlsplit(got.address).path != "/"):
        return got.lasting
    return canonical


def _content_type(got: GotPage) -> str:
    headers: Mapping[str, str] = got.reply.headers
    return headers.get("content-type") or "text/html"
